"""A small fictional force, written once for all tests of it, whichever worker they run in."""

import csv
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from craffu.config.generate.force import Made, Wanted, generate
from tests import shared

type Rows = list[dict[str, str]]
type Table = Callable[[str, str], Rows]

WANTED = Wanted(people=4_000, years=10, seed=23)


def rows_in(folder: Path, system: str, table: str) -> Rows:
    """All rows of a table, over its parts, in whatever encoding it is."""
    rows: Rows = []
    whole = folder / system / f"{table}.csv"
    for path in [whole] if whole.exists() else sorted((folder / system).glob(f"{table}-[0-9]*.csv")):
        encoding = "windows-1252" if system in ("probation", "witness-care") else "utf-8-sig"
        with path.open(encoding=encoding, newline="") as stream:
            rows += csv.DictReader(stream)
    return rows


@pytest.fixture(scope="package")
def force(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    def make(folder: Path) -> tuple[str, dict[str, int]]:
        return str(folder / "made"), asdict(generate(folder / "made", WANTED))

    folder, made = shared.made_once(tmp_path_factory, "generated", make)
    return Path(folder), Made(**made)


@pytest.fixture(scope="package")
def folder(force: tuple[Path, Made]) -> Path:
    return force[0]


@pytest.fixture(scope="package")
def table(folder: Path) -> Table:
    read: dict[tuple[str, str], Rows] = {}

    def of(system: str, name: str) -> Rows:
        if (system, name) not in read:
            read[system, name] = rows_in(folder, system, name)
        return read[system, name]

    return of
