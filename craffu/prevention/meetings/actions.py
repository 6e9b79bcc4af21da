"""The only writes of cohort meetings: called, prepared, attended, decided, approved and corrected (P23; PRI-06, PRI-10).

Each is the act of a named person. What a meeting decides takes effect in the cohort in the same act, and nothing else does.
"""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_is_there
from craffu.access.queries import holders_of
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.actions import next_reference
from craffu.common.door import action
from craffu.common.edits import check_unchanged
from craffu.common.locks import lock_until_commit
from craffu.outbox.actions import tell
from craffu.people.models import Person
from craffu.prevention import events
from craffu.prevention.cohort.actions import enter_cohort, leave_cohort, review_member
from craffu.prevention.cohort.queries import stays_of
from craffu.prevention.deciding.policies import check_says_why
from craffu.prevention.meetings import policies
from craffu.prevention.meetings.facts import NewAction, NewAttendance, NewDecision, NewMeeting
from craffu.prevention.meetings.kinds import Effect, OnAgenda
from craffu.prevention.meetings.queries import Item, MeetingStory, find_meeting, has_undertaken, members_due
from craffu.prevention.meetings.rules import effect
from craffu.prevention.models import (
    Meeting,
    MeetingAction,
    MeetingActionClosed,
    MeetingAgency,
    MeetingApproved,
    MeetingAttended,
    MeetingCalledOff,
    MeetingChaired,
    MeetingCorrected,
    MeetingDecided,
    MeetingItem,
    MeetingUndertaken,
)
from craffu.prevention.permissions import CHAIR, MEET, check_can_chair, check_can_meet
from craffu.prevention.scoring.queries import stands_of
from craffu.prevention.topics import MEETINGS


@action
def call_meeting(*, by: Acting, given: NewMeeting, now: datetime | None = None) -> Meeting:
    """Somebody calls a meeting. Raises NotNow for a day that is past, or a chair who may not take it."""
    user, at = check_can_meet(by), now or clock.now()
    policies.check_is_to_come(given.day, day_of(at))
    names = policies.check_agencies(given.agencies)
    chair = _chair(by, given.chair)
    row: Meeting = Meeting.objects.create(
        force=by.force, reference=next_reference(kind=f"meeting/{by.force.code}", prefix="MT"), day=given.day, by=user,
        known_from=at,
    )  # fmt: skip
    MeetingChaired.objects.create(force=by.force, meeting=row, chair=chair, by=user, known_from=at)
    _invite(by, row, names, 0, user, at)
    _log(by, events.MEETING_CALLED, row, at)
    return row


def _chair(by: Acting, username: str) -> User:
    return policies.check_may_take_chair(next((one for one in holders_of(by, CHAIR) if one.username == username), None))


def _invite(by: Acting, meeting: Meeting, names: list[str], last: int, user: User, at: datetime) -> None:
    for number, name in enumerate(names, start=last + 1):
        MeetingAgency.objects.create(force=by.force, meeting=meeting, number=number, name=name, by=user, known_from=at)


@action
def invite_agency(*, by: Acting, meeting: str, name: str, now: datetime | None = None) -> None:
    """One more agency is invited."""
    user, at = check_can_meet(by), now or clock.now()
    story = _open(by, meeting)
    names = policies.check_agencies([name], [one.name for one in story.agencies])
    policies.check_names_an_agency(names)
    _invite(by, story.meeting, names, len(story.agencies), user, at)
    _log(by, events.MEETING_AGENCY_INVITED, story.meeting, at)


@action
def hand_over_chair(*, by: Acting, meeting: str, chair: str, now: datetime | None = None) -> MeetingChaired:
    """Somebody else takes the chair; the minutes are theirs to approve from then on."""
    user, at = check_can_meet(by), now or clock.now()
    story = _open(by, meeting)
    row: MeetingChaired = MeetingChaired.objects.create(
        force=by.force, meeting=story.meeting, chair=_chair(by, chair), by=user, known_from=at
    )
    _log(by, events.MEETING_CHAIRED, story.meeting, at)
    return row


@action
def call_off_meeting(*, by: Acting, meeting: str, reason: str, now: datetime | None = None) -> MeetingCalledOff:
    """The meeting is not held, and it is said why. Raises NotNow once it has decided anything."""
    user, at = check_can_meet(by), now or clock.now()
    story = _open(by, meeting)
    policies.check_nothing_was_said(story)
    check_says_why(reason)
    row: MeetingCalledOff = MeetingCalledOff.objects.create(
        force=by.force, meeting=story.meeting, reason=reason.strip(), by=user, known_from=at
    )
    _log(by, events.MEETING_CALLED_OFF, story.meeting, at)
    return row


@action
def propose(*, by: Acting, meeting: str, person: Person, reason: str, now: datetime | None = None) -> MeetingItem:
    """A named officer puts somebody of the stated population on the agenda, and says why (PRI-01, PRI-06)."""
    user, at = check_can_meet(by), now or clock.now()
    story = _open(by, meeting)
    policies.check_not_on_agenda(is_on=story.item_of(person.pk) is not None)
    stands = policies.check_is_of_population(stands_of(by, person))
    check_says_why(reason)
    row: MeetingItem = MeetingItem.objects.create(
        force=by.force, meeting=story.meeting, number=len(story.items) + 1, person=person, why=OnAgenda.PROPOSED.value,
        reason=reason.strip(), population=stands.run.population, by=user, known_from=at,
    )  # fmt: skip
    _log(by, events.MEETING_PROPOSED, story.meeting, at, person.reference)
    return row


@action
def add_members_due(*, by: Acting, meeting: str, now: datetime | None = None) -> int:
    """A named officer puts every member on the agenda whose 28-day look falls due by the meeting; how many they were.

    Of the population alone: a member who has left it is looked at on their own page. Raises NotNow where nobody is due.
    """
    user, at = check_can_meet(by), now or clock.now()
    story = _open(by, meeting)
    due = members_due(by, story)
    policies.check_any_are_due(due)
    for number, (one, stands) in enumerate(due.to_add, start=len(story.items) + 1):
        MeetingItem.objects.create(
            force=by.force, meeting=story.meeting, number=number, person=one.person, why=OnAgenda.LOOK_DUE.value,
            population=stands.run.population, by=user, known_from=at,
        )  # fmt: skip
        _log(by, events.MEETING_PROPOSED, story.meeting, at, one.person.reference)
    return len(due.to_add)


@action
def record_attendance(
    *, by: Acting, meeting: str, given: NewAttendance, now: datetime | None = None
) -> MeetingAttended:
    """Somebody came, for which agency, and whether they gave the undertaking; or sent apologies."""
    user, at = check_can_meet(by), now or clock.now()
    story = _open(by, meeting)
    policies.check_has_name(given.name)
    policies.check_came(came=given.came, undertook=given.undertook, day=story.meeting.day, today=day_of(at))
    agency = check_is_there(story.agency(given.agency)) if given.agency is not None else None
    row: MeetingAttended = MeetingAttended.objects.create(
        force=by.force, meeting=story.meeting, number=len(story.attended) + 1, agency=agency,
        name=" ".join(given.name.split()), came=given.came, by=user, known_from=at,
    )  # fmt: skip
    if given.undertook:
        MeetingUndertaken.objects.create(force=by.force, attended=row, by=user, known_from=at)
    _log(by, events.MEETING_ATTENDED, story.meeting, at)
    return row


@action
def record_undertaking(*, by: Acting, meeting: str, number: int, now: datetime | None = None) -> MeetingUndertaken:
    """Somebody who came gave the undertaking of confidence after all."""
    user, at = check_can_meet(by), now or clock.now()
    story = _open(by, meeting)
    one = check_is_there(next((each for each in story.attended if each.number == number), None))
    policies.check_may_undertake(one, has_undertaken=has_undertaken(one))
    row: MeetingUndertaken = MeetingUndertaken.objects.create(force=by.force, attended=one, by=user, known_from=at)
    _log(by, events.MEETING_UNDERTAKEN, story.meeting, at)
    return row


@action
def decide_item(
    *, by: Acting, meeting: str, number: int, given: NewDecision, seen: str, now: datetime | None = None
) -> MeetingDecided:
    """What the meeting decides about somebody, and at once what follows in the cohort; decided again, the last stands.

    Of whoever they are by now (IDN-06). Raises Conflict where another decision was recorded since `seen`, NotNow before the day,
    for what cannot be decided of them, for an agency that gave no undertaking, or where they are several by now and it is more
    than to defer; nothing has changed then.
    """
    user, at = check_can_meet(by), now or clock.now()
    story = _open(by, meeting)
    item = check_is_there(story.item(number))
    check_unchanged(seen, item.version)
    policies.check_has_begun(story.meeting.day, day_of(at))
    check_says_why(given.reason)
    policies.check_agencies_are_bound(given.agencies, story.bound)
    policies.check_keeps_whoever_acts(given.agencies, item.actions)
    policies.check_is_of_one(item, given.decision)
    person, stays = item.person, stays_of(by, item.person)
    is_member, was_member = stays.now is not None, item.was_member(stays)
    policies.check_is_offered(given.decision, was_member=was_member)
    follows = effect(given.decision, item.decided, was_member=was_member, is_member=is_member)
    stands = stands_of(by, person)
    row: MeetingDecided = MeetingDecided.objects.create(
        force=by.force, item=item.row, number=len(item.decisions) + 1, decision=given.decision.value,
        effect=follows.value, was_member=was_member, reason=given.reason.strip(), agencies=sorted(set(given.agencies)),
        score=stands.value if stands else None, tier=stands.tier if stands else "", by=user, known_from=at,
    )  # fmt: skip
    _carry_out(by, person, follows, given.reason, at)
    _log(by, events.MEETING_DECIDED, story.meeting, at, *item.references)
    return row


def _carry_out(by: Acting, person: Person, follows: Effect, reason: str, at: datetime) -> None:
    seen = stays_of(by, person).version
    if follows is Effect.ENTERED:
        enter_cohort(by=by, person=person, reason=reason, seen=seen, now=at)
    elif follows is Effect.REVIEWED:
        review_member(by=by, person=person, words=reason, seen=seen, now=at)
    elif follows is Effect.LEFT:
        leave_cohort(by=by, person=person, reason=reason, seen=seen, now=at)


@action
def add_meeting_action(
    *, by: Acting, meeting: str, number: int, given: NewAction, now: datetime | None = None
) -> MeetingAction:
    """Something is to be done about somebody by a day: by a user of the force, or by an agency that is to have the item."""
    user, at = check_can_meet(by), now or clock.now()
    story = _open(by, meeting)
    item = check_is_there(story.item(number))
    policies.check_has_begun(story.meeting.day, day_of(at))
    check_says_why(given.words)
    policies.check_is_not_past(given.due_on, day_of(at))
    policies.check_is_ones(given.owner, given.agency)
    owner, agency = _owner(by, given, story, item)
    row: MeetingAction = MeetingAction.objects.create(
        force=by.force, item=item.row, number=len(item.actions) + 1, words=given.words.strip(), owner=owner, agency=agency,
        due_on=given.due_on, by=user, known_from=at,
    )  # fmt: skip
    _log(by, events.MEETING_ACTION_ADDED, story.meeting, at, *item.references)
    return row


def _owner(by: Acting, given: NewAction, story: MeetingStory, item: Item) -> tuple[User | None, MeetingAgency | None]:
    if given.agency is None:
        named = next((one for one in holders_of(by, MEET) if one.username == given.owner), None)
        return policies.check_is_an_owner(named), None
    agency = check_is_there(story.agency(given.agency))
    policies.check_is_to_have(has=given.agency in item.agencies and given.agency in story.bound)
    return None, agency


@action
def close_meeting_action(
    *, by: Acting, meeting: str, item: int, number: int, is_done: bool, words: str, now: datetime | None = None
) -> MeetingActionClosed:
    """What became of an action, before the minutes are approved or after: it is no part of them."""
    user, at = check_can_meet(by), now or clock.now()
    story = _locked(by, meeting)
    found = check_is_there(story.item(item))
    one = check_is_there(found.action(number))
    policies.check_is_not_closed(is_closed=one.closed is not None)
    check_says_why(words)
    row: MeetingActionClosed = MeetingActionClosed.objects.create(
        force=by.force, action=one.row, is_done=is_done, words=words.strip(), by=user, known_from=at
    )
    _log(by, events.MEETING_ACTION_CLOSED, story.meeting, at, *found.references)
    return row


@action
def approve_minutes(*, by: Acting, meeting: str, seen: str, now: datetime | None = None) -> MeetingApproved:
    """The chair approves the minutes, whoever wrote them; from then on they are fixed.

    Raises NotPermitted for anybody else, Conflict where they changed since `seen`, NotNow before every item is decided.
    """
    user, at = check_can_chair(by), now or clock.now()
    story = _open(by, meeting)
    policies.check_is_chair(user, story.chair)
    check_unchanged(seen, story.version)
    policies.check_has_begun(story.meeting.day, day_of(at))
    policies.check_is_whole(story)
    row: MeetingApproved = MeetingApproved.objects.create(force=by.force, meeting=story.meeting, by=user, known_from=at)
    _log(by, events.MEETING_APPROVED, story.meeting, at, *(each for one in story.items for each in one.references))
    return row


@action
def correct_minutes(
    *, by: Acting, meeting: str, item: int | None, words: str, now: datetime | None = None
) -> MeetingCorrected:
    """Something in approved minutes is put right beside them, with who and when; what they say stays."""
    user, at = check_can_meet(by), now or clock.now()
    story = _locked(by, meeting)
    policies.check_is_approved(story)
    check_says_why(words)
    found = check_is_there(story.item(item)) if item is not None else None
    row: MeetingCorrected = MeetingCorrected.objects.create(
        force=by.force, meeting=story.meeting, number=len(story.corrections) + 1, item=found.row if found else None,
        words=words.strip(), by=user, known_from=at,
    )  # fmt: skip
    _log(by, events.MEETING_CORRECTED, story.meeting, at, *(found.references if found else []))
    return row


def _locked(by: Acting, reference: str) -> MeetingStory:
    lock_until_commit("meeting", by.force.code, reference)
    return check_is_there(find_meeting(by, reference))


def _open(by: Acting, reference: str) -> MeetingStory:
    story = _locked(by, reference)
    policies.check_is_open(story)
    return story


def _log(by: Acting, kind: EventKind, meeting: Meeting, at: datetime, *people: str) -> None:
    refs = [f"meeting/{meeting.reference}", *(f"person/{one}" for one in people)]
    audit.record(kind=kind, actor=by.actor, refs=refs, request=by.request, now=at)
    tell(force=by.force.code, topic=MEETINGS, subjects=[meeting.pk], at=at)
