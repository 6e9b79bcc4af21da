"""Backups that are kept no longer: whoever was erased is in none that is older than the force's term (SEC-09, T10; ADR 100)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.audit.events import BACKUP_DESTROYED
from craffu.audit.rules import instant_text
from craffu.common.keyring import KeyRing
from craffu.config.backups.sealed import NotSealed, Opening, head_of

_LONGEST_HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class Expired:
    """A backup that says it is older than any is kept. One that does not open with this key ring may be somebody else's."""

    path: Path
    made_at: datetime
    is_ours: bool


def expired(folder: Path, ring: KeyRing, by: datetime) -> list[Expired]:
    """Backups in a folder, not below it, that were made by an instant, by name. What is no backup is not looked at."""
    found = []
    for path in sorted(folder.iterdir()):
        made_at = _made_at(path)
        if made_at is not None and made_at <= by:
            found.append(Expired(path, made_at, _opens(path, ring)))
    return found


def _made_at(path: Path) -> datetime | None:
    if path.is_symlink() or not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            said = datetime.fromisoformat(head_of(file.readline(_LONGEST_HEAD))["made_at"])
    except (OSError, NotSealed, KeyError, TypeError, ValueError):
        return None
    return said if said.tzinfo else None


def _opens(path: Path, ring: KeyRing) -> bool:
    """Its first piece is bound to what it says of itself: another day written there is found out."""
    try:
        with path.open("rb") as file:
            return bool(Opening(file, ring).read(1))
    except (OSError, NotSealed):
        return False


def destroy(by: Acting, backup: Expired, now: datetime) -> None:
    """Remove one that is kept no longer, and log that it is gone. Raises OSError, and then neither is done."""
    with transaction.atomic():
        audit.record(
            kind=BACKUP_DESTROYED, actor=by.actor, reason=f"made {instant_text(backup.made_at)}", counts={"backups": 1},
            now=now,
        )  # fmt: skip
        backup.path.unlink()
