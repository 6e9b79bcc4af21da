"""The only writes of panels: set up, a member, training, a case, each member's verdict, the panel's, and dissent."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.actions import next_reference
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.scrutiny.interviewing.facts import NewLiveRisk
from craffu.scrutiny.models import (
    LiveRisk,
    MemberVerdict,
    Panel,
    PanelDissent,
    PanelInterest,
    PanelMatter,
    PanelMember,
    PanelTrained,
    PanelVerdict,
)
from craffu.scrutiny.panels import events
from craffu.scrutiny.panels.facts import NewMatter, NewMember, NewPanel, NewTraining, NewVerdict
from craffu.scrutiny.panels.permissions import check_can_read_panels, check_can_run_panels, check_can_sit
from craffu.scrutiny.panels.policies import (
    check_day_has_come,
    check_declared,
    check_has_no_interest,
    check_is_member,
    check_is_trained,
    check_is_volunteer,
    check_may_dissent,
    check_members_verdict,
    check_not_before_the_panel,
    check_not_given,
    check_not_said,
    check_panel_is_whole,
    check_panels_verdict,
    check_reviews_are_in,
    check_words,
)
from craffu.scrutiny.panels.queries import Matter, Sitting, find_panel, has_interest, said_in, volunteers
from craffu.scrutiny.reviewing.actions import refer
from craffu.scrutiny.reviewing.queries import are_in, reviews_of
from craffu.scrutiny.sampling.queries import drawn_in, find_sample


def _log(by: Acting, kind: EventKind, reference: str, at: datetime) -> None:
    audit.record(kind=kind, actor=by.actor, refs=[f"panel/{reference}"], request=by.request, now=at)


def _locked(by: Acting, reference: str) -> Sitting:
    """The panel, to which nobody else adds until this is done. Raises NotPermitted where there is none for whoever asks."""
    lock_until_commit("panel", by.force.code, reference)
    return check_is_there(find_panel(by, reference))


@action
def open_panel(*, by: Acting, given: NewPanel, now: datetime | None = None) -> Panel:
    """Set up a panel. Raises NotNow."""
    user, at = check_can_run_panels(by), now or clock.now()
    check_panel_is_whole((given.title_en, given.title_cy), (given.purpose_en, given.purpose_cy))
    row: Panel = Panel.objects.create(
        force=by.force, reference=next_reference(kind=f"panel/{by.force.code}", prefix="PL"),
        title_en=given.title_en.strip(), title_cy=given.title_cy.strip(), purpose_en=given.purpose_en.strip(),
        purpose_cy=given.purpose_cy.strip(), by=user, known_from=at,
    )  # fmt: skip
    _log(by, events.PANEL_OPENED, row.reference, at)
    return row


def _volunteer(by: Acting, username: str) -> User:
    known = volunteers(by)
    check_is_volunteer(is_one=username.strip() in known)
    return known[username.strip()]


@action
def name_member(*, by: Acting, panel: str, given: NewMember, now: datetime | None = None) -> PanelMember:
    """Say that a volunteer sits on it, or no longer does. Raises NotNow."""
    user, at = check_can_run_panels(by), now or clock.now()
    found = _locked(by, panel)
    check_day_has_come(given.on, day_of(at))
    leaves = next((one.person for one in found.members if one.person.username == given.username.strip()), None)
    person = leaves if leaves is not None and not given.sits else _volunteer(by, given.username)
    row: PanelMember = PanelMember.objects.create(
        force=by.force, panel=found.row, person=person, sits=given.sits, on=given.on, by=user, known_from=at
    )
    _log(by, events.PANEL_ADDED_TO, panel, at)
    return row


@action
def record_training(*, by: Acting, panel: str, given: NewTraining, now: datetime | None = None) -> PanelTrained:
    """Record that a volunteer was trained on a day: it counts on every panel on which they sit. Raises NotNow."""
    user, at = check_can_run_panels(by), now or clock.now()
    _locked(by, panel)
    check_day_has_come(given.on, day_of(at))
    person = _volunteer(by, given.username)
    row: PanelTrained = PanelTrained.objects.create(
        force=by.force, person=person, training=given.training.value, on=given.on, by=user, known_from=at
    )
    _log(by, events.PANEL_ADDED_TO, panel, at)
    return row


@action
def put_case(*, by: Acting, panel: str, given: NewMatter, now: datetime | None = None) -> PanelMatter:
    """Put a case of a dip sample before the panel, once its blind reviews are in. Raises NotNow and Conflict."""
    user, at = check_can_run_panels(by), now or clock.now()
    found = _locked(by, panel)
    sample = check_is_there(find_sample(by, given.sample.strip()))
    case = check_is_there(next((one for one in drawn_in(by, sample) if one.number == given.number), None))
    reviews = reviews_of(by, case)
    check_reviews_are_in(is_in=bool(reviews) and are_in(reviews))
    check_not_before_the_panel(is_open=any(one.row.case == case and one.verdict is None for one in found.matters))
    row: PanelMatter = PanelMatter.objects.create(
        force=by.force, panel=found.row, number=len(found.matters) + 1, case=case, by=user, known_from=at
    )
    _log(by, events.PANEL_ADDED_TO, panel, at)
    return row


def _matter(found: Sitting, number: int) -> Matter:
    return check_is_there(found.matter(number))


@action
def declare(*, by: Acting, panel: str, number: int, is_interested: bool, now: datetime | None = None) -> PanelInterest:
    """Whether a member has an interest in a case, before anything of it is shown to them, once. Raises NotNow and Conflict."""
    user, at = check_can_sit(by), now or clock.now()
    found = _locked(by, panel)
    matter = _matter(found, number)
    check_is_member(is_one=found.sits(user))
    check_not_said(is_said=matter.interest(user) is not None)
    row: PanelInterest = PanelInterest.objects.create(
        force=by.force, matter=matter.row, has_interest=is_interested, by=user, known_from=at
    )
    _log(by, events.PANEL_ADDED_TO, panel, at)
    return row


@action
def refer_from_panel(
    *, by: Acting, panel: str, number: int, given: NewLiveRisk, now: datetime | None = None
) -> LiveRisk:
    """Tell the force at once of a danger that nobody manages in a case before the panel. Sent twice, it is told once."""
    at = now or clock.now()
    user = check_can_read_panels(by)
    matter = _matter(_locked(by, panel), number)
    review = check_is_there(next(iter(reviews_of(by, matter.row.case)), None))
    return refer(by=by, user=user, review=review, seen_in=f"panel/{panel}", given=given, now=at)


@action
def give_verdict(
    *, by: Acting, panel: str, number: int, given: NewVerdict, now: datetime | None = None
) -> MemberVerdict:
    """A member's own verdict, once, before the panel's. Raises NotNow and Conflict."""
    user, at = check_can_sit(by), now or clock.now()
    found = _locked(by, panel)
    matter = _matter(found, number)
    check_is_member(is_one=found.sits(user))
    check_is_trained(found.lacking(user, day_of(at)))
    check_has_no_interest(has_interest=has_interest(by, matter, user))
    check_declared(is_declared=matter.interest(user) is not None)
    check_not_given(is_given=matter.verdict is not None or matter.own(user) is not None)
    check_members_verdict(given.verdict)
    check_words(given.words)
    row: MemberVerdict = MemberVerdict.objects.create(
        force=by.force,
        matter=matter.row,
        verdict=given.verdict.value,
        words=given.words.strip(),
        by=user,
        known_from=at,
    )
    _log(by, events.PANEL_MEMBER_JUDGED, panel, at)
    return row


@action
def record_verdict(
    *, by: Acting, panel: str, number: int, given: NewVerdict, now: datetime | None = None
) -> PanelVerdict:
    """What the panel made of it, once, after each of its members who may judge it. Raises NotNow and Conflict."""
    user, at = check_can_run_panels(by), now or clock.now()
    found = _locked(by, panel)
    matter = _matter(found, number)
    check_not_given(is_given=matter.verdict is not None)
    check_words(given.words)
    judging = [
        one
        for one in found.members
        if not found.lacking(one.person, day_of(at)) and not has_interest(by, matter, one.person)
    ]
    check_panels_verdict(
        given.verdict, said_in(matter), len({one.person for one in judging} | {one.by for one in matter.verdicts})
    )
    row: PanelVerdict = PanelVerdict.objects.create(
        force=by.force,
        matter=matter.row,
        verdict=given.verdict.value,
        words=given.words.strip(),
        by=user,
        known_from=at,
    )
    _log(by, events.PANEL_JUDGED, panel, at)
    return row


@action
def dissent(*, by: Acting, panel: str, number: int, words: str, now: datetime | None = None) -> PanelDissent:
    """A member does not share the panel's verdict: kept word for word, once. Raises NotNow and Conflict."""
    user, at = check_can_sit(by), now or clock.now()
    matter = _matter(_locked(by, panel), number)
    check_may_dissent(is_given=matter.verdict is not None, has_said=matter.own(user) is not None)
    check_not_given(is_given=any(one.by == user for one in matter.dissents))
    check_words(words)
    row: PanelDissent = PanelDissent.objects.create(
        force=by.force, verdict=check_is_there(matter.verdict), words=words, by=user, known_from=at
    )
    _log(by, events.PANEL_MEMBER_JUDGED, panel, at)
    return row
