"""Random lives of orders: no step leaves the table, none is lost, and every refusal is one of those that Annex B lists (ORD-09).

`--deep` takes a hundred thousand steps.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craffu.access.ranks import Rank
from craffu.access.roles import BY_KEY
from craffu.clocks.london import end_of
from craffu.orders.catalogue.kinds import Kind
from craffu.orders.catalogue.reading import kinds
from craffu.orders.life.rules import Actor, Around, moved, moves_available
from craffu.orders.life.states import MOVES, NONE, OVER, TABLE, OrderStatus

REASONS = re.compile(
    r"unknown_move|extend_by_variation|not_for_this_type|not_from_this_state|wrong_role|self_authorisation|rank_too_low"
    r"|missing:[a-z_]+|main_application_not_live|served_before_made|lodged_after_end|discharge_locked|not_yet_ended"
)
START = datetime(2026, 11, 10, 15, tzinfo=UTC)
FIELDS = sorted({name for move in TABLE.values() for need in move.needs for name in need.split("|")} | {"reason_text"})
PEOPLE = ("u1", "u2", "u3")
ROLES = sorted(BY_KEY)
RISKS = ("high", "medium", "standard", None)
STEPS, MANY = 100, 100_000


def chance_of(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - repeatable, and no secret


def some_day(chance: Random) -> datetime:
    return START + timedelta(days=chance.randint(0, 1200))


@cache
def openings_of(code: str, state: str) -> dict[str, list[str]]:
    """The moves that are open at a status, and whose they are."""
    found: dict[str, list[str]] = {}
    for role in ROLES:
        for name in moves_available(kinds()[code], state, role):
            found.setdefault(name, []).append(role)
    return found


def step(chance: Random, kind: Kind, state: str) -> tuple[str, Actor, dict[str, Any], Around]:
    """A move by somebody: as often one that is open here, or hardly any order would ever be made, as any at all."""
    move = chance.choice([*TABLE, "auto_grant"])
    role = chance.choice(ROLES)
    openings = openings_of(kind.code, state)
    if openings and chance.random() < 0.6:
        # First the move, or what many roles may do would crowd out what few may.
        move = chance.choice(list(openings))
        role = chance.choice(openings[move])
    fields = dict.fromkeys(FIELDS, "given")
    if chance.random() < 0.3:
        del fields[chance.choice(FIELDS)]
    return move, Actor(chance.choice(PEOPLE), role, chance.choice(list(Rank))), fields, surroundings(chance)


def surroundings(chance: Random) -> Around:
    return Around(
        risk=chance.choice(RISKS),
        requested_by=chance.choice(PEOPLE),
        decided_by=chance.choice(PEOPLE),
        main_status=chance.choice([None, *OrderStatus]),
        made_at=some_day(chance),
        served_at=some_day(chance),
        lodged_on=some_day(chance).date(),
        last_day=some_day(chance).date(),
        now=some_day(chance),
        is_discharge_locked=chance.random() < 0.5,
    )


def lives(chance: Random, wanted: int) -> tuple[int, set[str], set[str]]:
    """Lead orders of all kinds through so many steps; how many were taken, by which moves, and the reasons of the others."""
    made, taken, moves, reasons = 0, 0, set[str](), set[str]()
    while made < wanted:
        kind, state = chance.choice(list(kinds().values())), NONE
        for _ in range(chance.randint(10, 60)):
            move, actor, fields, around = step(chance, kind, state)
            answer = moved(kind, state, move, actor, fields, around)
            made += 1
            if answer.allowed:
                held_to_the_table(kind, state, move, actor, around, answer.to)
                state, taken = answer.to, taken + 1
                moves.add(move)
            else:
                assert answer.to == state
                assert answer.why is not None
                assert REASONS.fullmatch(answer.why)
                reasons.add(answer.why.partition(":")[0])
    return taken, moves, reasons


def held_to_the_table(kind: Kind, state: str, move: str, actor: Actor, around: Around, to: str) -> None:
    here = None if state == NONE else OrderStatus(state)
    assert here not in OVER
    assert to in MOVES[here]
    assert move in moves_available(kind, state, actor.role)
    if move in {"authorise", "decline"}:
        assert actor.id not in {around.requested_by, around.decided_by}
    if move == "expire":
        assert around.last_day is not None
        assert around.now is not None
        assert around.now >= end_of(around.last_day)
    if move == "discharge":
        assert not around.is_discharge_locked


@pytest.mark.rule("ORD-09")
@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_no_random_life_takes_a_step_that_annex_b_does_not_have(seed: int) -> None:
    lives(chance_of(seed), STEPS)


@pytest.mark.rule("ORD-09")
@pytest.mark.deep
@settings(max_examples=1000, deadline=None)
@given(st.integers(0, 2**32))
def test_nor_do_a_thousand_lives_of_a_hundred_steps(seed: int) -> None:
    lives(chance_of(seed), STEPS)


@pytest.mark.rule("ORD-09")
@pytest.mark.deep
def test_a_hundred_thousand_steps_reach_every_move_and_every_reason() -> None:
    taken, moves, reasons = lives(chance_of(6), MANY)
    assert taken > MANY // 10
    assert moves == set(TABLE)
    assert reasons == {reason.partition(":")[0] for reason in REASONS.pattern.split("|")}
