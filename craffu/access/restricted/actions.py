"""The writes that shut a record to all but those it names, and say who they are (SEC-02)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from craffu.access import events
from craffu.access.acting import Acting
from craffu.access.markings import COVERT, RESTRICTED, RecordMarking
from craffu.access.models import User
from craffu.access.permissions import KEEPERS, check_can_restrict, check_same_force
from craffu.access.policies import (
    check_can_be_shut,
    check_is_restricted,
    check_may_restrict,
    check_other_marking,
    check_somebody_stays,
)
from craffu.access.reach.queries import narrows
from craffu.access.restricted.models import Admission, Restriction
from craffu.access.restricted.queries import Shut, left_by, readers_of, restrictions, standing_of, works_here
from craffu.access.standing import told_of
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.common.refusals import NotPermitted, Refusal

MARKED = {RESTRICTED.key: events.RECORD_RESTRICTED, COVERT.key: events.RECORD_MADE_COVERT}


@dataclass(frozen=True, slots=True)
class _Change:
    """One change to who sees a record: by whom, of which record, why, when, and how the record stands before it."""

    by: Acting
    keeper: User
    kind: str
    reference: str
    reason: str
    at: datetime
    shut: Shut | None

    def restriction(self, marking: RecordMarking, *, restricted: bool) -> Restriction:
        row: Restriction = Restriction.objects.create(
            force=self.by.force, kind=self.kind, reference=self.reference, restricted=restricted, marking=marking.key,
            ask=self.keeper, reason=self.reason, changed_at=self.at, changed_by=self.by.actor.name,
        )  # fmt: skip
        self._log(MARKED[marking.key] if restricted else events.RESTRICTION_LIFTED)
        return row

    def admission(self, user: User, *, admitted: bool, until: datetime | None = None) -> Admission:
        row: Admission = Admission.objects.create(
            force=self.by.force, kind=self.kind, reference=self.reference, user=user, admitted=admitted, until=until,
            reason=self.reason, changed_at=self.at, changed_by=self.by.actor.name,
        )  # fmt: skip
        return row

    def log_reader(self, user: User, *, admitted: bool) -> None:
        self._log(events.READER_LET_IN if admitted else events.READER_SHUT_OUT, f"user/{user.username}")

    def _log(self, kind: EventKind, *more: str) -> None:
        refs = [f"{self.kind}/{self.reference}", *more]
        audit.record(kind=kind, actor=self.by.actor, refs=refs, reason=self.reason, request=self.by.request)


def lock_record(by: Acting, kind: str, reference: str) -> None:
    """One change at a time to who sees a record, whoever makes it and why."""
    lock_until_commit("who sees", by.force.code, kind, reference)


def _changing(by: Acting, kind: str, reference: str, reason: str, now: datetime | None) -> _Change:
    """A change by whoever may make it, alone until it is committed, and as they stand to the record then.

    Two who shut each other out at one instant come one after the other, and the second is an outsider by then.
    """
    keeper = check_can_restrict(by, kind, reference)
    said_why = said(reason)
    lock_record(by, kind, reference)
    if reference in standing_of(keeper).closed.get(kind, ()):
        raise NotPermitted("restricted", _("You were shut out of this record meanwhile. Nothing was changed."))
    shut = restrictions(by.force).get((kind, reference))
    return _Change(by, keeper, kind, reference, said_why, now or clock.now(), shut)


@action
def restrict(
    *,
    by: Acting,
    kind: str,
    reference: str,
    reason: str,
    marking: RecordMarking = RESTRICTED,
    now: datetime | None = None,
) -> Restriction:
    """Shut a record to everybody but the one who does so, whom outsiders are sent to ask (SEC-02)."""
    change = _changing(by, kind, reference, reason, now)
    check_may_restrict(change.shut is not None)
    row = change.restriction(marking, restricted=True)
    change.admission(change.keeper, admitted=True)
    return row


@action
def mark(
    *, by: Acting, kind: str, reference: str, reason: str, marking: RecordMarking, now: datetime | None = None
) -> Restriction:
    """Change what outsiders are shown of a record that is shut. Whoever was let in stays, but for those in an emergency."""
    change = _changing(by, kind, reference, reason, now)
    check_is_restricted(change.shut is not None)
    check_other_marking(change.shut.marking.key if change.shut else "", marking.key)
    return change.restriction(marking, restricted=True)


@action
def lift_restriction(*, by: Acting, kind: str, reference: str, reason: str, now: datetime | None = None) -> Restriction:
    """Open a record again to everybody whose role allows it."""
    change = _changing(by, kind, reference, reason, now)
    check_is_restricted(change.shut is not None)
    return change.restriction(RESTRICTED, restricted=False)


@action
def let_in(
    *,
    by: Acting,
    user: User,
    kind: str,
    reference: str,
    reason: str,
    until: datetime | None = None,
    now: datetime | None = None,
) -> Admission:
    """Let somebody see a record as their role allows, though it is restricted or beyond their reach, from their next request."""
    change = _changing(by, kind, reference, reason, now)
    check_can_be_shut(change.shut is not None, narrows=narrows(by.force))
    check_same_force(by, user)
    row = change.admission(user, admitted=True, until=until)
    change.log_reader(user, admitted=True)
    return row


@action
def shut_out(
    *, by: Acting, user: User, kind: str, reference: str, reason: str, now: datetime | None = None
) -> Admission:
    """Take a record from somebody who was let in. It is gone on their next request; the last who reads it for good stays."""
    change = _changing(by, kind, reference, reason, now)
    check_can_be_shut(change.shut is not None, narrows=narrows(by.force))
    check_same_force(by, user)
    stay = [one for one in readers_of(by.force, kind, reference) if one.until is None and works_here(one.user)]
    if user.pk in {one.user_id for one in stay}:
        check_somebody_stays(len(stay))
    row = change.admission(user, admitted=False)
    change.log_reader(user, admitted=False)
    return row


@action
def hand_on(*, by: Acting, user: User, heir: User | None, reason: str, now: datetime | None = None) -> int:
    """Somebody leaves: whoever takes over is let into each restricted record that nobody else could open or open to others.

    Which they are is told to the one who takes over alone. Raises Refusal where there are any and nobody takes over, or somebody
    who may not let others in. Returns how many they are.
    """
    left = left_by(user)
    if not left:
        return 0
    if heir is None or heir == user or not heir.is_active or not told_of(heir).answer.rights & frozenset(KEEPERS):
        raise Refusal(
            "last_reader",
            f"Records that are restricted to {user.username} alone: {len(left)}. Nobody else could open them again. Say which"
            " supervisor or coordinator takes them over: --hand-to USERNAME.",
        )
    check_same_force(by, heir)
    at = now or clock.now()
    for record in left:
        lock_record(by, *record)
    # Again, once nobody else can change it: what was opened meanwhile is shut to nobody.
    left, shut = left_by(user), restrictions(by.force)
    for kind, reference in left:
        change = _Change(by, heir, kind, reference, said(reason), at, shut[kind, reference])
        change.restriction(shut[kind, reference].marking, restricted=True)
        change.admission(heir, admitted=True)
        change.log_reader(heir, admitted=True)
    return len(left)


def said(reason: str) -> str:
    """A reason in words. Raises `Refusal` where there is none."""
    words = " ".join(reason.split())
    if not words:
        raise Refusal("reason_missing", _("Say why."))
    return words
