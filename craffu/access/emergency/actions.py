"""The writes of emergency access: open, leave early, and review by somebody else (SEC-03)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from craffu.access import events
from craffu.access.acting import Acting
from craffu.access.emergency.models import EmergencyAccess, EmergencyReview
from craffu.access.emergency.queries import Review
from craffu.access.emergency.rules import LASTS, SHORTEST_REASON, Leaves, Missing, Verdict, ends, missing, review_due
from craffu.access.models import User
from craffu.access.notices.actions import tell
from craffu.access.notices.queries import OPENED_IN_EMERGENCY
from craffu.access.permissions import check_can_break_glass, check_can_review, check_is_anothers
from craffu.access.policies import (
    check_form_is_unused,
    check_fresh_factor,
    check_is_over,
    check_is_shut_to,
    check_is_undecided,
)
from craffu.access.reach.queries import shut_to, whom_to_ask
from craffu.access.restricted.actions import lock_record, said
from craffu.access.restricted.models import Admission
from craffu.access.restricted.queries import Shut, readers_of, restrictions, standing_of, whom_outsiders_ask
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.actions import next_reference
from craffu.common.door import action
from craffu.common.refusals import NotPermitted, Refusal


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody gives who cannot wait: the coded reason, their own words, and the form, which works once."""

    reason: str
    words: str
    form: str


@action
def open_in_emergency(
    *, by: Acting, kind: str, reference: str, asked: Asked, now: datetime | None = None
) -> EmergencyAccess:
    """Let the acting person into a record that is shut to them for an hour. It leaves one log row, one notice and one review.

    It is shut because it is restricted, or because it is beyond their reach. Whoever calls this knows that there is such a
    record: of what is beyond somebody's reach, nothing here tells whether it exists.

    Raises FactorNotFresh, NotPermitted, NotNow where it is open to them already or the form was used, and Refusal where
    the reason is none.
    """
    user = check_can_break_glass(by)
    at = now or clock.now()
    check_fresh_factor(by, at)
    lock_record(by, kind, reference)
    check_form_is_unused(EmergencyAccess.objects.filter(form=asked.form).exists())
    shut = restrictions(by.force).get((kind, reference))
    check_is_shut_to(reference in shut_to(_as_they_stand(by, user), kind, [reference]))
    if shut is not None and not shut.marking.opens_in_emergency:
        raise NotPermitted("no_such_record", _("There is no such record."))
    _check_reason(asked)
    access: EmergencyAccess = EmergencyAccess.objects.create(
        force=by.force, number=next_reference(kind=f"emergency/{by.force.code}", prefix="E"), kind=kind,
        reference=reference, user=user, reason=asked.reason, words=said(asked.words), granted_at=at, until=ends(at),
        form=asked.form,
    )  # fmt: skip
    _admit(by, access, at, admitted=True)
    owner = _owner(by, shut, user, kind, reference)
    for left in Leaves:
        LEAVES[left](by, access, owner)
    return access


def _check_reason(asked: Asked) -> None:
    lacks = missing(asked.reason, asked.words, factor_is_fresh=True)
    if Missing.REASON in lacks:
        raise Refusal("reason_missing", _("Choose why it cannot wait"))
    if Missing.WORDS in lacks:
        raise Refusal(
            "words_too_few",
            _("Say in your own words why, in %(least)s characters or more") % {"least": SHORTEST_REASON},
        )


def _admit(by: Acting, access: EmergencyAccess, at: datetime, *, admitted: bool) -> None:
    Admission.objects.create(
        force=access.force, kind=access.kind, reference=access.reference, user=access.user, admitted=admitted,
        until=access.until if admitted else None, emergency=access, reason=access.reason, changed_at=at,
        changed_by=by.actor.name,
    )  # fmt: skip


def _as_they_stand(by: Acting, user: User) -> Acting:
    """The acting person as they stand to records at this moment, not when their request began."""
    standing = standing_of(user, is_narrowed=by.within is not None)
    return replace(by, closed=standing.closed, let_in=standing.let_in)


def _owner(by: Acting, shut: Shut | None, user: User, kind: str, reference: str) -> User:
    """Who is told: whom outsiders are sent to ask, unless it is the person themselves and somebody else here reads it.

    Where nobody answers for a record at all, it is the person: the review by somebody else stays.
    """
    if shut is None:
        _, ask = whom_to_ask(by, kind, [reference])[reference]
        return ask or user
    ask = whom_outsiders_ask(by.force, {(kind, reference): shut})[kind, reference]
    others = [
        one.user for one in readers_of(by.force, kind, reference) if one.user_id != user.pk and one.user.is_active
    ]
    return ask if ask is not None and ask.pk != user.pk else next(iter(others), ask or user)


def _log(by: Acting, access: EmergencyAccess, _owner: User) -> None:
    audit.record(
        kind=events.OPENED_IN_EMERGENCY,
        actor=by.actor,
        refs=[f"{access.kind}/{access.reference}", f"emergency/{access.number}"],
        reason=access.reason,
        counts={"minutes": LASTS.seconds // 60},
        request=by.request,
        now=access.granted_at,
    )


def _tell(_by: Acting, access: EmergencyAccess, owner: User) -> None:
    tell(
        to=owner,
        sort=OPENED_IN_EMERGENCY,
        kind=access.kind,
        reference=access.reference,
        cause=f"emergency/{access.number}",
        now=access.granted_at,
    )


def _ask_for_review(_by: Acting, access: EmergencyAccess, _owner: User) -> None:
    EmergencyReview.objects.create(access=access, user=access.user, due_at=review_due(access.granted_at))


LEAVES: Mapping[Leaves, Callable[[Acting, EmergencyAccess, User], None]] = {
    Leaves.LOG_ROW: _log,
    Leaves.NOTICE: _tell,
    Leaves.REVIEW: _ask_for_review,
}


@action
def leave(*, by: Acting, kind: str, reference: str, now: datetime | None = None) -> bool:
    """The acting person is done: the record is shut to them from their next request. False where nothing was open.

    It needs no right: whoever has lost theirs meanwhile may still leave.
    """
    lock_record(by, kind, reference)
    emergency = standing_of(by.user, is_narrowed=by.within is not None).emergency if by.user else ()
    opened = [one for one in emergency if (one.kind, one.reference) == (kind, reference)]
    for one in opened:
        access = EmergencyAccess.objects.get(force=by.force, number=one.number)
        at = now or clock.now()
        _admit(by, access, at, admitted=False)
        refs = [f"{kind}/{reference}", f"emergency/{access.number}"]
        audit.record(kind=events.EMERGENCY_LEFT, actor=by.actor, refs=refs, request=by.request, now=at)
    return bool(opened)


@action
def decide_review(*, by: Acting, review: Review, verdict: Verdict, words: str, now: datetime | None = None) -> None:
    """Say what was found of somebody else's emergency access, once and when it is over. Raises Conflict where it was said."""
    reviewer = check_can_review(by)
    access = review.access
    check_is_anothers(by, access.user)
    at = now or clock.now()
    check_is_over(review.ended_at, at)
    found = said(words)
    waiting = EmergencyReview.objects.filter(pk=review.review.pk, decided_at=None)
    decided = waiting.update(verdict=verdict, words=found, decided_by=reviewer, decided_at=at)
    check_is_undecided(not decided)
    audit.record(
        kind=events.EMERGENCY_REVIEWED,
        actor=by.actor,
        refs=[
            f"{access.kind}/{access.reference}", f"emergency/{access.number}", f"user/{access.user.username}",
        ],
        reason=verdict,
        request=by.request,
        now=at,
    )  # fmt: skip
