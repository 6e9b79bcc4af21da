"""A plain file read by columns is what it is read row by row: the same cells, at the same lines (B8)."""

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.intake.refused import Unfit
from craffu.intake.tables import columns
from craffu.intake.tables.columns import LINE, read_columns
from craffu.intake.tables.read import read_table
from tests.factories.tables import csv_bytes, ods_bytes, xlsx_bytes

pytestmark = pytest.mark.rule("INT-03")

NEEDS = ("two", "one")
ROWS = [["one", "extra", "two"], ["a", "", "Ynys Môn"], ["", "x", " 007 "], ["-1", "", ""]]


def by_rows(data: bytes) -> tuple[list[tuple[object, ...]], list[int]]:
    table = read_table(data, NEEDS, found="test")
    places = [table.place(name) for name in NEEDS]
    good = [
        (row.line, *(row.cells[place].strip() for place in places if place is not None))
        for row in table.rows
        if not row.fault
    ]
    return good, [row.line for row in table.rows if row.fault]


def by_columns(data: bytes) -> tuple[list[tuple[object, ...]], list[int]]:
    found = read_columns(data, NEEDS, found="test")
    return found.frame.select(LINE, *NEEDS).rows(), [row.line for row in found.faulty]


@pytest.mark.parametrize(
    ("data", "is_plain"),
    [
        (csv_bytes(ROWS), True),
        (csv_bytes(ROWS, "utf-8-sig", ",", "\r\n"), True),
        (csv_bytes(ROWS).rstrip(b"\n"), True),
        (csv_bytes(ROWS, "windows-1252"), False),
        (csv_bytes(ROWS, delimiter=";"), False),
        (csv_bytes([*ROWS, ["a", 'b"c', "d"]]), False),
        (csv_bytes([*ROWS, ["a", "b\nc", "d"]]), False),
        (csv_bytes(ROWS) + b"\n\na,b,c\n", False),
        (csv_bytes(ROWS) + b",,\na,b,c\n", False),
        (csv_bytes(ROWS) + b"a,b\na,b,c,d\n", False),
        (csv_bytes(ROWS) + b"a,b\n", False),
        (b"Title\n" + csv_bytes(ROWS), False),
        (b"one,extra,two\r1,2,3\r", False),
        (xlsx_bytes(ROWS), False),
        (ods_bytes(ROWS), False),
    ],
)
def test_a_file_is_read_the_same_by_columns_and_by_rows(data: bytes, is_plain: bool) -> None:
    assert by_columns(data) == by_rows(data)
    assert (columns._plain(data, NEEDS) is not None) is is_plain  # whether the quick way was taken


CELLS = st.text(st.sampled_from("ab1 ,;\t\r\n\"'é\u2028\x0b"), max_size=4)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_whatever_the_rows_hold_both_ways_agree(rows: list[list[str]], lineterminator: str, raw: bool) -> None:
    if raw:
        data = lineterminator.join(["one,extra,two", *(",".join(cells) for cells in rows)]).encode()
    else:
        data = csv_bytes([["one", "extra", "two"], *rows], "utf-8", ",", lineterminator)
    assert answer(by_columns, data) == answer(by_rows, data)


def answer(read: Callable[[bytes], object], data: bytes) -> object:
    try:
        return read(data)
    except Unfit as unfit:
        return unfit.code


def test_a_column_that_is_missing_or_stands_twice_is_refused_as_row_by_row() -> None:
    for data, code in ((b"one,other\n1,2\n", "column_missing"), (b"one,two,ONE\n1,2,3\n", "column_twice")):
        with pytest.raises(Unfit) as refused:
            read_columns(data, NEEDS, found="test")
        assert refused.value.code == code


def test_an_empty_table_has_its_columns_and_no_row() -> None:
    assert read_columns(b"one,two\n", NEEDS, found="test").frame.schema == {
        LINE: pl.UInt32,
        "two": pl.String,
        "one": pl.String,
    }


@pytest.mark.parametrize(
    ("cell", "has_controls", "is_plain"),
    [
        (b"a", False, True),
        ("ŵ".encode(), False, True),
        (b"a\\b", False, False),
        (b"a\tb", True, False),
        (b"\x7f", True, False),
    ],
)
def test_a_table_is_plain_that_holds_no_control_character_and_no_backslash(
    cell: bytes, has_controls: bool, is_plain: bool
) -> None:
    columns = read_columns(b"one,two\n1," + cell + b"\n", ["one"], found="x")
    assert (columns.has_controls, columns.is_plain) == (has_controls, is_plain)
    assert not read_columns(b'one,two\n1,"' + cell + b'"\n', ["one"], found="x").is_plain


def test_short_lines_under_a_wide_header_are_not_filled_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each would be as wide as the header in memory: a file of fifty thousand bytes took 680 MB."""
    header = ["one", *(f"other{number}" for number in range(2_000))]
    wide = ",".join(header) + "\n" + "1" + "," * 2_000 + "\n"
    monkeypatch.setattr(columns, "_parsed", None)
    read = read_columns((wide + "x\n" * 20_000).encode(), ["one"], found="x")
    assert (read.frame.height, len(read.faulty)) == (1, 20_000)
