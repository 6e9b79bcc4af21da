"""Who is there now, whose cover is nearest, and which shifts count (RES-01, RES-02; MET32)."""

from datetime import date, datetime, timedelta

import pytest
import time_machine as time_travel

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.resourcing.champions.queries import (
    There,
    covered,
    members_on,
    nearest,
    present_at,
    roll_of,
    scheduled,
    stations_of,
)
from craffu.resourcing.champions.rules import Coverage, Why
from craffu.resourcing.staff.kinds import Duty
from tests.factories.staff import (
    HOUR,
    accepted,
    champion,
    holder,
    one_there,
    post,
    said,
    shift,
    stations,
    training,
    turn,
)

pytestmark = [pytest.mark.django_db, pytest.mark.rule("RES-02")]


@pytest.fixture(autouse=True)
def by_day(frozen_clock: time_travel.Traveller) -> None:
    """A shift that began two hours ago began today: at one in the morning it would be of the day before."""


def near(by: Acting, here: str, at: datetime) -> list[tuple[str, float | None, list[tuple[str, There]]]]:
    found = nearest(stations_of(by), here, present_at(by, roll_of(by), at))
    return [
        (one.station, one.kilometres and round(one.kilometres), [(who.staff_ref, who.there) for who in one.present])
        for one in found
    ]


def test_the_nearest_cover_is_said_with_how_sure_it_is(system: Acting, lead: Acting) -> None:
    made = one_there(system, lead)
    tenby, newtown = [("21", There.ON_DUTY)], [("22", There.ROSTERED)]
    assert near(lead, "Carmarthen", made.at) == [("Tenby", 34, tenby), ("Newtown", 100, newtown)]
    assert near(lead, "Tenby", made.at) == [("Tenby", 0.0, tenby), ("Newtown", 133, newtown)]
    assert near(lead, "Nowhere known", made.at) == [("Newtown", None, newtown), ("Tenby", None, tenby)]
    # The turn is over at its end, and not a moment later.
    assert near(lead, "Carmarthen", made.at + 7 * HOUR) == []
    assert near(lead, "Carmarthen", made.at + 7 * HOUR - timedelta(seconds=1))[0][0] == "Tenby"


@pytest.mark.rule("RES-01")
def test_named_alone_untrained_or_lapsed_is_nobody_there(system: Acting, lead: Acting) -> None:
    made = one_there(system, lead)
    roll, today = roll_of(lead), day_of(made.at)
    assert {ref: roll.standing(ref, today).why for ref in roll.named} == {
        "21": None, "22": None, "23": Why.LAPSED, "24": Why.NOT_TRAINED,
    }  # fmt: skip
    assert {one.staff_ref for one in present_at(lead, roll, made.at)} == {"21", "22"}
    training(system, "23", today, lesson="continuing")
    assert {one.staff_ref for one in present_at(lead, roll_of(lead), made.at)} == {"21", "22", "23"}


def test_a_turn_said_anew_counts_as_it_was_said_last(system: Acting, lead: Acting) -> None:
    made = one_there(system, lead)
    begins = made.at - 2 * HOUR
    turn(system, "21", "Tenby", begins, "abstracted")
    assert [one.staff_ref for one in present_at(lead, roll_of(lead), made.at)] == ["22"]
    turn(system, "21", "Tenby", begins, "on_duty", hours=1)
    assert [one.staff_ref for one in present_at(lead, roll_of(lead), made.at)] == ["22"], "it ended an hour ago"
    turn(system, "21", "Tenby", begins, "on_call")
    assert [(one.staff_ref, one.there) for one in present_at(lead, roll_of(lead), made.at)] == [
        ("21", There.ON_CALL),
        ("22", There.ROSTERED),
    ]


def test_met32_counts_who_came_to_shifts_that_were_scheduled(system: Acting, lead: Acting) -> None:
    made = one_there(system, lead)
    today = day_of(made.at)
    yesterday = today - timedelta(days=1)
    shifts = scheduled(lead, roll_of(lead), yesterday, today)
    assert covered(shifts) == Coverage(2, 6)
    by_station = {
        name: covered(one for one in shifts if one.station == name) for name in ("Carmarthen", "Newtown", "Tenby")
    }
    assert by_station == {"Carmarthen": Coverage(0, 2), "Newtown": Coverage(1, 2), "Tenby": Coverage(1, 2)}
    [ours] = [one for one in shifts if one.rostered]
    assert (ours.station, ours.rostered, ours.on_duty) == ("Newtown", frozenset({"22"}), frozenset())
    assert covered(scheduled(lead, roll_of(lead), date(2020, 1, 1), date(2020, 1, 2))) == Coverage(0, 0)


def test_a_shift_called_off_is_none_and_on_call_covers_none(system: Acting, lead: Acting) -> None:
    made = one_there(system, lead)
    today, begins = day_of(made.at), made.at - 2 * HOUR
    shift(system, "Carmarthen", begins, called_off="yes")
    turn(system, "22", "Newtown", begins, "on_call")
    shifts = scheduled(lead, roll_of(lead), today, today)
    assert covered(shifts) == Coverage(1, 2)
    assert [(one.station, one.by_on_call_alone) for one in shifts] == [("Newtown", True), ("Tenby", False)]
    assert shifts[0].champions == {Duty.ON_CALL: frozenset({"22"})}


def test_whoever_is_not_named_that_day_covers_nothing(system: Acting, lead: Acting) -> None:
    made = one_there(system, lead)
    today = day_of(made.at)
    ended = {"staff_ref": "21", "named_on": "2021-01-01", "ended_on": (today - timedelta(days=1)).isoformat()}
    said(system, "champions", [ended], "staff_ref", "named_on")
    assert covered(scheduled(lead, roll_of(lead), today, today)) == Coverage(0, 3)
    assert [one.staff_ref for one in present_at(lead, roll_of(lead), made.at)] == ["22"]
    assert [one.staff_ref for one in members_on(lead, roll_of(lead), today)] == ["24", "23", "22"]


def test_the_directory_says_where_somebody_holds_a_post_that_day(system: Acting, lead: Acting) -> None:
    today = day_of(clock.now())
    accepted(lead)
    stations(system)
    champion(system, "21", "Elen Rhys", trained=today, station="Tenby")
    post(system, "NEXT", role="supervisor", station="Newtown")
    holder(system, "NEXT", "21", "Elen Rhys", today + timedelta(days=5))
    [member] = members_on(lead, roll_of(lead), today)
    assert (member.name, member.role, member.station, member.telephone) == (
        "Elen Rhys", "investigator", "Tenby", "06555 0021",
    )  # fmt: skip
    [later] = members_on(lead, roll_of(lead), today + timedelta(days=5))
    assert (later.role, later.station) == ("supervisor", "Newtown")
    assert "Elen" not in repr(member)
    assert "0021" not in repr(member)


def test_somebody_named_of_whom_no_post_is_known_is_there_by_number(system: Acting, lead: Acting) -> None:
    said(system, "champions", [{"staff_ref": "99", "named_on": "2021-01-01"}], "staff_ref", "named_on")
    [member] = members_on(lead, roll_of(lead), date(2026, 1, 1))
    assert (member.staff_ref, member.name, member.station, member.telephone) == ("99", "", "", "")
