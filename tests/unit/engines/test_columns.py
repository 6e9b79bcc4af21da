"""Rows kept by their columns are the rows that were given, and what is asked of a column is what its rows say."""

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.engines import columns
from craffu.engines.columns import Columns

LISTS, NUMBERS = frozenset({"c"}), frozenset({"d"})
SAID = st.sampled_from([None, "x", "y", "Siân"])
ROWS = st.lists(
    st.fixed_dictionaries(
        {"a": SAID, "b": SAID, "c": st.sampled_from([None, [], ["x", "y"]]), "d": st.sampled_from([None, 0, 7])}
    ),
    min_size=1,
    max_size=9,
)


@pytest.fixture(autouse=True)
def three_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_AT_ONCE", 3)


@given(rows=ROWS)
def test_rows_come_back_as_they_were_given(rows: list[dict[str, Any]]) -> None:
    kept = Columns.of(iter(rows), LISTS, NUMBERS)
    assert list(kept) == rows
    assert [kept[at] for at in range(len(rows))] == rows
    assert kept[-1] == rows[-1]
    assert list(kept[2:5]) == rows[2:5]
    assert list(kept.only(["b", "d"])) == [{"b": row["b"], "d": row["d"]} for row in rows]
    assert kept.values("c") == [row["c"] for row in rows]


@given(rows=ROWS)
def test_what_is_asked_of_a_column_is_what_its_rows_say(rows: list[dict[str, Any]]) -> None:
    kept = Columns.of(rows, LISTS, NUMBERS)
    said = Counter(row["a"] for row in rows if row["a"] is not None)
    assert kept.counts("a") == said
    assert kept.counts("a", more_than=1) == {value: count for value, count in said.items() if count > 1}
    assert (kept.said("a"), kept.filled()["a"]) == (said.total(), round(said.total() / len(rows), 4))
    assert kept.among("a", ["y", "z"]).tolist() == [row["a"] == "y" for row in rows]
    codes = kept.codes("a").tolist()
    for one, code in zip(rows, codes, strict=True):
        assert (code == -1) is (one["a"] is None)
        assert [other == code for other in codes] == [row["a"] == one["a"] for row in rows]


@given(rows=ROWS, data=st.data())
def test_only_the_rows_that_are_meant_change(rows: list[dict[str, Any]], data: st.DataObject) -> None:
    where = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    changed = Columns.of(rows, LISTS, NUMBERS).changed(
        np.array(where), ["a", "d"], lambda row: row.update(a=None if row["b"] is None else row["b"] * 2, d=4)
    )
    assert list(changed) == [
        {**row, "a": None if row["b"] is None else row["b"] * 2, "d": 4} if meant else row
        for row, meant in zip(rows, where, strict=True)
    ]


def test_a_row_that_is_not_there_is_an_error_and_steps_are_refused() -> None:
    kept = Columns.of([{"a": "x"}])
    for place in (1, -2):
        with pytest.raises(IndexError):
            kept[place]
    with pytest.raises(ValueError, match="one after another"):
        kept[::2]
    assert list(kept[5:2]) == []
    assert Columns.of([]).pairs(["a"]) == kept.pairs(["a"], Columns.of([]), ["a"]) == 0
