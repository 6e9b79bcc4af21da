"""A notification missed, late or false opens a possible breach, under an interim order too; nothing is decided (MON-05)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.breaches.ledger.queries import story_of_breach
from craffu.breaches.models import Breach
from craffu.clocks.london import end_of
from craffu.daily.ticking import tick
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.models import Order, OrderTrigger
from craffu.orders.notifying.actions import record_notification, verify_notification
from craffu.orders.notifying.facts import NewNotification
from craffu.orders.notifying.rules import About, Found
from craffu.orders.noting.actions import note_notification
from tests.factories.breaches import breaches
from tests.factories.orders import MADE, TERMS, considered, order_of, received, scanned
from tests.integration.breaches.conftest import DAY, HOUR, NOW, SERVED
from tests.integration.breaches.test_detecting import run, work
from tests.web.conftest import text_of
from tests.worlds import World, kept

pytestmark = pytest.mark.rule("MON-05")
TODAY = replace(SERVED, served_at=NOW - HOUR)
# Served on 24 November: the third day is the 26th.
RUNS_OUT = end_of(date(2026, 11, 26))


@kept(at=NOW)
def begun(world: World) -> Order:
    return considered(world.system, world.folder)


def served_today(by: Acting, order: Order) -> Order:
    return move_order(by=by, order=scanned(by, order).reference, move="serve", given=TODAY)


def followed(order: Order) -> list[str]:
    rows = OrderTrigger.objects.for_system("a test").filter(order=order).exclude(trigger="order_served")
    return sorted(rows.values_list("trigger", flat=True))


def reasons(by: Acting, breach: Breach) -> list[tuple[int, list[str], list[str]]]:
    return [(one.order_id, one.reasons, one.flags) for one in story_of_breach(by, breach).holding]


@pytest.mark.rule("BRC-06")
@pytest.mark.rule("CLK-03")
def test_one_that_is_missed_is_raised_when_its_clock_ends_and_once(
    begun: Order, team: Acting, system: Acting, clock: Any
) -> None:
    order = served_today(team, received(team, begun.reference, MADE))
    run(system)
    assert breaches() == []
    clock.move_to(RUNS_OUT)
    run(system, RUNS_OUT)
    [breach] = breaches()
    assert (breach.found_by, breach.status, breach.is_day_only) == ("check", "possible", True)
    assert (breach.happened_from, breach.happened_to) == (RUNS_OUT - DAY, RUNS_OUT - datetime.resolution)
    assert reasons(system, breach) == [(order.pk, ["notification_missed"], [])]
    assert work("breach_decide") == [("breach_not_decided", "open")]
    assert work("breach_contact") == [("breach_victim_not_reached", "open")]
    assert followed(order) == ["notification_missed", "possible_breach_raised"]
    tick(force=system.force, at=RUNS_OUT + HOUR, everything=True)
    assert breaches() == [breach]


@pytest.mark.rule("CLK-06")
def test_what_was_given_in_time_and_what_nobody_was_served_with_in_time_raise_nothing(
    begun: Order, team: Acting, system: Acting, clock: Any
) -> None:
    order = served_today(team, received(team, begun.reference, MADE))
    note_notification(by=team, order=order.reference, at=NOW)
    assert order.case is not None
    served_today(team, order_of(team, order.case.reference, MADE, "DAPO"))
    clock.move_to(RUNS_OUT)
    run(system, RUNS_OUT)
    assert breaches() == []


@pytest.mark.rule("CLK-05")
@pytest.mark.rule("MON-03")
def test_a_failure_under_an_interim_order_stays_open_and_the_full_order_is_followed_up(
    begun: Order, team: Acting, system: Acting, clock: Any, signed_in_client: Callable[..., Client]
) -> None:
    protects = [one.record for one in begun.protects.all()]
    beginning = Beginning(
        kind="ISPO", respondent=begun.respondent, case=begun.case, main=begun, is_interim=True, protects=protects
    )
    made = Given(
        made_at=MADE, court="Llanelli", court_case_no="1", source_record="sealed order", terms=TERMS,
        last_day=date(2026, 12, 10),
    )  # fmt: skip
    interim = served_today(team, begin_order(by=team, beginning=beginning, move="receive", given=made))
    clock.move_to(NOW + DAY)
    full = received(team, begun.reference, NOW + DAY - HOUR)
    full = move_order(
        by=team, order=scanned(team, full).reference, move="serve", given=replace(TODAY, served_at=NOW + DAY)
    )
    determined = Given(main_determined_on=date(2026, 11, 25), main_outcome="granted")
    interim = move_order(by=team, order=interim.reference, move="end_on_determination", given=determined)
    assert interim.status == "superseded"
    clock.move_to(RUNS_OUT)
    run(system, RUNS_OUT)
    [breach] = breaches()
    assert [order for order, *_ in reasons(system, breach)] == [interim.pk]
    assert followed(interim) == []
    assert followed(full) == ["possible_breach_raised"]
    # Whoever decides on it sees that the full order is watched in its place (P09), and that they saw it is logged.
    shown = signed_in_client("investigator").get(f"/breaches/{breach.reference}/triage")
    words = f"Order {full.reference} Heightened follow-up to 25 December 2026 It took the place of interim order"
    assert f"{words} {interim.reference}" in text_of(shown)
    assert f"order/{full.reference}" in shown.wsgi_request.shown  # type: ignore[attr-defined]


@pytest.mark.rule("CLK-04")
def test_what_is_found_false_and_a_change_told_too_late_are_raised_each_once(
    begun: Order, team: Acting, system: Acting
) -> None:
    order = served_today(team, received(team, begun.reference, MADE))
    first = NewNotification(
        about=About.INITIAL, given_at=NOW - HOUR / 2, in_person=True, station="Llanelli", station_area="demo", area="demo",
        names="Ann Other", addresses="1 Stryd Fawr", acknowledged_at=NOW - HOUR / 4,
    )  # fmt: skip
    row = record_notification(by=team, order=order.reference, given=first)
    moved = replace(first, about=About.HOME_ADDRESS, event_on=date(2026, 11, 21), addresses="2 Stryd Fawr")
    record_notification(by=team, order=order.reference, given=moved)
    run(system)
    assert [reasons(system, one) for one in breaches()] == [
        [(order.pk, ["notification_late"], ["not_enforceable_at_time"])]
    ]
    verify_notification(
        by=team, order=order.reference, number=row.pk, found=Found.FALSE, on=NOW.date(), words="No such house"
    )
    run(system, NOW + HOUR)
    assert [reasons(system, one)[0][1] for one in breaches()] == [["notification_late"], ["notification_false"]]
