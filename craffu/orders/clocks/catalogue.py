"""The table of clocks: each with its rule, start, length, what it leaves out, what it is, its source and status (CLK-14).

One file holds it, so that a limit changes by a new dated row. The limits of the Victims' Code and of an agreement's revisits
come from where those are kept.
"""

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from craffu.clocks.left_out import DayOut
from craffu.orders.clocks.limits import Kind, Verification, verification_of
from craffu.victims.agreements.rules import REVISIT_WITHIN
from craffu.victims.notices.code import CODE_2021, Entitlement, From

# The row of all limits of the Code; each of its events has a clock of its own by this name.
CODE_ROW: Final = "code-EVENT"
CODE_PREFIX: Final = "code-"


class Counts(StrEnum):
    """How a clock counts."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    HOURS = "hours"
    HOURS_AFTER_DAY = "hours_after_day"
    DAYS_BEFORE = "days_before"
    MONTH_BOTH_WAYS = "month_both_ways"
    WATCHES = "watches"
    WARNING = "warning"


class Bound(StrEnum):
    """What the end of a limit means."""

    BY = "by"
    LEAST = "least"
    MOST = "most"
    MORE_THAN = "more_than"
    LOCKED = "locked"
    WATCH = "watch"
    ON = "on"


# What a limit may hang on; each is asked for by the option of its name.
HANGS_ON: Final = ("risk", "age", "event", "entitlement", "step", "group", "investigator")


@dataclass(frozen=True, slots=True)
class Limit:
    """One length of a clock, what its end means, and the facts under which it is this one."""

    length: str = ""
    working_days: int = 0
    at_once: bool = False
    bound: Bound = Bound.BY
    label: str = ""
    when: Mapping[str, str] = field(default_factory=dict)

    def holds(self, facts: Mapping[str, str]) -> bool:
        """Whether nothing that is known speaks against it."""
        return all(facts.get(name) in (None, value) for name, value in self.when.items())


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock.

    `starts`, `length` and `leaves_out` are for people; `takes` are options that bear on it, `needs` those it cannot do without.
    """

    name: str
    rule: str
    starts: str
    length: str
    leaves_out: str
    kind: Kind
    source: str
    status: str
    counts: Counts
    limits: tuple[Limit, ...]
    first_day: int = 0
    out: frozenset[DayOut] = frozenset()
    setting: str = ""
    start_option: str = ""
    day_after: bool = False
    takes: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    effective_from: date | None = None

    @property
    def is_confirmed(self) -> bool:
        return verification_of(self.status) is not Verification.UNVERIFIED

    def choices(self, name: str) -> list[str]:
        """The values of a fact that its limits tell apart, in their order."""
        return list(dict.fromkeys(limit.when[name] for limit in self.limits if name in limit.when))


class UnknownClock(ValueError):
    """No clock has this name."""


class WrongRow(ValueError):
    """A row of the table that cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All clocks by name, the oldest row of each first."""

    by_name: Mapping[str, tuple[Clock, ...]]

    def names(self) -> list[str]:
        return list(self.by_name)

    def clock(self, name: str, on: date | None = None) -> Clock:
        """The row in force on the day a clock starts; the newest, where no day is named. Raises UnknownClock."""
        rows = [
            row
            for row in self.by_name.get(name, ())
            if on is None or row.effective_from is None or row.effective_from <= on
        ]
        if not rows:
            raise UnknownClock(f"{name} is no clock that runs" + (f" on {on}" if name in self.by_name else ""))
        return rows[-1]


@functools.cache
def catalogue() -> Catalogue:
    """The packaged table."""
    return read(files("craffu.orders.clocks").joinpath("clocks.toml").read_text(encoding="utf-8"))


def read(text: str) -> Catalogue:
    """The clocks of a table in TOML. Raises WrongRow."""
    said = tomllib.loads(text)
    by_name: dict[str, list[Clock]] = {}
    for number, row in enumerate(said.get("clock", ()), start=1):
        for clock in _clocks(row, number, said.get("sources", {})):
            by_name.setdefault(clock.name, []).append(clock)
    for name, rows in by_name.items():
        dates = [row.effective_from for row in rows[1:]]
        if any(day is None for day in dates) or dates != sorted(day for day in dates if day is not None):
            raise WrongRow(f"{name}: every row after its first begins on a day, the oldest first")
    return Catalogue(MappingProxyType({name: tuple(rows) for name, rows in by_name.items()}))


def _clocks(row: Mapping[str, Any], number: int, sources: Mapping[str, str]) -> Iterable[Clock]:
    try:
        return (
            [_code_clock(row, sources, event) for event in CODE_2021.limits]
            if _is_code(row)
            else [_clock(row, sources)]
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise WrongRow(f"row {number} ({row.get('name', 'without a name')}): {fault}") from fault


def _is_code(row: Mapping[str, Any]) -> bool:
    return row.get("limits_of") == "code"


def _clock(row: Mapping[str, Any], sources: Mapping[str, str], **instead: Any) -> Clock:
    known = set(Clock.__dataclass_fields__) | {"limits_of"}
    if unknown := sorted(set(row) - known):
        raise WrongRow(f"{', '.join(unknown)} means nothing here")
    said = {name: value for name, value in row.items() if name != "limits_of"} | instead
    limits = _revisits() if row.get("limits_of") == "revisits" else [_limit(limit) for limit in said["limits"]]
    return Clock(
        **said
        | {
            "kind": Kind(said["kind"]),
            "counts": Counts(said["counts"]),
            "source": _spelt_out(said["source"], sources),
            "limits": tuple(limits),
            "out": frozenset(DayOut(day) for day in said.get("out", ())),
            "takes": frozenset(said.get("takes", ())),
            "needs": frozenset(said.get("needs", ())),
            "notes": tuple(said.get("notes", ())),
        }
    )


def _limit(said: Mapping[str, Any]) -> Limit:
    when = {name: str(said[name]) for name in HANGS_ON if name in said}
    rest = {name: value for name, value in said.items() if name not in HANGS_ON}
    limit = Limit(**rest | {"when": when, "bound": Bound(said.get("bound", Bound.BY))})
    if sum((bool(limit.length), bool(limit.working_days), limit.at_once)) != 1:
        raise WrongRow("a limit is a length, a number of working days or at once")
    return limit


def _revisits() -> list[Limit]:
    """VIC-03: the limits of a contact agreement's revisits."""
    return [Limit(working_days=days, when={"event": event.value}) for event, days in REVISIT_WITHIN.items()]


WORKING_DAY: Final = "What the Code calls a working day is not confirmed (CLK-11)."
_FROM_WORDS: Final = {
    From.EVENT: "event (day 0)",
    From.RECEIPT: "receipt by witness care (day 0)",
    From.SENTENCE: "sentence (day 0)",
    From.REFERRAL: "referral (day 0)",
}


def _code_clock(row: Mapping[str, Any], sources: Mapping[str, str], event: Any) -> Clock:
    """VIC-05: one event of the Code, with the limit of either entitlement."""
    limit = CODE_2021.limits[event]
    asked = [
        {"working_days": limit.days(entitled), "entitlement": entitled.value}
        for entitled in (Entitlement.ENHANCED, Entitlement.STANDARD)
    ]
    return _clock(
        row,
        sources,
        name=CODE_PREFIX + event.value,
        starts=_FROM_WORDS[limit.runs_from],
        length=f"{limit.standard} working days, enhanced {limit.enhanced}",
        status="VERIFIED (secondary)" if limit.is_confirmed else Verification.UNVERIFIED.value,
        limits=asked,
        notes=[f"Victims' Code {CODE_2021.version}; told by {limit.who}.", WORKING_DAY],
    )


def _spelt_out(source: str, sources: Mapping[str, str]) -> str:
    for short, whole in sources.items():
        source = source.replace(short, whole)
    return source
