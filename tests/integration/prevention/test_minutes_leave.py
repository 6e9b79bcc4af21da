"""Minutes leave approved, searched and logged: an agency has what it needs to know and nothing of a victim (P23, VIC-09)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from craffu.access.acting import Acting, acting_system
from craffu.access.exports.rules import Asked
from craffu.access.policies import FactorNotFresh
from craffu.access.queries import acting_user
from craffu.audit.models import Event as Logged
from craffu.cases.victim_queries import victims_beside
from craffu.common.refusals import Conflict, NotNow, NotPermitted, Refusal
from craffu.people.models import Person
from craffu.people.queries import contacts_of, names_given, records_of
from craffu.prevention.meetings import actions
from craffu.prevention.meetings.facts import NewAction
from craffu.prevention.meetings.kinds import Decision
from craffu.prevention.meetings.papers.actions import keep_minutes, send_minutes_again
from craffu.prevention.meetings.papers.facts import NewMinutes
from craffu.prevention.meetings.papers.queries import items_of, printed_of
from craffu.prevention.models import MinutesPrinted, ScoreRun
from tests.factories.meetings import (
    AGENCIES,
    HOUSING,
    PROBATION,
    approved,
    called,
    came,
    decided,
    proposed,
    story_of,
    with_a_victim,
)
from tests.integration.prevention.conftest import HOUR, NOON, NOW, TODAY
from tests.logged import refs_said_by

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.rule("VIC-09")]
ASKED: Final = Asked("management", "The meeting of November", "Team manager", AGENCIES[0])


@pytest.fixture
def people(scored: ScoreRun, manager: Acting) -> list[Person]:
    """Two people who are scored, the first with a victim who has a contact."""
    return with_a_victim(manager, 1)


@pytest.fixture
def meeting(people: list[Person], manager: Acting, supervisor: Acting) -> str:
    """Minutes of today, not approved: the first item is Probation's, the second nobody's; housing gave no undertaking."""
    reference = called(manager, supervisor, TODAY, NOW)
    for one in people:
        proposed(manager, reference, one, NOW)
    came(manager, reference, PROBATION, now=NOON)
    came(manager, reference, HOUSING, undertook=False, now=NOON)
    decided(manager, reference, 1, Decision.SELECT, {PROBATION}, NOON)
    decided(manager, reference, 2, Decision.DEFER, now=NOON)
    given = NewAction("See him at the office", TODAY + timedelta(days=3), agency=PROBATION)
    actions.add_meeting_action(by=manager, meeting=reference, number=1, given=given, now=NOON)
    return reference


@pytest.fixture
def printer(manager: Acting) -> Acting:
    return acting_user(manager.user, factor_at=NOON + HOUR)


@pytest.fixture
def minutes(meeting: str, supervisor: Acting) -> str:
    approved(supervisor, meeting, NOON)
    return meeting


def paper(
    by: Acting, meeting: str, agency: int | None = PROBATION, words: str = "Selected", **said: object
) -> NewMinutes:
    story = story_of(by, meeting)
    items = tuple(one.number for one in items_of(story, agency))
    return replace(NewMinutes(agency, "en", items, story.version, words, words, b"%PDF-1.7"), **said)


def keeps(by: Acting, meeting: str, new: NewMinutes, asked: Asked = ASKED) -> MinutesPrinted:
    return keep_minutes(by=by, meeting=meeting, paper=new, asked=asked, now=NOON + HOUR)


def test_each_agency_has_the_items_it_needs_to_know_and_the_force_all(
    minutes: str, people: list[Person], printer: Acting
) -> None:
    story = story_of(printer, minutes)
    assert [[one.number for one in items_of(story, agency)] for agency in (None, PROBATION, HOUSING)] == [
        [1, 2],
        [1],
        [],
    ]
    row = keeps(printer, minutes, paper(printer, minutes))
    assert (row.agency.name, row.items, row.by) == (AGENCIES[0], [1], printer.user)
    whole = keeps(printer, minutes, paper(printer, minutes, None))
    assert (whole.agency, whole.items) == (None, [1, 2])
    assert printed_of(printer, story.meeting) == [whole, row]
    logged = list(Logged.objects.filter(kind="minutes_released").order_by("id"))
    refs = [sorted(refs_said_by(one)) for one in logged]
    assert refs == [
        sorted([f"meeting/{minutes}", f"person/{people[0].reference}"]),
        sorted([f"meeting/{minutes}", *(f"person/{one.reference}" for one in people)]),
    ]
    assert AGENCIES[0] in logged[0].payload


def test_nothing_leaves_before_approval_or_for_an_agency_that_gave_no_undertaking(
    meeting: str, printer: Acting, supervisor: Acting
) -> None:
    with pytest.raises(NotNow, match="not approved yet"):
        keeps(printer, meeting, paper(printer, meeting))
    approved(supervisor, meeting, NOON)
    with pytest.raises(NotNow, match="gave the undertaking"):
        keeps(printer, meeting, paper(printer, meeting, HOUSING))
    assert not MinutesPrinted.objects.for_user(printer).exists()
    assert not Logged.objects.filter(kind="minutes_released").exists()


def test_an_agency_that_is_to_have_nothing_is_given_nothing(
    people: list[Person], manager: Acting, supervisor: Acting, printer: Acting
) -> None:
    meeting = called(manager, supervisor, TODAY, NOW)
    proposed(manager, meeting, people[0], NOW)
    came(manager, meeting, PROBATION, now=NOON)
    decided(manager, meeting, 1, Decision.SELECT, now=NOON)
    approved(supervisor, meeting, NOON)
    with pytest.raises(NotNow, match="is to have no item"):
        keeps(printer, meeting, paper(printer, meeting))


def test_what_was_printed_from_another_state_or_of_other_items_does_not_leave(minutes: str, printer: Acting) -> None:
    with pytest.raises(Conflict):
        keeps(printer, minutes, paper(printer, minutes, seen="0" * 16))
    with pytest.raises(NotNow, match="has changed"):
        keeps(printer, minutes, paper(printer, minutes, items=(1, 2)))


def test_where_a_victim_is_reached_stops_the_force_and_an_agency_alike(
    minutes: str, people: list[Person], printer: Acting
) -> None:
    system = acting_system(printer.force, "test")
    _kind, value = contacts_of(system, victims_beside(system, records_of(system, people[0])))[0]
    for agency in (PROBATION, None):
        with pytest.raises(NotNow, match="what is protected about a victim"):
            keeps(printer, minutes, paper(printer, minutes, agency, f"He waits at {value} by night"))
    assert not MinutesPrinted.objects.for_user(printer).exists()


def test_an_agency_is_told_no_victims_name_and_nobody_elses_who_was_discussed(
    minutes: str, people: list[Person], printer: Acting
) -> None:
    system = acting_system(printer.force, "test")
    hers = victims_beside(system, records_of(system, people[0]))
    given, family = sorted(next(iter(names_given(system, hers).values())))[0]
    other = sorted(next(iter(names_given(system, records_of(system, people[1])).values())))[0]
    for words in (
        f"He rang {given} {family} again",
        f"He rang {given.upper()}  {family.lower()}",
        f"He met {' '.join(other)}",
    ):
        with pytest.raises(NotNow, match="It names a victim, or somebody else"):
            keeps(printer, minutes, paper(printer, minutes, PROBATION, words))
    keeps(printer, minutes, paper(printer, minutes, None, f"He rang {given} {family} again"))


@pytest.mark.rule("SEC-07")
def test_minutes_leave_to_somebody_for_something_after_a_fresh_factor_alone(
    minutes: str, manager: Acting, printer: Acting, acting_as: Callable[..., Acting]
) -> None:
    with pytest.raises(FactorNotFresh):
        keeps(manager, minutes, paper(printer, minutes))
    with pytest.raises(Refusal, match="who will receive it"):
        keeps(printer, minutes, paper(printer, minutes), replace(ASKED, recipient=" "))
    for by in (acting_as("analyst"), acting_system(manager.force, "test")):
        with pytest.raises(NotPermitted):
            keeps(by, minutes, paper(printer, minutes))


def test_the_same_file_leaves_again_searched_anew(minutes: str, people: list[Person], printer: Acting) -> None:
    row = keeps(printer, minutes, paper(printer, minutes))
    again, content = send_minutes_again(by=printer, meeting=minutes, number=row.pk, asked=ASKED, now=NOON + HOUR)
    assert (again, content) == (row, b"%PDF-1.7")
    assert Logged.objects.filter(kind="minutes_released").count() == 2
    with pytest.raises(NotPermitted):
        send_minutes_again(by=printer, meeting=minutes, number=row.pk + 1, asked=ASKED, now=NOON + HOUR)
