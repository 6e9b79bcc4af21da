"""Notification clocks: from which day, what stops them, what is left out, and whether a notification was in time."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.clocks.counted_days import Away
from craffu.clocks.london import end_of, instant_of, start_of
from craffu.orders.clocks.notifications import (
    FROM_SERVICE,
    WITH_DUTY,
    Bound,
    Interim,
    Notification,
    OtherDuty,
    annual_notification,
    change_notification,
    initial_notification,
)


def at(text: str) -> datetime:
    return instant_of(datetime.fromisoformat(text))


SERVED = Bound("SPO", made_at=at("2026-11-02T11:00"), served_at=at("2026-11-03T14:20"))
NOT_SERVED = replace(SERVED, served_at=None)
INTERIM = Interim(served=True, notified=True)


def said(answer: Notification) -> str:
    if not answer.applies:
        return str(answer.why)
    assert answer.last_day is not None
    assert answer.ends == end_of(answer.last_day)
    return f"{answer.day1} {answer.last_day}{' ?' if answer.mark == 'not confirmed' else ''}"


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        pytest.param(SERVED, "2026-11-03 2026-11-05", marks=pytest.mark.rule("CLK-03")),
        *(
            pytest.param(replace(SERVED, kind=kind), expected, marks=pytest.mark.rule("CLK-03"))
            for kind, expected in {
                "ISPO": "2026-11-03 2026-11-05",
                "SRO": "2026-11-03 2026-11-05",
                "SHPO": "2026-11-03 2026-11-05",
                "SPO_CONV": "2026-11-03 2026-11-05 ?",
                "SPO_ACQ": "2026-11-03 2026-11-05 ?",
                "NMO": "no_notification_duty",
                "DVPO": "no_notification_duty",
                "CBO": "no_notification_duty",
                "": "no_notification_duty",
            }.items()
        ),
        # K1, K2, K3
        pytest.param(
            replace(SERVED, served_at=at("2026-12-10T09:00")), "2026-12-10 2026-12-12", marks=pytest.mark.rule("CLK-03")
        ),
        pytest.param(replace(SERVED, replaces=INTERIM), "replaces_interim", marks=pytest.mark.rule("CLK-05")),
        pytest.param(
            Bound("DAPO", made_at=at("2026-12-10T09:00"), served_at=at("2026-12-14T09:00")),
            "2026-12-10 2026-12-12",
            marks=pytest.mark.rule("CLK-06"),
        ),
        # what stands before it
        *(
            pytest.param(bound, expected, marks=pytest.mark.rule("CLK-05"))
            for bound, expected in [
                (NOT_SERVED, "not_served"),
                (replace(NOT_SERVED, soa_part_2=OtherDuty()), "not_served"),
                (replace(NOT_SERVED, replaces=INTERIM), "not_served"),
                (replace(SERVED, soa_part_2=OtherDuty()), "subject_to_soa_part2"),
                (replace(SERVED, soa_part_2=OtherDuty(), replaces=INTERIM), "subject_to_soa_part2"),
                (replace(SERVED, soa_part_2=OtherDuty(date(2027, 1, 31))), "2027-01-31 2027-02-02"),
                (replace(SERVED, soa_part_2=OtherDuty(date(2026, 11, 3))), "2026-11-03 2026-11-05"),
                (replace(SERVED, soa_part_2=OtherDuty(date(2026, 11, 4))), "2026-11-04 2026-11-06"),
                (replace(SERVED, soa_part_2=OtherDuty(date(2026, 10, 1))), "2026-11-03 2026-11-05"),
                (replace(SERVED, kind="SRO", soa_part_2=OtherDuty(date(2027, 1, 31))), "2027-01-31 2027-02-02"),
                (replace(SERVED, replaces=Interim(served=False)), "2026-11-03 2026-11-05 ?"),
                (replace(SERVED, under_spa_9=True), "2026-11-03 2026-11-05"),
            ]
        ),
        # under a sexual harm prevention order no second clock follows
        pytest.param(
            replace(SERVED, kind="SHPO", soa_part_2=OtherDuty(date(2027, 1, 31))),
            "subject_to_soa_part2",
            marks=pytest.mark.rule("CLK-03"),
        ),
        pytest.param(
            replace(SERVED, kind="SHPO", soa_part_2=OtherDuty(date(2026, 11, 3))),
            "2026-11-03 2026-11-05",
            marks=pytest.mark.rule("CLK-03"),
        ),
        *(
            pytest.param(bound, expected, marks=pytest.mark.rule("CLK-06"))
            for bound, expected in [
                (replace(NOT_SERVED, kind="DAPO"), "2026-11-02 2026-11-04"),
                (replace(SERVED, kind="DAPO", under_spa_9=True), "subject_to_spa_s9"),
                (replace(SERVED, kind="DAPO", under_spa_9=True, soa_part_2=OtherDuty()), "subject_to_soa_part2"),
                (replace(SERVED, kind="DAPO", soa_part_2=OtherDuty(date(2026, 12, 1))), "2026-12-01 2026-12-03 ?"),
                (replace(SERVED, kind="DAPO", soa_part_2=OtherDuty(date(2026, 11, 1))), "2026-11-02 2026-11-04"),
            ]
        ),
    ],
)
def test_the_first_notification_runs_from_its_day_or_says_why_not(bound: Bound, expected: str) -> None:
    assert said(initial_notification(bound)) == expected


@pytest.mark.rule("CLK-03")
@pytest.mark.parametrize("kind", sorted(WITH_DUTY))
def test_time_away_is_left_out_under_one_kind_of_order_alone(kind: str) -> None:
    away = [Away(date(2026, 11, 1), date(2026, 11, 10))]
    found = initial_notification(replace(SERVED, kind=kind, away=away))
    without = initial_notification(replace(SERVED, kind=kind))
    if kind == "SHPO":
        assert (found.day1, found.last_day) == (date(2026, 11, 11), date(2026, 11, 13))
    else:
        assert (found.day1, found.last_day) == (without.day1, without.last_day)


@pytest.mark.rule("CLK-05")
@pytest.mark.parametrize(("notified", "open_still"), [(True, False), (False, True)])
def test_a_failure_under_the_interim_order_stays_open(*, notified: bool, open_still: bool) -> None:
    found = initial_notification(replace(SERVED, replaces=Interim(notified=notified)))
    assert found.interim_failure_stays_open is open_still
    assert initial_notification(replace(SERVED, replaces=Interim())).interim_failure_stays_open
    assert initial_notification(SERVED).interim_failure_stays_open is None


@pytest.mark.rule("CLK-06")
@pytest.mark.parametrize(
    ("served", "late"), [("2026-11-05T23:59", False), ("2026-11-06T00:00", True), ("2026-11-09T10:00", True)]
)
def test_no_breach_is_presumed_of_an_order_served_after_its_clock_ran_out(served: str, *, late: bool) -> None:
    found = initial_notification(Bound("DAPO", made_at=at("2026-11-03T14:20"), served_at=at(served)))
    assert found.served_late is late
    assert not initial_notification(Bound("DAPO", made_at=at("2026-11-03T14:20"))).served_late
    assert not initial_notification(replace(SERVED, served_at=at(served))).served_late
    with pytest.raises(ValueError, match="made"):
        initial_notification(Bound("DAPO", served_at=at(served)))


STATUS = [
    (None, None, "running"),
    (None, "2026-11-05T23:59:59", "running"),
    (None, "2026-11-06T00:00", "missed"),
    ("2026-11-05T23:59:59", None, "on_time"),
    ("2026-11-05T23:59:59", "2026-12-01T00:00", "on_time"),
    ("2026-11-06T00:00", None, "late"),
    ("2026-11-06T00:00", "2026-11-06T00:00", "late"),
    # what lies ahead has not happened
    ("2026-11-05T12:00", "2026-11-05T11:59", "running"),
    ("2026-11-08T12:00", "2026-11-07T11:59", "missed"),
]


@pytest.mark.rule("CLK-03")
@pytest.mark.rule("CLK-04")
@pytest.mark.rule("CLK-06")
@pytest.mark.parametrize(("notified", "now", "status"), STATUS)
def test_a_notification_is_in_time_to_the_last_second(notified: str | None, now: str | None, status: str) -> None:
    told, seen = (None if text is None else at(text) for text in (notified, now))
    made = Bound("DAPO", made_at=at("2026-11-03T14:20"))
    assert initial_notification(SERVED, notified_at=told, now=seen).status == status
    assert initial_notification(made, notified_at=told, now=seen).status == status
    changed = change_notification("SPO", "home_address", date(2026, 11, 3), notified_at=told, now=seen)
    assert changed.status == status


@pytest.mark.rule("CLK-04")
@pytest.mark.parametrize(
    ("kind", "change", "told"),
    [
        *((kind, change, True) for kind in sorted(WITH_DUTY) for change in ("home_address", "first_use_of_name")),
        *((kind, "no_home_address", False) for kind in sorted(FROM_SERVICE)),
        ("DAPO", "no_home_address", True),
        ("DAPO", "telephone", False),
        ("NMO", "home_address", False),
        ("RO_ACQ", "first_use_of_name", False),
    ],
)
def test_changes_are_notified_where_the_act_names_them(kind: str, change: str, *, told: bool) -> None:
    found = change_notification(kind, change, date(2026, 11, 10))
    assert found.applies is told
    assert said(found) == (f"2026-11-10 2026-11-12{' ?' * kind.startswith('SPO_')}" if told else "no_notification_duty")


@pytest.mark.rule("CLK-04")
@pytest.mark.parametrize(
    ("notified", "early"), [(None, False), ("2026-11-09T23:59:59", True), ("2026-11-10T00:00", False)]
)
def test_a_change_may_be_told_of_before_it_happens(notified: str | None, *, early: bool) -> None:
    told = None if notified is None else at(notified)
    assert change_notification("SRO", "home_address", date(2026, 11, 10), notified_at=told).early is early


@pytest.mark.rule("CLK-04")
@pytest.mark.parametrize("kind", [*sorted(WITH_DUTY), "NMO"])
def test_only_one_kind_is_notified_every_year(kind: str) -> None:
    found = annual_notification(kind, date(2028, 2, 29))
    assert found.applies is (kind == "SHPO")
    assert found.last_day == (date(2029, 2, 28) if kind == "SHPO" else None)
    assert annual_notification("SHPO", date(2026, 11, 24)).last_day == date(2027, 11, 24)


@pytest.mark.rule("CLK-03")
@given(
    st.dates(date(2012, 1, 1), date(2035, 12, 1)),
    st.sampled_from(sorted(FROM_SERVICE)),
    st.none() | st.integers(-40, 40),
    st.lists(st.tuples(st.integers(-5, 20), st.integers(0, 10)), max_size=3),
)
def test_it_never_ends_before_service_nor_on_a_day_left_out(
    served: date, kind: str, other_ended: int | None, away: list[tuple[int, int]]
) -> None:
    out = [Away(served + timedelta(days=first), served + timedelta(days=first + days)) for first, days in away]
    other = None if other_ended is None else OtherDuty(served + timedelta(days=other_ended))
    found = initial_notification(Bound(kind, served_at=start_of(served), soa_part_2=other, away=out))
    if not found.applies:
        assert (kind, found.why) == ("SHPO", "subject_to_soa_part2")
        return
    assert found.day1 is not None
    assert found.last_day is not None
    assert found.day1 >= served
    assert found.last_day >= found.day1 + timedelta(days=2)
    if kind == "SHPO":
        assert not any(one.first <= found.last_day <= one.last for one in out)
    else:
        assert found.last_day == found.day1 + timedelta(days=2)
