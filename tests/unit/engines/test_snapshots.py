"""A snapshot is written once beside the one before, put in its place at once, and read only as it was written (X10, T40)."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from craffu.engines import memory, snapshots
from craffu.engines.memory import NotEnoughMemory
from craffu.engines.snapshots import NoSnapshot, build, current, every

pytestmark = pytest.mark.rule("MSR-01")
AT = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
COLUMNS = {
    "of": "reference", "kind": "code", "number": "number", "holds": "yes", "on": "day", "at": "instant",
}  # fmt: skip
ROWS: list[dict[str, Any]] = [
    {"of": "b", "kind": "SPO", "number": 2, "holds": True, "on": date(1970, 1, 3), "at": AT},
    {"of": "a", "kind": "ŵ", "number": -1, "holds": False, "on": date(1969, 12, 31), "at": AT.replace(microsecond=1)},
    {"of": "a", "kind": None, "number": None, "holds": None, "on": None, "at": None},
]


def test_what_is_read_is_what_was_written_with_days_and_instants_counted(tmp_path: Path) -> None:
    made = build(tmp_path / "new", [("things", COLUMNS, ROWS)], AT)
    assert made.numbers == {"things": 3}
    assert made.at == AT
    micros = int(AT.timestamp()) * 1_000_000
    assert current(tmp_path / "new").tables(["things"])["things"].to_pylist() == [
        {"of": "a", "kind": "ŵ", "number": -1, "holds": False, "on": -1, "at": micros + 1},
        {"of": "a", "kind": None, "number": None, "holds": None, "on": None, "at": None},
        {"of": "b", "kind": "SPO", "number": 2, "holds": True, "on": 2, "at": micros},
    ]


def test_the_digest_is_of_what_is_said_and_of_nothing_else(tmp_path: Path) -> None:
    one = build(tmp_path / "one", [("things", COLUMNS, ROWS)], AT)
    other = build(tmp_path / "other", [("things", COLUMNS, reversed(ROWS))], AT.replace(year=2027))
    assert one.digest == other.digest
    assert one.name != other.name
    assert len(one.digest) == 64
    changed = [{**ROWS[0], "number": 3}, *ROWS[1:]]
    digests = {
        build(tmp_path / name, tables, AT).digest
        for name, tables in {
            "a": [("things", COLUMNS, changed)],
            "b": [("things", COLUMNS, ROWS[1:])],
            "c": [("others", COLUMNS, ROWS)],
            "d": [("things", {**COLUMNS, "of": "code"}, ROWS)],
            "e": [("things", COLUMNS, ROWS), ("none", COLUMNS, [])],
        }.items()
    }
    assert len(digests | {one.digest}) == 6


def test_another_takes_its_place_and_the_first_stays(tmp_path: Path) -> None:
    first = build(tmp_path, [("things", COLUMNS, ROWS)], AT)
    second = build(tmp_path, [("things", COLUMNS, ROWS[1:])], AT.replace(hour=2))
    assert current(tmp_path) == second
    assert every(tmp_path) == [second, first]
    assert first.tables(["things"])["things"].num_rows == 3
    again = build(tmp_path, [("things", COLUMNS, ROWS)], AT)
    assert again == first
    assert current(tmp_path) == first
    assert {path.name for path in tmp_path.iterdir()} == {first.name, second.name, "current"}


def test_where_writing_fails_the_one_before_stays_and_nothing_is_left(tmp_path: Path) -> None:
    first = build(tmp_path, [("things", COLUMNS, ROWS)], AT)

    def broken() -> Iterator[dict[str, Any]]:
        yield ROWS[0]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        build(tmp_path, [("things", COLUMNS, broken())], AT.replace(hour=3))
    assert current(tmp_path) == first
    assert {path.name for path in tmp_path.iterdir()} == {first.name, "current"}


def test_nobody_but_this_account_reads_it_and_nobody_writes_it(tmp_path: Path) -> None:
    made = build(tmp_path / "new", [("things", COLUMNS, ROWS)], AT)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert made.folder.stat().st_mode & 0o077 == 0
    for path in made.folder.iterdir():
        assert path.stat().st_mode & 0o777 == 0o400, path.name


def test_a_file_that_was_changed_is_not_read(tmp_path: Path) -> None:
    made = build(tmp_path, [("things", COLUMNS, ROWS)], AT)
    path = made.folder / "things.parquet"
    path.chmod(0o600)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(NoSnapshot, match="was changed after it was written"):
        made.tables(["things"])


@pytest.mark.parametrize(
    "spoilt", ["", "{}", '{"tables": 1}', '{"tables": {}, "snapshot": "x", "digest": "y", "at": "soon"}']
)
def test_a_list_that_cannot_be_read_says_so(spoilt: str, tmp_path: Path) -> None:
    made = build(tmp_path, [("things", COLUMNS, ROWS)], AT)
    listed = made.folder / snapshots._LIST
    listed.chmod(0o600)
    listed.write_text(spoilt)
    with pytest.raises(NoSnapshot, match="cannot be read"):
        current(tmp_path)


def test_without_one_it_says_what_to_do(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(NoSnapshot, match="run `craffu snapshot build`"):
            current(folder)
        assert every(folder) == []
    made = build(tmp_path, [("things", COLUMNS, ROWS)], AT)
    with pytest.raises(NoSnapshot, match="has no table others"):
        made.tables(["others"])
    os.unlink(made.folder / "things.parquet")
    with pytest.raises(NoSnapshot, match="has no table things"):
        made.tables(["things"])


def test_what_has_no_room_in_memory_is_refused_before_any_of_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = build(tmp_path, [("things", COLUMNS, [{**ROWS[0], "number": number} for number in range(20_000)])], AT)
    monkeypatch.setattr(memory, "memory_of_machine", lambda: 2**35)
    sizes: list[int] = []
    monkeypatch.setattr(snapshots, "check_tables_fit", lambda wanted, _what: sizes.append(wanted))
    [table] = made.tables(["things"]).values()
    assert 0.5 * table.nbytes < sizes[0] < 1.5 * table.nbytes
    with pytest.raises(NotEnoughMemory, match=r"takes about 99.0 GB of memory.*a machine with more"):
        memory.check_tables_fit(99 * 2**30, "snapshot")
