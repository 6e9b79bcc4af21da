"""What would be published about invented forces: offences by quarter, and the rolling years that add up from them.

Columns as in the published offence-level file of 2017/18 and in the ONS table of rolling years. The region says `Invented`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from craffu.config.generate.chance import whole
from craffu.config.generate.days import day_of, months_of, number
from craffu.config.generate.offences import OFFENCES
from craffu.config.generate.tables import words
from craffu.config.generate.world import World
from craffu.config.generate.writing import Block, Extracts

SYSTEM = "published"
REGION = "Invented"
QUARTERLY = (
    "Financial Year", "Financial Quarter", "Force Name", "Offence Description", "Offence Group", "Offence Subgroup",
    "Offence Code", "Number of Offences",
)  # fmt: skip
ROLLING = ("12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences")
_LISTED = [row for row in OFFENCES if row["home_office_class"]]

type Quarter = int
type Counts = dict[Quarter, Counter[str]]


def quarters_of(world: World) -> Counts:
    """Crimes by quarter of recording (quarters since the year 0) and by published code; whole quarters only."""
    crimes = world.crimes
    day = crimes.recorded // 1440
    codes = words([*(row["home_office_class"] for row in OFFENCES), ""])[crimes.offence]
    quarter = months_of(day) // 3
    first = int((months_of(whole([world.first_day]))[0] + 2) // 3)
    after = int(months_of(whole([world.last_day + 1]))[0] // 3)
    made: Counts = {one: Counter() for one in range(first, after)}
    counted = Counter(zip(quarter.tolist(), codes.tolist(), strict=True))
    for (one, code), count in counted.items():
        if code and one in made:
            made[one][code] += count
    return made


def write(folder: Path, forces: Iterable[tuple[str, Counts]]) -> Extracts:
    """Both files, all forces in them."""
    into = Extracts(folder)
    listed = list(forces)
    into.write(SYSTEM, "recorded-crime", [_quarterly(listed)], columns=QUARTERLY)
    into.write(SYSTEM, "recorded-crime-rolling", [_rolling(listed)], columns=ROLLING)
    return into


def _offences() -> list[dict[str, str]]:
    """One row for each published code."""
    return list({row["home_office_class"]: row for row in _LISTED}.values())


def _quarterly(forces: list[tuple[str, Counts]]) -> Block:
    rows = [
        (
            financial_year(quarter), str(quarter % 4 or 4), force, offence["description"], offence["group"],
            offence["subgroup"], offence["home_office_class"], str(counts[quarter][offence["home_office_class"]]),
        )
        for force, counts in forces
        for quarter in sorted(counts)
        for offence in _offences()
    ]  # fmt: skip
    return _block(QUARTERLY, rows)


def _rolling(forces: list[tuple[str, Counts]]) -> Block:
    label = {row["home_office_class"]: row["rolling_label"] for row in _LISTED}
    rows = []
    for force, counts in forces:
        for quarter in sorted(counts):
            year = range(quarter - 3, quarter + 1)
            if not all(one in counts for one in year):
                continue
            total: Counter[str] = Counter(dict.fromkeys(label.values(), 0))
            for one in year:
                for code, count in counts[one].items():
                    total[label[code]] += count
            ends = f"{last_day(quarter):%d-%m-%Y}"
            rows += [(ends, force, REGION, name, str(count)) for name, count in sorted(total.items())]
    return _block(ROLLING, rows)


def financial_year(quarter: Quarter) -> str:
    """`2017/18`: January to March belong to the year before."""
    year = quarter // 4 - (quarter % 4 == 0)
    return f"{year}/{(year + 1) % 100:02}"


def last_day(quarter: Quarter) -> date:
    after = quarter + 1
    return day_of(number(date(after // 4, after % 4 * 3 + 1, 1)) - 1)


def _block(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Block:
    listed = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    return Block({name: list(values) for name, values in zip(columns, listed, strict=True)})
