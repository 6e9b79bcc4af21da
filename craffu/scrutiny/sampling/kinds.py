"""What a dip sample is drawn from, as data: which cases stand in its frame, and by what they are put into strata (SCR-01)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Frame(StrEnum):
    """Of what a frame consists."""

    STALKING_OPENED = "stalking_opened"
    ORDERS_IN_FORCE = "orders_in_force"


class Strata(StrEnum):
    """By what a frame is split before it is drawn from."""

    NONE = "none"
    AREA = "area"
    KIND = "kind"


class Unit(StrEnum):
    """What one of a frame is: the word before its reference in the log."""

    CASE = "case"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Inclusion:
    """The rule by which a frame is made. A period is whole London days, both among them; orders are those of the moment."""

    of: Frame
    since: date | None = None
    until: date | None = None

    @property
    def unit(self) -> Unit:
        return Unit.CASE if self.of is Frame.STALKING_OPENED else Unit.ORDER

    def as_data(self) -> dict[str, str]:
        """As it is kept beside the frame."""
        period = {"since": self.since, "until": self.until}
        return {"of": self.of.value} | {name: day.isoformat() for name, day in period.items() if day is not None}

    @classmethod
    def read(cls, said: dict[str, str]) -> "Inclusion":
        days = {name: date.fromisoformat(said[name]) for name in ("since", "until") if name in said}
        return cls(Frame(said["of"]), **days)


def is_split_by(inclusion: Inclusion, strata: Strata) -> bool:
    """Whether such a frame can be split so: cases by area, orders by their kind."""
    by = {Unit.CASE: Strata.AREA, Unit.ORDER: Strata.KIND}
    return strata in {Strata.NONE, by[inclusion.unit]}
