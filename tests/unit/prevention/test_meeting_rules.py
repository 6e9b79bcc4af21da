"""What a meeting may decide and what follows, whom an agency hears of, and whom its paper names (P23; PRI-06, PRI-10, VIC-09)."""

from datetime import date, timedelta
from itertools import product

import pytest

from craffu.people.naming import names_of, parts_of
from craffu.prevention.meetings.kinds import Decision, Effect, Stage
from craffu.prevention.meetings.papers.rules import names_somebody_else
from craffu.prevention.meetings.rules import (
    AHEAD,
    Came,
    bound,
    effect,
    items_for,
    minutes_due,
    next_due,
    offered,
    stage,
)

TUESDAY = date(2026, 11, 24)
SELECT, KEEP, DESELECT, DEFER = Decision.SELECT, Decision.KEEP, Decision.DESELECT, Decision.DEFER


@pytest.mark.parametrize(
    ("today", "approved", "off", "stands"),
    [
        (TUESDAY - timedelta(days=1), False, False, Stage.TO_COME),
        (TUESDAY, False, False, Stage.MINUTING),
        (TUESDAY + timedelta(days=9), False, False, Stage.MINUTING),
        (TUESDAY, True, False, Stage.APPROVED),
        (TUESDAY, False, True, Stage.CALLED_OFF),
        (TUESDAY - timedelta(days=1), True, True, Stage.CALLED_OFF),
    ],
)
def test_where_a_meeting_stands(today: date, approved: bool, off: bool, stands: Stage) -> None:
    assert stage(TUESDAY, today, is_approved=approved, is_called_off=off) is stands


@pytest.mark.rule("PRI-10")
def test_minutes_are_due_after_five_working_days_and_the_next_meeting_after_28() -> None:
    assert minutes_due(TUESDAY) == date(2026, 12, 1)
    assert minutes_due(date(2026, 12, 22)) == date(2026, 12, 31), "Christmas, and Boxing Day on a Monday"
    assert next_due(TUESDAY) == date(2026, 12, 22)
    assert timedelta(days=7) == AHEAD


@pytest.mark.rule("PRI-10")
def test_whoever_is_in_the_cohort_is_kept_and_whoever_is_not_selected() -> None:
    assert offered(was_member=True) == (KEEP, DESELECT, DEFER)
    assert offered(was_member=False) == (SELECT, DESELECT, DEFER)


@pytest.mark.rule("PRI-06")
@pytest.mark.rule("PRI-10")
@pytest.mark.parametrize(
    ("decision", "before", "was", "is_in", "follows"),
    [
        (SELECT, None, False, False, Effect.ENTERED),
        (SELECT, SELECT, False, True, Effect.NOTHING),
        (SELECT, DESELECT, False, False, Effect.ENTERED),
        (KEEP, None, True, True, Effect.REVIEWED),
        (KEEP, KEEP, True, True, Effect.NOTHING),
        (KEEP, DEFER, True, True, Effect.REVIEWED),
        (KEEP, DESELECT, True, False, Effect.ENTERED),
        (DESELECT, None, True, True, Effect.LEFT),
        (DESELECT, None, False, False, Effect.NOTHING),
        (DESELECT, SELECT, False, True, Effect.LEFT),
        (DEFER, None, True, True, Effect.NOTHING),
        (DEFER, None, False, False, Effect.NOTHING),
        (DEFER, SELECT, False, True, Effect.LEFT),
        (DEFER, DESELECT, True, False, Effect.ENTERED),
        (DEFER, KEEP, True, True, Effect.NOTHING),
    ],
)
def test_what_follows_a_decision(
    decision: Decision, before: Decision | None, was: bool, is_in: bool, follows: Effect
) -> None:
    assert effect(decision, before, was_member=was, is_member=is_in) is follows


@pytest.mark.rule("PRI-10")
def test_whatever_was_decided_before_they_stand_as_if_the_last_had_been_the_only_decision() -> None:
    for was, first, last in product((True, False), Decision, Decision):
        if first not in offered(was_member=was) or last not in offered(was_member=was):
            continue
        is_in = _after(was, effect(first, None, was_member=was, is_member=was))
        twice = _after(is_in, effect(last, first, was_member=was, is_member=is_in))
        assert twice is _after(was, effect(last, None, was_member=was, is_member=was)), (was, first, last)


def _after(is_in: bool, follows: Effect) -> bool:
    return {Effect.ENTERED: True, Effect.LEFT: False}.get(follows, is_in)


@pytest.mark.rule("VIC-09")
def test_an_agency_is_bound_once_it_came_and_all_who_came_for_it_undertook() -> None:
    everybody = [
        Came(None, came=True, undertook=False),
        Came(1, came=True, undertook=True),
        Came(1, came=False, undertook=False),
        Came(2, came=True, undertook=True),
        Came(2, came=True, undertook=False),
        Came(3, came=False, undertook=False),
    ]
    assert bound(everybody) == {1}
    assert bound([]) == frozenset()


@pytest.mark.rule("VIC-09")
def test_an_agency_has_the_items_that_it_needs_to_know_alone() -> None:
    has = {1: {1, 2}, 2: set(), 3: {1}}
    assert items_for(1, has, {1, 2}) == [1, 3]
    assert items_for(2, has, {1, 2}) == [1]
    assert items_for(1, has, {2}) == []
    assert items_for(3, has, {1, 2, 3}) == []


HERS, HIS = [("Siân Mai", "Prosser")], [("Gethin", "Rees")]


def test_names_in_every_order_and_each_part() -> None:
    assert names_of(HERS) == {"sian mai prosser", "prosser sian mai", "sian prosser", "prosser sian"}
    assert names_of([("", "Prosser"), ("Siân", "")]) == set()
    assert parts_of([("Al Siân Mai", "Ng Prosser")]) == {"sian", "mai", "prosser"}
    assert parts_of([("", "Rees-Jones")]) == {"rees-jones", "rees", "jones"}


@pytest.mark.rule("VIC-09")
@pytest.mark.parametrize(
    ("text", "free", "others", "theirs", "found"),
    [
        ("He rang Siân Mai Prosser", "", HERS, HIS, True),
        ("he rang siân   prosser", "", HERS, HIS, True),
        ("PROSSER SIÂN MAI", "", HERS, HIS, True),
        ("Siân", "", HERS, HIS, False),
        ("", "Keep him from Siân", HERS, HIS, True),
        ("", "keep him from SIÂN", HERS, HIS, True),
        ("", "Mrs Prosser’s home", HERS, HIS, True),
        ("", "Prossers Lane", HERS, HIS, False),
        ("", "See him in mai", HERS, HIS, False),
        ("", "See Mai with him", HERS, HIS, True),
        ("He rang Sian Mai Prosser", "", HERS, HIS, True),
        ("", "Keep him from Sian", HERS, HIS, True),
        ("", "Mrs O’Brien’s home", [("Ann", "O'BRIEN")], HIS, True),
        ("", "McDonald", [("Ann", "MCDONALD")], HIS, True),
        ("", "Mrs Jones has the keys", [("Ann", "Rees-Jones")], HIS, True),
        ("", "Mr Rees-Jones", [("Ann", "Rees-Jones")], [("Gethin", "Rees-Jones")], False),
        ("", "Visit Rees at work", [("Siân", "Rees")], HIS, False),
        ("Visit Siân Rees", "", [("Siân", "Rees")], HIS, True),
        ("Gethin Rees", "Gethin Rees", [("Gethin", "Rees")], HIS, False),
        ("Selected", "See him at the office", HERS, HIS, False),
        ("", "", [], [], False),
    ],
)
def test_a_paper_names_nobody_whom_it_must_not(
    text: str, free: str, others: list[tuple[str, str]], theirs: list[tuple[str, str]], found: bool
) -> None:
    assert names_somebody_else(text, free, others, theirs) is found
