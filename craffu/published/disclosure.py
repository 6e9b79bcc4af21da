"""Which cells of a table of counts may be shown, and how, so that nobody is found again in it (MSR-03).

Pure. In what anybody may read, counts below ten are hidden, nought too, and the others shown to the nearest five; inside the
force, 1 to 4 are hidden from whoever may not open the rows. What is hidden cannot be worked back from what is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class To(StrEnum):
    """For whom counts are shown: those who may open the rows behind them, others inside the force, or anybody."""

    ROWS = "rows"
    INTERNAL = "internal"
    PUBLIC = "public"


# Below which a count is hidden.
THRESHOLD: Final = {To.INTERNAL: 5, To.PUBLIC: 10}
BASE: Final = 5

type Table = Sequence[Sequence[int]]


def is_small(count: int, to: To) -> bool:
    """Whether a count is hidden by itself: in public a nought is too, as it tells that there is nobody."""
    if to is To.ROWS:
        return False
    return count < THRESHOLD[to] and (to is To.PUBLIC or count > 0)


def as_shown(count: int, to: To) -> int:
    """A count that is not hidden, as it is printed."""
    return (count + BASE // 2) // BASE * BASE if to is To.PUBLIC else count


def show_count(count: int, to: To) -> int | None:
    """A count as it is printed; None where it is hidden."""
    return None if is_small(count, to) else as_shown(count, to)


@dataclass(frozen=True, slots=True)
class Hidden:
    """Which cells are hidden, in rows, and how many of them by themselves and how many to keep those from being worked back."""

    cells: tuple[tuple[bool, ...], ...]
    primary: int
    secondary: int


def hidden(table: Table, to: To, whole_rows: Sequence[bool] = ()) -> Hidden:
    """The cells that are hidden of a table whose totals are shown. Rows of `whole_rows` are hidden all through.

    Rows in order, then columns in order, again and again: where exactly one cell is hidden the smallest shown one is hidden as
    well, not a nought if it can be helped, ties by row, then column; until none changes.
    """
    is_hidden = [[is_small(count, to) for count in row] for row in table]
    primary = sum(map(sum, is_hidden))
    for row, is_whole in zip(is_hidden, whole_rows or [False] * len(is_hidden), strict=True):
        row[:] = [one or is_whole for one in row]
    width = len(table[0]) if table else 0
    lines = [[(row, column) for column in range(width)] for row in range(len(table))]
    lines += [[(row, column) for row in range(len(table))] for column in range(width)]
    changed = True
    while changed:
        # Every line is looked at each time, so that rows come before columns.
        changed = sum(_hide_another(line, table, is_hidden) for line in lines) > 0
    everything = sum(map(sum, is_hidden))
    return Hidden(tuple(map(tuple, is_hidden)), primary, everything - primary)


def _hide_another(line: Sequence[tuple[int, int]], table: Table, is_hidden: list[list[bool]]) -> bool:
    """Whether exactly one cell of a row or column was hidden, and another is now as well."""
    shown = [(row, column) for row, column in line if not is_hidden[row][column]]
    if len(line) - len(shown) != 1 or not shown:
        return False
    row, column = min(shown, key=lambda at: (table[at[0]][at[1]] == 0, table[at[0]][at[1]], at))
    is_hidden[row][column] = True
    return True
