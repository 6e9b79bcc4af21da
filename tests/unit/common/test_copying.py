"""Rows written out for PostgreSQL, for COPY or as arrays: what it would misread is escaped, and nothing else is touched."""

import pickle
from array import array
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.common.copying import array_text, copy_text, ended
from craffu.common.frames import JOINT, Texts, TextsInLines, copy_lines, made_ready, packed


def written(value: object) -> str | None:
    return value.isoformat() if isinstance(value, date) else None


def test_rows_are_lines_and_what_all_have_in_common_ends_each() -> None:
    rows = [("a", 1, None, True), ("b", 2, 0.1, False)]
    (block,) = copy_text(rows, ["same", 7, None, date(2026, 1, 14)], written)
    assert block == "a\t1\t\\N\tTrue\tsame\t7\t\\N\t2026-01-14\nb\t2\t0.1\tFalse\tsame\t7\t\\N\t2026-01-14\n"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("\\N", "\\\\N"),
        ("\\.", "\\\\."),
        ("a\tb", "a\\tb"),
        ("a\nb", "a\\nb"),
        ("a\r\nb", "a\\r\\nb"),
        ("Siân ŵ", "Siân ŵ"),
    ],
)
def test_a_text_that_copy_would_misread_is_escaped(text: str, escaped: str) -> None:
    for rows in ([(text,), ("plain",)], [(text,), (None,)], [(text,), (1,)]):
        assert "".join(copy_text(rows, [], written)).splitlines()[0] == escaped
    assert "".join(copy_text([("x",)], [text], written)) == f"x\t{escaped}\n"


def test_many_rows_come_in_blocks_and_none_as_nothing() -> None:
    blocks = list(copy_text(((number,) for number in range(12_345)), [], written))
    assert len(blocks) == 3
    assert "".join(blocks).splitlines() == [str(number) for number in range(12_345)]
    assert list(copy_text([], ["same"], written)) == []


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.text(alphabet="ab\\\\N\t\n\r.ŵ", max_size=6)),
            st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)),
            st.integers(-5, 5),
        ),
        min_size=1,
    )
)
def test_a_frame_is_written_as_its_rows_are(rows: list[tuple[str | None, float | None, int]]) -> None:
    frame = pl.DataFrame(rows, schema={"text": pl.String, "number": pl.Float64, "whole": pl.Int64}, orient="row")
    lines = copy_lines(frame).decode().splitlines(keepends=True)
    assert len(lines) == len(rows)
    for line, (text, number, whole) in zip(lines, rows, strict=True):
        (one,) = copy_text([(text, None, whole)], [], written)
        said, printed, last = line.split("\t")
        assert f"{said}\t\\N\t{last}" == one
        assert number is None if printed == "\\N" else float(printed) == number


def test_truth_values_are_written_as_copy_reads_them() -> None:
    assert copy_lines(pl.DataFrame({"a": [True, False, None]})) == b"true\nfalse\n\\N\n"


@pytest.mark.parametrize(
    ("column", "array"),
    [
        (("a", "b"), '{"a","b"}'),
        (("", "NULL", "{x,y}"), '{"","NULL","{x,y}"}'),
        (('say "no"', "back\\slash"), '{"say \\"no\\"","back\\\\slash"}'),
        ((1, 2, 3), "{1,2,3}"),
        ((True, False), "{True,False}"),
        ((1, None, 0.5), '{"1",NULL,"0.5"}'),
        (("a", None, 'b"'), '{"a",NULL,"b\\""}'),
        ((date(2026, 1, 14), None), '{"2026-01-14",NULL}'),
    ],
)
def test_a_column_is_written_as_an_array(column: tuple[object, ...], array: str) -> None:
    assert array_text(column, written) == array


def test_rows_made_ready_can_be_picked_and_parted_whichever_database_they_are_for() -> None:
    frame = pl.DataFrame({"key": ["a", "b\n", "c"] * 1_000, "kind": ["x", "y", "x"] * 1_000, "same": ["1"] * 3_000})
    wanted = [place in {1, 2_999} for place in range(3_000)]
    for_sqlite = made_ready(frame, "sqlite")
    assert (for_sqlite.names, for_sqlite.same) == (("key", "kind"), {"same": "1"})
    assert list(zip(*for_sqlite.only(wanted).columns, strict=True)) == [("b\n", "y"), ("c", "x")]
    assert list(zip(*for_sqlite.part(slice(2_998, None)).columns, strict=True)) == [("b\n", "y"), ("c", "x")]
    for_postgres = made_ready(frame, "postgresql")
    assert for_postgres.only(wanted).lines == for_postgres.part(slice(2_998, None)).lines
    assert ended(for_postgres.only(wanted).lines, [], [7, None]) == b"b\\n\ty\t1\t7\t\\N\nc\tx\t1\t7\t\\N\n"
    assert ended(for_postgres.only(wanted).lines, [[1, 2]], ["\t"]) == b"b\\n\ty\t1\t1\t\\t\nc\tx\t1\t2\t\\t\n"


def test_texts_that_stand_in_lines_already_are_taken_from_there() -> None:
    frame = pl.DataFrame({"key": ["a", "b", ""], "kind": ["x y", "", "ŵ"], "same": [1, 2, 3]})
    lines = made_ready(frame, "postgresql", plain=True).lines
    assert lines == made_ready(frame, "postgresql").lines
    for place, name in enumerate(("key", "kind")):
        told = pickle.loads(pickle.dumps(TextsInLines(lines, place)))  # noqa: S301  # our own, just made
        assert list(told) == frame[name].to_list()
        assert (len(told), told[2], list(told[:1])) == (3, frame[name][2], [frame[name][0]])


def test_on_postgresql_a_column_may_stand_for_several() -> None:
    texts, both = ["a\\", "b", "\t"], [f"x{JOINT}1", f"{JOINT}2", f"c\td{JOINT}"]
    ready = made_ready(pl.DataFrame({"key": texts, "both": both}), "postgresql", joined={"both": ("word", "number")})
    assert (ready.names, ready.lines) == (("key", "word", "number"), b"a\\\\\tx\t1\nb\t\t2\n\\t\tc\\td\t\n")


@pytest.mark.parametrize("text", [f"a{JOINT}b{JOINT}c", "a", f"a\t{JOINT}b{JOINT}"])
def test_a_text_that_holds_what_stands_between_texts_is_refused(text: str) -> None:
    frame = pl.DataFrame({"key": [f"a{JOINT}b", text]})
    with pytest.raises(ValueError, match="between texts"):
        made_ready(frame, "postgresql", joined={"key": ("one", "two")})


@given(st.lists(st.text(max_size=3), min_size=1, max_size=5))
def test_a_column_told_to_another_process_is_the_same_column(texts: list[str]) -> None:
    told = pickle.loads(pickle.dumps(packed(pl.Series(texts, dtype=pl.String))))  # noqa: S301  # our own, just made
    assert list(told) == texts
    assert (len(told), told[0], list(told[1:])) == (len(texts), texts[0], texts[1:])


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        (pl.Series(["a", "", "Siân"]), Texts),
        (pl.Series(["a\x1fb", "c"]), list),
        (pl.Series(["a", None]), list),
        (pl.Series([2, 3], dtype=pl.UInt32), array),
        (pl.Series([2, None], dtype=pl.UInt32), list),
        (pl.Series([0.5, None]), list),
    ],
)
def test_columns_are_packed_where_nothing_is_lost_by_it(column: pl.Series, kind: type) -> None:
    assert isinstance(packed(column), kind)
    assert list(packed(column)) == column.to_list()
