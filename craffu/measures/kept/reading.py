"""The figures of the snapshot that was worked out last, as they are kept beside it: read without any engine (ADR 86, B11).

A file that is not as it was written is not read: the page says that there are no figures.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from craffu.access.acting import Acting
from craffu.measures.permissions import shown_to
from craffu.published.disclosure import To

FORMAT: Final = 1
FILE: Final = "figures.json"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it is told to somebody: of which part, split by what for which value (both empty are all of it).

    `note` says why there is no value, or how to read it. A figure that is hidden has no counts.
    """

    part: str
    split: str
    of: str
    numerator: int | None
    denominator: int | None
    value: float | None
    interval: tuple[float, float] | None = None
    is_hidden: bool = False
    note: str = ""
    beside: Mapping[str, float | None] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return not self.split


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure: its figures of the year to the snapshot, and of the year before, for one reader."""

    code: str
    version: int
    sha256: str
    is_of_now: bool
    now: tuple[Figure, ...]
    before: tuple[Figure, ...]

    @property
    def both(self) -> tuple[Figure, ...]:
        """Those of the year and of the year before."""
        return (*self.now, *self.before)

    def whole(self, part: str = "") -> Figure | None:
        """All of it, of a part or of the first."""
        return next((one for one in self.now if one.is_whole and part in ("", one.part)), None)

    def a_year_before(self, part: str) -> Figure | None:
        return next((one for one in self.before if one.is_whole and one.part == part), None)


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that is kept of one snapshot."""

    snapshot: str
    digest: str
    at: datetime
    first: date
    last: date
    first_before: date
    last_before: date
    measures: Mapping[str, Any]

    def of(self, by: Acting, code: str) -> Measured:
        """One measure as it is told to this reader. Raises KeyError where it is not among them."""
        return self.told(code, self.to(by, code))

    def told(self, code: str, to: To) -> Measured:
        """One measure as it is told to a kind of reader."""
        held = self.measures[code]
        told = held["told"][to.value]
        return Measured(
            code, held["version"], held["sha256"], held["is_of_now"], tuple(map(_figure, told["now"])),
            tuple(map(_figure, told["before"])),
        )  # fmt: skip

    def of_year_before(self) -> "Kept":
        """The same with the year before in place of the year, and none before that."""
        measures = {
            code: {**held, "told": {to: {"now": told["before"], "before": []} for to, told in held["told"].items()}}
            for code, held in self.measures.items()
        }
        return replace(self, first=self.first_before, last=self.last_before, measures=measures)

    def to(self, by: Acting, code: str) -> To:
        return shown_to(by, self.measures[code]["opened_by"])


def _figure(said: Mapping[str, Any]) -> Figure:
    interval = said["interval"]
    return Figure(
        said["part"], said["split"], said["of"], said["numerator"], said["denominator"], said["value"],
        (interval[0], interval[1]) if interval else None, said["is_hidden"], said["note"], said["beside"],
    )  # fmt: skip


def summed(figures: Mapping[str, Any]) -> str:
    """What stands over the figures in their file, so that nobody changes them unseen."""
    return hashlib.sha256(json.dumps(figures, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def kept_figures(folder: Path) -> Kept | None:
    """The figures worked out last for a force; None where none are kept, or none that are as they were written."""
    try:
        written = json.loads((folder / FILE).read_text(encoding="utf-8"))
        figures = written["figures"]
        if written["format"] != FORMAT or written["sum"] != summed(figures):
            return None
        return kept_from(figures)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def kept_from(figures: Mapping[str, Any]) -> Kept:
    """Figures as their file says them. Raises ValueError, KeyError and TypeError for what is none."""
    return Kept(
        figures["snapshot"], figures["digest"], datetime.fromisoformat(figures["at"]), date.fromisoformat(figures["first"]),
        date.fromisoformat(figures["last"]), date.fromisoformat(figures["first_before"]),
        date.fromisoformat(figures["last_before"]), figures["measures"],
    )  # fmt: skip
