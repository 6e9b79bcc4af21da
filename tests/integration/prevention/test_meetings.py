"""A cohort meeting is what named people call, prepare, decide and approve; what it decides follows at once, nothing by a score
(P23; PRI-01, PRI-06, PRI-10; T31).
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.audit.models import Event as Logged
from craffu.common.door import NeverChanged
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.people.models import Person
from craffu.prevention.cohort.actions import leave_cohort
from craffu.prevention.cohort.queries import stays_of
from craffu.prevention.deciding.actions import answer_challenge, challenge_score, counted_of
from craffu.prevention.deciding.facts import Challenge
from craffu.prevention.deciding.queries import decided_of
from craffu.prevention.deciding.rules import Whose
from craffu.prevention.meetings import actions
from craffu.prevention.meetings.due import meetings_due
from craffu.prevention.meetings.facts import NewAction, NewAttendance, NewDecision, NewMeeting
from craffu.prevention.meetings.gathering import gathered
from craffu.prevention.meetings.kinds import Decision, Effect, Since, Stage
from craffu.prevention.meetings.queries import find_meeting, last_discussed, meetings_of, members_due, next_meeting
from craffu.prevention.models import CohortEntered, CohortLeft, CohortReviewed, MeetingDecided, ScoreRun, ScoreStands
from craffu.prevention.scoring.facts import Evidence
from craffu.prevention.scoring.queries import stands_of
from tests.factories.meetings import (
    AGENCIES,
    HOUSING,
    PROBATION,
    WHY,
    approved,
    called,
    came,
    decided,
    proposed,
    some_scored,
    story_of,
)
from tests.integration.prevention.conftest import DAY, HOUR, NOON, NOW, TODAY, enters
from tests.worlds import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.rule("PRI-06"), pytest.mark.rule("PRI-10")]


@pytest.fixture
def people(scored: ScoreRun, manager: Acting) -> list[Person]:
    return some_scored(manager, 4)


@pytest.fixture
def meeting(people: list[Person], manager: Acting, supervisor: Acting) -> str:
    """A meeting of today, with two people on its agenda."""
    reference = called(manager, supervisor, TODAY, NOW)
    for one in people[:2]:
        proposed(manager, reference, one, NOW)
    return reference


def is_member(by: Acting, person: Person) -> bool:
    return stays_of(by, person).now is not None


def test_a_meeting_is_called_with_a_chair_and_agencies_and_the_next_is_where_people_are_proposed(
    meeting: str, people: list[Person], manager: Acting, supervisor: Acting
) -> None:
    story = story_of(manager, meeting)
    assert (story.meeting.day, story.chair, story.meeting.by) == (TODAY, supervisor.user, manager.user)
    assert [one.name for one in story.agencies] == list(AGENCIES)
    assert [(one.number, one.row.person, one.row.reason) for one in story.items] == [
        (1, people[0], WHY), (2, people[1], WHY),
    ]  # fmt: skip
    assert story.populations == [stands_of(manager, people[0]).run.population]
    assert story.stage(TODAY - DAY) is Stage.TO_COME
    assert story.stage(TODAY) is Stage.MINUTING
    later = called(manager, supervisor, TODAY + 28 * DAY, NOW)
    assert [one.meeting.reference for one in meetings_of(manager)] == [later, meeting]
    assert next_meeting(manager, TODAY).meeting.reference == meeting
    assert next_meeting(manager, TODAY + DAY).meeting.reference == later
    assert next_meeting(manager, TODAY + 29 * DAY) is None
    with pytest.raises(Conflict, match="on the agenda of that meeting already"):
        proposed(manager, meeting, people[0], NOW)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"day": TODAY - DAY}, "That day is past"),
        ({"chair": "manager"}, "A supervisor or coordinator"),
        ({"chair": "nobody"}, "A supervisor or coordinator"),
        ({"agencies": ("A" * 81,)}, "80 characters at most"),
        ({"agencies": tuple(map(str, range(21)))}, "At most 20 agencies"),
    ],
)
def test_what_a_meeting_is_not_called_with(
    given: dict[str, Any], words: str, scored: ScoreRun, manager: Acting, supervisor: Acting
) -> None:
    whole = {"day": TODAY, "chair": "supervisor", "agencies": ()} | given
    with pytest.raises(NotNow, match=words):
        actions.call_meeting(by=manager, given=NewMeeting(**whole), now=NOW)


def test_agencies_are_invited_once_and_the_chair_may_pass_on(meeting: str, manager: Acting, world: World) -> None:
    actions.invite_agency(by=manager, meeting=meeting, name="  Cyngor   Glan Afon ", now=NOW)
    assert story_of(manager, meeting).agencies[-1].name == "Cyngor Glan Afon"
    for name, words in (("probation service", "invited already"), ("  ", "Enter the name of the agency")):
        with pytest.raises(NotNow, match=words):
            actions.invite_agency(by=manager, meeting=meeting, name=name, now=NOW)
    other = world.acting_as("coordinator", username="another.chair")
    actions.hand_over_chair(by=manager, meeting=meeting, chair="another.chair", now=NOW)
    assert story_of(manager, meeting).chair == other.user
    with pytest.raises(NotNow, match="takes the chair"):
        actions.hand_over_chair(by=manager, meeting=meeting, chair="manager", now=NOW)


def test_a_meeting_is_called_off_with_a_reason_until_it_has_decided(meeting: str, manager: Acting) -> None:
    with pytest.raises(NotNow, match="Say why"):
        actions.call_off_meeting(by=manager, meeting=meeting, reason="no", now=NOW)
    decided(manager, meeting, 1, Decision.DEFER, now=NOON)
    with pytest.raises(NotNow, match="has decided already"):
        actions.call_off_meeting(by=manager, meeting=meeting, reason=WHY, now=NOON)


def test_of_a_meeting_that_was_called_off_nothing_more_is_said(
    meeting: str, people: list[Person], manager: Acting
) -> None:
    actions.call_off_meeting(by=manager, meeting=meeting, reason=WHY, now=NOW)
    assert story_of(manager, meeting).stage(TODAY) is Stage.CALLED_OFF
    assert next_meeting(manager, TODAY) is None
    for act in (lambda: proposed(manager, meeting, people[2], NOW), lambda: came(manager, meeting, now=NOON)):
        with pytest.raises(Conflict, match="called off"):
            act()


@pytest.mark.rule("PRI-01")
def test_only_somebody_of_the_stated_population_is_discussed_and_never_without_a_reason(
    meeting: str, people: list[Person], manager: Acting
) -> None:
    outside = (
        Person.objects.for_user(manager).exclude(pk__in=ScoreStands.objects.for_user(manager).values("person")).first()
    )
    with pytest.raises(NotNow, match="outside the stated population"):
        proposed(manager, meeting, outside, NOW)
    with pytest.raises(NotNow, match="Say why in at least 10"):
        proposed(manager, meeting, people[2], NOW, "because")


def test_a_named_person_puts_the_members_who_fall_due_on_the_agenda_and_nobody_else(
    people: list[Person], manager: Acting, supervisor: Acting
) -> None:
    early = called(manager, supervisor, TODAY + 27 * DAY, NOW)
    meeting = called(manager, supervisor, TODAY + 28 * DAY, NOW)
    for one in people[:2]:
        enters(manager, one)
    assert members_due(manager, story_of(manager, early)).to_add == ()
    with pytest.raises(NotNow, match="No member who falls due"):
        actions.add_members_due(by=manager, meeting=early, now=NOW)
    proposed(manager, meeting, people[0], NOW)
    assert story_of(manager, meeting).item_of(people[1].pk) is None, "nobody is put there by the system"
    assert actions.add_members_due(by=supervisor, meeting=meeting, now=NOW) == 1
    put = story_of(manager, meeting).items[-1].row
    assert (put.person, put.why, put.reason, put.by) == (people[1], "look_due", "", supervisor.user)
    enters(manager, people[2])
    assert [one.entered.person for one, _stands in members_due(manager, story_of(manager, meeting)).to_add] == [
        people[2]
    ]


def test_whoever_came_gives_the_undertaking_before_anything_is_for_their_agency(meeting: str, manager: Acting) -> None:
    first = came(manager, meeting, PROBATION, now=NOON)
    assert story_of(manager, meeting).bound == {PROBATION}
    second = came(manager, meeting, PROBATION, undertook=False, now=NOON)
    assert (first, second) == (1, 2)
    assert story_of(manager, meeting).bound == frozenset(), "everybody who came for it"
    with pytest.raises(NotNow, match="gave the undertaking"):
        decided(manager, meeting, 1, Decision.SELECT, {PROBATION}, NOON)
    assert not MeetingDecided.objects.for_user(manager).exists()
    actions.record_undertaking(by=manager, meeting=meeting, number=second, now=NOON)
    assert story_of(manager, meeting).bound == {PROBATION}
    with pytest.raises(Conflict, match="recorded already"):
        actions.record_undertaking(by=manager, meeting=meeting, number=second, now=NOON)
    with pytest.raises(NotNow, match="gave the undertaking"):
        decided(manager, meeting, 1, Decision.SELECT, {PROBATION, HOUSING}, NOON)
    decided(manager, meeting, 1, Decision.SELECT, {PROBATION}, NOON)
    assert story_of(manager, meeting).items[0].agencies == {PROBATION}


def test_apologies_come_before_and_undertake_nothing(people: list[Person], manager: Acting, supervisor: Acting) -> None:
    meeting = called(manager, supervisor, TODAY + DAY, NOW)
    apologies = NewAttendance("Nia Prosser", HOUSING, came=False)
    row = actions.record_attendance(by=manager, meeting=meeting, given=apologies, now=NOW)
    for given, words in (
        (NewAttendance("Nia", HOUSING, came=True), "still to come"),
        (NewAttendance("Nia", HOUSING, came=False, undertook=True), "gives no undertaking"),
        (NewAttendance("  ", HOUSING, came=False), "Enter the name"),
    ):
        with pytest.raises(NotNow, match=words):
            actions.record_attendance(by=manager, meeting=meeting, given=given, now=NOW)
    with pytest.raises(NotNow, match="gives no undertaking"):
        actions.record_undertaking(by=manager, meeting=meeting, number=row.number, now=NOW)
    proposed(manager, meeting, people[0], NOW)
    with pytest.raises(NotNow, match="still to come"):
        decided(manager, meeting, 1, Decision.SELECT, now=NOW)


def test_a_decision_takes_effect_at_once_and_the_last_of_a_meeting_stands(
    meeting: str, people: list[Person], manager: Acting
) -> None:
    person = people[0]
    one = decided(manager, meeting, 1, Decision.SELECT, now=NOON)
    assert (one.effect, one.was_member, one.score) == ("entered", False, stands_of(manager, person).value)
    entered = CohortEntered.objects.for_user(manager).get(person=person)
    assert (entered.reason, entered.by, entered.known_from) == (WHY, manager.user, NOON)
    assert decided(manager, meeting, 1, Decision.SELECT, now=NOON + HOUR).effect == "nothing"
    assert decided(manager, meeting, 1, Decision.DEFER, now=NOON + HOUR).effect == "left"
    assert not is_member(manager, person), "a deferred one is as they were before the meeting"
    assert decided(manager, meeting, 1, Decision.DESELECT, now=NOON + HOUR).effect == "nothing"
    assert decided(manager, meeting, 1, Decision.SELECT, now=NOON + HOUR).effect == "entered"
    assert is_member(manager, person)
    assert [each.decision for each in story_of(manager, meeting).items[0].decisions] == [
        "select", "select", "defer", "deselect", "select",
    ]  # fmt: skip
    assert Logged.objects.filter(kind="meeting_decided").count() == 5


def test_a_member_is_kept_let_out_or_deferred(meeting: str, people: list[Person], manager: Acting) -> None:
    person = people[1]
    enters(manager, person)
    with pytest.raises(NotNow, match="They were in the cohort before"):
        decided(manager, meeting, 2, Decision.SELECT, now=NOON)
    assert decided(manager, meeting, 2, Decision.KEEP, now=NOON).effect == "reviewed"
    assert CohortReviewed.objects.for_user(manager).get().words == WHY
    assert decided(manager, meeting, 2, Decision.KEEP, now=NOON).effect == "nothing", "they were looked at once"
    assert decided(manager, meeting, 2, Decision.DESELECT, now=NOON).effect == "left"
    assert CohortLeft.objects.for_user(manager).get().reason == WHY
    assert decided(manager, meeting, 2, Decision.DEFER, now=NOON).effect == "entered"
    assert is_member(manager, person)
    with pytest.raises(NotNow, match="They were not in the cohort before"):
        decided(manager, meeting, 1, Decision.KEEP, now=NOON)


def test_what_somebody_did_meanwhile_on_their_own_page_is_no_obstacle(
    meeting: str, people: list[Person], manager: Acting
) -> None:
    decided(manager, meeting, 1, Decision.SELECT, now=NOON)
    leave_cohort(by=manager, person=people[0], reason=WHY, seen=stays_of(manager, people[0]).version, now=NOON + HOUR)
    assert decided(manager, meeting, 1, Decision.DESELECT, now=NOON + 2 * HOUR).effect == Effect.NOTHING


@pytest.mark.rule("PRI-01")
def test_a_decision_that_cannot_take_effect_leaves_nothing(
    scored: ScoreRun, manager: Acting, supervisor: Acting
) -> None:
    """Whoever left the population since they were proposed is brought in by nobody; the meeting can still let them be."""
    person = next(one for one in some_scored(manager, 40) if not is_proved(manager, one))
    meeting = called(manager, supervisor, TODAY, NOW)
    proposed(manager, meeting, person, NOW)
    acts = tuple((one.span.record, one.span.act) for one in counted_of(manager, person, NOON))
    given = Challenge(Whose.OFFICER, acts, "It was somebody else each time")
    challenge_score(by=manager, person=person, given=given, seen=decided_of(manager, person).version, now=NOON)
    answer_challenge(
        by=supervisor, person=person, number=1, aside=frozenset(acts), reason="The prison confirms it",
        seen=decided_of(manager, person).version, now=NOON,
    )  # fmt: skip
    assert stands_of(manager, person) is None
    with pytest.raises(NotNow, match="outside the scored population"):
        decided(manager, meeting, 1, Decision.SELECT, now=NOON)
    assert not MeetingDecided.objects.for_user(manager).exists()
    assert not Logged.objects.filter(kind="meeting_decided").exists()
    row = decided(manager, meeting, 1, Decision.DESELECT, now=NOON)
    assert (row.effect, row.score, row.tier) == ("nothing", None, "")


def is_proved(by: Acting, person: Person) -> bool:
    return any(one.event.evidence is Evidence.CONVICTED for one in counted_of(by, person, NOON))


def test_of_two_who_decide_from_the_same_page_one_is_told(meeting: str, manager: Acting, supervisor: Acting) -> None:
    seen = story_of(manager, meeting).items[0].version
    decided(supervisor, meeting, 1, Decision.DEFER, now=NOON)
    with pytest.raises(Conflict, match="Somebody else changed this"):
        actions.decide_item(
            by=manager, meeting=meeting, number=1, given=NewDecision(Decision.SELECT, WHY), seen=seen, now=NOON
        )
    with pytest.raises(NotNow, match="Say why"):
        decided(manager, meeting, 1, Decision.SELECT, now=NOON, why="yes")


def test_an_action_is_somebodys_of_the_force_or_an_agencys_that_has_the_item(
    meeting: str, manager: Acting, supervisor: Acting
) -> None:
    came(manager, meeting, PROBATION, now=NOON)
    came(manager, meeting, HOUSING, now=NOON)

    def acted(**said: Any) -> Any:
        given = {"words": "See him every week", "due_on": TODAY + DAY, "owner": "supervisor"} | said
        return actions.add_meeting_action(by=manager, meeting=meeting, number=1, given=NewAction(**given), now=NOON)

    assert acted().owner == supervisor.user
    for said, words in (
        ({"owner": ""}, "Choose one owner"),
        ({"agency": PROBATION}, "Choose one owner"),
        ({"owner": "nobody"}, "Choose somebody who works on priorities"),
        ({"owner": "", "agency": PROBATION}, "not to have this item"),
        ({"due_on": TODAY - DAY}, "That day is past"),
        ({"words": "See him"}, "Say why in at least 10"),
    ):
        with pytest.raises(NotNow, match=words):
            acted(**said)
    decided(manager, meeting, 1, Decision.SELECT, {PROBATION}, NOON)
    assert acted(owner="", agency=PROBATION).agency.name == AGENCIES[0]
    with pytest.raises(NotNow, match="not to have this item"):
        acted(owner="", agency=HOUSING)
    with pytest.raises(NotNow, match="needs to have the item"):
        decided(manager, meeting, 1, Decision.SELECT, now=NOON)
    actions.close_meeting_action(
        by=manager, meeting=meeting, item=1, number=2, is_done=True, words="He came each week", now=NOON
    )
    with pytest.raises(Conflict, match="recorded already"):
        actions.close_meeting_action(
            by=manager, meeting=meeting, item=1, number=2, is_done=False, words="He came each week", now=NOON
        )
    decided(manager, meeting, 1, Decision.SELECT, now=NOON)


def test_the_chair_approves_once_every_item_is_decided_and_then_nothing_changes_but_beside(
    meeting: str, people: list[Person], manager: Acting, supervisor: Acting, acting_as: Callable[..., Acting]
) -> None:
    with pytest.raises(NotNow, match=r"Say who came\. Decide about each item\. Undecided: 1, 2"):
        approved(supervisor, meeting, NOON)
    came(manager, meeting, now=NOON)
    decided(manager, meeting, 1, Decision.SELECT, now=NOON)
    with pytest.raises(NotNow, match="Undecided: 2"):
        approved(supervisor, meeting, NOON)
    decided(manager, meeting, 2, Decision.DEFER, now=NOON)
    seen = story_of(manager, meeting).version
    with pytest.raises(NotPermitted):
        approved(manager, meeting, NOON)
    with pytest.raises(NotPermitted, match="The chair of the meeting approves"):
        approved(acting_as("coordinator"), meeting, NOON)
    decided(manager, meeting, 2, Decision.DESELECT, now=NOON)
    with pytest.raises(Conflict):
        actions.approve_minutes(by=supervisor, meeting=meeting, seen=seen, now=NOON)
    with pytest.raises(NotNow, match="not approved yet"):
        actions.correct_minutes(by=manager, meeting=meeting, item=1, words=WHY, now=NOON)
    approved(supervisor, meeting, NOON + HOUR)
    story = story_of(manager, meeting)
    assert (story.approved.by, story.stage(TODAY)) == (supervisor.user, Stage.APPROVED)
    for act in (
        lambda: decided(manager, meeting, 1, Decision.DEFER, now=NOON),
        lambda: proposed(manager, meeting, people[2], NOON),
        lambda: came(manager, meeting, now=NOON),
        lambda: approved(supervisor, meeting, NOON),
        lambda: actions.invite_agency(by=manager, meeting=meeting, name="Other", now=NOON),
    ):
        with pytest.raises(Conflict, match="approved, and fixed"):
            act()
    with pytest.raises(NeverChanged):
        MeetingDecided.objects.for_user(manager).update(reason="Another")
    actions.correct_minutes(by=manager, meeting=meeting, item=2, words="She was not asked", now=NOON + DAY)
    actions.correct_minutes(by=manager, meeting=meeting, item=None, words="It began at ten", now=NOON + DAY)
    assert [(one.number, one.item and one.item.number) for one in story_of(manager, meeting).corrections] == [
        (1, 2), (2, None),
    ]  # fmt: skip
    assert last_discussed(manager, {one.pk for one in people}) == {people[0].pk: TODAY, people[1].pk: TODAY}


def test_what_is_looked_at_is_what_happened_since_they_were_discussed_or_entered(
    meeting: str, people: list[Person], manager: Acting, supervisor: Acting
) -> None:
    row = story_of(manager, meeting).meeting
    found = gathered(manager, row, people[0], NOON)
    assert (found.because, found.since) == (Since.FOUR_WEEKS, NOON - 28 * DAY)
    assert found.stands == stands_of(manager, people[0])
    assert not found.has_plan
    decided(manager, meeting, 2, Decision.SELECT, now=NOON)
    found = gathered(manager, row, people[1], NOON + HOUR)
    assert found.because is Since.FOUR_WEEKS, "not since what this meeting did"
    enters(manager, people[0])
    found = gathered(manager, row, people[0], NOON)
    assert (found.because, found.since, found.then.value) == (Since.ENTRY, NOW, found.stands.value)
    assert found.acts == ()
    came(manager, meeting, now=NOON)
    decided(manager, meeting, 1, Decision.KEEP, now=NOON)
    assert gathered(manager, row, people[0], NOON + HOUR).because is Since.ENTRY, "of other meetings alone"
    decided(manager, meeting, 1, Decision.DESELECT, now=NOON)
    assert gathered(manager, row, people[0], NOON + HOUR).because is Since.ENTRY, "they were in before it decided"
    decided(manager, meeting, 1, Decision.KEEP, now=NOON)
    later = story_of(manager, called(manager, supervisor, TODAY + 28 * DAY, NOON)).meeting
    found = gathered(manager, later, people[0], NOON + HOUR)
    assert (found.because, found.since, found.then.tier) == (Since.LAST_MEETING, NOON, found.stands.tier)


@pytest.mark.rule("PRI-06")
def test_T31_the_system_and_whoever_may_not_read_scores_do_nothing_of_a_meeting(
    meeting: str, people: list[Person], world: World, acting_as: Callable[..., Acting], manager: Acting
) -> None:
    """No path from a score to a decision without a named human."""
    item = story_of(manager, meeting).items[0]
    came(manager, meeting, PROBATION, undertook=False, now=NOON)
    before = CohortEntered.objects.for_user(manager).count()
    for by in (world.system, acting_as("response_officer"), acting_as("analyst"), acting_as("victim_officer")):
        acts: list[Callable[[Acting], object]] = [
            lambda by: actions.call_meeting(by=by, given=NewMeeting(TODAY, "supervisor"), now=NOW),
            lambda by: actions.invite_agency(by=by, meeting=meeting, name="Other"),
            lambda by: actions.hand_over_chair(by=by, meeting=meeting, chair="supervisor"),
            lambda by: actions.call_off_meeting(by=by, meeting=meeting, reason=WHY),
            lambda by: proposed(by, meeting, people[2]),
            lambda by: actions.add_members_due(by=by, meeting=meeting),
            lambda by: came(by, meeting),
            lambda by: actions.record_undertaking(by=by, meeting=meeting, number=1),
            lambda by: actions.decide_item(
                by=by, meeting=meeting, number=1, given=NewDecision(Decision.SELECT, WHY), seen=item.version
            ),
            lambda by: actions.add_meeting_action(
                by=by, meeting=meeting, number=1, given=NewAction(WHY, TODAY + DAY, "supervisor")
            ),
            lambda by: actions.approve_minutes(by=by, meeting=meeting, seen=""),
            lambda by: actions.correct_minutes(by=by, meeting=meeting, item=None, words=WHY),
        ]
        for act in acts:
            with pytest.raises(NotPermitted):
                act(by)
    assert CohortEntered.objects.for_user(manager).count() == before
    assert find_meeting(manager, "MT-99999") is None


def test_it_costs_as_much_to_read_many_meetings_as_one(
    meeting: str, people: list[Person], manager: Acting, supervisor: Acting
) -> None:
    def cost(of: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as asked:
            of()
        return len(asked)

    row = story_of(manager, meeting).meeting
    enters(manager, people[0])
    one = [
        cost(lambda: meetings_of(manager)),
        cost(lambda: find_meeting(manager, meeting)),
        cost(lambda: meetings_due(manager, [str(row.pk)], NOON)),
    ]
    # PostgreSQL is asked for all nine parts of a meeting at once.
    assert one == ([2, 2, 5] if connection.vendor == "postgresql" else [10, 10, 13])
    later = called(manager, supervisor, TODAY + 28 * DAY, NOW)
    for person in people:
        proposed(manager, later, person, NOW)
    for person in people[1:]:
        enters(manager, person)
    came(manager, meeting, PROBATION, now=NOON)
    decided(manager, meeting, 1, Decision.KEEP, {PROBATION}, NOON)
    numbers = [str(one.meeting.pk) for one in meetings_of(manager)]
    assert [
        cost(lambda: meetings_of(manager)),
        cost(lambda: find_meeting(manager, later)),
        cost(lambda: meetings_due(manager, numbers, NOON)),
    ] == one
