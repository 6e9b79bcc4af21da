"""The pairs of some records that may be one person, with what each weighs and the level that it is on in each comparison.

They are those that Splink's own prediction keeps, level by level and weight by weight; found so they take two thirds of the time
(see `asking`), and on every engine they weigh the same to the last figure, because no engine adds up.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

import numpy as np

from craffu.engines.choice import Engine, Kind
from craffu.engines.columns import Columns, codes_together
from craffu.engines.duck import within_memory
from craffu.engines.workspace import workspace
from craffu.linkage.model.asking import levels_of_those, worth_comparing
from craffu.linkage.model.blocking import Rule
from craffu.linkage.model.levels import (
    Column,
    Settings,
    columns_counted,
    columns_in,
    conditions_of,
    weighed_by_levels,
)

type Sides = tuple[Columns, Columns | None]

# Nobody is looked for by these, nor found: what a record does not say.
_LOOKS_FOR_NOBODY: Final = -1
_FOUND_BY_NOBODY: Final = -2
# What one whole number holds.
_MOST: Final = 2**62
# What DuckDB calls otherwise.
_SPARK_CALLS: Final = {
    "array_length(list_intersect(": "size(array_intersect(",
    "starts_with(": "startswith(",
}


def pairs_of_all(sides: Sides) -> int:
    """How many pairs there are at all, within one table or across two."""
    left, right = sides
    return len(left) * (len(left) - 1) // 2 if right is None else len(left) * len(right)


@within_memory()
def scored(engine: Engine, sides: Sides, settings: Settings, rules: Sequence[Rule], least: float) -> dict[str, Column]:
    """The pairs that any rule finds and that weigh at least so much, by the places of both records: `left` and `right`, those of
    the right table following those of the left; `weight`, and of each comparison its `level_…` and `part_…`.

    Raises NotEnoughMemory, and NoSpark.
    """
    tables = [one for one in sides if one is not None]
    across = len(tables) > 1
    rare = {column: _rarity(tables, column) for column in columns_counted(settings)}
    rarest = {column: float(np.nanmax(found, initial=0.0)) for column, found in rare.items()}
    questions = worth_comparing(settings, len(rules), across, least, rarest)
    wanted = levels_of_those(settings, "likely", across, least)
    with workspace(engine, sum(map(len, tables))) as place:
        for at, rows in enumerate(_as_compared(tables, settings, rules, rare)):
            place.hold(f"side_{at}", rows)
        place.keep("likely", [_in(engine, question) for question in questions])
        found = place.answer(_in(engine, wanted))
    order = np.lexsort([found.column(f"record_{side}").to_numpy() for side in "rl"])
    levels = {name: found.column(name).to_numpy()[order].astype(np.int8) for name in found.column_names[2:]}
    left, right = (found.column(f"record_{side}").to_numpy()[order].astype(np.int32) for side in "lr")
    pairs = {**levels, **weighed_by_levels(settings, levels, lambda column, here: rare[column][left[here]])}
    kept = pairs["weight"] >= least
    return {name: values[kept] for name, values in {"left": left, "right": right, **pairs}.items()}


def _rarity(tables: Sequence[Columns], column: str) -> Column:
    """Of each record how rare the value is that it says in a column: minus log 2 of the share of records that say the same."""
    codes = np.concatenate(codes_together([(rows, column) for rows in tables]))
    said = codes[codes >= 0]
    rare = np.full(len(codes), np.nan)
    rare[codes >= 0] = -np.log2(np.bincount(said)[said] / max(1, len(said)))
    return rare


def _as_compared(
    tables: Sequence[Columns], settings: Settings, rules: Sequence[Rule], rare: Mapping[str, Column]
) -> list[Columns]:
    """What the tables say that is compared, and beside it what `asking` speaks of."""
    found = []
    compared = columns_in(conditions_of(settings["comparisons"]))
    keys = _keys_of_all(tables, rules)
    first = 0
    for at, rows in enumerate(tables):
        here = slice(first, first + len(rows))
        numbers: dict[str, Column] = {"record": np.arange(here.start, here.stop)}
        numbers |= {f"rare_{column}": values[here] for column, values in rare.items()}
        for place, (left, right) in enumerate(keys):
            numbers |= {f"left_{place}": left[at], f"right_{place}": right[at]}
        found.append(rows.only(compared).beside(numbers))
        first = here.stop
    return found


def _keys_of_all(tables: Sequence[Columns], rules: Sequence[Rule]) -> list[tuple[list[Column], list[Column]]]:
    """By what each rule looks for the records of each table, and by what it finds them."""

    @cache
    def codes(left: str, right: str) -> list[Column]:
        # Most rules look for what they find by; several ask for one column.
        sides = [(rows, column) for column in dict.fromkeys((left, right)) for rows in tables]
        found = [some.astype(np.int32) for some in codes_together(sides)]
        return [*found, *found] if left == right else found

    return [_keys([codes(*columns) for columns in zip(rule.left, rule.right, strict=True)]) for rule in rules]


def _keys(columns: Sequence[Sequence[Column]]) -> tuple[list[Column], list[Column]]:
    """One number for what several columns say, of each table as it looks for others and then of each as it is found."""
    sides = len(columns[0])
    keys = [np.zeros(len(some), dtype=np.int64) for some in columns[0]]
    unsaid = [np.zeros(len(some), dtype=np.bool_) for some in columns[0]]
    size = 1
    for codes in columns:
        number = max(1, *(int(some.max(initial=-1)) + 1 for some in codes))
        if size * number >= _MOST:
            keys, size = _denser(keys)
        for at, some in enumerate(codes):
            keys[at] = keys[at] * number + some
            unsaid[at] |= some < 0
        size *= number
    for at, key in enumerate(keys):
        key[unsaid[at]] = _LOOKS_FOR_NOBODY if at < sides // 2 else _FOUND_BY_NOBODY
    return keys[: sides // 2], keys[sides // 2 :]


def _denser(keys: Sequence[Column]) -> tuple[list[Column], int]:
    """The same numbers as small ones."""
    values, codes = np.unique(np.concatenate(keys), return_inverse=True)
    ends = np.cumsum([len(some) for some in keys])[:-1]
    return [some.astype(np.int64) for some in np.split(codes, ends)], len(values)


def _in(engine: Engine, question: str) -> str:
    if engine.kind is Kind.SPARK:
        for ours, theirs in _SPARK_CALLS.items():
            question = question.replace(ours, theirs)
    return question
