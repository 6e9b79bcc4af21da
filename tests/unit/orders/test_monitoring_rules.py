"""When a condition is checked, how that is said, and what is not asked while a respondent is away (MON-01, MON-02, MON-06)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from craffu.cases.risk.rules import Grade
from craffu.common.refusals import NotNow
from craffu.orders.library.rules import Check, Evidence, shipped
from craffu.orders.monitoring.kinds import Outcome
from craffu.orders.monitoring.measures import OnTime, on_time
from craffu.orders.monitoring.policies import (
    check_can_be_confirmed,
    check_days_of_absence,
    check_is_a_method,
    check_is_in_force,
    check_is_of_the_order,
    check_is_watched,
    check_plan_is_whole,
    check_says_what,
)
from craffu.orders.monitoring.rules import IS_DONE, Part, Proposed, goes_on, interval, lacks, proposed
from craffu.orders.monitoring.schedule import (
    Away,
    Ended,
    Graded,
    Heightened,
    Owned,
    Pace,
    Scheduled,
    Watched,
    paces,
    schedule,
)

HIGH, MEDIUM, STANDARD = Grade.HIGH, Grade.MEDIUM, Grade.STANDARD
EVER = datetime(2026, 1, 1, tzinfo=UTC)
# Served on Monday 2 November 2026 at ten.
SERVED = datetime(2026, 11, 2, 10, tzinfo=UTC)


def nov(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def dec(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=UTC)


def watched(*grades: tuple[datetime, Grade | None], **more: Any) -> Watched:
    graded = [Graded(at, grade) for at, grade in grades]
    paced = paces(graded, more.pop("own", ()), more.pop("heightened", ()))
    return Watched(**{"key": "1", "began": SERVED.date(), "known": SERVED, "paces": paced, **more})


def due_days(one: Watched, now: datetime) -> list[str]:
    return [f"{each.due_on:%d.%m}" for each in schedule(one, now)]


@pytest.mark.rule("MON-01")
@pytest.mark.parametrize(
    ("grade", "own", "heightened", "days"),
    [
        (HIGH, None, False, 7), (MEDIUM, None, False, 14), (STANDARD, None, False, 28), (None, None, False, 7),
        (STANDARD, 5, False, 5), (HIGH, 14, False, 7), (STANDARD, None, True, 3), (STANDARD, 2, True, 2),
    ],
)  # fmt: skip
def test_the_interval_goes_by_the_grade_and_is_only_ever_shortened(
    grade: Grade | None, own: int | None, heightened: bool, days: int
) -> None:
    assert interval(grade, own, is_heightened=heightened) == days


@pytest.mark.rule("MON-01")
@pytest.mark.parametrize(
    ("one", "now", "days"),
    [
        pytest.param(watched((EVER, STANDARD)), nov(3), ["09.11"], id="the first within seven days"),
        pytest.param(watched(), nov(3), ["09.11"], id="nobody assessed it"),
        pytest.param(watched((EVER, STANDARD), done=[nov(5)]), nov(5), ["09.11", "03.12"], id="from the day it was done"),
        pytest.param(watched((EVER, MEDIUM), done=[nov(9), nov(5)]), nov(9), ["09.11", "19.11", "23.11"], id="in order"),
        pytest.param(watched((EVER, HIGH), done=[nov(12)]), nov(30), ["09.11", "19.11"], id="late is late"),
        pytest.param(watched((EVER, HIGH), done=[nov(20)]), nov(12), ["09.11"], id="what lies ahead is not done"),
        pytest.param(watched((EVER, HIGH), done=[nov(1)]), nov(12), ["09.11"], id="nor what was before service"),
        pytest.param(watched((EVER, HIGH), known=nov(15)), nov(16), ["15.11"], id="known late, due when known"),
        pytest.param(
            watched((EVER, STANDARD), own=[Owned(EVER, 5)]), nov(3), ["07.11"], id="its own interval from the first on"
        ),
    ],
)  # fmt: skip
def test_checks_count_from_service_and_then_from_the_day_the_last_was_done(
    one: Watched, now: datetime, days: list[str]
) -> None:
    assert due_days(one, now) == days


@pytest.mark.rule("MON-06")
@pytest.mark.parametrize(
    ("one", "now", "days"),
    [
        pytest.param(watched((EVER, STANDARD), (nov(20), HIGH), done=[nov(3)]), nov(19), ["09.11", "01.12"], id="before"),
        pytest.param(watched((EVER, STANDARD), (nov(20), HIGH), done=[nov(3)]), nov(21), ["09.11", "20.11"], id="raised"),
        pytest.param(
            watched((EVER, STANDARD), (nov(5), HIGH), done=[nov(3)]), nov(6), ["09.11", "10.11"], id="not today yet"
        ),
        pytest.param(watched((EVER, HIGH), (nov(5), STANDARD), done=[nov(3)]), nov(6), ["09.11", "10.11"], id="lowered"),
        pytest.param(
            watched((EVER, STANDARD), (nov(5), HIGH), (nov(6), STANDARD), done=[nov(3)]), nov(9), ["09.11", "10.11"],
            id="raised and lowered again: it is never put back",
        ),
        pytest.param(watched((EVER, HIGH), (nov(5), None), done=[nov(3)]), nov(6), ["09.11", "10.11"], id="lapsed is high"),
        pytest.param(
            watched((EVER, STANDARD), done=[nov(3)], heightened=[Heightened(date(2026, 11, 8), date(2026, 12, 5), nov(8))]),
            nov(9), ["09.11", "08.11"], id="heightened (MON-03), and three days are over",
        ),
        pytest.param(
            watched((EVER, STANDARD), done=[nov(8, 12)], heightened=[Heightened(date(2026, 11, 8), date(2026, 11, 9), nov(8))]),
            nov(20), ["08.11", "11.11"], id="the check kept when the heightened days are over",
        ),
        pytest.param(
            watched(
                (EVER, STANDARD), done=[nov(4), nov(12)], heightened=[Heightened(date(2026, 11, 5), date(2026, 11, 10), nov(7))]
            ),
            nov(12), ["09.11", "07.11", "10.12"], id="never before the day on which it is known",
        ),
    ],
)  # fmt: skip
def test_a_shorter_interval_brings_the_check_forward_and_a_longer_one_keeps_it(
    one: Watched, now: datetime, days: list[str]
) -> None:
    assert due_days(one, now) == days


def away(first: int, last: int, known: int, why: Ended = Ended.CUSTODY) -> Away:
    return Away(date(2026, 11, first), date(2026, 11, last), why, nov(known), nov(known))


@pytest.mark.rule("MON-06")
def test_an_absence_cancels_the_check_and_the_next_is_due_within_seven_days_after_it() -> None:
    one = watched((EVER, STANDARD), away=[away(6, 20, 5), away(18, 22, 18, Ended.HOSPITAL)], done=[nov(8), nov(25)])
    rows = schedule(one, nov(26))
    assert [(row.due_on.day, row.why, row.cancelled_at, row.done_at) for row in rows] == [
        (9, Ended.CUSTODY, nov(6, 0), None), (29, None, None, nov(25)), (23, None, None, None)
    ]  # fmt: skip
    assert rows[0].left_before_due
    assert rows[1].is_in_time
    assert rows[1].is_first
    # Before it begins, and while it lasts.
    assert [row.cancelled_at for row in schedule(one, nov(5))] == [None]
    assert due_days(one, nov(10)) == ["09.11", "27.11"]


@pytest.mark.rule("MON-04")
def test_what_is_known_of_an_absence_after_the_due_day_undoes_no_miss() -> None:
    [missed, then] = schedule(watched((EVER, HIGH), away=[away(6, 20, 12)]), nov(13))
    assert (missed.due_on, missed.cancelled_at, missed.left_before_due) == (date(2026, 11, 9), nov(12), False)
    assert then.due_on == date(2026, 11, 27)
    over = schedule(watched((EVER, HIGH), away=[away(3, 4, 12)]), nov(13))
    assert [row.is_open for row in over] == [True], "what was over when it became known hindered nothing"


@pytest.mark.rule("MON-01")
@pytest.mark.parametrize(
    ("ended_at", "now", "rows"),
    [
        (nov(6), nov(5), [(None, None, None)]),
        (nov(6), nov(20), [(nov(6), Ended.ORDER_OVER, True)]),
        (nov(10, 0), nov(20), [(nov(10, 0), Ended.ORDER_OVER, False)]),
        (nov(1), nov(20), []),
    ],
)  # fmt: skip
def test_nothing_is_checked_of_what_is_over(ended_at: datetime, now: datetime, rows: list[Any]) -> None:
    found = schedule(watched((EVER, HIGH), ended_at=ended_at), now)
    assert [
        (one.cancelled_at, one.why, one.left_before_due if one.cancelled_at else None) for one in found
    ] == rows  # fmt: skip


@pytest.mark.rule("MON-01")
def test_a_check_is_due_all_day_by_the_clock_of_london() -> None:
    [one] = schedule(
        watched((EVER, HIGH), began=date(2026, 10, 18), known=datetime(2026, 10, 18, 9, tzinfo=UTC)), nov(1)
    )
    # The clocks went back that night: the day had 25 hours.
    assert (one.due_on, one.overdue_from) == (date(2026, 10, 25), datetime(2026, 10, 26, tzinfo=UTC))
    made = [Scheduled(key="", since=EVER, due_on=date(2026, 11, 9), pace=Pace(EVER, 7), done_at=at)
            for at in (nov(9, 23, 59), nov(10, 0))]  # fmt: skip
    assert [each.is_in_time for each in made] == [True, False]


@pytest.mark.rule("MON-02")
@pytest.mark.parametrize(
    ("said", "cannot", "missing"),
    [
        ({}, "", list(Part)),
        (dict.fromkeys(Part, "x"), "", []),
        ({Part.METHOD: "visit", Part.EVIDENCE: " "}, "", [Part.EVIDENCE, Part.TOLERANCE, Part.INTERVAL]),
        ({}, "Only the victim can tell", []),
        ({}, "  ", list(Part)),
    ],
)
def test_a_plan_is_whole_or_says_why_nothing_can_be_checked(
    said: dict[Part, str], cannot: str, missing: list[Part]
) -> None:
    assert lacks(said, cannot) == missing


@pytest.mark.rule("MON-02")
@pytest.mark.parametrize(
    ("type_", "named", "wanted"),
    [
        ("no_surveillance", "no-tracking:3", Proposed((Check.DEVICE_CHECK, Check.ASK_VICTIM), Evidence.DEVICE_REPORT)),
        ("curfew", "", Proposed((Check.VISIT, Check.TAG_ALERTS), Evidence.VISIT_RECORD)),
        ("bespoke", "", Proposed()),
    ],
)
def test_the_library_proposes_how_a_condition_is_checked(type_: str, named: str, wanted: Proposed) -> None:
    assert proposed(type_, named, shipped()) == wanted


@pytest.mark.rule("MON-06")
@pytest.mark.parametrize(
    ("type_", "methods", "wanted"),
    [
        ("no_contact_direct", ["visit"], True), ("no_contact_indirect", [], True),
        ("curfew", ["visit", "tag_alerts"], False), ("curfew", [], False),
        ("exclusion_zone", ["patrol", "ask_victim"], True), ("no_online_reference", ["online_search"], True),
    ],
)  # fmt: skip
def test_while_they_are_away_goes_on_what_can(type_: str, methods: list[str], wanted: bool) -> None:
    assert goes_on(type_, methods) is wanted


@pytest.mark.rule("MON-04")
def test_only_what_says_whether_the_condition_is_kept_is_done() -> None:
    assert {Outcome.DONE, Outcome.CONCERN} == IS_DONE


def row(due_on: date, **how: Any) -> Scheduled:
    return Scheduled(key="", since=EVER, due_on=due_on, pace=Pace(EVER, 7), **how)


def test_MET14_counts_the_checks_of_a_period_made_by_their_day() -> None:
    day = date(2026, 11, 9)
    rows = [
        row(day, done_at=nov(9, 23)), row(day, done_at=nov(10, 0)), row(day), row(date(2026, 11, 30)),
        row(day, cancelled_at=nov(8), why=Ended.CUSTODY), row(day, cancelled_at=nov(12), why=Ended.ORDER_OVER),
        row(date(2026, 11, 1), done_at=nov(1)), row(date(2026, 12, 1), done_at=nov(20)), row(date(2026, 10, 31)),
    ]  # fmt: skip
    assert on_time(rows, date(2026, 11, 1), date(2026, 12, 1), nov(20)) == OnTime(2, 5, 1, 1)
    assert on_time([], date(2026, 11, 1), date(2026, 12, 1), nov(20)) == OnTime(0, 0, 0, 0)


@pytest.mark.parametrize(
    ("check", "given", "more", "code"),
    [
        (check_is_watched, (), {"is_live": False}, "not_watched"),
        (check_is_in_force, (None, nov(5)), {}, "not_in_force"),
        (check_is_in_force, (nov(6), nov(5)), {}, "before_in_force"),
        (check_plan_is_whole, ([Part.METHOD, Part.EVIDENCE],), {"interval": None, "longest": 28}, "no_method"),
        (check_plan_is_whole, ([Part.EVIDENCE],), {"interval": None, "longest": 28}, "no_evidence"),
        (check_plan_is_whole, ([],), {"interval": 29, "longest": 28}, "interval_range"),
        (check_plan_is_whole, ([],), {"interval": 0, "longest": 28}, "interval_range"),
        (check_can_be_confirmed, ([],), {}, "nothing_proposed"),
        (check_is_of_the_order, ([], [1]), {}, "no_condition"),
        (check_is_of_the_order, ([1, 2], [1]), {}, "no_condition"),
        (check_is_a_method, ("telepathy",), {}, "no_method"),
        (check_says_what, (Outcome.REFUSED, " "), {}, "outcome_not_said"),
        (check_days_of_absence, (date(2026, 11, 5), date(2026, 11, 4)), {}, "ends_before"),
    ],
)
@pytest.mark.rule("MON-02")
def test_what_cannot_be_recorded_is_refused_with_its_reason(
    check: Any, given: tuple[Any, ...], more: dict[str, Any], code: str
) -> None:
    with pytest.raises(NotNow) as refused:
        check(*given, **more)
    assert refused.value.code == code


@pytest.mark.rule("MON-02")
def test_what_can_be_recorded_is_not_refused() -> None:
    check_is_watched(is_live=True)
    check_is_in_force(nov(5), nov(5))
    for days in (None, 1, 28):
        check_plan_is_whole([], interval=days, longest=28)
    check_can_be_confirmed([1])
    check_is_of_the_order([1], [1, 2])
    check_is_a_method("visit")
    check_says_what(Outcome.DONE, "")
    check_says_what(Outcome.CONCERN, "A new telephone")
    check_days_of_absence(date(2026, 11, 5), date(2026, 11, 5))
