"""Whether an order lasts as long as the law allows, may be extended so, and when a statutory review is due (CLK-09, ORD-15).

Stalking Protection Act 2019 s.3; Crime and Security Act 2010 s.28; Anti-social Behaviour, Crime and Policing Act 2014 s.1(6);
Sentencing Act 2020 ss.334, 337, 347; Sexual Offences Act 2003 s.122A(7); Family Law Act 1996 ss.33(10) to 38(6).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from craffu.clocks.lengths import CalendarLength
from craffu.clocks.periods import Counting, period

ADULT_FROM: Final = 18


@dataclass(frozen=True, slots=True)
class Term:
    """How long an order may last, beginning with the day it is made: at least, at most, and whether it needs an end."""

    least: CalendarLength | None = None
    most: CalendarLength | None = None
    must_be_fixed: bool = False


_DAYS_14, _DAYS_28 = CalendarLength(days=14), CalendarLength(days=28)
_YEAR, _TWO_YEARS, _THREE_YEARS, _FIVE_YEARS = (CalendarLength(months=12 * years) for years in (1, 2, 3, 5))
SIX_MONTHS: Final = CalendarLength(months=6)
ANY: Final = Term()

ADULTS: Final[Mapping[str, Term]] = MappingProxyType(
    {
        "SPO": Term(least=_TWO_YEARS),
        "SPO_CONV": Term(least=_TWO_YEARS),
        "SPO_ACQ": Term(least=_TWO_YEARS),
        "ISPO": Term(must_be_fixed=True),
        "DVPO": Term(least=_DAYS_14, most=_DAYS_28, must_be_fixed=True),
        "SHPO": Term(least=_FIVE_YEARS),
        "SRO": Term(least=_TWO_YEARS),
        "CBO": Term(least=_TWO_YEARS),
    }
)
UNDER_18: Final[Mapping[str, Term]] = MappingProxyType(
    {
        **ADULTS,
        "ASBI": Term(most=_YEAR, must_be_fixed=True),
        "CBO": Term(least=_YEAR, most=_THREE_YEARS, must_be_fixed=True),
    }
)


class Stage(StrEnum):
    """Whose term is looked at: what we mean to ask for, or what a court has made."""

    PROPOSAL = "proposal"
    COURT = "court"


class Finding(StrEnum):
    """What is found about a term."""

    OK = "ok"
    MUST_BE_FIXED = "must_be_fixed"
    BELOW_MINIMUM = "below_minimum"
    ABOVE_MAXIMUM = "above_maximum"
    ENDS_BEFORE_MADE = "ends_before_made"


class Action(StrEnum):
    """What follows: a draft outside the law is refused, a court's order kept as it was made and queried."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    KEEP_AND_QUERY = "keep_and_query_sealed_order"


@dataclass(frozen=True, slots=True)
class TermChecked:
    """The last days between which an order may end, what was found about its own, and what follows."""

    minimum_last_day: date | None
    maximum_last_day: date | None
    finding: Finding
    action: Action


def term_of(kind: str, age: int | None) -> Term:
    """The term of a kind of order for somebody of an age; of an age that is not known, as an adult."""
    terms = ADULTS if age is None or age >= ADULT_FROM else UNDER_18
    return terms.get(kind, ANY)


def check_term(kind: str, made_on: date, last_day: date | None, stage: Stage, age: int | None = None) -> TermChecked:
    """CLK-09: the term of an order, from the day it is made to its last day, or without end."""
    term = term_of(kind, age)
    least, most = _last_day(made_on, term.least), _last_day(made_on, term.most)
    finding = _finding(term, made_on, last_day, least, most)
    if finding is Finding.OK:
        return TermChecked(least, most, finding, Action.ACCEPT)
    return TermChecked(least, most, finding, Action.REFUSE if stage is Stage.PROPOSAL else Action.KEEP_AND_QUERY)


# The interim orders whose term the law says by itself; that of a full order is not theirs.
_OWN_INTERIM: Final = frozenset({"ISPO"})


def to_query(
    kind: str, made_on: date, last_day: date | None, *, is_interim: bool, is_indefinite: bool, age: int | None
) -> TermChecked | None:
    """CLK-09: what a court is asked about an order that it made, which is kept as it was made; None where there is nothing.

    Of an order whose end nobody gave nothing is asked: that is what it lacks already.
    """
    if (is_interim and kind not in _OWN_INTERIM) or (last_day is None and not is_indefinite):
        return None
    found = check_term(kind, made_on, last_day, Stage.COURT, age)
    return None if found.action is Action.ACCEPT else found


def _last_day(first: date, length: CalendarLength | None) -> date | None:
    return None if length is None else period(first, length, Counting.BEGINNING_WITH).last_day


def _finding(term: Term, made_on: date, last_day: date | None, least: date | None, most: date | None) -> Finding:
    if last_day is None:
        return Finding.MUST_BE_FIXED if term.must_be_fixed else Finding.OK
    if least is not None and last_day < least:
        return Finding.BELOW_MINIMUM
    if most is not None and last_day > most:
        return Finding.ABOVE_MAXIMUM
    return Finding.ENDS_BEFORE_MADE if last_day < made_on else Finding.OK


# Sections of the Family Law Act under which an occupation order is made: how often it may be extended.
ONCE, OFTEN, BY_VARIATION = "once", "often", "by_variation"
EXTENDED: Final[Mapping[str, str]] = MappingProxyType(
    {"33": BY_VARIATION, "35": OFTEN, "36": ONCE, "37": OFTEN, "38": ONCE}
)


class NotExtended(StrEnum):
    """Why an occupation order may not be extended so."""

    BY_VARIATION = "extend_by_variation"
    ONCE_ONLY = "one_extension_only"
    MUST_BE_FIXED = "must_be_fixed"
    ENDS_BEFORE_START = "ends_before_start"
    ABOVE_MAXIMUM = "above_maximum"


@dataclass(frozen=True, slots=True)
class Extension:
    """Whether an occupation order may be extended, why not, and the latest last day of an extension."""

    allowed: bool
    why: NotExtended | None
    latest_last_day: date | None


def extension(section: str, start: date, new_last_day: date | None, so_far: int) -> Extension:
    """CLK-09: at most six months beginning with the start of the extension. Raises ValueError for another section."""
    if section not in EXTENDED:
        raise ValueError(f"section {section}: an occupation order is made under one of {', '.join(EXTENDED)}")
    if EXTENDED[section] == BY_VARIATION:
        return Extension(False, NotExtended.BY_VARIATION, None)
    latest = period(start, SIX_MONTHS, Counting.BEGINNING_WITH).last_day
    why = None
    if EXTENDED[section] == ONCE and so_far:
        why = NotExtended.ONCE_ONLY
    elif new_last_day is None:
        why = NotExtended.MUST_BE_FIXED
    elif new_last_day > latest:
        why = NotExtended.ABOVE_MAXIMUM
    elif new_last_day < start:
        why = NotExtended.ENDS_BEFORE_START
    return Extension(why is None, why, latest)


def cbo_review_last_day(start: date) -> date:
    """A criminal behaviour order of somebody under 18 is reviewed in every twelve months from its effect or last variation."""
    return period(start, _YEAR, Counting.BEGINNING_WITH).last_day
