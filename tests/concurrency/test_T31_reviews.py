"""T31 on reviews: of eight who complete one review at one instant one does; two hundred reviews are two hundred (REV-05)."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.common.refusals import Conflict
from craffu.orders.models import Order, OrderReview, ReviewSigned, ReviewVoice
from craffu.orders.reviewing.actions import complete_review, sign_review
from craffu.outbox.models import News
from tests.concurrency.test_T30_lost_update import all_at_once
from tests.factories.reviews import answers, in_force, protected, reviewed, version

pytestmark = [
    pytest.mark.slow,
    pytest.mark.rule("REV-05"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("owner_of_the_tables"),
]
EDITORS = 8
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def eight(acting_as: Callable[..., Acting]) -> list[Acting]:
    return [acting_as("supervisor") for _ in range(EDITORS)]


@pytest.fixture
def order(system: Acting, acting_as: Callable[..., Acting], tmp_path: Path) -> Order:
    return in_force(system, acting_as("orders_team"), tmp_path)


def completing(by: Acting, order: Order, seen: str) -> Callable[[], OrderReview]:
    given = answers(protected(by, order), "declined", declined_on="2026-11-24")
    return lambda: complete_review(by=by, order=order.reference, answers=given, seen=seen, now=NOW)


@pytest.mark.parametrize("times", [10, pytest.param(200, marks=pytest.mark.deep)])
def test_T31_of_eight_who_complete_a_review_one_does(times: int, eight: list[Acting], order: Order) -> None:
    before = News.objects.filter(topic="orders").count()
    for _ in range(times):
        seen = version(eight[0], order)
        became = all_at_once([completing(by, order, seen) for by in eight])
        assert Counter(type(one) for one in became) == {OrderReview: 1, Conflict: EDITORS - 1}, became
    rows = OrderReview.objects.for_system("a test").order_by("number")
    assert list(rows.values_list("number", flat=True)) == list(range(1, times + 1))
    assert ReviewVoice.objects.for_system("a test").count() == times
    assert Event.objects.filter(kind="order_reviewed").count() == times
    assert News.objects.filter(topic="orders").count() == before + times


def test_T31_of_eight_supervisors_who_agree_one_does(
    eight: list[Acting], order: Order, acting_as: Callable[..., Acting]
) -> None:
    by = acting_as("investigator")
    given = answers(protected(by, order), "declined", "relax", declined_on="2026-11-24")
    reviewed(by, order, given, NOW)
    seen = version(by, order)

    def signing(who: Acting, place: int) -> Callable[[], ReviewSigned]:
        return lambda: sign_review(
            by=who, order=order.reference, number=1, agrees=bool(place % 2), words="Ask again", seen=seen, now=NOW
        )

    became = all_at_once([signing(who, place) for place, who in enumerate(eight)])
    assert Counter(type(one) for one in became) == {ReviewSigned: 1, Conflict: EDITORS - 1}, became
    assert ReviewSigned.objects.for_system("a test").count() == 1
    done = Event.objects.filter(kind__in=["order_reviewed", "order_review_sent_back"]).count()
    assert done == 1
