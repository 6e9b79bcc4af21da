"""Whether linking joins two people into one more often where they bear one kind of name than where they bear any (T42).

Pure. What is counted is persons, not links: one wrong link between two people of many records makes many wrong pairs, and says
no more than one that makes one. Several tables are counted together, because of one kind in one table there are few. A share of
few is chance: a kind is held to twice the share of all where so many persons bear it that, were it served as all are, five would
be wrong; of a smaller one it is said how far its share may truly lie, and it fails where even the lower end is above.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Final

from craffu.published.intervals import wilson

ALL: Final = "all"
MOST_TIMES: Final = 2.0
_FEWEST_WRONG: Final = 5.0
# One wrong person in a thousand is no difference between kinds.
_LEAST_SHARE: Final = 0.001


@dataclass(frozen=True, slots=True)
class Joined:
    """Of the persons of more than one record that have a record of a kind: how many, how many of them are of two people, and the
    pairs of records in them that have one of the kind, with those that are of two people."""

    persons: int = 0
    mixed: int = 0
    links: int = 0
    false_links: int = 0

    def __add__(self, other: "Joined") -> "Joined":
        return Joined(
            self.persons + other.persons, self.mixed + other.mixed, self.links + other.links,
            self.false_links + other.false_links,
        )  # fmt: skip


class Verdict(StrEnum):
    """How a kind is served beside all."""

    WITHIN = "within"
    BEYOND = "beyond"
    TOO_FEW_TO_SAY = "too_few_to_say"


@dataclass(frozen=True, slots=True)
class Judged:
    """The share of persons of a kind that are of two people as a multiple of that of all, with the ends of its interval (95%)."""

    joined: Joined
    times: float
    low: float
    high: float
    verdict: Verdict


def joined_by_kind(
    persons: Iterable[Sequence[int]], truth: Sequence[str], kinds: Sequence[frozenset[str]]
) -> dict[str, Joined]:
    """What is counted of each kind in one table, and of all."""
    found = {ALL: Joined()}
    for members in persons:
        if len(members) < 2:
            continue
        is_mixed = len({truth[at] for at in members}) > 1
        for kind in {ALL}.union(*(kinds[at] for at in members)):
            pairs = [two for two in combinations(members, 2) if kind == ALL or any(kind in kinds[at] for at in two)]
            false = sum(truth[one] != truth[other] for one, other in pairs)
            found[kind] = found.get(kind, Joined()) + Joined(1, int(is_mixed), len(pairs), false)
    return found


def together(tables: Iterable[Mapping[str, Joined]]) -> dict[str, Joined]:
    """Several tables counted as one."""
    found = {ALL: Joined()}
    for table in tables:
        for kind, joined in table.items():
            found[kind] = found.get(kind, Joined()) + joined
    return found


def judged(found: Mapping[str, Joined]) -> dict[str, Judged]:
    """Each kind beside all."""
    whole = found[ALL]
    share = max(whole.mixed / max(1, whole.persons), _LEAST_SHARE)
    return {kind: _judged(joined, share) for kind, joined in sorted(found.items()) if kind != ALL}


def _judged(joined: Joined, share: float) -> Judged:
    low, high = (end / share for end in wilson(joined.mixed, joined.persons))
    times = joined.mixed / joined.persons / share
    if joined.persons * share >= _FEWEST_WRONG:
        verdict = Verdict.WITHIN if times <= MOST_TIMES else Verdict.BEYOND
    else:
        verdict = Verdict.BEYOND if low > MOST_TIMES else Verdict.TOO_FEW_TO_SAY
    return Judged(joined, times, low, high, verdict)
