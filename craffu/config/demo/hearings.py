"""What a court says of one defendant at one hearing, before it is written as a message. Codes are the official lists' own."""

from dataclasses import dataclass
from datetime import date

from craffu.config.demo.people import Defendant
from craffu.config.demo.words import Court

CONDITIONAL_BAIL, UNCONDITIONAL_BAIL, CUSTODY, NOT_APPLICABLE = "B", "U", "C", "A"
GUILTY_PLEA, NOT_GUILTY_PLEA, NO_PLEA, ADMITS, DENIES = "1", "2", "3", "7", "8"
GUILTY, NOT_GUILTY = "G", "N"
SUMMARY, SUMMARY_BY_CHOICE, NO_MODE = "01", "03", "07"


@dataclass(frozen=True, slots=True)
class Length:
    """How long a result lasts: a number of units (D, W, M, Y), or days, or both."""

    value: int | None = None
    unit: str = ""
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """The next hearing, and the bail until then."""

    court: Court
    on: date
    at: str
    reason: str
    bail: str


@dataclass(frozen=True, slots=True)
class Result:
    """One result in the court's words. Some have no code, as courts do send them."""

    text: str
    code: str | None = None
    qualifiers: tuple[str, ...] = ()
    lengths: tuple[Length, ...] = ()
    amount: str | None = None
    next: Next | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """One offence before the court, with what the court made of it at this hearing."""

    code: str
    wording: str
    place: str
    started: date
    ended: date | None
    arrested: date
    charged: date
    mode: str
    plea: str = NO_PLEA
    finding: str | None = None
    convicted: date | None = None
    convicted_by: str | None = None
    final: bool = False
    results: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True)
class Sitting:
    """One hearing of one case about one defendant."""

    court: Court
    held_on: date
    charges: tuple[Charge, ...]
    bail: str = NOT_APPLICABLE
    conditions: tuple[str, ...] = ()
    bail_reason: str | None = None
    at: str = "10:00:00"
    present: str = "Y"


@dataclass(frozen=True, slots=True)
class Sent:
    """A hearing as it is sent to the police, and what becomes of it there: one of `intake`'s outcomes, or `refused`."""

    defendant: Defendant
    case: str
    arrest: str
    sitting: Sitting
    sent_on: date
    expected: str = "created"
