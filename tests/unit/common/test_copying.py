"""Rows written out for PostgreSQL's COPY: what it would misread is escaped, and nothing else is touched."""

from datetime import date

import pytest

from craffu.common.copying import copy_text


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
