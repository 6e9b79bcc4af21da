"""How grave each offence weighs, as data: our own stated choice, or a table that a force loads (methods A2; PRI-03, PRI-09).

Pure. A table is named by a hash, as a scheme is, and what is not in it is not known.
"""

import hashlib
import statistics
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

from craffu.prevention.population.rules import Group
from craffu.prevention.scoring.rules import Weights
from craffu.prevention.scoring.schemes import canonical

INCIDENT: Final = "incident"
ORDER_BREACH: Final = "order_breach"
_SUBGROUP: Final = frozenset({Group.STALKING, Group.HARASSMENT})


class BadTable(ValueError):
    """A table of weights cannot be read; the message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Offence:
    """A kind of offence, its weight in days, and the group by which it brings somebody into the population, if any."""

    key: str
    days: float
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Offences by the classes of recorded crime and the codes of the courts; a code says more than its class."""

    name: str
    version: int
    by_key: Mapping[str, Offence]
    by_class: Mapping[str, Offence]
    by_code: Mapping[str, Offence]
    # What a force's own table says of a code or a class, in days.
    loaded: Mapping[str, float] = field(default_factory=dict)

    def of(self, code: str, class_: str) -> Offence | None:
        """The kind of an offence; None where neither its code nor its class is known."""
        return self.by_code.get(code) or self.by_class.get(class_)

    def days(self, code: str, class_: str, offence: Offence | None) -> float | None:
        """What it weighs: by the table loaded, where there is one and it says so, else by its kind. None is not known."""
        if self.loaded:
            return self.loaded.get(code, self.loaded.get(class_))
        return None if offence is None else offence.days

    @property
    def unknown(self) -> Weights:
        """What is taken for an offence that is not known: the middle of stalking and harassment, and the ends (PRI-03)."""
        days = self._subgroup() or [UNKNOWN_DAYS]
        return Weights(statistics.median(days), min(days), max(days))

    def _subgroup(self) -> list[float]:
        if not self.loaded:
            return [one.days for one in self.by_key.values() if one.group in _SUBGROUP]
        listed = {**self.by_class, **self.by_code}
        return [days for name, days in self.loaded.items() if name in listed and listed[name].group in _SUBGROUP]

    @property
    def canonical(self) -> str:
        said = {
            "name": self.name, "version": self.version, "loaded": dict(self.loaded),
            "days": {key: one.days for key, one in self.by_key.items()},
            "kinds": {name: one.key for of in (self.by_class, self.by_code) for name, one in of.items()},
        }  # fmt: skip
        return canonical(said)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.canonical.encode()).hexdigest()


# Where a loaded table says nothing of stalking or harassment at all.
UNKNOWN_DAYS: Final = 10.0


@cache
def own() -> Table:
    """Craffu-H, version 1: our own stated choice."""
    said = tomllib.loads(
        files("craffu.prevention.scoring").joinpath("tables/craffu_h_1.toml").read_text(encoding="utf-8")
    )
    return table_of(said)


def table_of(said: Mapping[str, Any]) -> Table:
    """A table as it was written. Raises BadTable."""
    by_key: dict[str, Offence] = {}
    by_class: dict[str, Offence] = {}
    by_code: dict[str, Offence] = {}
    for row in said["offence"]:
        one = Offence(row["key"], float(row["days"]), Group(row["group"]) if "group" in row else None)
        if one.days <= 0:
            raise BadTable(f"{one.key} weighs {one.days:g} days: give more than nought")
        for names, into in (([one.key], by_key), (row.get("classes", ()), by_class), (row.get("codes", ()), by_code)):
            for name in names:
                if name in into:
                    raise BadTable(f"{name} stands in the table twice")
                into[name] = one
    return Table(str(said["name"]), int(said["version"]), by_key, by_class, by_code)


def loaded(name: str, version: int, rows: Iterable[tuple[str, str]]) -> Table:
    """A force's own table: for each code or class its days. What kind of offence each is stays ours. Raises BadTable."""
    days: dict[str, float] = {}
    for line, (code, said) in enumerate(rows, 2):
        try:
            weight = float(said)
        except ValueError as fault:
            raise BadTable(f'line {line} says "{said}" for {code}: a weight is a number of days') from fault
        if not code or code in days or not 0 < weight < float("inf"):
            raise BadTable(f'line {line} says "{said}" for "{code}": give each code once, with more than nought days')
        days[code] = weight
    if not days:
        raise BadTable("the table holds no weight: give lines of code,days")
    kinds = own()
    return Table(name, version, kinds.by_key, kinds.by_class, kinds.by_code, days)


def table_kept(said: Mapping[str, Any], version: int) -> Table:
    """A table from the words that a run kept; by which group an offence brings somebody in is ours."""
    ours = own().by_key
    by_key = {
        key: Offence(key, float(days), ours[key].group if key in ours else None) for key, days in said["days"].items()
    }
    by_name = {name: by_key[key] for name, key in said["kinds"].items()}
    return Table(str(said["name"]), version, by_key, by_name, by_name, dict(said["loaded"]))
