"""The figures about orders at their edges: what counts, what counts beside, and what has nothing to divide."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.common.refusals import NotNow
from craffu.orders import figures
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.models import Order
from craffu.orders.noting.actions import note_change_refused
from tests.factories.orders import MADE, NOT_TO_GO, TERMS, considered, parties, received, scanned
from tests.integration.orders.conftest import NOW

pytestmark = [pytest.mark.django_db]

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)
SERVICE = Given(served_at=MADE, place="home", method="personal", server="PC Rees", proof="Statement")


def made(system: Acting, team: Acting, folder: Path, number: int = 1, kind: str = "SPO", at: datetime = MADE) -> Order:
    """An order made at an instant, of which we know since then."""
    order = considered(system, folder, kind, number)
    return scanned(team, received(team, order.reference, at))


def serve(team: Acting, order: Order, at: datetime, **said: object) -> None:
    move_order(by=team, order=order.reference, move="serve", given=replace(SERVICE, served_at=at, **said))


def test_nothing_to_divide_is_no_cases(system: Acting) -> None:
    assert figures.served_in_time(system, *NOVEMBER, NOW).share == figures.NO_CASES
    assert figures.unserved(system, NOW).share == figures.NO_CASES
    assert figures.active(system, NOW) == figures.Active(0, 0, 0, 0, 0)
    assert figures.complete(system, NOW).share == figures.NO_CASES
    assert figures.changed(system, *NOVEMBER, NOW).all.share == figures.NO_CASES
    assert figures.Figure(1, 4).share == Fraction(1, 4)


@pytest.mark.rule("ORD-11")
@pytest.mark.parametrize(
    ("at", "said", "counted", "in_court"),
    [
        (MADE, {"place": "court"}, 1, 1),
        # Made on Friday the twentieth: all of Saturday is in time.
        (datetime(2026, 11, 21, 23, 59, tzinfo=UTC), {}, 1, 0),
        (datetime(2026, 11, 22, 0, tzinfo=UTC), {}, 0, 0),
        (MADE, {"method": "post", "court_directed_method": True}, 0, 0),
    ],
)
def test_service_counts_in_person_by_the_end_of_the_next_day(
    at: datetime, said: dict[str, object], counted: int, in_court: int, system: Acting, team: Acting, tmp_path: Path
) -> None:
    serve(team, made(system, team, tmp_path), at, **said)
    beside = {"in_court": in_court, "not_yet_due": 0}
    assert figures.served_in_time(system, *NOVEMBER, NOW) == figures.Figure(counted, 1, beside)


@pytest.mark.rule("ORD-11")
def test_what_was_made_yesterday_is_not_judged_yet_and_four_days_unserved_are_an_alert(
    system: Acting, team: Acting, tmp_path: Path
) -> None:
    # Known at noon on the twenty-fourth, made four days and one day before.
    made(system, team, tmp_path)
    made(system, team, tmp_path, 2, at=NOW - DAY)
    assert figures.served_in_time(system, *NOVEMBER, NOW) == figures.Figure(0, 1, {"in_court": 0, "not_yet_due": 1})
    assert figures.unserved(system, NOW) == figures.Figure(1, 2)
    assert figures.unserved(system, NOW - HOUR).denominator == 0, "not known then"


@pytest.mark.rule("ORD-07", "ORD-18")
def test_an_interim_order_and_its_full_one_are_one_episode_and_each_says_what_it_lacks(
    system: Acting, team: Acting, tmp_path: Path
) -> None:
    case, suspect, victim = parties(system, tmp_path)
    begun = Beginning(kind="SPO", respondent=suspect, case=case, protects=[victim])
    main = begin_order(by=team, beginning=begun, move="open_consideration", given=Given())
    begun = Beginning(kind="ISPO", respondent=suspect, case=case, main=main, is_interim=True, protects=[victim])
    said = Given(
        made_at=MADE, court="Llanelli", court_case_no="1", source_record="sealed", is_indefinite=True, terms=TERMS
    )
    begin_order(by=team, beginning=begun, move="receive", given=said)
    received(team, main.reference, MADE)
    assert figures.active(system, NOW) == figures.Active(1, 1, 2, 1, 2)
    found = figures.complete(system, NOW)
    assert (found.numerator, found.denominator) == (0, 2)
    lacks = {name for name, number in found.beside.items() if number == 2}
    assert {"owner", "served_at", "service_proof", "national_system_recorded"} <= lacks
    assert "next_review_on" not in found.beside


@pytest.mark.rule("ORD-15")
def test_changes_are_told_by_kind_and_applicant_and_a_later_end_is_a_renewal(
    system: Acting, team: Acting, tmp_path: Path
) -> None:
    order = considered(system, tmp_path, "RO_CONV")
    until = Given(last_day=date(2027, 5, 1), is_indefinite=None)
    scanned(team, received(team, order.reference, MADE, last_day=until.last_day, is_indefinite=None))
    serve(team, order, MADE + HOUR)
    shorter = Given(
        varied_on=NOW.date(), applicant="prosecution", reason_text="Moved",
        terms=replace(TERMS, conditions=(NOT_TO_GO,)),
    )  # fmt: skip
    move_order(by=team, order=order.reference, move="vary", given=shorter)
    longer = replace(shorter, applicant="person_mentioned", last_day=date(2028, 5, 1), terms=TERMS)
    move_order(by=team, order=order.reference, move="vary", given=longer)
    for _time in range(2):
        note_change_refused(by=team, order=order.reference, change="vary", applicant="prosecution", at=NOW - HOUR)
    ended = Given(discharged_on=NOW.date(), applicant="respondent", reason_text="Both moved away")
    move_order(by=team, order=order.reference, move="discharge", given=ended)
    found = figures.changed(system, *NOVEMBER, NOW)
    assert found.granted == {("vary", "prosecution"): 1, ("renew", "victim"): 1, ("discharge", "respondent"): 1}
    assert found.refused == {("vary", "prosecution"): 1}
    assert (found.all, found.renewed_by_variation) == (figures.Figure(3, 4), 1)
    assert figures.changed(system, date(2026, 12, 1), date(2026, 12, 31), NOW).all == figures.Figure(0, 0)


@pytest.mark.parametrize(
    ("change", "applicant", "code"),
    [("quash", "respondent", "no_change"), ("vary", "victim", "no_applicant"), ("vary", "", "no_applicant")],
)
def test_a_refusal_says_what_of_and_to_whom(
    change: str, applicant: str, code: str, system: Acting, team: Acting, tmp_path: Path
) -> None:
    order = made(system, team, tmp_path)
    with pytest.raises(NotNow) as refused:
        note_change_refused(by=team, order=order.reference, change=change, applicant=applicant, at=NOW)
    assert refused.value.code == code
    # Where the statute names nobody who may ask, anybody may have.
    unnamed = made(system, team, tmp_path, 2, "DVPO")
    note_change_refused(by=team, order=unnamed.reference, change="discharge", applicant="court", at=NOW)
    assert figures.changed(system, *NOVEMBER, NOW).refused == {("discharge", "court"): 1}


def test_more_orders_are_no_more_queries(system: Acting, team: Acting, tmp_path: Path) -> None:
    asked = []
    for number in (1, 2, 3):
        made(system, team, tmp_path, number)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            figures.served_in_time(system, *NOVEMBER, NOW)
            figures.unserved(system, NOW)
            figures.active(system, NOW)
            figures.complete(system, NOW)
            figures.changed(system, *NOVEMBER, NOW)
            figures.notified_in_time(system, *NOVEMBER, NOW)
            figures.reviewed_in_time(system, *NOVEMBER)
            figures.heard(system, *NOVEMBER)
            figures.lapsed_unreviewed(system, *NOVEMBER)
            figures.checked_in_time(system, *NOVEMBER, NOW)
        asked.append(len(queries))
    assert asked[0] == asked[1] == asked[2]
