"""CSV as it comes: every usual encoding and sign between columns, the line of each row, and no row swallowed by another."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.intake.refused import Unfit
from craffu.intake.tables.csv_rows import COLUMNS_DIFFER, QUOTE_UNCLOSED, csv_records, own_file, with_value
from craffu.intake.tables.read import LINES_BEFORE_HEADER, read_table
from craffu.intake.tables.text import AS_UTF_8, AS_WINDOWS_1252, Decoded, decoded
from tests.factories.tables import csv_bytes

pytestmark = pytest.mark.rule("INT-03")

NEEDS = ("force", "count")
ROWS = [["force", "count"], ["Ynys Môn", "1"], ["London, City of", "2"]]


def read(data: bytes, *needs: str) -> list[tuple[int, tuple[str, ...], str]]:
    return [(row.line, row.cells, row.fault) for row in read_table(data, needs or NEEDS, found="test").rows]


def refusal(data: bytes, *needs: str) -> Unfit:
    with pytest.raises(Unfit) as refused:
        read_table(data, needs or NEEDS, found="test")
    return refused.value


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("lineterminator", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_a_table_is_the_same_however_it_is_written(encoding: str, lineterminator: str, delimiter: str) -> None:
    data = csv_bytes(ROWS, encoding, delimiter, lineterminator)
    table = read_table(data, NEEDS, found="test")
    assert table.columns == ("force", "count")
    assert [(row.line, row.cells) for row in table.rows] == [(2, ("Ynys Môn", "1")), (3, ("London, City of", "2"))]
    assert table.notes == ((AS_WINDOWS_1252,) if encoding == "windows-1252" else ())


def test_columns_are_known_by_name_and_not_by_place_capitals_or_spaces() -> None:
    table = read_table(b"Extra, COUNT ,The  Force\nx,3,Gwent\n", ("the force", "count"), found="test")
    assert (table.place("The Force"), table.place("count"), table.place("other")) == (2, 1, None)


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"force,number\nGwent,1\n", "column_missing", {"wanted": "count", "found": "test"}),
        (b"", "column_missing", {"wanted": "force, count", "found": "test"}),
        (b"\n\n", "column_missing", {"wanted": "force, count", "found": "test"}),
        (b"Gwent,1\nDyfed-Powys,2\n", "column_missing", {"wanted": "force, count", "found": "test"}),
        (b"force,count,Count\nGwent,1,1\n", "column_twice", {"wanted": "count"}),
        (b"\xff\xfe\x00\x00f\x00\x00\x00", "encoding_not_supported", {"found": "UTF-32"}),
        (b"force,count\nGw\x81ent,1\n", "text_damaged", {"line": "2", "found": "WINDOWS-1252"}),
        (b"\xef\xbb\xbfforce,count\nGw\xe9ent,1\n", "text_damaged", {"line": "2", "found": "UTF-8"}),
    ],
)
def test_a_file_without_its_columns_or_characters_is_refused_whole(
    data: bytes, code: str, said: dict[str, str]
) -> None:
    refused = refusal(data)
    assert (refused.code, dict(refused.values)) == (code, said)


def test_lines_before_the_header_are_passed_over_and_said() -> None:
    table = read_table(b"Table 1\n\nSource: somebody\nforce,count\nGwent,1\n", NEEDS, found="test")
    assert (table.header_line, [row.line for row in table.rows], table.notes) == (4, [5], (LINES_BEFORE_HEADER,))


def test_each_row_has_the_line_where_it_begins_and_blank_lines_are_no_rows() -> None:
    data = b'force,count\n\n"Dyfed\nPowys",1\n,\nGwent,2\n'
    assert read(data) == [(3, ("Dyfed\nPowys", "1"), ""), (6, ("Gwent", "2"), "")]


def test_a_row_with_too_few_or_too_many_cells_is_held_and_the_others_are_read() -> None:
    assert read(b"force,count\nGwent\nDyfed-Powys,1\nA,2,\n") == [
        (2, ("Gwent",), COLUMNS_DIFFER),
        (3, ("Dyfed-Powys", "1"), ""),
        (4, ("A", "2", ""), COLUMNS_DIFFER),
    ]


@pytest.mark.parametrize(
    "bad",
    ['"Gwent,1', 'Gwent,"1', '"Gw"ent,1', '"Gwent" ,1'],
    ids=["never closed", "never closed at the end", "closed too early", "something after it"],
)
def test_a_quotation_mark_out_of_place_costs_its_own_line_and_no_other(bad: str) -> None:
    rows = read(f'force,count\nA,1\n{bad}\nB,2\n"C, D",3\nE,4\n'.encode())
    assert rows == [
        (2, ("A", "1"), ""),
        (3, (bad,), QUOTE_UNCLOSED),
        (4, ("B", "2"), ""),
        (5, ("C, D", "3"), ""),
        (6, ("E", "4"), ""),
    ]


def test_a_file_of_nothing_but_open_quotation_marks_is_refused_and_does_not_hang() -> None:
    refused = refusal(b"force,count\n" + b'"a,1\n' * 200_000)
    assert refused.code == "not_well_formed_csv"


def test_a_quotation_mark_within_a_word_is_a_character() -> None:
    assert read(b'force,count\n5" nail,1\n') == [(2, ('5" nail', "1"), "")]


def test_a_row_can_be_put_right_as_a_file_of_its_own_at_its_own_line() -> None:
    words = own_file(("force", "count"), 40, ("Gwent, South", "x"))
    (row,) = read(words.encode())
    assert row == (40, ("Gwent, South", "x"), "")
    (corrected,) = read((with_value(words, "count", '7 "seven"') or "").encode())
    assert corrected == (40, ("Gwent, South", '7 "seven"'), "")
    assert with_value(words, "no such column", "7") is None
    assert with_value("force,count\n", "count", "7") is None


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)


@given(st.lists(st.tuples(CELL, CELL, st.just("x")), min_size=1, max_size=8), st.sampled_from([",", ";", "\t"]))
def test_whatever_a_writer_wrote_is_read_back_cell_for_cell(rows: list[tuple[str, str, str]], delimiter: str) -> None:
    data = csv_bytes([("one", "two", "three"), *rows], "utf-8", delimiter, "\r\n", csv.QUOTE_ALL)
    found = csv_records(data.decode("utf-8"))
    assert [record.cells for record in found[1:]] == rows
    assert [record.fault for record in found] == [""] * (len(rows) + 1)


@pytest.mark.parametrize("declared", ["windows-1252", "iso-8859-1"])
def test_utf_8_under_another_declared_encoding_is_read_as_what_it_is_and_said_so(declared: str) -> None:
    names = "Siôn, Tŷ Mawr"
    assert decoded(names.encode(), declared) == Decoded(names, (AS_UTF_8,))
    assert decoded(b"\xef\xbb\xbf" + names.encode(), declared) == Decoded(names, (AS_UTF_8,))
    assert decoded("Siôn".encode(declared), declared) == Decoded("Siôn")
    assert decoded(b"Sion", declared) == Decoded("Sion")


def test_one_damaged_letter_among_utf_8_does_not_turn_the_others_into_two_wrong_ones() -> None:
    with pytest.raises(Unfit) as refused:
        decoded("Siôn\nTŷ\nDŵr\n".encode() + b"Si\xf4n\n")
    assert (refused.value.code, refused.value.line) == ("text_damaged", 4)
    assert decoded(b"Si\xf4n\nR\xe9n\xe9") == Decoded("Siôn\nRéné", (AS_WINDOWS_1252,))
