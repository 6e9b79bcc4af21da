"""Schemes by which people are put in order, as data: read from their files, and named by a hash that is kept with each score.

Pure. A constant that changes makes another version, with another hash (PRI-09).
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Any, Final

PARTS: Final = ("R", "F", "G", "V", "B")
MOST_POINTS: Final = 100
# Of a measure that a table of points is asked with: sums of many weights differ beyond it from engine to engine.
DECIMALS: Final = 6

# From which measure on a part is worth how many points, the least measure first.
type Steps = tuple[tuple[float, float], ...]


class BadScheme(ValueError):
    """A scheme lacks a constant, has one too many, or one that cannot be; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Params:
    """The constants of a scheme: windows and half-lives in days, caps in incidents, people, or days of weight.

    With a `harm_half_life` of nought what an offence weighs does not fade with time.
    """

    lookback_days: int
    recency_half_life: int
    frequency_window: int
    frequency_cap: int
    harm_half_life: int
    harm_weight_cap: float
    harm_sum_cap: float
    victim_cap: int
    breach_window: int
    breach_cap: int


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme by name and version, with its constants and how much each of its parts counts: together one.

    A part with a table of points has those of the last step that its measure reaches: R by the days since the newest incident, F
    by incidents, G by faded weight in days, V by people, B by breaches. Every other part follows its curve (methods A5).
    """

    name: str
    version: int
    params: Params
    weights: Mapping[str, float]
    points: Mapping[str, Steps] = field(default_factory=dict)

    @property
    def canonical(self) -> str:
        """Its JSON with keys sorted and no spaces (PRI-09)."""
        points = {part: [list(one) for one in steps] for part, steps in self.points.items()}
        return canonical(
            {
                "name": self.name,
                "version": self.version,
                "params": {name: getattr(self.params, name) for name in Params.__slots__},
                "weights": dict(self.weights),
                **({"points": points} if points else {}),
            }
        )

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.canonical.encode()).hexdigest()


def canonical(said: Mapping[str, Any]) -> str:
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def scheme_of(said: Mapping[str, Any]) -> Scheme:
    """A scheme as it was written. Raises BadScheme."""
    params, weights = said.get("params", {}), said.get("weights", {})
    for what, given, wanted in (("params", params, Params.__slots__), ("weights", weights, PARTS)):
        if set(given) != set(wanted):
            wrong = ", ".join(sorted(set(given) ^ set(wanted)))
            raise BadScheme(f"{what} must be {', '.join(wanted)}: mend {wrong}")
    below = [name for name, value in params.items() if value < 0 or (value == 0 and name != "harm_half_life")]
    if below:
        raise BadScheme(f"{', '.join(below)} must be more than nought")
    if any(weight < 0 for weight in weights.values()) or abs(sum(weights.values()) - 1) > 1e-9:
        raise BadScheme("weights must not be below nought, and be one together")
    if params["victim_cap"] < 2:
        raise BadScheme("victim_cap must be two or more: V counts people beyond the first")
    points = {part: _steps(part, steps) for part, steps in said.get("points", {}).items()}
    return Scheme(str(said["name"]), int(said["version"]), Params(**params), dict(weights), points)


def _steps(part: str, said: Sequence[Sequence[float]]) -> Steps:
    """A table of points. More recent, more often, graver, more people and more breaches are never worth less."""
    if part not in PARTS:
        raise BadScheme(f"points must be of {', '.join(PARTS)}: mend {part}")
    try:
        steps = tuple((float(measure), float(points)) for measure, points in said)
    except (TypeError, ValueError) as fault:
        raise BadScheme(f"points of {part} must be pairs: from which measure, how many points") from fault
    if not steps or steps[0][0] != 0 or any(one[0] >= other[0] for one, other in pairwise(steps)):
        raise BadScheme(f"points of {part} must begin at nought, and each step at more than the last")
    if any(not 0 <= points <= MOST_POINTS for _measure, points in steps):
        raise BadScheme(f"points of {part} must be from 0 to {MOST_POINTS}")
    falls = part == "R"
    if any((one[1] < other[1]) if falls else (one[1] > other[1]) for one, other in pairwise(steps)):
        raise BadScheme(f"points of {part} must never {'rise' if falls else 'fall'} from step to step")
    return steps


def points_at(steps: Steps, measure: float) -> float:
    """The points of the last step that a measure reaches. A measure counts to a millionth, as it does on every engine."""
    reached = round(measure, DECIMALS)
    return next(points for begins, points in reversed(steps) if begins <= reached)


@cache
def default() -> Scheme:
    """RFGV-B, version 1 (methods A5)."""
    return shipped()["rfgv-b"]


@cache
def shipped() -> Mapping[str, Scheme]:
    """Every scheme that ships, by its name in small letters: our own, the V100 preset, and a table of points to be edited."""
    found = [read(file.read_text(encoding="utf-8")) for file in _files()]
    return {one.name.lower(): one for one in found}


def _files() -> list[Traversable]:
    folder = files("craffu.prevention.scoring").joinpath("schemes")
    return sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)


def read(text: str) -> Scheme:
    """A scheme from its file. Raises BadScheme."""
    try:
        return scheme_of(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as fault:
        raise BadScheme(f"it is not a scheme: {fault}") from fault
