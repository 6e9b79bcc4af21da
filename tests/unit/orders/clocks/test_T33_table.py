"""T33: clocks held against a table worked out by hand, from the words of the statutes and a wall calendar, never by our own code.

`ends` are London days that count to their end, or London times with their offset. Whatever the computer's own clock says, an
answer is the same.
"""

import csv
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from craffu.clocks.counted_days import Away
from craffu.clocks.london import day_of, end_of, instant_of, local_text
from craffu.orders.clocks.answers import Answer, Facts, Span, Start, work_out
from craffu.orders.clocks.catalogue import Clock, Counts, catalogue
from tests.oracles import hours

TABLE = Path(__file__).with_name("T33.csv")
with TABLE.open(encoding="utf-8", newline="") as stream:
    CASES = list(csv.DictReader(stream))
TOPICS = {
    "spring forward", "fall back", "leap day", "28-day order", "within 3 days", "bank holidays", "month end", "midnight",
    "UTC and London", "counted days",
}  # fmt: skip


def starting(text: str) -> Start:
    if "T" not in text:
        return Start(date.fromisoformat(text))
    at = instant_of(datetime.fromisoformat(text))
    return Start(day_of(at), at)


def facts(text: str) -> Facts:
    said: dict[str, Any] = {"told": {}}
    for one in filter(None, text.split("|")):
        name, _, value = one.partition("=")
        if name == "from_arrest":
            said["from_arrest"] = True
        elif name == "away":
            first, _, last = value.partition("..")
            said["away"] = [Away(date.fromisoformat(first), date.fromisoformat(last))]
        else:
            said["told"][name] = value
    return Facts(**said)


def ends(answer: Answer) -> str:
    return ", ".join(
        str(step.last_day) if step.due == end_of(step.last_day) else in_london(step.due) for step in answer.steps
    )


def in_london(at: datetime) -> str:
    said = local_text(at)
    return said[:16] + said[19:]


def answer_to(case: dict[str, str]) -> str:
    start = starting(case["start"])
    return ends(work_out(catalogue().clock(case["clock"], start.day), start, facts(case["facts"])))


def called(case: dict[str, str]) -> str:
    return "-".join(filter(None, (case["topic"], case["clock"], case["start"], case["facts"]))).replace(" ", "_")


@pytest.mark.rule("CLK-01", "CLK-02", "CLK-10", "CLK-11")
@pytest.mark.parametrize("case", CASES, ids=called)
def test_T33_a_clock_ends_when_the_table_says(case: dict[str, str]) -> None:
    assert answer_to(case) == case["ends"], case["because"]


def test_T33_the_table_covers_what_it_must_and_says_nothing_twice() -> None:
    topics = Counter(case["topic"] for case in CASES)
    assert set(topics) == TOPICS
    assert len(CASES) >= 200
    assert min(topics.values()) >= 8
    assert all(case["because"] for case in CASES)
    assert Counter(map(called, CASES)).most_common(1)[0][1] == 1


@pytest.mark.rule("CLK-01")
@pytest.mark.parametrize("hour", [-1, 0, 1])
def test_T33_an_answer_is_the_same_when_the_computers_clock_is_set_back(hour: int) -> None:
    """In the hour that comes twice, where a clock set back is most easily mistaken for the change of the clocks."""
    with time_machine.travel(datetime(2026, 10, 25, 1, 30, tzinfo=UTC) + timedelta(hours=hour), tick=False):
        assert [answer_to(case) for case in CASES] == [case["ends"] for case in CASES]


FIRST, LAST = date(2012, 1, 2), date(2035, 12, 20)


@pytest.mark.rule("CLK-02", "CLK-07", "CLK-08", "CLK-11")
@pytest.mark.parametrize("every", [23, pytest.param(1, marks=pytest.mark.deep)])
@pytest.mark.parametrize("name", catalogue().names())
def test_T33_no_clock_ends_before_it_starts_or_silently_on_a_day_it_leaves_out(name: str, every: int) -> None:
    """Over 2012-2035, for every clock, on days a prime number apart, so that every weekday and season comes; deep, every day."""
    for number in range(0, (LAST - FIRST).days, every):
        day = FIRST + timedelta(days=number)
        start = datetime(day.year, day.month, day.day, number * 5 % 24, number * 7 % 60, tzinfo=UTC)
        clock = catalogue().clock(name)
        for told in facts_of(clock):
            check(clock, start, told)


def facts_of(clock: Clock) -> list[dict[str, str]]:
    """Each fact that tells its limits apart."""
    found = list({tuple(sorted(limit.when.items())): dict(limit.when) for limit in clock.limits}.values()) or [{}]
    needed = {name: clock.choices(name)[0] for name in clock.needs}
    return [needed | one for one in found]


def check(clock: Clock, start: datetime, told: dict[str, str]) -> None:
    out = left_out_by(clock)
    for step in work_out(clock, Start(day_of(start), start), Facts(told=told)).steps:
        if clock.counts in {Counts.WATCHES, Counts.DAYS_BEFORE}:
            assert step.due < start
            continue
        assert step.due >= start
        assert step.act_by is None or start <= step.act_by
        said = {one.day for one in step.excluded}
        counted = {one.day for one in step.counted if not isinstance(one, Span)}
        assert not counted & said
        if out and not step.provisional:
            assert not hours.is_out(step.last_day, out), step
            assert step.last_day in counted
            assert {day for day in hours.days_between(day_of(start), step.last_day) if hours.is_out(day, out)} - {
                day_of(start)
            } <= said


def left_out_by(clock: Clock) -> frozenset[str]:
    if clock.counts is Counts.WORKING_DAYS:
        return frozenset({"Saturday", "Sunday", "bank holiday"})
    return frozenset(kind.value for kind in clock.out)
