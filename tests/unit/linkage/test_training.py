"""A pass of learning that breaks off leaves everything as it was."""

from types import SimpleNamespace
from typing import Any

import pytest
from splink.internals.exceptions import EMTrainingException

from craffu.linkage.model.training import learn_in_a_pass


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
