"""How right persons are against known truth: by pair of records, by record, and by person. Asked only once they stand.

Pure. By pair: of the pairs brought into one person, how many are one person (precision), and of the pairs that are, how many
were brought together (recall). By cluster (B-cubed): the same for each record's own person, averaged over records, so that a
large person counts for as many as it has records and no more.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """The shares, each None where there is nothing to take a share of, and the counts behind them."""

    true_pairs: int
    linked_pairs: int
    right_pairs: int
    cluster_precision: float | None
    cluster_recall: float | None
    mixed_persons: int
    exact_persons: int

    @property
    def precision(self) -> float | None:
        return _share(self.right_pairs, self.linked_pairs)

    @property
    def recall(self) -> float | None:
        return _share(self.right_pairs, self.true_pairs)

    @property
    def missed_pairs(self) -> int:
        return self.true_pairs - self.right_pairs

    def as_dict(self) -> dict[str, float | int | None]:
        return {
            "true_pairs": self.true_pairs, "linked_pairs": self.linked_pairs, "missed_pairs": self.missed_pairs,
            "precision": _short(self.precision), "recall": _short(self.recall), "f1": _short(f1(self.precision, self.recall)),
            "cluster_precision": _short(self.cluster_precision), "cluster_recall": _short(self.cluster_recall),
            "cluster_f1": _short(f1(self.cluster_precision, self.cluster_recall)),
            "mixed_persons": self.mixed_persons, "exact_persons": self.exact_persons,
        }  # fmt: skip


def f1(precision: float | None, recall: float | None) -> float | None:
    if precision is None or recall is None:
        return None
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def measured(persons: Iterable[Sequence[int]], truth: Sequence[str], left: int | None = None) -> Figures:
    """The figures of persons, each the places of its records, against who each record truly is.

    With `left`, records before that place are of one table and the others of another, and a pair is one of each.
    """
    sizes = Counter(truth)
    linked = right = mixed = exact = 0
    of_precision = of_recall = 0.0
    for members in persons:
        whose = Counter(truth[at] for at in members)
        linked += _pairs(members, left)
        for one, count in whose.items():
            right += _pairs([at for at in members if truth[at] == one], left)
            of_precision += count * count / len(members)
            of_recall += count * count / sizes[one]
        mixed += len(whose) > 1
        exact += len(whose) == 1 and len(members) == sizes[truth[members[0]]]
    total = len(truth)
    return Figures(
        _true_pairs(truth, left), linked, right, _share(of_precision, total), _share(of_recall, total), mixed, exact
    )


def by_kind(
    persons: Iterable[Sequence[int]], truth: Sequence[str], kinds: Sequence[frozenset[str]], left: int | None = None
) -> Mapping[str, dict[str, float | int | None]]:
    """Precision and recall of the pairs that have a record of a kind, for each kind."""
    person = [0] * len(truth)
    for number, members in enumerate(persons):
        for at in members:
            person[at] = number
    names = sorted({kind for some in kinds for kind in some})
    return {kind: _of_kind(kind, person, truth, kinds, left) for kind in names}


def _of_kind(
    kind: str, person: Sequence[int], truth: Sequence[str], kinds: Sequence[frozenset[str]], left: int | None
) -> dict[str, float | int | None]:
    def pairs_with(groups: Iterable[object]) -> int:
        members: dict[object, list[int]] = {}
        for at, group in enumerate(groups):
            members.setdefault(group, []).append(at)
        return sum(
            _pairs(some, left) - _pairs([at for at in some if kind not in kinds[at]], left) for some in members.values()
        )

    linked, true = pairs_with(person), pairs_with(truth)
    right = pairs_with(zip(person, truth, strict=True))
    return {
        "records": sum(kind in some for some in kinds), "true_pairs": true, "linked_pairs": linked,
        "precision": _short(_share(right, linked)), "recall": _short(_share(right, true)),
    }  # fmt: skip


def _true_pairs(truth: Sequence[str], left: int | None) -> int:
    members: dict[str, list[int]] = {}
    for at, one in enumerate(truth):
        members.setdefault(one, []).append(at)
    return sum(_pairs(some, left) for some in members.values())


def _pairs(members: Sequence[int], left: int | None) -> int:
    if left is None:
        return len(members) * (len(members) - 1) // 2
    ours = sum(at < left for at in members)
    return ours * (len(members) - ours)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _short(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
