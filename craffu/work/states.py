"""The life of due work as data: open until it is over, and who moves it (MON-04).

What is over may be open again: what was done turns out not to be, a case is opened again.
"""

from enum import StrEnum


class ItemState(StrEnum):
    OPEN = "open"
    DONE = "done"
    EXCUSED = "excused"
    WITHDRAWN = "withdrawn"


MOVES: dict[ItemState | None, frozenset[ItemState]] = {
    None: frozenset(ItemState),
    ItemState.OPEN: frozenset({ItemState.DONE, ItemState.EXCUSED, ItemState.WITHDRAWN}),
    ItemState.DONE: frozenset({ItemState.OPEN, ItemState.EXCUSED, ItemState.WITHDRAWN}),
    ItemState.EXCUSED: frozenset({ItemState.OPEN, ItemState.DONE, ItemState.WITHDRAWN}),
    ItemState.WITHDRAWN: frozenset({ItemState.OPEN, ItemState.DONE, ItemState.EXCUSED}),
}

# Who moves an item there: the package that answers for it, through the clock.
OWNERS: dict[ItemState, str] = dict.fromkeys(ItemState, "system")
