"""T17: which code is good when, whether a passkey's counter went on, and what a proof opens."""

from datetime import UTC, datetime, timedelta

import pytest

from craffu.access.factors.rules import (
    STEP,
    Proof,
    counts_as_factor,
    is_counter_ahead,
    is_fresh,
    may_enrol,
    must_enrol,
    step_at,
    steps_allowed,
)

NOW = datetime(2026, 1, 14, 10, 30, tzinfo=UTC)
HERE = step_at(NOW)
LASTS = timedelta(minutes=5)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("last_used", "allowed"),
    [
        (-1, (-1, 0, 1)),
        (HERE - 2, (-1, 0, 1)),
        (HERE - 1, (0, 1)),
        (HERE, (1,)),
        (HERE + 1, ()),
    ],
)
def test_T17_one_step_either_way_and_none_that_was_used_or_is_older(last_used: int, allowed: tuple[int, ...]) -> None:
    assert steps_allowed(last_used, NOW) == tuple(HERE + step for step in allowed)


def test_T17_a_step_is_half_a_minute() -> None:
    assert step_at(datetime(1970, 1, 1, tzinfo=UTC)) == 0
    assert step_at(NOW + STEP - MOMENT) == HERE
    assert step_at(NOW + STEP) == HERE + 1


@pytest.mark.parametrize(
    ("stored", "shown", "ahead"),
    [(0, 0, True), (0, 1, True), (1, 2, True), (1, 9, True), (1, 1, False), (2, 1, False), (1, 0, False)],
)
def test_T17_a_counter_goes_on_or_there_is_none(stored: int, shown: int, ahead: bool) -> None:
    assert is_counter_ahead(stored, shown) == ahead


@pytest.mark.parametrize(
    ("proved_at", "fresh"), [(None, False), (NOW, True), (NOW - LASTS + MOMENT, True), (NOW - LASTS, False)]
)
def test_T17_a_proof_is_fresh_for_its_time(proved_at: datetime | None, fresh: bool) -> None:
    assert is_fresh(proved_at, LASTS, NOW) == fresh


@pytest.mark.parametrize(
    ("proof", "required", "otherwise"),
    [
        (Proof.PASSWORD, False, True),
        (Proof.CODE, True, True),
        (Proof.PASSKEY, True, True),
        (Proof.RECOVERY, False, False),
    ],
)
def test_T17_what_opens_a_step_up(proof: Proof, required: bool, otherwise: bool) -> None:
    assert counts_as_factor(proof, is_required=True) == required
    assert counts_as_factor(proof, is_required=False) == otherwise


@pytest.mark.parametrize(
    ("proof", "proved_at", "has_factor", "may"),
    [
        (Proof.PASSWORD, NOW, False, True),
        (Proof.PASSWORD, NOW, True, False),
        (Proof.PASSWORD, NOW - LASTS, False, False),
        (Proof.CODE, NOW, True, True),
        (Proof.PASSKEY, NOW, True, True),
        (Proof.CODE, NOW - LASTS, True, False),
        (Proof.RECOVERY, NOW - 10 * LASTS, True, True),
        (None, None, False, False),
    ],
)
def test_T17_who_may_change_their_factors(
    proof: Proof | None, proved_at: datetime | None, has_factor: bool, may: bool
) -> None:
    assert may_enrol(proof, proved_at, has_factor=has_factor, lasts=LASTS, now=NOW) == may


@pytest.mark.parametrize(
    ("proof", "required", "otherwise"),
    [
        (None, True, False),
        (Proof.PASSWORD, True, False),
        (Proof.CODE, False, False),
        (Proof.PASSKEY, False, False),
        (Proof.RECOVERY, True, True),
    ],
)
def test_T17_who_must_set_a_factor_up_first(proof: Proof | None, required: bool, otherwise: bool) -> None:
    assert must_enrol(proof, is_required=True) == required
    assert must_enrol(proof, is_required=False) == otherwise
