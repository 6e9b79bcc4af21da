"""A pass of learning that breaks off leaves everything as it was, and what is learnt stays within what can be believed."""

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from splink.internals.exceptions import EMTrainingException

from craffu.linkage.model.comparisons import GIVEN, as_settings
from craffu.linkage.model.training import learn_in_a_pass, settled


class Settings:
    """As Splink's: taken apart while a pass is learnt from."""

    def __init__(self, comparisons: list[str]) -> None:
        self.comparisons = comparisons

    def copy(self) -> "Settings":
        return Settings([*self.comparisons])


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize("fault", [ValueError("too rare"), EMTrainingException("no pairs"), None])
def test_a_pass_that_breaks_off_leaves_every_comparison(fault: Exception | None) -> None:
    linker = SimpleNamespace(_settings_obj=SimpleNamespace(core_model_settings=Settings(["given", "family", "born"])))

    def learn(*_: Any, **__: Any) -> None:
        linker._settings_obj.core_model_settings.comparisons = ["given"]
        if fault is not None:
            raise fault

    linker.training = SimpleNamespace(estimate_parameters_using_expectation_maximisation=learn)
    learn_in_a_pass(linker, ("family", "born"))
    left = linker._settings_obj.core_model_settings.comparisons
    assert left == (["given"] if fault is None else ["given", "family", "born"])


@pytest.mark.rule("IDN-02")
def test_no_level_says_more_than_the_same_does() -> None:
    """An initial that no random pair shared once said four times as much as the whole name."""
    made = as_settings(GIVEN)
    same, *others = made["comparison_levels"][1:]
    same |= {"m_probability": 0.7, "u_probability": 0.03}
    for level in others:
        level |= {"m_probability": 0.03, "u_probability": 1e-12}
    model = settled({"comparisons": [made], "probability_two_random_records_match": 0.00012345678}, [GIVEN])
    levels = {
        level["label_for_charts"]: level["m_probability"] / level["u_probability"]
        for level in model["comparisons"][0]["comparison_levels"][1:]
    }
    said = [*levels.values()]
    # each is told from the one before it by its weight
    assert all(one > 1.02 * other for one, other in pairwise(said))
    assert levels["initial"] > levels["same"] / 2
    assert model["probability_two_random_records_match"] == 0.000123457
