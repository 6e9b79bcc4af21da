"""What each published series counts, over which periods, by whose word, and what may never be done with it.

MSR-01: one definition used wherever the figure stands. Each series is a file in `series/`, in English and Welsh; a file that
leaves something out cannot be loaded, so no figure is shown without its definition, source and caveats.
"""

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib.resources import files
from typing import Any, Final

from craffu.published.periods import Period, PeriodKind, parse_period


class SeriesFault(ValueError):
    """A file of `series/` does not say what it must."""


class Unit(StrEnum):
    """What one of a figure is. Figures of two units are never added, divided or drawn on one line unlabelled (MSR-05)."""

    CRIME = "crime"
    OUTCOME = "outcome"
    APPLICATION = "application"
    ORDER = "order"
    INCIDENT = "incident"
    DEFENDANT = "defendant"
    CONVICTION = "conviction"
    RESIDENT = "resident"


NEVER_SUM: Final = frozenset({"periods", "areas", "measures"})
NEVER: Final = frozenset({"grant_rate", "change"})


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    en: str
    cy: str

    def in_language(self, language: str) -> str:
        return self.cy if language == "cy" else self.en


@dataclass(frozen=True, slots=True)
class Break:
    """A day on which what is counted changed: periods on its two sides are not compared (MSR-07)."""

    key: str
    at: date
    name: Words
    why: Words


@dataclass(frozen=True, slots=True)
class Gap:
    """A period that was never published: a gap on the line, never bridged."""

    period: Period
    why: Words


@dataclass(frozen=True, slots=True)
class Measure:
    key: str
    unit: Unit
    label: Words


@dataclass(frozen=True, slots=True)
class WholeAndParts:
    """Measures that are parts of another, of one area and period; `exact` where they make it up entirely."""

    whole: str
    parts: tuple[str, ...]
    exact: bool = False


@dataclass(frozen=True, slots=True)
class RateOf:
    """A published rate and the two measures it was worked out from."""

    rate: str
    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True)
class Series:
    """One published series: everything that must be said beside its figures, and what may never be done with them."""

    key: str
    title: Words
    definition: Words
    unit: Unit
    counting_rules: Words
    period_kind: PeriodKind
    publisher: Words
    source: Words
    licence: str
    attribution: str
    breaks: tuple[Break, ...]
    gaps: tuple[Gap, ...]
    caveats: tuple[Words, ...]
    warning: Words | None
    never_sum: frozenset[str]
    never: frozenset[str]
    measures: Mapping[str, Measure]
    # Whether measures that the file does not list, such as offences, may occur.
    open_measures: bool
    zero_may_mean_not_supplied: bool
    wholes: tuple[WholeAndParts, ...]
    rates: tuple[RateOf, ...]

    def measure(self, key: str) -> Measure:
        """The measure, with its printed name for a label where the series does not list its measures."""
        if key in self.measures:
            return self.measures[key]
        if not self.open_measures:
            raise KeyError(f"{self.key} has no measure {key}")
        return Measure(key, self.unit, Words(key, key))


def load(text: str, name: str) -> Series:
    """The series a file describes. Raises SeriesFault, naming the file and what it leaves out or says wrongly."""
    try:
        return _series(tomllib.loads(text))
    except (KeyError, TypeError, ValueError) as fault:
        raise SeriesFault(f"series/{name}: {fault}") from fault


def _series(said: dict[str, Any]) -> Series:
    text, source, checks = said["text"], said["source"], said["checks"]
    listed = [Measure(_filled(one, "key"), Unit(one["unit"]), _words(one, "")) for one in said.get("measures", [])]
    series = Series(
        key=_filled(said, "key"),
        title=_words(text, "title"),
        definition=_words(text, "definition"),
        unit=Unit(said["unit"]),
        counting_rules=_words(text, "counting_rules"),
        period_kind=PeriodKind(said["period_kind"]),
        publisher=_words(source, "publisher"),
        source=_words(source, "source"),
        licence=_filled(source, "licence"),
        attribution=_filled(source, "attribution"),
        breaks=tuple(breaks()[key] for key in said["breaks"]),
        gaps=tuple(Gap(parse_period(gap["period"]), _words(gap, "")) for gap in said.get("gaps", [])),
        caveats=tuple(_words(caveat, "") for caveat in said.get("caveats", [])),
        warning=_words(text, "warning") if "warning_en" in text or "warning_cy" in text else None,
        never_sum=_among(said["never_sum"], NEVER_SUM),
        never=_among(said["never"], NEVER),
        measures={measure.key: measure for measure in listed},
        open_measures=bool(said.get("open_measures", False)),
        zero_may_mean_not_supplied=bool(said.get("zero_may_mean_not_supplied", False)),
        wholes=tuple(
            WholeAndParts(one["whole"], tuple(one["parts"]), one.get("exact", False)) for one in checks["whole_parts"]
        ),
        rates=tuple(RateOf(**one) for one in checks.get("rates", [])),
    )
    _check(series, said)
    return series


_KNOWN: Final = frozenset(
    {
        "key", "unit", "period_kind", "open_measures", "never_sum", "never", "breaks", "zero_may_mean_not_supplied", "text",
        "source", "measures", "gaps", "caveats", "checks",
    }
)  # fmt: skip


def _check(series: Series, said: dict[str, Any]) -> None:
    strange = sorted(said.keys() - _KNOWN)
    if strange:
        raise ValueError(f"nobody reads {', '.join(strange)}")
    if not series.measures and not series.open_measures:
        raise ValueError("it has no measures")
    if series.never and series.warning is None:
        raise ValueError("it forbids a reading without a warning that says why")
    if series.period_kind is PeriodKind.ROLLING_YEAR and "periods" not in series.never_sum:
        raise ValueError("rolling years overlap, so never_sum must name periods")
    if any(gap.period.kind is not series.period_kind for gap in series.gaps):
        raise ValueError("a gap is of another kind of period")
    for wholes in series.wholes:
        for key in (wholes.whole, *wholes.parts):
            series.measure(key)


def _filled(said: Mapping[str, Any], name: str) -> str:
    value = said[name]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} is empty")
    return value


def _words(said: Mapping[str, Any], name: str) -> Words:
    prefix = f"{name}_" if name else ""
    return Words(_filled(said, f"{prefix}en"), _filled(said, f"{prefix}cy"))


def _among(said: Iterable[str], known: frozenset[str]) -> frozenset[str]:
    strange = frozenset(said) - known
    if strange:
        raise ValueError(f"{', '.join(sorted(strange))} is none of {', '.join(sorted(known))}")
    return frozenset(said)


@functools.cache
def breaks() -> Mapping[str, Break]:
    """Every known change of what is counted, by key, in the order of time."""
    said = tomllib.loads(_read("known/breaks.toml"))
    known = [Break(key, one["at"], _words(one, "name"), _words(one, "why")) for key, one in said.items()]
    return {one.key: one for one in sorted(known, key=lambda one: one.at)}


@functools.cache
def all_series() -> Mapping[str, Series]:
    """Every series Craffu knows, by key."""
    folder = files("craffu.published").joinpath("series")
    loaded = [
        load(file.read_text(encoding="utf-8"), file.name) for file in folder.iterdir() if file.name.endswith(".toml")
    ]
    return {series.key: series for series in sorted(loaded, key=lambda series: series.key)}


def series_of(key: str) -> Series:
    """One series. Raises KeyError for a key that no file defines."""
    return all_series()[key]


def _read(name: str) -> str:
    return files("craffu.published").joinpath(name).read_text(encoding="utf-8")
