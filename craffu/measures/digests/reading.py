"""A digest as it was kept when its week began, and which weeks there are; read without any engine.

A file that is not as it was written is not read: its week has no digest.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from craffu.measures.ahead.queries import Ahead, Coming
from craffu.measures.kept.counted import Signalled, signals_from
from craffu.measures.kept.reading import Kept, kept_from, summed

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Weekly:
    """One week's digest. `queues` are what is overdue in each and what is due in the week; `mismatches` arose in the week before.

    `kept` are figures of the snapshot that stood then, None where none did.
    """

    week: date
    at: datetime
    kept: Kept | None
    signals: tuple[Signalled, ...]
    queues: Mapping[str, tuple[int, int]]
    ahead: Ahead
    mismatches: int


def file_of(folder: Path, week: date) -> Path:
    return folder / f"{week.isoformat()}.json"


def weeks_of(folder: Path) -> list[date]:
    """The weeks of which a digest is kept, the newest first."""
    return sorted((date.fromisoformat(one.stem) for one in folder.glob("????-??-??.json")), reverse=True)


def digest_of(folder: Path, week: date) -> Weekly | None:
    """A week's digest; None where none is kept, or none that is as it was written."""
    try:
        written = json.loads(file_of(folder, week).read_text(encoding="utf-8"))
        said = written["digest"]
        if written["format"] != FORMAT or written["sum"] != summed(said) or said["week"] != week.isoformat():
            return None
        return _weekly(said)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _weekly(said: Mapping[str, Any]) -> Weekly:
    work = {Coming(name): (one[0], one[1], one[2]) for name, one in said["orders"].items()}
    return Weekly(
        date.fromisoformat(said["week"]), datetime.fromisoformat(said["at"]),
        kept_from(said["figures"]) if said["figures"] is not None else None, signals_from(said["signals"]),
        {queue: (one[0], one[1]) for queue, one in said["queues"].items()}, Ahead(work, said["ending"]), said["mismatches"],
    )  # fmt: skip
