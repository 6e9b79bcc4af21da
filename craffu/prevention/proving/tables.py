"""A table of people with a score and what became of each, as anybody may hand one in: judged row by row, nothing filled in."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from craffu.engines.columns import Columns
from craffu.engines.duck import NotATable, read_table
from craffu.prevention.proving.measuring import Floats, Whole

_YES: Final = frozenset({"1", "1.0", "true", "t", "yes", "y"})
_NO: Final = frozenset({"0", "0.0", "false", "f", "no", "n"})
UNNAMED: Final = "not given"
_FIRST_ROW: Final = 2  # the first line of a file is its head


class BadTable(ValueError):
    """A table cannot be judged; the message says what is wrong with it and what to do."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The rows that say both a score and what became of it, each with its group, and how many said only one or neither."""

    scores: Floats
    outcomes: Whole
    groups: tuple[str, ...]
    left_out: int

    def of(self, group: str) -> tuple[Floats, Whole]:
        at = np.array([one == group for one in self.groups])
        return self.scores[at], self.outcomes[at]


def read_scored(path: Path, score: str, outcome: str, group: str | None) -> Scored:
    """Raises BadTable."""
    try:
        table = read_table(path)
    except NotATable as fault:
        raise BadTable(f"{path.name} cannot be read as a table: {fault}") from fault
    for name in filter(None, (score, outcome, group)):
        if name not in table.names:
            raise BadTable(f"{path.name} has no column {name}: it has {', '.join(table.names)}")
    scores, outcomes = _numbers(table, score), _answers(table, outcome)
    names = table.values(group) if group else [""] * len(table)
    rows = [
        (one, became, (name or "").strip() or UNNAMED)
        for one, became, name in zip(scores, outcomes, names, strict=True)
        if one is not None and became is not None
    ]
    if not rows:
        raise BadTable(f"no row of {path.name} says both {score} and {outcome}")
    return Scored(
        np.array([one for one, _, _ in rows], dtype=np.float64),
        np.array([became for _, became, _ in rows], dtype=np.int64),
        tuple(name for _, _, name in rows),
        len(table) - len(rows),
    )


def sizes(groups: Iterable[str]) -> list[str]:
    """The groups, the largest first."""
    return [name for name, _ in sorted(Counter(groups).items(), key=lambda one: (-one[1], one[0]))]


def _numbers(table: Columns, name: str) -> list[float | None]:
    found: list[float | None] = []
    for row, text in enumerate(table.values(name), _FIRST_ROW):
        said = (text or "").strip()
        try:
            number = float(said) if said else None
        except ValueError as fault:
            raise BadTable(f'row {row} says "{said}" in {name}: a score is a number') from fault
        if number is not None and not np.isfinite(number):
            raise BadTable(f'row {row} says "{said}" in {name}: a score has an end')
        found.append(number)
    return found


def _answers(table: Columns, name: str) -> list[int | None]:
    found: list[int | None] = []
    for row, text in enumerate(table.values(name), _FIRST_ROW):
        said = (text or "").strip().lower()
        if said and said not in _YES | _NO:
            raise BadTable(f'row {row} says "{said}" in {name}: an outcome is 1 or 0, yes or no, true or false')
        found.append(None if not said else int(said in _YES))
    return found
