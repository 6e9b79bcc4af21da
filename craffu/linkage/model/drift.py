"""When a model that was learnt once no longer fits the records: what they say has moved too far from what it was learnt from.

Pure. Shares are held against shares: of each column how many records fill it, of each comparison how many likely pairs are on
each level.
"""

from collections.abc import Mapping
from enum import StrEnum
from math import sqrt
from typing import Any, Final

# Changes with whatever changes what the same records give.
MODEL_VERSION: Final = "12"
# A share that moves further than this is another kind of register: a new source, or a column that no longer comes.
FILLED_MOVES: Final = 0.10
# How records of one person agree: a system that began to write dates otherwise shows here.
LEVELS_MOVE: Final = 0.15
# So many times the records show what so few could not.
MANY_MORE: Final = 4

type Shares = Mapping[str, float]


class Learns(StrEnum):
    """Why a model is learnt anew."""

    NONE_YET = "none_yet"
    ASKED = "asked"
    OTHER_VERSION = "other_version"
    OTHER_COLUMNS = "other_columns"
    MANY_MORE = "many_more"
    FILLED_MOVED = "filled_moved"
    LEVELS_MOVED = "levels_moved"


def moved(before: Shares, now: Shares) -> float:
    """How far the share that moved most moved; one that only either has moved from, or to, nothing."""
    return round(max((abs(now.get(name, 0.0) - before.get(name, 0.0)) for name in {*before, *now}), default=0.0), 4)


def levels_moved(before: Mapping[str, Shares], now: Mapping[str, Shares]) -> float:
    """The same over the levels of every comparison."""
    return max((moved(before.get(name, {}), now.get(name, {})) for name in {*before, *now}), default=0.0)


def why_anew(
    before: Mapping[str, Any], version: str, compared: list[str], records: int, filled: Shares
) -> Learns | None:
    """Why a model kept with these figures cannot be used for these records, None where it can. `before` has `version`,
    `compared`, `records` and `filled`."""
    if before.get("version") != version:
        return Learns.OTHER_VERSION
    if before.get("compared") != compared:
        return Learns.OTHER_COLUMNS
    if records > MANY_MORE * before["records"]:
        return Learns.MANY_MORE
    return Learns.FILLED_MOVED if moved(before["filled"], filled) > FILLED_MOVES else None


def levels_why(before: Mapping[str, Shares], now: Mapping[str, Shares], pairs: int) -> Learns | None:
    """Why a model whose likely pairs were on other levels when it was learnt is learnt anew, None where it need not be.

    `pairs` are the likely pairs then or now, whichever are fewer: shares of few move by chance, by two standard errors of a half.
    """
    bound = LEVELS_MOVE + 1 / sqrt(max(1, pairs))
    return Learns.LEVELS_MOVED if levels_moved(before, now) > bound else None
