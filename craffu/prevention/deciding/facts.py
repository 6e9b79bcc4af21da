"""What is given to decide of a priority, before it is stored (PRI-07)."""

from dataclasses import dataclass, field
from datetime import date

from craffu.prevention.deciding.rules import Whose
from craffu.prevention.scoring.rules import Tier


@dataclass(frozen=True, slots=True)
class Other:
    """Another priority than the score gives, until a day, its last included."""

    tier: Tier
    until: date
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a score counts and should not: acts as the page names them, each with the record that is accused of it."""

    whose: Whose
    acts: tuple[tuple[int, str], ...]
    reason: str = field(repr=False)
