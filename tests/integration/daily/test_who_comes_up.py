"""SEC-08: whoever anything relevant is known of comes up for review once that lies back, be it a case or not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.retention.models import RetentionStep
from craffu.breaches.models import Breach
from craffu.common.door import bookkeeping
from craffu.daily.retaining.actions import open_reviews
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order
from craffu.orders.models import Order
from craffu.people.models import SourceRecord
from craffu.people.queries import members, people_of_records
from tests.factories.breaches import reported
from tests.factories.detentions import send_detention, send_release
from tests.factories.erasing import marked
from tests.factories.orders import TERMS

pytestmark = [pytest.mark.rule("SEC-08"), pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def opened() -> set[str]:
    return set(RetentionStep.objects.filter(step="opened").values_list("person", flat=True))


@pytest.mark.parametrize("send", [send_detention, send_release])
def test_whoever_is_known_by_an_arrest_or_a_release_alone_comes_up_for_review(
    send: Callable[..., None], system: Acting, tmp_path: Path
) -> None:
    with time_machine.travel(NOW, tick=False):
        send(system, tmp_path, 1, **({"crime_ref": ""} if send is send_detention else {}))
        record = SourceRecord.objects.for_system("a test").get(source="custody").pk
        whoever = people_of_records(system, [record])[record].reference
        assert open_reviews(system, NOW + timedelta(days=365 * 5)) == 0
        assert open_reviews(system, NOW + timedelta(days=365 * 7)) == 1
        assert opened() == {whoever}


def test_a_day_of_arrest_that_was_put_right_begins_no_period(system: Acting, tmp_path: Path) -> None:
    with time_machine.travel(NOW, tick=False):
        arrested = {"crime_ref": "", "arrested_at": "2026-11-24 10:30:00"}
        send_detention(system, tmp_path, 1, **arrested | {"updated_at": "2026-11-24 10:45:00"})
        before = {"crime_ref": "", "arrested_at": "2016-11-24 10:30:00", "updated_at": "2026-11-24 11:00:00"}
        send_detention(system, tmp_path, 1, **before)
        assert open_reviews(system, NOW) == 1, "ten years, by the newest word"


def test_whoever_is_known_by_an_order_or_a_breach_alone_comes_up_for_review(
    system: Acting, make_user: Callable[..., User], tmp_path: Path
) -> None:
    with time_machine.travel(NOW, tick=False):
        team = acting_user(make_user("orders_team"))
        _case, first, bound = marked(system, tmp_path, 1)
        _other, second, breaks = marked(system, tmp_path, 2)
        his = members(system).get(person__reference=bound).record
        given = Given(
            made_at=NOW - timedelta(hours=1), court="Llanelli", court_case_no="63AA1", source_record="sealed order",
            is_indefinite=True, terms=TERMS,
        )  # fmt: skip
        begin_order(by=team, beginning=Beginning(kind="SPO", respondent=his, protects=[]), move="receive", given=given)
        reported(team, breaks, NOW - timedelta(minutes=5), words="He waited")
        assert Breach.objects.for_system("a test").get().of_order_id is None
        later = NOW + timedelta(days=365 * 7)
        # While an order stands, today is its event.
        assert open_reviews(system, later) == 3
        assert opened() == {first, second, breaks}
        bookkeeping(Order.objects.for_system("a test").update)(status="discharged", ended_at=NOW)
        assert open_reviews(system, NOW + timedelta(days=365 * 9)) == 0, "an order counts for ten years"
        assert open_reviews(system, NOW + timedelta(days=365 * 11)) == 1
        assert opened() == {first, second, breaks, bound}
