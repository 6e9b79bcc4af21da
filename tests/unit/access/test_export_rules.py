"""What an export lacks, how its records are logged, and whose they are."""

import pytest

from craffu.access.exports.rules import Asked, Lacks, Purpose, batches, check_basis, lacks

WHOLE = {
    "purpose": "court",
    "words": "Hearing on Monday",
    "recipient": "Listing office",
    "organisation": "Swansea court",
}


@pytest.mark.rule("SEC-07")
@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({}, []),
        ({"purpose": "curiosity"}, [Lacks.PURPOSE]),
        ({"words": " x " * 9}, []),
        ({"words": f"x{' ' * 20}y"}, [Lacks.WORDS]),
        ({"recipient": " "}, [Lacks.RECIPIENT]),
        ({"organisation": ""}, [Lacks.ORGANISATION]),
        (dict.fromkeys(WHOLE, ""), [Lacks.PURPOSE, Lacks.WORDS, Lacks.RECIPIENT, Lacks.ORGANISATION]),
    ],
)
def test_what_an_export_lacks(changed: dict[str, str], missing: list[Lacks]) -> None:
    asked = Asked(**{**WHOLE, **changed})
    assert lacks(asked, ["court"], factor_is_fresh=True) == missing
    assert lacks(asked, ["court"], factor_is_fresh=False) == [*missing, Lacks.FACTOR]


@pytest.mark.rule("SEC-07")
def test_the_recipient_is_who_and_of_what() -> None:
    assert Asked("court", "", " Listing \n office", "Swansea court ").told_to == "Listing office, Swansea court"


@pytest.mark.rule("SEC-07")
def test_each_record_stands_once_in_as_many_rows_as_are_needed_and_nothing_is_one_row() -> None:
    refs = [f"person/P-{number}" for number in (1, 2, 1, 3, 4, 5)]
    assert list(batches(refs, 2)) == [refs[:2], refs[3:5], refs[5:]]
    assert list(batches([])) == [[]]


@pytest.mark.rule("SEC-10")
def test_a_blank_basis_is_none() -> None:
    assert check_basis({"controller": " ", "regime": None, "sharing_basis": "not shared"}).why == [
        "missing:controller",
        "missing:regime",
    ]


@pytest.mark.rule("SEC-10")
def test_a_regime_that_is_none_of_the_two_is_named_beside_what_is_missing() -> None:
    assert check_basis({"regime": "police"}).why == ["missing:controller", "missing:sharing_basis", "unknown_regime"]
    assert check_basis({"controller": "C", "regime": "uk_gdpr", "sharing_basis": "not shared"}).stored
    assert check_basis({"controller": "C", "regime": "part_3", "sharing_basis": "not shared"}).stored


@pytest.mark.rule("SEC-07")
def test_what_is_stored_keeps_its_name_and_the_limits_are_these() -> None:
    purposes = ["court", "prosecution", "safeguarding", "management", "oversight", "rights_request"]
    assert [str(one) for one in Purpose] == purposes
    assert [str(one) for one in Lacks] == ["purpose", "words", "recipient", "organisation", "fresh_sign_in_factor"]
    for words, is_missing in (("x" * 9, True), ("x" * 10, False)):
        assert (Lacks.WORDS in lacks(Asked("court", words, "a", "b"), ["court"], factor_is_fresh=True)) == is_missing
    assert [len(part) for part in batches([f"case/C-{number}" for number in range(501)])] == [500, 1]
