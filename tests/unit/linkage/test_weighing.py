"""Why a pair weighs what it weighs: each comparison's part, which together are the weight, whoever was held down among them."""

import math

import numpy as np
import pytest

from craffu.linkage.model import scoring
from craffu.linkage.model.comparisons import FAMILY, SEX, as_settings
from craffu.linkage.model.weighing import labels_of, weighed

pytestmark = pytest.mark.rule("IDN-02")
LABELS = labels_of({"comparisons": [as_settings(FAMILY), as_settings(SEX)]})


def test_levels_are_named_from_nothing_alike_up_and_what_is_not_said_is_not_among_them() -> None:
    assert LABELS["sex"] == ["nothing_alike", "same"]
    assert LABELS["family"][0] == "nothing_alike"
    assert LABELS["family"][-1] == FAMILY.levels[0].name == "same"
    assert len(LABELS["family"]) == len(FAMILY.levels) + 1


def pairs(**columns: list[float]) -> dict[str, np.ndarray]:
    made = {
        "left": [0, 0], "right": [1, 2], "level_family": [7, 0], "part_family": [9.5, -4.0], "level_sex": [1, -1],
        "part_sex": [1.0, 0.0], **columns,
    }  # fmt: skip
    made["weight"] = [-8.0 + sum(made[one][at] for one in ("part_family", "part_sex")) for at in range(2)]
    return {name: np.asarray(values) for name, values in made.items()}


def test_the_prior_comes_first_and_the_parts_add_up_to_the_weight() -> None:
    said = pairs()
    found = weighed(said, np.array([0, 1]), scoring.probabilities(said["weight"]), LABELS, -8.0)
    assert found.of(0) == (("prior", "prior", -8.0), ("family", "same", 9.5), ("sex", "same", 1.0))
    assert found.of(1) == (("prior", "prior", -8.0), ("family", "nothing_alike", -4.0), ("sex", "not_said", 0.0))


def test_only_the_rows_asked_for_are_kept_each_by_its_new_place() -> None:
    said = pairs()
    found = weighed(said, np.array([1]), scoring.probabilities(said["weight"]), LABELS, -8.0)
    assert found.of(0)[1] == ("family", "nothing_alike", -4.0)


def test_what_a_pair_that_speaks_against_itself_is_held_down_by_is_a_part_too() -> None:
    said = pairs(part_family=[20.0, 1.0])
    probability = np.minimum(scoring.probabilities(said["weight"]), scoring.FOR_A_PERSON)
    found = weighed(said, np.array([0, 1]), probability, LABELS, -8.0)
    assert found.of(0)[-1][:2] == ("held_down", "held_down")
    assert math.fsum(one[2] for one in found.of(0)) == pytest.approx(math.log2(0.95 / 0.05), abs=1e-6)
    assert "held_down" not in {one[0] for one in found.of(1)}


def test_what_is_not_held_down_because_few_are_twins_says_so_and_weighs_nothing() -> None:
    said = pairs(part_family=[20.0, 1.0])
    probability, trusted = scoring.probabilities(said["weight"]), np.array([True, False])
    found = weighed(said, np.array([1, 0]), probability, LABELS, -8.0, trusted)
    assert found.of(1)[-1] == ("few_twins", "few_twins", 0.0)
    assert math.fsum(one[2] for one in found.of(1)) == said["weight"][0]
    assert "few_twins" not in {one[0] for one in found.of(0)}


def test_of_two_persons_the_best_that_any_of_their_pairs_says_counts_less_a_bit_for_the_choice() -> None:
    said = pairs(level_family=[0, 7], part_family=[-4.0, 9.5])
    person = np.array([0, 1, 1])
    together = scoring.joined_evidence(said, person, -8.0)
    found = weighed(together, np.array([0]), scoring.probabilities(together["weight"]), LABELS, -8.0).of(0)
    assert found == (
        ("prior", "prior", -8.0), ("family", "same", 9.5), ("sex", "same", 1.0), ("choice", "2", -1.0),
    )  # fmt: skip
    assert math.fsum(one[2] for one in found) == together["weight"][0]


def test_a_weight_beyond_any_odds_is_said_as_it_is() -> None:
    said = pairs(part_family=[80.0, 1.0])
    found = weighed(said, np.array([0]), scoring.probabilities(said["weight"]), LABELS, -8.0).of(0)
    assert [one[0] for one in found] == ["prior", "family", "sex"]
