"""What somebody decides about one kind, before it is stored."""

from dataclasses import dataclass, field
from datetime import date

from craffu.orders.considering.rules import Outcome


@dataclass(frozen=True, slots=True)
class NewDecision:
    """One decision; `review_on` is the day on which what is put off is open again."""

    kind: str
    outcome: Outcome
    reason_code: str
    words: str = field(default="", repr=False)
    review_on: date | None = None
