"""Draws the life of an order for the docs from the table of moves, so that the picture cannot say anything else (ORD-09).

Standing alone: `python -m craffu.orders.life.diagram > docs/order-states.md`.
"""

import sys
from collections.abc import Iterator
from itertools import groupby

from craffu.orders.life.states import NONE, OVER, TABLE, Move, OrderStatus

_HEAD = """# The life of an order

Made from `craffu/orders/life/states.py` by `python -m craffu.orders.life.diagram`; do not edit. A move stands for all kinds that
have it; the table below says which. What can no longer move leads to the end.
"""


def diagram() -> str:
    """The page: a state diagram in Mermaid's words and the table of moves."""
    return "\n".join([_HEAD, "```mermaid", "stateDiagram-v2", *_arrows(), "```", "", *_table(), ""])


def _arrows() -> Iterator[str]:
    drawn = [(start, move.to or start, name) for name, move in TABLE.items() for start in move.starts]
    order = [None, *OrderStatus]
    drawn.sort(key=lambda one: (order.index(one[0]), order.index(one[1]), one[2]))
    for (start, to), moves in groupby(drawn, key=lambda one: one[:2]):
        yield f"    {start or '[*]'} --> {to}: {', '.join(name for *_, name in moves)}"
    for status in OrderStatus:
        if status in OVER:
            yield f"    {status} --> [*]"


def _table() -> Iterator[str]:
    yield "| Move | From | To | Kinds | Who | Needs |"
    yield "|---|---|---|---|---|---|"
    for name, move in TABLE.items():
        starts = ", ".join(start or NONE for start in move.starts)
        needs = ", ".join(need.replace("|", " or ") for need in move.needs)
        yield f"| {name} | {starts} | {move.to or 'stays'} | {_kinds(move)} | {', '.join(sorted(move.who))} | {needs} |"


def _kinds(move: Move) -> str:
    without = f" except {', '.join(sorted(move.kinds.without))}" if move.kinds.without else ""
    families = f"families {', '.join(move.kinds.families)}{without}" if move.kinds.families else ""
    return "; ".join(part for part in (families, ", ".join(sorted(move.kinds.beside))) if part)


if __name__ == "__main__":
    sys.stdout.write(diagram())
