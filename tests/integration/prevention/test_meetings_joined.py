"""What a meeting sees and decides of somebody whose records were joined to another reference while they were on its agenda."""

from typing import Final

import pytest

from craffu.access.acting import Acting
from craffu.access.exports.rules import Asked
from craffu.access.queries import acting_user
from craffu.audit.models import Event as Logged
from craffu.cases.victim_queries import victims_beside
from craffu.common.refusals import Conflict, NotNow
from craffu.people.models import Person
from craffu.people.queries import contacts_of, names_given, records_of
from craffu.prevention.cohort.queries import stays_of
from craffu.prevention.meetings.due import What, meetings_due
from craffu.prevention.meetings.gathering import gathered
from craffu.prevention.meetings.kinds import Decision, Since
from craffu.prevention.meetings.papers.actions import keep_minutes, send_minutes_again
from craffu.prevention.meetings.papers.facts import NewMinutes
from craffu.prevention.meetings.queries import last_discussed, members_due
from craffu.prevention.models import MinutesPrinted, ScoreRun
from craffu.prevention.scoring.actions import renew_scores
from craffu.prevention.scoring.queries import stands_of
from tests.factories.identities import joined_into, parted_into
from tests.factories.meetings import (
    AGENCIES,
    PROBATION,
    approved,
    called,
    came,
    decided,
    proposed,
    story_of,
    with_a_victim,
)
from tests.integration.prevention.conftest import DAY, HOUR, NOON, NOW, TODAY, enters
from tests.logged import refs_said_by
from tests.worlds import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.rule("PRI-10"), pytest.mark.rule("IDN-06")]
ASKED: Final = Asked("management", "The meeting of November", "Team manager", AGENCIES[0])


@pytest.fixture
def people(scored: ScoreRun, manager: Acting) -> list[Person]:
    return with_a_victim(manager, 3)


@pytest.fixture
def meeting(people: list[Person], manager: Acting, supervisor: Acting) -> str:
    """A meeting of today with one person on its agenda."""
    reference = called(manager, supervisor, TODAY, NOW)
    proposed(manager, reference, people[0], NOW)
    return reference


def joins(world: World, old: Person, into: Person) -> None:
    joined_into(world.system, old, into, NOW + HOUR)
    renew_scores(by=world.system, people={old.pk, into.pk}, now=NOW + HOUR)


def parts(world: World, old: Person, *others: Person) -> None:
    parted_into(world.system, old, others, NOW + HOUR)
    renew_scores(by=world.system, people={old.pk, *(one.pk for one in others)}, now=NOW + HOUR)


def test_what_a_meeting_decides_of_somebody_joined_since_takes_effect_for_whoever_they_are_now(
    people: list[Person], meeting: str, manager: Acting, supervisor: Acting, world: World
) -> None:
    old, into = people[:2]
    enters(manager, old)
    seen = story_of(manager, meeting)
    joins(world, old, into)
    story = story_of(manager, meeting)
    assert (story.items[0].row.person, story.items[0].person) == (old, into)
    assert story.version == seen.version, "what is minuted is as it was"
    came(manager, meeting, now=NOON)
    row = decided(manager, meeting, 1, Decision.KEEP, now=NOON)
    assert (row.effect, row.was_member, row.score) == ("reviewed", True, stands_of(manager, into).value)
    logged = Logged.objects.filter(kind="meeting_decided").order_by("id").last()
    assert set(refs_said_by(logged)) == {f"meeting/{meeting}", f"person/{old.reference}", f"person/{into.reference}"}
    assert decided(manager, meeting, 1, Decision.DESELECT, now=NOON).effect == "left"
    approved(supervisor, meeting, NOON)
    assert stays_of(manager, into).now is None


def test_whoever_was_a_member_under_the_other_reference_is_so_still_where_it_is_deferred_after_all(
    people: list[Person], meeting: str, manager: Acting, world: World
) -> None:
    old, into = people[:2]
    enters(manager, into)
    assert decided(manager, meeting, 1, Decision.DESELECT, now=NOON).was_member is False
    joins(world, old, into)
    row = decided(manager, meeting, 1, Decision.DEFER, now=NOON + HOUR)
    assert (row.was_member, row.effect) == (True, "nothing")
    assert stays_of(manager, into).now is not None


def test_all_that_is_looked_at_is_looked_at_of_whoever_they_are_now(
    people: list[Person], meeting: str, manager: Acting, supervisor: Acting, world: World
) -> None:
    old, into = people[:2]
    row = story_of(manager, meeting).meeting
    before = gathered(manager, row, old, NOON)
    decided(manager, meeting, 1, Decision.DEFER, now=NOON)
    joins(world, old, into)
    item = story_of(manager, meeting).items[0]
    found = gathered(manager, row, item.person, NOON + HOUR)
    assert len(found.voices) + found.unseen >= len(before.voices) + before.unseen > 0
    assert found.stands == stands_of(manager, into)
    later = story_of(manager, called(manager, supervisor, TODAY + 28 * DAY, NOON)).meeting
    assert gathered(manager, later, into, NOON + HOUR).because is Since.LAST_MEETING
    assert last_discussed(manager, {one.pk for one in people[1:]}) == {into.pk: TODAY}


def test_nobody_is_put_on_one_agenda_twice_under_two_references(
    people: list[Person], manager: Acting, supervisor: Acting, world: World
) -> None:
    old, into = people[:2]
    enters(manager, old)
    meeting = called(manager, supervisor, TODAY + 28 * DAY, NOW)
    proposed(manager, meeting, old, NOW)
    joins(world, old, into)
    with pytest.raises(Conflict, match="on the agenda of that meeting already"):
        proposed(manager, meeting, into, NOON)
    story = story_of(manager, meeting)
    assert members_due(manager, story).to_add == ()
    [answer] = meetings_due(manager, [str(story.meeting.pk)], NOW + 22 * DAY).values()
    assert [one.kind for one in answer.dues if one.kind == What.AGENDA and one.done_at is None] == []


def test_two_items_that_turn_out_to_be_of_one_person_tell_of_one_another(
    people: list[Person], meeting: str, manager: Acting, world: World
) -> None:
    proposed(manager, meeting, people[1], NOW)
    proposed(manager, meeting, people[2], NOW)
    joins(world, people[0], people[1])
    story = story_of(manager, meeting)
    assert [story.beside(one) for one in story.items] == [[2], [1], []]


@pytest.mark.rule("IDN-03")
def test_of_several_who_were_one_on_the_agenda_nothing_is_decided_and_each_can_be_proposed(
    people: list[Person], meeting: str, manager: Acting, world: World
) -> None:
    old, one, other = people[:3]
    enters(manager, old)
    parts(world, old, one, other)
    [item] = story_of(manager, meeting).items
    assert item.is_of_several
    assert (item.person, set(item.people)) == (old, {one, other})
    assert item.references[0] == old.reference
    named = ", ".join(each.reference for each in item.people)
    for decision in (Decision.SELECT, Decision.KEEP, Decision.DESELECT):
        with pytest.raises(NotNow, match=f"several persons’ now: {named}"):
            decided(manager, meeting, 1, decision, now=NOON)
    assert decided(manager, meeting, 1, Decision.DEFER, now=NOON).effect == "nothing"
    with pytest.raises(NotNow, match="what was decided before stands"):
        decided(manager, meeting, 1, Decision.DEFER, now=NOON)
    proposed(manager, meeting, one, NOON)
    assert decided(manager, meeting, 2, Decision.KEEP, now=NOON).effect == "reviewed"


@pytest.fixture
def minutes(people: list[Person], meeting: str, manager: Acting, supervisor: Acting) -> str:
    came(manager, meeting, PROBATION, now=NOON)
    decided(manager, meeting, 1, Decision.SELECT, {PROBATION}, NOON)
    approved(supervisor, meeting, NOON)
    return meeting


@pytest.fixture
def printer(manager: Acting) -> Acting:
    return acting_user(manager.user, factor_at=NOON + HOUR)


def keeps(by: Acting, meeting: str, agency: int | None, words: str) -> MinutesPrinted:
    new = NewMinutes(agency, "en", (1,), story_of(by, meeting).version, words, words, b"%PDF-1.7")
    return keep_minutes(by=by, meeting=meeting, paper=new, asked=ASKED, now=NOON + HOUR)


@pytest.mark.rule("VIC-09")
@pytest.mark.parametrize("is_split", [False, True], ids=["joined", "parted"])
def test_minutes_are_searched_for_her_also_after_his_records_were_joined_or_parted(
    is_split: bool, people: list[Person], minutes: str, printer: Acting, world: World
) -> None:
    system, old = world.system, people[0]
    hers = victims_beside(system, records_of(system, old))
    given, family = sorted(next(iter(names_given(system, hers).values())))[0]
    where = [f"He waits at {value} by night" for _kind, value in contacts_of(system, hers)]
    left = keeps(printer, minutes, PROBATION, "Selected")
    if is_split:
        parts(world, old, *people[1:3])
    else:
        joins(world, old, people[1])
    for words in where:
        for agency in (PROBATION, None):
            with pytest.raises(NotNow, match=r"protected about a victim|names a victim"):
                keeps(printer, minutes, agency, words)
    with pytest.raises(NotNow, match="It names a victim"):
        keeps(printer, minutes, PROBATION, f"He rang {given} {family} again")
    row, _content = send_minutes_again(by=printer, meeting=minutes, number=left.pk, asked=ASKED, now=NOON + HOUR)
    logged = Logged.objects.filter(kind="minutes_released").order_by("id").last()
    now = people[1:3] if is_split else people[1:2]
    assert row == left
    assert {f"person/{one.reference}" for one in (old, *now)} < set(refs_said_by(logged))


@pytest.mark.rule("VIC-09")
def test_an_agency_is_given_the_name_of_none_of_several_who_were_one_on_the_agenda(
    people: list[Person], minutes: str, printer: Acting, world: World
) -> None:
    parts(world, *people[:3])
    for one in people[1:3]:
        name = sorted(next(iter(names_given(world.system, records_of(world.system, one)).values())))[0]
        with pytest.raises(NotNow, match="It names a victim, or somebody else"):
            keeps(printer, minutes, PROBATION, f"He met {' '.join(name)}")
    assert keeps(printer, minutes, PROBATION, "See the chair").items == [1]
