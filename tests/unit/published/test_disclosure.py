"""What of a table of counts may be shown: small counts are hidden, and cannot be worked back (MSR-03)."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from craffu.published.disclosure import To, as_shown, hidden, is_small, show_count

pytestmark = pytest.mark.rule("MSR-03")
CASES = [
    case
    for case in json.loads((Path(__file__).parents[4] / "shared/domain/rule_cases.json").read_text("utf-8"))["cases"]
    if case["given"]["op"] in ("msr.public_count", "msr.suppress_table")
]


def answered(given: dict[str, Any]) -> dict[str, Any]:
    if given["op"] == "msr.public_count":
        count = show_count(given["count"], To.PUBLIC)
        return {"shown": "[c]" if count is None else count}
    to, table = To(given["output"]), given["table"]
    found = hidden(table, to)
    return {
        "shown": [
            ["[c]" if gone else as_shown(count, to) for gone, count in zip(*row, strict=True)]
            for row in zip(found.cells, table, strict=True)
        ],
        "row_totals": [as_shown(sum(row), to) for row in table],
        "column_totals": [as_shown(sum(column), to) for column in zip(*table, strict=True)],
        "total": as_shown(sum(map(sum, table)), to),
        "primary": found.primary,
        "secondary": found.secondary,
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_worked_cases(case: dict[str, Any]) -> None:
    assert answered(case["given"]) == case["expect"]


def test_who_may_open_the_rows_is_shown_them_all() -> None:
    assert [show_count(count, To.ROWS) for count in (0, 1, 4, 9, 13)] == [0, 1, 4, 9, 13]
    assert hidden([[1, 2], [3, 4]], To.ROWS).cells == ((False, False), (False, False))


@pytest.mark.parametrize("to", [To.INTERNAL, To.PUBLIC])
def test_no_row_or_column_is_left_with_one_hidden_cell(to: To) -> None:
    draw = random.Random(7)  # noqa: S311  # tables to try, no secret
    for _ in range(400):
        table = [[draw.choice((0, 1, 3, 6, 11, 40)) for _ in range(3)] for _ in range(draw.randint(2, 4))]
        cells = hidden(table, to).cells
        assert all(sum(line) != 1 for line in (*cells, *zip(*cells, strict=True)))
        small = [(r, c) for r, row in enumerate(table) for c, count in enumerate(row) if is_small(count, to)]
        assert all(cells[r][c] for r, c in small)


def test_a_row_can_be_hidden_all_through() -> None:
    assert hidden([[20, 30], [40, 50], [60, 70]], To.INTERNAL, [True, False, False]).cells == (
        (True, True),
        (True, True),
        (False, False),
    )
    assert hidden([], To.PUBLIC).cells == ()
