"""Some records that arrived held against those they may be: the same levels, weights and rules as in a run of the whole table.

The levels are those of the model kept, in its own words, so that there is one saying of each. How often a value is said is what
the last run counted. Nothing is learnt here.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from craffu.engines.duck import answered, arrow_table, side_by_side
from craffu.linkage import rules
from craffu.linkage.model.asking import levels_asked
from craffu.linkage.model.comparisons import in_part
from craffu.linkage.model.evidence import Evidence, Standing
from craffu.linkage.model.families import less_for_families
from craffu.linkage.model.levels import Settings, columns_in, conditions_of, weighed_by_levels
from craffu.linkage.model.scoring import fits_of, probabilities
from craffu.linkage.model.weighing import Said, labels_of
from craffu.linkage.standard.rows import LISTS, NUMBERS, Row

type Pair = tuple[int, int]
type HowMany = Callable[[str, str], float]
"""How many records say a value in a column, as a share of those that say any."""
type SharedGiven = Callable[[str], float]
"""By how many bits a family name says less where the given name agrees too (see `families`)."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Links, pairs for a person and links held, by the places of their records; `pairs` has every pair as it was scored."""

    links: Sequence[rules.Link]
    clerical: Sequence[rules.Link]
    held: Sequence[rules.Held]
    pairs: Mapping[str, NDArray[Any]] = field(repr=False)
    evidence: Evidence | None = field(repr=False, default=None)

    def said_of(self, link: rules.Link) -> tuple[Said, ...]:
        """What each comparison said of two records (see `weighing`)."""
        if self.evidence is None:
            raise ValueError("nothing was compared")
        found, at = self.evidence.weighed[link]
        return found.of(at)


def compared(
    settings: Settings,
    standing: Standing,
    rows: Sequence[Row],
    pairs: Sequence[Pair],
    how_many: HowMany,
    shared_given: SharedGiven,
    thresholds: rules.Thresholds,
    known: Sequence[rules.Link] = (),
) -> Compared:
    """What the model says of these pairs of records, given by their places. `known` are links that stand among the records."""
    if not pairs:
        return Compared([], [], [], {})
    scored = _scored(settings, rows, sorted(pairs), how_many, shared_given)
    two = _who_may_be_two(scored, thresholds.clerical, standing.shift, in_part(labels_of(settings)))
    beside = _scored(settings, rows, two, how_many, shared_given) if two else None
    evidence = Evidence(scored, settings, standing, [row["police_number"] for row in rows], beside)
    links, clerical, held, _persons = evidence.joined(thresholds, known)
    standing_links = set(known)
    return Compared(links, clerical, [one for one in held if one.link not in standing_links], evidence.pairs, evidence)


def _who_may_be_two(scored: Mapping[str, NDArray[Any]], least: float, shift: float, part: Sequence[int]) -> list[Pair]:
    """Any two that a record may be which says no whole birthday."""
    if "level_born" not in scored:
        return []
    likely = probabilities(scored["weight"] + shift) >= least
    unsaid = likely & np.isin(scored["level_born"], [-1, *part])
    fits = fits_of(scored["left"][unsaid], scored["right"][unsaid])
    return sorted({pair for some in fits.values() for pair in combinations(sorted(some), 2)})


def _scored(
    settings: Settings, rows: Sequence[Row], pairs: Sequence[Pair], how_many: HowMany, shared_given: SharedGiven
) -> dict[str, NDArray[Any]]:
    """As a run has it, of these pairs alone."""
    records = arrow_table(_records(settings["comparisons"], rows), LISTS, NUMBERS | {"record"})
    found = answered(levels_asked(settings["comparisons"], "pairs"), {"pairs": side_by_side(records, pairs)})
    left, right = (np.asarray(found.pop(side), dtype=np.int64) for side in ("record_l", "record_r"))
    order = np.lexsort((right, left))
    left, right = left[order], right[order]
    levels = {name: np.asarray(values, dtype=np.int8)[order] for name, values in found.items()}

    def rarity(column: str, here: NDArray[np.intp]) -> NDArray[np.float64]:
        return np.array([-math.log2(how_many(column, rows[at][column])) for at in left[here].tolist()])

    found = {"left": left, "right": right, **levels, **weighed_by_levels(settings, levels, rarity)}
    bits = [shared_given(family) if (family := rows[at]["family"]) else 0.0 for at in left.tolist()]
    return less_for_families(found, settings, np.array(bits))


def _records(comparisons: Sequence[Mapping[str, Any]], rows: Sequence[Row]) -> list[Row]:
    """What is compared of each record, with its place."""
    columns = columns_in(conditions_of(comparisons))
    return [{"record": at, **{name: row[name] for name in columns}} for at, row in enumerate(rows)]
