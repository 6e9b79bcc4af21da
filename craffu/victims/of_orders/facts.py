"""What an order tells of, before it is kept for those whom it protects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from craffu.victims.happenings.rules import Happening


@dataclass(frozen=True, slots=True)
class OrderTells:
    """One thing that happened to an order, or will: `key` is its own for ever within the order, and holds no slash."""

    key: str
    kind: Happening
    at: datetime
    learnt_at: datetime

    @property
    def time_known_at(self) -> datetime | None:
        return self.learnt_at if self.learnt_at < self.at else None


@dataclass(frozen=True, slots=True)
class OrderTold:
    """Everything that one order tells, to those whose records it protects. `case` is the row number of its case, if any.

    `ever` are those too that it was once said to protect, who were told and may have to be told otherwise.
    """

    order: int
    case: int | None
    records: Sequence[int]
    ever: Sequence[int]
    tells: Sequence[OrderTells]
