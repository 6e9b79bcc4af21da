"""Why a defendant in a message is taken for one the case knows, for a new one or for neither; and that none is printed."""

import pytest

from craffu.cases.rules import Described, Expected, Match, which_defendant

ASN = "1201ZD0100000445099L"


@pytest.mark.rule("INT-04")
@pytest.mark.parametrize(
    ("told", "known", "reason"),
    [
        (Described(ASN, "dewi|example", ""), [], "first_with_this_arrest_number"),
        (Described(ASN, "dewi|example", ""), [Described("", "dewi|example", "", 7)], "same_name_arrest_number_missing"),
        (Described(ASN, "dewi|example", ""), [Described(ASN, "dewi|example", "", 7)], "same_arrest_number_and_name"),
        (
            Described(ASN, "dewi|example", ""),
            [Described(ASN, "dewi|example", "", 7), Described(ASN, "dewi|example", "", 8)],
            "several_with_this_arrest_number_and_name",
        ),
        (Described(ASN, "dewi|example", ""), [Described(ASN, "ann|example", "", 7)], "same_arrest_number_other_name"),
        (Described("", "dewi|example", ""), [], "first_with_this_name_in_the_case"),
        (
            Described("", "dewi|example", ""),
            [Described("", "ann|example", "", 7)],
            "first_with_this_name_in_the_case",
        ),
        (
            Described("", "dewi|example", "1988-03-02"),
            [Described("", "ann|example", "", 6), Described("", "dewi|example", "1961-07-09", 7)],
            "same_name_other_birth_date",
        ),
        (
            Described("", "dewi|example", "1988-03-02"),
            [Described("", "dewi|example", "1988-03-02", 7)],
            "same_name_and_birth_date",
        ),
        (
            Described("", "dewi|example", "1988-03-02"),
            [Described(ASN, "dewi|example", "1988-03-02", 7)],
            "same_name_arrest_number_missing",
        ),
        (
            Described("", "dewi|example", ""),
            [Described("", "dewi|example", "1988-03-02", 7)],
            "same_name_birth_date_missing",
        ),
    ],
)
def test_a_decision_says_why(told: Described, known: list[Described], reason: str) -> None:
    assert which_defendant(told, known).reason == reason


def test_a_defendant_described_does_not_print_who_they_are() -> None:
    """What is printed ends up in logs of the machine, where erasure does not reach it."""
    printed = repr(Described(ASN, "dewi|example", "1988-03-02", 7))
    assert not [said for said in (ASN, "dewi", "1988") if said in printed]


def test_answers_are_known_by_words_that_stay() -> None:
    assert [*Match] == ["same", "new", "undecided"]
    assert [*Expected] == ["ahead", "not_received"]
    assert Described(ASN, "dewi|example", "").record == 0
