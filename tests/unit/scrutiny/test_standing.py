"""The standing answer: verdicts, what hangs on one case, what changed and who signs (SCR-13)."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.scrutiny.standing.rules import FEWEST_CASES, Better, Change, Signature, Test, Verdict, Why, standing_answer

pytestmark = pytest.mark.rule("SCR-13")
SIGNED = Signature(is_by_a_person=True, on=date(2026, 11, 24))
NINE_TENTHS = Fraction(9, 10)


def voice(numerator: int, denominator: int, better: Better = Better.HIGH, target: Fraction = NINE_TENTHS) -> Test:
    return Test("voice", numerator, denominator, target, better)


def test_fewer_than_ten_are_too_few_and_hang_on_nothing() -> None:
    assert FEWEST_CASES == 10
    for cases in range(10):
        assert (voice(cases, cases).verdict, voice(cases, cases).hangs_on_one) == (Verdict.TOO_FEW, False)
    assert voice(10, 10).verdict is Verdict.MET


@pytest.mark.parametrize(
    ("test", "verdict", "hangs"),
    [
        (voice(18, 20), Verdict.MET, True),
        (voice(19, 20), Verdict.MET, False),
        (voice(17, 20), Verdict.NOT_MET, True),
        (voice(16, 20), Verdict.NOT_MET, False),
        (voice(0, 20, target=Fraction(0)), Verdict.MET, False),
        (voice(20, 20, target=Fraction(1)), Verdict.MET, True),
        (voice(0, 20, Better.LOW, Fraction(0)), Verdict.MET, True),
        (voice(1, 20, Better.LOW, Fraction(0)), Verdict.NOT_MET, True),
        (voice(2, 20, Better.LOW, Fraction(0)), Verdict.NOT_MET, False),
        (voice(2, 20, Better.LOW, Fraction(1, 10)), Verdict.MET, True),
        (voice(20, 20, Better.LOW, Fraction(1)), Verdict.MET, False),
    ],
)
def test_a_test_is_met_at_its_target_and_says_what_hangs_on_one_case(
    test: Test, verdict: Verdict, *, hangs: bool
) -> None:
    assert (test.verdict, test.hangs_on_one) == (verdict, hangs)


@given(st.integers(10, 60), st.integers(0, 60), st.integers(0, 20), st.sampled_from(Better))
def test_what_hangs_on_no_case_stands_whichever_case_is_added_or_left_out(
    of: int, yes: int, twentieths: int, better: Better
) -> None:
    test = voice(min(yes, of), of, better, Fraction(twentieths, 20))
    if test.hangs_on_one:
        return
    near = [(0, 1), (1, 1), (0, -1), (-1, -1), (1, 0), (-1, 0)]
    for more_yes, more in near:
        other = voice(test.numerator + more_yes, of + more, better, test.target)
        if 0 <= other.numerator <= other.denominator and other.verdict is not Verdict.TOO_FEW:
            assert other.verdict is test.verdict, (test, other)


def test_a_change_needs_a_cause_and_is_shown_with_it() -> None:
    tests = [
        voice(18, 20),
        Test("served", 12, 20, NINE_TENTHS, Better.HIGH),
        Test("new", 5, 5, NINE_TENTHS, Better.HIGH),
    ]
    before = {"voice": Verdict.NOT_MET, "served": Verdict.NOT_MET}
    without = standing_answer(tests, SIGNED, before, {})
    assert without.changes == (Change("voice", Verdict.NOT_MET, Verdict.MET, ""),)
    assert without.refusals == ((Why.CHANGE_WITHOUT_CAUSE, "voice"),)
    with_cause = standing_answer(tests, SIGNED, before, {"voice": "The form asks for it"})
    assert with_cause.changes == (Change("voice", Verdict.NOT_MET, Verdict.MET, "The form asks for it"),)
    assert with_cause.refusals == ()
    assert with_cause.hanging == ("voice",)
    assert {verdict: with_cause.of(verdict) for verdict in Verdict} == {
        Verdict.MET: ["voice"], Verdict.NOT_MET: ["served"], Verdict.TOO_FEW: ["new"],
    }  # fmt: skip


def test_from_enough_to_too_few_is_a_change() -> None:
    answer = standing_answer([voice(9, 9)], SIGNED, {"voice": Verdict.MET}, {})
    assert answer.changes == (Change("voice", Verdict.MET, Verdict.TOO_FEW, ""),)
    assert standing_answer([voice(9, 9)], SIGNED, {}, {}).changes == ()


def test_a_person_signs_and_dates_it() -> None:
    unsigned = standing_answer([voice(18, 20)], Signature(is_by_a_person=False, on=None), {}, {})
    assert unsigned.refusals == ((Why.NOT_SIGNED, ""), (Why.NOT_DATED, ""))


def test_keys_that_are_stored_stay() -> None:
    assert [one.value for one in Verdict] == ["met", "not_met", "too_few_cases"]
