"""B8: a million rows of street-level crime are taken in by sets, and none of it changes what is stored or known again."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.config.bench import street
from craffu.config.bench.street_file import HEADER, write_street_file
from craffu.config.cli import NotCarriedOut
from craffu.intake import running
from craffu.intake.published_tables import street_crime
from craffu.intake.published_tables.street_rows import NEEDS, shape
from craffu.intake.published_tables.street_steps import described
from craffu.intake.running import take_in
from craffu.intake.tables.columns import read_columns
from craffu.published.facts import StreetRow
from craffu.published.models import StreetCrime
from craffu.published.queries import street_versions
from craffu.published.versions import street_content, street_digests
from tests.factories.street import write_month
from tests.factories.tables import csv_bytes

ROWS = 1_500
PRINTED = st.one_of(
    st.sampled_from(
        ["", "0", "-0", "-0.0", "1", "51.0", "1.10", "051.5", "0.0001", "0.00009", "-0.00001", "9.0000000000001", "0.1",
         "12.345678901234567", "0.30000000000000004", "89.99999999999999999"]
    ),
    st.floats(-89, 89).map(lambda number: f"{number:.6f}"),
    st.from_regex(r"\A-?[0-8]?[0-9](\.[0-9]{1,18})?\Z"),
)  # fmt: skip


def stored() -> list[tuple[object, ...]]:
    return list(
        StreetCrime.objects.order_by("key", "number").values_list("key", "number", "content", "line", "location")
    )


@pytest.mark.deep
@given(st.lists(st.tuples(PRINTED, PRINTED), min_size=1, max_size=20))
def test_what_rows_say_is_the_same_put_together_by_columns_or_row_by_row(points: list[tuple[str, str]]) -> None:
    usual = [
        "",
        "2018-10",
        "Gwent Police",
        "Gwent Police",
        "",
        "",
        "Ffordd Ŵyr",
        "W01000685",
        "Cardiff 001A",
        "Drugs",
        "",
    ]
    whole = [(x, y) if x and y else ("", "") for x, y in points]
    data = csv_bytes([NEEDS, *([*usual[:4], x, y, *usual[6:]] for x, y in whole)])
    good = described(shape(read_columns(data, NEEDS, found="street-crime").frame).good)
    assert good.height == len(points)
    rows = map(StreetRow._make, good.select(StreetRow._fields).rows())
    assert street_digests(good["words"].to_list()) == [street_content(row) for row in rows]


@pytest.mark.deep
@pytest.mark.rule("INT-01")
@pytest.mark.parametrize("batch", [1, 7, 10_000])
def test_the_size_of_a_batch_changes_nothing_that_is_stored(
    system: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    path = tmp_path / "month.csv"
    write_month(path, 60)
    lines = path.read_bytes().splitlines(keepends=True)
    repeated = next(line for line in lines[1:] if line.startswith(b","))
    path.write_bytes(b"".join([*lines, repeated, repeated]))
    monkeypatch.setattr(street_crime, "BATCH", batch)
    assert take_in(by=system, kind="street-crime", paths=[path]).run.created == 62
    ordinals = [key.rpartition("-")[::2] for key, *_ in stored() if "-" in str(key)]
    by_line = {line: key for key, _, _, line, _ in stored()}
    assert len(by_line) == 62
    assert sorted(str(by_line[line])[-2:] for line in (62, 63)) == ["-2", "-3"]
    assert {ordinal for _, ordinal in ordinals} == {"1", "2", "3"}
    before = stored()
    path.write_bytes(path.read_bytes() + lines[1])
    again = take_in(by=system, kind="street-crime", paths=[path]).run
    assert again.unchanged + again.created == 63
    assert set(before) <= set(stored())


@pytest.mark.rule("SEC-04")
def test_a_batch_leaves_one_row_in_the_log_however_many_rows_it_has(
    system: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "month.csv"
    write_month(path, ROWS)
    monkeypatch.setattr(street_crime, "BATCH", 500)
    take_in(by=system, kind="street-crime", paths=[path])
    logged = [json.loads(event.payload) for event in Event.objects.filter(kind="street_crimes_received")]
    assert [event["counts"] for event in logged] == [{"created": 500}] * 3


def test_the_database_looks_at_its_tables_again_as_rows_are_stored_and_not_as_they_are_announced(
    system: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, stored_at = tmp_path / "month.csv", []
    write_month(path, 60)
    monkeypatch.setattr(street_crime, "BATCH", 10)
    monkeypatch.setattr(running, "MUCH", 10)
    monkeypatch.setattr(running, "MUCH_MORE", 4)
    monkeypatch.setattr(running, "refresh_statistics", lambda: stored_at.append(StreetCrime.objects.count()))
    take_in(by=system, kind="street-crime", paths=[path])
    assert stored_at == [10, 40, 60]


@pytest.mark.parametrize("asked", ["none", "one", "two far apart", "every second", "all", "all and others", "others"])
@pytest.mark.postgres_in_deep
def test_what_is_held_is_found_however_much_lies_between(system: Acting, tmp_path: Path, asked: str) -> None:
    path = tmp_path / "month.csv"
    write_month(path, ROWS)
    take_in(by=system, kind="street-crime", paths=[path])
    first = path.read_bytes().splitlines()
    changed = [line.replace(b"Unable to prosecute suspect", b"Local resolution") for line in first]
    path.write_bytes(b"\n".join(changed) + b"\n")
    assert take_in(by=system, kind="street-crime", paths=[path]).run.updated > 100
    held = [(str(key), number, content) for key, number, content, *_ in stored()]
    keys = sorted({key for key, _, _ in held})
    others = ["0", "ffffffff", "Å", "a b", "~"]
    wanted = {
        "none": [], "one": keys[700:701], "two far apart": [keys[0], keys[-1]], "every second": keys[::2], "all": keys,
        "all and others": [*keys, *others], "others": others,
    }[asked]  # fmt: skip
    assert sorted(street_versions(wanted)) == sorted(row for row in held if row[0] in set(wanted))


@pytest.mark.deep
def test_the_file_of_the_benchmark_is_the_same_each_time_and_has_what_real_ones_have(tmp_path: Path) -> None:
    path = tmp_path / "month.csv"
    digest = write_street_file(path, 5_000)
    rows = path.read_text().splitlines()
    assert write_street_file(path, 5_000) == digest != write_street_file(tmp_path / "other.csv", 5_000, seed=9)
    assert tuple(rows[0].split(",")) == HEADER
    anonymous = [row for row in rows[1:] if row.startswith(",")]
    assert 0.15 < len(anonymous) / 5_000 < 0.25
    assert {len(row.split(",")) for row in rows} == {len(HEADER)}
    shaped = shape(read_columns(path.read_bytes(), NEEDS, found="street-crime").frame)
    assert (shaped.good.height, shaped.bad.height) == (5_000, 0)
    assert 0 < described(shaped.good)["outside"].sum() < 100


def test_a_run_that_leaves_a_row_out_is_not_measured(system: Acting, tmp_path: Path) -> None:
    path = tmp_path / "month.csv"
    write_month(path, 20)
    path.write_bytes(path.read_bytes() + b",not a month,Gwent Police,Gwent Police,,,No Location,,,Other crime,,\n")
    with pytest.raises(NotCarriedOut):
        street._take_in(system, path, created=21)


@pytest.mark.deep
@pytest.mark.sqlite
def test_the_benchmark_measures_ours_and_every_peer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(street, "ROWS", ROWS)
    monkeypatch.setattr(street, "REPEATS", 1)
    monkeypatch.delenv(street.SERVER, raising=False)
    first, again, another = street.run()
    assert first["peers"].keys() >= {street.BULK_CREATE, "executemany, one plain table"}
    assert min(first["ours"], again["ours"], another["ours"], *first["peers"].values()) > 0
    assert first["data"].startswith("1,500 rows, sha256 ")
