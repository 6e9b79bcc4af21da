"""How a condition of an order is monitored, how often, and what is checked while a respondent is away (MON-01, MON-02, MON-06).

What no rule says of it is the project's own (ADR 43).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from craffu.cases.risk.rules import Grade
from craffu.orders.conditions.rules import ConditionType
from craffu.orders.library.rules import Check, Evidence, Worded
from craffu.orders.monitoring.kinds import Outcome

# After the others it is still unknown whether the condition is kept, so that the check is still to be made.
IS_DONE: Final = frozenset({Outcome.DONE, Outcome.CONCERN})


# What is looked at without the respondent at liberty and in the country: a message can be sent from anywhere.
GOES_ON_BY: Final = frozenset({Check.ASK_VICTIM, Check.MESSAGES_AND_CALLS, Check.ACCOUNT_RECORDS, Check.ONLINE_SEARCH})
NO_CONTACT: Final = frozenset({ConditionType.NO_CONTACT_DIRECT, ConditionType.NO_CONTACT_INDIRECT})


def goes_on(type_: str, methods: Collection[str]) -> bool:
    """MON-06: whether a condition is checked while the respondent is not there. One of no contact always is."""
    return type_ in NO_CONTACT or bool(GOES_ON_BY.intersection(methods))


class Part(StrEnum):
    """What is said of how a condition is monitored."""

    METHOD = "method"
    EVIDENCE = "evidence"
    TOLERANCE = "tolerance"
    INTERVAL = "interval"


def lacks(said: Mapping[Part, str], not_monitorable_reason: str = "") -> list[Part]:
    """MON-02: what is missing before it is said how a condition is monitored; nothing where it is said why it cannot be."""
    return [] if not_monitorable_reason.strip() else [part for part in Part if not said.get(part, "").strip()]


@dataclass(frozen=True, slots=True)
class Proposed:
    """How the library says that such a condition is checked; empty where it knows none like it."""

    methods: tuple[Check, ...] = ()
    evidence: Evidence | None = None


def proposed(type_: str, named: str, library: Mapping[str, Worded]) -> Proposed:
    """MON-02: from the wording that the condition began from, else from the first of its type. A person confirms it."""
    one = library.get(named.partition(":")[0]) or next((each for each in library.values() if each.type == type_), None)
    return Proposed(one.checks, one.evidence) if one else Proposed()


# `monitor.interval.*`, `monitor.first_check_within_days` and `monitor.heightened_interval`, in days.
EVERY: Final[Mapping[Grade, int]] = {Grade.HIGH: 7, Grade.MEDIUM: 14, Grade.STANDARD: 28}
FIRST_WITHIN: Final = 7
HEIGHTENED_EVERY: Final = 3


def interval(grade: Grade | None, own: int | None = None, *, is_heightened: bool = False) -> int:
    """MON-01: how many days lie between two checks. Unassessed runs as high; a plan of its own may only shorten it."""
    days = [EVERY[grade or Grade.HIGH]]
    return min([*days, *([own] if own else []), *([HEIGHTENED_EVERY] if is_heightened else [])])


def check_due(since: date, days: int, *, is_first: bool = False) -> date:
    """MON-01: the day all of which a check is due: the first within seven days whatever the grade."""
    return since + timedelta(days=min(days, FIRST_WITHIN) if is_first else days)


def brought_forward(standing: date, since: date, days: int, on: date, *, is_first: bool = False) -> date:
    """MON-06: a shorter interval brings the check forward at once, never before that day; a longer one leaves it."""
    return min(standing, max(on, check_due(since, days, is_first=is_first)))
