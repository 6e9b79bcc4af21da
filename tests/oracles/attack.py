"""Whoever works back what is hidden from everything that is printed (T41): sums of unknown counts, and what follows from them.

Two ways of reasoning: what adding and taking away whole lines tells (the rows of a linear system), and which counts are left
where none is below nought (bounds carried along until nothing changes). No solver is among the locked libraries.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

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
        """Which of these counts follow exactly."""
        left, told = self.bounds(), self.told_by_adding()
        return [cell for cell in hidden if cell in told or left.get(cell, (0, MANY))[0] == left.get(cell, (0, MANY))[1]]
