"""One row for each thing that is counted, read for one force at an instant; nobody is named."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from craffu.victims.gap.kinds import Figure, Split

type By = Mapping[Split, str]


@dataclass(frozen=True, slots=True, order=True)
class Survey:
    """Which survey somebody was asked by. Figures of two are never added up, nor compared unmarked (MET30)."""

    system: str
    version: str = ""
    mode: str = ""

    @property
    def key(self) -> str:
        return f"{self.system}/{self.version}/{self.mode}"


@dataclass(frozen=True, slots=True)
class Asked:
    """One invitation: `answers` are by question, None where nothing was sent back.

    `is_done` and `is_told` say whether safety work had been done by the day of the answer, and whether they were told of any.
    """

    survey: Survey
    on: date
    by: By
    was_delivered: bool | None
    answers: Mapping[Figure, str] | None = field(default=None, repr=False)
    may_be_linked: bool = False
    is_done: bool = False
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class NotAskedOnce:
    """Somebody was not asked by a system at a stage, and why."""

    system: str
    on: date
    by: By
    reason: str


@dataclass(frozen=True, slots=True)
class WorkDone:
    """One thing done for somebody's safety."""

    on: date
    by: By
    was_told: bool


@dataclass(frozen=True, slots=True)
class Finalised:
    """A crime with its last outcome; `why` somebody withdrew from it, as far as it was said."""

    on: date
    by: By
    outcome: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything that is counted."""

    asked: tuple[Asked, ...] = ()
    not_asked: tuple[NotAskedOnce, ...] = ()
    done: tuple[WorkDone, ...] = ()
    finalised: tuple[Finalised, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Which figure, of which survey or system (empty where of none), split by what, for which value."""

    figure: Figure
    survey: str
    by: Split
    value: str


@dataclass(slots=True)
class Counted:
    """So many of so many; every status is counted, also those in neither."""

    numerator: int = 0
    denominator: int = 0
    by_status: dict[str, int] = field(default_factory=dict)

    @property
    def share(self) -> Fraction | None:
        """None where there is nothing to divide (MSR-02)."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None


type Gap = Mapping[Key, Counted]
