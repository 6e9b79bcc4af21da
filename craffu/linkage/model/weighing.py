"""What each comparison said of a pair, so that whoever asks why can be shown it and can add it up (P35, IDN-02).

Pure. Weights are log 2 of a ratio of odds: together they are the pair's weight, the prior among them. No value is among them.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from craffu.linkage.model.comparisons import CHOICE, FEW_TWINS, HELD_DOWN, NOT_SAID, PRIOR
from craffu.linkage.model.scoring import for_choice

_FIGURES: Final = 6

type Said = tuple[str, str, float]
"""A comparison, the level that the two are on, and its weight."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was said of some pairs, each by its place: columns as `scoring` makes them, of these pairs alone."""

    columns: Mapping[str, NDArray[Any]] = field(repr=False)
    probability: NDArray[np.float64] = field(repr=False)
    labels: Mapping[str, Sequence[str]]
    prior: float
    trusted: NDArray[np.bool_] | None = field(repr=False, default=None)

    def of(self, at: int) -> tuple[Said, ...]:
        """The prior first, then every comparison in the model's order; together they are the weight of the pair."""
        found = [(PRIOR, PRIOR, self.prior)]
        for name, labels in self.labels.items():
            level = int(self.columns[f"level_{name}"][at])
            part = 0.0 if level < 0 else float(self.columns[f"part_{name}"][at])
            found.append((name, NOT_SAID if level < 0 else labels[level], part))
        pairs = int(self.columns["pairs"][at]) if "pairs" in self.columns else 1
        if pairs > 1:
            found.append((CHOICE, str(pairs), -float(for_choice(pairs))))
        weight, held = float(self.columns["weight"][at]), _weight(float(self.probability[at]))
        if held is not None and held < weight - 1e-3:
            found.append((HELD_DOWN, HELD_DOWN, held - math.fsum(one[2] for one in found)))
        if self.trusted is not None and self.trusted[at]:
            found.append((FEW_TWINS, FEW_TWINS, 0.0))
        return tuple((name, label, round(part, _FIGURES)) for name, label, part in found)


def weighed(
    evidence: Mapping[str, NDArray[Any]],
    rows: NDArray[np.int64],
    probability: NDArray[np.float64],
    labels: Mapping[str, Sequence[str]],
    prior: float,
    trusted: NDArray[np.bool_] | None = None,
) -> Weighed:
    """What was said of some of the scored pairs, which stand in these rows. `trusted` are those that something speaks against and
    that are not held down all the same.
    """
    kept = [f"{kind}_{name}" for name in labels for kind in ("level", "part")]
    columns = {name: evidence[name][rows] for name in (*kept, "weight", *(("pairs",) if "pairs" in evidence else ()))}
    return Weighed(columns, probability[rows], labels, prior, None if trusted is None else trusted[rows])


def labels_of(settings: Mapping[str, Any]) -> dict[str, list[str]]:
    """What each level of each comparison is called, from nothing alike up to the same."""
    return {
        one["output_column_name"]: [level["label_for_charts"] for level in reversed(one["comparison_levels"][1:])]
        for one in settings["comparisons"]
    }


def _weight(probability: float) -> float | None:
    """Log 2 of the odds; None where the odds have no bound."""
    return math.log2(probability / (1 - probability)) if 0 < probability < 1 else None
