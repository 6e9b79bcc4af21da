"""A file of street-level crime as large as anybody will send, for B8: invented from a fixed seed, in its publisher's layout.

No row of it is a real one. What it shares with real files is what makes them slow or hard: a fifth of the rows without Crime
ID, rows that repeat exactly, a few without a place or outside their force, Crime IDs in no order.
"""

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

from craffu.intake.published_tables.districts import force_of_district
from craffu.published.areas import FORCE, area_by_code

HEADER = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Crime type", "Last outcome category", "Context",
)  # fmt: skip
MONTHS = ("2026-07", "2026-08")
WITHOUT_ID = "Anti-social behaviour"
# Rows in a hundred, about as the published files have them.
TYPES = {
    "Violence and sexual offences": 33, WITHOUT_ID: 20, "Public order": 9, "Criminal damage and arson": 9, "Other theft": 8,
    "Burglary": 5, "Vehicle crime": 5, "Shoplifting": 4, "Drugs": 3, "Other crime": 2, "Robbery": 1, "Bicycle theft": 1,
}  # fmt: skip
OUTCOMES = {
    "Unable to prosecute suspect": 42, "Investigation complete; no suspect identified": 35, "Status update unavailable": 10,
    "Local resolution": 4, "Court result unavailable": 4, "Offender given a caution": 2, "Awaiting court outcome": 2,
    "Further investigation is not in the public interest": 1,
}  # fmt: skip
ROADS = ("Street", "Road", "Close", "Avenue", "Lane", "Crescent", "Court", "Place")
NO_PLACE = ",,No Location,,"
PLACES_OF_A_DISTRICT, POINTS_OF_A_PLACE = 120, 12
NO_PLACE_RATE, OUTSIDE_RATE = 0.02, 0.005


def write_street_file(path: Path, rows: int, seed: int = 8) -> str:
    """Write the file and return its sha256: the same for the same seed, so that two runs can be told to have had the same."""
    sha256 = hashlib.sha256()
    with path.open("wb") as file:
        for lines in _blocks(rows, random.Random(seed), seed):  # noqa: S311  # invented rows, nothing to keep secret
            sha256.update(lines)
            file.write(lines)
    return sha256.hexdigest()


def _blocks(rows: int, chance: random.Random, seed: int, at_once: int = 20_000) -> Iterator[bytes]:
    yield (",".join(HEADER) + "\n").encode()
    forces = _points_by_force(chance)
    types, outcomes = _Weighted(TYPES), _Weighted(OUTCOMES)
    names, drawn = list(forces), chance.random
    for start in range(0, rows, at_once):
        lines = []
        for number in range(start, min(rows, start + at_once)):
            name = names[int(drawn() * len(names))]
            nearby = forces[name] if drawn() >= OUTSIDE_RATE else forces[names[int(drawn() * len(names))]]
            # Some points are drawn far more often than others, as the middle of a town is.
            place = nearby[int(drawn() ** 1.5 * len(nearby))] if drawn() >= NO_PLACE_RATE else NO_PLACE
            crime = types.one(drawn())
            known = crime != WITHOUT_ID
            identifier = hashlib.sha256(b"%d-%d" % (seed, number)).hexdigest() if known else ""
            outcome = outcomes.one(drawn()) if known else ""
            month = MONTHS[number * len(MONTHS) // rows]
            lines.append(f"{identifier},{month},{name},{name},{place},{crime},{outcome},\n")
        yield "".join(lines).encode()


class _Weighted:
    """Words by how many of a hundred rows have them."""

    def __init__(self, weights: dict[str, int]) -> None:
        self._words = [word for word, number in weights.items() for _ in range(number)]

    def one(self, drawn: float) -> str:
        return self._words[int(drawn * len(self._words))]


def _points_by_force(chance: random.Random) -> dict[str, list[str]]:
    """The points of each force's area, by the force's name: longitude to LSOA name, as a row has them."""
    points: dict[str, list[str]] = {}
    code = 0
    for district, number in sorted(force_of_district().items()):
        area = area_by_code(FORCE, number)
        if area is None or "," in district:
            continue
        west, south = -4.5 + 5.5 * chance.random(), 50.5 + 4.5 * chance.random()
        for place in range(PLACES_OF_A_DISTRICT):
            code += 1
            lsoa = f"E01{code:06},{district} {place // 4 + 1:03}{'ABCD'[place % 4]}"
            points.setdefault(area.name_en, []).extend(
                f"{west + chance.random() / 5:.6f},{south + chance.random() / 5:.6f},"
                f"On or near {_word(chance)} {ROADS[int(chance.random() * len(ROADS))]},{lsoa}"
                for _ in range(POINTS_OF_A_PLACE)
            )
    return points


def _word(chance: random.Random) -> str:
    parts = ("ash", "ber", "col", "den", "elm", "far", "glen", "hol", "ing", "lea", "mor", "nor", "pen", "wick", "ton")
    return "".join(parts[int(chance.random() * len(parts))] for _ in range(3)).capitalize()
