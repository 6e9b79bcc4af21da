"""Which questions about orders are open, since when, what answers them, and who is waited for (ORD-01, ORD-02)."""

from datetime import UTC, datetime, timedelta

import pytest

from craffu.orders.considering.openings import (
    Decided,
    Opening,
    Reached,
    Stands,
    Walked,
    Why,
    deferral,
    stands_at_once,
    until,
    walk,
)

BEGAN = datetime(2026, 11, 24, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
BOTH = ("SPO", "NMO")


def at(hours: int) -> datetime:
    return BEGAN + hours * HOUR


def opened(why: Why, hours: int, *kinds: str, after: int | None = None) -> Opening:
    return Opening(f"{why}:{hours}", why, at(hours), frozenset(kinds or BOTH), after)


def decided(kind: str, hours: int, outcome: str = "not_pursued", number: int = 1, *, stands: bool = True) -> Decided:
    return Decided(number, kind, outcome, at(hours), stands)


def stands(walked: Walked) -> dict[str, Stands]:
    return {kind: one.stands for kind, one in walked.questions.items()}


FIRST = opened(Why.CASE_OPENED, 0)


@pytest.mark.rule("ORD-01")
def test_what_opens_with_the_case_is_answered_kind_by_kind_and_done_with_the_last() -> None:
    walked = walk([decided("NMO", 5), FIRST, decided("SPO", 2)], BOTH)
    assert stands(walked) == {"SPO": Stands.DECIDED, "NMO": Stands.DECIDED}
    (asked,) = walked.asked
    assert asked.done_at == at(5)
    (open_still,) = walk([FIRST, decided("SPO", 2)], BOTH).asked
    assert open_still.done_at is None


@pytest.mark.rule("ORD-01")
@pytest.mark.parametrize("why", [Why.NEW_STAGE, Why.NEW_FACT, Why.FROM_THIS_DAY])
def test_a_stage_or_a_fact_leaves_alone_what_somebody_decided(why: Why) -> None:
    walked = walk([FIRST, decided("SPO", 1), opened(why, 2)], BOTH)
    assert stands(walked) == {"SPO": Stands.DECIDED, "NMO": Stands.OPEN}
    assert len(walked.asked) == 1, "what is open already is not asked twice"


@pytest.mark.rule("ORD-01")
@pytest.mark.parametrize("why", [Why.NEW_REPORT, Why.BREACH, Why.REFUSAL, Why.ORDER_ENDED, Why.REOPENED])
def test_a_report_a_breach_a_refusal_or_an_end_opens_what_was_decided(why: Why) -> None:
    walked = walk([FIRST, decided("SPO", 1), decided("NMO", 1), opened(why, 2)], BOTH)
    assert set(stands(walked).values()) == {Stands.OPEN}
    assert [one.opening.why for one in walked.asked] == [Why.CASE_OPENED, why]
    assert walked.questions["SPO"].decided is not None, "what was decided before stays known"


@pytest.mark.rule("ORD-02")
def test_what_is_put_off_opens_on_its_date_unless_something_was_decided_since() -> None:
    put_off = [FIRST, decided("SPO", 1, "defer", 7), deferral("SPO", 7, at(24))]
    assert stands(walk(put_off, BOTH))["SPO"] is Stands.OPEN
    assert stands(walk(until(put_off, at(23)), BOTH))["SPO"] is Stands.DECIDED
    assert stands(walk([*put_off, decided("SPO", 3, "apply", 8)], BOTH))["SPO"] is Stands.DECIDED


@pytest.mark.rule("ORD-02")
def test_what_waits_for_a_supervisor_does_not_stand_until_they_agree_or_ask_again() -> None:
    waits = [FIRST, decided("SPO", 1, number=7, stands=False)]
    walked = walk(waits, BOTH)
    assert stands(walked)["SPO"] is Stands.WAITS
    assert [(one.decided.number, one.opening, one.done_at) for one in walked.waits] == [(7, FIRST, None)]
    agreed = walk([*waits, decided("SPO", 4, number=8)], BOTH)
    assert (stands(agreed)["SPO"], agreed.waits[0].done_at) == (Stands.DECIDED, at(4))
    challenged = walk([*waits, opened(Why.CHALLENGED, 5, "SPO", after=7)], BOTH)
    assert (stands(challenged)["SPO"], challenged.waits[0].done_at) == (Stands.OPEN, at(5))
    overtaken = walk([*waits, opened(Why.NEW_REPORT, 6)], BOTH)
    assert (stands(overtaken)["SPO"], overtaken.waits[0].done_at) == (Stands.OPEN, at(6))


@pytest.mark.rule("ORD-02")
def test_a_challenge_of_what_no_longer_stands_opens_nothing() -> None:
    again = [FIRST, decided("SPO", 1, number=7), decided("SPO", 2, "apply", 8)]
    assert stands(walk([*again, opened(Why.CHALLENGED, 3, "SPO", after=7)], BOTH))["SPO"] is Stands.DECIDED


@pytest.mark.rule("ORD-01")
def test_an_order_under_way_or_in_force_answers_until_it_ends() -> None:
    running = [FIRST, Reached("SPO", at(1), is_running=True), opened(Why.NEW_REPORT, 2)]
    walked = walk(running, BOTH)
    assert stands(walked) == {"SPO": Stands.RUNNING, "NMO": Stands.OPEN}
    ended = [*running, Reached("SPO", at(9), is_running=False), opened(Why.ORDER_ENDED, 9)]
    assert stands(walk(ended, BOTH))["SPO"] is Stands.OPEN
    declined = [*running, Reached("SPO", at(9), is_running=False)]
    assert stands(walk(declined, BOTH))["SPO"] is Stands.DECIDED


@pytest.mark.rule("ORD-01")
def test_what_is_no_longer_offered_is_no_longer_asked() -> None:
    walked = walk([FIRST, decided("NMO", 3)], ["NMO"])
    assert list(walked.questions) == ["NMO"]
    assert [one.done_at for one in walked.asked] == [at(3)]
    assert walk([FIRST], []).asked == ()


@pytest.mark.rule("ORD-02")
@pytest.mark.parametrize(
    ("outcome", "agreed_by", "runs_as_high", "wanted"),
    [
        ("not_pursued", None, True, False),
        ("not_pursued", 4, True, True),
        ("not_pursued", None, False, True),
        ("defer", None, True, True),
    ],
)
def test_only_what_is_not_pursued_at_high_risk_waits(
    outcome: str, agreed_by: int | None, runs_as_high: bool, wanted: bool
) -> None:
    assert stands_at_once(outcome, agreed_by, runs_as_high=runs_as_high) is wanted


@pytest.mark.rule("ORD-01")
def test_hours_are_counted_from_what_happened_and_not_from_when_we_heard() -> None:
    late = Opening("x", Why.NEW_REPORT, at(5), frozenset(BOTH), happened_at=at(2))
    assert (late.counts_from, FIRST.counts_from) == (at(2), at(0))
    walked = walk([FIRST, decided("SPO", 3), decided("NMO", 3), late], BOTH)
    assert set(stands(walked).values()) == {Stands.OPEN}, "whoever decided at three did not know of it"
