"""How the chain of a force stands, without reading all of it: sealed, signed, copied outside, checked (SEC-05)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings

from craffu.audit import queries
from craffu.audit.events import CHAIN_CHECKED
from craffu.audit.heads import SignedHead, heads_file, read_heads
from craffu.audit.models import Event, Seal, Unsealed
from craffu.audit.naming import naming
from craffu.audit.questions import Act, acts

# The signed head is copied outside every hour; one hour more is a missed turn.
HEAD_WITHIN = timedelta(hours=2)
SEAL_WITHIN = timedelta(hours=2)
CHECK_WITHIN = timedelta(days=1)
# More rows than this are not checked while somebody waits for a page.
MOST_CHECKED_ON_A_PAGE = 400_000


class Trouble(StrEnum):
    """What is wrong, each with something to do about it."""

    NOT_WHOLE = "not_whole"
    GUARDS = "guards"
    HEADS = "heads"
    NOT_SEALED = "not_sealed"
    NOT_COPIED = "not_copied"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class ChainStatus:
    """Instants are as the log writes them, empty where there is none. `details` are the words of `craffu audit verify`."""

    sealed: int
    sealed_up_to: str
    waiting: int
    waiting_since: str
    signed: SignedHead | None
    copied: SignedHead | None
    copied_at: datetime | None
    copied_to: str
    checked: Act | None
    troubles: tuple[Trouble, ...]
    details: tuple[str, ...]

    @property
    def can_be_checked_here(self) -> bool:
        return self.sealed <= MOST_CHECKED_ON_A_PAGE


def chain_reference(force: str) -> str:
    """How the log names a force's chain."""
    return f"chain/{force}"


def last_check(force: str) -> Act | None:
    """The last time somebody checked the whole chain."""
    found = Event.objects.filter(pk__in=naming([chain_reference(force)], force=force), kind=CHAIN_CHECKED.key)
    return next(iter(acts(found.order_by("-id")[:1])), None)


def chain_status(force: str, *, now: datetime) -> ChainStatus:
    """How the chain of a force stands now."""
    end = Seal.objects.filter(force=force).order_by("position").select_related("event").last()
    unsealed = Unsealed.objects.filter(event__force=force)
    oldest = unsealed.order_by("event_id").values_list("event__at", flat=True).first() or ""
    path = heads_file(Path(settings.CRAFFU_AUDIT_HEADS), force)
    outside, _ = read_heads(path)
    checked = last_check(force)
    guards = queries.protection_problems()
    trusted, heads = queries.heads_standing(force, now)
    copied = max((head for head in trusted if head in set(outside)), key=lambda head: head.position, default=None)
    troubles = {
        Trouble.NOT_WHOLE: checked is not None and bool(checked.counts.get("faults")),
        Trouble.GUARDS: bool(guards),
        Trouble.HEADS: bool(heads),
        Trouble.NOT_SEALED: bool(oldest) and _is_old(oldest, now, SEAL_WITHIN),
        Trouble.NOT_COPIED: end is not None and _is_behind(copied, end, now),
        Trouble.NOT_CHECKED: checked is None or _is_old(checked.at, now, CHECK_WITHIN),
    }
    return ChainStatus(
        sealed=end.position if end else 0,
        sealed_up_to=end.event.at if end else "",
        waiting=unsealed.count(),
        waiting_since=oldest,
        signed=trusted[-1] if trusted else None,
        copied=copied,
        copied_at=datetime.fromtimestamp(path.stat().st_mtime, UTC) if outside else None,
        copied_to=str(path),
        checked=checked,
        troubles=tuple(trouble for trouble, stands in troubles.items() if stands),
        details=(*guards, *heads),
    )


def _is_old(at: str, now: datetime, within: timedelta) -> bool:
    return datetime.fromisoformat(at) < now - within


def _is_behind(copied: SignedHead | None, end: Seal, now: datetime) -> bool:
    """Whether rows were sealed long ago that no head kept outside vouches for."""
    if copied is not None and copied.position >= end.position:
        return False
    return _is_old(copied.at if copied else end.event.at, now, HEAD_WITHIN)
