"""A move tells those whom the order protects, once, with the move or not at all; what is wrong is taken back (VIC-05, VIC-06)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.audit.questions import acts
from craffu.clocks.london import end_of, start_of
from craffu.common.refusals import NotNow
from craffu.daily.ticking import tick
from craffu.orders.considering.actions import agree_not_pursued
from craffu.orders.considering.rules import Outcome
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.models import Order
from craffu.orders.noting.actions import note_change_refused, note_relaxation_sought
from craffu.orders.protecting.actions import say_protected
from craffu.orders.reviewing.actions import sign_review
from craffu.orders.telling.actions import order_told
from craffu.orders.watching.reading import watched_with_stories
from craffu.people.queries import people_of_records
from craffu.victims.happenings.actions import record_happening
from craffu.victims.happenings.facts import NewHappening
from craffu.victims.happenings.kinds import Happening
from craffu.victims.models import CaseHappening
from craffu.victims.of_orders.actions import keep_of_orders, orders_untold
from craffu.victims.of_orders.facts import OrderTold
from craffu.victims.queries import not_struck
from craffu.victims.stories import story_of
from craffu.work.models import WorkItem
from craffu.work.queries import next_wake
from tests.factories.considering import decide, decision, stalking_case
from tests.factories.orders import MADE, NO_CONTACT, REASON, TERMS, considered, parties, received, scanned
from tests.factories.reviews import answers, in_force, protected, reviewed, version
from tests.factories.victims import agreed, victim_of
from tests.integration.orders.conftest import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SERVED = Given(served_at=MADE + HOUR, place="court", method="personal", server="PC Rees", proof="Statement")


def at(moment: datetime) -> Any:
    return time_machine.travel(moment, tick=False)


def told() -> list[tuple[str, datetime]]:
    """What stands of what orders told, in the order in which it was kept."""
    rows = CaseHappening.objects.for_system("a test").filter(source="orders").order_by("id")
    return [(one.kind, one.at) for one in not_struck(rows)]


@pytest.fixture
def made(system: Acting, team: Acting, tmp_path: Path) -> Order:
    return scanned(team, received(team, considered(system, tmp_path).reference, MADE))


def hers(order: Order, by: Acting) -> str:
    record = order.protects.get().record_id
    return people_of_records(by, [record])[record].reference


@pytest.mark.rule("VIC-05")
def test_service_raises_her_safety_critical_news_in_the_transaction_of_the_move(
    made: Order, system: Acting, team: Acting, force: Force, acting_as: Callable[..., Acting]
) -> None:
    officer = acting_as("response_officer")
    move_order(by=officer, order=made.reference, move="serve", given=SERVED)
    assert told() == [("order_granted", MADE), ("order_served", MADE + HOUR)]
    row = CaseHappening.objects.for_system("a test").get(kind="order_served")
    assert (row.case_id, row.learnt_at, row.time_known_at, row.recorded_by) == (made.case_id, NOW, None, officer.user)
    reference = hers(made, system)
    event = Event.objects.filter(kind="happening_recorded").order_by("id").last()
    assert event is not None
    refs = set(acts([event])[0].refs)
    assert refs == {f"victim/{reference}", f"person/{reference}"}
    tick(force=force, at=NOW)
    item = WorkItem.objects.for_system("a test").get(kind="safety_news", state="open")
    assert (item.why, item.due_at, item.what_if_not) == ("order_served", NOW + HOUR, "harm_unwarned")


@pytest.mark.rule("VIC-05")
def test_a_refused_move_tells_nobody_and_moves_tell_each_once(made: Order, team: Acting) -> None:
    before = CaseHappening.objects.for_system("a test").count()
    with pytest.raises(NotNow):
        move_order(by=team, order=made.reference, move="renew", given=Given())
    assert CaseHappening.objects.for_system("a test").count() == before
    move_order(by=team, order=made.reference, move="serve", given=SERVED)
    fewer = replace(TERMS, conditions=(NO_CONTACT,))
    varied = Given(varied_on=date(2026, 11, 23), applicant="respondent", terms=fewer, reason_text=REASON)
    move_order(by=team, order=made.reference, move="vary", given=varied)
    with at(NOW + HOUR):
        more = replace(varied, terms=TERMS)
        move_order(by=team, order=made.reference, move="vary", given=more)
    with at(NOW + 2 * HOUR):
        over = Given(
            discharged_on=NOW.date(),
            applicant="respondent",
            reason_text=REASON,
            consents=("respondent", "chief_officer"),
        )
        move_order(by=team, order=made.reference, move="discharge", given=over)
    assert [kind for kind, _ in told()] == [
        "order_granted", "order_served", "order_relaxed", "order_varied", "order_ended",
    ]  # fmt: skip


@pytest.mark.rule("VIC-05")
def test_what_somebody_recorded_of_the_same_takes_its_place_and_she_is_told_once(
    made: Order, team: Acting, system: Acting, acting_as: Callable[..., Acting]
) -> None:
    officer = acting_as("victim_officer")
    reference = hers(made, system)
    agreed(officer, reference)
    given = NewHappening(Happening.ORDER_SERVED, MADE + HOUR / 2, NOW)
    record_happening(by=officer, victim=reference, case=made.case.reference, given=given)
    # The agreement says how to reach her: the pack is searched for that too.
    move_order(by=team, order=scanned(team, made).reference, move="serve", given=SERVED)
    story = story_of(system, victim_of(system, reference), NOW)
    assert [one.at for one in story.happened if one.kind is Happening.ORDER_SERVED] == [MADE + HOUR / 2]
    assert len([one for one in story.news if one.safety is not None]) == 1


@pytest.mark.rule("VIC-06")
@pytest.mark.rule("VIC-05")
def test_the_end_is_warned_of_thirty_days_before_and_taken_back_where_the_order_goes_on(
    system: Acting, team: Acting, force: Force, tmp_path: Path
) -> None:
    last_day = date(2027, 4, 1)
    order = received(team, considered(system, tmp_path).reference, MADE, last_day=last_day, is_indefinite=None)
    move_order(by=team, order=scanned(team, order).reference, move="serve", given=SERVED)
    watch = start_of(last_day - 30 * DAY)
    with at(watch):
        tick(force=force, at=watch)
        before = CaseHappening.objects.for_system("a test").count()
        tick(force=force, at=watch)
        assert CaseHappening.objects.for_system("a test").count() == before
    *watches, end = told()[2:]
    assert watches == [("order_expiry_watch", start_of(last_day - days * DAY)) for days in (90, 60, 30)]
    assert end == ("order_ended", end_of(last_day) - timedelta(seconds=1))
    item = WorkItem.objects.for_system("a test").get(kind="safety_news", why="order_ended")
    assert (item.state, item.due_at) == ("open", end_of(last_day) - timedelta(seconds=1))
    with at(watch + DAY):
        renewed = Given(lodged_on=(watch + DAY).date(), new_last_day=date(2029, 2, 1), reason_text=REASON)
        move_order(by=team, order=order.reference, move="renew", given=renewed)
        tick(force=force, at=watch + DAY)
    assert [kind for kind, _ in told()] == [
        "order_granted", "order_served", *["order_expiry_watch"] * 3, "order_varied"
    ]  # fmt: skip
    assert WorkItem.objects.for_system("a test").get(pk=item.pk).state == "withdrawn"


@pytest.mark.deep
@pytest.mark.rule("VIC-05")
@pytest.mark.rule("REV-06")
def test_the_end_is_warned_of_by_itself_where_somebody_decided_long_before_that_it_may_come(
    system: Acting, team: Acting, force: Force, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    last_day = date(2027, 6, 30)
    order = in_force(system, team, tmp_path, is_indefinite=None, last_day=last_day)
    said = answers(protected(team, order), "declined", "let_expire", declined_on=NOW.date().isoformat())
    reviewed(team, order, said)
    boss = acting_as("supervisor")
    sign_review(by=boss, order=order.reference, number=1, agrees=True, words="", seen=version(boss, order))
    tick(force=force, at=NOW)
    came = [one for one in told() if one[0] == "order_expiry_watch"]
    wakes = []
    while (wake := next_wake(system)) is not None and wake <= end_of(last_day):
        wakes.append(wake)
        with at(wake):
            tick(force=force, at=wake)
    days = [start_of(last_day - days * DAY) for days in (90, 60, 30)]
    assert came == []
    assert [one for one in told() if one[0] == "order_expiry_watch"] == [("order_expiry_watch", day) for day in days]
    kept = CaseHappening.objects.for_system("a test").get(source="orders", kind="order_ended")
    assert (kept.at, kept.known_from) == (end_of(last_day) - timedelta(seconds=1), days[-1])
    item = WorkItem.objects.for_system("a test").get(kind="safety_news", why="order_ended")
    assert item.known_from == days[-1]
    assert wakes[-1] == end_of(last_day)
    assert Order.objects.for_system("a test").get().status == "expired"


@pytest.mark.rule("ORD-17")
@pytest.mark.rule("VIC-05")
def test_the_order_that_expires_after_its_warning_is_one_event(
    system: Acting, team: Acting, force: Force, tmp_path: Path
) -> None:
    last_day = date(2026, 12, 10)
    order = received(team, considered(system, tmp_path).reference, MADE, last_day=last_day, is_indefinite=None)
    move_order(by=team, order=scanned(team, order).reference, move="serve", given=SERVED)
    for moment in (start_of(date(2026, 11, 30)), end_of(last_day), end_of(last_day) + DAY):
        with at(moment):
            tick(force=force, at=moment)
    assert [kind for kind, _ in told()] == ["order_granted", "order_served", "order_expiry_watch", "order_ended"]


@pytest.mark.rule("VIC-05")
def test_the_end_of_bail_conditions_is_warned_of_before_it_and_stays_one_event(
    system: Acting, team: Acting, force: Force, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    last_day = date(2026, 12, 10)
    case, suspect, victim = parties(system, tmp_path)
    given = Given(made_at=MADE, court="Llanelli", source_record="court", terms=TERMS, last_day=last_day)
    beginning = Beginning(kind="BAIL", respondent=suspect, case=case, protects=[victim])
    begin_order(by=acting_as("court_liaison"), beginning=beginning, move="impose", given=given)
    tick(force=force, at=NOW)
    assert told() == [("bail_conditions_changed", MADE)]
    end = ("bail_ended", end_of(last_day) - timedelta(seconds=1))
    for moment in (start_of(date(2026, 11, 30)), end_of(last_day) + HOUR):
        with at(moment):
            tick(force=force, at=moment)
        assert told() == [("bail_conditions_changed", MADE), end]
    item = WorkItem.objects.for_system("a test").get(kind="safety_news", why="bail_ended")
    assert (item.raised_at, item.due_at) == (start_of(date(2026, 11, 30)), end[1])


@pytest.mark.rule("VIC-03")
def test_considering_asks_every_victim_again_once_for_each_step_that_decides(
    system: Acting, investigator: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    case = stalking_case(system, tmp_path)
    decide(investigator, case, decision("SPO", Outcome.DEFER, review_on=date(2026, 12, 1)))
    assert told() == []
    with at(NOW + HOUR):
        decide(investigator, case, decision("SPO", Outcome.APPLY), decision("PHA_INJ", Outcome.SUPPORT_OWN_APPLICATION))
    assert told() == [("order_considered", NOW + HOUR)]


@pytest.mark.rule("VIC-03")
def test_what_waits_for_a_supervisor_is_considered_once_they_agree(
    system: Acting, investigator: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    case = stalking_case(system, tmp_path)
    (row,) = decide(investigator, case, decision("SPO", Outcome.NOT_PURSUED))
    assert told() == []
    with at(NOW + HOUR):
        agree_not_pursued(by=acting_as("supervisor"), case=case, decision=row.pk)
    assert told() == [("order_considered", NOW + HOUR)]


def test_an_order_without_a_case_tells_her_in_a_case_of_hers_and_one_that_protects_nobody_tells_nobody(
    team: Acting, system: Acting, tmp_path: Path
) -> None:
    case, suspect, victim = parties(system, tmp_path)
    given = Given(made_at=MADE, court="Family Court", court_case_no="FL1", source_record="inbox", is_indefinite=True)
    begin_order(by=team, beginning=Beginning(kind="NMO", respondent=suspect), move="receive", given=given)
    assert told() == []
    beginning = Beginning(kind="NMO", respondent=suspect, protects=[victim])
    begin_order(by=team, beginning=beginning, move="receive", given=replace(given, court_case_no="FL2"))
    assert told() == [("order_granted", MADE)]
    assert CaseHappening.objects.for_system("a test").get(source="orders").case_id == case.pk


@pytest.mark.rule("VIC-05")
@pytest.mark.rule("VIC-06")
def test_whoever_is_found_to_be_protected_is_told_from_then_on_and_who_is_not_is_told_no_more(
    made: Order, team: Acting, system: Acting, investigator: Acting, tmp_path: Path
) -> None:
    move_order(by=team, order=made.reference, move="serve", given=SERVED)
    first = made.protects.get().record_id
    _case, _suspect, other = parties(system, tmp_path / "other", number=2)
    with at(NOW + HOUR):
        say_protected(by=investigator, order=made.reference, records=[other.pk], seen=1)
    rows = not_struck(CaseHappening.objects.for_system("a test").filter(source="orders").order_by("id"))
    assert {one.record_id for one in rows} == {other.pk} != {first}
    assert [(one.kind, one.at, one.learnt_at) for one in rows] == [
        ("order_granted", MADE, NOW + HOUR), ("order_served", MADE + HOUR, NOW + HOUR)
    ]  # fmt: skip
    assert len(CaseHappening.objects.for_system("a test").filter(strikes__isnull=False)) == 2
    with at(NOW + 2 * HOUR):
        say_protected(by=investigator, order=made.reference, records=[first, other.pk], seen=3)
    assert len(told()) == 4


@pytest.mark.rule("VIC-06")
def test_that_somebody_asks_a_court_to_relax_it_is_told_once(made: Order, team: Acting) -> None:
    one = note_relaxation_sought(by=team, order=made.reference, at=NOW - HOUR)
    assert note_relaxation_sought(by=team, order=made.reference, at=NOW - HOUR) == one
    assert told() == [("order_granted", MADE), ("order_relaxation_sought", NOW - HOUR)]


@pytest.mark.rule("VIC-06")
def test_that_a_court_refused_to_change_it_is_told_once_by_the_next_working_day(
    made: Order, team: Acting, force: Force, acting_as: Callable[..., Acting]
) -> None:
    agreed(acting_as("victim_officer"), hers(made, team))
    refused = {"by": team, "order": made.reference, "change": "discharge", "applicant": "respondent", "at": NOW + HOUR}
    with at(NOW + HOUR):
        assert note_change_refused(**refused) == note_change_refused(**refused)
    assert told() == [("order_granted", MADE), ("order_change_refused", NOW + HOUR)]
    with at(NOW + 2 * HOUR):
        tick(force=force, at=NOW + 2 * HOUR)
    asked = WorkItem.objects.for_system("a test").get(about=hers(made, team), kind="agreement_revisit", state="open")
    assert (asked.why, asked.due_at) == ("order_varied_or_ended", datetime(2026, 11, 26, tzinfo=UTC))


@pytest.mark.rule("VIC-05")
def test_a_look_back_at_an_instant_leaves_what_was_told_after_it_alone(
    made: Order, team: Acting, system: Acting
) -> None:
    with at(NOW + HOUR):
        move_order(by=team, order=made.reference, move="serve", given=SERVED)
    assert _untold(system, made, NOW) == [], "service was told an hour later, and stands"
    assert _untold(system, made, NOW + 2 * HOUR) == []


@pytest.mark.rule("VIC-05")
def test_a_look_back_does_not_raise_again_what_was_taken_back_after_it(
    made: Order, team: Acting, system: Acting
) -> None:
    move_order(by=team, order=made.reference, move="serve", given=SERVED)
    nothing = replace(_told_of(system, made, NOW), tells=())
    with at(NOW + HOUR):
        assert keep_of_orders(by=system, told=[nothing], now=NOW + HOUR) == 2
    assert told() == []
    assert _untold(system, made, NOW) == []
    assert _untold(system, made, NOW + 2 * HOUR) == [made.pk]


def _told_of(system: Acting, order: Order, now: datetime) -> OrderTold:
    return order_told(watched_with_stories(system, [order.pk], now)[order.pk], now)


def _untold(system: Acting, order: Order, now: datetime) -> list[int]:
    return orders_untold(system, [_told_of(system, order, now)], now)
