"""Hearings, lodging, interim orders and service (ORD-07, ORD-10, ORD-11)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from craffu.orders.hearings.rules import (
    HearingResult,
    HearingWatch,
    LodgeBy,
    WhyNoInterim,
    hearing_watch,
    lacks,
    lodge_by,
    why_no_interim,
)
from craffu.orders.serving.rules import (
    Method,
    PlaceType,
    Recorded,
    Served,
    ServedBeforeMade,
    owes_copy_to_station,
    service_clock,
    why_not_served,
)

DAY = timedelta(days=1)
ADJOURNED = date(2026, 12, 1)


@pytest.mark.rule("ORD-10")
@pytest.mark.parametrize(
    ("today", "next_on", "alert"),
    [
        (ADJOURNED, None, False),
        (ADJOURNED + 13 * DAY, None, False),
        (ADJOURNED + 14 * DAY, None, True),
        (ADJOURNED + 40 * DAY, None, True),
        (ADJOURNED + 40 * DAY, ADJOURNED + 50 * DAY, False),
    ],
)
def test_no_next_date_is_an_alert_after_a_fortnight(today: date, next_on: date | None, alert: bool) -> None:
    assert hearing_watch(ADJOURNED, today, next_on) == HearingWatch(ADJOURNED + 14 * DAY, alert)


@pytest.mark.rule("ORD-10")
@pytest.mark.parametrize(
    ("today", "lodged", "late"),
    [(28, None, False), (29, None, True), (40, 28, False), (40, 29, True), (0, None, False)],
)
def test_an_application_is_lodged_within_twenty_eight_days(today: int, lodged: int | None, late: bool) -> None:
    on = None if lodged is None else ADJOURNED + lodged * DAY
    assert lodge_by(ADJOURNED, ADJOURNED + today * DAY, on) == LodgeBy(ADJOURNED + 28 * DAY, late)


@pytest.mark.rule("ORD-10")
def test_every_hearing_ends_in_a_recorded_result() -> None:
    assert " ".join(HearingResult) == "granted refused withdrawn adjourned_to_a_date adjourned_no_date"
    for result in HearingResult:
        lacking = {"refused": ["reason"], "adjourned_to_a_date": ["next_hearing_on"]}.get(result, [])
        assert lacks(result) == lacks(result, reason=" ") == lacking
        assert lacks(result, reason="Not proved", next_hearing_on=ADJOURNED) == []
    assert lacks("perhaps", reason="x", next_hearing_on=ADJOURNED) == ["result"]


@pytest.mark.rule("ORD-07")
@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, None),
        ({"interim_lodged_on": ADJOURNED + DAY}, None),
        ({"interim_lodged_on": ADJOURNED - DAY}, WhyNoInterim.BEFORE_MAIN),
        ({"main_lodged_on": None}, WhyNoInterim.MAIN_NOT_LODGED),
        ({"has_interim_form": False}, WhyNoInterim.NO_INTERIM_FORM),
        ({"main_determined_on": ADJOURNED}, None),
        ({"main_determined_on": ADJOURNED, "interim_lodged_on": ADJOURNED + DAY}, WhyNoInterim.DETERMINED),
    ],
)
def test_an_interim_order_is_sought_with_or_after_the_main_application(
    changed: dict[str, Any], why: WhyNoInterim | None
) -> None:
    whole = {
        "has_interim_form": True,
        "main_lodged_on": ADJOURNED,
        "main_determined_on": None,
        "interim_lodged_on": ADJOURNED,
    }
    assert why_no_interim(**whole | changed) == why


MADE = datetime(2026, 11, 10, 15, tzinfo=UTC)
MADE_ON = date(2026, 11, 10)


@pytest.mark.rule("ORD-11")
@pytest.mark.parametrize(
    ("served", "today", "answer"),
    [
        (MADE, 0, Served(0, True, False)),
        (datetime(2026, 11, 11, 23, 59, tzinfo=UTC), 9, Served(1, True, False)),
        (datetime(2026, 11, 12, tzinfo=UTC), 9, Served(2, False, False)),
        (datetime(2026, 11, 20, tzinfo=UTC), 10, Served(10, False, False)),
        (None, 0, Served(0, True, False)),
        (None, 1, Served(1, True, False)),
        (None, 2, Served(2, False, False)),
        (None, 3, Served(3, False, False)),
        (None, 4, Served(4, False, True)),
    ],
)
def test_an_order_is_served_by_the_end_of_the_next_day_and_chased_after_three(
    served: datetime | None, today: int, answer: Served
) -> None:
    assert service_clock(MADE, served, MADE_ON + today * DAY) == answer


@pytest.mark.rule("ORD-11")
def test_days_are_londons_and_nothing_is_served_before_it_is_made() -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert service_clock(late, late, date(2026, 7, 2)).days == 0
    assert service_clock(late, None, date(2026, 7, 3)).days == 1
    with pytest.raises(ServedBeforeMade) as refused:
        service_clock(MADE, MADE - timedelta(seconds=1), MADE_ON)
    assert refused.value.code == "served_before_made"


WHOLE = {
    "kind": "SPO", "at": MADE, "place_type": "home", "method": "personal", "by": "u4", "proof": "bwv-1", "pack_scanned": True,
}  # fmt: skip


@pytest.mark.rule("ORD-11")
@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, []),
        ({"at": None}, ["missing:at"]),
        ({"place_type": "12 High Street"}, ["missing:place_type"]),
        ({"method": "pigeon"}, ["missing:method"]),
        ({"by": " "}, ["missing:by"]),
        ({"proof": ""}, ["missing:proof"]),
        ({"at": MADE - timedelta(seconds=1)}, ["served_before_made"]),
        ({"method": "post"}, ["needs_court_direction"]),
        ({"method": "post", "court_directed_method": True}, []),
        ({"served_by_applicant": True}, []),
        ({"kind": "NMO", "served_by_applicant": True}, ["served_by_applicant"]),
        ({"kind": "OCC", "served_by_applicant": True}, ["served_by_applicant"]),
        ({"kind": "NMO"}, []),
        ({"pack_scanned": False}, ["pack_not_scanned"]),
        (
            {"at": None, "place_type": "", "method": "", "by": "", "proof": "", "pack_scanned": False},
            ["missing:at", "missing:place_type", "missing:method", "missing:by", "missing:proof", "pack_not_scanned"],
        ),
    ],
)
def test_a_service_says_what_stands_in_its_way(changed: dict[str, Any], why: list[str]) -> None:
    assert why_not_served(Recorded(**WHOLE | changed), MADE) == why


@pytest.mark.rule("ORD-11")
def test_every_method_but_in_person_needs_the_courts_direction() -> None:
    for method in Method:
        expected = [] if method == "personal" else ["needs_court_direction"]
        assert why_not_served(Recorded(**WHOLE | {"method": method})) == expected
    assert all(why_not_served(Recorded(**WHOLE | {"place_type": place})) == [] for place in PlaceType)
    assert why_not_served(Recorded("SPO"))[0] == "missing:at"


@pytest.mark.rule("ORD-11")
@pytest.mark.parametrize(("kind", "arrest", "owes"), [
    ("NMO", True, True), ("NMO", False, True), ("OCC", True, True), ("OCC", False, False), ("SPO", True, False),
])  # fmt: skip
def test_a_copy_goes_to_a_police_station(kind: str, arrest: bool, owes: bool) -> None:
    assert owes_copy_to_station(kind, power_of_arrest=arrest) is owes
