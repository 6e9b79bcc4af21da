"""What each measure counts, of what, over which time and with which traps: one versioned definition, used wherever it stands.

MSR-01, MSR-05; requirements 5. Pure. Each version of a measure is a file of `measure_definitions/` in English and Welsh. A file
that leaves something out, or says what nobody reads, cannot be loaded, so that no figure is shown without its definition.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from craffu.measures.statistics.signals import Better
from craffu.published.definitions import Words

FOLDER: Final = "measure_definitions"
_CODE: Final = re.compile(r"MET[0-9]{2}[a-z]?")


class DefinitionFault(ValueError):
    """A file of `measure_definitions/` does not say what it must; the message names the file and what to mend."""


class Kind(StrEnum):
    """Which time a measure is about. A rate of a period and one of a cohort are labelled, and never mixed (MSR-05)."""

    PERIOD = "period"
    STATE = "state"
    COHORT = "cohort"


class Unit(StrEnum):
    """What one of a figure is. Figures of two units are never added or divided unlabelled (MSR-05)."""

    APPLICATION = "application"
    CASE = "case"
    CHECK = "check"
    CRIME = "crime"
    DECISION = "decision"
    DEFENDANT_CASE = "defendant_case"
    EPISODE = "episode"
    EVENT_VICTIM = "event_victim"
    INCIDENT = "incident"
    ORDER = "order"
    PERSON = "person"
    PROMISED_CONTACT = "promised_contact"
    REQUEST = "request"
    RESPONSE = "response"
    REVIEW = "review"
    STAGE_INTERVAL = "stage_interval"
    STATION_SHIFT = "station_shift"


class Statistic(StrEnum):
    """What is worked out, and so by which method its interval is (MSR-04)."""

    COUNT = "count"
    PROPORTION = "proportion"
    RATE = "rate"
    DURATION = "duration"


class Basis(StrEnum):
    """Who set a time within which something is on time: the law, the Victims' Code, or the force, as a proposal."""

    NONE = "none"
    LAW = "law"
    CODE = "code"
    PROPOSAL = "proposal"


class Slice(StrEnum):
    """By what a measure may be split."""

    ORDER_TYPE = "order_type"
    AREA = "area"
    TEAM = "team"
    STATION = "station"
    RELATIONSHIP = "relationship"
    AGE_BAND = "age_band"
    SEX = "sex"
    ETHNICITY_SELF = "ethnicity_self"
    ETHNICITY_OFFICER = "ethnicity_officer"
    RISK = "risk"
    OFFENCE_CLASS = "offence_class"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Part:
    """One numerator of a measure, printed by itself; several are never added up."""

    key: str
    words: Words


@dataclass(frozen=True, slots=True)
class Definition:
    """A version of a measure: everything that must be said beside its figure, and by what it may be split."""

    code: str
    version: int
    since: date
    kind: Kind
    unit: Unit
    statistic: Statistic
    better: Better
    basis: Basis
    within: str
    slices: tuple[Slice, ...]
    needs: tuple[str, ...]
    name: Words
    question: Words
    parts: tuple[Part, ...]
    denominator: Words
    traps: tuple[Words, ...]

    def __post_init__(self) -> None:
        wrong = _wrong(self)
        if wrong:
            raise ValueError(wrong)

    @property
    def sha256(self) -> str:
        """The hash that stands beside each of its figures: any word that changes makes another."""
        said = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
        return hashlib.sha256(said.encode()).hexdigest()


def _wrong(one: Definition) -> str:
    """What is wrong with a definition as a whole, and what to do; nothing where all is well."""
    keys = [part.key for part in one.parts]
    checks = (
        (not _CODE.fullmatch(one.code), f"code {one.code} must be as MET01 or MET01i"),
        (one.version < 1, "version must be 1 or more"),
        (not keys or len(set(keys)) < len(keys), "parts must be one or more, each with a key of its own"),
        (not one.needs, "needs must name the fields without which a row is missing, for its quality is printed"),
        (len(set(one.slices)) < len(one.slices), "slices must each be named once"),
        (
            (one.basis is Basis.NONE) == bool(one.within),
            "within must say the time limit where clock has a basis, and be left out where it is none",
        ),
    )
    return next((says for is_wrong, says in checks if is_wrong), "")


def read(text: str, name: str) -> Definition:
    """The definition a file describes. Raises DefinitionFault, naming the file and what it leaves out or says wrongly."""
    try:
        return _definition(tomllib.loads(text))
    except KeyError as fault:
        raise DefinitionFault(f"{FOLDER}/{name}: {fault.args[0]} is missing: write it") from fault
    except ValueError as fault:
        raise DefinitionFault(f"{FOLDER}/{name}: {fault}") from fault


_TOP: Final = frozenset(
    {
        "code", "version", "since", "kind", "unit", "statistic", "better", "slices", "needs", "clock", "name", "question",
        "parts", "denominator", "traps",
    }
)  # fmt: skip
_WORDS: Final = frozenset({"en", "cy"})


def _definition(said: Mapping[str, Any]) -> Definition:
    _only(said, _TOP, "the file")
    clock = said.get("clock", {})
    _only(clock, {"basis", "within"}, "clock")
    return Definition(
        code=_filled(said, "code"),
        version=_typed(said, "version", int),
        since=_typed(said, "since", date),
        kind=_one_of(said, "kind", Kind),
        unit=_one_of(said, "unit", Unit),
        statistic=_one_of(said, "statistic", Statistic),
        better=_one_of(said, "better", Better),
        basis=_one_of(clock, "basis", Basis) if clock else Basis.NONE,
        within=_filled(clock, "within") if "within" in clock else "",
        slices=tuple(_one_of({"slices": one}, "slices", Slice) for one in _typed(said, "slices", list)),
        needs=tuple(_filled({"needs": one}, "needs") for one in _typed(said, "needs", list)),
        name=_words(said, "name"),
        question=_words(said, "question"),
        parts=tuple(_part(one) for one in _typed(said, "parts", list)),
        denominator=_words(said, "denominator"),
        traps=tuple(_words({"traps": one}, "traps") for one in _typed(said, "traps", list)),
    )


def _part(said: Any) -> Part:
    _only(said, _WORDS | {"key"}, "parts")
    return Part(_filled(said, "key"), Words(_filled(said, "en"), _filled(said, "cy")))


def _words(said: Mapping[str, Any], name: str) -> Words:
    text = _typed(said, name, dict)
    _only(text, _WORDS, name)
    for language in ("en", "cy"):
        if language not in text:
            raise ValueError(f"{name}.{language} is missing: write it")
    return Words(_filled(text, "en"), _filled(text, "cy"))


def _filled(said: Mapping[str, Any], name: str) -> str:
    value = _typed(said, name, str)
    if not value.strip():
        raise ValueError(f"{name} is empty: write it")
    return value


def _typed[T](said: Mapping[str, Any], name: str, kind: type[T]) -> T:
    value = said[name]
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ValueError(f"{name} must be {_KINDS[kind]}, and is {value!r}")
    return value


_KINDS: Final[Mapping[type, str]] = {
    str: "text",
    int: "a whole number",
    date: "a day such as 2026-11-01",
    list: "a list",
    dict: "text in en and cy",
}


def _one_of[E: StrEnum](said: Mapping[str, Any], name: str, kind: type[E]) -> E:
    value = _filled(said, name)
    if value not in list(kind):
        raise ValueError(f"{name} must be one of {', '.join(kind)}, and is {value}")
    return kind(value)


def _only(said: Any, known: Iterable[str], where: str) -> None:
    if not isinstance(said, dict):
        raise ValueError(f"{where} must be a table of names and values, and is {said!r}")
    strange = sorted(said.keys() - set(known))
    if strange:
        raise ValueError(f"nobody reads {', '.join(strange)} of {where}: take it out or mend its name")


def gathered(held: Iterable[tuple[str, Definition]]) -> Mapping[str, tuple[Definition, ...]]:
    """The versions of each measure by its code, the first first, from the names of their files.

    Raises DefinitionFault where a file is not named by its code and version, or a version is missing, or begins before the last.
    """
    found: dict[str, list[Definition]] = {}
    for name, one in sorted(held, key=lambda each: (each[1].code, each[1].version)):
        if name != f"{one.code}_{one.version}.toml":
            raise DefinitionFault(f"{FOLDER}/{name}: it holds {one.code} version {one.version}: rename it so")
        versions = found.setdefault(one.code, [])
        if one.version != len(versions) + 1:
            raise DefinitionFault(
                f"{FOLDER}/{name}: version {len(versions) + 1} is missing: no version is ever dropped"
            )
        if versions and one.since <= versions[-1].since:
            raise DefinitionFault(f"{FOLDER}/{name}: since must be after that of version {one.version - 1}")
        versions.append(one)
    return {code: tuple(versions) for code, versions in found.items()}


@cache
def shipped() -> Mapping[str, tuple[Definition, ...]]:
    """Every version of every measure, by its code."""
    folder = files("craffu.measures").joinpath(FOLDER)
    texts = [(one.name, one.read_text(encoding="utf-8")) for one in folder.iterdir() if one.name.endswith(".toml")]
    return gathered((name, read(text, name)) for name, text in texts)


def definition(code: str, on: date | None = None) -> Definition:
    """The newest version of a measure, or that which held on a day. Raises KeyError for one that there is none of."""
    held = [one for one in shipped()[code] if on is None or one.since <= on]
    if not held:
        raise KeyError(f"{code} is defined from {shipped()[code][0].since} on")
    return held[-1]
