"""What will fall due of orders is read as it was known on a day, and held against what fell due (MON-01, REV-01, REV-06)."""

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.actions import say_rank
from craffu.audit.models import Event
from craffu.clocks.london import start_of
from craffu.config.cli import NotCarriedOut
from craffu.config.commands import orders_forecast
from craffu.daily.forecasting.fallen import fell_due
from craffu.daily.forecasting.gathering import known_to_come
from craffu.daily.forecasting.queries import compared, cut_offs, forecast
from craffu.daily.forecasting.rules import Falls
from craffu.daily.sources import SOURCES
from craffu.daily.ticking import tick
from craffu.orders.facts import Given
from craffu.orders.figures import checked_in_time, reviewed_in_time
from craffu.orders.life.actions import move_order
from craffu.orders.models import Condition
from craffu.orders.monitoring.actions import record_check, suspend_checks
from craffu.orders.monitoring.facts import NewCheck
from craffu.orders.monitoring.kinds import Absent, Outcome
from craffu.resourcing.timing.kinds import Timed
from tests.factories.orders import MADE, considered
from tests.factories.reviews import REASON, answers, in_force, protected, reviewed
from tests.integration.orders.conftest import NOW
from tests.integration.orders.test_life import asked_for

pytestmark = pytest.mark.django_db
# Served on 20 November 2026: checked first by the 27th, reviewed first by 18 December.
FIRST = date(2026, 11, 21)


def at(moment: datetime) -> Any:
    return time_machine.travel(moment, tick=False)


def noon(on: date) -> datetime:
    return start_of(on) + timedelta(hours=12)


@pytest.fixture
def team(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("orders_team", username="team")


@pytest.fixture
def ending(system: Acting, team: Acting, tmp_path: Path) -> Any:
    """An order in force with two conditions that ends on 31 January 2027."""
    with at(MADE + timedelta(hours=2)):
        return in_force(system, team, tmp_path, is_notified=False, is_indefinite=None, last_day=date(2027, 1, 31))


def days(found: list[Falls], task: Timed) -> list[date]:
    return sorted(one.on for one in found if one.task is task)


@pytest.mark.rule("MON-01", "REV-01", "REV-06")
def test_checks_reviews_and_the_end_of_an_order_are_foreseen(ending: Any, system: Acting) -> None:
    found = known_to_come(system, start_of(FIRST), FIRST, date(2027, 2, 19))
    assert {one.order for one in found} == {ending.reference}
    every_week = [date(2026, 11, 27) + place * timedelta(days=7) for place in range(10)]
    assert days(found, Timed.CHECK) == sorted([*every_week, *every_week]), "two conditions, until it ends"
    # A watch half way through its short time brings a review forward; its end is decided two weeks before.
    assert days(found, Timed.END) == [date(2027, 1, 17)]
    assert days(found, Timed.REVIEW)[0] == date(2026, 12, 18)
    # The first notification is awaited within three days of service.
    assert days(found, Timed.NOTIFICATION) == [date(2026, 11, 22)]
    assert days(found, Timed.HEARING) == []


@pytest.mark.rule("MON-01", "REV-01")
def test_nothing_recorded_later_is_in_a_forecast(ending: Any, system: Acting, team: Acting, tmp_path: Path) -> None:
    until = date(2027, 2, 19)
    with at(start_of(FIRST)):
        before = known_to_come(system, start_of(FIRST), FIRST, until)
    check_both(team, ending, noon(date(2026, 11, 25)))
    with at(noon(date(2026, 12, 10))):
        reviewed(team, ending, answers(protected(team, ending), "declined", "continue", declined_on="2026-12-10"))
    with at(noon(date(2026, 12, 11))):
        over = Given(
            discharged_on=date(2026, 12, 11), applicant="chief_officer", reason_text=REASON,
            consents=("respondent", "chief_officer"),
        )  # fmt: skip
        move_order(by=team, order=ending.reference, move="discharge", given=over)
        later = in_force(system, team, tmp_path, 2, is_notified=False)
    assert known_to_come(system, start_of(FIRST), FIRST, until) == before
    now = known_to_come(system, noon(date(2026, 12, 12)), date(2026, 12, 12), until)
    assert {one.order for one in now} == {later.reference}, "what has ended asks for nothing"


def check_both(by: Acting, order: Any, moment: datetime) -> None:
    with at(moment):
        rows = Condition.objects.for_user(by).filter(terms__order=order).values_list("pk", flat=True)
        given = NewCheck(conditions=tuple(rows), at=moment, outcome=Outcome.DONE, method="visit", words="Seen at home")
        record_check(by=by, order=order.reference, given=given)


@pytest.mark.rule("ORD-10")
def test_a_hearing_that_has_a_date_is_foreseen_and_falls_due_on_its_day(
    system: Acting, team: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    day, until = date(2026, 11, 25), date(2026, 12, 31)
    with at(NOW):
        authoriser = acting_as("authoriser", username="super")
        say_rank(by=system, user=authoriser.user, rank="superintendent", reason="Promoted in May")
        order = considered(system, tmp_path)
        asked_for(acting_as("investigator", username="investigator"), order)
        move_order(by=authoriser, order=order.reference, move="authorise", given=Given(reason_text=REASON))
        lodged = Given(lodged_on=NOW.date(), court="Llanelli", court_case_no="1", next_hearing_on=date(2026, 12, 3))
        move_order(by=team, order=order.reference, move="lodge", given=lodged)
    found = known_to_come(system, start_of(day), day, until)
    assert found == [Falls(Timed.HEARING, order.reference, date(2026, 12, 3))]
    assert known_to_come(system, NOW - timedelta(days=1), day, until) == []
    assert fell_due(system, day, date(2026, 12, 18), noon(date(2026, 12, 20))) == found
    assert fell_due(system, day, date(2026, 12, 2), noon(date(2026, 12, 20))) == []
    with at(noon(date(2026, 12, 1))):
        again = Given(hearing_on=date(2026, 12, 1), next_hearing_on=date(2026, 12, 30))
        move_order(by=team, order=order.reference, move="adjourn", given=again)
    assert fell_due(system, day, date(2026, 12, 18), noon(date(2026, 12, 20))) == [], "it was put off before its day"


@pytest.mark.rule("MON-06")
def test_who_is_away_is_checked_again_when_the_absence_is_known_to_end(
    ending: Any, system: Acting, team: Acting
) -> None:
    with at(noon(FIRST)):
        days_away = {"first": date(2026, 11, 21), "last": date(2026, 12, 5)}
        suspend_checks(by=team, order=ending.reference, why=Absent.CUSTODY, **days_away)
    found = known_to_come(system, noon(FIRST) + timedelta(hours=1), date(2026, 11, 22), date(2026, 12, 20))
    by_day = Counter(days(found, Timed.CHECK))
    # No contact is looked at all the same; going to the school is not.
    assert by_day[date(2026, 11, 27)] == 1
    assert by_day[date(2026, 12, 12)] == 1


@pytest.mark.rule("MON-01", "REV-01")
@pytest.mark.postgres_in_deep
def test_what_fell_due_is_what_the_figures_count(ending: Any, system: Acting, team: Acting) -> None:
    for on in (date(2026, 11, 26), date(2026, 12, 3)):
        check_both(team, ending, noon(on))
    now = noon(date(2026, 12, 20))
    with at(now):
        tick(force=system.force, at=now, sources=SOURCES)
    fell = fell_due(system, FIRST, date(2026, 12, 19), now)
    # Made a day early, the next comes a day early; the third was not made and is one thing still.
    assert Counter(days(fell, Timed.CHECK)) == {date(2026, 11, 27): 2, date(2026, 12, 3): 2, date(2026, 12, 10): 2}
    assert days(fell, Timed.REVIEW) == [date(2026, 12, 18)]
    assert days(fell, Timed.NOTIFICATION) == [date(2026, 11, 22)]
    checked = checked_in_time(system, FIRST, date(2026, 12, 19), now)
    assert checked.denominator == len(days(fell, Timed.CHECK))
    assert reviewed_in_time(system, FIRST, date(2026, 12, 19)).denominator == 1


def typed(*, as_user: str = "lead", error: bool = False, cut_off: str | None = None, as_json: bool = True) -> Namespace:
    return Namespace(action="forecast", as_user=as_user, json=as_json, error=error, cut_off=cut_off)


@pytest.mark.postgres_in_deep
def test_the_command_prints_the_weeks_and_the_error_with_its_interval(
    ending: Any, system: Acting, team: Acting, acting_as: Callable[..., Acting], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    acting_as("workforce_lead", username="lead")
    with at(MADE + timedelta(hours=2)):
        in_force(system, team, tmp_path, 2, is_notified=False)
    check_both(team, ending, noon(date(2026, 11, 26)))
    with at(noon(date(2026, 12, 1))):
        with pytest.raises(NotCarriedOut, match="long enough"):
            orders_forecast.run(typed(error=True))
        assert orders_forecast.run(typed()) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["weeks"]) == 13
    assert told["weeks"][0]["from"] == "2026-12-01"
    assert told["all"]["end_decision"] == 1
    assert told["late"]["notification"] == 2
    assert Event.objects.order_by("id").last().kind == "posts_viewed"
    with at(noon(date(2027, 3, 20))):
        tick(force=system.force, at=noon(date(2027, 3, 20)))
        assert cut_offs(system, noon(date(2027, 3, 20))) == [date(2026, 12, 19), date(2026, 11, 21)]
        orders_forecast.run(typed(error=True))
        told = json.loads(capsys.readouterr().out)
        assert told["cut_offs"] == ["2026-12-19", "2026-11-21"]
        every = {(one["weeks"], one["of"], one["what"]): one for one in told["errors"]}
        assert {weeks for weeks, _, _ in every} == {4, 8, 13}
        known = every[4, "orders known then", "check"]
        # Eight each are foreseen at first, and six each where all are late for less than four weeks; four fell due of the
        # one that was checked once, and two of the other.
        assert (known["foreseen"], known["fell_due"], known["orders"]) == (28, 6, 2)
        assert (known["low"], known["high"]) == (2.5, 6.0)
        assert known["error"] == pytest.approx((known["foreseen"] - known["fell_due"]) / known["fell_due"])
        assert known["low"] <= known["error"] <= known["high"]
        assert every[13, "all orders", "check"]["fell_due"] >= every[13, "orders known then", "check"]["fell_due"]
        orders_forecast.run(typed(error=True, cut_off="2026-11-21", as_json=False))
        printed = capsys.readouterr().out
        assert "1 cut-offs, 2026-11-21 to 2026-11-21" in printed
        assert "13 weeks, all orders" in printed
        assert "(" in next(line for line in printed.splitlines() if line.startswith("  check"))
        assert "hearing        foreseen      0.0  fell due      0.0  nothing fell due" in printed
        with pytest.raises(NotCarriedOut, match="'soon' is no day"):
            orders_forecast.run(typed(error=True, cut_off="soon"))
        orders_forecast.run(typed(as_json=False))
        assert capsys.readouterr().out.startswith("week from")
    acting_as("investigator", username="somebody")
    with pytest.raises(NotCarriedOut):
        orders_forecast.run(typed(as_user="somebody"))


def test_as_many_queries_for_two_orders_as_for_one(ending: Any, system: Acting, team: Acting, tmp_path: Path) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            forecast(system, noon(date(2026, 12, 1)))
        return len(queries)

    one = asked()
    with at(noon(date(2026, 11, 30))):
        in_force(system, team, tmp_path, 2, is_notified=False)
    assert asked() == one
    assert compared(system, FIRST, noon(date(2026, 12, 1)), 1).held(1, only_known=True).foreseen
