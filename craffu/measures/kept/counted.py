"""Which orders a figure of the last snapshot counted, by references that name nobody, kept beside the figures (page map, P25).

A page finds them again among the orders that are open to its reader now: nothing that is shut to them since is listed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from craffu.measures.kept.reading import FORMAT, summed

FILE: Final = "counted.json"
# What parts are divided by.
WHOLE: Final = "of"
# What a signal is about stands under this and the part that it is of.
SIGNAL: Final = "signal-"
# The measures of which each row is of an order.
OF_ORDERS: Final = ("MET09", "MET10", "MET11", "MET12", "MET13", "MET16", "MET25")


@dataclass(frozen=True, slots=True)
class Signalled:
    """A month of a part of a measure that is no ordinary variation: by which rule, and the limits it is held against (MSR-08)."""

    code: str
    part: str
    rule: str
    is_up: bool
    month: date
    numerator: int
    denominator: int
    mean: float
    is_trial: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """By measure and part the orders of which anything was counted; and the signals of the newest month."""

    snapshot: str
    orders: Mapping[str, Mapping[str, frozenset[str]]]
    signals: tuple[Signalled, ...] = ()

    def of(self, code: str, part: str) -> frozenset[str]:
        return self.orders.get(code, {}).get(part, frozenset())


def kept_counted(folder: Path) -> Counted | None:
    """None where none are kept, or none that are as they were written."""
    try:
        written = json.loads((folder / FILE).read_text(encoding="utf-8"))
        said = written["figures"]
        if written["format"] != FORMAT or written["sum"] != summed(said):
            return None
        orders = {code: {part: frozenset(one) for part, one in parts.items()} for code, parts in said["orders"].items()}
        signals = tuple(Signalled(**{**one, "month": date.fromisoformat(one["month"])}) for one in said["signals"])
        return Counted(said["snapshot"], orders, signals)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
