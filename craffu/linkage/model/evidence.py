"""The scored pairs of some records, and what comes of them: which link by themselves, which a person sees, who is whose (IDN-02).

Pairs are decided in rounds: of two persons, what all their records say counts together.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from craffu.linkage import rules
from craffu.linkage.model import scoring, twins
from craffu.linkage.model.comparisons import KNOWN_AS, in_part
from craffu.linkage.model.levels import Settings, prior_weight
from craffu.linkage.model.undated import Believed, less_where_undated
from craffu.linkage.model.weighing import Said as SaidOf
from craffu.linkage.model.weighing import Weighed, labels_of, weighed

_ROUNDS: Final = 4
# Above `link.auto`: people of one home have in common what is counted as though chance had brought it together.
AUTO_WHERE_HOMES_ARE_SHARED: Final = 0.995
# What the model works out for itself is never lower.
LOWEST_AUTO: Final = 0.95
# Where few say a home names say the most, and those of one family, people or language go together: two of one family name share a
# given one two to six times as often as chance would have it.
LOWEST_AUTO_BY_NAMES: Final = 0.98

type Pairs = Mapping[str, NDArray[Any]]
type Those = NDArray[np.bool_]
type Numbers = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a whole table says of any pair in it: how far all weights are shifted, what to beware of, and how far a pair is
    believed without birthdays (see `undated`).
    """

    shift: float
    homes_are_shared: bool
    namesakes: bool
    believed: Believed = ()


class Evidence:
    """The scored pairs of some records, each with its police number where it says one, and what is to be beware of in them.

    `beside` are pairs that nobody asked about, which say who is surely two.
    """

    def __init__(
        self,
        pairs: Pairs,
        settings: Settings,
        standing: Standing,
        numbers: Sequence[str | None],
        beside: Pairs | None = None,
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
        self._highest = highest
        self._sex_is_wrong = compared["sex"][-1]["m_probability"] if "sex" in compared else 0.0
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

    def of_pair(self, at: int, auto: float) -> tuple[float, tuple[SaidOf, ...]]:
        """The probability of one of the pairs by itself, held down where something speaks against it, and what each comparison
        said of it, however improbable it is.
        """
        rows = np.array([at])
        probability = self._held_down(self.pairs, self._against(self.pairs), auto, rules.USUAL.clerical)[rows]
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
        self, thresholds: rules.Thresholds, known: Sequence[rules.Link] = (), *, is_whole: bool = False
    ) -> tuple[list[rules.Link], list[rules.Link], list[rules.Held], list[list[int]]]:
        """The links, the pairs for a person, the links held, and the persons that come of them. `known` are links that stand
        already and are not among the answers. Of `is_whole` tables alone it can be told who is nobody else (see `twins`).
        """
        person = np.arange(self._count)
        links: list[rules.Link] = []
        clerical: list[rules.Link] = []
        answer = rules.cluster_more(rules.Clusters([], []), [], known, identifiers=self._numbers)
        evidence: Pairs = self.pairs

        def take(more: Sequence[rules.Link]) -> None:
            nonlocal answer, evidence, person
            answer = rules.cluster_more(answer, [*known, *links], more, identifiers=self._numbers)
            links.extend(more)
            person = _whose(answer.persons, self._count)
            evidence = scoring.joined_evidence(self.pairs, person, self.prior_weight, self._in_part)

        for _ in range(_ROUNDS):
            more, clerical = self._decided(evidence, thresholds, person)
            if not more:
                break
            take(more)
        # Who is alone shows when all that is plain is linked.
        if is_whole and (alone := self._alone(evidence, thresholds, person)).any():
            more, clerical = self._decided(evidence, thresholds, person, alone)
            take(more)
        refused = {(held.link.left, held.link.right) for held in answer.held}
        persons = _with_all_others(answer.persons, self._count)
        return [link for link in links if link[:2] not in refused], clerical, answer.held, persons

    def _alone(self, evidence: Pairs, thresholds: rules.Thresholds, person: NDArray[np.int64]) -> Those:
        """Pairs that something speaks against, and that are surely enough one person all the same."""
        likely = self._probabilities(evidence) >= thresholds.auto
        return twins.one_person(evidence, person, likely & self._against(evidence), self._highest, self._sex_is_wrong)

    def _held_down(self, evidence: Pairs, against: Those, auto: float, clerical: float) -> NDArray[np.float64]:
        """How probable each pair is, those that something speaks against as far as a person sees them and no further."""
        most = _most_held_down(auto)
        probability = self._probabilities(evidence, least=min(clerical, most))
        return np.where(against, np.minimum(probability, most), probability)

    def _decided(
        self, evidence: Pairs, thresholds: rules.Thresholds, person: NDArray[np.int64], trusted: Those | None = None
    ) -> tuple[list[rules.Link], list[rules.Link]]:
        """Pairs to link by themselves, and those for a person. Nothing speaks against those `trusted`."""
        most = _most_held_down(thresholds.auto)
        against = self._against(evidence) if trusted is None else self._against(evidence) & ~trusted
        probability = self._held_down(evidence, against, thresholds.auto, thresholds.clerical)
        either = self._either_of_two(evidence, person, probability >= thresholds.auto)
        probability = np.where(either, np.minimum(probability, most), probability)
        rows = np.flatnonzero(probability >= thresholds.clerical)
        said = weighed(evidence, rows, probability, self._labels, self.prior_weight, trusted)
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


def _most_held_down(auto: float) -> float:
    return min(scoring.FOR_A_PERSON, math.nextafter(auto, 0))


def _probabilities(
    evidence: Pairs, told: Believed, in_part: Collection[int], least: float = 0.0
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


def _police_numbers(pairs: Pairs, said: Sequence[str | None]) -> dict[int, Numbers]:
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
