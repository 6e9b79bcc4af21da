"""On which level two names are, as the engine says it."""

from collections.abc import Mapping

import pytest

from craffu.linkage.model.comparing import compared
from craffu.linkage.model.comparisons import as_settings, comparisons_for
from craffu.linkage.model.linking import Standing
from craffu.linkage.model.weighing import labels_of
from craffu.linkage.rules import USUAL
from craffu.linkage.standard.tables import standardised


def levels(one: tuple[str, str], other: tuple[str, str]) -> Mapping[str, str]:
    """The level of both names, each person given by given and family name."""
    rows = standardised({"given_name": given, "family_name": family} for given, family in (one, other))
    made = [as_settings(comparison) for comparison in comparisons_for({"given", "family"}, 0)]
    for comparison in made:
        for level in comparison["comparison_levels"][1:]:
            level |= {"m_probability": 0.5, "u_probability": 0.1}
    settings = {"comparisons": made, "probability_two_random_records_match": 1e-4}
    found = compared(settings, Standing(0.0, False, False), rows, [(0, 1)], lambda *_: 0.1, USUAL).pairs
    return {name: labels[int(found[f"level_{name}"][0])] for name, labels in labels_of(settings).items()}


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Katie", "Williams"), ("Williams", "Katie")),
        (("Edward", "Davies"), ("Davies", "Edward Henry")),
        (("Georgie", "Halcott"), ("Halcott", "Georgina Jacqueline")),
        (("Rhodri", "Preece"), ("Preece", "Rhodrii")),
        (("", "Preece"), ("Preece", "Rhodri")),
    ],
)
def test_names_in_the_others_place_are_turned(one: tuple[str, str], other: tuple[str, str]) -> None:
    for pair in ((one, other), (other, one)):
        found = levels(*pair)
        assert found["family"] == "turned", found
        assert found["given"] in ("turned", "not_said") or not (one[0] and other[0])


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        # One name in the other's place is somebody else where the other names are two.
        (("Cai", "Morgan"), ("Morgan", "Williams")),
        (("Taylor", "Redwell"), ("Glen", "Taylor")),
        (("Katie", "Williams"), ("Williams", "Thomas")),
    ],
)
def test_half_a_turn_is_none(one: tuple[str, str], other: tuple[str, str]) -> None:
    for pair in ((one, other), (other, one)):
        assert "turned" not in levels(*pair).values()


@pytest.mark.rule("IDN-02")
def test_a_family_name_that_is_a_given_name_too_is_not_turned() -> None:
    assert levels(("Morgan", "Morgan"), ("Cai", "Morgan")) == {"given": "nothing_alike", "family": "same"}
