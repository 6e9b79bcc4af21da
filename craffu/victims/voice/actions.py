"""The only writes of her voice: a view, what became of it, and that she no longer supports the investigation.

VIC-07, VIC-08, VIC-11. Her words are kept as she said them. Nothing here closes what keeps her safe.
"""

from collections.abc import Sequence
from datetime import datetime

from craffu.access.acting import Acting, acting_system
from craffu.access.models import User
from craffu.access.policies import check_day_is_past, check_is_there
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.common.edits import check_unchanged
from craffu.victims import events
from craffu.victims.advocates.policies import check_may_speak
from craffu.victims.advocates.queries import advocates_of, standing_now
from craffu.victims.advocates.rules import AdvocateMay
from craffu.victims.agreements.actions import locked, log
from craffu.victims.happenings.policies import check_is_of_her_case
from craffu.victims.models import View, ViewAnswered, Withdrawn
from craffu.victims.permissions import check_can_look_after
from craffu.victims.queries import Victim
from craffu.victims.stories import victims_of_records
from craffu.victims.voice.facts import NewAnswer, NewView, NewWithdrawal
from craffu.victims.voice.policies import (
    check_decision_is_whole,
    check_notice_was_shown,
    check_was_explored,
    check_was_told,
    check_words_are_there,
)
from craffu.victims.voice.queries import views_of, withdrawals_of
from craffu.victims.voice.rules import Explored, why_words_are_not_taken, withdrawal
from craffu.victims.voice.subjects import Route


@action
def record_view(*, by: Acting, victim: str, given: NewView, now: datetime | None = None) -> View:
    """Keep what she says, word for word, as of now: the notice was shown before it (VIC-11).

    Raises NotNow where it was not, or where an advocate may not speak for her; NotPermitted where she is not there.
    """
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    if given.route is Route.ADVOCATE:
        advocates = advocates_of(by, found.records)
        speaks = check_is_there(next((one for one in advocates if one.pk == given.advocate), None))
        check_may_speak(standing_now(speaks, found, AdvocateMay.GIVE_HER_VIEW, day_of(at)))
    return keep_view(by, found, given, user, at)


def keep_view(by: Acting, victim: Victim, given: NewView, user: User | None, at: datetime, **author: str) -> View:
    """A view of a victim who is locked, from somebody who may give or take it: the notice was shown, and it is not empty.

    `author` says by what it came where nobody took it down: its source and that source's key.
    """
    check_notice_was_shown(why_words_are_not_taken(given.language, at, given.notice))
    notice = check_is_there(given.notice)
    check_words_are_there(given.words)
    case = next((one for one, called in victim.cases.items() if called == given.case), None)
    if given.case:
        check_is_of_her_case(case)
    said = {
        "case_id": case, "subject": given.subject.value, "language": given.language, "route": given.route.value,
        "advocate_id": given.advocate if given.route is Route.ADVOCATE else None, "notice_version": notice.version,
        "notice_shown_at": notice.shown_at, "may_see": [one.value for one in given.may_see],
    }  # fmt: skip
    # The same form sent twice bears the same notice.
    same = View.objects.for_user(by).filter(record__in=victim.records, notice_shown_at=notice.shown_at)
    for one in same.order_by("id"):
        if one.words == given.words and all(getattr(one, name) == value for name, value in said.items()):
            held: View = one
            return held
    row: View = View.objects.create(
        force=by.force,
        record_id=victim.record,
        words=given.words,
        given_at=at,
        recorded_by=user,
        known_from=at,
        **said,
        **author,
    )
    log(by, events.VIEW_RECORDED, victim, at)
    return row


@action
def answer_view(
    *, by: Acting, victim: str, view: int, given: NewAnswer, seen: str, now: datetime | None = None
) -> ViewAnswered | None:
    """What was decided on her view, why, and when she was told. The last answer stands; nothing said again is kept again.

    Raises NotPermitted where the view is none of hers, Conflict where somebody answered meanwhile, NotNow for half an answer.
    """
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    wanted = check_is_there(next((one for one in views_of(by, found) if one.number == view), None))
    said = (given.decided.strip(), given.why.strip(), given.told_at)
    if wanted.is_answered and (wanted.decided, wanted.why, wanted.told_at) == said:
        return None
    check_unchanged(seen, wanted.answer_version)
    check_decision_is_whole(given.decided, given.why)
    check_was_told(given.told_at, wanted.given_at, at)
    row: ViewAnswered = ViewAnswered.objects.create(
        force=by.force, record_id=found.record, view_id=view, decided=said[0], why=said[1], told_at=said[2],
        recorded_by=user, known_from=at,
    )  # fmt: skip
    log(by, events.VIEW_ANSWERED, found, at)
    return row


@action
def answer_of_review(*, by: Acting, views: Sequence[int], decided: str, why: str, now: datetime) -> int:
    """What the review of an order decided on these views, and why: kept with each, until they are told (REV-04, VIC-08).

    Called within the review. Whoever reviews an order need not look after those whom it protects: it is read as the system reads.
    Returns how many were answered.
    """
    system = acting_system(by.force, by.actor.name)
    rows = list(View.objects.for_user(system).filter(pk__in=sorted(views)).order_by("id"))
    for view in rows:
        ViewAnswered.objects.create(
            force=by.force,
            record_id=view.record_id,
            view=view,
            decided=decided,
            why=why,
            recorded_by=by.user,
            known_from=now,
        )
    for victim in victims_of_records(system, {one.record_id for one in rows}) if rows else ():
        log(by, events.VIEW_ANSWERED, victim, now)
    return len(rows)


@action
def record_withdrawal(*, by: Acting, victim: str, given: NewWithdrawal, now: datetime | None = None) -> Withdrawn:
    """She no longer supports an investigation. Raises NotNow where it was neither explored nor said why not (VIC-07)."""
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    case = next((one for one, called in found.cases.items() if called == given.case), None)
    check_is_of_her_case(case)
    check_day_is_past(given.on, day_of(at))
    check_was_explored(withdrawal(_explored(given, user)).why)
    said = {
        "case_id": case, "on": given.on, "reason": given.reason.strip(), "pressure_asked": given.pressure_asked,
        "pressure": given.pressure.strip(), "safety_reviewed": given.safety_reviewed,
        "not_explored_reason": given.not_explored_reason.strip(), "why": given.why.value if given.why else "",
    }  # fmt: skip
    for one in withdrawals_of(by, found):
        if all(getattr(one, name) == value for name, value in said.items()):
            return one
    row: Withdrawn = Withdrawn.objects.create(
        force=by.force, record_id=found.record, recorded_by=user, known_from=at, **said
    )
    log(by, events.WITHDRAWAL_RECORDED, found, at)
    return row


def _explored(given: NewWithdrawal, user: User) -> Explored:
    return Explored(
        user.username,
        given.reason,
        pressure_asked=given.pressure_asked,
        safety_reviewed=given.safety_reviewed,
        not_explored_reason=given.not_explored_reason,
    )
