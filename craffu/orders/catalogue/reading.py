"""Reads the catalogue of kinds from its dated file, strictly: whatever a row lacks, adds or misstates is said by name."""

import json
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from craffu.orders.catalogue.kinds import Family, Kind, Standing

KINDS_FILE: Final = Path(__file__).resolve().parents[1] / "reference" / "kinds.json"
_UNIONS: Final = (Union, types.UnionType)


class CatalogueFaulty(ValueError):
    """The catalogue cannot be used; `faults` says what is wrong, each with its row and field."""

    code = "catalogue_faulty"

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


class _Wrong(ValueError):
    """One value is not what its field takes."""


def read_kinds(rows: Any) -> dict[str, Kind]:
    """The kinds of a catalogue by their codes, in its order. Raises CatalogueFaulty with everything that is wrong."""
    if not isinstance(rows, list) or not rows:
        raise CatalogueFaulty(["kinds: a list of kinds is wanted"])
    found: dict[str, Kind] = {}
    faults: list[str] = []
    for number, row in enumerate(rows, start=1):
        code = row.get("code") if isinstance(row, Mapping) else None
        label = code if isinstance(code, str) and code else f"row {number}"
        try:
            kind = _value(Kind, row, label)
        except CatalogueFaulty as error:
            faults += error.faults
            continue
        faults += [f"{label}: {fault}" for fault in _contradictions(kind)]
        if kind.code in found:
            faults.append(f"{label}: stands twice")
        found[kind.code] = kind
    if faults:
        raise CatalogueFaulty(faults)
    return found


@cache
def kinds() -> Mapping[str, Kind]:
    """The kinds Craffu knows, by code, in the order of rules.md, Annex A."""
    return types.MappingProxyType(read_kinds(json.loads(KINDS_FILE.read_text(encoding="utf-8"))["kinds"]))


def kind_of(code: str) -> Kind:
    """The kind of a code. Raises KeyError for one we do not know."""
    return kinds()[code]


def _contradictions(kind: Kind) -> Iterator[str]:
    standing, applying = kind.standing, kind.applying
    if standing.status == Standing.UNCOMMENCED and (standing.offered or standing.effective_from):
        yield "standing: offered although its commencement is not confirmed"
    if (standing.status == Standing.PILOT) != bool(standing.extents):
        yield "standing.extents: a pilot has areas, and nothing else has"
    if any(extent.effective_to < extent.effective_from for extent in standing.extents):
        yield "standing.extents: an area ends before it begins"
    if (applying.rank is None) != (applying.rank_by is None):
        yield "applying.rank_by: a rank is asked for by law or by policy, and no rank by neither"
    if kind.family == Family.NOTICE and applying.court is not None:
        yield "applying.court: a notice has no court"
    if kind.conditions.requirement_names and not kind.conditions.requirements:
        yield "conditions.requirement_names: it may not require anything"


def _value(wanted: Any, given: Any, where: str) -> Any:
    """A value as its field takes it; raises CatalogueFaulty with every fault found beneath."""
    if is_dataclass(wanted):
        return _record(wanted, given, where)
    origin, parts = get_origin(wanted), get_args(wanted)
    if origin in _UNIONS:
        return None if given is None else _value(next(part for part in parts if part is not type(None)), given, where)
    if origin is tuple:
        if not isinstance(given, list):
            raise CatalogueFaulty([f"{where}: a list is wanted"])
        return tuple(_value(parts[0], one, f"{where}[{number}]") for number, one in enumerate(given))
    if origin is Mapping:
        if not isinstance(given, Mapping):
            raise CatalogueFaulty([f"{where}: names with values are wanted"])
        return types.MappingProxyType({name: _value(parts[1], one, f"{where}.{name}") for name, one in given.items()})
    try:
        return _plain(wanted, given)
    except _Wrong as error:
        raise CatalogueFaulty([f"{where}: {given!r} is {error}"]) from None


def _record(wanted: Any, given: Any, where: str) -> Any:
    if not isinstance(given, Mapping):
        raise CatalogueFaulty([f"{where}: fields are wanted"])
    hints = get_type_hints(wanted)
    names = [field.name for field in fields(wanted)]
    faults = [f"{where}.{name}: missing" for name in names if name not in given]
    faults += [f"{where}.{name}: not a field" for name in given if name not in names]
    values = {}
    for name in names:
        if name in given:
            try:
                values[name] = _value(hints[name], given[name], f"{where}.{name}")
            except CatalogueFaulty as error:
                faults += error.faults
    if faults:
        raise CatalogueFaulty(faults)
    return wanted(**values)


def _plain(wanted: type, given: Any) -> Any:
    if issubclass(wanted, StrEnum):
        if given not in list(wanted):
            raise _Wrong(f"none of {', '.join(wanted)}")
        return wanted(given)
    if wanted is date:
        return _day(given)
    if type(given) is not wanted:
        raise _Wrong(f"no {wanted.__name__}")
    if isinstance(given, str) and not given.strip():
        raise _Wrong("empty")
    return given


def _day(given: Any) -> date:
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        raise _Wrong("no day, written like 2026-11-24") from None
