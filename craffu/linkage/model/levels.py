"""What the levels of a learnt model weigh: a pair's weight is what the level that it is on in each comparison says, added up.

Pure. Weights are log 2 of a ratio of odds (Fellegi and Sunter), as Splink learns them. Where a level says that a value is the
same, a value that is rarer than most says more (its "term frequency"). Levels are numbered from nothing alike, 0, up; -1 is
where a record does not say.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

type Settings = dict[str, Any]
type Level = Mapping[str, Any]
type Column = NDArray[Any]
type Rarity = Callable[[str, NDArray[np.intp]], NDArray[np.float64]]
"""How rare what the left records of some pairs say in a column is: minus log 2 of the share of records that say the same."""

_COLUMN: Final = re.compile(r"\b(\w+?)_[lr]\b")


def prior_weight(settings: Settings) -> float:
    """What chance alone makes of any two records."""
    prior = settings["probability_two_random_records_match"]
    return math.log2(prior / (1 - prior))


def said_levels(comparison: Mapping[str, Any]) -> list[tuple[int, Level]]:
    """The levels of those that both say something, the nearest first, each with its number."""
    levels = comparison["comparison_levels"][1:]
    return [(len(levels) - 1 - at, one) for at, one in enumerate(levels)]


def weight_of(level: Level) -> float:
    """What a level says by itself, without how rare the value is."""
    return math.log2(level["m_probability"] / level["u_probability"])


def rarer_column(level: Level) -> str | None:
    """The column whose rarer values say more on a level."""
    return level.get("tf_adjustment_column")


def columns_counted(settings: Settings) -> list[str]:
    """The columns of which it is counted how often each value is said."""
    levels = (level for one in settings["comparisons"] for level in one["comparison_levels"])
    return sorted({column for level in levels if (column := rarer_column(level))})


def columns_in(conditions: Iterable[str]) -> list[str]:
    """The columns of records that conditions about two of them speak of."""
    return sorted(set(_COLUMN.findall(" ".join(conditions))))


def conditions_of(comparisons: Sequence[Mapping[str, Any]]) -> list[str]:
    """The conditions of all levels."""
    return [level["sql_condition"] for one in comparisons for level in one["comparison_levels"]]


def weighed_by_levels(settings: Settings, levels: Mapping[str, Column], rarity: Rarity) -> dict[str, Column]:
    """The `weight` of some pairs, and as `part_…` what each comparison says of it, from the `level_…` that they are on."""
    comparisons = settings["comparisons"]
    count = len(levels[f"level_{comparisons[0]['output_column_name']}"])
    weight = np.full(count, prior_weight(settings))
    made: dict[str, Column] = {}
    for one in comparisons:
        name, numbered = one["output_column_name"], said_levels(one)
        level = levels[f"level_{name}"]
        # The last is what is found at -1.
        part = np.array([weight_of(of) for _, of in reversed(numbered)] + [0.0])[level]
        for number, of in numbered:
            if column := rarer_column(of):
                here = np.flatnonzero(level == number)
                part[here] += math.log2(of["u_probability"]) + rarity(column, here)
        weight += part
        made[f"part_{name}"] = part.astype(np.float32)
    return {**made, "weight": weight}
