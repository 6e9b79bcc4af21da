"""Whoever works back what is hidden from everything that is printed (T41): sums of unknown counts, and what follows from them.

Three ways of reasoning: what adding and taking away whole lines tells (the rows of a linear system), which counts are left where
none is below nought (bounds carried along until nothing changes), and a solver of whole numbers: a count is hidden while there
are two sets of counts that fit all that is printed and differ in it, and each of the others that they differ in is hidden too.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import highspy

from craffu.published.disclosure import To

PRIME = 2**61 - 1
MANY = 10**6


@dataclass
class Attack:
    """Sums of unknown counts and between what they lie."""

    sums: list[tuple[dict[Any, int], int, int]] = field(default_factory=list)

    def say(self, terms: dict[Any, int], low: int, high: int | None = None) -> None:
        self.sums.append((terms, low, low if high is None else high))

    def print(self, count: int, to: To, *cells: Any) -> None:
        """A printed count, in public to the nearest five."""
        fuzz = 2 if to is To.PUBLIC else 0
        self.say(dict.fromkeys(cells, 1), count - fuzz, count + fuzz)

    def bounds(self) -> dict[Any, tuple[int, int]]:
        left = {cell: (0, MANY) for terms, _, _ in self.sums for cell in terms}
        changed = True
        while changed:
            changed = False
            for terms, low, high in self.sums:
                least = sum(k * left[c][k < 0] for c, k in terms.items())
                most = sum(k * left[c][k > 0] for c, k in terms.items())
                for cell, k in terms.items():
                    a, b = left[cell]
                    least_others, most_others = least - k * left[cell][k < 0], most - k * left[cell][k > 0]
                    ends = ((low - most_others) / k, (high - least_others) / k)
                    new = (max(a, -int(-min(ends) // 1)), min(b, int(max(ends) // 1)))
                    if new != (a, b):
                        left[cell], changed = new, True
                        least = sum(k * left[c][k < 0] for c, k in terms.items())
                        most = sum(k * left[c][k > 0] for c, k in terms.items())
        return left

    def told_by_adding(self) -> set[Any]:
        """The counts that follow from the exact sums by adding and taking away: their own row is in the system's rows."""
        order: dict[Any, int] = {}
        reduced: dict[int, dict[int, int]] = {}
        for terms, low, high in self.sums:
            if low != high:
                continue
            row = {order.setdefault(cell, len(order)): k % PRIME for cell, k in terms.items()}
            while row and (lead := min(row)) in reduced:
                self._take(row, reduced[lead], row[lead])
            if row:
                lead = min(row)
                inverse = pow(row[lead], -1, PRIME)
                reduced[lead] = {at: k * inverse % PRIME for at, k in row.items()}
        for lead in sorted(reduced, reverse=True):
            for other, row in reduced.items():
                if other != lead and lead in row:
                    self._take(row, reduced[lead], row[lead])
        names = {at: cell for cell, at in order.items()}
        return {names[lead] for lead, row in reduced.items() if len(row) == 1}

    @staticmethod
    def _take(row: dict[int, int], other: dict[int, int], times: int) -> None:
        for at, k in other.items():
            now = (row.get(at, 0) - times * k) % PRIME
            if now:
                row[at] = now
            else:
                row.pop(at, None)

    def recovered(self, hidden: Iterable[Any]) -> list[Any]:
        """Which of these counts follow exactly. Raises ValueError where no counts fit what is said, or nothing was found out."""
        left, told = self.bounds(), self.told_by_adding()
        asked = {cell: left.get(cell, (0, MANY)) for cell in hidden}
        found = {cell for cell, (low, high) in asked.items() if cell in told or low == high}
        still = {cell for cell in asked if cell in left and cell not in found}
        for cells, sums in _apart(self.sums, left):
            if ours := still & cells:
                found |= Solver.of(sums, {cell: left[cell] for cell in cells}).recovered(sorted(ours, key=str))
        return [cell for cell in asked if cell in found]


type Sum = tuple[dict[Any, int], int, int]
type Bounds = Mapping[Any, tuple[int, int]]


def _apart(sums: Iterable[Sum], bounds: Bounds) -> Iterator[tuple[set[Any], list[Sum]]]:
    """The counts that are not known yet, in groups of which none says anything of another, each with its sums of those alone."""
    groups: dict[Any, set[Any]] = {}
    open_sums: list[Sum] = []
    for terms, low, high in sums:
        known = sum(k * bounds[cell][0] for cell, k in terms.items() if bounds[cell][0] == bounds[cell][1])
        rest = {cell: k for cell, k in terms.items() if bounds[cell][0] < bounds[cell][1]}
        if not rest:
            continue
        open_sums.append((rest, low - known, high - known))
        joined = set(rest).union(*(groups[cell] for cell in rest if cell in groups))
        groups |= dict.fromkeys(joined, joined)
    of_group: dict[int, list[Sum]] = defaultdict(list)
    for one in open_sums:
        of_group[id(groups[next(iter(one[0]))])].append(one)
    for cells in {id(one): one for one in groups.values()}.values():
        yield cells, of_group[id(cells)]


# So many times all counts are pushed at once, each up or down, before those are asked one by one that nothing moved.
PUSHED = 4


@dataclass
class Solver:
    """What is said as a program of whole numbers (HiGHS)."""

    program: Any
    places: Mapping[Any, int]
    bounds: Bounds

    @classmethod
    def of(cls, sums: Sequence[Sum], bounds: Bounds) -> Self:
        places = {cell: at for at, cell in enumerate(bounds)}
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(places), len(sums)
        lp.col_cost_ = [0.0] * len(places)
        lp.col_lower_, lp.col_upper_ = ([float(one[end]) for one in bounds.values()] for end in (0, 1))
        lp.row_lower_, lp.row_upper_ = [float(low) for _, low, _ in sums], [float(high) for *_, high in sums]
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(places)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        starts, index, value = [0], [], []
        for terms, _, _ in sums:
            index += [places[cell] for cell in terms]
            value += [float(k) for k in terms.values()]
            starts.append(len(index))
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = starts, index, value
        program: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        program.setOptionValue("output_flag", False)
        program.passModel(lp)
        return cls(program, places, bounds)

    def recovered(self, cells: Sequence[Any]) -> set[Any]:
        """Which of these counts are the same in every set of counts that fits."""
        first = self._fits()
        if first is None:
            raise ValueError("no counts fit what is printed")
        chance, still, found = random.Random(0), set(cells), set()  # noqa: S311  # which way a count is pushed
        for _ in range(PUSHED):
            still -= self._moved(first, self._pushed(still, chance) or first)
        for cell in cells:
            if cell in still:
                low, high = self.bounds[cell]
                other = self._within(cell, first[cell] + 1, high) or self._within(cell, low, first[cell] - 1)
                still -= {cell} if other is None else self._moved(first, other)
                found |= {cell} if other is None else set()
        return found

    def _moved(self, one: Mapping[Any, int], other: Mapping[Any, int]) -> set[Any]:
        return {cell for cell, count in one.items() if other[cell] != count}

    def _pushed(self, cells: Iterable[Any], chance: random.Random) -> dict[Any, int] | None:
        places = [self.places[cell] for cell in cells]
        for at in places:
            self.program.changeColCost(at, chance.choice((-1.0, 1.0)))
        found = self._fits()
        for at in places:
            self.program.changeColCost(at, 0.0)
        return found

    def _within(self, cell: Any, low: int, high: int) -> dict[Any, int] | None:
        if low > high:
            return None
        at = self.places[cell]
        self.program.changeColBounds(at, low, high)
        found = self._fits()
        self.program.changeColBounds(at, *self.bounds[cell])
        return found

    def _fits(self) -> dict[Any, int] | None:
        """Whole counts that fit; None where there are none."""
        self.program.run()
        status = self.program.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise ValueError(f"nothing was found out: {status}")
        values = self.program.getSolution().col_value
        return {cell: round(values[at]) for cell, at in self.places.items()}
