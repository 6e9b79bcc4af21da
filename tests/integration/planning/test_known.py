"""What the register knows beside the menu, who is scored and who is not; before, during and after (PLN-03, PRI-01)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.cases.models import DetentionVersion, ReleaseVersion
from craffu.clocks.london import day_of
from craffu.orders.models import Order
from craffu.orders.monitoring.actions import suspend_checks
from craffu.orders.monitoring.kinds import Absent
from craffu.people.models import Person
from craffu.people.queries import find_person, records_of
from craffu.prevention.planning.before_after import Stretch
from craffu.prevention.planning.gathering import Followed, Known, followed, incidents_of, known_of, scored
from craffu.prevention.planning.kinds import Intervention, NotScored
from craffu.prevention.planning.queries import plans_of
from craffu.prevention.population.rules import WhyOut
from craffu.prevention.scoring.actions import define_population
from craffu.prevention.scoring.known import as_known
from craffu.prevention.scoring.reading import spans_of_records
from tests.factories.detentions import send_detention, send_release
from tests.factories.orders import MADE
from tests.factories.plans import approved, planned
from tests.integration.planning.conftest import NOW

DAY = timedelta(days=1)
SERVED = MADE.date()


def whose(by: Acting, person: str) -> Person:
    found = find_person(by, person)
    assert found is not None
    return found


def known(by: Acting, person: str, days: int = 0) -> Known:
    return known_of(by, records_of(by, whose(by, person)), NOW + timedelta(days=days))


def what_followed(by: Acting, person: str, days: int) -> Followed:
    one, now = whose(by, person), NOW + timedelta(days=days)
    records = records_of(by, one)
    return followed(by, records, known_of(by, records, now), plans_of(by, one), now)


@pytest.mark.rule("PLN-01")
def test_orders_arrests_and_bail_stand_beside_the_menu(
    person: str, order: Order, manager: Acting, system: Acting, tmp_path: Path
) -> None:
    assert known(manager, person).standing == [order]
    assert known(manager, person).arrests == ()
    said = {
        "crime_ref": "CRIME1",
        "released_at": "2026-11-24 11:30:00",
        "disposal": "police_bail",
        "bail_ends_on": "2026-12-20",
        "arrested_for_breach_of": "",
    }
    send_detention(system, tmp_path, 1, **said)
    # What a custody system says is of a record of its own, until somebody finds that it is theirs.
    assert known(manager, person).arrests == ()
    held = DetentionVersion.objects.for_system("a test").get().record_id
    (one,) = known_of(manager, [order.respondent_id, held], NOW).arrests
    assert (day_of(one.at), one.disposal, one.bail_ends_on, one.is_for_breach) == (
        date(2026, 11, 24), "police_bail", date(2026, 12, 20), False
    )  # fmt: skip
    found = known(manager, person)
    assert (found.conditions, found.not_made, found.past) == ([], [], [])


@pytest.mark.rule("PLN-03")
def test_an_order_and_custody_are_compared_with_what_came_before_and_custody_is_taken_out(
    person: str, order: Order, manager: Acting, supervisor: Acting
) -> None:
    planned(manager, person, manager.user)
    approved(supervisor, person)
    first, last = date(2026, 12, 1), date(2026, 12, 10)
    suspend_checks(by=manager, order=order.reference, why=Absent.CUSTODY, first=first, last=last)
    suspend_checks(
        by=manager, order=order.reference, why=Absent.ABROAD, first=date(2026, 12, 20), last=date(2026, 12, 22)
    )
    days = 40
    today = (NOW + timedelta(days=days)).date()
    found = what_followed(manager, person, days)
    by_what = {one.what: one for one in found.done}
    assert set(by_what) == {Intervention.ORDER, Intervention.PLAN, Intervention.CUSTODY}
    assert by_what[Intervention.ORDER].order == order
    assert by_what[Intervention.ORDER].stretch == Stretch(SERVED)
    assert by_what[Intervention.PLAN].stretch == Stretch(NOW.date())
    assert by_what[Intervention.CUSTODY].stretch == Stretch(first, last + DAY)
    during = by_what[Intervention.ORDER].compared.during
    assert during is not None
    assert during.days == (today - SERVED).days - 10
    custody = by_what[Intervention.CUSTODY].compared
    assert custody.during is None
    assert custody.after is not None
    assert custody.after.days == (today - last).days - 1
    assert found.on_and_off.on is not None
    assert found.on_and_off.on.days == during.days
    # What the police recorded in the case lies before the order, and is one incident for each day.
    records = records_of(manager, whose(manager, person))
    incidents = incidents_of(as_known(spans_of_records(manager, records), NOW))
    assert incidents
    before = by_what[Intervention.ORDER].compared.before
    assert before is not None
    assert before.events == sum(SERVED - timedelta(days=365) <= day < SERVED for day in incidents)
    assert found.unknown == ()


@pytest.mark.rule("PLN-03")
def test_a_release_from_an_unknown_beginning_is_named(
    person: str, order: Order, manager: Acting, system: Acting, tmp_path: Path
) -> None:
    with time_machine.travel(NOW + 2 * DAY, tick=False):
        send_release(system, tmp_path, 1, released_on="2026-11-25", updated_at="2026-11-25 12:00:00")
    let_out = ReleaseVersion.objects.for_system("a test").get().record_id
    records, later = [order.respondent_id, let_out], NOW + 3 * DAY
    found = followed(manager, records, known_of(manager, records, later), [], later)
    assert found.unknown == (date(2026, 11, 25),)
    assert [one.what for one in found.done] == [Intervention.ORDER]


@pytest.mark.rule("PRI-01")
def test_whoever_is_not_scored_is_told_why(person: str, order: Order, manager: Acting, supervisor: Acting) -> None:
    one = whose(manager, person)
    assert scored(manager, one, NOW).why_not == NotScored.NOBODY_STATED
    define_population(
        by=supervisor, name="Stalking", begins=date(2026, 11, 1), necessity_ref="DPIA-7", necessity_on=date(2026, 10, 1)
    )
    # The offence of which they are suspected is of none of the kinds.
    assert scored(manager, one, NOW).why_not == WhyOut.NO_SUCH_OFFENCE
    victim = Person.objects.for_system("a test").exclude(reference=person).order_by("-id")[0]
    assert scored(manager, victim, NOW).why_not == NotScored.NOTHING_KNOWN
