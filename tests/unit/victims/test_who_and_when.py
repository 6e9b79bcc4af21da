"""Who looks after a victim and who speaks for one, role by role, and when something may be recorded as having happened.

Page map, P17 to P19. Whoever is nobody by name does neither: a victim is told who it is.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force, User
from craffu.access.roles import ROLE_KEYS
from craffu.audit.actors import Actor
from craffu.common.refusals import NotNow, NotPermitted
from craffu.victims.agreements.policies import check_links
from craffu.victims.answering.kinds import Question
from craffu.victims.answering.policies import check_is_answer, check_is_whole, check_may_write, opens_nothing
from craffu.victims.happenings.policies import check_is_not_there, check_is_of_her_case, check_learnt_by_now
from craffu.victims.inviting.policies import check_is_open, check_may_be_asked, check_was_answered
from craffu.victims.inviting.rules import WhyNot
from craffu.victims.noting.policies import check_has_happened
from craffu.victims.permissions import (
    LOOK_AFTER,
    SEE_A_PART,
    check_can_look_after,
    check_can_read_words,
    check_can_see_protected,
    check_can_view_all,
    check_can_view_part,
    check_is_advocate,
    speaks_only,
)
from craffu.victims.voice.subjects import MaySee

NOW, HOUR = datetime(2026, 11, 24, 12, tzinfo=UTC), timedelta(hours=1)
LOOKING_AFTER, SEEING = frozenset(LOOK_AFTER), frozenset({*LOOK_AFTER, *SEE_A_PART})


def acting(*rights: str, is_person: bool = True) -> Acting:
    user = User(pk=7, username="somebody") if is_person else None
    return Acting(Actor("somebody", "", "demo"), Force(pk=1, code="demo"), frozenset(rights), user=user)


def is_let(check: Callable[..., object], *args: object) -> bool:
    try:
        check(*args)
    except NotPermitted:
        return False
    return True


@pytest.mark.rule("SEC-01")
@pytest.mark.rule("VIC-10")
@pytest.mark.parametrize("role", sorted({*ROLE_KEYS, "advocate"}))
def test_each_role_sees_of_a_victim_what_the_page_map_gives_it(role: str) -> None:
    by = acting(role)
    assert is_let(check_can_view_part, by) is (role in SEEING)
    assert is_let(check_can_view_all, by) is (role in LOOKING_AFTER)
    assert is_let(check_can_look_after, by) is (role in LOOKING_AFTER)
    assert is_let(check_can_see_protected, by) is (role == "victim_officer")
    assert is_let(check_is_advocate, by) is speaks_only(by) is (role == "advocate")


def test_the_page_map_names_who_looks_after_a_victim() -> None:
    assert {"victim_officer", "investigator", "supervisor"} == LOOKING_AFTER
    assert {*LOOKING_AFTER, "offender_manager", "orders_team"} == SEEING


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize(
    ("check", "role", "words"),
    [
        (check_can_look_after, "victim_officer", "speaks with a victim"),
        (check_is_advocate, "advocate", "speaks for a victim"),
    ],
)
def test_only_a_person_speaks_with_a_victim_or_for_one(check: Callable[[Acting], User], role: str, words: str) -> None:
    assert check(acting(role)).pk == 7
    with pytest.raises(NotPermitted, match=words) as refused:
        check(acting(role, is_person=False))
    assert refused.value.code == "nobody"


@pytest.mark.rule("VIC-08")
def test_their_words_are_read_by_whom_they_let_and_by_whoever_looks_after_them() -> None:
    agreed = [MaySee.ORDERS_TEAM]
    for role in sorted(ROLE_KEYS):
        assert is_let(check_can_read_words, acting(role), agreed) is (role in SEEING), role
        assert is_let(check_can_read_words, acting(role), []) is (role in LOOKING_AFTER), role


@pytest.mark.rule("VIC-10")
def test_an_advocate_who_works_for_the_force_too_is_not_only_an_advocate() -> None:
    assert not speaks_only(acting("advocate", "victim_officer"))


def refusal_of(check: Callable[..., None], *args: object, **said: object) -> str:
    with pytest.raises(NotNow) as refused:
        check(*args, **said)
    return str(refused.value.code)


@pytest.mark.rule("VIC-05")
def test_what_happens_is_recorded_once_of_a_case_of_theirs_and_as_soon_as_we_learnt_of_it() -> None:
    check_learnt_by_now(NOW, NOW)
    assert refusal_of(check_learnt_by_now, NOW + HOUR, NOW) == "learnt_to_come"
    check_is_of_her_case(1)
    assert refusal_of(check_is_of_her_case, None) == "not_her_case"
    check_is_not_there(is_there=False)
    assert refusal_of(check_is_not_there, is_there=True) == "happening_there"


@pytest.mark.rule("VIC-02")
@pytest.mark.parametrize("why", list(WhyNot))
def test_each_reason_why_she_is_not_asked_says_what_to_do(why: WhyNot) -> None:
    with pytest.raises(NotNow) as refused:
        check_may_be_asked(why)
    assert refused.value.code == f"not_asked_{why.value}"
    assert refused.value.message.endswith(".")
    check_may_be_asked(None)


@pytest.mark.rule("VIC-01")
@pytest.mark.rule("VIC-11")
def test_when_something_may_be_answered_noted_or_ended() -> None:
    refusals: dict[str, Callable[[bool], None]] = {
        "invitation_over": lambda holds: check_is_open(is_open=holds),
        "not_opened": lambda holds: check_was_answered(was_opened=holds),
        "no_answer": lambda holds: check_is_answer(Question.FEEL, is_answer=holds),
        "too_long": lambda holds: check_is_answer(Question.WORDS, is_answer=holds),
        "notice_not_shown": lambda holds: check_may_write(was_told=holds),
        "not_whole": lambda holds: check_is_whole(is_whole=holds),
        "log_to_come": lambda holds: check_has_happened(NOW if holds else NOW + timedelta(microseconds=1), NOW),
        "links_not_safe": lambda holds: check_links(["email"], ["email"] if holds else ["telephone"]),
    }
    for code, check in refusals.items():
        check(True)
        with pytest.raises(NotNow) as refused:
            check(False)
        assert refused.value.code == code
    assert (opens_nothing().code, isinstance(opens_nothing(), NotPermitted)) == ("opens_nothing", True)
