"""What an engine is asked to find the pairs of some records that may be one person, and the levels that they are on.

Pure: SQL that every engine understands, made of the model's own conditions. Records that agree by one of the rules to look for
pairs are held against each other first in what is quickly compared. Where even the best that the rest could say would leave them
too light they are left at that; names, which take longest, are compared of the others alone. What an engine adds up only says
which pairs are worth keeping: what each weighs is worked out from its levels.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from craffu.linkage.model.levels import (
    Level,
    Settings,
    columns_counted,
    columns_in,
    conditions_of,
    prior_weight,
    rarer_column,
    said_levels,
    weight_of,
)

_SLOW: Final = ("given", "more_given", "family")
# By so much an engine may add up otherwise.
_SLACK: Final = 1e-6

type Comparison = Mapping[str, Any]


def levels_asked(comparisons: Sequence[Comparison], table: str) -> str:
    """On which level of each comparison the pairs of a table are that has both records of each side by side."""
    levels = ", ".join(f"{_level(one)} AS level_{one['output_column_name']}" for one in comparisons)
    return f"SELECT record_l, record_r, {levels} FROM {table} AS pairs"  # noqa: S608


def worth_comparing(
    settings: Settings, rules: int, across: bool, least: float, rarest: Mapping[str, float]
) -> list[str]:
    """For each rule to look for pairs by, the pairs that no rule before it finds and that may weigh `least`, with the weight of
    what is quickly compared. `side_0`, and where it is `across` two tables `side_1`, have the records with their `record`, by
    each rule what they are looked for by as `left_0` and `right_0`, and how rare their values are as `rare_…`, at most `rarest`.
    """
    quick, slow = _quick(settings), _slow(settings)
    weight = _sum([_number(prior_weight(settings)), *(_weight(one) for one in quick)])
    most = _sum([weight, *(_most(one, rarest) for one in slow)])
    begin = [level["sql_condition"] for one in slow for level in one["comparison_levels"][:2]]
    columns = [*columns_in([*conditions_of(quick), *begin]), *_rare(settings)]
    return [
        f"SELECT record_l, record_r, {weight} AS weight FROM ({_found_by(rule, across, columns)}) AS pairs"  # noqa: S608
        f" WHERE {most} >= {_number(least - _SLACK)}"
        for rule in range(rules)
    ]


def levels_of_those(settings: Settings, table: str, across: bool, least: float) -> str:
    """The levels of the pairs in a table of those worth comparing that do weigh `least`."""
    comparisons = settings["comparisons"]
    columns = [*columns_in(conditions_of(comparisons)), *_rare(settings)]
    weight = _sum(["weight", *(_weight(one) for one in _slow(settings))])
    both = (
        f"(SELECT record_l, record_r, weight, {_side_by_side(columns)} FROM {table} AS likely"  # noqa: S608
        f" JOIN side_0 AS l ON l.record = record_l JOIN side_{int(across)} AS r ON r.record = record_r)"
    )
    return f"{levels_asked(comparisons, both)} WHERE {weight} >= {_number(least - _SLACK)}"


def _found_by(rule: int, across: bool, columns: Sequence[str]) -> str:
    found = [f"l.left_{rule} = r.right_{rule}", *([] if across else ["l.record < r.record"])]
    found += [f"l.left_{before} <> r.right_{before}" for before in range(rule)]
    return (
        f"SELECT l.record AS record_l, r.record AS record_r, {_side_by_side(columns)}"  # noqa: S608
        f" FROM side_0 AS l JOIN side_{int(across)} AS r ON {' AND '.join(found)}"
    )


def _side_by_side(columns: Sequence[str]) -> str:
    return ", ".join(f"{side}.{column} AS {column}_{side}" for column in columns for side in "lr")


def _quick(settings: Settings) -> list[Comparison]:
    return [one for one in settings["comparisons"] if one["output_column_name"] not in _SLOW]


def _slow(settings: Settings) -> list[Comparison]:
    return [one for one in settings["comparisons"] if one["output_column_name"] in _SLOW]


def _rare(settings: Settings) -> list[str]:
    return [f"rare_{column}" for column in columns_counted(settings)]


def _level(one: Comparison) -> str:
    return _case(one, "-1", lambda number, _level: str(number))


def _weight(one: Comparison) -> str:
    return _case(one, _number(0), lambda _number_of, level: _weight_on(level))


def _case(one: Comparison, unsaid: str, said: Callable[[int, Level], str]) -> str:
    numbered = said_levels(one)
    whens = " ".join(f"WHEN {level['sql_condition']} THEN {said(number, level)}" for number, level in numbered[:-1])
    return f"(CASE WHEN {one['comparison_levels'][0]['sql_condition']} THEN {unsaid} {whens} ELSE {said(*numbered[-1])} END)"


def _weight_on(level: Level) -> str:
    column = rarer_column(level)
    if column is None:
        return _number(weight_of(level))
    return f"({_number(weight_of(level) + math.log2(level['u_probability']))} + rare_{column}_l)"


def _most(one: Comparison, rarest: Mapping[str, float]) -> str:
    """The most that a comparison can say of a pair, without comparing it further than the first of its levels."""
    unsaid, same, *others = one["comparison_levels"]
    rest = max(_most_on(level, rarest) for level in others)
    return (
        f"(CASE WHEN {unsaid['sql_condition']} THEN {_number(0)} WHEN {same['sql_condition']} THEN {_weight_on(same)}"
        f" ELSE {_number(rest)} END)"
    )


def _most_on(level: Level, rarest: Mapping[str, float]) -> float:
    column = rarer_column(level)
    more = 0.0 if column is None else math.log2(level["u_probability"]) + rarest[column]
    return weight_of(level) + more


def _sum(parts: Sequence[str]) -> str:
    return " + ".join(parts)


def _number(value: float) -> str:
    return f"CAST({value!r} AS DOUBLE)"
