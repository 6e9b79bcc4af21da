"""What is due of orders: a decision within 48 hours of what opened the question, and a supervisor's word (ORD-01, ORD-02)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.models import Force, User
from craffu.access.reach.actions import place
from craffu.cases.models import Case, CaseRole
from craffu.cases.risk.actions import record_assessment
from craffu.cases.risk.facts import NewAssessment
from craffu.cases.risk.rules import Grade
from craffu.daily.sources import SOURCES
from craffu.daily.ticking import tick
from craffu.intake.running import take_in
from craffu.linkage.actions import decide_pair
from craffu.linkage.facts import NewWord
from craffu.linkage.forming import Word
from craffu.orders.considering.actions import agree_not_pursued, challenge_not_pursued, open_again, say_fact
from craffu.orders.considering.rules import Fact, Outcome, Reopening
from craffu.orders.due import SOURCE, orders_due
from craffu.outbox.queries import waiting
from craffu.work.facts import Due
from craffu.work.models import WorkItem
from craffu.work.rules import after
from tests.factories.considering import decide, decision, stalking_case
from tests.factories.extracts import row, write
from tests.factories.identities import NOBODYS, score
from tests.integration.orders.conftest import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REPORTED = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.fixture
def case(system: Acting, tmp_path: Path) -> str:
    return stalking_case(system, tmp_path)


def subject(case: str) -> str:
    return f"case:{Case.objects.for_system('a test').get(reference=case).pk}"


def dues(by: Acting, case: str, now: datetime = NOW) -> list[Due]:
    found = orders_due(by, [subject(case)], now)
    return list(found[subject(case)].dues) if found else []


def at(moment: datetime) -> Any:
    return time_machine.travel(moment, tick=False)


@pytest.mark.rule("ORD-01")
def test_a_case_asks_within_48_hours_of_its_opening_until_every_kind_offered_is_decided(
    case: str, system: Acting, investigator: Acting
) -> None:
    (one,) = dues(system, case)
    assert (one.kind, one.why, one.queue, one.about, one.of_case) == (
        "consider_orders", "case_opened", "consider", ("case", case), case,
    )  # fmt: skip
    limit = REPORTED + 2 * DAY
    assert (one.raised_at, one.due_at, one.overdue_from, one.done_at) == (REPORTED, limit, after(limit), None)
    decide(investigator, case, decision("SPO", Outcome.APPLY))
    assert dues(system, case)[0].done_at is None, "one of two"
    with at(NOW + HOUR):
        decide(investigator, case, decision("PHA_INJ", Outcome.SUPPORT_OWN_APPLICATION))
    (then,) = dues(system, case, NOW + HOUR)
    assert (then.key, then.done_at) == (one.key, NOW + HOUR)


@pytest.mark.rule("ORD-01")
def test_what_is_open_already_is_not_asked_twice_and_what_opens_anew_is(
    case: str, system: Acting, investigator: Acting
) -> None:
    open_again(by=system, case=case, why=Reopening.BREACH, source_key="B-1")
    assert len(dues(system, case)) == 1
    say_fact(by=investigator, case=case, fact=Fact.ASSOCIATED, holds=True)
    opening, fact = dues(system, case)
    assert (opening.why, fact.why, fact.due_at) == ("case_opened", "new_fact", NOW + 2 * DAY)
    kinds = ("SPO", "PHA_INJ", "NMO")
    decide(investigator, case, *(decision(kind, Outcome.DEFER, review_on=date(2026, 12, 1)) for kind in kinds))
    later = NOW + DAY
    with at(later):
        open_again(by=system, case=case, why=Reopening.BREACH, opened_at=later - HOUR, source_key="B-2")
    breach = next(one for one in dues(system, case, later) if one.why == "breach")
    assert (breach.raised_at, breach.due_at, breach.done_at) == (later, later - HOUR + 2 * DAY, None)


@pytest.mark.rule("ORD-02")
def test_what_is_put_off_is_due_again_from_its_date(case: str, system: Acting, investigator: Acting) -> None:
    until = date(2026, 12, 1)
    (row,) = decide(investigator, case, decision("SPO", Outcome.DEFER, review_on=until))
    again = next(one for one in dues(system, case) if one.why == "deferred")
    begins = datetime(2026, 12, 1, tzinfo=UTC)
    assert (again.raised_at, again.due_at, again.done_at) == (begins, begins + 2 * DAY, None)
    assert again.key.endswith(f"deferred:{row.pk}")
    with at(NOW + DAY):
        decide(investigator, case, decision("SPO", Outcome.APPLY))
    assert [one.why for one in dues(system, case, NOW + DAY)] == ["case_opened"], "decided before its date"


@pytest.mark.rule("ORD-02")
def test_not_pursued_waits_for_a_supervisor_and_a_challenge_asks_again(
    case: str, system: Acting, investigator: Acting, acting_as: Callable[..., Acting]
) -> None:
    supervisor = acting_as("supervisor")
    spo, pha = decide(
        investigator, case, decision("SPO", Outcome.NOT_PURSUED), decision("PHA_INJ", Outcome.NOT_PURSUED)
    )
    opening, *waits = dues(system, case)
    assert opening.done_at == NOW, "there is nothing left for whoever decided"
    assert {(one.kind, one.key, one.raised_at, one.due_at, one.done_at) for one in waits} == {
        ("agree_not_pursued", str(each.pk), NOW, REPORTED + 2 * DAY, None) for each in (spo, pha)
    }
    with at(NOW + HOUR):
        agree_not_pursued(by=supervisor, case=case, decision=spo.pk)
        challenge_not_pursued(by=supervisor, case=case, decision=pha.pk, words="Ask them again")
    found = dues(system, case, NOW + HOUR)
    assert [one.done_at for one in found if one.kind == "agree_not_pursued"] == [NOW + HOUR] * 2
    (asked,) = [one for one in found if one.why == "challenged"]
    assert (asked.raised_at, asked.due_at, asked.done_at) == (NOW + HOUR, NOW + HOUR + 2 * DAY, None)


@pytest.mark.rule("ORD-01")
@pytest.mark.parametrize(
    "said",
    [{"stage": "closed"}, {"flags": "", "home_office_class": "28E", "offence_code": "TH68001"}],
    ids=["over when first heard of", "of another kind"],
)
def test_what_came_over_or_is_of_another_kind_is_not_due(said: dict[str, str], system: Acting, tmp_path: Path) -> None:
    assert dues(system, stalking_case(system, tmp_path, **said)) == []


@pytest.mark.rule("ORD-01")
def test_what_is_closed_with_the_question_open_stays_asked(case: str, system: Acting, tmp_path: Path) -> None:
    with at(NOW + HOUR):
        stalking_case(system, tmp_path / "closed", stage="closed", updated_at="2026-11-24 12:30:00")
    (one,) = dues(system, case, NOW + HOUR)
    assert (one.why, one.done_at) == ("case_opened", None)


def test_whose_case_it_is_has_the_work_and_each_act_is_told_of(
    case: str, force: Force, investigator: Acting, make_user: Callable[..., User], acting_as: Callable[..., Acting]
) -> None:
    owner = make_user("investigator")
    tick(force=force, at=NOW)
    item = WorkItem.objects.for_system("a test").get(kind="consider_orders")
    assert (item.owner, item.state, item.about) == (None, "open", case)
    place(by=acting_as("coordinator"), kind="case", reference=case, area=None, team=None, owner=owner, reason="a test")
    tick(force=force, at=NOW)
    assert WorkItem.objects.for_system("a test").get(kind="consider_orders").owner == owner
    decide(investigator, case, decision("SPO", Outcome.APPLY), decision("PHA_INJ", Outcome.SUPPORT_OWN_APPLICATION))
    assert waiting(force.code)
    tick(force=force, at=NOW)
    assert WorkItem.objects.for_system("a test").get(kind="consider_orders").state == "done"


@pytest.mark.rule("ORD-01")
@pytest.mark.rule("IDN-06")
@pytest.mark.parametrize("everything", [False, True])
def test_two_who_are_suspected_and_found_to_be_one_are_asked_about_once_and_parted_twice(
    everything: bool, case: str, force: Force, system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    inbox = tmp_path / "second"
    write(inbox, "persons.csv", [row("rms", "persons", 12)])
    write(inbox, "involvements.csv", [row("rms", "involvements", 12, crime_ref="CRIME1", role="suspect")])
    assert take_in(by=system, kind="rms", paths=[inbox]).run.rejected == 0
    roles = CaseRole.objects.for_system("a test").filter(role="suspect").order_by("id")
    first, second = roles.values_list("record_id", flat=True)

    def asked(minutes: int) -> int:
        tick(force=force, at=NOW + minutes * HOUR / 60, everything=everything)
        return WorkItem.objects.for_system("a test").filter(kind="consider_orders", state="open").count()

    assert asked(1) == 2
    score(system, first, second)
    assert asked(2) == 1
    decide_pair(
        by=acting_as("link_clerk"), left=first, right=second, given=NewWord(Word.NOT_SAME, "Two brothers"),
        needs_another=False, roles_of=NOBODYS,
    )  # fmt: skip
    assert asked(3) == 2


def test_as_many_questions_however_many_cases(case: str, system: Acting, investigator: Acting, tmp_path: Path) -> None:
    given = NewAssessment("DARA", "2", "L1", "D1", NOW - HOUR, Grade.MEDIUM)
    record_assessment(by=investigator, case=case, given=given)
    decide(investigator, case, decision("SPO", Outcome.NOT_PURSUED))
    alone = [subject(case)]
    with CaptureQueriesContext(connection) as one:
        orders_due(system, alone, NOW)
    every = [*alone, *(subject(stalking_case(system, tmp_path, number)) for number in (2, 3, 4))]
    with CaptureQueriesContext(connection) as four:
        found = orders_due(system, every, NOW)
    assert len(found) == 4
    assert len(one) == len(four) <= 17


def test_the_source_is_asked() -> None:
    assert SOURCE in SOURCES
