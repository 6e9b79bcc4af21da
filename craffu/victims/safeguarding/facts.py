"""What is said of her life, her safety and the help she has, before it is stored."""

from dataclasses import dataclass, field
from datetime import date

from craffu.victims.notices.code import Entitlement
from craffu.victims.safeguarding.kinds import Answer, Felt, Help, Measure, Need, Step


@dataclass(frozen=True, slots=True)
class NewNeed:
    """One answer about one thing, of the day on which she gave it."""

    need: Need
    answer: Answer
    on: date
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """Something that was done for her safety, and on which day."""

    kind: Measure
    done_on: date
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewTelling:
    """She was told of a measure: when, by which channel, and how safe she felt with it."""

    told_on: date
    channel: str
    felt: Felt = Felt.NOT_ASKED


@dataclass(frozen=True, slots=True)
class NewStep:
    """One step of help, on a day: offered, made, taken up or declined."""

    help: Help
    step: Step
    on: date
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewEntitlement:
    """To which limits of the Code she is entitled from a day on, with the reason for standard ones."""

    entitlement: Entitlement
    on: date
    reason: str = field(default="", repr=False)
