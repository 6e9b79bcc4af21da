"""Police records laid out as another system's: read through the shipped mapping, they say what the documented layout says."""

from dataclasses import replace
from pathlib import Path

import pytest

from craffu.config.generate.force import generate
from craffu.config.generate.layouts import DOCUMENTED, LAYOUTS
from craffu.config.generate.tables import layout, words
from craffu.config.generate.writing import in_windows_1252
from craffu.intake import records
from craffu.intake.records.mapping import read_mapping
from craffu.intake.records.reading import read_tables
from craffu.intake.records.shape import shape
from tests.integration.config.generate.conftest import WANTED, Rows, rows_in

MAPPINGS = Path(records.__file__).parents[1] / "mappings"
SMALL = replace(WANTED, people=1_500)
OTHERS = [name for name in LAYOUTS if name != DOCUMENTED]


@pytest.fixture(scope="module")
def documented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documented") / "made"
    generate(folder, SMALL)
    return folder


def read_back(path: Path, name: str) -> dict[str, dict[str, str]]:
    """The rows that intake can use, by key, with the columns the mapping tells of."""
    mapped = read_mapping("rms", (MAPPINGS / f"{name}.toml").read_bytes())
    (table,) = read_tables(path.read_bytes(), mapped)
    good = shape(list(table.rows), table.found, mapped.order).good
    columns = list(table.found.mapping.columns)
    return {
        key: dict(zip(columns, values, strict=True))
        for key, *values in zip(good.keys, *(good.columns[column] for column in columns), strict=True)
    }


def said(rows: Rows, table: str) -> dict[str, dict[str, str]]:
    key = {"persons": ("person_ref",), "crimes": ("crime_ref",), "contacts": ("contact_ref",)}[table]
    return {"/".join(row[one] for one in key): row for row in rows}


@pytest.mark.parametrize(
    "table",
    ["persons", pytest.param("crimes", marks=pytest.mark.deep), pytest.param("contacts", marks=pytest.mark.deep)],
)
@pytest.mark.parametrize("name", OTHERS)
def test_a_mapping_reads_back_what_was_meant(documented: Path, tmp_path: Path, name: str, table: str) -> None:
    generate(tmp_path / "made", replace(SMALL, layout=name))
    read = read_back(tmp_path / "made" / "police" / f"{table}-001.csv", name)
    ours = said(rows_in(documented, "police", table), table)
    whole = {row["key"] for row in rows_in(documented, "truth", "records") if row["breaks_layout"] == "yes"}
    assert set(ours) - whole == set(read)
    texts = [column for column, entry in layout("rms")[table].items() if entry["kind"] not in ("instant",)]
    for key, row in read.items():
        for column in texts:
            if column in row and (name, column) != ("nominals", "recorded_as"):
                expected = ours[key][column]
                if name == "nominals":
                    (expected,) = in_windows_1252(words([expected]))
                assert row[column] == expected


@pytest.mark.deep
@pytest.mark.parametrize("name", OTHERS)
def test_the_truth_is_the_same_in_every_layout(documented: Path, tmp_path: Path, name: str) -> None:
    generate(tmp_path / "made", replace(SMALL, layout=name))
    for table in ("people", "incidents", "orders", "breaches"):
        path = Path("truth") / f"{table}.csv"
        assert (documented / path).read_bytes() == (tmp_path / "made" / path).read_bytes()


def test_every_mapping_shipped_is_a_layout_that_can_be_asked_for() -> None:
    assert {path.stem for path in MAPPINGS.glob("*.toml")} == set(OTHERS)
