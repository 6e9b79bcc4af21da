"""On how many residents a rate stands, and where there is no such number (MSR-04: the base is named).

Census 2011, usual residents; sources and what is left out stand in `known/README.md`.
"""

import csv
import functools
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from craffu.published.definitions import Words
from craffu.published.rules import Why

BASE: Final = Words("usual residents, Census 2011", "preswylwyr arferol, Cyfrifiad 2011")

_WHY: Final = {
    "districts_without_force": Why.NO_BASE,
    "no_resident_base": Why.NO_BASE,
    "few_residents": Why.BASE_SAYS_NOTHING,
}


@dataclass(frozen=True, slots=True)
class Residents:
    """The residents of an area, or why no rate is worked out on them."""

    number: int | None
    why_not: Why | None = None
    because: str = ""


@functools.cache
def _known() -> dict[tuple[str, str], Residents]:
    text = files("craffu.published").joinpath("known/populations.csv").read_text(encoding="utf-8")
    return {
        (row["area_kind"], row["area"]): Residents(
            int(row["residents"]) if row["residents"] else None,
            _WHY[row["no_rate_because"]] if row["no_rate_because"] else None,
            row["no_rate_because"],
        )
        for row in csv.DictReader(text.splitlines())
    }


def residents_of(area_kind: str, area: str) -> Residents:
    """The residents of an area by kind and code. An area that is not known has none, rather than none at all."""
    return _known().get((area_kind, area), Residents(None, Why.NO_BASE, "not_known"))
