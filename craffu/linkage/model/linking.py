"""Records in, persons out: standardised, blocked, learnt from, scored, decided by rule and joined (IDN-02, IDN-04)."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

from numpy.typing import NDArray

from craffu.engines.choice import Engine
from craffu.engines.columns import Columns
from craffu.linkage import rules
from craffu.linkage.model import scoring, training
from craffu.linkage.model.blocking import Chosen, chosen
from craffu.linkage.model.comparisons import comparisons_for, in_part
from craffu.linkage.model.drift import MODEL_VERSION, Learns, levels_why, why_anew
from craffu.linkage.model.evidence import Evidence, Standing
from craffu.linkage.model.families import less_for_families, shared_given
from craffu.linkage.model.levels import Settings
from craffu.linkage.model.pairs import pairs_of_all, scored
from craffu.linkage.model.undated import believed
from craffu.linkage.model.weighing import Said as SaidOf
from craffu.linkage.model.weighing import Weighed, labels_of
from craffu.linkage.standard.rows import Cuts, Given
from craffu.linkage.standard.tables import homes_are_shared, read_rows

SEED: Final = 20_260
# A column that so few records fill is not compared.
_LEAST_FILLED: Final = 0.002
# Pairs worth keeping: far below what a person is asked about, because they may come to count together with others.
_LEAST_WEIGHT: Final = -8.0
_PAIRS_FOR_EACH: Final = 60
_PAIRS_AT_LEAST: Final = 2_000_000
# In a table that says so many homes, it is seen whether they are shared.
_HOMES_SAID: Final = 0.3

type Said = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt, of which data, and the figures by which a later run sees that its data have changed."""

    version: str
    data: str
    seed: int
    settings: Settings = field(repr=False)
    filled: Mapping[str, float]
    levels: Mapping[str, Mapping[str, float]]
    # How many pairs the shares of levels are of.
    likely: int = 0

    def as_json(self) -> str:
        shown = {
            "version": self.version,
            "data": self.data,
            "seed": self.seed,
            "filled": self.filled,
            "levels": self.levels,
        }
        return json.dumps({**shown, "settings": self.settings}, indent=1, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Before:
    """A model learnt before: its settings, and the figures of the records that it was learnt from."""

    settings: Settings = field(repr=False)
    figures: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Linked:
    """The persons by the places of their records, with every link and what was left to a person. The left table comes first.

    `weighed` says of each of them with what weighing it was found, and at which place of it.
    """

    persons: list[list[int]]
    links: list[rules.Link]
    clerical: list[rules.Link]
    held: list[rules.Held]
    blocking: Chosen
    model: Model
    auto: float
    # Why the model was learnt from these records, None where one learnt before was used.
    learns: Learns | None
    rows: Columns = field(repr=False)
    cuts: Cuts[frozenset[str]] = field(repr=False)
    standing: Standing | None
    weighed: Mapping[rules.Link, tuple[Weighed, int]] = field(default_factory=dict, repr=False)

    def said_of(self, link: rules.Link) -> tuple[SaidOf, ...]:
        """What each comparison said of two records (see `weighing`)."""
        found, at = self.weighed[link]
        return found.of(at)


def linked(
    left: Iterable[Given],
    right: Collection[Given] | None = None,
    *,
    engine: Engine,
    others: Sequence[str] = (),
    auto: float | None = None,
    before: Before | None = None,
    seed: int = SEED,
    said: Said = str,
) -> Linked:
    """Which records are one person, within one table or across two. `said` is told what is being done.

    A model learnt before is used while it fits these records (see `drift`), else one is learnt from them.

    Pairs are linked from the probability `auto` on; where it is not given, from the one that the model itself works out.

    Raises TooManyPairs where no way to look for pairs is within the budget, NothingToCompare where there is none, and
    NotEnoughMemory.
    """
    said("reading names, dates and places")
    rows, cuts = read_rows(chain(left, right or ()), others)
    middle = len(rows) - len(right or ())
    sides = rows[:middle], None if right is None else rows[middle:]
    filled = rows.filled()
    usable = {name for name, share in filled.items() if share >= _LEAST_FILLED}
    compared = comparisons_for(usable, len(others))
    said("counting pairs")
    budget = max(_PAIRS_AT_LEAST, _PAIRS_FOR_EACH * len(rows))
    blocks = chosen(*sides, usable, [f"other_{at}" for at in range(len(others))], budget)
    if not blocks.rules:
        nothing = Model(MODEL_VERSION, _digest(rows), seed, {}, filled, {})
        from_here = rules.USUAL.auto if auto is None else auto
        return Linked([[at] for at in range(len(rows))], [], [], [], blocks, nothing, from_here, None, rows, cuts, None)
    learns = Learns.NONE_YET if before is None else why_anew(
        before.figures, MODEL_VERSION, [one.name for one in compared], len(rows), filled
    )  # fmt: skip
    pairs: dict[str, NDArray[Any]] = {}
    alike = shared_given(rows)

    def weighed_of(settings: Settings) -> dict[str, NDArray[Any]]:
        found = scored(engine, sides, settings, blocks.rules, _LEAST_WEIGHT)
        return less_for_families(found, settings, alike[found["left"]])

    if before is not None and learns is None:
        settings = blocked_by(before.settings, blocks)
        said(f"scoring {blocks.total:,} pairs")
        pairs = weighed_of(settings)
        fewest = min(before.figures["likely"], _likely(pairs))
        learns = levels_why(before.figures["levels"], _shares(pairs, settings), fewest)
    if learns is not None:
        said(f"learning from {blocks.total:,} pairs")
        settings = training.learnt(compared, blocks.rules, sides, usable, seed)
        said("scoring pairs")
        pairs = weighed_of(settings)
    said("joining persons")
    standing = standing_of(pairs, settings, pairs_of_all(sides), rows)
    evidence = Evidence(pairs, settings, standing, rows.values("police_number"))
    from_here = evidence.automatic_from() if auto is None else auto
    links, clerical, held, persons = evidence.joined(
        rules.Thresholds(from_here, min(rules.USUAL.clerical, from_here)), is_whole=True
    )
    model = Model(_version(settings), _digest(rows), seed, settings, filled, _shares(pairs, settings), _likely(pairs))
    return Linked(
        persons, links, clerical, held, blocks, model, from_here, learns, rows, cuts, standing, evidence.weighed
    )


def blocked_by(settings: Settings, blocks: Chosen) -> Settings:
    """A model's settings with these rules to look for pairs by."""
    return {**settings, "blocking_rules_to_generate_predictions": [rule.sql for rule in blocks.rules]}


def standing_of(pairs: Mapping[str, NDArray[Any]], settings: Settings, count: int, rows: Columns) -> Standing:
    shared = homes_are_shared(rows)
    few_say_a_home = rows.said("home_there") < _HOMES_SAID * len(rows)
    shift = scoring.prior_shift(pairs["weight"], settings["probability_two_random_records_match"], count)
    told = believed({**pairs, "weight": pairs["weight"] + shift}, in_part(labels_of(settings)))
    return Standing(shift, shared, shared or few_say_a_home, told)


def _likely(pairs: Mapping[str, NDArray[Any]]) -> int:
    return int((pairs["weight"] >= 0).sum())


def _shares(pairs: Mapping[str, NDArray[Any]], settings: Settings) -> dict[str, dict[str, float]]:
    """How many of the likely pairs are on each level of each comparison."""
    likely = pairs["weight"] >= 0
    total = max(1, int(likely.sum()))
    made = {}
    for one in settings["comparisons"]:
        levels = one["comparison_levels"]
        on = pairs[f"level_{one['output_column_name']}"][likely]
        names = {
            -1: "not_said",
            **{len(levels) - 2 - at: level["label_for_charts"] for at, level in enumerate(levels[1:])},
        }
        made[one["output_column_name"]] = {name: round(int((on == at).sum()) / total, 4) for at, name in names.items()}
    return made


def _version(settings: Settings) -> str:
    learnt = json.dumps(settings["comparisons"], sort_keys=True).encode()
    return f"{MODEL_VERSION}-{hashlib.sha256(learnt).hexdigest()[:12]}"


def _digest(rows: Columns) -> str:
    """Of what the rows say, column by column: a row at a time takes four times as long."""
    found = hashlib.sha256()
    for name in sorted(rows.names):
        for some in rows.in_parts(name):
            found.update(json.dumps([name, some]).encode())
    return found.hexdigest()
