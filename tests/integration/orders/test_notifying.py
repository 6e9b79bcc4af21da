"""A respondent notifies the police: what counts closes what was due, what is late or false raises follow-up (MON-05)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.breaches.models import Breach
from craffu.clocks.london import end_of
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.daily.ticking import tick
from craffu.orders.facts import Given
from craffu.orders.following.queries import follow_ups
from craffu.orders.letters.queries import last_day_to_notify
from craffu.orders.life.actions import move_order
from craffu.orders.models import NotificationGiven, Order
from craffu.orders.monitoring.actions import suspend_checks
from craffu.orders.monitoring.kinds import Absent
from craffu.orders.notifying.actions import (
    acknowledge_notification,
    raise_missed_years,
    record_notification,
    verify_notification,
)
from craffu.orders.notifying.due import notifications_due
from craffu.orders.notifying.facts import NewNotification
from craffu.orders.notifying.failing import Failed, duties
from craffu.orders.notifying.queries import first_notifications_on_time, received_one, received_under
from craffu.orders.notifying.rules import About, Asked, Found, OnTime
from craffu.orders.noting.actions import note_other_duty
from craffu.orders.noting.facts import Noted
from craffu.orders.queries import story_of_order
from craffu.orders.watching.kinds import What
from craffu.orders.watching.reading import answered
from craffu.work.models import WorkItem
from tests.factories.orders import MADE, considered, received, scanned
from tests.factories.reviews import in_force
from tests.integration.orders.conftest import NOW
from tests.integration.orders.test_following import SERVED

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST = NewNotification(
    about=About.INITIAL, given_at=NOW - HOUR / 2, in_person=True, station="Llanelli", station_area="demo", area="demo",
    names="Ann Other, known as Nan", addresses="1 Stryd Fawr", fingerprints=Asked.TAKEN, photographs=Asked.REFUSED,
    acknowledged_at=NOW - HOUR / 4,
)  # fmt: skip


def at(moment: datetime) -> Any:
    return time_machine.travel(moment, tick=False)


def due_of(kind: str) -> list[tuple[str, datetime]]:
    rows = WorkItem.objects.for_system("a test").filter(kind=kind).order_by("id")
    return [(one.state, one.due_at) for one in rows]


def triggers(by: Acting, order: Order) -> list[str]:
    return [one.row.key for one in follow_ups(by, [order.pk]).get(order.pk, ()) if one.row.trigger != "order_served"]


@pytest.fixture
def served(system: Acting, team: Acting, tmp_path: Path) -> Order:
    order = scanned(team, received(team, considered(system, tmp_path).reference, MADE))
    return move_order(by=team, order=order.reference, move="serve", given=SERVED)


@pytest.mark.rule("MON-05")
@pytest.mark.rule("CLK-03")
def test_one_that_counts_closes_what_was_due_and_its_address_is_verified(
    served: Order, system: Acting, team: Acting, force: Force, acting_as: Callable[..., Acting]
) -> None:
    ref, officer = served.reference, acting_as("response_officer")
    tick(force=force, at=NOW)
    assert due_of("order_notification") == [("open", end_of(date(2026, 11, 26)))]
    with at(NOW + HOUR):
        row = record_notification(by=officer, order=ref, given=FIRST)
        assert record_notification(by=officer, order=ref, given=FIRST) == row
        tick(force=force, at=NOW + HOUR)
    assert [state for state, _ in due_of("order_notification")] == ["done"]
    assert due_of("notification_verify") == [("open", end_of(date(2026, 12, 1)))]
    later = NOW + 2 * HOUR
    assert first_notifications_on_time(system, date(2026, 11, 1), date(2026, 11, 30), later) == OnTime(1, 1, 0, 0)
    with at(later):
        looked_for(team, row, force, later)
    assert triggers(system, served) == []
    stored = NotificationGiven.objects.for_system("a test").get()
    assert (stored.names, stored.fingerprints, stored.photographs) == (FIRST.names, "taken", "refused")
    with pytest.raises(NotPermitted):
        record_notification(by=acting_as("victim_officer"), order=ref, given=FIRST)


def looked_for(by: Acting, row: NotificationGiven, force: Force, now: datetime) -> None:
    """Nobody was in, then they were seen there; it is not said again."""
    ref = row.order.reference
    verify_notification(by=by, order=ref, number=row.pk, found=Found.NOT_YET, on=NOW.date(), words="Nobody in")
    tick(force=force, at=now)
    assert [state for state, _ in due_of("notification_verify")] == ["open"]
    verify_notification(by=by, order=ref, number=row.pk, found=Found.VERIFIED, on=NOW.date(), words="Seen there")
    tick(force=force, at=now)
    assert [state for state, _ in due_of("notification_verify")] == ["done"]
    with pytest.raises(Conflict) as refused:
        verify_notification(by=by, order=ref, number=row.pk, found=Found.FALSE, on=NOW.date(), words="Not so")
    assert refused.value.code == "verified_already"


@pytest.mark.rule("MON-05")
def test_it_counts_only_once_it_is_acknowledged_in_writing(
    served: Order, system: Acting, team: Acting, force: Force
) -> None:
    row = record_notification(by=team, order=served.reference, given=replace(FIRST, acknowledged_at=None))
    tick(force=force, at=NOW)
    assert [state for state, _ in due_of("order_notification")] == ["open"]
    assert due_of("notification_acknowledge") == [("open", end_of(NOW.date()))]
    one = received_one(system, served, row.pk)
    assert one is not None
    assert (one.validity.valid, one.counts) == (True, False)
    with at(NOW + HOUR):
        for code, moment in (("before_given", NOW - HOUR), ("ahead", NOW + DAY)):
            with pytest.raises(NotNow) as refused:
                acknowledge_notification(by=team, order=served.reference, number=row.pk, at=moment)
            assert refused.value.code == code
        acknowledge_notification(by=team, order=served.reference, number=row.pk, at=NOW)
        tick(force=force, at=NOW + HOUR)
    assert [state for state, _ in due_of("order_notification")] == ["done"]
    assert [state for state, _ in due_of("notification_acknowledge")] == ["done"]
    assert received_under(system, [served.pk], NOW)[served.pk][0].counts is False, "as it was known then"


@pytest.mark.rule("MON-05")
@pytest.mark.parametrize("given", [{"in_person": False, "station": ""}, {"station_area": "another"}])
def test_one_that_does_not_count_closes_nothing(
    given: dict[str, Any], served: Order, team: Acting, system: Acting, force: Force, other_force: Force
) -> None:
    """By telephone, or at a station outside the area: it is kept, and the clock runs on."""
    given = {name: other_force.code if value == "another" else value for name, value in given.items()}
    row = record_notification(by=team, order=served.reference, given=replace(FIRST, **given))
    with pytest.raises(NotNow):
        acknowledge_notification(by=team, order=served.reference, number=row.pk, at=NOW)
    missed = end_of(date(2026, 11, 26))
    with at(missed):
        tick(force=force, at=missed)
    assert [state for state, _ in due_of("order_notification")] == ["open"]
    assert due_of("notification_verify") == []
    assert sorted(triggers(system, served)) == ["breach:B-10001", "initial"]
    assert first_notifications_on_time(system, date(2026, 11, 1), date(2026, 11, 30), missed) == OnTime(1, 0, 0, 1)


@pytest.mark.rule("MON-05")
@pytest.mark.parametrize(("ends", "counted"), [(NOW + HOUR, OnTime(0, 0, 0, 0)), (NOW + 9 * DAY, OnTime(1, 0, 0, 1))])
def test_what_was_never_notified_stays_so_when_the_order_ends_later(
    ends: datetime, counted: OnTime, served: Order, team: Acting, system: Acting
) -> None:
    november = date(2026, 11, 1), date(2026, 11, 30)
    assert first_notifications_on_time(system, *november, NOW) == OnTime(0, 0, 0, 0), "the clock runs"
    quashed = Given(quashed_on=ends.date(), court="Swansea", appeal_case_no="A1")
    move_order(by=team, order=served.reference, move="quash", given=quashed, now=ends)
    assert first_notifications_on_time(system, *november, NOW + 20 * DAY) == counted


@pytest.mark.rule("MON-05")
def test_with_no_home_here_it_is_a_station_in_the_area_of_the_court(
    served: Order, team: Acting, system: Acting, other_force: Force
) -> None:
    given = replace(FIRST, has_no_home=True, addresses="", station_area=other_force.code, area=other_force.code)
    row = record_notification(by=team, order=served.reference, given=given)
    one = received_one(system, served, row.pk)
    assert one is not None
    assert one.counts


@pytest.mark.rule("MON-05")
@pytest.mark.rule("MON-03")
@pytest.mark.rule("CLK-04")
def test_what_is_false_or_late_raises_follow_up_and_so_does_a_change(
    served: Order, team: Acting, system: Acting, force: Force
) -> None:
    ref = served.reference
    first = record_notification(by=team, order=ref, given=FIRST)
    verify_notification(by=team, order=ref, number=first.pk, found=Found.FALSE, on=NOW.date(), words="No such house")
    moved = replace(FIRST, about=About.HOME_ADDRESS, event_on=date(2026, 11, 24), addresses="2 Stryd Fawr")
    in_time = record_notification(by=team, order=ref, given=moved)
    late = record_notification(by=team, order=ref, given=replace(moved, event_on=date(2026, 11, 21)))
    assert sorted(triggers(system, served)) == sorted(
        [f"false:{first.pk}", f"change:{in_time.pk}", f"change:{late.pk}", f"late:{late.pk}"]
    )
    for code, given in (
        ("not_asked_for", replace(FIRST, about=About.ANNUAL)),
        ("ahead", replace(FIRST, given_at=NOW + HOUR)),
        ("before_made", replace(FIRST, given_at=MADE - HOUR)),
    ):
        with pytest.raises(NotNow) as refused:
            record_notification(by=team, order=ref, given=given)
        assert refused.value.code == code


@pytest.mark.rule("CLK-05")
@pytest.mark.rule("CLK-06")
def test_while_another_duty_stands_this_one_waits(served: Order, team: Acting, system: Acting, force: Force) -> None:
    ref = served.reference
    note_other_duty(by=team, order=ref, what=Noted.SOA_PART_2, at=MADE - 30 * DAY)
    note_other_duty(by=team, order=ref, what=Noted.SOA_PART_2, at=MADE - 30 * DAY)
    with at(NOW + 5 * DAY):
        tick(force=force, at=NOW + 5 * DAY)
    assert due_of("order_notification") == []
    assert triggers(system, served) == []
    with at(NOW + 10 * DAY):
        note_other_duty(by=team, order=ref, what=Noted.SOA_PART_2_ENDED, at=NOW + 10 * DAY)
        tick(force=force, at=NOW + 10 * DAY)
    assert due_of("order_notification") == [("open", end_of(date(2026, 12, 6)))]
    with pytest.raises(NotNow) as refused:
        note_other_duty(by=team, order=ref, what=Noted.TERMS_GIVEN, at=NOW)
    assert refused.value.code == "no_duty"


@pytest.mark.rule("CLK-04")
def test_under_a_sexual_harm_prevention_order_it_comes_again_every_year(
    system: Acting, team: Acting, tmp_path: Path
) -> None:
    made = received(team, considered(system, tmp_path, "SHPO").reference, MADE)
    move_order(by=team, order=scanned(team, made).reference, move="serve", given=SERVED)
    record_notification(by=team, order=made.reference, given=FIRST)

    def year(now: datetime) -> list[tuple[datetime, datetime, datetime | None]]:
        found = notifications_due(system, [str(made.pk)], now)[str(made.pk)].dues
        return [(one.raised_at, one.due_at, one.done_at) for one in found if one.kind == "notification_annual"]

    last_day = end_of(date(2027, 11, 24))
    assert raise_missed_years(by=system, orders=[made.pk], now=last_day - HOUR) == 0
    assert raise_missed_years(by=system, orders=[made.pk], now=last_day) == 1
    assert raise_missed_years(by=system, orders=[made.pk], now=last_day) == 0
    assert [(due_at, done) for _, due_at, done in year(NOW)] == [(last_day, None)]
    with at(last_day - DAY):
        again = replace(FIRST, about=About.ANNUAL, given_at=last_day - 2 * DAY, acknowledged_at=None)
        record_notification(by=team, order=made.reference, given=again)
        assert [done for _, _, done in year(last_day - DAY)] == [last_day - DAY, None]


@pytest.mark.rule("MON-05")
@pytest.mark.rule("BRC-02")
@pytest.mark.parametrize(
    ("quashed_on", "is_missed"), [(None, True), (date(2027, 1, 23), False), (date(2027, 11, 25), False)]
)
def test_a_year_that_ends_with_the_order_or_after_it_is_no_breach_of_it(
    system: Acting, team: Acting, force: Force, tmp_path: Path, quashed_on: date | None, *, is_missed: bool
) -> None:
    made = received(team, considered(system, tmp_path, "SHPO").reference, MADE)
    move_order(by=team, order=scanned(team, made).reference, move="serve", given=SERVED)
    record_notification(by=team, order=made.reference, given=FIRST)
    ends = end_of(date(2027, 11, 24))
    assert duties(system, [made.pk], NOW)[made.pk].next_end == ends
    later = ends + 12 * HOUR
    with at(later):
        if quashed_on is not None:
            given = Given(quashed_on=quashed_on, court="Swansea", appeal_case_no="A1")
            move_order(by=team, order=made.reference, move="quash", given=given)
        tick(force=force, at=later)
    assert Breach.objects.for_system("a test").count() == is_missed
    assert duties(system, [made.pk], later)[made.pk].next_end is None
    assert duties(system, [made.pk], NOW)[made.pk].next_end == ends, "as it was known then"


@pytest.mark.rule("MON-05")
def test_a_year_that_ended_while_the_order_stood_stays_missed_when_it_ends_later(
    system: Acting, team: Acting, force: Force, tmp_path: Path
) -> None:
    made = received(team, considered(system, tmp_path, "SHPO").reference, MADE)
    move_order(by=team, order=scanned(team, made).reference, move="serve", given=SERVED)
    record_notification(by=team, order=made.reference, given=FIRST)
    later = end_of(date(2027, 11, 26))
    with at(later):
        given = Given(quashed_on=date(2027, 11, 26), court="Swansea", appeal_case_no="A1")
        move_order(by=team, order=made.reference, move="quash", given=given)
    assert [one.how for one in duties(system, [made.pk], later)[made.pk].failures] == [Failed.MISSED]


@pytest.mark.rule("CLK-03")
@pytest.mark.rule("MON-05")
@pytest.mark.parametrize(("kind", "last"), [("SHPO", date(2027, 11, 22)), ("SPO", date(2026, 11, 22))])
def test_days_in_custody_are_left_out_under_a_sexual_harm_prevention_order_alone(
    system: Acting, team: Acting, acting_as: Callable[..., Acting], force: Force, tmp_path: Path, kind: str, last: date
) -> None:
    order = in_force(system, team, tmp_path, kind=kind, is_notified=False)
    assert last_day_to_notify(team, order, NOW) == date(2026, 11, 22)
    before = dict(first=date(2026, 11, 1), last=date(2026, 11, 30), now=NOW)
    assert first_notifications_on_time(system, **before) == OnTime(1, 0, 0, 1)
    manager = acting_as("offender_manager", username="manager")
    # Sentenced on the day the order was made and served: said only once the three days without that were over.
    suspend_checks(by=manager, order=order.reference, why=Absent.CUSTODY, first=MADE.date(), last=date(2027, 1, 31))
    with at(NOW + HOUR):
        away = dict(why=Absent.CUSTODY, first=MADE.date(), last=date(2027, 11, 19))
        suspend_checks(by=manager, order=order.reference, **away)
    now = NOW + 2 * HOUR
    with at(now):
        tick(force=force, at=now)
        is_left_out = kind == "SHPO"
        asked = answered(story_of_order(system, order), ()).notification
        assert asked is not None
        assert asked.last_day == last == last_day_to_notify(team, order, now)
        assert ("initial" in triggers(team, order)) is not is_left_out
        assert Breach.objects.for_system("a test").count() == (0 if is_left_out else 1)
        late = OnTime(0, 0, 0, 0) if is_left_out else OnTime(1, 0, 0, 1)
        assert first_notifications_on_time(system, **before | {"now": now}) == late
        stays = [due_at for state, due_at in due_of(What.NOTIFICATION) if state == "open"]
        assert stays == [end_of(last)]
    if is_left_out:
        ends = end_of(last)
        with at(ends):
            tick(force=force, at=ends)
            assert f"initial-{last}" in triggers(team, order)
            assert Breach.objects.for_system("a test").count() == 1


@pytest.mark.rule("CLK-03")
def test_an_end_that_absence_put_back_is_asked_anew_and_what_was_asked_before_is_withdrawn(
    system: Acting, team: Acting, acting_as: Callable[..., Acting], force: Force, tmp_path: Path
) -> None:
    order = in_force(system, team, tmp_path, kind="SHPO", is_notified=False)
    tick(force=force, at=NOW)
    assert due_of(What.NOTIFICATION) == [("open", end_of(date(2026, 11, 22)))]
    manager = acting_as("offender_manager", username="manager")
    with at(NOW + HOUR):
        days = dict(first=date(2026, 11, 21), last=date(2026, 11, 30))
        suspend_checks(by=manager, order=order.reference, why=Absent.HOSPITAL, **days)
        tick(force=force, at=NOW + HOUR)
    found = [("withdrawn", end_of(date(2026, 11, 22))), ("open", end_of(date(2026, 12, 2)))]
    assert due_of(What.NOTIFICATION) == found, "the day of service counts, and then the first two after it"
    with at(NOW + 2 * HOUR):
        given = replace(FIRST, given_at=NOW + HOUR, acknowledged_at=NOW + HOUR)
        record_notification(by=team, order=order.reference, given=given)
        tick(force=force, at=NOW + 2 * HOUR)
    assert [state for state, _due_at in due_of(What.NOTIFICATION)] == ["withdrawn", "done"]
