"""Some records that arrived held against those they may be: the same levels, weights and rules as in a run of the whole table.

The levels are those of the model kept, in its own words, so that there is one saying of each. How often a value is said is what
the last run counted. Nothing is learnt here.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from craffu.engines.duck import answered, arrow_table, side_by_side
from craffu.linkage import rules
from craffu.linkage.model.comparisons import in_part
from craffu.linkage.model.linking import Evidence, Standing
from craffu.linkage.model.scoring import fits_of, probabilities
from craffu.linkage.model.tables import Settings
from craffu.linkage.model.weighing import Said, labels_of
from craffu.linkage.standard.rows import LISTS, NUMBERS, Row

type Pair = tuple[int, int]
type HowMany = Callable[[str, str], float]
"""How many records say a value in a column, as a share of those that say any."""

_COLUMN: Final = re.compile(r"\b(\w+?)_[lr]\b")


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
    thresholds: rules.Thresholds,
    known: Sequence[rules.Link] = (),
) -> Compared:
    """What the model says of these pairs of records, given by their places. `known` are links that stand among the records."""
    if not pairs:
        return Compared([], [], [], {})
    scored = _scored(settings, rows, sorted(pairs), how_many)
    two = _who_may_be_two(scored, thresholds.clerical, standing.shift, in_part(labels_of(settings)))
    beside = _scored(settings, rows, two, how_many) if two else None
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
    settings: Settings, rows: Sequence[Row], pairs: Sequence[Pair], how_many: HowMany
) -> dict[str, NDArray[Any]]:
    """As `Tables.scored` gives it, of these pairs alone."""
    comparisons = settings["comparisons"]
    records = arrow_table(_records(comparisons, rows), LISTS, NUMBERS | {"record"})
    found = answered(_question(comparisons), {"pairs": side_by_side(records, pairs)})
    left, right = (np.asarray(found[side], dtype=np.int64) for side in ("record_l", "record_r"))
    order = np.lexsort((right, left))
    prior = settings["probability_two_random_records_match"]
    weight = np.full(len(left), math.log2(prior / (1 - prior)))
    made: dict[str, NDArray[Any]] = {"left": left[order], "right": right[order]}
    for at, one in enumerate(comparisons):
        name, levels = one["output_column_name"], one["comparison_levels"][1:]
        level = np.asarray(found[f"level_{at}"], dtype=np.int8)[order]
        part = _weights(levels)[level]
        for place, tf in _rarer(levels):
            for row in np.flatnonzero(level == place).tolist():
                value = rows[int(made["left"][row])][tf["tf_adjustment_column"]]
                part[row] += math.log2(tf["u_probability"]) - math.log2(how_many(tf["tf_adjustment_column"], value))
        part = np.where(level < 0, 0.0, part)
        weight += part
        made[f"level_{name}"], made[f"part_{name}"] = level, part
    return {**made, "weight": weight}


def _weights(levels: Sequence[Mapping[str, Any]]) -> NDArray[np.float64]:
    """The weight of each level by its number, the last level being 0; of -1 too, which is looked at by nobody."""
    return np.asarray([math.log2(one["m_probability"] / one["u_probability"]) for one in reversed(levels)] + [0.0])


def _rarer(levels: Sequence[Mapping[str, Any]]) -> list[tuple[int, Mapping[str, Any]]]:
    """The levels whose rarer values say more, each with its number."""
    numbered = [(len(levels) - 1 - at, one) for at, one in enumerate(levels)]
    return [(number, one) for number, one in numbered if one.get("tf_adjustment_column")]


def columns_counted(settings: Settings) -> list[str]:
    """The columns of which it is counted how often each value is said."""
    found = {
        level["tf_adjustment_column"]
        for one in settings["comparisons"]
        for level in one["comparison_levels"]
        if level.get("tf_adjustment_column")
    }
    return sorted(found)


def _columns(comparisons: Sequence[Mapping[str, Any]]) -> list[str]:
    said = " ".join(level["sql_condition"] for one in comparisons for level in one["comparison_levels"])
    return sorted(set(_COLUMN.findall(said)))


def _question(comparisons: Sequence[Mapping[str, Any]]) -> str:
    cases = ", ".join(f"{_case(one['comparison_levels'])} AS level_{at}" for at, one in enumerate(comparisons))
    return f"SELECT record_l, record_r, {cases} FROM pairs"  # noqa: S608


def _case(levels: Sequence[Mapping[str, Any]]) -> str:
    unsaid, *others = levels
    numbered = [(len(others) - 1 - at, one["sql_condition"]) for at, one in enumerate(others)]
    whens = " ".join(f"WHEN {sql} THEN {number}" for number, sql in numbered if sql != "ELSE")
    return f"CASE WHEN {unsaid['sql_condition']} THEN -1 {whens} ELSE 0 END"


def _records(comparisons: Sequence[Mapping[str, Any]], rows: Sequence[Row]) -> list[Row]:
    """What is compared of each record, with its place."""
    columns = _columns(comparisons)
    return [{"record": at, **{name: row[name] for name in columns}} for at, row in enumerate(rows)]
