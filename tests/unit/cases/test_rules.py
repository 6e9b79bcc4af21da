"""Which defendant a message is about, what stage a case is at, how an offence ended."""

import pytest

from craffu.cases.rules import Described, Match, candidates, outcome_at_court, stage_at_court, which_defendant
from craffu.cases.states import MOVES, OWNERS, Stage, may_follow

ASN, OTHER_ASN = "1201ZD0100000445099L", "1101ZD0100000410801G"


@pytest.mark.rule("IDN-02")
@pytest.mark.rule("INT-04")
@pytest.mark.parametrize(
    ("told", "known", "match", "record"),
    [
        # with an arrest summons number
        (Described(ASN, "dewi|example", "1988-03-02"), [], Match.NEW, 0),
        (
            Described(ASN, "dewi|example", "1988-03-02"),
            [Described(ASN, "dewi|example", "1988-03-02", 7)],
            Match.SAME,
            7,
        ),
        (Described(ASN, "dewi|example", ""), [Described(ASN, "dewi|example", "1988-03-02", 7)], Match.SAME, 7),
        (
            Described(ASN, "dewi|example", "1988-02-03"),
            [Described(ASN, "dewi|example", "1988-03-02", 7)],
            Match.SAME,
            7,
        ),
        (
            Described(ASN, "dafydd|example", "1988-03-02"),
            [Described(ASN, "dewi|example", "1988-03-02", 7)],
            Match.UNDECIDED,
            0,
        ),
        (Described(ASN, "dewi|example", ""), [Described(OTHER_ASN, "dewi|example", "", 7)], Match.NEW, 0),
        (
            Described(ASN, "dewi|example", ""),
            [Described(ASN, "dewi|example", "", 7), Described(ASN, "dewi|example", "1988-03-02", 8)],
            Match.UNDECIDED,
            0,
        ),
        # without one
        (Described("", "dewi|example", "1988-03-02"), [], Match.NEW, 0),
        (Described("", "dewi|example", ""), [], Match.NEW, 0),
        (Described("", "dewi|example", "1988-03-02"), [Described("", "dewi|example", "1988-03-02", 7)], Match.SAME, 7),
        (Described("", "dewi|example", ""), [Described("", "dewi|example", "1988-03-02", 7)], Match.UNDECIDED, 0),
        (Described("", "dewi|example", "1988-03-02"), [Described("", "dewi|example", "", 7)], Match.UNDECIDED, 0),
        # father and son: the same name in one case, told apart by their dates of birth
        (Described("", "dewi|example", "1988-03-02"), [Described("", "dewi|example", "1961-07-09", 7)], Match.NEW, 0),
        # with a number on one side only: never joined without a person, nor split from somebody it may well be
        *[
            (Described(told_asn, "dewi|example", told_born), [Described(asn, "dewi|example", born, 7)], match, 0)
            for told_asn, asn in (("", ASN), (ASN, ""))
            for told_born, born, match in (
                ("1988-03-02", "1988-03-02", Match.UNDECIDED),
                ("1988-03-02", "", Match.UNDECIDED),
                ("", "1988-03-02", Match.UNDECIDED),
                ("", "", Match.UNDECIDED),
                ("1988-03-02", "1961-07-09", Match.NEW),
            )
        ],
        (
            Described("", "dewi|example", "1988-03-02"),
            [Described(ASN, "dafydd|example", "1988-03-02", 7)],
            Match.NEW,
            0,
        ),
        # once a person has said that they are one, or two, the next message of the same words is no new question
        (
            Described("", "dewi|example", "1988-03-02"),
            [Described("", "dewi|example", "1988-03-02", 7), Described(ASN, "dewi|example", "1988-03-02", 7)],
            Match.SAME,
            7,
        ),
        (
            Described("", "dewi|example", "1988-03-02"),
            [Described(ASN, "dewi|example", "1988-03-02", 7), Described("", "dewi|example", "1988-03-02", 8)],
            Match.SAME,
            8,
        ),
        (
            Described(ASN, "dewi|example", "1988-03-02"),
            [Described("", "dewi|example", "1988-03-02", 7), Described(ASN, "dewi|example", "1988-03-02", 8)],
            Match.SAME,
            8,
        ),
        # another arrest of somebody who came once without a number
        (
            Described(OTHER_ASN, "dewi|example", "1988-03-02"),
            [Described("", "dewi|example", "1988-03-02", 7), Described(ASN, "dewi|example", "1988-03-02", 7)],
            Match.NEW,
            0,
        ),
    ],
)
def test_who_a_message_is_about(told: Described, known: list[Described], match: Match, record: int) -> None:
    decided = which_defendant(told, known)
    assert (decided.match, decided.record) == (match, record)
    assert decided.reason
    possible = {one.record for one in candidates(told, known)}
    assert bool(possible) is (match is not Match.NEW)
    assert match is not Match.SAME or record in possible


@pytest.mark.parametrize(
    ("final", "stage"),
    [([], Stage.AT_COURT), ([True], Stage.CONCLUDED), ([True, False], Stage.AT_COURT), ([True, None], Stage.AT_COURT)],
)
def test_a_case_is_concluded_once_the_court_has_done_with_every_offence(final: list[bool | None], stage: Stage) -> None:
    assert stage_at_court(final) is stage


@pytest.mark.parametrize(
    ("finding", "final", "outcome"),
    [
        ("G", True, "convicted"),
        ("A", True, "convicted"),
        ("N", True, "not_guilty"),
        ("O", True, "no_conviction"),
        ("", True, "ended"),
        ("G", False, None),
        ("G", None, None),
    ],
)
def test_an_offence_ends_with_its_final_disposal_and_by_its_finding(
    finding: str, final: bool | None, outcome: str | None
) -> None:
    assert outcome_at_court(finding=finding, final=final) == outcome


def test_every_stage_has_an_owner_and_a_way_on_and_none_follows_itself() -> None:
    assert set(OWNERS) == set(Stage)
    for stage in Stage:
        assert MOVES[stage]
        assert not may_follow(stage, stage)
        assert may_follow(None, stage)


def test_a_concluded_case_may_come_back_to_court_and_no_other_goes_back() -> None:
    assert may_follow(Stage.CONCLUDED, Stage.AT_COURT)
    assert not may_follow(Stage.AT_COURT, Stage.CHARGED)
    assert not may_follow(Stage.CHARGED, Stage.REPORTED)
