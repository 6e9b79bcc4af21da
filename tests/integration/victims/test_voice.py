"""What she says, once she was told who may read it; what became of it; and that she withdraws (VIC-07, VIC-08, VIC-11)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.victims.advocates.actions import end_advocate, name_advocate
from craffu.victims.advocates.facts import NewAdvocate
from craffu.victims.models import View, ViewAnswered, Withdrawn
from craffu.victims.queries import find_victim
from craffu.victims.voice.actions import answer_view, record_view, record_withdrawal
from craffu.victims.voice.facts import NewAnswer, NewView, NewWithdrawal
from craffu.victims.voice.queries import ViewStands, views_of, withdrawals_of
from craffu.victims.voice.rules import NOTICES, Reader, ReadersNotice
from craffu.victims.voice.subjects import NOTICE_VERSION, MaySee, Route, Subject

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY, MINUTE = date(2026, 11, 24), timedelta(minutes=1)
WORDS = "Rwy’n ofni’r bore.\r\n  kanari  "
NOTICE = ReadersNotice(NOTICE_VERSION, "cy", NOW - MINUTE, NOTICES[NOTICE_VERSION])
GIVEN = NewView(Subject.CONDITIONS, WORDS, "cy", Route.TELEPHONE, NOTICE, (MaySee.COURT,), "C-10001")
DECIDED = NewAnswer("kanari: the zone stays", "kanari: because of the school")
WITHDRAWS = NewWithdrawal(
    "C-10001", TODAY, "kanari reason", pressure_asked=True, pressure="kanari pressure", safety_reviewed=True
)

pytestmark = pytest.mark.rule("VIC-08")


def views(by: Acting, reference: str) -> list[ViewStands]:
    victim = find_victim(by, reference)
    assert victim is not None
    return views_of(by, victim)


def answer(by: Acting, victim: str, given: NewAnswer, seen: str | None = None) -> ViewAnswered | None:
    last = views(by, victim)[0]
    return answer_view(
        by=by, victim=victim, view=last.number, given=given, seen=last.answer_version if seen is None else seen
    )


@pytest.mark.rule("VIC-11")
def test_her_words_are_kept_to_the_letter_with_the_notice_that_came_before(officer: Acting, victim: str) -> None:
    row = record_view(by=officer, victim=victim, given=GIVEN)
    assert record_view(by=officer, victim=victim, given=GIVEN) == row
    (view,) = views(officer, victim)
    assert (view.words, view.language, view.given_at, view.case) == (WORDS, "cy", NOW, "C-10001")
    assert (view.notice_version, view.notice_shown_at, view.may_see) == (1, NOW - MINUTE, (MaySee.COURT,))
    assert not view.is_answered
    record_view(by=officer, victim=victim, given=replace(GIVEN, words="Another"))
    assert len(views(officer, victim)) == 2
    logged = list(Event.objects.filter(kind="victim_view_recorded"))
    assert len(logged) == 2
    assert all(f"victim/{victim}" in one.payload and "kanari" not in one.payload for one in logged)


def test_no_word_of_hers_lies_open_in_the_database(officer: Acting, victim: str) -> None:
    record_view(by=officer, victim=victim, given=GIVEN)
    answer(officer, victim, DECIDED)
    record_withdrawal(by=officer, victim=victim, given=WITHDRAWS)
    with connection.cursor() as cursor:
        for model in (View, ViewAnswered, Withdrawn):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608 (a table of ours)
            (row,) = cursor.fetchall()
            assert "kanari" not in str(row)


@pytest.mark.rule("VIC-11")
@pytest.mark.parametrize(
    "notice",
    [
        None,
        replace(NOTICE, shown_at=NOW),
        replace(NOTICE, shown_at=NOW + MINUTE),
        replace(NOTICE, language="en"),
        replace(NOTICE, readers=[Reader.COURT, Reader.DEFENCE]),
    ],
)
def test_her_words_are_not_taken_where_she_was_not_told_before(
    officer: Acting, victim: str, notice: ReadersNotice | None
) -> None:
    with pytest.raises(NotNow) as refused:
        record_view(by=officer, victim=victim, given=replace(GIVEN, notice=notice))
    assert refused.value.code == "notice_not_shown"
    assert views(officer, victim) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (replace(GIVEN, words=" \r\n "), "words_missing"),
        (replace(GIVEN, case="C-10002"), "not_her_case"),
    ],
)
def test_a_view_has_words_and_is_about_a_case_of_hers_or_none(
    officer: Acting, victim: str, given: NewView, code: str
) -> None:
    with pytest.raises(NotNow) as refused:
        record_view(by=officer, victim=victim, given=given)
    assert refused.value.code == code
    assert record_view(by=officer, victim=victim, given=replace(GIVEN, case="")).case_id is None


@pytest.mark.rule("SEC-01")
def test_nobody_else_takes_answers_or_withdraws(
    officer: Acting, victim: str, acting_as: Callable[..., Acting], other_force: Force
) -> None:
    view = record_view(by=officer, victim=victim, given=GIVEN).pk
    readers = [acting_as(role) for role in ("response_officer", "analyst", "offender_manager", "orders_team")]
    for by in (*readers, acting_as("advocate"), acting_as("victim_officer", force=other_force)):
        for act in (
            lambda by: record_view(by=by, victim=victim, given=replace(GIVEN, words="Another")),
            lambda by: answer_view(by=by, victim=victim, view=view, given=DECIDED, seen=""),
            lambda by: record_withdrawal(by=by, victim=victim, given=WITHDRAWS),
        ):
            with pytest.raises(NotPermitted):
                act(by)
    with pytest.raises(NotPermitted):
        answer_view(by=officer, victim=victim, view=view + 1, given=DECIDED, seen="")


def test_her_words_are_read_by_those_who_manage_orders_only_where_she_agreed(
    officer: Acting, victim: str, acting_as: Callable[..., Acting]
) -> None:
    record_view(by=officer, victim=victim, given=GIVEN)
    answer(officer, victim, DECIDED)
    for role in ("orders_team", "offender_manager"):
        (view,) = views(acting_as(role), victim)
        assert (view.is_withheld, view.words, view.decided, view.why) == (True, "", "", "")
    for role in ("victim_officer", "investigator", "supervisor"):
        assert views(acting_as(role), victim)[0].words == WORDS
    record_view(by=officer, victim=victim, given=replace(GIVEN, may_see=(MaySee.ORDERS_TEAM,)))
    assert [one.is_withheld for one in views(acting_as("orders_team"), victim)] == [False, True]


def test_what_was_decided_stands_until_it_is_answered_anew_and_she_is_told_afterwards(
    officer: Acting, victim: str
) -> None:
    record_view(by=officer, victim=victim, given=GIVEN, now=NOW - timedelta(seconds=1))
    assert answer(officer, victim, DECIDED) is not None
    assert views(officer, victim)[0].waits_to_be_told
    assert answer(officer, victim, DECIDED) is None, "the same again"
    with pytest.raises(Conflict):
        answer(officer, victim, replace(DECIDED, why="Another"), seen="")
    answer(officer, victim, replace(DECIDED, told_at=NOW))
    (view,) = views(officer, victim)
    assert (view.decided, view.why, view.told_at, view.waits_to_be_told) == (
        "kanari: the zone stays", "kanari: because of the school", NOW, False,
    )  # fmt: skip
    assert ViewAnswered.objects.for_user(officer).count() == 2
    assert Event.objects.filter(kind="victim_view_answered").count() == 2


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (replace(DECIDED, decided=" "), "decision_incomplete"),
        (replace(DECIDED, why=""), "decision_incomplete"),
        (replace(DECIDED, told_at=NOW + MINUTE), "told_to_come"),
        (replace(DECIDED, told_at=NOW - MINUTE), "told_before_view"),
    ],
)
def test_half_an_answer_is_none(officer: Acting, victim: str, given: NewAnswer, code: str) -> None:
    record_view(by=officer, victim=victim, given=GIVEN)
    with pytest.raises(NotNow) as refused:
        answer(officer, victim, given)
    assert refused.value.code == code
    assert not views(officer, victim)[0].is_answered


@pytest.mark.rule("VIC-07")
@pytest.mark.parametrize(
    "given",
    [WITHDRAWS, NewWithdrawal("C-10001", TODAY, not_explored_reason="They moved abroad and answer no letter")],
)
def test_she_withdraws_once_it_was_explored_or_it_is_said_why_not(
    officer: Acting, victim: str, given: NewWithdrawal
) -> None:
    row = record_withdrawal(by=officer, victim=victim, given=given)
    assert record_withdrawal(by=officer, victim=victim, given=given) == row
    found = find_victim(officer, victim)
    assert found is not None
    assert withdrawals_of(officer, found) == [row]
    assert Event.objects.filter(kind="withdrawal_recorded").count() == 1


@pytest.mark.rule("VIC-07")
@pytest.mark.parametrize(
    ("given", "code"),
    [
        (replace(WITHDRAWS, reason=" "), "withdrawal_not_explored"),
        (replace(WITHDRAWS, pressure_asked=False), "withdrawal_not_explored"),
        (replace(WITHDRAWS, safety_reviewed=False), "withdrawal_not_explored"),
        (replace(WITHDRAWS, case="C-10009"), "not_her_case"),
        (replace(WITHDRAWS, on=TODAY + timedelta(days=1)), "day_to_come"),
    ],
)
def test_a_withdrawal_that_nobody_explored_is_not_entered(
    officer: Acting, victim: str, given: NewWithdrawal, code: str
) -> None:
    with pytest.raises(NotNow) as refused:
        record_withdrawal(by=officer, victim=victim, given=given)
    assert refused.value.code == code
    assert Withdrawn.objects.for_user(officer).count() == 0


@pytest.mark.rule("VIC-10")
def test_a_view_that_an_advocate_brings_is_marked_so_while_she_agrees_to_them(officer: Acting, victim: str) -> None:
    advocate = name_advocate(by=officer, victim=victim, given=NewAdvocate("Mair Lewis", "Cymorth", TODAY, TODAY))
    brought = replace(GIVEN, route=Route.ADVOCATE, advocate=advocate.pk)
    row = record_view(by=officer, victim=victim, given=brought)
    assert (row.route, row.advocate_id) == ("advocate", advocate.pk)
    with pytest.raises(NotPermitted):
        record_view(by=officer, victim=victim, given=replace(brought, advocate=advocate.pk + 1))
    end_advocate(by=officer, victim=victim, advocate=advocate.pk)
    with pytest.raises(NotNow) as refused:
        record_view(by=officer, victim=victim, given=replace(brought, words="Another"))
    assert refused.value.code == "consent_ended"
