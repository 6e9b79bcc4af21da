"""The links that the demo's linkage reviewers confirmed: of the histories that show most, so that a court is told of them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.breaches.history.queries import every_row, seen
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.standpoints.actions import record_standpoint
from craffu.common.clock import now
from craffu.config.demo.confirmed import REASON, REVIEWERS, confirm_links
from craffu.linkage.models import PairAgreed, PairDecided
from craffu.orders.models import Order
from craffu.people.queries import people_of_records
from tests.factories.breaches import breaches, send_incident
from tests.factories.identities import record_of, score
from tests.factories.victims import send_victim
from tests.integration.breaches.conftest import DAY
from tests.integration.breaches.test_detecting import run, sent
from tests.integration.orders.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("BRC-07"), pytest.mark.rule("IDN-06")]
MINUTE = timedelta(minutes=1)
CHARGED = (Standpoint.PROSECUTION, "charged")
PROVED, NOT_PROVED = (CHARGED, (Standpoint.COURT, "proved")), (CHARGED, (Standpoint.COURT, "not_proved"))

type History = Callable[..., int]


@pytest.fixture
def history(system: Acting, supervisor: Acting, tmp_path: Path, clock: Any) -> History:
    """`history(2, 3, PROVED)` is the second, of three incidents on a record that a model linked to an older one; the first
    of them stands like this. Answers with the older record.
    """

    def made(number: int, incidents: int, said: tuple[tuple[Standpoint, str], ...] = ()) -> int:
        older = record_of(system, f"older {number}").pk
        before = {one.pk for one in breaches()}
        send_victim(system, tmp_path, number, **sent(NOW - 9 * DAY, offence_code="ST19001"))
        for place in range(1, incidents):
            crime = sent(NOW - (9 - place) * DAY, offence_code="ST19001")
            send_incident(system, tmp_path, number * 100 + place, number, **crime)
        clock.shift(MINUTE)
        run(system, now())
        new = [one for one in breaches() if one.pk not in before]
        assert len(new) == incidents
        for standpoint, decision in said:
            record_standpoint(by=supervisor, breach=new[0].reference, standpoint=standpoint, decision=decision, at=NOW)
        clock.shift(MINUTE)
        run(system, now())
        score(system, older, new[0].respondent_id)
        return older

    return made


@pytest.fixture
def reviewers(acting_as: Callable[..., Acting]) -> None:
    for username in REVIEWERS:
        acting_as("link_clerk", username=username)


def told(by: Acting, record: int) -> tuple[int, int]:
    """Of how many incidents of whoever a record is a court is told, and how many there are."""
    rows = list(every_row(by, seen(by, people_of_records(by, [record])[record]), now()))
    return sum(row.is_told for row in rows), len(rows)


def words() -> list[tuple[str, str, str, bool]]:
    rows = PairDecided.objects.for_system("a test").order_by("id").select_related("by")
    return [(one.word, one.by.username, one.reason, one.needs_another) for one in rows]


def test_of_what_a_history_may_show_the_one_of_most_incidents_is_confirmed_and_the_others_are_not(
    system: Acting, reviewers: None, history: History
) -> None:
    proved, less, contradicted = history(2, 2, PROVED), history(3, 1, PROVED), history(4, 1, NOT_PROVED)
    most, plain = history(5, 3), history(6, 2)
    everybody = (proved, less, contradicted, most, plain)
    assert [told(system, one) for one in everybody] == [(0, 2), (0, 1), (0, 1), (0, 3), (0, 2)], "a model joined them"

    confirm_links(system, now())

    assert [told(system, one) for one in everybody] == [(2, 2), (0, 1), (1, 1), (3, 3), (0, 2)]
    assert words() == [("same", REVIEWERS[0], REASON, False)] * 3


@pytest.mark.rule("IDN-03")
def test_where_an_order_stands_a_second_reviewer_has_agreed(
    system: Acting, reviewers: None, history: History, served: Order
) -> None:
    bound, _other = history(2, 2), history(3, 1)
    score(system, bound, served.respondent_id)

    confirm_links(system, now())

    assert told(system, bound) == (2, 2)
    assert words() == [("same", REVIEWERS[0], REASON, True)]
    [agreed] = PairAgreed.objects.for_system("a test")
    assert (agreed.by.username, agreed.agrees) == (REVIEWERS[1], True)


def test_somebody_is_left_of_whom_nothing_is_confirmed(system: Acting, reviewers: None, history: History) -> None:
    more, less = history(2, 2), history(3, 1, PROVED)

    confirm_links(system, now())

    assert (told(system, more), told(system, less)) == ((0, 2), (1, 1)), "what a court found is shown first"


def test_without_two_reviewers_nothing_is_done(
    system: Acting, history: History, acting_as: Callable[..., Acting]
) -> None:
    acting_as("link_clerk", username=REVIEWERS[0])
    older = history(2, 2)
    confirm_links(system, now())
    assert told(system, older) == (0, 2)
    assert not words()


def test_where_nobody_has_a_history_nothing_is_done(system: Acting, reviewers: None) -> None:
    confirm_links(system, now())
    assert not words()
