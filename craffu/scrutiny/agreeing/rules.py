"""How far reviewers agree: raw, kappa and Gwet's AC1 with their intervals, for ordered answers and for more than two (SCR-08).

Pure. Gwet 2008; Cohen 1968; Krippendorff's alpha for names. No words of praise for a coefficient: its interval stands beside it.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from craffu.common.distributions import student_quantile
from craffu.measures.statistics.proportions import exact
from craffu.published.intervals import LEVEL, Interval, wilson

# `scr.ac1_floor` of the rules: below it a question is written anew.
FLOOR: Final = 0.6

type Table = Sequence[Sequence[int]]
"""How often the first reviewer gave the answer of the row and the second that of the column."""


class NotATable(ValueError):
    """A table that is not square, has one answer, or counts nothing."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two reviewers agree on one question.

    `kappa` is None where chance alone would have them agree. `prevalence` is the share of each answer among both reviewers'
    answers: where nearly all are one, kappa says little.
    """

    number: int
    raw: float
    raw_interval: Interval
    kappa: float | None
    ac1: float
    ac1_interval: Interval | None
    prevalence: tuple[float, ...]

    @property
    def may_be_quoted(self) -> bool:
        """Else the question is rewritten and reviewed again before its result is quoted.

        Where reviewers never differed AC1 does not vary, and its interval says nothing of how few they were: then the exact
        interval of so many agreements in so many cases must reach to the floor. Eight cases do, seven do not (SCR-06; ADR 88).
        """
        if self.ac1_interval is None or self.ac1_interval[0] < FLOOR:
            return False
        certain = exact(self.number, self.number) if self.raw == 1 else None
        return certain is None or certain[0] >= FLOOR


def agreement(table: Table) -> Agreement:
    """Of two reviewers' answers as they were before they spoke. Raises NotATable."""
    number = _number(table)
    places = range(len(table))
    rows = [sum(row) / number for row in table]
    columns = [sum(row[at] for row in table) / number for at in places]
    raw = sum(table[at][at] for at in places) / number
    prevalence = tuple((row + column) / 2 for row, column in zip(rows, columns, strict=True))
    others = len(table) - 1
    chance = math.fsum(one * (1 - one) for one in prevalence) / others
    ac1 = (raw - chance) / (1 - chance)
    said = math.fsum(
        table[i][j] / number * ((i == j) - 2 * (1 - ac1) * (1 - (prevalence[i] + prevalence[j]) / 2) / others) ** 2
        for i in places
        for j in places
    )
    variance = max(0.0, said - (raw - 2 * (1 - ac1) * chance) ** 2) / (number * (1 - chance) ** 2)
    by_chance = math.fsum(row * column for row, column in zip(rows, columns, strict=True))
    return Agreement(
        number,
        raw,
        wilson(raw * number, number),
        _kappa(raw, by_chance),
        ac1,
        _interval(ac1, variance, number),
        prevalence,
    )


def _interval(value: float, variance: float, number: int) -> Interval | None:
    """None of one case, which varies by nothing."""
    if number < 2:
        return None
    half = student_quantile((1 + LEVEL) / 2, number - 1) * math.sqrt(variance)
    return max(-1.0, value - half), min(1.0, value + half)


def _kappa(seen: float, by_chance: float) -> float | None:
    return None if math.isclose(by_chance, 1) else (seen - by_chance) / (1 - by_chance)


def weighted_kappa(table: Table) -> float | None:
    """Kappa of answers in an order, with quadratic weights: two apart is four times as bad as one (SCR-08). Raises NotATable."""
    number, places = _number(table), range(len(table))
    rows = [sum(row) / number for row in table]
    columns = [sum(row[at] for row in table) / number for at in places]

    def near(i: int, j: int) -> float:
        return 1 - ((i - j) / (len(table) - 1)) ** 2

    seen = math.fsum(near(i, j) * table[i][j] / number for i in places for j in places)
    by_chance = math.fsum(near(i, j) * rows[i] * columns[j] for i in places for j in places)
    return _kappa(seen, by_chance)


def _number(table: Table) -> int:
    if len(table) < 2 or any(len(row) != len(table) for row in table):
        raise NotATable(
            "a table of agreement has as many columns as rows, one for each answer, and at least two of them"
        )
    number = sum(map(sum, table))
    if number < 1 or any(count < 0 for row in table for count in row):
        raise NotATable("a table of agreement counts cases that both reviewed: there is none, or fewer than none")
    return number


def alpha(cases: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Krippendorff's alpha of names, for more than two reviewers or with gaps (SCR-08): of each case what each answered, or None.

    None where nobody differs from anybody because every answer is the same, or no case has two answers.
    """
    together: dict[tuple[Hashable, Hashable], Fraction] = defaultdict(Fraction)
    for case in cases:
        answers = Counter(answer for answer in case if answer is not None)
        if answers.total() < 2:
            continue
        for one, times in answers.items():
            for other, others in answers.items():
                together[one, other] += Fraction(times * (others - (one == other)), answers.total() - 1)
    totals: dict[Hashable, Fraction] = defaultdict(Fraction)
    for (one, _), share in together.items():
        totals[one] += share
    whole = sum(totals.values())
    expected = whole * whole - sum(total * total for total in totals.values())
    if not expected:
        return None
    apart = sum(share for (one, other), share in together.items() if one != other)
    return float(1 - (whole - 1) * apart / expected)


def table_of(pairs: Iterable[tuple[str, str]], answers: Sequence[str]) -> list[list[int]]:
    """The table of what the first and the second reviewer answered, by the answers there are, in their order."""
    place = {answer: at for at, answer in enumerate(answers)}
    made = [[0] * len(answers) for _ in answers]
    for first, second in pairs:
        made[place[first]][place[second]] += 1
    return made
