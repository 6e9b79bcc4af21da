"""How right persons are: by pair and by record, within one table and across two, and by kinds of names."""

import pytest

from craffu.linkage.evaluating.kinds_of_names import kinds_of_name
from craffu.linkage.evaluating.measuring import by_kind, measured


@pytest.mark.parametrize(
    ("persons", "left", "precision", "recall", "mixed", "exact"),
    [
        ([[0, 1, 2], [3, 4]], None, 1.0, 1.0, 0, 2),
        ([[0, 1], [2], [3, 4]], None, 1.0, 0.5, 0, 1),
        ([[0, 1, 2, 3, 4]], None, 0.4, 1.0, 1, 0),
        ([[0], [1], [2], [3], [4]], None, None, 0.0, 0, 0),
        # across: 0 and 1 are of the left table
        ([[0, 1, 2], [3, 4]], 2, 1.0, 1.0, 0, 2),
        ([[0, 2], [1], [3, 4]], 2, 1.0, 0.5, 0, 1),
    ],
)
def test_persons_are_measured_by_pair(
    persons: list[list[int]], left: int | None, precision: float | None, recall: float, mixed: int, exact: int
) -> None:
    found = measured(persons, list("aaabb"), left)
    assert (found.precision, found.recall, found.mixed_persons, found.exact_persons) == (
        precision,
        recall,
        mixed,
        exact,
    )
    assert found.as_dict()["missed_pairs"] == found.true_pairs - found.right_pairs


def test_persons_are_measured_by_record() -> None:
    found = measured([[0, 1], [2, 3, 4]], list("aaabb"))
    # of each record: how much of its person is it, and how much of it is its person
    assert found.cluster_precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
    assert found.cluster_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
    assert found.as_dict()["f1"] == pytest.approx(0.5)


def test_nothing_is_measured_of_nothing() -> None:
    found = measured([], []).as_dict()
    assert (found["precision"], found["recall"], found["f1"], found["cluster_f1"]) == (None, None, None, None)


@pytest.mark.parametrize(
    ("record", "kinds"),
    [
        ({"given_name": "Karen", "family_name": "Fisher"}, {"other"}),
        ({"given_name": "Karen", "family_name": "Fisher-Jones"}, {"hyphenated", "two_family_names"}),
        ({"given_name": "Dafydd", "family_name": "Jones"}, {"welsh"}),
        ({"given_name": "Ann", "family_name": "Llywarch"}, {"welsh"}),
        ({"given_name": "Wei", "family_name": "Li"}, {"short"}),
        ({"given_name": "Zoë", "family_name": "Adams"}, {"marked"}),
        ({"given_name": "Ali", "family_name": "El Sayed"}, {"particle"}),
    ],
)
def test_kinds_of_names_are_how_they_are_written(record: dict[str, str], kinds: set[str]) -> None:
    assert kinds_of_name(record) == kinds


def test_each_kind_has_its_own_figures() -> None:
    kinds = [frozenset({"short"}), frozenset({"other"}), frozenset({"other"}), frozenset({"other"})]
    found = by_kind([[0], [1, 2, 3]], list("aabb"), kinds)
    assert found["short"] == {"records": 1, "true_pairs": 1, "linked_pairs": 0, "precision": None, "recall": 0.0}
    assert found["other"] == {"records": 3, "true_pairs": 2, "linked_pairs": 3, "precision": 0.3333, "recall": 0.5}
