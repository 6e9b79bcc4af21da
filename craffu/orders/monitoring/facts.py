"""How a condition is to be monitored, and what came of a check, as a page or a command gives them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from craffu.orders.monitoring.kinds import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """`by_grade` leaves the interval to the grade. `cannot` says why a condition cannot be checked, and then stands alone."""

    methods: tuple[str, ...] = ()
    evidence: str = ""
    tolerance: str = ""
    by_grade: bool = True
    every_days: int | None = None
    cannot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCheck:
    """One check of conditions of one order, by their row numbers: when and how it was made and what was found."""

    conditions: Collection[int]
    at: datetime
    outcome: Outcome
    method: str
    words: str = ""
    paper: bytes = b""
    paper_title: str = ""
