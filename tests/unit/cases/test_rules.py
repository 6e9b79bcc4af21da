"""Which defendant a message is about, what stage a case is at, how an offence ended, what binds and what is expected."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import permutations

import pytest

from craffu.cases.rules import (
    Described,
    Expected,
    HearingWord,
    Listing,
    Match,
    OffenceLeft,
    candidates,
    hearings_expected,
    named_as,
    outcome_at_court,
    stage_at_court,
    what_binds,
    which_defendant,
)
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


# What binds, and what is expected. Offences are numbered 1 and 2; the version of a word is its place in the list.

MARCH, APRIL, MAY, JUNE = date(2025, 3, 3), date(2025, 4, 3), date(2025, 5, 3), date(2025, 6, 3)
RECEIVED = datetime(2025, 6, 10, 9, tzinfo=UTC)


def word(
    version: int, held_on: date, bail: str, *offences: OffenceLeft, received_at: datetime = RECEIVED, number: int = 1
) -> HearingWord:
    return HearingWord(version, held_on, received_at, number, bail, offences)


OPEN_1, OPEN_2, UNSAID_1 = OffenceLeft(1, False), OffenceLeft(2, False), OffenceLeft(1, None)
DONE_1, DONE_2 = OffenceLeft(1, True), OffenceLeft(2, True)


@pytest.mark.rule("INT-01")
@pytest.mark.parametrize(
    ("words", "status", "version", "reason"),
    [
        ([], "", 0, "no_hearing_received"),
        ([word(1, MARCH, "B", OPEN_1)], "B", 1, "last_word_on_an_open_offence"),
        *[([word(1, MARCH, kept, OPEN_1)], kept, 1, "last_word_on_an_open_offence") for kept in "CLPS"],
        ([word(1, MARCH, "B", UNSAID_1)], "B", 1, "last_word_on_an_open_offence"),
        ([word(1, MARCH, "B", DONE_1)], "", 0, "no_offence_open"),
        ([word(1, MARCH, "B")], "", 0, "no_offence_open"),
        ([word(1, MARCH, "B", OPEN_1), word(2, APRIL, "U", OPEN_1)], "", 2, "last_word_does_not_bind"),
        ([word(1, MARCH, "B", OPEN_1), word(2, APRIL, "", OPEN_1)], "", 2, "bail_not_said"),
        ([word(1, MARCH, "B", OPEN_1), word(2, APRIL, "A", DONE_1)], "", 0, "no_offence_open"),
        ([word(1, MARCH, "U", OPEN_1), word(2, APRIL, "C", OPEN_1)], "C", 2, "last_word_on_an_open_offence"),
        # a later hearing that ends another offence lifts nothing
        ([word(1, MARCH, "B", OPEN_1, OPEN_2), word(2, APRIL, "A", DONE_2)], "B", 1, "last_word_on_an_open_offence"),
        # an offence taken up again is open again
        ([word(1, MARCH, "A", DONE_1), word(2, APRIL, "B", OPEN_1)], "B", 2, "last_word_on_an_open_offence"),
        # of two open offences, the hearing held last
        ([word(1, MARCH, "C", OPEN_1), word(2, APRIL, "B", OPEN_2)], "B", 2, "last_word_on_an_open_offence"),
        # of two words on one day, the one received last, whatever its number
        (
            [
                word(1, MARCH, "B", OPEN_1, received_at=RECEIVED, number=1),
                word(2, MARCH, "U", OPEN_1, received_at=RECEIVED - timedelta(hours=1), number=2),
            ],
            "B",
            1,
            "last_word_on_an_open_offence",
        ),
        # and of two received at one instant, the one numbered last
        (
            [word(1, MARCH, "U", OPEN_1, number=1), word(2, MARCH, "B", OPEN_1, number=2)],
            "B",
            2,
            "last_word_on_an_open_offence",
        ),
    ],
)
def test_what_binds_is_the_courts_last_word_on_an_offence_still_open(
    words: list[HearingWord], status: str, version: int, reason: str
) -> None:
    for told in permutations(words):
        binding = what_binds(told)
        assert (binding.status, binding.version, binding.reason) == (status, version, reason)


def put_off(offence: int, *days: date, at: time | None = None, court: str = "", final: bool = False) -> OffenceLeft:
    return OffenceLeft(offence, final, tuple(Listing(day, at, court) for day in days))


@pytest.mark.rule("INT-06")
@pytest.mark.parametrize(
    ("words", "today", "expected"),
    [
        ([], MAY, []),
        ([word(1, MARCH, "B", OPEN_1)], MAY, []),
        ([word(1, MARCH, "B", put_off(1, MAY))], APRIL, [(MAY, Expected.AHEAD, 1)]),
        # the day itself is still ahead; the day after, its result is missing
        ([word(1, MARCH, "B", put_off(1, MAY))], MAY, [(MAY, Expected.AHEAD, 1)]),
        ([word(1, MARCH, "B", put_off(1, MAY))], MAY + timedelta(days=1), [(MAY, Expected.NOT_RECEIVED, 1)]),
        # a hearing held on the day, or later, answers for it; one held before does not
        ([word(1, MARCH, "B", put_off(1, APRIL)), word(2, APRIL, "B", OPEN_1)], MAY, []),
        ([word(1, MARCH, "B", put_off(1, APRIL)), word(2, MAY, "B", OPEN_1)], JUNE, []),
        ([word(1, MARCH, "B", put_off(1, MAY)), word(2, APRIL, "B", OPEN_1)], JUNE, [(MAY, Expected.NOT_RECEIVED, 1)]),
        # a hearing cannot set itself
        ([word(1, MARCH, "B", put_off(1, MARCH))], MARCH, []),
        # an offence that ended in between takes no listing away
        ([word(1, MARCH, "B", put_off(1, MAY)), word(2, APRIL, "A", DONE_1)], APRIL, [(MAY, Expected.AHEAD, 1)]),
        # several days, in their order; one day set twice is one hearing, by the later hearing's word
        (
            [word(1, MARCH, "B", put_off(1, JUNE, MAY)), word(2, APRIL, "B", put_off(1, JUNE))],
            MAY + timedelta(days=1),
            [(MAY, Expected.NOT_RECEIVED, 1), (JUNE, Expected.AHEAD, 2)],
        ),
    ],
)
def test_a_hearing_that_was_set_is_ahead_until_its_day_is_past_and_then_its_result_is_missing(
    words: list[HearingWord], today: date, expected: list[tuple[date, Expected, int]]
) -> None:
    for told in permutations(words):
        found = hearings_expected(told, today)
        assert [(one.listing.on, one.state, one.version) for one in found] == expected
        reasons = {Expected.AHEAD: "set_and_not_yet_held", Expected.NOT_RECEIVED: "day_past_and_no_result"}
        assert all(one.reason == reasons[one.state] for one in found)


@pytest.mark.parametrize(
    ("times", "shown"),
    [
        ((time(14), time(10)), time(10)),
        ((time(10), time(14)), time(10)),
        ((None, time(10)), time(10)),
        ((time(10), time(0)), time(10)),
        ((None, None), None),
    ],
)
def test_of_several_listings_for_one_day_the_earliest_known_time_counts(
    times: tuple[time | None, ...], shown: time | None
) -> None:
    offences = (put_off(number, MAY, at=at, court="B01EF") for number, at in enumerate(times, 1))
    (expected,) = hearings_expected([word(1, MARCH, "B", *offences)], APRIL)
    assert expected.listing == Listing(MAY, shown, "B01EF")


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize(
    ("key", "named"),
    [
        ("01ZD1/1101ZD01L/" + "a" * 32, "01ZD1/1101ZD01L"),
        ("01ZD1/1101ZD01L/" + "a" * 32 + "/R-10001", "01ZD1/1101ZD01L"),
        # without a number the name is all there is
        ("01ZD1/-/" + "a" * 32, "01ZD1/-/" + "a" * 32),
        ("GA/T123", "GA/T123"),
        ("GA/persons/T123", "GA/persons/T123"),
        ("T123", "T123"),
    ],
)
def test_a_source_names_a_record_by_its_key_and_a_court_a_defendant_by_their_number(key: str, named: str) -> None:
    assert named_as(key) == named
