"""What an adapter hands to the published figures: plain rows, already read, named and dated, with the line they came from.

Tuples, because a month of street-level crime is a million of them. Nothing here decides anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class CodeRow(NamedTuple):
    """One version of what a code of a list means. `attributes` is the code's own JSON; days are as the publisher says."""

    line: int
    code: str
    number: int
    title: str
    attributes: Mapping[str, object]
    valid_from: date | None
    valid_to: date | None
    content: str


class FigureRow(NamedTuple):
    """One number of a published table.

    `area` is a code of `areas.py` or of the statistics office; `period` and `period_end` are those of `periods.py`.
    `value` is None exactly when `missing` says why: `blank`, `not_available` or `not_supplied`. `flags` are codes such as
    `negative` or `period_typing_error`; `attributes` whatever else the row says, such as group and subgroup.
    """

    line: int
    measure: str
    area_kind: str
    area: str
    area_name: str
    period: str
    period_end: date
    value: int | None
    as_printed: str
    missing: str = ""
    flags: tuple[str, ...] = ()
    attributes: Mapping[str, str] = {}


class StreetRow(NamedTuple):
    """One row of a street-level file. `crime_id` is empty where the publisher gives none; a missing point is None twice."""

    line: int
    crime_id: str
    month: str
    reported_by: str
    falls_within: str
    longitude: float | None
    latitude: float | None
    location: str
    lsoa_code: str
    lsoa_name: str
    crime_type: str
    last_outcome: str
    outside: bool


# What became of a row, in the order of the rows handed in.
CREATED = "created"
UPDATED = "updated"
UNCHANGED = "unchanged"
OLDER = "older"  # said before and replaced since: the newer word stays
CONFLICT = "conflict"  # two values for one figure in one file: nobody knows which holds, so neither is stored


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a batch: one word for each row, in order."""

    outcomes: list[str] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        return self.outcomes.count(outcome)


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A finding of `checks.py`, placed: which series, and where it can be said, which measure, area and period."""

    check_code: str
    severity: str
    measure: str = ""
    area_kind: str = ""
    area: str = ""
    area_name: str = ""
    period: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)
