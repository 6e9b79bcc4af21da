"""What nobody tells somebody whom an order protects, unless whoever manages it sees to it (VIC-05, VIC-06)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from craffu.clocks.london import end_of
from craffu.orders.telling.untold import Event, Named, Said, named_times, untold
from craffu.victims.of_orders.facts import LookedAfter

pytestmark = pytest.mark.rule("VIC-05")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# A Tuesday in winter.
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MADE = Event("move-2", NOON - HOUR, NOON, is_critical=False)
SERVED = Event("move-3", NOON + DAY, NOON + DAY, is_critical=True)
EVER = Named(NOON - DAY)
NOBODY = LookedAfter()
# A victim in a case since before the order, who has agreed nothing; and one who has.
VICTIM = LookedAfter(NOON - 9 * DAY)
AGREED = LookedAfter(NOON - 9 * DAY, NOON - 5 * DAY, NOON - 5 * DAY)


def keys(*events: Event, after: LookedAfter = NOBODY, named: Named = EVER) -> list[str]:
    return [one.key for one in untold(7, [named], events, after, [])]


def test_somebody_who_is_a_victim_in_no_case_is_told_of_each_thing_in_its_own_time() -> None:
    made, served = untold(7, [EVER], [MADE, SERVED], NOBODY, [])
    assert (made.key, made.raised_at, made.due_at) == ("untold-7-move-2", NOON, end_of(date(2026, 11, 25)))
    assert (served.key, served.raised_at, served.due_at) == ("untold-7-move-3", NOON + DAY, NOON + DAY + HOUR)
    assert {one.done_at for one in (made, served)} == {None}


@pytest.mark.parametrize(
    ("after", "wanted"),
    [
        (NOBODY, ["untold-7-move-2", "untold-7-move-3"]),
        (VICTIM, ["untold-7-move-2"]),
        (AGREED, []),
        (LookedAfter(None, NOON - 5 * DAY, NOON - 5 * DAY), ["untold-7-move-2", "untold-7-move-3"]),
        # Agreed since, on a later day: what went before is owed by nobody.
        (LookedAfter(NOON - 9 * DAY, NOON, NOON - 5 * DAY), ["untold-7-move-2"]),
    ],
)
def test_what_whoever_looks_after_a_victim_owes_is_no_work_more(after: LookedAfter, wanted: list[str]) -> None:
    """What safety hangs on is owed to every victim in a case; of the rest nothing before the first agreement or refusal."""
    assert keys(MADE, SERVED, after=after) == wanted


def test_work_follows_whoever_becomes_a_victim_and_agrees() -> None:
    later = LookedAfter(NOON + 2 * DAY)
    made, served = untold(7, [EVER], [MADE, SERVED], later, [])
    assert (served.done_at, served.is_done, made.done_at) == (NOON + 2 * DAY, False, None)
    backdated = replace(later, owed_since=NOON - 3 * DAY, owed_known=NOON + 3 * DAY)
    made, _served = untold(7, [EVER], [MADE, SERVED], backdated, [])
    assert (made.done_at, made.is_done) == (NOON + 3 * DAY, False)


@pytest.mark.parametrize(
    ("said", "done_at"),
    [
        ([], None),
        ([Said(NOON + 2 * HOUR, NOON + 3 * HOUR)], NOON + 3 * HOUR),
        ([Said(NOON - HOUR, NOON + HOUR)], NOON + HOUR),
        ([Said(NOON - 2 * HOUR, NOON + HOUR)], None),
        ([Said(NOON - HOUR, NOON - HOUR)], None),
        ([Said(NOON + HOUR, NOON + 2 * HOUR), Said(NOON + DAY, NOON + DAY)], NOON + 2 * HOUR),
    ],
)
def test_it_is_done_once_somebody_records_that_they_were_told_of_it_since_it_happened(
    said: list[Said], done_at: datetime | None
) -> None:
    (one,) = untold(7, [EVER], [MADE], NOBODY, said)
    assert (one.done_at, one.is_done) == (done_at, True)


def test_what_went_before_their_name_is_one_thing_and_urgent_where_safety_hangs_on_any_of_it() -> None:
    late = Named(NOON + 3 * DAY)
    (one,) = untold(7, [late], [SERVED, replace(MADE, key="move-4")], NOBODY, [])
    assert (one.key, one.raised_at, one.due_at) == ("untold-7-move-4", late.since, late.since + HOUR)
    (one,) = untold(7, [late], [MADE], NOBODY, [])
    assert (one.raised_at, one.due_at) == (late.since, end_of(date(2026, 11, 30)))


def test_whoever_is_not_protected_any_more_is_not_waited_for_and_told_of_nothing_since() -> None:
    left = Named(NOON - DAY, NOON + HOUR)
    (one,) = untold(7, [left], [MADE, SERVED], NOBODY, [])
    assert (one.key, one.done_at, one.is_done) == ("untold-7-move-2", NOON + HOUR, False)
    assert keys(MADE, named=Named(NOON + HOUR, NOON + HOUR)) == [], "over as soon as it began"


def test_names_are_read_in_the_order_in_which_they_were_said() -> None:
    said = [(NOON, True), (NOON + HOUR, True), (NOON + 2 * HOUR, False), (NOON + 3 * HOUR, False), (NOON + DAY, True)]
    assert named_times(said) == [Named(NOON, NOON + 2 * HOUR), Named(NOON + DAY)]
    assert named_times([(NOON, False)]) == []
