"""Records in, persons out: standardised, blocked, learnt from, scored, decided by rule and joined (IDN-02, IDN-04)."""

import hashlib
import json
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from craffu.engines.choice import Engine
from craffu.engines.columns import Columns
from craffu.linkage import rules
from craffu.linkage.model import scoring, training
from craffu.linkage.model.blocking import Chosen, chosen
from craffu.linkage.model.comparisons import KNOWN_AS, comparisons_for, in_part
from craffu.linkage.model.drift import MODEL_VERSION, Learns, levels_why, why_anew
from craffu.linkage.model.families import less_for_families, shared_given
from craffu.linkage.model.levels import Settings, prior_weight
from craffu.linkage.model.pairs import pairs_of_all, scored
from craffu.linkage.model.undated import Believed, believed, less_where_undated
from craffu.linkage.model.weighing import Said as SaidOf
from craffu.linkage.model.weighing import Weighed, labels_of, weighed
from craffu.linkage.standard.rows import Cuts, Given
from craffu.linkage.standard.tables import homes_are_shared, read_rows

SEED: Final = 20_260
# A column that so few records fill is not compared.
_LEAST_FILLED: Final = 0.002
# Pairs worth keeping: far below what a person is asked about, because they may come to count together with others.
_LEAST_WEIGHT: Final = -8.0
_PAIRS_FOR_EACH: Final = 60
_PAIRS_AT_LEAST: Final = 2_000_000
_ROUNDS: Final = 4
# In a table that says so many homes, it is seen whether they are shared.
_HOMES_SAID: Final = 0.3
# Above `link.auto`: people of one home have in common what is counted as though chance had brought it together.
AUTO_WHERE_HOMES_ARE_SHARED: Final = 0.995
# What the model works out for itself is never lower.
LOWEST_AUTO: Final = 0.95
# Where few say a home names say the most, and those of one family, people or language go together: two of one family name share a
# given one two to six times as often as chance would have it.
LOWEST_AUTO_BY_NAMES: Final = 0.98

type Said = Callable[[str], object]
type Numbers = dict[str, list[str]]


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
class Standing:
    """What a whole table says of any pair in it: how far all weights are shifted, what to beware of, and how far a pair is
    believed without birthdays (see `undated`).
    """

    shift: float
    homes_are_shared: bool
    namesakes: bool
    believed: Believed = ()


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
    links, clerical, held, persons = evidence.joined(rules.Thresholds(from_here, min(rules.USUAL.clerical, from_here)))
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


class Evidence:
    """The scored pairs of some records, each with its police number where it says one, and what is to be beware of in them.

    `beside` are pairs that nobody asked about, which say who is surely two.
    """

    def __init__(
        self,
        pairs: Mapping[str, NDArray[Any]],
        settings: Settings,
        standing: Standing,
        numbers: Sequence[str | None],
        beside: Mapping[str, NDArray[Any]] | None = None,
    ) -> None:
        self.pairs = {**pairs, "weight": pairs["weight"] + standing.shift}
        self.prior_weight = prior_weight(settings) + standing.shift
        self.homes_are_shared, self.namesakes = standing.homes_are_shared, standing.namesakes
        self.weighed: dict[rules.Link, tuple[Weighed, int]] = {}
        self._labels = labels_of(settings)
        self._count = len(numbers)
        self._numbers = _police_numbers(self.pairs, numbers)
        compared = {one["output_column_name"]: one["comparison_levels"] for one in settings["comparisons"]}
        chances = {name: levels[1]["u_probability"] for name, levels in compared.items()}
        highest = {name: len(levels) - 2 for name, levels in compared.items()}
        own = scoring.own_numbers(chances, 2**self.prior_weight)
        self._in_part = in_part(self._labels)
        self._probabilities = partial(_probabilities, told=standing.believed, in_part=self._in_part)
        self._either_of_two = partial(
            scoring.either_of_two, beside=beside, highest=highest, own=own, in_part=self._in_part
        )
        self._against = partial(
            scoring.speaks_against,
            highest=highest,
            own=own,
            homes_are_shared=standing.homes_are_shared,
            namesakes=standing.namesakes,
            known_as=_known_as(compared),
        )

    def of_pair(self, at: int) -> tuple[float, tuple[SaidOf, ...]]:
        """The probability of one of the pairs by itself, and what each comparison said of it, however improbable it is."""
        rows = np.array([at])
        probability = self._probabilities(self.pairs, least=rules.USUAL.clerical)[rows]
        said = weighed(self.pairs, rows, probability, self._labels, self.prior_weight)
        return float(probability[0]), said.of(0)

    def automatic_from(self) -> float:
        """Where homes are shared, a high one: what is added up then expects too much. Elsewhere the lowest threshold, down to
        a floor, above which the model itself expects as many right as the rule asks for (IDN-02).
        """
        if self.homes_are_shared:
            return AUTO_WHERE_HOMES_ARE_SHARED
        probability = np.where(self._against(self.pairs), 0.0, self._probabilities(self.pairs))
        lowest = LOWEST_AUTO_BY_NAMES if self.namesakes else LOWEST_AUTO
        return scoring.expected_to_be_right(probability, rules.LEAST_PRECISION, lowest, rules.USUAL.auto)

    def joined(
        self, thresholds: rules.Thresholds, known: Sequence[rules.Link] = ()
    ) -> tuple[list[rules.Link], list[rules.Link], list[rules.Held], list[list[int]]]:
        """The links, the pairs for a person, the links held, and the persons that come of them. `known` are links that stand
        already and are not among the answers.
        """
        person = np.arange(self._count)
        links: list[rules.Link] = []
        clerical: list[rules.Link] = []
        answer = rules.cluster_more(rules.Clusters([], []), [], known, identifiers=self._numbers)
        evidence: Mapping[str, NDArray[Any]] = self.pairs
        for _ in range(_ROUNDS):
            more, clerical = self._decided(evidence, thresholds, person)
            if not more:
                break
            answer = rules.cluster_more(answer, [*known, *links], more, identifiers=self._numbers)
            links += more
            person = _whose(answer.persons, self._count)
            evidence = scoring.joined_evidence(self.pairs, person, self.prior_weight, self._in_part)
        refused = {(held.link.left, held.link.right) for held in answer.held}
        persons = _with_all_others(answer.persons, self._count)
        return [link for link in links if link[:2] not in refused], clerical, answer.held, persons

    def _decided(
        self, evidence: Mapping[str, NDArray[Any]], thresholds: rules.Thresholds, person: NDArray[np.int64]
    ) -> tuple[list[rules.Link], list[rules.Link]]:
        """Pairs to link by themselves, and those for a person."""
        most = min(scoring.FOR_A_PERSON, math.nextafter(thresholds.auto, 0))
        probability = self._probabilities(evidence, least=min(thresholds.clerical, most))
        probability = np.where(self._against(evidence), np.minimum(probability, most), probability)
        either = self._either_of_two(evidence, person, probability >= thresholds.auto)
        probability = np.where(either, np.minimum(probability, most), probability)
        rows = np.flatnonzero(probability >= thresholds.clerical)
        said = weighed(evidence, rows, probability, self._labels, self.prior_weight)
        links: list[rules.Link] = []
        clerical: list[rules.Link] = []
        for place, at in enumerate(rows.tolist()):
            likely = float(probability[at])
            link = rules.Link(int(evidence["left"][at]), int(evidence["right"][at]), likely)
            conflict = _conflict(self._numbers.get(link.left), self._numbers.get(link.right))
            decision = rules.decide(likely, thresholds, hard_id_conflict=conflict).decision
            (links if decision is rules.Decision.LINK else clerical).append(link)
            self.weighed[link] = said, place
        return links, clerical


def _probabilities(
    evidence: Mapping[str, NDArray[Any]], told: Believed, in_part: Collection[int], least: float = 0.0
) -> NDArray[np.float64]:
    return less_where_undated(evidence, scoring.probabilities(evidence["weight"]), told, in_part, least)


def _whose(persons: Sequence[Sequence[int]], count: int) -> NDArray[np.int64]:
    """Of each record the first of its person's."""
    person = np.arange(count)
    sizes = [len(members) for members in persons]
    records = np.fromiter(chain.from_iterable(persons), dtype=np.int64, count=sum(sizes))
    person[records] = np.repeat([members[0] for members in persons], sizes) if persons else records
    return person


def _with_all_others(persons: Sequence[list[int]], count: int) -> list[list[int]]:
    """These persons and, of every record that is none of theirs, one more, in the order of their first records."""
    of = {members[0]: members for members in persons}
    others = np.ones(count, dtype=np.bool_)
    others[np.fromiter(chain.from_iterable(persons), dtype=np.int64)] = False
    return [of.get(at) or [at] for at in sorted([*of, *np.flatnonzero(others).tolist()])]


def _known_as(compared: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, int]:
    """By comparison of names the level at which one is a name by which somebody is also known."""
    return {
        name: len(levels) - 1 - at
        for name, levels in compared.items()
        for at, level in enumerate(levels)
        if level["label_for_charts"] == KNOWN_AS
    }


def _conflict(one: Numbers | None, other: Numbers | None) -> bool:
    if not one or not other:
        return False
    return any(set(one[kind]).isdisjoint(other[kind]) for kind in one.keys() & other.keys())


def _police_numbers(pairs: Mapping[str, NDArray[Any]], said: Sequence[str | None]) -> dict[int, Numbers]:
    """The police identifiers of each record; two that are a slip of the fingers apart, in a likely pair, are one."""
    as_one: dict[str, str] = {}

    def first(value: str) -> str:
        while as_one.get(value, value) != value:
            value = as_one[value]
        return value

    if "level_identifier" in pairs:
        for at in np.flatnonzero((pairs["level_identifier"] > 0) & (pairs["weight"] > 0)).tolist():
            one, other = (said[int(pairs[side][at])] for side in ("left", "right"))
            if one and other:
                low, high = sorted((first(one), first(other)))
                as_one[high] = low
    return {at: {value.partition(" ")[0]: [first(value)]} for at, value in enumerate(said) if value}


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
