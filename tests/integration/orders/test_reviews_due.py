"""What is due of reviews: raised once, brought forward by what happens, done by a review, and counted (REV-01, REV-06)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.cases.risk.actions import record_event
from craffu.cases.risk.facts import NewEvent
from craffu.cases.risk.rules import Asks
from craffu.clocks.london import end_of, start_of
from craffu.daily.sources import SOURCES
from craffu.daily.ticking import tick
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from craffu.orders.models import Order
from craffu.orders.noting.actions import note_change_refused, note_relaxation_sought
from craffu.orders.reviewing.actions import note_applied, sign_review, want_view
from craffu.orders.reviewing.due import RULES, SOURCE, What, orders_told_of, reviews_due
from craffu.orders.reviewing.figures import Heard, Share, ended_unreviewed, reviews_on_time, voices_heard
from craffu.orders.watching.due import watched_due
from craffu.people.models import Membership
from craffu.victims.models import CaseHappening
from craffu.victims.topics import VICTIMS
from craffu.victims.voice.actions import answer_view
from craffu.victims.voice.facts import NewAnswer
from craffu.victims.voice.queries import views_of
from craffu.victims.voice.subjects import Subject
from craffu.work.facts import Due
from craffu.work.models import WorkItem, WorkStep
from craffu.work.rules import How
from tests.factories.orders import TERMS
from tests.factories.reviews import answers, in_force, protected, reviewed, version, victim_of, view_of
from tests.factories.victims import AGREED, agreed
from tests.factories.victims import victim_of as victim_called
from tests.integration.orders.conftest import NOW
from tests.worlds import World, kept

DAY = timedelta(days=1)


def at(moment: datetime) -> Any:
    return time_machine.travel(moment, tick=False)


def days_on(days: int) -> datetime:
    return NOW + timedelta(days=days)


def dues(by: Acting, order: Order, now: datetime) -> dict[str, list[Due]]:
    found: dict[str, list[Due]] = {}
    for one in reviews_due(by, [str(order.pk)], now)[str(order.pk)].dues:
        found.setdefault(one.kind, []).append(one)
    return found


def the(by: Acting, order: Order, what: What, now: datetime) -> Due:
    return dues(by, order, now)[what][-1]


def declined(by: Acting, order: Order, now: datetime, decision: str = "continue") -> None:
    with at(now):
        said = answers(protected(by, order), "declined", decision, declined_on=now.date().isoformat())
        reviewed(by, order, said)


@kept(at=NOW)
def order(world: World, team: Acting) -> Order:
    """Made and served on 20 November, until 19 November of the next year."""
    return in_force(world.system, team, world.folder, is_indefinite=None, last_day=date(2027, 11, 19))


@pytest.mark.rule("REV-01")
def test_a_review_is_due_28_days_after_service_and_then_by_the_grade(
    order: Order, system: Acting, team: Acting, force: Force
) -> None:
    assert SOURCE in SOURCES
    assert set(RULES) == set(What)
    first = the(system, order, What.REVIEW, NOW)
    assert (first.due_at, first.raised_at, first.why) == (
        end_of(date(2026, 12, 18)), start_of(date(2026, 12, 11)), "order_review_schedule"
    )  # fmt: skip
    assert (first.queue, first.about, first.done_at) == ("reviews", ("order", order.reference), None)
    # Two days late: the miss stays, and the next counts from the day on which it was done. Nobody has graded the case.
    declined(team, order, days_on(26))
    before, after = dues(system, order, days_on(26))[What.REVIEW]
    assert (before.key, before.due_at, before.done_at) == (first.key, first.due_at, days_on(26))
    assert after.due_at == end_of(date(2027, 1, 17))
    for now in (NOW, days_on(20), days_on(25), days_on(26), days_on(27), days_on(60), days_on(64)):
        with at(now):
            tick(force=force, at=now)
            tick(force=force, at=now)
    rows = WorkItem.objects.for_system("a test").filter(kind=What.REVIEW).order_by("id")
    assert [(one.state, one.missed_from is not None) for one in rows] == [("done", True), ("open", True)]
    steps = WorkStep.objects.for_system("a test").filter(item=rows[0]).values_list("step", flat=True)
    assert sorted(steps) == ["done", "foreseen", "raised", "supervisor"]
    # Once each, however often the clock runs; after 72 hours the inspector.
    late = WorkStep.objects.for_system("a test").filter(item=rows[1]).values_list("step", flat=True)
    assert sorted(late) == ["foreseen", "inspector", "raised", "supervisor"]


@pytest.mark.rule("REV-01")
@pytest.mark.parametrize("event", ["change_sought", "breach", "circumstances"])
def test_an_event_brings_the_review_forward_and_a_review_answers_it(
    order: Order, system: Acting, team: Acting, investigator: Acting, event: str
) -> None:
    declined(team, order, NOW)
    then = days_on(2)
    with at(then):
        if event == "change_sought":
            note_relaxation_sought(by=team, order=order.reference, at=then)
        else:
            kind = Asks.POSSIBLE_BREACH_RAISED if event == "breach" else Asks.VICTIM_MORE_AFRAID
            record_event(by=investigator, case=order.case.reference, given=NewEvent(kind, then))
    one = the(system, order, What.REVIEW, then)
    assert (one.raised_at, one.due_at, one.why) == (then, end_of(date(2026, 12, 3)), f"order_review_{event}")
    declined(team, order, days_on(3))
    assert the(system, order, What.REVIEW, days_on(3)).why == "order_review_schedule"


@pytest.mark.rule("REV-01")
@pytest.mark.rule("REV-06")
@pytest.mark.rule("CLK-12")
def test_a_watch_of_the_end_asks_for_a_review_until_the_end_is_decided(
    order: Order, system: Acting, team: Acting
) -> None:
    watched = datetime(2027, 8, 22, 12, tzinfo=NOW.tzinfo)
    declined(team, order, watched - DAY)
    found = reviews_due(system, [str(order.pk)], watched - DAY)[str(order.pk)]
    assert found.wakes_at == start_of(date(2027, 8, 21)) or found.wakes_at == start_of(date(2027, 9, 20))
    declined(team, order, watched)
    watches = [
        one for one in watched_due(system, [str(order.pk)], watched)[str(order.pk)].dues if one.kind == "order_watch"
    ]
    assert [(one.why, one.done_at is not None) for one in watches] == [
        ("order_watch_90_days", True), ("order_watch_60_days", False), ("order_watch_30_days", False)
    ]  # fmt: skip
    # A decision about the end: no later watch asks, and no review is due fourteen days before it.
    declined(team, order, watched + 10 * DAY, "renew")
    watches = watched_due(system, [str(order.pk)], watched + 10 * DAY)[str(order.pk)].dues
    assert [one.why for one in watches if one.kind == "order_watch"] == ["order_watch_90_days"]
    late = datetime(2027, 10, 30, 12, tzinfo=NOW.tzinfo)
    declined(team, order, late)
    assert the(system, order, What.REVIEW, late).due_at == end_of(date(2027, 11, 27))


@pytest.mark.rule("REV-06")
def test_without_a_decision_the_review_is_due_fourteen_days_before_the_end(
    order: Order, system: Acting, team: Acting
) -> None:
    late = datetime(2027, 10, 25, 12, tzinfo=NOW.tzinfo)
    declined(team, order, late)
    one = the(system, order, What.REVIEW, late)
    assert (one.due_at, one.why) == (end_of(date(2027, 11, 5)), "order_review_before_end")


@pytest.mark.rule("VIC-05")
def test_whoever_it_protects_is_warned_of_the_end_though_somebody_decided_it(
    order: Order, system: Acting, team: Acting, force: Force
) -> None:
    declined(team, order, datetime(2027, 8, 30, 12, tzinfo=NOW.tzinfo), "renew")
    later = datetime(2027, 10, 25, 12, tzinfo=NOW.tzinfo)
    with at(later):
        tick(force=force, at=later)
    kinds = CaseHappening.objects.for_system("a test").values_list("kind", flat=True)
    assert {"order_expiry_watch", "order_ended"} <= set(kinds)


@pytest.mark.rule("REV-02")
@pytest.mark.rule("REV-03")
@pytest.mark.rule("REV-04")
def test_asking_agreeing_and_telling_are_work_of_their_own(
    order: Order, system: Acting, team: Acting, investigator: Acting, acting_as: Callable[..., Acting]
) -> None:
    record = protected(team, order)
    want_view(by=team, order=order.reference, record=record)
    ask = the(system, order, What.ASK, NOW)
    assert (ask.queue, ask.due_at, ask.done_at) == ("agreements", end_of(date(2026, 11, 26)), None)
    with at(days_on(1)):
        view = view_of(investigator, order)
        assert the(system, order, What.ASK, days_on(1)).done_at == days_on(1)
        given = replace(
            answers(record, decision="relax", view=view.pk, wants="continue"), why_differs="The court says so"
        )
        reviewed(team, order, given)
    sign = the(system, order, What.SIGN, days_on(1))
    assert (sign.queue, sign.due_at, sign.done_at) == ("reviews", end_of(date(2026, 11, 26)), None)
    # Until another person agrees nothing is decided: the review itself is still to be done.
    assert the(system, order, What.REVIEW, days_on(1)).done_at is None
    assert What.TELL not in dues(system, order, days_on(1))
    supervisor = acting_as("supervisor")
    with at(days_on(2)):
        sign_review(by=supervisor, order=order.reference, number=1, agrees=True, words="", seen=version(team, order))
    found = dues(system, order, days_on(2))
    assert [one.done_at for one in found[What.SIGN]] == [days_on(2)]
    assert [one.done_at for one in found[What.REVIEW]] == [days_on(2), None]
    (tell,) = found[What.TELL]
    assert (tell.queue, tell.due_at, tell.done_at) == ("telling", end_of(date(2026, 11, 27)), None)
    with at(days_on(3)):
        (stands,) = views_of(investigator, victim_called(investigator, victim_of(team, order)))
        told = NewAnswer(stands.decided, stands.why, days_on(3) - timedelta(hours=1))
        answer_view(
            by=investigator, victim=victim_of(team, order), view=view.pk, given=told, seen=stands.answer_version
        )
    assert the(system, order, What.TELL, days_on(3)).done_at == days_on(3) - timedelta(hours=1)


@pytest.mark.rule("REV-06")
def test_the_application_is_work_until_it_is_lodged_or_decided_otherwise(
    order: Order, system: Acting, team: Acting
) -> None:
    declined(team, order, NOW, "renew")
    declined(team, order, days_on(1))
    one = the(system, order, What.APPLY, days_on(1))
    assert (one.queue, one.due_at, one.done_at) == ("hearings", end_of(date(2026, 12, 22)), None)
    declined(team, order, days_on(2), "vary")
    first, second = dues(system, order, days_on(2))[What.APPLY]
    assert (first.done_at, first.how, second.done_at) == (days_on(2), "withdrawn", None)
    with at(days_on(3)):
        note_applied(by=team, order=order.reference, number=3, on=days_on(3).date())
    second = the(system, order, What.APPLY, days_on(3))
    assert (second.done_at, second.how) == (days_on(3), "done")


@pytest.mark.rule("REV-01")
def test_how_many_questions_are_asked_does_not_grow_with_the_orders(
    order: Order, system: Acting, team: Acting, investigator: Acting, tmp_path: Path
) -> None:
    def asked(*orders: Order) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            reviews_due(system, [str(one.pk) for one in orders], NOW)
        return len(queries)

    want_view(by=team, order=order.reference, record=protected(team, order))
    reviewed(team, order, answers(protected(team, order), view=view_of(investigator, order).pk))
    others = [in_force(system, team, tmp_path, number) for number in (2, 3)]
    for other in others:
        reviewed(team, other, answers(protected(team, other), view=view_of(investigator, other).pk))
    assert asked(order, *others) <= asked(order) <= 40


def test_news_of_a_victim_is_news_of_the_orders_that_protect_them(order: Order, system: Acting, team: Acting) -> None:
    person = Membership.objects.for_system("a test").get(record=protected(team, order)).person_id
    assert list(orders_told_of(system, VICTIMS, [str(person)])) == [str(order.pk)]
    assert list(orders_told_of(system, "orders", [str(order.pk)])) == [str(order.pk)]


@pytest.mark.rule("REV-01")
def test_the_reviews_of_a_period_are_counted_as_the_measure_says(
    order: Order, system: Acting, team: Acting, force: Force, tmp_path: Path
) -> None:
    """MET15: due on 18 December; one in time, one a day late, one never done."""
    late, never = in_force(system, team, tmp_path, 2), in_force(system, team, tmp_path, 3)
    for one, days in ((order, 24), (late, 25)):
        declined(team, one, days_on(days))
    for days in (20, 24, 25, 27):
        with at(days_on(days)):
            tick(force=force, at=days_on(days))
    assert never.pk
    december = date(2026, 12, 1), date(2026, 12, 31)
    assert reviews_on_time(system, *december) == Share(1, 3)
    assert reviews_on_time(system, date(2026, 12, 1), date(2026, 12, 17)) == Share(0, 0)
    assert reviews_on_time(system, date(2026, 12, 18), date(2026, 12, 18)) == Share(1, 3)


@pytest.mark.rule("REV-02")
def test_the_voices_of_a_period_are_counted_apart(
    order: Order, system: Acting, team: Acting, investigator: Acting, tmp_path: Path
) -> None:
    """MET16: (a) with a view, (b) with a reason alone, (c) by a standing wish."""
    second, third = in_force(system, team, tmp_path, 2), in_force(system, team, tmp_path, 3)
    reviewed(team, order, answers(protected(team, order), view=view_of(investigator, order).pk))
    declined(team, second, NOW)
    agreed(investigator, victim_of(team, third), replace(AGREED, asking="do_not_ask"))
    reviewed(team, third, answers(protected(team, third), "standing_wish"))
    unsigned = answers(protected(team, third), "unsafe_to_ask", reason="He reads her post")
    reviewed(team, third, unsigned)
    today = NOW.date()
    assert voices_heard(system, today, today) == Heard(3, 1, 1, 1)
    assert voices_heard(system, today, today).neither == 0
    assert voices_heard(system, today + DAY, today + DAY) == Heard(0, 0, 0, 0)


@pytest.mark.rule("REV-06")
def test_orders_that_ran_out_undecided_are_counted(system: Acting, team: Acting, force: Force, tmp_path: Path) -> None:
    """MET25: of two that ran out one was decided about in time; one that runs on is not among them."""
    ends = date(2027, 2, 10)
    said = {"is_indefinite": None, "last_day": ends}
    decided = in_force(system, team, tmp_path, **said)
    in_force(system, team, tmp_path, 2, **said)
    in_force(system, team, tmp_path, 3)
    declined(team, decided, datetime(2027, 1, 27, 12, tzinfo=NOW.tzinfo), "renew")
    over = datetime(2027, 2, 12, 12, tzinfo=NOW.tzinfo)
    with at(over):
        tick(force=force, at=over)
    assert ended_unreviewed(system, date(2027, 2, 1), date(2027, 2, 28)) == Share(1, 2)
    assert ended_unreviewed(system, date(2027, 2, 11), date(2027, 2, 28)) == Share(0, 0)


def watches_open(by: Acting, order: Order, now: datetime) -> list[Due]:
    found = watched_due(by, [str(order.pk)], now)[str(order.pk)].dues
    return [one for one in found if one.kind == "order_watch" and one.done_at is None]


@pytest.mark.rule("REV-06")
@pytest.mark.rule("CLK-12")
@pytest.mark.rule("REV-01")
def test_a_court_that_refuses_a_renewal_leaves_the_end_undecided(order: Order, system: Acting, team: Acting) -> None:
    declined(team, order, NOW, "renew")
    with at(days_on(3)):
        note_applied(by=team, order=order.reference, number=1, on=days_on(3).date())
    before_end = end_of(date(2027, 11, 5))
    assert watches_open(system, order, days_on(345)) == []
    with at(days_on(29)):
        for change in ("discharge", "renew"):
            note_change_refused(
                by=team, order=order.reference, change=change, applicant="chief_officer_applied", at=days_on(28)
            )  # fmt: skip
            is_refused = change == "renew"
            assert bool(watches_open(system, order, days_on(345))) is is_refused, change
    for days in (57, 85, 113, 141, 169, 197, 225, 253, 281, 309, 337):
        declined(team, order, days_on(days))
    assert the(system, order, What.REVIEW, days_on(345)).due_at <= before_end


@pytest.mark.rule("REV-06")
@pytest.mark.rule("MSR-01")
def test_what_ran_out_after_a_court_refused_its_renewal_was_not_decided(
    order: Order, system: Acting, team: Acting
) -> None:
    declined(team, order, NOW, "renew")
    with at(days_on(29)):
        note_change_refused(
            by=team, order=order.reference, change="renew", applicant="chief_officer_applied", at=days_on(28)
        )  # fmt: skip
    with at(days_on(380)):
        move_order(by=system, order=order.reference, move="expire", given=Given(last_day=date(2027, 11, 19)))
        assert ended_unreviewed(system, date(2027, 11, 1), date(2027, 11, 30)) == Share(1, 1)


@pytest.mark.rule("REV-06")
@pytest.mark.rule("ORD-15")
def test_a_variation_that_leaves_the_end_renews_nothing(order: Order, system: Acting, team: Acting) -> None:
    declined(team, order, NOW, "renew")
    varied = Given(varied_on=days_on(3).date(), applicant="respondent", reason_text="Works nights", terms=TERMS)
    with at(days_on(3)):
        move_order(by=team, order=order.reference, move="vary", given=varied)
        assert the(system, order, What.APPLY, days_on(3)).done_at is None
        longer = replace(varied, last_day=date(2028, 11, 19), applicant="chief_officer")
        move_order(by=team, order=order.reference, move="vary", given=longer)
        assert the(system, order, What.APPLY, days_on(3)).done_at == days_on(3)


@pytest.mark.rule("REV-06")
@pytest.mark.parametrize(("decision", "is_done"), [("vary", True), ("discharge", False)])
def test_a_variation_is_no_discharge(
    order: Order, system: Acting, team: Acting, acting_as: Callable[..., Acting], decision: str, *, is_done: bool
) -> None:
    order_review = answers(protected(team, order), "declined", decision, declined_on="2026-11-24")
    reviewed(team, order, order_review)
    if not is_done:
        boss = acting_as("supervisor")
        sign_review(by=boss, order=order.reference, number=1, agrees=True, words="", seen=version(boss, order))
    with at(days_on(3)):
        varied = Given(varied_on=days_on(3).date(), applicant="respondent", reason_text="Works nights", terms=TERMS)
        move_order(by=team, order=order.reference, move="vary", given=varied)
    assert (the(system, order, What.APPLY, days_on(3)).done_at is not None) is is_done


@pytest.mark.rule("REV-02")
def test_to_ask_about_an_order_is_not_done_by_words_about_something_else_and_ends_with_the_order(
    order: Order, system: Acting, team: Acting, investigator: Acting
) -> None:
    record = protected(team, order)
    want_view(by=team, order=order.reference, record=record)
    with at(days_on(1)):
        view_of(investigator, order, words="The officer in court was kind", subject=Subject.CHARGE)
        assert the(system, order, What.ASK, days_on(1)).done_at is None
    with at(days_on(3)):
        quashed = Given(quashed_on=days_on(3).date(), court="Swansea", appeal_case_no="A1")
        move_order(by=team, order=order.reference, move="quash", given=quashed)
    asked = the(system, order, What.ASK, days_on(4))
    assert (asked.done_at, asked.how) == (days_on(3), How.WITHDRAWN)


@pytest.mark.rule("REV-04")
def test_whoever_was_told_of_one_review_is_told_of_the_next_and_the_first_stays_done(
    order: Order, system: Acting, team: Acting, investigator: Acting
) -> None:
    record = protected(team, order)
    view = view_of(investigator, order)
    wants = answers(record, decision="continue", view=view.pk, wants="vary")
    reviewed(team, order, replace(wants, why_differs="The court hears it"))
    with at(days_on(1)):
        (stands,) = views_of(investigator, victim_called(investigator, victim_of(team, order)))
        told = NewAnswer(stands.decided, stands.why, days_on(1) - timedelta(hours=1))
        answer_view(
            by=investigator, victim=victim_of(team, order), view=view.pk, given=told, seen=stands.answer_version
        )
    first = the(system, order, What.TELL, days_on(1)).done_at
    with at(days_on(10)):
        reviewed(team, order, replace(wants, why_differs="Still not"))
        before, after = dues(system, order, days_on(10))[What.TELL]
    assert (before.done_at, after.done_at) == (first, None)
    assert first == days_on(1) - timedelta(hours=1)
