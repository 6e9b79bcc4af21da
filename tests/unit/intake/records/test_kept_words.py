"""What a row that is kept whole says, as JSON (INT-02)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.intake.records.storing import _as_json


@pytest.mark.rule("INT-02")
@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=5))
def test_rows_are_written_as_the_library_writes_them_without_what_says_nothing(rows: list[tuple[str, str]]) -> None:
    names = ("first", 'a "name"')
    columns = dict(zip(names, map(list, zip(*rows, strict=True)) if rows else ([], []), strict=True))
    whole = [{name: value for name, value in zip(names, row, strict=True) if value} for row in rows]
    written = _as_json(columns)
    assert written == [json.dumps(row, ensure_ascii=False) for row in whole]
    assert list(map(json.loads, written)) == whole
