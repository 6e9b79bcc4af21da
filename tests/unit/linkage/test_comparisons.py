"""On which level two names are, as the engine says it."""

from collections.abc import Mapping

import pytest

from craffu.linkage.model.comparing import compared
from craffu.linkage.model.comparisons import as_settings, comparisons_for
from craffu.linkage.model.evidence import Standing
from craffu.linkage.model.weighing import labels_of
from craffu.linkage.rules import USUAL
from craffu.linkage.standard.tables import standardised


def levels(one: tuple[str, str], other: tuple[str, str], aliases: tuple[str, str] = ("", "")) -> Mapping[str, str]:
    """The level of both names, each person given by given and family name and the names by which they are also known."""
    rows = standardised(
        {"given_name": given, "family_name": family, "aliases": known}
        for (given, family), known in zip((one, other), aliases, strict=True)
    )
    filled = {"given", "family", *({"given_known", "family_known"} if any(aliases) else ())}
    filled |= {"given_more"} if all(row["given_more"] for row in rows) else set()
    made = [as_settings(comparison) for comparison in comparisons_for(filled, 0)]
    for comparison in made:
        for level in comparison["comparison_levels"][1:]:
            level |= {"m_probability": 0.5, "u_probability": 0.1}
    settings = {"comparisons": made, "probability_two_random_records_match": 1e-4}
    found = compared(settings, Standing(0.0, False, False), rows, [(0, 1)], lambda *_: 0.1, lambda _: 0.0, USUAL).pairs
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


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize(
    ("aliases", "given", "family"),
    [
        (("Dean|Sharp", ""), "known_as", "known_as"),
        (("", "Joe|Walker"), "known_as", "known_as"),
        (("Rhys|Price;Dean Owen|Sharp", ""), "known_as", "known_as"),
        (("Dean Sharp", ""), "known_as", "known_as"),
        (("Cai|Bowen", "Cai|Bowen"), "known_as", "known_as"),
        (("Joe|Sharp", ""), "nothing_alike", "known_as"),
        (("|Sharp", ""), "nothing_alike", "known_as"),
        (("Rhys|Price", ""), "nothing_alike", "nothing_alike"),
        (("; ;", ""), "nothing_alike", "nothing_alike"),
    ],
)
def test_names_by_which_they_are_also_known_are_compared(aliases: tuple[str, str], given: str, family: str) -> None:
    for pair in (
        (aliases, (("Joe", "Walker"), ("Dean", "Sharp"))),
        (aliases[::-1], (("Dean", "Sharp"), ("Joe", "Walker"))),
    ):
        assert levels(*pair[1], pair[0]) == {"given": given, "family": family}
    assert levels(("Joe", "Walker"), ("Joe", "Walker"), aliases) == {"given": "same", "family": "same"}


def test_where_nobody_says_another_name_nothing_is_compared_so() -> None:
    def named(filled: set[str]) -> set[str]:
        return {level.name for one in comparisons_for(filled, 0) for level in one.levels}

    assert "known_as" not in named({"given", "family"})
    assert "known_as" in named({"given", "family", "given_known"})


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize(
    ("one", "other", "given"),
    [
        ("Hua Hao", "Huahao", "slip"),
        ("WENCHAO", "Wen-chao", "slip"),
        ("Mohammed Noorul", "Nurul", "another_of_theirs"),
        ("Jenny Hung Man", "Hung-Man Jenny", "another_of_theirs"),
        ("Karen Siân", "Jane", "nothing_alike"),
        # Brothers bear their father's name second, and it is the first that tells them apart.
        ("Ali Omar", "Hassan Omar", "nothing_alike"),
        # Two consonants are too few to be heard alike.
        ("Ioan Mae", "Mia", "nothing_alike"),
    ],
)
def test_given_names_are_held_against_all_that_the_other_bears(one: str, other: str, given: str) -> None:
    for two in ((one, other), (other, one)):
        assert levels(*((name, "Rees") for name in two))["given"] == given


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize(
    ("one", "other", "more"),
    [
        ("Ali ibn Hasan", "Ali bin Hasan", "same"),
        ("Lubna Mahmoud Ali", "Lubna Mahmood", "near"),
        ("Jenny Hung Man", "Hung-Man Jenny", "near"),
        ("Chi Ling Jacky", "Chi Jacky", "near"),
        ("Mohammed Ali", "Mohammed Hassan", "nothing_alike"),
        # One syllable in two of a name that is written in several.
        ("Xiu Ying Wai Ling", "Xiu Ying Linh", "nothing_alike"),
    ],
)
def test_second_names_are_alike_where_one_of_them_is(one: str, other: str, more: str) -> None:
    for two in ((one, other), (other, one)):
        assert levels(*((name, "Rees") for name in two))["more_given"] == more


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Harbi", "Nabeel Saeed"), ("Nabeel Saeed", "Harby")),
        (("Navid", "Karimi"), ("Karimy", "Naveed")),
        (("Rhodri", "Prydderch"), ("Pryderch", "Rhodrey")),
    ],
)
def test_names_in_the_others_place_may_be_spelt_otherwise(one: tuple[str, str], other: tuple[str, str]) -> None:
    for pair in ((one, other), (other, one)):
        assert levels(*pair)["family"] == "turned"


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Rhys", "Davies"), ("Dafydd Tomos", "ap Rhys")),
        # Two letters of four are another name.
        (("Zhou", "Linh"), ("Jing", "Zhou")),
    ],
)
def test_names_are_not_turned_where_what_is_left_is_another_name(one: tuple[str, str], other: tuple[str, str]) -> None:
    for pair in ((one, other), (other, one)):
        assert levels(*pair)["family"] != "turned"
