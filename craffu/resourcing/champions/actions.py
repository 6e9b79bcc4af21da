"""The only writes of the champions' programme: a version accepted, withdrawn, and each learning aim decided (R2a, R2c)."""

from dataclasses import dataclass
from datetime import date, datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.resourcing import events
from craffu.resourcing.champions.kinds import Aim, Taught
from craffu.resourcing.champions.queries import find_version
from craffu.resourcing.models import AimDecided, VersionAccepted, VersionWithdrawn
from craffu.resourcing.permissions import check_can_state
from craffu.resourcing.policies import (
    check_ends_after,
    check_names_version,
    check_not_accepted,
    check_not_withdrawn,
    check_says_why,
)


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version as training records call it, and from which day on training in it counts."""

    programme: str
    version: str
    first_day: date
    reason: str


@dataclass(frozen=True, slots=True)
class NewAim:
    """What was decided of one learning aim, and in which module it is taught."""

    aim: Aim
    taught: Taught
    module: str
    reason: str


def _log(by: Acting, kind: EventKind, version: VersionAccepted, at: datetime) -> None:
    audit.record(kind=kind, actor=by.actor, refs=[f"programme/{version.pk}"], request=by.request, now=at)


def _locked(by: Acting, number: int) -> VersionAccepted:
    lock_until_commit("programme", by.force.code)
    return check_is_there(find_version(by, number))


@action
def accept_version(*, by: Acting, given: NewVersion, now: datetime | None = None) -> VersionAccepted:
    """From a day on training in this version makes a champion. Raises NotNow, and Conflict where it was accepted before."""
    user, at = check_can_state(by), now or clock.now()
    programme, version = given.programme.strip(), given.version.strip()
    check_names_version(programme, version)
    check_says_why(given.reason)
    lock_until_commit("programme", by.force.code)
    same = VersionAccepted.objects.for_user(by).filter(programme=programme, version=version)
    check_not_accepted(is_accepted=same.exists())
    row: VersionAccepted = VersionAccepted.objects.create(
        force=by.force, programme=programme, version=version, first_day=given.first_day, reason=given.reason.strip(),
        by=user, known_from=at,
    )  # fmt: skip
    _log(by, events.VERSION_ACCEPTED, row, at)
    return row


@action
def withdraw_version(
    *, by: Acting, number: int, last_day: date, reason: str, now: datetime | None = None
) -> VersionWithdrawn:
    """After a day training in this version counts no more. Raises NotNow, and Conflict where it was withdrawn before."""
    user, at = check_can_state(by), now or clock.now()
    check_says_why(reason)
    version = _locked(by, number)
    check_not_withdrawn(is_withdrawn=VersionWithdrawn.objects.for_user(by).filter(accepted=version).exists())
    check_ends_after(version.first_day, last_day)
    row: VersionWithdrawn = VersionWithdrawn.objects.create(
        force=by.force, accepted=version, last_day=last_day, reason=reason.strip(), by=user, known_from=at
    )
    _log(by, events.VERSION_WITHDRAWN, version, at)
    return row


@action
def decide_aim(*, by: Acting, number: int, given: NewAim, now: datetime | None = None) -> AimDecided:
    """Whether a version teaches a learning aim, and why; the last decision counts. What stands already is not kept again."""
    user, at = check_can_state(by), now or clock.now()
    check_says_why(given.reason)
    version = _locked(by, number)
    said = {"taught": given.taught.value, "module": given.module.strip(), "reason": given.reason.strip()}
    last = AimDecided.objects.for_user(by).filter(accepted=version, aim=given.aim.value).order_by("id").last()
    if last is not None and all(getattr(last, name) == value for name, value in said.items()):
        held: AimDecided = last
        return held
    row: AimDecided = AimDecided.objects.create(
        force=by.force, accepted=version, aim=given.aim.value, by=user, known_from=at, **said
    )
    _log(by, events.AIM_DECIDED, version, at)
    return row
