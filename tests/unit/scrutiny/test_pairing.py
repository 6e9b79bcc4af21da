"""What two reviewers answered, put side by side question by question and repeat by repeat (SCR-08)."""

import pytest

from craffu.scrutiny.agreeing.pairing import Agreed, agreed, compared_by, differ, still_to_quote
from craffu.scrutiny.asking.kinds import Scale
from craffu.scrutiny.asking.reading import shipped
from craffu.scrutiny.asking.rules import WHOLE, Answers, Given

pytestmark = pytest.mark.rule("SCR-08")
FORM = shipped()[1]


def said(question: str, *judged: str) -> Answers:
    """Answers to a question of a case's repeats, in order; an empty one was not asked."""
    return {(question, str(at)): Given(judged=one) for at, one in enumerate(judged, 1) if one}


def of(question: str, *pairs: tuple[Answers, Answers]) -> dict[bool, Agreed]:
    return {one.of_repeats: one for one in agreed(FORM, pairs) if one.question == question}


def test_a_question_is_compared_by_its_first_scale_that_has_answers_to_choose_from() -> None:
    scales = {
        id: compared_by(FORM.question(id)) for id in ("DS-A1", "DS-A2", "DS-A7", "DS-C8", "DS-C13", "DS-91", "DS-92")
    }
    assert scales == {
        "DS-A1": Scale.JUDGED, "DS-A2": Scale.CODE, "DS-A7": None, "DS-C8": None, "DS-C13": Scale.FELT,
        "DS-91": Scale.OVERALL, "DS-92": None,
    }  # fmt: skip


def test_of_what_repeats_both_levels_are_compared_and_the_case_by_its_worst() -> None:
    found = of(
        "DS-G4", (said("DS-G4", "yes", "no"), said("DS-G4", "no", "yes")), (said("DS-G4", "yes"), said("DS-G4", "yes"))
    )
    assert found[True].agreement is not None
    assert found[False].agreement is not None
    assert (found[True].agreement.number, found[True].agreement.raw) == (3, pytest.approx(1 / 3))
    assert (found[False].agreement.number, found[False].agreement.raw) == (2, 1), (
        "no, of both, is the worst of the first"
    )
    codes = of("DS-G2", ({("DS-G2", "1"): Given(code="direct")}, {("DS-G2", "1"): Given(code="both")}))
    assert set(codes) == {True}, "of what has no order there is no worst"


def test_what_one_alone_was_asked_is_counted_apart() -> None:
    found = of("DS-G4", (said("DS-G4", "yes", "yes"), said("DS-G4", "yes")), (said("DS-G4", "no"), {}))
    assert (found[True].one_alone, found[False].one_alone) == (2, 1)
    assert found[True].agreement is not None
    assert found[True].agreement.number == 1
    nobody = of("DS-G4", ({}, {}))
    assert (nobody[True].agreement, nobody[True].may_be_quoted, nobody[True].one_alone) == (None, False, 0)


def test_a_weighted_kappa_is_of_no_partly_and_yes_alone() -> None:
    judged = [("yes", "yes"), ("no", "no"), ("partly", "yes"), ("not_recorded", "yes")]
    pairs = [({("DS-C1", WHOLE): Given(judged=one)}, {("DS-C1", WHOLE): Given(judged=other)}) for one, other in judged]
    [found] = of("DS-C1", *pairs).values()
    assert found.agreement is not None
    assert found.agreement.number == 4
    # By hand, of three: observed 0.25 / 3; by chance (0.25 + 0.25 + 1 + ... of margins 1,1,1 and 1,0,2) is 4 / 9.
    assert found.weighted == pytest.approx(1 - (0.25 / 3) / _by_chance())
    [unordered] = of("DS-C1", ({("DS-C1", WHOLE): Given(judged="not_recorded")},) * 2).values()
    assert unordered.weighted is None


def _by_chance() -> float:
    """Rows no 1, partly 1, yes 1; columns no 1, partly 0, yes 2; weights the square of steps apart over four."""
    rows, columns = (1 / 3, 1 / 3, 1 / 3), (1 / 3, 0, 2 / 3)
    return sum(rows[i] * columns[j] * (i - j) ** 2 / 4 for i in range(3) for j in range(3))


def test_two_differ_where_both_answered_and_otherwise() -> None:
    judged, at = FORM.question("DS-C1"), FORM.question("DS-B1")
    key = ("DS-C1", WHOLE)
    yes = {key: Given(judged="yes", evidence="log 4", confidence="low")}
    assert not differ(judged, yes, {key: Given(judged="yes", evidence="log 9", confidence="high")}, WHOLE)
    assert differ(judged, yes, {key: Given(judged="no")}, WHOLE)
    assert not differ(judged, yes, {}, WHOLE)
    assert not differ(judged, {}, yes, WHOLE)
    day, other = ({("DS-B1", WHOLE): Given(times={"at": one})} for one in ("2026-11-01", "2026-11-02"))
    assert differ(at, day, other, WHOLE)
    assert not differ(at, day, day, WHOLE)


def test_a_question_is_quoted_where_both_of_its_levels_agree() -> None:
    alike = [({("DS-C1", WHOLE): Given(judged=one)},) * 2 for one in ["yes", "no"] * 20]
    [good] = of("DS-C1", *alike).values()
    assert good.may_be_quoted
    bad = Agreed("DS-C1", True, None, None, (), 0)
    assert still_to_quote([good]) == {"DS-C1": True}
    assert still_to_quote([good, bad]) == still_to_quote([bad, good]) == {"DS-C1": False}
