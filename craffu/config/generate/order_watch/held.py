"""An order as those who watch it know it: whole numbers of days, and of minutes of London's clock (`witness_care.hours`)."""

from dataclasses import dataclass, field
from typing import Final

from craffu.config.generate.days import A_DAY
from craffu.config.generate.orders import CBO, DAPO, DVPO, INTERIM, NMO, RO, RO_ACQUITTAL, SPO

# What the register calls each kind.
REGISTERED: Final = {
    RO: "RO_CONV", RO_ACQUITTAL: "RO_ACQ", SPO: "SPO", INTERIM: "ISPO", NMO: "NMO", DVPO: "DVPO", CBO: "CBO", DAPO: "DAPO",
}  # fmt: skip
NOTIFIES: Final = frozenset({"SPO", "ISPO", "DAPO"})
# Times of a day, in minutes.
MADE, SERVED, ENTERED, SERVICE_WRITTEN, CHANGED = 660, 840, 900, 930, 720


@dataclass(frozen=True, slots=True)
class Planned:
    """How a condition is to be checked: every so many days (0 leaves it to the grade), or not at all."""

    condition: int
    at: int
    every: int
    cannot: bool


@dataclass(frozen=True, slots=True)
class Round:
    """A check of some conditions, or an attempt at one."""

    at: int
    conditions: tuple[int, ...]
    outcome: str
    method: str


@dataclass(frozen=True, slots=True)
class CheckDue:
    """A check that was due all of a day, and what became of it."""

    condition: int
    due: int
    status: str
    done: int | None = None


@dataclass(frozen=True, slots=True)
class Notified:
    """A first notification: when, whether it was given in person and acknowledged, and what verifying it showed."""

    at: int
    in_person: bool
    acknowledged: bool
    verified: int | None
    found: str

    @property
    def counts(self) -> bool:
        return self.in_person and self.acknowledged


@dataclass(frozen=True, slots=True)
class Sought:
    """A court was asked to change or end the order, by whom, and what it decided; `day` is `None` while it has not."""

    change: str
    applicant: str
    lodged: int
    day: int | None
    result: str


@dataclass(frozen=True, slots=True)
class ReviewMade:
    """A review put forward, and when another person agreed to it where one had to."""

    put: int
    agreed: int | None
    decision: str
    voice: str
    wants: str

    @property
    def closed(self) -> int:
        return self.put if self.agreed is None else self.agreed


@dataclass(frozen=True, slots=True)
class ReviewDue:
    due: int
    status: str
    closed: int | None = None


@dataclass
class Watched:
    """One order. Days are whole days; `known` is the minute at which the register first had it."""

    at: int
    ref: str
    kind: str
    application: int
    respondent: str
    protected: str
    made: int
    last_day: int | None
    served: int | None
    known: int
    court: str
    case_number: str
    locality: bool
    managed: int | None
    conditions: tuple[str, ...]
    varied: int | None = None
    discharged: int | None = None
    determined: int | None = None
    replaces_served_interim: bool = False
    asking: str = "each_time"
    lacks_of_respondent: tuple[str, ...] = ()
    entries: list[int] = field(default_factory=list)
    sought: list[Sought] = field(default_factory=list)
    plans: list[Planned] = field(default_factory=list)
    away: tuple[int, int] | None = None
    rounds: list[Round] = field(default_factory=list)
    checks: list[CheckDue] = field(default_factory=list)
    notified: Notified | None = None
    reviews: list[ReviewMade] = field(default_factory=list)
    reviews_due: list[ReviewDue] = field(default_factory=list)

    @property
    def service_known(self) -> int | None:
        """The minute at which its service was written down: with the order, where that came later."""
        return None if self.served is None else max(self.known, self.served * A_DAY + SERVICE_WRITTEN)

    @property
    def ends(self) -> int | None:
        """The minute from which it binds no more, as far as anybody knows."""
        told = [day * A_DAY for day in (self.discharged, self.determined) if day is not None]
        told += [] if self.last_day is None else [(self.last_day + 1) * A_DAY]
        return min(told, default=None)

    @property
    def ends_known(self) -> int | None:
        """The minute at which the register has that end."""
        told = [day * A_DAY + CHANGED for day in (self.discharged, self.determined) if day is not None]
        told += [] if self.last_day is None else [(self.last_day + 1) * A_DAY]
        return min(told, default=None)

    @property
    def runs_out(self) -> bool:
        return self.last_day is not None and self.ends == (self.last_day + 1) * A_DAY

    def is_live(self, minute: int) -> bool:
        return self.known <= minute and (self.ends_known is None or minute < self.ends_known)
