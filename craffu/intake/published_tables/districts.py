"""Whose area a place lies in: districts of England and Wales by the force that polices them, and none given to a neighbour.

Facts from the lookup of the Home Office category mappings (England, Open Government Licence v3.0) and schedule 1 of the Police
Act 1996 (Wales). 53 districts of England have no force in that lookup and stay without one.
"""

import csv
import functools
from collections.abc import Mapping
from importlib.resources import files


@functools.cache
def force_of_district() -> Mapping[str, str]:
    """The code of the force, by the name of the district as it begins the names of its statistical areas."""
    lines = files("craffu.intake.published_tables").joinpath("districts.csv").read_text(encoding="utf-8").splitlines()
    return {row["district"]: row["force"] for row in csv.DictReader(lines)}


def district_of(lsoa_name: str) -> str:
    """`Powys 012A` lies in Powys."""
    return lsoa_name.rpartition(" ")[0]
