"""One model on two engines: DuckDB and Spark make the same persons of the same records, and the same run gives the same."""

import csv
import shutil
from pathlib import Path

import pytest

from craffu.config import cli
from craffu.engines.choice import Engine, Kind
from craffu.linkage.model.linking import Linked, linked
from tests.linkage.hard_tables import another_century

DUCKDB, SPARK = Engine(Kind.DUCKDB), Engine(Kind.SPARK)
NO_JAVA = "skipped: no Java, which Spark runs on"
without_java = pytest.mark.skipif(shutil.which("java") is None, reason=NO_JAVA)

# pyspark leaves sockets to its other process, and says what of pandas it will not support.
pytestmark = [pytest.mark.rule("IDN-02"), pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


def _records(count: int, seed: int) -> list[dict[str, str]]:
    table = another_century(count, seed)
    columns = {part: str(column) for part, column in table.mapping.items() if part not in ("id", "other", "place")}
    return [{part: row[column] for part, column in columns.items()} for row in table.rows]


def _same(one: Linked, other: Linked) -> None:
    assert (one.persons, one.auto) == (other.persons, other.auto)
    assert [link[:2] for link in one.links] == [link[:2] for link in other.links]
    assert [link.probability for link in one.links] == [link.probability for link in other.links]
    assert [one.said_of(link) for link in one.links] == [other.said_of(link) for link in other.links]
    assert (one.clerical, one.model.levels) == (other.clerical, other.model.levels)


@pytest.mark.deep
@without_java
@pytest.mark.sqlite
def test_both_engines_make_the_same_persons() -> None:
    records = _records(150, 3)
    on_duckdb = linked(records, engine=DUCKDB)
    assert len(on_duckdb.links) > 40
    _same(on_duckdb, linked(records, engine=SPARK))


@without_java
@pytest.mark.deep
@pytest.mark.sqlite
def test_both_engines_make_the_same_persons_of_a_hundred_thousand_records(tmp_path: Path) -> None:
    assert cli.main(["generate", str(tmp_path), "--people", "64000", "--seed", "41"]) == 0
    parts = (
        "given_name",
        "family_name",
        "aliases",
        "date_of_birth",
        "sex",
        "address",
        "place",
        "postcode",
        "identifier",
    )
    with (tmp_path / "truth" / "descriptions.csv").open(encoding="utf-8", newline="") as file:
        records = [{part: row[part] for part in parts} for row in csv.DictReader(file)]
    assert len(records) >= 95_000
    _same(linked(records, engine=DUCKDB), linked(records, engine=SPARK))


@pytest.mark.deep
@pytest.mark.sqlite
def test_the_same_records_and_seed_give_the_same_model() -> None:
    records = _records(150, 4)
    first, again = (linked(records, engine=DUCKDB) for _ in range(2))
    assert (first.model.version, first.model.data) == (again.model.version, again.model.data)
    assert first.model.as_json() == again.model.as_json()
    _same(first, again)
    assert linked(records[1:], engine=DUCKDB).model.data != first.model.data
    # what a later run compares itself with
    assert first.model.filled["family"] > 0.99
    assert sum(first.model.levels["family"].values()) == pytest.approx(1, abs=0.01)
