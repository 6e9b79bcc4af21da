"""What is done about somebody: every option of the menu decided, an owner, a day of review; and offending before and after
(PLN-01 to PLN-03).

Pure. Before and after are told apart and never said to be cause and effect.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from craffu.common.reasons import is_too_short
from craffu.published.intervals import poisson_exact

DUE_AFTER: Final = timedelta(days=7)
YEAR: Final = 365.25


class Option(StrEnum):
    """The menu. Keys are stored."""

    ORDER = "order"
    BAIL_CONDITION = "bail_condition"
    ARREST = "arrest"
    BEHAVIOUR_PROGRAMME = "behaviour_programme"
    HEALTH_OR_SUBSTANCE = "health_or_substance"
    MULTI_AGENCY_REFERRAL = "multi_agency_referral"
    DISRUPTION = "disruption"


class Choice(StrEnum):
    """What is decided of an option. Keys are stored."""

    USE = "use"
    NOT_USED = "not_used"


class Lacks(StrEnum):
    """What a plan lacks; of one option its key follows. Keys are stored."""

    UNDECIDED = "undecided"
    NO_REASON = "no_reason"
    NONE_NEEDS_REASON = "none_needs_reason"
    NO_OWNER = "no_owner"
    NO_REVIEW = "no_review_date"


@dataclass(frozen=True, slots=True)
class Plan:
    """What was decided of each option, and why of those not used; `none_reason` says why none is, where none is."""

    decisions: Mapping[Option, Choice]
    reasons: Mapping[Option, str]
    none_reason: str
    owner: str
    review_on: date | None


def plan_due(entered: date) -> date:
    """By when somebody who entered on a day has a plan (PLN-01)."""
    return entered + DUE_AFTER


def lacks(plan: Plan) -> list[tuple[Lacks, Option | None]]:
    """What is missing before a plan is whole, in the order of the menu (PLN-01, PLN-02)."""
    found: list[tuple[Lacks, Option | None]] = []
    for option in Option:
        choice = plan.decisions.get(option)
        if choice is None:
            found.append((Lacks.UNDECIDED, option))
        elif choice is Choice.NOT_USED and is_too_short(plan.reasons.get(option, "")):
            found.append((Lacks.NO_REASON, option))
    if Choice.USE not in plan.decisions.values() and is_too_short(plan.none_reason):
        found.append((Lacks.NONE_NEEDS_REASON, None))
    if not plan.owner:
        found.append((Lacks.NO_OWNER, None))
    if plan.review_on is None:
        found.append((Lacks.NO_REVIEW, None))
    return found


@dataclass(frozen=True, slots=True)
class Rate:
    """Events for each year that somebody was at liberty to offend, with an exact interval of 95 in a hundred (Poisson)."""

    events: int
    days: int
    a_year: float
    low: float
    high: float


def rate(events: int, days: int) -> Rate | None:
    """The rate over so many days at risk, time in custody left out; None, and not nought, where there are none (PLN-03).

    Raises ValueError of fewer than no events or days.
    """
    if events < 0 or days < 0:
        raise ValueError("events and days at risk are counted from nought")
    if days == 0:
        return None
    years = days / YEAR
    low, high = poisson_exact(events)
    return Rate(events, days, events / years, low / years, high / years)
