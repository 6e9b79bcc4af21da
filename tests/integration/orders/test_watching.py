"""Orders are watched from the decision to their end: what is due is raised and done once, and only the clock expires."""

# ruff: noqa: S311  # chance that need not be secure
import random
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
from craffu.access.models import Force, User
from craffu.audit.models import Event
from craffu.clocks.london import end_of, start_of
from craffu.common.door import bookkeeping
from craffu.common.refusals import NotNow, NotPermitted
from craffu.daily.sources import SOURCES
from craffu.daily.ticking import follow, tick
from craffu.orders.clocks.of_order import Answered
from craffu.orders.entering.actions import record_entry
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.models import Order, OrderMove, OrderProtects
from craffu.orders.noting.actions import note_notification, note_terms_given, note_told
from craffu.orders.owning.actions import own_order
from craffu.orders.papers.actions import keep_paper
from craffu.orders.protecting.actions import say_protected
from craffu.orders.queries import find_order, interims_of, story_of_order
from craffu.orders.terms.actions import compare_terms
from craffu.orders.watching import actions as watching
from craffu.orders.watching.actions import expire_orders
from craffu.orders.watching.due import SOURCE, orders_named, watched_due
from craffu.orders.watching.kinds import What
from craffu.orders.watching.reading import answered, watched_with_stories
from craffu.work.facts import Due
from craffu.work.models import WorkItem, WorkStep
from tests.factories.orders import MADE, REASON, TERMS, considered, order_of, parties, received, scanned
from tests.integration.orders.conftest import NOW
from tests.integration.orders.test_life import applied, asked_for
from tests.worlds import World, kept

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SERVED = Given(served_at=MADE + HOUR, place="court", method="personal", server="PC Rees", proof="Statement")


def at(moment: datetime) -> Any:
    return time_machine.travel(moment, tick=False)


def dues(by: Acting, order: Order, now: datetime = NOW) -> dict[str, Due]:
    found = watched_due(by, [str(order.pk)], now)
    return {one.kind: one for one in found[str(order.pk)].dues}


def open_items() -> list[str]:
    rows = WorkItem.objects.for_system("a test").filter(state="open", watch__source=SOURCE.key)
    return sorted(rows.values_list("kind", flat=True))


@kept(at=NOW)
def made(world: World, team: Acting) -> Order:
    return scanned(team, received(team, considered(world.system, world.folder).reference, MADE))


@pytest.mark.rule("ORD-11")
@pytest.mark.rule("ORD-18")
@pytest.mark.rule("ORD-20")
def test_what_is_due_of_an_order_that_was_made_is_done_step_by_step(
    made: Order, system: Acting, team: Acting, investigator: Acting, force: Force
) -> None:
    assert SOURCE in SOURCES
    tick(force=force, at=NOW)
    assert open_items() == [
        "order_national_entry", "order_serve", "order_terms", "order_unowned", "order_unserved", "order_untold"
    ]  # fmt: skip
    found = dues(system, made)
    serve = found[What.SERVE]
    assert (serve.queue, serve.about, serve.of_case, serve.owner, serve.facts) == (
        "service", ("order", made.reference), made.case.reference, None, {"limit": "policy"},
    )  # fmt: skip
    with at(NOW + HOUR):
        own_order(by=team, order=made.reference, to=team.user)
        assert dues(system, made, NOW + HOUR)[What.SERVE].owner == team.user.pk
        move_order(by=team, order=made.reference, move="serve", given=SERVED)
        paper = keep_paper(by=team, order=made.reference, kind="sealed_order", content=b"%PDF-1.7 sealed")
        compare_terms(by=investigator, order=made.reference, number=1, paper=paper.pk, is_same=True)
        record_entry(by=team, order=made.reference, system="national", entered_on=NOW.date(), reference="26/1234")
        tick(force=force, at=NOW + HOUR)
    assert open_items() == ["order_notification", "order_terms_to_victim", "order_untold"]
    with at(NOW + 2 * HOUR):
        note_told(by=team, order=made.reference, record=made.protects.get().record_id, at=NOW + HOUR)
        note_notification(by=team, order=made.reference, at=NOW + HOUR)
        note_terms_given(by=team, order=made.reference, record=made.protects.get().record_id, at=NOW + HOUR)
        tick(force=force, at=NOW + 2 * HOUR)
    assert open_items() == []
    rows = WorkItem.objects.for_system("a test").filter(about_kind="order", watch__source=SOURCE.key)
    states = rows.values_list("kind", "state")
    assert set(dict(states).values()) == {"done"}


@pytest.mark.rule("VIC-06")
def test_terms_given_after_the_respondent_knew_of_the_order_are_given(
    made: Order, system: Acting, team: Acting
) -> None:
    known = Given(aware_at=NOW - HOUR, proof="Heard in court")
    move_order(by=team, order=made.reference, move="record_awareness", given=known)
    assert dues(system, made)[What.TERMS_TO_VICTIM].done_at is None
    with at(NOW + HOUR):
        note_terms_given(by=team, order=made.reference, record=made.protects.get().record_id, at=NOW)
    assert dues(system, made, NOW + HOUR)[What.TERMS_TO_VICTIM].done_at == NOW + HOUR


@pytest.mark.rule("ORD-11")
@pytest.mark.rule("CLK-03")
def test_an_order_known_of_is_chased_until_it_is_served_and_its_duty_begins_then(
    made: Order, system: Acting, team: Acting
) -> None:
    known = Given(aware_at=NOW - HOUR, proof="Heard in court")
    move_order(by=team, order=made.reference, move="record_awareness", given=known)
    record = made.protects.get().record_id
    with at(NOW + HOUR):
        note_terms_given(by=team, order=made.reference, record=record, at=NOW)
    found = dues(system, made, NOW + HOUR)
    assert (found[What.SERVE].done_at, found[What.UNSERVED].done_at) == (None, None)
    assert What.NOTIFICATION not in found, "nothing is notified before service"
    with at(NOW + 2 * HOUR):
        attempt = Given(attempted_at=NOW + HOUR, result="not_found", place="home")
        move_order(by=team, order=made.reference, move="attempt_service", given=attempt)
        served = replace(SERVED, served_at=NOW + 2 * HOUR)
        after = move_order(by=team, order=made.reference, move="serve", given=served)
    assert (after.status, after.served_at, after.aware_at) == ("in_force", NOW + 2 * HOUR, NOW - HOUR)
    found = dues(system, made, NOW + 2 * HOUR)
    assert (found[What.SERVE].done_at, found[What.NOTIFICATION].done_at) == (NOW + 2 * HOUR, None)
    assert found[What.TERMS_TO_VICTIM].done_at == NOW + HOUR, "terms given since the respondent was bound stay given"
    assert Event.objects.filter(kind="order_served_later").count() == 1
    with pytest.raises(NotNow) as again:
        move_order(by=team, order=made.reference, move="serve", given=served)
    assert again.value.code == "not_from_this_state", "served once"


@pytest.mark.rule("ORD-03")
@pytest.mark.rule("ORD-10")
def test_an_application_is_authorised_lodged_and_heard(
    system: Acting, team: Acting, investigator: Acting, authoriser: Acting, tmp_path: Path
) -> None:
    order = considered(system, tmp_path)
    asked_for(investigator, order)
    found = dues(system, order)
    assert set(found) == {What.AUTHORISE, What.LODGE}
    assert (found[What.AUTHORISE].queue, found[What.LODGE].due_at) == ("authorise", end_of(date(2026, 12, 22)))
    move_order(by=authoriser, order=order.reference, move="authorise", given=Given(reason_text=REASON))
    lodged = Given(lodged_on=NOW.date(), court="Llanelli", court_case_no="1", next_hearing_on=date(2026, 11, 30))
    move_order(by=team, order=order.reference, move="lodge", given=lodged)
    found = dues(system, order, NOW + HOUR)
    assert {kind for kind, one in found.items() if one.done_at is None} == {What.HEARING}
    with at(NOW + 6 * DAY):
        move_order(
            by=team, order=order.reference, move="adjourn", given=Given(hearing_on=date(2026, 11, 30), not_fixed=True)
        )
    found = dues(system, order, NOW + 6 * DAY)
    assert found[What.NO_DATE].overdue_from == start_of(date(2026, 12, 14))
    assert found[What.HEARING].done_at == NOW + 6 * DAY
    before = dues(system, order, NOW + 5 * DAY)
    assert (before[What.HEARING].done_at, What.NO_DATE in before) == (None, False), "as it was then"


@pytest.mark.rule("ORD-10")
def test_an_application_lodged_with_no_date_for_a_hearing_is_somebodys_work(
    system: Acting, team: Acting, investigator: Acting, authoriser: Acting, tmp_path: Path
) -> None:
    order = applied(investigator, team, authoriser, system, tmp_path)
    assert dues(system, order)[What.NO_DATE].due_at == start_of(date(2026, 12, 4)), "lodged on 20 November"


@pytest.mark.rule("ORD-07")
def test_an_interim_order_follows_the_hearings_of_its_application(
    system: Acting, team: Acting, investigator: Acting, authoriser: Acting, tmp_path: Path
) -> None:
    main = considered(system, tmp_path)
    asked_for(investigator, main)
    move_order(by=authoriser, order=main.reference, move="authorise", given=Given(reason_text=REASON))
    lodged = Given(lodged_on=NOW.date(), court="Llanelli", court_case_no="1", next_hearing_on=date(2026, 12, 10))
    move_order(by=team, order=main.reference, move="lodge", given=lodged)
    main = find_order(team, main.reference)
    beginning = Beginning(kind="ISPO", respondent=main.respondent, case=main.case, main=main, is_interim=True)
    interim = begin_order(
        by=team, beginning=beginning, move="lodge_interim", given=replace(lodged, next_hearing_on=None)
    )
    granted = Given(made_at=NOW, court="Llanelli", court_case_no="1", terms=TERMS, last_day=date(2026, 12, 10))
    move_order(by=team, order=interim.reference, move="grant", given=granted)
    assert What.GAP not in dues(system, interim)
    with at(NOW + HOUR):
        later = Given(hearing_on=NOW.date(), next_hearing_on=date(2026, 12, 20))
        move_order(by=team, order=main.reference, move="adjourn", given=later)
    assert set(orders_named(system, "orders", [str(main.pk)])) == {str(main.pk), str(interim.pk)}
    gap = dues(system, interim, NOW + HOUR)[What.GAP]
    assert (gap.facts["days"], gap.due_at) == ("9", end_of(date(2026, 12, 10)))
    case = str(main.case_id)
    assert set(orders_named(system, "cases", [case])) == {str(main.pk), str(interim.pk)}
    run_out = end_of(date(2026, 12, 10)) + HOUR
    with at(run_out):
        assert expire_orders(system, run_out) == 1
    assert dues(system, interim, run_out)[What.GAP].done_at is None
    with at(run_out + HOUR):
        again = begin_order(
            by=team, beginning=beginning, move="lodge_interim", given=replace(lodged, next_hearing_on=None)
        )
        later = replace(granted, made_at=run_out, last_day=date(2026, 12, 30))
        move_order(by=team, order=again.reference, move="grant", given=later)
    assert str(interim.pk) in set(orders_named(system, "orders", [str(again.pk)]))
    assert dues(system, interim, run_out + HOUR)[What.GAP].done_at == run_out + HOUR
    assert What.DETERMINED not in dues(system, again, run_out + HOUR)
    with at(run_out + 2 * HOUR):
        refused = Given(refused_on=date(2026, 12, 11), court="Llanelli", reason_text=REASON)
        move_order(by=team, order=main.reference, move="refuse", given=refused)
    with at(run_out + 3 * HOUR):
        move_order(by=team, order=main.reference, move="reopen", given=Given(reason_text=REASON))
    found = dues(system, again, run_out + 3 * HOUR)[What.DETERMINED]
    assert (found.queue, found.due_at, found.done_at) == ("hearings", run_out + 2 * HOUR, None)
    with at(run_out + 4 * HOUR):
        ended = Given(main_determined_on=date(2026, 12, 11), main_outcome="refused")
        move_order(by=team, order=again.reference, move="end_on_determination", given=ended)
    assert dues(system, again, run_out + 4 * HOUR)[What.DETERMINED].done_at == run_out + 4 * HOUR


@pytest.mark.rule("CLK-05")
@pytest.mark.parametrize(("last_day", "runs"), [(date(2026, 12, 10), True), (date(2026, 12, 20), False)])
def test_an_interim_order_that_ran_out_before_the_full_one_was_made_does_not_swallow_its_clock(
    last_day: date,
    system: Acting,
    team: Acting,
    investigator: Acting,
    authoriser: Acting,
    tmp_path: Path,
    *,
    runs: bool,
) -> None:
    main = applied(investigator, team, authoriser, system, tmp_path)
    protects = [one.record for one in OrderProtects.objects.for_user(team).filter(order=main)]
    beginning = Beginning(
        kind="ISPO", respondent=main.respondent, case=main.case, main=main, is_interim=True, protects=protects
    )
    lodged = Given(lodged_on=NOW.date(), court="Llanelli", court_case_no="1")
    interim = begin_order(by=team, beginning=beginning, move="lodge_interim", given=lodged)
    granted = Given(made_at=NOW - 2 * HOUR, court="Llanelli", court_case_no="1", terms=TERMS, last_day=last_day)
    interim = move_order(by=team, order=interim.reference, move="grant", given=granted)
    move_order(
        by=team, order=scanned(team, interim).reference, move="serve", given=replace(SERVED, served_at=NOW - HOUR)
    )
    made_at = NOW + 17 * DAY
    with at(made_at):
        expire_orders(system, made_at)
        full = replace(granted, made_at=made_at, last_day=date(2028, 12, 10))
        full_one = move_order(by=team, order=main.reference, move="grant", given=full)
        move_order(
            by=team, order=scanned(team, full_one).reference, move="serve", given=replace(SERVED, served_at=made_at)
        )
    assert (What.NOTIFICATION in dues(system, main, made_at)) is runs
    with at(made_at + 20 * DAY):
        expire_orders(system, made_at + 20 * DAY)
    assert find_order(team, interim.reference).status == "expired"
    assert (What.NOTIFICATION in dues(system, main, made_at + 20 * DAY)) is runs, "it ran out after it was replaced"
    is_open = dues(system, interim, made_at + 20 * DAY)[What.NOTIFICATION].done_at is None
    assert is_open is not runs, "what nobody notified is asked under one of them"


@pytest.mark.rule("ORD-06")
@pytest.mark.rule("VIC-05")
def test_an_order_that_protects_nobody_who_is_named_is_work_of_its_own(
    system: Acting, team: Acting, investigator: Acting, tmp_path: Path
) -> None:
    case, suspect, victim = parties(system, tmp_path)
    beginning = Beginning(kind="SPO", respondent=suspect, case=case)
    order = begin_order(by=system, beginning=beginning, move="open_consideration", given=Given())
    order = received(team, order.reference, MADE)
    one = dues(system, order)[What.PROTECTS_NOBODY]
    assert (one.queue, one.what_if_not, one.done_at) == ("order-cards", "harm_unwarned", None)
    assert What.CARD not in dues(system, order), "asked for once"
    with at(NOW + HOUR):
        say_protected(by=investigator, order=order.reference, records=[victim.pk], seen=0)
    assert dues(system, order, NOW + HOUR)[What.PROTECTS_NOBODY].done_at == NOW + HOUR


@pytest.mark.rule("ORD-17")
@pytest.mark.rule("ORD-13")
def test_only_the_clock_expires_an_order_at_the_midnight_that_ends_its_last_day(
    system: Acting, team: Acting, force: Force, tmp_path: Path
) -> None:
    last_day = date(2026, 11, 30)
    order = received(team, considered(system, tmp_path).reference, MADE, last_day=last_day, is_indefinite=None)
    with pytest.raises((NotNow, NotPermitted)):
        move_order(by=team, order=order.reference, move="expire", given=Given(last_day=last_day), now=end_of(last_day))
    tick(force=force, at=end_of(last_day) - HOUR)
    assert find_order(team, order.reference).status == "granted"
    follow(force=force, now=end_of(last_day) + HOUR)
    assert find_order(team, order.reference).status == "granted", "only the clock that runs ends it"
    with at(end_of(last_day) + 5 * HOUR):
        tick(force=force, at=end_of(last_day) + 5 * HOUR)
        over = find_order(team, order.reference)
        assert (over.status, over.ended_at) == ("expired", end_of(last_day))
        move = OrderMove.objects.for_user(team).filter(order=over).order_by("number").last()
        assert (move.move, move.by, move.by_right, move.happened_at) == ("expire", None, "system", end_of(last_day))
        assert set(open_items()) == {"order_untold"}, "nothing is due of what is over, but that she is told so"
        assert expire_orders(system, end_of(last_day) + 5 * HOUR) == 0


@pytest.mark.rule("ORD-17")
def test_a_notice_never_expires_by_the_clock(system: Acting, team: Acting, tmp_path: Path) -> None:
    made = considered(system, tmp_path)
    notice = order_of(team, made.case.reference, MADE, kind="NMO")
    rows = {"kind": "DVPN", "last_day": date(2026, 11, 21), "is_indefinite": None}
    _as_it_came(notice, rows)
    assert expire_orders(system, NOW + 30 * DAY) == 0
    assert find_order(team, notice.reference).status == "granted"


@pytest.mark.rule("CLK-07")
@pytest.mark.rule("ORD-10")
def test_the_first_hearing_recorded_settles_what_is_due_after_a_notice_and_the_decision_asks_for_its_end(
    system: Acting, team: Acting, investigator: Acting, authoriser: Acting, tmp_path: Path
) -> None:
    case, suspect, victim = parties(system, tmp_path)
    beginning = Beginning(kind="DVPN", respondent=suspect, case=case, protects=[victim])
    notice = begin_order(by=system, beginning=beginning, move="open_consideration", given=Given())
    asked_for(investigator, notice)
    move_order(by=authoriser, order=notice.reference, move="authorise", given=Given(reason_text=REASON))
    issued = Given(made_at=NOW - 2 * HOUR, terms=TERMS, last_day=None)
    move_order(by=team, order=notice.reference, move="issue", given=issued)
    served = replace(SERVED, served_at=NOW - HOUR)
    notice = move_order(by=team, order=scanned(team, notice).reference, move="serve", given=served)
    assert dues(system, notice)[What.NOTICE_HEARING].done_at is None
    after = replace(beginning, kind="DVPO")
    other = begin_order(by=system, beginning=after, move="open_consideration", given=Given())
    assert dues(system, notice, NOW + HOUR)[What.NOTICE_HEARING].done_at is None, "thought of is not heard"
    asked_for(investigator, other)
    move_order(by=authoriser, order=other.reference, move="authorise", given=Given(reason_text=REASON))
    lodged = Given(lodged_on=NOW.date(), court="Llanelli", court_case_no="1", next_hearing_on=date(2026, 11, 25))
    move_order(by=team, order=other.reference, move="lodge", given=lodged)
    assert set(orders_named(system, "orders", [str(other.pk)])) == {str(other.pk), str(notice.pk)}
    with at(NOW + DAY):
        later = Given(hearing_on=date(2026, 11, 25), next_hearing_on=date(2026, 12, 2))
        move_order(by=team, order=other.reference, move="adjourn", given=later)
    found = dues(system, notice, NOW + DAY)
    assert (found[What.NOTICE_HEARING].done_at, What.NOTICE_DETERMINED in found) == (NOW + DAY, False)
    assert dues(system, other, NOW + DAY)[What.HEARING].done_at is None, "the next hearing is due of the application"
    assert dues(system, notice, NOW + DAY - HOUR)[What.NOTICE_HEARING].done_at is None, "as it was then"
    with at(NOW + 8 * DAY):
        refused = Given(refused_on=date(2026, 12, 2), court="Llanelli", reason_text=REASON)
        move_order(by=team, order=other.reference, move="refuse", given=refused)
    ends = dues(system, notice, NOW + 8 * DAY)[What.NOTICE_DETERMINED]
    assert (ends.due_at, ends.done_at, ends.queue) == (NOW + 8 * DAY, None, "hearings")
    with at(NOW + 9 * DAY):
        ended = Given(main_determined_on=date(2026, 12, 2), main_outcome="refused")
        move_order(by=team, order=notice.reference, move="end_on_determination", given=ended)
    assert dues(system, notice, NOW + 9 * DAY)[What.NOTICE_DETERMINED].done_at == NOW + 9 * DAY


@bookkeeping
def _as_it_came(order: Order, said: dict[str, Any]) -> None:
    Order.objects.for_system("a test").filter(pk=order.pk).update(**said)


@pytest.mark.rule("MON-04")
@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.deep)])
def test_over_a_random_register_the_clock_run_twice_changes_nothing_and_nothing_is_due_once_done(
    seed: int, system: Acting, team: Acting, force: Force, make_user: Callable[..., User], tmp_path: Path
) -> None:
    dice = random.Random(seed)
    orders = [considered(system, tmp_path / str(number), number=number + 1) for number in range(4)]
    moment = NOW
    for _ in range(10):
        moment += dice.randrange(1, 40 * 24) * HOUR
        with at(moment):
            _lives_on(dice, dice.choice(orders), team, moment)
            tick(force=force, at=moment)
            before = _kept()
            tick(force=force, at=moment)
            assert _kept() == before
    for item in WorkItem.objects.for_system("a test").filter(about_kind="order"):
        steps = WorkStep.objects.for_system("a test").filter(item=item).order_by("true_from", "id")
        told = [one.step for one in steps]
        assert told.count("raised") == 1
        ended = [one.true_from for one in steps if one.step in {"done", "withdrawn"}]
        if item.state == "done":
            assert all(one.true_from <= max(ended) for one in steps if one.step in {"supervisor", "inspector"})
    for number, one in watched_with_stories(system, [each.pk for each in orders], moment).items():
        row = Order.objects.for_system("a test").get(pk=number)
        last = one.history[-1]
        assert (last.status, last.moves, last.last_day, last.made_at, last.served_at, last.next_hearing_on) == (
            row.status, row.moves_made, row.last_day, row.made_at, row.served_at, row.next_hearing_on,
        ), row.reference  # fmt: skip


def _lives_on(dice: random.Random, order: Order, team: Acting, now: datetime) -> None:
    """A step that may or may not be possible: what is refused is no matter here."""
    day = now.date()
    said: dict[str, Given] = {
        "receive": Given(
            made_at=now - HOUR, court="Llanelli", court_case_no="1", source_record="order", terms=TERMS,
            last_day=day + dice.choice([20, 60, 200]) * DAY,
        ),
        "serve": Given(served_at=now - HOUR / 2, place="home", method="personal", server="PC", proof="Statement"),
        "vary": Given(varied_on=day, applicant="respondent", terms=TERMS, reason_text=REASON),
        "renew": Given(lodged_on=day, new_last_day=day + 300 * DAY, reason_text=REASON),
        "discharge": Given(
            discharged_on=day, applicant="respondent", reason_text=REASON, consents=("respondent", "chief_officer")
        ),
        "own": Given(),
    }  # fmt: skip
    move = dice.choice(list(said))
    try:
        if move == "own":
            own_order(by=team, order=order.reference, to=dice.choice([team.user, None]))
        else:
            if move == "serve":
                scanned(team, order)
            move_order(by=team, order=order.reference, move=move, given=said[move])
    except (NotNow, NotPermitted):
        return


def _kept() -> tuple[object, ...]:
    items = WorkItem.objects.for_system("a test").order_by("id")
    counted = [WorkStep.objects.for_system("a test"), OrderMove.objects.for_system("a test"), Event.objects]
    said = items.values_list("kind", "key", "state", "over_at", "owner")
    return (list(said), *(rows.count() for rows in counted))


def test_as_many_questions_however_many_orders(system: Acting, team: Acting, tmp_path: Path) -> None:
    orders = [
        received(team, considered(system, tmp_path / str(number), number=number).reference, MADE)
        for number in range(1, 5)
    ]
    with CaptureQueriesContext(connection) as one:
        watched_due(system, [str(orders[0].pk)], NOW)
    with CaptureQueriesContext(connection) as four:
        found = watched_due(system, [str(order.pk) for order in orders], NOW)
    assert len(found) == 4
    assert len(one) == len(four) <= 20


@pytest.mark.rule("CLK-03")
def test_what_is_noted_is_kept_once_and_refused_where_it_cannot_be(
    made: Order, team: Acting, system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    ref, hers = made.reference, made.protects.get().record_id
    one = note_notification(by=team, order=ref, at=NOW - HOUR)
    assert note_notification(by=team, order=ref, at=NOW - HOUR) == one
    given = note_terms_given(by=team, order=ref, record=hers, at=NOW - HOUR)
    assert note_terms_given(by=team, order=ref, record=hers, at=NOW - HOUR) == given
    drafted = considered(system, tmp_path / "other", number=2)
    refusals: list[tuple[str, Callable[[], object]]] = [
        ("not_protected", lambda: note_terms_given(by=team, order=ref, record=made.respondent_id, at=NOW)),
        ("ahead", lambda: note_notification(by=team, order=ref, at=NOW + HOUR)),
        ("before_made", lambda: note_notification(by=team, order=ref, at=MADE - HOUR)),
        ("not_made", lambda: note_notification(by=team, order=drafted.reference, at=NOW)),
        ("no_duty", lambda: note_notification(by=team, order=_restraining(team, made).reference, at=NOW)),
    ]
    for code, say in refusals:
        with pytest.raises(NotNow) as refused:
            say()
        assert refused.value.code == code
    with pytest.raises(NotPermitted):
        note_terms_given(by=acting_as("offender_manager"), order=ref, record=hers, at=NOW)


def _restraining(team: Acting, made: Order) -> Order:
    return order_of(team, made.case.reference, MADE, kind="RO_CONV")


@pytest.mark.rule("VIC-06")
@pytest.mark.rule("CLK-03")
def test_the_terms_are_with_those_it_protects_when_the_last_of_them_has_them(
    made: Order, system: Acting, team: Acting, tmp_path: Path
) -> None:
    def said() -> Answered:
        return answered(story_of_order(team, found := find_order(team, made.reference)), interims_of(team, found))

    _case, _suspect, other = parties(system, tmp_path / "other", number=2)
    first = made.protects.get().record_id
    with at(NOW + 4 * HOUR):
        say_protected(by=team, order=made.reference, records=[first, other.pk], seen=1)
        scanned(team, made)
        move_order(by=team, order=made.reference, move="serve", given=SERVED)
        assert (said().has_terms_at, said().notified_at, said().protects_nobody) == (None, None, False)
        note_terms_given(by=team, order=made.reference, record=first, at=NOW + HOUR)
        assert said().has_terms_at is None
        note_terms_given(by=team, order=made.reference, record=other.pk, at=NOW + 3 * HOUR)
        note_terms_given(by=team, order=made.reference, record=first, at=NOW + 4 * HOUR)
        assert said().has_terms_at == NOW + 3 * HOUR, "given again is not given later"
        note_notification(by=team, order=made.reference, at=NOW + HOUR)
        assert said().notified_at == NOW + HOUR


@pytest.mark.rule("ORD-17")
def test_an_order_at_fault_keeps_no_other_from_ending(
    system: Acting, team: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (
        received(team, considered(system, tmp_path / name, number=number).reference, NOW - DAY, last_day=NOW.date())
        for number, name in enumerate(("first", "second"), start=1)
    )
    moves = watching.move_order

    def fails_once(*, order: str, **said: object) -> Order:
        if order == first.reference:
            raise OverflowError
        return moves(order=order, **said)

    monkeypatch.setattr(watching, "move_order", fails_once)
    with pytest.raises(OverflowError):
        expire_orders(system, NOW + 2 * DAY)
    stands = dict(Order.objects.for_system("a test").values_list("reference", "status"))
    assert (stands[first.reference], stands[second.reference]) == ("granted", "expired")
