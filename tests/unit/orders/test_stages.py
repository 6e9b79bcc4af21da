"""How long each stage of an order took, by its moves: complete, ended otherwise, or still waiting (MSR-06, MET08)."""

from datetime import UTC, datetime, timedelta

import pytest

from craffu.orders.life.stages import Ended, Moved, Stage, intervals
from craffu.orders.life.states import TABLE, OrderStatus

pytestmark = pytest.mark.rule("MSR-06")
BEGINS = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def moves(*names: str) -> list[Moved]:
    """Moves a day after one another, each known two days later; a move that leaves the status leaves it."""
    status, found = OrderStatus.CONSIDERING.value, []
    for place, name in enumerate(names):
        to = TABLE[name].to
        status = status if to is None else to.value
        at = BEGINS + timedelta(days=place)
        found.append(Moved(name, status, at, at + timedelta(days=2)))
    return found


def told(*names: str) -> list[tuple[Stage, int, int | None, Ended | None]]:
    """Each stage with on which day it began and ended."""
    listed = moves(*names)
    return [
        (one.stage, listed.index(one.began), None if one.end is None else listed.index(one.end), one.how)
        for one in intervals(listed)
    ]


def test_an_order_that_goes_all_the_way() -> None:
    way = (
        "open_consideration",
        "decide_apply",
        "request_authorisation",
        "authorise",
        "lodge",
        "adjourn",
        "grant",
        "serve",
        "expire",
    )
    assert told(*way) == [
        (Stage.DECIDED_TO_LODGED, 1, 4, Ended.COMPLETE),
        (Stage.LODGED_TO_FIRST_HEARING, 4, 5, Ended.COMPLETE),
        (Stage.LODGED_TO_DETERMINED, 4, 6, Ended.COMPLETE),
        (Stage.MADE_TO_SERVED, 6, 7, Ended.COMPLETE),
    ]


def test_what_has_not_ended_is_only_watched() -> None:
    assert told("decide_apply", "request_authorisation") == [(Stage.DECIDED_TO_LODGED, 0, None, None)]
    assert told("lodge") == [
        (Stage.LODGED_TO_FIRST_HEARING, 0, None, None), (Stage.LODGED_TO_DETERMINED, 0, None, None),
    ]  # fmt: skip
    assert told("grant", "attempt_service", "record_awareness") == [(Stage.MADE_TO_SERVED, 0, None, None)]


@pytest.mark.parametrize("move", ["expire", "discharge", "quash", "end_on_determination"])
def test_an_order_that_ends_unserved_competes(move: str) -> None:
    assert told("grant", move) == [(Stage.MADE_TO_SERVED, 0, 1, Ended.OTHERWISE)]


def test_an_application_that_is_withdrawn_or_declined_competes() -> None:
    assert told("decide_apply", "request_authorisation", "decline") == [
        (Stage.DECIDED_TO_LODGED, 0, 2, Ended.OTHERWISE)
    ]
    assert told("lodge", "withdraw") == [
        (Stage.LODGED_TO_FIRST_HEARING, 0, 1, Ended.OTHERWISE), (Stage.LODGED_TO_DETERMINED, 0, 1, Ended.OTHERWISE),
    ]  # fmt: skip


def test_one_that_is_taken_up_again_begins_anew() -> None:
    way = ("decide_apply", "request_authorisation", "decline", "reopen", "decide_apply", "request_authorisation")
    assert told(*way) == [
        (Stage.DECIDED_TO_LODGED, 0, 2, Ended.OTHERWISE), (Stage.DECIDED_TO_LODGED, 4, None, None),
    ]  # fmt: skip


def test_a_refusal_determines_and_was_heard() -> None:
    assert told("lodge", "refuse") == [
        (Stage.LODGED_TO_FIRST_HEARING, 0, 1, Ended.COMPLETE), (Stage.LODGED_TO_DETERMINED, 0, 1, Ended.COMPLETE),
    ]  # fmt: skip


def test_conditions_are_served_by_nobody() -> None:
    assert told("impose") == []
