"""Who answers a question: the people of rows of the index, ranked, each by the name that answers best (X12)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from craffu.access.acting import Acting
from craffu.people.search.asking import BornAsked
from craffu.people.search.matching import Reading
from craffu.people.search.ranking import Answer, Judge, Judged
from craffu.people.search.reading import NameHeld, names_of_rows, other_names, whose

MOST_SHOWN: Final = 20
# Records whose person is asked for: several may be of one.
_MOST_LOOKED_UP: Final = 40
# How many of those found by the same words are among the first ten, where others answer too: John Lewis may be Iwan Lewis.
_FIRST, _OF_FIRST_WORDS, _OF_OTHER_WORDS = 10, 4, 1


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody who answers, by the name that does: `is_other_name` where that is not the main one of its record."""

    person: int
    reference: str
    name: str = field(repr=False)
    born_on: str = field(repr=False)
    answer: Answer
    is_other_name: bool
    is_swapped_date: bool
    is_other_date: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Who answers, the best first. `are_closest` where nobody answers all of it; `is_cut` where more may."""

    hits: tuple[Hit, ...]
    are_closest: bool = False
    is_cut: bool = False


def ranked(
    by: Acting,
    rows: Sequence[int],
    ways: Sequence[Reading],
    born: BornAsked | None,
    *,
    is_cut: bool,
    most_missing: int | None = None,
) -> Found:
    """The people of some rows of the index, each by the name that answers best; those with more words missing are left out."""
    held = names_of_rows(by, rows)
    judge = Judge(ways, born)
    said = [judge.name(one.name, one.folded) for one in held]
    others = other_names(by, [row.version for row, name in zip(held, said, strict=True) if name.answer.missing])
    best: dict[int, tuple[float, NameHeld, Judged, float]] = {}
    for row, main in zip(held, said, strict=True):
        name = main
        if row.version in others:
            name = min((main, *(judge.other_name(*other) for other in others[row.version])), key=lambda one: one.cost)
        if most_missing is not None and name.answer.missing > min(most_missing, len(ways[0]) - 1):
            continue
        date = judge.date(row.born_on)
        cost = name.cost + date
        if row.record not in best or cost < best[row.record][0]:
            best[row.record] = cost, row, name, date
    ordered = sorted(best.values(), key=lambda one: (one[0], -one[1].record))
    hits = _hits(by, ordered[:_MOST_LOOKED_UP])
    return Found(tuple(_mixed(hits)[:MOST_SHOWN]), is_cut=is_cut or len(hits) > MOST_SHOWN)


def _hits(by: Acting, ordered: Sequence[tuple[float, NameHeld, Judged, float]]) -> list[Hit]:
    """The people of some records, each once and in the order of the records."""
    people = whose(by, [row.record for _, row, _, _ in ordered])
    hits: dict[int, Hit] = {}
    for _, row, name, date in ordered:
        if row.record in people and people[row.record][0] not in hits:
            hits[people[row.record][0]] = Hit(
                *people[row.record], name.name, row.born_on, name.answer,
                is_other_name=name.name != row.name, is_swapped_date=0 < date < 1, is_other_date=date >= 1,
            )  # fmt: skip
    return list(hits.values())


def _mixed(hits: Sequence[Hit]) -> list[Hit]:
    """The same, in the same order but for those found by the same words, of whom some wait until ten are shown."""
    seen: Counter[tuple[int, tuple[str, ...]]] = Counter()
    first: list[Hit] = []
    waiting: list[Hit] = []
    for hit in hits:
        words = hit.answer.missing, tuple(reason.found for reason in hit.answer.reasons)
        most = _OF_FIRST_WORDS if not seen or words == next(iter(seen)) else _OF_OTHER_WORDS
        seen[words] += 1
        (first if seen[words] <= most and len(first) < _FIRST else waiting).append(hit)
    return first + waiting
