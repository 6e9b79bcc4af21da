"""What is answered of every breach, what each standpoint may have decided, and what outcomes and charges say (BRC-03, BRC-04)."""

import pytest

from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.standpoints.kinds import DECISIONS
from craffu.breaches.standpoints.outcomes import decided_by_court, decided_by_outcome
from craffu.breaches.standpoints.questions import TAKES, WITH_REASON, Question, WhyNot, why_not_taken

COURSES = ("part_of_course_of_conduct", "single_incident")
RECORDINGS = ("stalking_recorded", "harassment_recorded", "other_crime_recorded", "not_a_crime_reason")
EITHER, NOT_NEEDED = ("yes", "no"), ("yes", "no", "not_needed")


@pytest.mark.rule("BRC-04")
def test_each_question_takes_its_own_answers() -> None:
    assert TAKES == {
        Question.COURSE_OF_CONDUCT: COURSES, Question.RECORDING: RECORDINGS, Question.PATTERN: EITHER, Question.ARREST: EITHER,
        Question.VICTIM_SAFE: EITHER, Question.REVIEW: NOT_NEEDED, Question.OTHERS_TOLD: NOT_NEEDED,
    }  # fmt: skip
    assert {"no", "not_needed", "not_a_crime_reason"} == WITH_REASON


@pytest.mark.rule("BRC-04")
@pytest.mark.parametrize("question", Question)
@pytest.mark.parametrize("answer", [*COURSES, *RECORDINGS, *NOT_NEEDED, "perhaps"])
def test_an_answer_counts_where_it_is_one_with_its_reason_and_from_whom_it_must_be(
    question: Question, answer: str
) -> None:
    taken = answer in TAKES[question]
    needs = answer in {"no", "not_needed", "not_a_crime_reason"}
    is_theirs = question is Question.COURSE_OF_CONDUCT

    def why(words: str, *, is_supervisor: bool) -> WhyNot | None:
        return why_not_taken(question, answer, words, is_supervisor=is_supervisor)

    assert why("Said why.", is_supervisor=True) is (None if taken else WhyNot.UNKNOWN)
    assert why("  ", is_supervisor=True) is (WhyNot.UNKNOWN if not taken else WhyNot.REASON if needs else None)
    of_others = WhyNot.UNKNOWN if not taken else WhyNot.SUPERVISOR if is_theirs else None
    assert why("Said why.", is_supervisor=False) is of_others
    assert " ".join(WhyNot) == "unknown_answer supervisor_must_answer reason_missing"


@pytest.mark.rule("BRC-03")
def test_what_others_decided_is_one_of_the_decisions_of_their_standpoint() -> None:
    assert DECISIONS == {
        Standpoint.POLICE: ("undetected",),
        Standpoint.PROSECUTION: ("charged", "no_action", "discontinued"),
        Standpoint.COURT: ("proved", "not_proved", "quashed"),
        Standpoint.PROBATION: ("reported", "warning", "recall", "back_to_court"),
        Standpoint.VICTIM_TOLD: ("proved", "not_proved", "quashed"),
    }
    assert Standpoint.REPORTED not in DECISIONS


@pytest.mark.rule("BRC-03")
@pytest.mark.parametrize(
    ("codes", "decided"),
    [
        ("1 1A", ("prosecution", "charged")),
        ("5 9", ("prosecution", "no_action")),
        ("10 11 12 13 14 15 16 17 18 21", ("police", "undetected")),
        ("2 2A 3 3A 4 6 7 8 19 20 22", None),
    ],
)
def test_the_outcome_of_a_crime_decides_of_one_standpoint_or_of_none(
    codes: str, decided: tuple[str, str] | None
) -> None:
    for code in codes.split():
        assert decided_by_outcome(code) == decided, code
        assert decided_by_outcome(f" 0{code.lower()} ") == decided, code


@pytest.mark.rule("BRC-03")
def test_the_end_of_a_charge_is_a_finding_only_where_a_court_found() -> None:
    assert decided_by_court("convicted") == ("court", "proved")
    assert decided_by_court("not_guilty") == ("court", "not_proved")
    assert decided_by_court("ended") == ("prosecution", "discontinued")
    assert decided_by_court("remitted") is None
