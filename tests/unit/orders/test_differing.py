"""Which condition of one version is which of another, and which clocks run for one order."""

from datetime import UTC, date, datetime, timedelta

import pytest

from craffu.clocks.counted_days import Away
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.clocks.hearings import Came, Heard
from craffu.orders.clocks.notifications import Bound, Interim, OtherDuty, initial_notification
from craffu.orders.clocks.of_order import (
    Answered,
    Began,
    State,
    clocks_of,
    is_unmet,
    notice_hearing,
    notification_if_served,
)
from craffu.orders.effect.rules import Happened
from craffu.orders.terms.differing import How, Worded, pairs

CONTACT = Worded(1, "no_contact_direct", "Not to contact A.")
SCHOOL = Worded(2, "exclusion_zone", "Not to go to the school.")
PARK = Worded(3, "exclusion_zone", "Not to go to the park.")
CURFEW = Worded(3, "curfew", "At home from 21:00.")


@pytest.mark.rule("ORD-15")
@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ([CONTACT, SCHOOL], [CONTACT, SCHOOL], [How.SAME, How.SAME]),
        ([CONTACT, SCHOOL], [SCHOOL, CONTACT], [How.SAME, How.SAME]),
        ([CONTACT, SCHOOL], [CONTACT], [How.SAME, How.REMOVED]),
        ([CONTACT], [CONTACT, CURFEW], [How.SAME, How.ADDED]),
        ([CONTACT, SCHOOL], [CONTACT, PARK], [How.SAME, How.CHANGED]),
        # The words that stayed are found before those of their type are taken in order.
        ([SCHOOL, PARK], [PARK], [How.SAME, How.REMOVED]),
        ([SCHOOL], [CURFEW], [How.ADDED, How.REMOVED]),
        ([CONTACT, CONTACT], [CONTACT], [How.SAME, How.REMOVED]),
        ([], [CONTACT], [How.ADDED]),
    ],
)
def test_each_condition_of_either_version_stands_once(
    before: list[Worded], after: list[Worded], wanted: list[How]
) -> None:
    found = pairs(before, after)
    assert [pair.how for pair in found] == wanted
    assert [pair.after for pair in found if pair.after] == after
    assert sorted(id(pair.before) for pair in found if pair.before) == sorted(id(one) for one in before)


@pytest.mark.rule("ORD-15")
@pytest.mark.parametrize(
    "change",
    [
        {"words_cy": "Peidio â chysylltu ag A."},
        {"last_day": date(2027, 1, 1)},
        {"first_day": date(2027, 1, 1)},
        {"supervisor": "B"},
    ],
)
def test_a_condition_is_changed_by_its_welsh_its_days_or_its_supervisor(change: dict[str, object]) -> None:
    later = Worded(9, CONTACT.type, CONTACT.words, **change)  # type: ignore[arg-type]
    assert [pair.how for pair in pairs([CONTACT], [later])] == [How.CHANGED]


MADE = datetime(2026, 11, 20, 11, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SERVED = datetime(2026, 11, 24, 10, tzinfo=UTC)


def names(kind: str, order: Happened, *, is_interim: bool = False, is_indefinite: bool = False) -> list[str]:
    found = clocks_of(kind_of(kind), order, Answered(), is_interim=is_interim, is_indefinite=is_indefinite, now=NOW)
    return [one.name for one in found]


TO_SERVE = ["serve-order", "unserved-alert"]


@pytest.mark.rule("CLK-03")
@pytest.mark.rule("CLK-06")
@pytest.mark.rule("ORD-16")
@pytest.mark.parametrize(
    ("kind", "order", "wanted"),
    [
        ("SPO", Happened(None), []),
        ("SPO", Happened(MADE, ended_at=NOW), []),
        ("SPO", Happened(MADE), [*TO_SERVE, "spo-discharge-lock", "spo-appeal-watch"]),
        (
            "SPO",
            Happened(MADE, served_at=SERVED),
            [*TO_SERVE, "spo-discharge-lock", "spo-appeal-watch", "spo-initial-notification", "order-terms-to-victim"],
        ),
        ("DAPO", Happened(MADE), [*TO_SERVE, "dapo-initial-notification"]),
        ("DVPN", Happened(MADE, served_at=SERVED), [*TO_SERVE, "dvpn-hearing", "order-terms-to-victim"]),
        ("RO_CONV", Happened(MADE), TO_SERVE),
        ("BAIL", Happened(MADE), []),
    ],
)
def test_what_happened_starts_the_clocks_of_the_kind(kind: str, order: Happened, wanted: list[str]) -> None:
    assert names(kind, order) == wanted


@pytest.mark.rule("ORD-16")
def test_an_interim_order_is_not_locked() -> None:
    assert names("SHPO", Happened(MADE), is_interim=True) == TO_SERVE
    assert names("SHPO", Happened(MADE)) == [*TO_SERVE, "shpo-discharge-lock"]


@pytest.mark.rule("CLK-12")
def test_an_end_is_watched_and_so_is_an_order_without_one() -> None:
    until = Happened(MADE, last_day=date(2028, 11, 19))
    assert names("RO_CONV", until) == [*TO_SERVE, *["expiry-watch"] * 3]
    assert names("RO_CONV", Happened(MADE), is_indefinite=True) == [*TO_SERVE, "expiry-watch"]


@pytest.mark.rule("ORD-11")
@pytest.mark.parametrize(
    ("served", "now", "state", "unmet"),
    [
        (None, MADE, State.RUNS, False),
        (None, NOW, State.OVER, True),
        (MADE + timedelta(hours=2), NOW, State.KEPT, False),
        (SERVED, NOW, State.LATE, False),
    ],
)
def test_an_order_unserved_past_its_day_is_unmet(
    served: datetime | None, now: datetime, state: State, unmet: bool
) -> None:
    order = Happened(MADE, served_at=served)
    first = clocks_of(kind_of("SPO"), order, Answered(), is_interim=False, is_indefinite=False, now=now)[0]
    assert (first.name, first.state, is_unmet(first)) == ("serve-order", state, unmet)


SERVED_SOON = Happened(MADE, served_at=MADE)


@pytest.mark.rule("CLK-03")
@pytest.mark.rule("VIC-06")
@pytest.mark.parametrize("clock", ["spo-initial-notification", "order-terms-to-victim"])
@pytest.mark.parametrize(
    ("done", "now", "state", "unmet"),
    [
        (None, MADE, State.RUNS, False),
        (None, NOW, State.OVER, True),
        (MADE + timedelta(hours=2), NOW, State.KEPT, False),
        (NOW, NOW, State.LATE, False),
    ],
)
def test_what_was_to_be_done_after_service_is_kept_late_or_unmet(
    clock: str, done: datetime | None, now: datetime, state: State, unmet: bool
) -> None:
    answered = Answered(notified_at=done, has_terms_at=done)
    running = clocks_of(kind_of("SPO"), SERVED_SOON, answered, is_interim=False, is_indefinite=False, now=now)
    (found,) = [one for one in running if one.name == clock]
    assert (found.state, is_unmet(found)) == (state, unmet)


LAST_MOMENT = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.rule("CLK-06")
@pytest.mark.parametrize("done", [None, NOW])
@pytest.mark.parametrize(
    ("kind", "served", "aware", "now", "presumes_nothing"),
    [
        ("DAPO", LAST_MOMENT - timedelta(minutes=1), None, NOW, False),
        ("DAPO", LAST_MOMENT, None, NOW, True),
        ("DAPO", LAST_MOMENT, MADE, NOW, False),
        ("DAPO", None, LAST_MOMENT, NOW, True),
        ("DAPO", None, None, NOW, True),
        ("DAPO", None, None, LAST_MOMENT - timedelta(minutes=1), False),
        ("SPO", LAST_MOMENT, None, NOW, False),
    ],
)
def test_a_time_that_ran_out_before_the_respondent_was_bound_presumes_nothing(
    kind: str,
    served: datetime | None,
    aware: datetime | None,
    now: datetime,
    presumes_nothing: bool,
    done: datetime | None,
) -> None:
    order = Happened(MADE, served_at=served, aware_at=aware)
    running = clocks_of(
        kind_of(kind), order, Answered(notified_at=done), is_interim=False, is_indefinite=False, now=now
    )
    (found,) = [one for one in running if one.name.endswith("-initial-notification")]
    assert (found.presumes_nothing, found.done_at) == (presumes_nothing, done)
    if kind == "DAPO":
        assert is_unmet(found) is (done is None and now == NOW and not presumes_nothing)


@pytest.mark.rule("CLK-05")
@pytest.mark.parametrize(
    ("bound", "wanted"),
    [
        (Bound("SPO", MADE, MADE), [(Began.SERVED, True)]),
        (Bound("SPO", MADE, MADE, replaces=Interim()), []),
        (Bound("SPO", MADE, MADE, soa_part_2=OtherDuty()), []),
        (Bound("SPO", MADE, MADE, soa_part_2=OtherDuty(date(2026, 11, 23))), [(Began.DUTY_ENDED, False)]),
    ],
)
def test_a_first_notification_that_is_not_asked_for_is_not_unmet(
    bound: Bound, wanted: list[tuple[Began, bool]]
) -> None:
    answered = Answered(initial_notification(bound))
    running = clocks_of(kind_of("SPO"), SERVED_SOON, answered, is_interim=False, is_indefinite=False, now=NOW)
    found = [(one.began, is_unmet(one)) for one in running if one.name == "spo-initial-notification"]
    assert found == wanted


@pytest.mark.rule("VIC-06")
def test_an_order_that_protects_nobody_asks_to_give_its_terms_to_none() -> None:
    answered = Answered(protects_nobody=True)
    running = clocks_of(kind_of("NMO"), SERVED_SOON, answered, is_interim=False, is_indefinite=False, now=NOW)
    assert [one.name for one in running] == TO_SERVE


@pytest.mark.rule("CLK-14")
def test_the_states_of_a_lock_and_of_a_watch() -> None:
    found = {
        one.name: one
        for one in clocks_of(kind_of("SPO"), Happened(MADE), Answered(), is_interim=False, is_indefinite=False, now=NOW)
    }
    assert found["spo-discharge-lock"].state == State.LOCKED
    assert found["spo-appeal-watch"].state == State.AHEAD
    assert found["spo-appeal-watch"].step.mark
    later = MADE + timedelta(days=800)
    after = clocks_of(kind_of("SPO"), Happened(MADE), Answered(), is_interim=False, is_indefinite=False, now=later)
    assert {one.name: one.state for one in after}["spo-discharge-lock"] == State.OVER
    assert {one.name: one.state for one in after}["spo-appeal-watch"] == State.REACHED


@pytest.mark.rule("CLK-03")
@pytest.mark.parametrize(
    ("kind", "last"),
    [("SPO", date(2026, 11, 26)), ("ISPO", date(2026, 11, 26)), ("DAPO", None), ("NMO", None), ("DVPN", None)],
)
def test_what_service_would_start_is_said_before_it_is_recorded(kind: str, last: date | None) -> None:
    step = notification_if_served(kind_of(kind), SERVED)
    assert (step.last_day if step else None) == last


@pytest.mark.rule("CLK-03")
@pytest.mark.parametrize(
    ("kind", "first", "last_day", "left_out"),
    [
        ("SHPO", date(2026, 11, 21), date(2026, 11, 30), 4),
        ("SHPO", date(2026, 11, 25), date(2026, 12, 3), 7),
        ("SHPO", date(2026, 11, 27), date(2026, 11, 26), 0),
        ("SPO", date(2026, 11, 21), date(2026, 11, 26), 0),
    ],
)
def test_days_that_the_first_notification_leaves_out_put_its_end_back(
    kind: str, first: date, last_day: date, left_out: int
) -> None:
    """The clock is begun by service all the same, and says which days did not count."""
    away = [Away(first, first + timedelta(days=6))]
    notification = initial_notification(Bound(kind, MADE, SERVED, away=away))
    answered = Answered(notification, away=away)
    order = Happened(MADE, served_at=SERVED)
    running = clocks_of(kind_of(kind), order, answered, is_interim=False, is_indefinite=False, now=NOW)
    (found,) = [one for one in running if one.name.endswith("-initial-notification")]
    assert (found.began, found.step.last_day, len(found.step.excluded)) == (Began.SERVED, last_day, left_out)
    assert notification.last_day == last_day
    step = notification_if_served(kind_of(kind), SERVED, away)
    assert step is not None
    assert step.last_day == last_day


HEARD_BY = datetime(2026, 11, 26, 10, tzinfo=UTC)
# Given on a Sunday, the hours end as a day does.
SUNDAY = datetime(2026, 11, 22, 15, tzinfo=UTC)


@pytest.mark.rule("CLK-07")
@pytest.mark.parametrize(
    ("kind", "order", "heard", "now", "state", "unmet"),
    [
        ("DVPN", Happened(MADE, served_at=SERVED), None, HEARD_BY - timedelta(minutes=1), State.RUNS, False),
        ("DVPN", Happened(MADE, served_at=SERVED), None, HEARD_BY, State.OVER, True),
        ("DVPN", Happened(MADE, served_at=SERVED), Heard(date(2026, 11, 25), Came.ADJOURNED), HEARD_BY, State.KEPT, False),
        ("DVPN", Happened(MADE, served_at=SERVED), Heard(date(2026, 11, 26), Came.ADJOURNED), HEARD_BY, State.HEARD, False),
        ("DVPN", Happened(MADE, served_at=SERVED), Heard(date(2026, 11, 26), Came.MADE, HEARD_BY - timedelta(minutes=1)),
         HEARD_BY, State.KEPT, False),
        ("DVPN", Happened(MADE, served_at=SERVED), Heard(date(2026, 11, 26), Came.MADE, HEARD_BY), HEARD_BY, State.HEARD,
         False),
        ("DVPN", Happened(MADE, served_at=SERVED), Heard(date(2026, 11, 27), Came.REFUSED), HEARD_BY, State.LATE, False),
        ("DAPN", Happened(SUNDAY), Heard(date(2026, 11, 24), Came.ADJOURNED), HEARD_BY, State.KEPT, False),
        ("DAPN", Happened(SUNDAY), Heard(date(2026, 11, 25), Came.ADJOURNED), HEARD_BY, State.LATE, False),
    ],
)  # fmt: skip
def test_a_hearing_after_a_notice_is_kept_late_or_not_recorded_and_a_day_alone_says_no_hour(
    kind: str, order: Happened, heard: Heard | None, now: datetime, state: State, unmet: bool
) -> None:
    running = clocks_of(kind_of(kind), order, Answered(heard=heard), is_interim=False, is_indefinite=False, now=now)
    (found,) = [one for one in running if one.name.endswith("-hearing")]
    assert (found.state, is_unmet(found), found.heard) == (state, unmet, heard)


@pytest.mark.rule("CLK-07")
@pytest.mark.parametrize(
    ("kind", "order", "clock"),
    [
        ("DVPN", Happened(MADE, served_at=SERVED), "dvpn-hearing"),
        ("DVPN", Happened(MADE), None),
        ("DAPN", Happened(MADE), "dapn-hearing"),
        ("SPO", Happened(MADE, served_at=SERVED), None),
        ("NMO", Happened(MADE, served_at=SERVED), None),
    ],
)
def test_by_when_somebody_is_heard_is_the_clock_of_a_notice_alone(
    kind: str, order: Happened, clock: str | None
) -> None:
    running = clocks_of(kind_of(kind), order, Answered(), is_interim=False, is_indefinite=False, now=NOW)
    steps = {one.name: one.step for one in running}
    assert notice_hearing(kind_of(kind), order) == (steps[clock] if clock else None)


@pytest.mark.rule("CLK-07")
@pytest.mark.rule("ORD-11")
@pytest.mark.parametrize(
    ("ended", "heard", "state", "unmet"),
    [
        (HEARD_BY - timedelta(minutes=1), None, State.STOPPED, False),
        (HEARD_BY, None, State.OVER, True),
        (HEARD_BY - timedelta(hours=1), Heard(date(2026, 11, 25), Came.MADE), State.KEPT, False),
        (HEARD_BY + timedelta(days=2), Heard(date(2026, 11, 27), Came.REFUSED), State.LATE, False),
    ],
)
def test_the_clocks_of_a_notice_that_has_ended_stand_as_they_ended_and_none_of_them_runs(
    ended: datetime, heard: Heard | None, state: State, unmet: bool
) -> None:
    notice = Happened(MADE, served_at=SERVED, last_day=date(2027, 6, 1), ended_at=ended)
    answered = Answered(heard=heard)
    for later in (timedelta(), timedelta(days=400)):
        found = clocks_of(kind_of("DVPN"), notice, answered, is_interim=False, is_indefinite=False, now=ended + later)
        hearing = next(one for one in found if one.name == "dvpn-hearing")
        assert (hearing.state, is_unmet(hearing), hearing.heard) == (state, unmet, heard)
        served = next(one for one in found if one.name == "serve-order")
        assert (served.state, served.done_at) == (State.LATE, SERVED)
        assert not {one.state for one in found} & {State.RUNS, State.AHEAD, State.LOCKED}
        watches = {one.state for one in found if one.name == "expiry-watch"}
        assert watches == {State.STOPPED}, "what lay ahead when it ended was never reached"


@pytest.mark.rule("CLK-07")
def test_a_question_about_before_its_end_shows_no_clock_as_it_ended_later() -> None:
    notice = Happened(MADE, ended_at=NOW + timedelta(days=30))
    first = clocks_of(kind_of("DVPN"), notice, Answered(), is_interim=False, is_indefinite=False, now=MADE)[0]
    assert (first.name, first.state, is_unmet(first)) == ("serve-order", State.STOPPED, False)
