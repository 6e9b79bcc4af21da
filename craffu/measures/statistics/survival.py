"""How long until something happens, with those told apart whom it can no longer happen to (MSR-06, methods C).

Kaplan and Meier 1958 with Greenwood's error; Aalen and Johansen 1978 for competing ends, with the error of Marubini and Valsecchi
(1995); the mean cumulative count of repeats by Ghosh and Lin 2000. One minus Kaplan-Meier treats an order that ended as if it
might yet be breached, so it overstates and is not shown alone. A curve stops where fewer than ten are left.
"""

import itertools
import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

from craffu.published.intervals import LEVEL, Interval

# Nothing had happened when it was last watched.
WATCHED: Final = 0
LEAST_AT_RISK: Final = 10
_HALF: Final = 0.5 + 1e-12


@dataclass(frozen=True, slots=True)
class Spell:
    """One life from its origin: when it ended and by what cause, 0 where it was only watched so long.

    One that is watched from `entry` only, such as an order from before the register, is at risk after that.
    """

    time: float
    cause: int = WATCHED
    entry: float | None = None

    def __post_init__(self) -> None:
        if self.time < 0 or (self.entry is not None and not 0 <= self.entry < self.time):
            raise ValueError("nobody ends before the origin, or is watched from before it or only after the end")

    def is_at_risk(self, time: float) -> bool:
        return (self.entry is None or self.entry < time) and time <= self.time


@dataclass(frozen=True, slots=True)
class Moment:
    """A time at which a spell ended: how many were at risk just before, and how many ended by each cause."""

    time: float
    at_risk: int
    ended: Mapping[int, int]

    def by(self, causes: Collection[int]) -> int:
        return sum(count for cause, count in self.ended.items() if cause in causes)

    @property
    def by_any(self) -> int:
        return sum(count for cause, count in self.ended.items() if cause != WATCHED)


def moments(spells: Iterable[Spell]) -> list[Moment]:
    """Every time at which a spell ended, in order. Who ends at a time is still at risk then, and who enters then is not yet."""
    held = sorted(spells, key=lambda one: one.time)
    # From the origin on: at risk before every time.
    entered = sorted(-1.0 if one.entry is None else one.entry for one in held)
    found, gone = [], 0
    for time, ending in itertools.groupby(held, key=lambda one: one.time):
        ended = Counter(one.cause for one in ending)
        found.append(Moment(time, bisect_left(entered, time) - gone, ended))
        gone += ended.total()
    return found


@dataclass(frozen=True, slots=True)
class Free:
    """At a time of an event: how many were at risk, how many had it, the share still free of it, and how sure that is.

    The error is None once nobody is left, and the interval (log-log) at both ends.
    """

    time: float
    at_risk: int
    events: int
    share: float
    error: float | None
    interval: Interval | None


def kaplan_meier(spells: Iterable[Spell], causes: Collection[int] = (1,), level: float = LEVEL) -> list[Free]:
    """The share still free of an event after each time of one; of no spells nothing.

    Every other end is taken as only watched so long, which is right only where it could still have happened.
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, spread = 1.0, 0.0
    found = []
    for moment in moments(spells):
        events, left = moment.by(causes), moment.at_risk - moment.by(causes)
        if not events:
            continue
        share *= left / moment.at_risk
        if left and share:
            spread += events / (moment.at_risk * left)
            found.append(
                Free(moment.time, moment.at_risk, events, share, share * math.sqrt(spread), _log_log(share, spread, z))
            )
        else:
            found.append(Free(moment.time, moment.at_risk, events, 0.0, None, None))
    return found


def _log_log(share: float, spread: float, z: float) -> Interval:
    half = z * math.sqrt(spread) / abs(math.log(share))
    return share ** math.exp(half), share ** math.exp(-half)


def median(curve: Sequence[Free]) -> float | None:
    """When half have had the event; None where the curve does not come so far: 'not reached'."""
    return next((one.time for one in curve if one.share <= _HALF), None)


@dataclass(frozen=True, slots=True)
class Incidence:
    """When somebody ended: how many were at risk, the share free of every end, and that ended by each cause, with its error."""

    time: float
    at_risk: int
    free: float
    ended: dict[int, float]
    errors: dict[int, float]


def cumulative_incidence(spells: Iterable[Spell]) -> list[Incidence]:
    """The share ended by each cause up to each time, competing with one another. With the share free of all they make up 1.

    CIF_j(t) = sum of S(t-) d_j / n. Empty of no spells.
    """
    held = moments(spells)
    causes = sorted({cause for moment in held for cause in moment.ended if cause != WATCHED})
    free, ended = 1.0, dict.fromkeys(causes, 0.0)
    past: list[tuple[Moment, float, dict[int, float]]] = []
    found: list[Incidence] = []
    for moment in held:
        ended = {cause: ended[cause] + free * moment.by((cause,)) / moment.at_risk for cause in causes}
        past.append((moment, free, ended))
        free *= (moment.at_risk - moment.by_any) / moment.at_risk
        errors = {cause: _error(cause, ended[cause], past) for cause in causes}
        found.append(Incidence(moment.time, moment.at_risk, free, ended, errors))
    return found


def _error(cause: int, now: float, past: Sequence[tuple[Moment, float, dict[int, float]]]) -> float:
    """The standard error of the share ended by a cause, from every moment so far with the share that was free before it."""
    variance = 0.0
    for moment, free, ended in past:
        n, every, own, since = moment.at_risk, moment.by_any, moment.by((cause,)), now - ended[cause]
        if n > every:
            variance += since**2 * every / (n * (n - every))
        variance += free**2 * (n - own) * own / n**3 - 2 * since * free * own / n**2
    return math.sqrt(max(variance, 0.0))


def curtailed[Step: (Free, Incidence, Moment)](curve: Sequence[Step], least: int = LEAST_AT_RISK) -> list[Step]:
    """A curve as far as it is drawn: up to where fewer than `least` are at risk, even if more come later."""
    return list(curve[: next((place for place, one in enumerate(curve) if one.at_risk < least), len(curve))])


def log_rank(first: Sequence[Spell], second: Sequence[Spell], causes: Collection[int] = (1,)) -> float | None:
    """How far two groups differ over the whole time, as chi-squared with one degree of freedom; None where nothing can tell.

    Mantel 1966. Beyond 3.84 a difference as large comes by chance once in twenty times.
    """
    surplus = variance = 0.0
    for moment in moments([*first, *second]):
        events, n = moment.by(causes), moment.at_risk
        mine = sum(one.is_at_risk(moment.time) for one in first)
        surplus += sum(one.time == moment.time and one.cause in causes for one in first) - events * mine / n
        if n > 1:
            variance += events * (mine / n) * (1 - mine / n) * (n - events) / (n - 1)
    return surplus**2 / variance if variance else None


@dataclass(frozen=True, slots=True)
class Repeats:
    """One life with all its events: when each was, until when it was watched, and whether it ended then for good."""

    until: float
    events: tuple[float, ...] = ()
    is_over: bool = False

    def __post_init__(self) -> None:
        if any(not 0 <= one <= self.until for one in self.events):
            raise ValueError("an event lies neither before the origin nor after the end")


def mean_count(lives: Sequence[Repeats]) -> list[tuple[float, int, float]]:
    """How many events one has had on average up to each time of one: time, at risk, mean. Empty of no lives.

    Those that are over have no more events and stay counted; those only watched so long leave.
    """
    free, mean = 1.0, 0.0
    found = []
    for time in sorted({one for life in lives for one in (*life.events, life.until)}):
        at_risk = [life for life in lives if life.until >= time]
        events = sum(life.events.count(time) for life in at_risk)
        if events:
            mean += free * events / len(at_risk)
            found.append((time, len(at_risk), mean))
        free *= 1 - sum(life.is_over and life.until == time for life in at_risk) / len(at_risk)
    return found
