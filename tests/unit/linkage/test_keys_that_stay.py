"""Keys that are stored, or that a command gives to programs: a change of one is a change of what was kept or promised."""

from enum import StrEnum

import pytest

from craffu.linkage import forming, rules
from craffu.linkage.evaluating.fairness import ALL, Verdict
from craffu.linkage.evaluating.measuring import measured
from craffu.linkage.model.drift import MANY_MORE, Learns

KEYS: dict[type[StrEnum], str] = {
    rules.Decision: "link clerical no_link",
    rules.Human: "same not_same",
    rules.Role: "victim suspect",
    rules.Why: "auto between_thresholds below_clerical identifiers_conflict victim_and_suspect_roles named_apart"
    " human_decision",
    rules.Act: "merge unmerge",
    forming.Word: "same not_same cannot_tell taken_back",
    forming.Scope: "records persons",
    Learns: "none_yet asked other_version other_columns many_more filled_moved levels_moved",
    Verdict: "within beyond too_few_to_say",
}


@pytest.mark.parametrize("kind", KEYS, ids=lambda kind: f"{kind.__module__.split('.')[-1]}-{kind.__name__}")
def test_keys_stay(kind: type[StrEnum]) -> None:
    assert [one.value for one in kind] == KEYS[kind].split()


def test_what_a_queue_is_ordered_by_is_stored() -> None:
    assert [(one.name, one.value) for one in rules.Harm] == [("NO_CASE", 0), ("IN_A_CASE", 1), ("PROTECTED", 2)]


def test_a_program_finds_figures_under_their_names() -> None:
    assert list(measured([[0, 1]], ["a", "a"]).as_dict()) == [
        "true_pairs", "linked_pairs", "missed_pairs", "precision", "recall", "f1", "cluster_precision", "cluster_recall",
        "cluster_f1", "mixed_persons", "exact_persons",
    ]  # fmt: skip
    assert ALL == "all"


@pytest.mark.rule("IDN-02")
def test_four_times_the_records_are_many_more() -> None:
    assert MANY_MORE == 4
