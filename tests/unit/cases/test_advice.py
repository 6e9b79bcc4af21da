"""How long advice took, what a record of it lacks, and who asks, answers and reads it (RES-04, SEC-12)."""

from datetime import UTC, datetime, timedelta

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force, User
from craffu.access.roles import OPS, ROLE_KEYS
from craffu.audit.actors import Actor
from craffu.cases.advice.permissions import check_can_answer, check_can_ask, check_can_read_advice
from craffu.cases.advice.policies import check_can_be_judged, check_is_said, check_is_unanswered, check_moment
from craffu.cases.advice.rules import ANSWER_WITHIN, PRIVILEGED, Advice, Adviser, Followed, advice
from craffu.common.refusals import NotNow, NotPermitted, Refusal

ASKED = datetime(2026, 11, 20, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
ASKER, OTHER = User(pk=7), User(pk=8)


def acting(role: str, user: User | None) -> Acting:
    return Acting(Actor("somebody", "", "demo"), Force(pk=1, code="demo"), frozenset({role}), user=user)


@pytest.mark.rule("RES-04")
@pytest.mark.parametrize(
    ("answered", "followed", "reason", "expected"),
    [
        (None, None, "", Advice(None, True, ())),
        (ASKED, None, "", Advice(0.0, True, ())),
        (ASKED + 6.5 * HOUR, Followed.YES, "", Advice(6.5, True, ())),
        (ASKED + HOUR / 8, None, "", Advice(0.12, True, ())),
        (ASKED + HOUR, Followed.NO, "Overtaken by arrest", Advice(1.0, True, ())),
        (ASKED + HOUR, Followed.NO, " ", Advice(1.0, False, ("reason_missing",))),
        (ASKED + HOUR, Followed.PARTLY, "", Advice(1.0, False, ("reason_missing",))),
        (None, Followed.YES, "", Advice(None, False, ("not_answered",))),
        (None, Followed.NO, "", Advice(None, False, ("not_answered", "reason_missing"))),
        (ASKED - HOUR, None, "", Advice(-1.0, False, ("answered_before_asked",))),
    ],
)
def test_hours_are_elapsed_and_what_is_set_aside_says_why(
    answered: datetime | None, followed: Followed | None, reason: str, expected: Advice
) -> None:
    assert advice(ASKED, answered, followed, reason) == expected


@pytest.mark.rule("SEC-12")
def test_what_lawyers_advise_is_privileged_and_nothing_else_is() -> None:
    assert {Adviser("prosecutor"), Adviser("legal")} == PRIVILEGED
    assert timedelta(hours=48) == ANSWER_WITHIN
    assert [one.value for one in Adviser] == [
        "champion", "prosecutor", "legal", "advocacy_service", "psychologist", "other",
    ]  # fmt: skip
    assert [one.value for one in Followed] == ["yes", "partly", "no"]


@pytest.mark.rule("RES-04")
@pytest.mark.parametrize("role", sorted(ROLE_KEYS))
def test_whoever_works_on_cases_reads_and_asks_and_a_coordinator_answers(role: str) -> None:
    by = acting(role, OTHER)
    for may, check in (
        (role in OPS, lambda: check_can_read_advice(by)),
        (role in OPS, lambda: check_can_ask(by)),
        (role in OPS, lambda: check_can_answer(by, ASKER, is_inside=False)),
        (role == "coordinator", lambda: check_can_answer(by, ASKER, is_inside=True)),
    ):
        if may:
            check()
        else:
            with pytest.raises(NotPermitted):
                check()


@pytest.mark.rule("RES-04")
def test_nobody_answers_their_own_question_and_only_people_do() -> None:
    assert check_can_answer(acting("coordinator", OTHER), ASKER, is_inside=True) == OTHER
    assert check_can_answer(acting("coordinator", ASKER), ASKER, is_inside=False) == ASKER
    for user, is_inside, code in ((ASKER, True, "own_question"), (None, True, "nobody"), (None, False, "nobody")):
        with pytest.raises(NotPermitted) as refused:
            check_can_answer(acting("coordinator", user), ASKER, is_inside=is_inside)
        assert refused.value.code == code


@pytest.mark.rule("RES-04")
def test_advice_is_asked_answered_and_judged_in_words_once_and_in_that_order() -> None:
    check_is_said("Does this pattern amount to stalking?")
    check_is_unanswered(is_answered=False)
    check_moment(ASKED, ASKED, ASKED)
    check_can_be_judged(())
    refusals = {
        "advice_no_words": lambda: check_is_said(" "),
        "advice_answered": lambda: check_is_unanswered(is_answered=True),
        "answer_to_come": lambda: check_moment(ASKED + HOUR, ASKED, ASKED),
        "answered_before_asked": lambda: check_moment(ASKED - HOUR, ASKED, ASKED),
        "not_answered": lambda: check_can_be_judged(("not_answered", "reason_missing")),
        "reason_missing": lambda: check_can_be_judged(("reason_missing",)),
    }
    for code, check in refusals.items():
        with pytest.raises(Refusal) as refused:
            check()
        assert refused.value.code == code
    with pytest.raises(NotNow):
        check_is_said("")
