"""How a printed cell is read as a number, and the shape of what a check finds. A blank or a marker is no number, never 0."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

ERROR: Final = "error"
WARNING: Final = "warning"
NOTE: Final = "note"

_NUMBER: Final = re.compile(r"[-\u2212]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?|[-\u2212]?\.\d+%?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Anomaly:
    """What a check found: which check, how grave, in which columns, on which line, area and period as printed, with what."""

    check: str
    severity: str
    columns: tuple[str, ...]
    line: int | None
    area: str = ""
    period: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)


def number_of(cell: str) -> Decimal | None:
    """The number of a cell, without thousands separators and per cent sign, or None for anything that is not one."""
    text = cell.strip()
    if not _NUMBER.fullmatch(text):
        return None
    return Decimal(text.replace(",", "").replace("\u2212", "-").rstrip("%"))
