"""What the bytes of a large plain table are, counted without making a text of any: as fast as memory is read (B8)."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Final

# What fits a core's own memory.
_AT_ONCE: Final = 1 << 18
_COMMA, _SPACE, _LINE_END, _RETURN, _DELETE = b", \n\r\x7f"


@dataclass(frozen=True, slots=True)
class Seen:
    """How often bytes stand in a table. `controls` are control characters of ASCII but for line ends and returns;
    `spaces_at_edges` those beside a comma or a line's end."""

    line_ends: int
    returns: int
    commas: int
    controls: int
    spaces_at_edges: int


def look_over(body: bytes) -> Seen:
    """Count once over all bytes."""
    # Loaded here, because no web worker reads a large table (B11).
    np = import_module("numpy")
    every = np.frombuffer(body, np.uint8)
    line_ends = returns = commas = controls = edges = 0
    for start in range(0, len(every), _AT_ONCE):
        part = every[start : start + _AT_ONCE + 1]
        own = part[:_AT_ONCE]
        ends, gone_back, between = own == _LINE_END, own == _RETURN, own == _COMMA
        ended, returned = int(np.count_nonzero(ends)), int(np.count_nonzero(gone_back))
        line_ends, returns, commas = line_ends + ended, returns + returned, commas + int(np.count_nonzero(between))
        low = int(np.count_nonzero(own < _SPACE)) + int(np.count_nonzero(own == _DELETE))
        controls += low - ended - returned
        edge = (part == _LINE_END) | (part == _RETURN) | (part == _COMMA)
        space = part == _SPACE
        edges += int(np.count_nonzero(edge[:-1] & space[1:])) + int(np.count_nonzero(space[:-1] & edge[1:]))
    edges += body.startswith(b" ") + body.endswith(b" ")
    return Seen(line_ends, returns, commas, controls, edges)
