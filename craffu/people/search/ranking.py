"""How well a name answers what was asked for, and why (X12, BIL-04).

Pure. The cost of an answer is that of its words, a little for each word of the name that nobody asked for, for another order,
and for a name that is not the person's main one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from craffu.people.search.asking import BornAsked
from craffu.people.search.matching import Reading, Why

_NOT_ASKED_FOR: Final = 0.04
_OTHER_ORDER: Final = 0.03
_OTHER_NAME: Final = 0.05
_SWAPPED_DATE: Final = 0.1
_MISSING: Final = 1.0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a word asked for is answered by a word of the name."""

    why: Why
    asked: str = field(repr=False)
    found: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """How a name answers: `missing` counts words asked for that it does not answer."""

    cost: float
    reasons: tuple[Reason, ...]
    in_other_order: bool
    missing: int


type _Costs = Mapping[tuple[str, ...], tuple[float, Why]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A name with how it answers and what that costs."""

    name: str = field(repr=False)
    cost: float
    answer: Answer


class Judge:
    """Asks many names how they answer one question. Names that read the same are asked once."""

    def __init__(self, ways: Sequence[Reading], born: BornAsked | None) -> None:
        self._ways: list[tuple[Reading, list[_Costs]]] = [
            (way, [{choice.words: (choice.cost, choice.why) for choice in slot.choices} for slot in way])
            for way in ways
        ]
        self._born = born
        self._met: dict[str, Answer] = {}

    def name(self, name: str, folded: str) -> Judged:
        met = self._met.get(folded)
        if met is None:
            words = folded.split()
            answers = [_answer(words, way, costs) for way, costs in self._ways]
            met = self._met[folded] = min(answers, key=lambda one: one.cost) if answers else _ASKED_NOTHING
        return Judged(name, met.cost, met)

    def other_name(self, name: str, folded: str) -> Judged:
        """A name that is not the main one of its record."""
        said = self.name(name, folded)
        return Judged(name, said.cost + _OTHER_NAME, said.answer)

    def date(self, born_on: str) -> float:
        """What a date of birth costs: 0 where it is the one asked for as far as both go, 1 where it is another."""
        if self._born is None or _agrees(self._born, born_on):
            return 0.0
        swapped = self._born.swapped
        return _SWAPPED_DATE if swapped is not None and _agrees(swapped, born_on) else 1.0


def _answer(words: Sequence[str], reading: Reading, costs: Sequence[_Costs]) -> Answer:
    """How the words of one name answer one reading of what was asked for."""
    left = dict(enumerate(words))
    cost, missing, places, reasons = 0.0, 0, [], []
    for slot, known in zip(reading, costs, strict=True):
        best = min(_ways(left, known), default=None)
        if best is None:
            missing += 1
            cost += _MISSING
            continue
        spent, taken, why = best
        cost += spent
        places.append(taken[0])
        found = " ".join([left.pop(at) for at in taken])
        if why is not Why.SAME:
            reasons.append(Reason(why, slot.asked, found))
    turned = places != sorted(places)
    cost += _NOT_ASKED_FOR * len(left) + (_OTHER_ORDER if turned else 0.0)
    return Answer(cost, tuple(reasons), turned, missing)


def _ways(left: Mapping[int, str], known: _Costs) -> Iterable[tuple[float, tuple[int, ...], Why]]:
    for at, word in left.items():
        if (word,) in known:
            spent, why = known[word,]
            yield spent, (at,), why
        if at + 1 in left and (word, left[at + 1]) in known:
            spent, why = known[word, left[at + 1]]
            yield spent, (at, at + 1), why


def _agrees(asked: BornAsked, born_on: str) -> bool:
    year, month, day = (int(part or 0) for part in (born_on[:4], born_on[5:7], born_on[8:]))
    pairs = ((asked.year, year), (asked.month, month), (asked.day, day))
    return bool(year) and all(not wanted or not held or wanted == held for wanted, held in pairs)


_ASKED_NOTHING: Final = Answer(0.0, (), in_other_order=False, missing=0)
