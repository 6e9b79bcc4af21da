"""Schemes by which people are put in order, as data: read from their files, and named by a hash that is kept with each score.

Pure. A constant that changes makes another version, with another hash (PRI-09).
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

PARTS: Final = ("R", "F", "G", "V", "B")


class BadScheme(ValueError):
    """A scheme lacks a constant, has one too many, or one that cannot be; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Params:
    """The constants of a scheme: windows and half-lives in days, caps in incidents, people, or days of weight."""

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
    """A scheme by name and version, with its constants and how much each of its parts counts: together one."""

    name: str
    version: int
    params: Params
    weights: Mapping[str, float]

    @property
    def canonical(self) -> str:
        """Its JSON with keys sorted and no spaces (PRI-09)."""
        return canonical(
            {
                "name": self.name,
                "version": self.version,
                "params": {name: getattr(self.params, name) for name in Params.__slots__},
                "weights": dict(self.weights),
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
    below = [name for name, value in params.items() if value <= 0]
    if below:
        raise BadScheme(f"{', '.join(below)} must be more than nought")
    if any(weight < 0 for weight in weights.values()) or abs(sum(weights.values()) - 1) > 1e-9:
        raise BadScheme("weights must not be below nought, and be one together")
    if params["victim_cap"] < 2:
        raise BadScheme("victim_cap must be two or more: V counts people beyond the first")
    return Scheme(str(said["name"]), int(said["version"]), Params(**params), dict(weights))


@cache
def default() -> Scheme:
    """RFGV-B, version 1 (methods A5)."""
    text = files("craffu.prevention.scoring").joinpath("schemes/rfgv_b_1.toml").read_text(encoding="utf-8")
    return scheme_of(tomllib.loads(text))
