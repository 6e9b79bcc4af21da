"""Heightened follow-up: raised by what is recorded and by hand, each once, acted on by its hours, never shortened (MON-03)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.cases.models import DetentionVersion
from craffu.cases.risk.actions import record_assessment, record_event
from craffu.cases.risk.facts import NewAssessment, NewEvent
from craffu.cases.risk.rules import Asks, Grade
from craffu.clocks.london import end_of, start_of
from craffu.common.refusals import NotNow, NotPermitted
from craffu.daily.sources import SOURCES
from craffu.daily.ticking import tick
from craffu.orders.facts import Given
from craffu.orders.following.actions import raise_trigger, raise_what_is_told, record_action
from craffu.orders.following.due import SOURCE, follow_ups_due, orders_named
from craffu.orders.following.queries import follow_ups, heightened_periods
from craffu.orders.following.rules import Period, Trigger
from craffu.orders.life.actions import move_order
from craffu.orders.models import Order, OrderTrigger
from craffu.orders.noting.actions import note_notification, note_relaxation_sought
from craffu.orders.owning.actions import own_order
from craffu.people.queries import people_of_records
from craffu.victims.agreements.actions import record_feared_date
from craffu.victims.happenings.actions import record_happening
from craffu.victims.happenings.facts import NewHappening
from craffu.victims.happenings.kinds import Happening
from craffu.work.models import WorkItem, WorkStep
from tests.factories.detentions import send_detention
from tests.factories.orders import MADE, REASON, considered, received, scanned
from tests.integration.orders.conftest import NOW
from tests.integration.orders.test_proposing import found_to_be
from tests.worlds import World, kept

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SERVED = Given(served_at=NOW - HOUR, place="court", method="personal", server="PC Rees", proof="Statement")


def at(moment: datetime) -> Any:
    return time_machine.travel(moment, tick=False)


def raised(order: Order) -> list[tuple[str, datetime, datetime]]:
    rows = OrderTrigger.objects.for_system("a test").filter(order=order).order_by("raised_at", "id")
    return [(one.trigger, one.raised_at, one.due_at) for one in rows]


def kinds(order: Order) -> list[str]:
    return sorted(one for one, _, _ in raised(order))


def items() -> list[tuple[str, str]]:
    rows = WorkItem.objects.for_system("a test").filter(kind="order_follow_up").order_by("id")
    return [(one.why.removeprefix("order_follow_up_"), one.state) for one in rows]


@kept(at=NOW)
def made(world: World, team: Acting) -> Order:
    return scanned(team, received(team, considered(world.system, world.folder).reference, MADE))


@kept(at=NOW)
def served(made: Order, team: Acting) -> Order:
    return move_order(by=team, order=made.reference, move="serve", given=SERVED)


def hers(order: Order, by: Acting) -> str:
    record = order.protects.get().record_id
    return people_of_records(by, [record])[record].reference


def test_the_clock_asks_for_it_after_everything_that_may_raise_it() -> None:
    assert SOURCES[-1] is SOURCE


@pytest.mark.rule("MON-03")
@pytest.mark.rule("MON-04")
def test_service_raises_it_once_and_what_is_not_done_goes_to_the_supervisor_at_once(
    served: Order, system: Acting, team: Acting, force: Force
) -> None:
    own_order(by=team, order=served.reference, to=team.user)
    tick(force=force, at=NOW)
    due_at = NOW + 72 * HOUR
    assert raised(served) == [("order_served", NOW, due_at)]
    assert heightened_periods(system, [served.pk]) == {
        served.pk: Period(date(2026, 11, 24), date(2026, 12, 22)),
    }
    item = WorkItem.objects.for_system("a test").get(kind="order_follow_up")
    assert (item.queue, item.owner, item.due_at, item.what_if_not) == ("heightened", team.user, due_at, "harm_unwarned")
    before = Event.objects.filter(kind="order_trigger_raised").count()
    tick(force=force, at=NOW, everything=True)
    assert (raised(served), Event.objects.filter(kind="order_trigger_raised").count()) == (
        [("order_served", NOW, due_at)],
        before,
    )
    with at(due_at + DAY):
        tick(force=force, at=due_at + DAY)
        tick(force=force, at=due_at + DAY)
    steps = [one.step for one in WorkStep.objects.for_system("a test").filter(item=item).order_by("id")]
    assert steps.count("supervisor") == 1
    assert "inspector" not in steps


@pytest.mark.rule("MON-03")
def test_the_first_action_ends_what_is_due_and_the_closer_watch_goes_on(
    served: Order, system: Acting, team: Acting, force: Force
) -> None:
    tick(force=force, at=NOW)
    (one,) = follow_ups(system, [served.pk])[served.pk]
    with at(NOW + 2 * HOUR):
        acted = record_action(
            by=team, order=served.reference, number=one.row.pk, done_at=NOW + HOUR, words="Called at the home"
        )
        again = record_action(
            by=team, order=served.reference, number=one.row.pk, done_at=NOW + HOUR, words=" Called at the home "
        )
        assert again == acted
        tick(force=force, at=NOW + 2 * HOUR)
    item = WorkItem.objects.for_system("a test").get(kind="order_follow_up")
    assert (item.state, item.over_at) == ("done", NOW + HOUR)
    (one,) = follow_ups(system, [served.pk])[served.pk]
    assert one.first == acted
    assert heightened_periods(system, [served.pk])[served.pk].last_day == date(2026, 12, 22)
    assert follow_ups(system, [served.pk], NOW)[served.pk][0].first is None, "as it was known then"


@pytest.mark.rule("MON-03")
@pytest.mark.parametrize(
    ("kind", "trigger", "hours"),
    [
        (Asks.POSSIBLE_BREACH_RAISED, Trigger.POSSIBLE_BREACH_RAISED, 4),
        (Asks.RELEASED, Trigger.RELEASED_FROM_CUSTODY, 24),
        (Asks.NEW_REPORT, Trigger.NEW_REPORT_SAME_VICTIM, 24),
        (Asks.VICTIM_MORE_AFRAID, Trigger.VICTIM_MORE_AFRAID, 24),
        (Asks.RELATIONSHIP_OR_ADDRESS_CHANGED, Trigger.NAME_OR_ADDRESS_CHANGED, 72),
    ],
)
def test_what_is_recorded_of_risk_in_the_case_raises_it(
    kind: Asks, trigger: Trigger, hours: int, made: Order, system: Acting, investigator: Acting
) -> None:
    """Its hours run from when we knew of it."""
    record_event(by=investigator, case=made.case.reference, given=NewEvent(kind, NOW - HOUR))
    raise_what_is_told(system, [made.pk], NOW)
    raise_what_is_told(system, [made.pk], NOW)
    assert raised(made) == [(trigger.value, NOW, NOW + hours * HOUR)]
    assert OrderTrigger.objects.for_system("a test").get().at == NOW - HOUR


@pytest.mark.rule("MON-03")
@pytest.mark.rule("BRC-05")
@pytest.mark.parametrize(("grade", "hours"), [(Grade.HIGH, 4), (Grade.STANDARD, 24)])
def test_a_possible_breach_has_the_hours_of_the_grade_that_stood(
    grade: Grade, hours: int, made: Order, system: Acting, investigator: Acting
) -> None:
    given = NewAssessment("DASH", "2009", "public", "D1", NOW - HOUR, grade)
    record_assessment(by=investigator, case=made.case.reference, given=given)
    record_event(by=investigator, case=made.case.reference, given=NewEvent(Asks.POSSIBLE_BREACH_RAISED, NOW))
    raise_what_is_told(system, [made.pk], NOW)
    assert raised(made) == [("possible_breach_raised", NOW, NOW + hours * HOUR)]


@pytest.mark.rule("MON-03")
def test_what_happened_before_the_order_or_beside_it_raises_nothing(
    made: Order, system: Acting, team: Acting, investigator: Acting
) -> None:
    reference = made.case.reference
    record_event(by=investigator, case=reference, given=NewEvent(Asks.RELEASED, MADE - HOUR))
    record_event(by=investigator, case=reference, given=NewEvent(Asks.EXPLICIT_THREAT, NOW))
    raise_what_is_told(system, [made.pk], NOW)
    assert raised(made) == []
    # What is heard of when the closer watch that it would have brought is over asks for nothing.
    record_event(by=investigator, case=reference, given=NewEvent(Asks.RELEASED, NOW))
    raise_what_is_told(system, [made.pk], NOW + 29 * DAY)
    assert raised(made) == []
    raise_what_is_told(system, [made.pk], NOW + 28 * DAY)
    assert kinds(made) == ["released_from_custody"]


@pytest.mark.rule("MON-03")
@pytest.mark.rule("BRC-08")
def test_a_release_is_one_trigger_whoever_tells_of_it(
    made: Order, system: Acting, force: Force, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    """Custody sends it, and the officer who looks after the victim records it."""
    officer = acting_as("victim_officer")
    freed = {"released_at": "2026-11-24 11:15:00", "updated_at": "2026-11-24 11:20:00"}
    send_detention(system, tmp_path, arrested_at="2026-11-23 10:30:00", disposal="no_further_action", **freed)
    released_at = datetime(2026, 11, 24, 11, 15, tzinfo=UTC)
    given = NewHappening(Happening.RELEASE_FROM_CUSTODY, released_at, NOW)
    record_happening(by=officer, victim=hers(made, system), case=made.case.reference, given=given)
    # What custody says of another crime is about the respondent too, once its record is theirs.
    elsewhere = {"released_at": "2026-11-24 11:30:00", "updated_at": "2026-11-24 11:40:00", "crime_ref": "CRIME9"}
    send_detention(system, tmp_path, 2, disposal="no_further_action", **elsewhere)
    tick(force=force, at=NOW)
    assert kinds(made) == ["released_from_custody"]
    theirs = people_of_records(system, [made.respondent_id])[made.respondent_id]
    record = DetentionVersion.objects.for_system("a test").order_by("id").last().record
    found_to_be(system, record, theirs)
    tick(force=force, at=NOW, everything=True)
    assert raised(made) == [
        ("released_from_custody", NOW, NOW + 24 * HOUR),
        ("released_from_custody", NOW, NOW + 24 * HOUR),
    ]


@pytest.mark.rule("MON-03")
def test_a_release_that_is_planned_raises_it_when_it_comes(
    made: Order, system: Acting, force: Force, acting_as: Callable[..., Acting]
) -> None:
    given = NewHappening(Happening.RELEASE_FROM_PRISON, NOW + 5 * DAY, NOW)
    record_happening(by=acting_as("victim_officer"), victim=hers(made, system), case=made.case.reference, given=given)
    tick(force=force, at=NOW)
    assert raised(made) == []
    answer = follow_ups_due(system, [str(made.pk)], NOW)[str(made.pk)]
    assert answer.wakes_at == NOW + 5 * DAY
    with at(NOW + 5 * DAY):
        tick(force=force, at=NOW + 5 * DAY)
    assert raised(made) == [("released_from_custody", NOW + 5 * DAY, NOW + 6 * DAY)]


@pytest.mark.rule("MON-03")
def test_days_that_draw_near_raise_it_by_themselves_a_week_before(
    made: Order, system: Acting, force: Force, acting_as: Callable[..., Acting]
) -> None:
    officer, her = acting_as("victim_officer"), hers(made, system)
    record_feared_date(by=officer, victim=her, on=date(2026, 12, 15), words="Their anniversary")
    record_feared_date(by=officer, victim=her, on=date(2026, 11, 26))
    record_feared_date(by=officer, victim=her, on=date(2026, 11, 27))
    record_feared_date(by=officer, victim=her, on=date(2026, 11, 27), strike=True)
    tick(force=force, at=NOW)
    # Known two days before: at once, and by the end of the eve.
    assert raised(made) == [("feared_date_near", NOW, end_of(date(2026, 11, 25)))]
    week_before = start_of(date(2026, 12, 8))
    assert follow_ups_due(system, [str(made.pk)], NOW)[str(made.pk)].wakes_at == week_before
    with at(week_before):
        tick(force=force, at=week_before)
    assert raised(made)[1:] == [("feared_date_near", week_before, end_of(date(2026, 12, 11)))]


@pytest.mark.rule("MON-03")
def test_a_watch_a_missed_notification_and_an_application_to_relax_raise_it(
    system: Acting, team: Acting, force: Force, tmp_path: Path
) -> None:
    last_day = date(2027, 2, 19)
    order = received(team, considered(system, tmp_path).reference, MADE, last_day=last_day, is_indefinite=None)
    move_order(by=team, order=scanned(team, order).reference, move="serve", given=SERVED)
    tick(force=force, at=NOW)
    note_relaxation_sought(by=team, order=order.reference, at=NOW)
    missed = end_of(date(2026, 11, 26))
    for moment in (NOW, missed, start_of(date(2026, 12, 21))):
        with at(moment):
            tick(force=force, at=moment)
    assert raised(order) == [
        ("order_served", NOW, NOW + 72 * HOUR),
        ("order_expiry_watch", NOW, NOW + 72 * HOUR),
        ("relaxation_or_discharge_sought", NOW, NOW + 72 * HOUR),
        ("possible_breach_raised", missed, missed + 4 * HOUR),
        ("notification_missed", missed, missed + DAY),
        ("order_expiry_watch", start_of(date(2026, 12, 21)), start_of(date(2026, 12, 24))),
    ]


@pytest.mark.rule("MON-03")
def test_a_notification_in_time_is_none_missed(served: Order, team: Acting, force: Force) -> None:
    note_notification(by=team, order=served.reference, at=NOW)
    with at(NOW + 10 * DAY):
        tick(force=force, at=NOW + 10 * DAY)
    assert kinds(served) == ["order_served"]


@pytest.mark.rule("MON-03")
def test_an_order_that_is_over_is_followed_up_no_more(
    served: Order, system: Acting, team: Acting, force: Force
) -> None:
    tick(force=force, at=NOW)
    with at(NOW + HOUR):
        over = Given(
            discharged_on=NOW.date(), applicant="respondent", reason_text=REASON, consents=("respondent", "chief_officer")
        )  # fmt: skip
        move_order(by=team, order=served.reference, move="discharge", given=over)
        tick(force=force, at=NOW + HOUR)
    assert items() == [("order_served", "withdrawn")]
    assert raise_what_is_told(system, [served.pk], NOW + HOUR) is None
    with pytest.raises(NotNow) as refused:
        raise_trigger(by=team, order=served.reference, trigger=Trigger.TAG_OR_DEVICE_ALERT, at=NOW, words="Tag cut")
    assert refused.value.code == "not_standing_now"


@pytest.mark.rule("MON-03")
def test_anybody_who_works_on_the_order_raises_it_by_hand_and_says_why(
    made: Order, system: Acting, team: Acting, acting_as: Callable[..., Acting], force: Force
) -> None:
    officer = acting_as("victim_officer")
    ref = made.reference

    def by_hand(by: Acting = officer, trigger: Trigger = Trigger.TAG_OR_DEVICE_ALERT, **given: Any) -> OrderTrigger:
        return raise_trigger(
            by=by, order=ref, trigger=trigger, **{"at": NOW - HOUR, "words": "The tag was cut", **given}
        )

    one = by_hand()
    assert by_hand(words=" The tag was cut ") == one
    assert by_hand(words="The strap was cut") != one
    assert raised(made) == [("tag_or_device_alert", NOW, NOW + 4 * HOUR)] * 2
    for code, given in (
        ("raised_by_a_day", {"trigger": Trigger.HEARING_NEAR}),
        ("before_made", {"at": MADE - HOUR}),
        ("ahead", {"at": NOW + HOUR}),
        ("no_words", {"words": "  "}),
    ):
        with pytest.raises(NotNow) as refused:
            by_hand(**given)
        assert refused.value.code == code
    with pytest.raises(NotPermitted):
        by_hand(by=acting_as("response_officer"))
    for code, done_at, words in (
        ("before_trigger", NOW - 2 * HOUR, "Called"),
        ("ahead", NOW + HOUR, "Called"),
        ("no_words", NOW, " "),
    ):
        with pytest.raises(NotNow) as refused:
            record_action(by=team, order=ref, number=one.pk, done_at=done_at, words=words)
        assert refused.value.code == code
    tick(force=force, at=NOW)
    assert items() == [("tag_or_device_alert", "open")] * 2


@pytest.mark.rule("MON-03")
def test_news_of_orders_cases_and_victims_is_about_the_orders_between_them(made: Order, system: Acting) -> None:
    her = str(people_of_records(system, [made.protects.get().record_id])[made.protects.get().record_id].pk)
    for topic, subject in (("orders", made.pk), ("order_triggers", made.pk), ("cases", made.case_id), ("victims", her)):
        assert list(orders_named(system, topic, [str(subject)])) == [str(made.pk)], topic


@pytest.mark.rule("MON-03")
def test_the_number_of_queries_does_not_grow_with_the_orders(system: Acting, team: Acting, tmp_path: Path) -> None:
    orders = [received(team, considered(system, tmp_path, number=number).reference, MADE) for number in (1, 2, 3)]
    numbers = []
    for some in (orders[:1], orders):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            raise_what_is_told(system, [one.pk for one in some], NOW)
            follow_ups_due(system, [str(one.pk) for one in some], NOW)
        numbers.append(len(caught))
    assert numbers[0] == numbers[1]
    assert numbers[0] <= 65
