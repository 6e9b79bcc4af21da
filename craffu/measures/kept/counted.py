"""Which orders and breaches a figure of the last snapshot counted, by references that name nobody, kept beside it (P25).

A page finds them again among those that are open to its reader now: nothing that is shut to them since is listed.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from craffu.measures.kept.reading import FORMAT, summed

FILE: Final = "counted.json"
# What parts are divided by.
WHOLE: Final = "of"
# What a signal is about stands under this and the part that it is of.
SIGNAL: Final = "signal-"
# The measures of which each row is of an order.
OF_ORDERS: Final = (
    "MET01", "MET01i", "MET04", "MET05", "MET06", "MET07", "MET09", "MET10", "MET11", "MET12", "MET13", "MET14", "MET15", "MET16",
    "MET25", "MET26",
)  # fmt: skip
# And of a breach.
OF_BREACHES: Final = ("MET17", "MET20", "MET21", "MET24")


@dataclass(frozen=True, slots=True)
class Signalled:
    """A month of a part of a measure that is no ordinary variation: by which rule, and the limits it is held against (MSR-08).

    Of a count `denominator` is nought.
    """

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
    """By measure and part the orders or breaches of which anything was counted; and the signals of the newest month."""

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
        return Counted(said["snapshot"], orders, signals_from(said["signals"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def signals_from(several: Iterable[Mapping[str, Any]]) -> tuple[Signalled, ...]:
    """Signals as their file says them. Raises ValueError, KeyError and TypeError for what are none."""
    return tuple(Signalled(**{**one, "month": date.fromisoformat(one["month"])}) for one in several)
