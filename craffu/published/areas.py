"""Which area a printed name means: forces under any of the names that publishers give them, by code (rule: never guess).

Codes of the territorial forces and British Transport Police are the two digits of court and police messages (Ministry of
Justice standing data, MIT licence). A name that is not here is nobody's: whoever reads it parks the row (INT-04).
"""

import csv
import functools
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from craffu.common.languages import fold

FORCE: Final = "force"
COUNTRY: Final = "country"
NOT_POLICE: Final = "not_police"

# Words that one publisher writes with a force's name and another leaves out.
_LEFT_OUT: Final = frozenset(
    {"police", "constabulary", "service", "force", "the", "and", "heddlu", "gwasanaeth", "yr", "y", "a"}
)


@dataclass(frozen=True, slots=True)
class Area:
    """A force, a country, or something published beside the forces that is no police force."""

    kind: str
    code: str
    name_en: str
    name_cy: str

    def name(self, language: str) -> str:
        return self.name_cy if language == "cy" else self.name_en


def _folded(name: str) -> str:
    words = fold(name).split()
    return " ".join(word for word in words if word not in _LEFT_OUT) or " ".join(words)


@functools.cache
def _areas() -> tuple[dict[tuple[str, str], Area], dict[str, Area]]:
    by_code: dict[tuple[str, str], Area] = {}
    by_name: dict[str, Area] = {}

    def add(area: Area, *names: str) -> None:
        by_code[area.kind, area.code] = area
        for name in (area.name_en, area.name_cy, *names):
            if by_name.setdefault(_folded(name), area) != area:
                raise ValueError(f"{name!r} would name two areas")

    stated = tomllib.loads(files("craffu.published").joinpath("known/areas.toml").read_text(encoding="utf-8"))
    aliases: dict[str, list[str]] = stated["force_aliases"]
    forces = files("craffu.access").joinpath("reference/forces.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(forces.splitlines()):
        add(Area(FORCE, row["code"], row["name_en"], row["name_cy"]), *aliases.get(row["code"], []))
    for other in stated["area"]:
        add(Area(other["kind"], other["code"], other["name_en"], other["name_cy"]), *other["aliases"])
    return by_code, by_name


def find_area(name: str) -> Area | None:
    """The area a printed name means, or None: `London, City of` and `City of London Police` are one force."""
    return _areas()[1].get(_folded(name))


def area_by_code(kind: str, code: str) -> Area | None:
    return _areas()[0].get((kind, code))


def police_forces() -> list[Area]:
    """Every territorial force and British Transport Police, by code; the invented force of the demo is not among them."""
    return sorted(
        (area for area in _areas()[0].values() if area.kind == FORCE and area.code != "demo"), key=lambda a: a.code
    )


ENGLAND_AND_WALES: Final = "EW"
