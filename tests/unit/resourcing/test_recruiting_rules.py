"""Steps of recruitment, which of them are of the recruitment under way, and how long empty posts took to fill (R1a)."""

from datetime import date, timedelta

import pytest

from craffu.resourcing.posts.rules import Span
from craffu.resourcing.recruiting.kinds import RecruitingStep as Step
from craffu.resourcing.recruiting.rules import FOLLOWS, StillEmpty, Taken, filled_in, may_follow, still_empty, under_way

pytestmark = pytest.mark.rule("RES-03")

DAY = date(2026, 3, 2)


def after(days: int) -> date:
    return DAY + timedelta(days)


def test_every_step_can_be_reached_and_left() -> None:
    """From nothing said each step can come, and from each step a start can be agreed in the end."""
    assert set(FOLLOWS) == {None, *Step}
    for begun in (None, *Step):
        seen, ahead = set(), {begun}
        while ahead:
            seen |= ahead
            ahead = {step for one in ahead for step in FOLLOWS[one]} - seen
        assert Step.START_AGREED in seen
        assert begun is not None or seen == {None, *Step}


@pytest.mark.parametrize(
    ("last", "step", "may"),
    [
        (None, Step.ADVERTISED, True),
        (None, Step.STOPPED, False),
        (None, Step.MONEY_REFUSED, False),
        (Step.MONEY_ASKED, Step.ADVERTISED, False),
        (Step.MONEY_REFUSED, Step.AUTHORISED, True),
        (Step.AUTHORISED, Step.OFFERED, False),
        (Step.OFFERED, Step.OFFERED, True),
        (Step.VETTED, Step.START_AGREED, True),
        (Step.START_AGREED, Step.VETTED, False),
        (Step.STOPPED, Step.OFFERED, False),
    ],
)
def test_what_may_follow(last: Step | None, step: Step, may: bool) -> None:
    assert may_follow(last, step) is may


# Written out by hand: to each step those that can follow it.
TABLE = """
    -: money_asked authorised advertised interviewed offered vetted start_agreed
    money_asked: money_refused authorised stopped
    money_refused: money_asked authorised stopped
    authorised: advertised stopped
    advertised: advertised interviewed offered stopped
    interviewed: advertised offered stopped
    offered: advertised interviewed offered vetted start_agreed stopped
    vetted: advertised offered start_agreed stopped
    start_agreed: advertised offered start_agreed stopped
    stopped: money_asked authorised advertised
"""


def test_every_step_has_its_followers() -> None:
    told = dict(line.strip().split(": ") for line in TABLE.strip().splitlines())
    found = {last.value if last else "-": {step.value for step in may} for last, may in FOLLOWS.items()}
    assert found == {last: set(may.split()) for last, may in told.items()}


def test_steps_before_somebody_came_are_of_another_recruitment() -> None:
    old, same_day, new = (Taken(Step.ADVERTISED, after(days)) for days in (-10, 0, 1))
    held = [Span(date(2020, 1, 1), after(-20)), Span(DAY)]
    assert under_way([old, same_day, new], held, after(5)) == (new,)
    assert under_way([old, same_day, new], [], after(5)) == (old, same_day, new)
    assert under_way([old], [Span(after(6))], after(5)) == (old,), "who is still to come has not ended it"
    assert under_way([old], [Span(after(5))], after(5)) == ()


def test_a_vacancy_counts_when_somebody_ends_it() -> None:
    post = Span(DAY)
    assert filled_in(post, [Span(DAY)], DAY, after(99)) == [], "never empty"
    assert filled_in(post, [Span(after(30))], DAY, after(99)) == [30], "a new post stands empty from its first day"
    held = [Span(after(40), after(60)), Span(DAY, after(9)), Span(after(61)), Span(after(80))]
    assert filled_in(post, held, DAY, after(99)) == [30], (
        "two holders one after the other leave no vacancy between them"
    )
    assert filled_in(post, held, after(41), after(99)) == []
    assert filled_in(post, held, DAY, after(39)) == []
    assert filled_in(post, held, after(40), after(40)) == [30]
    overlapping = [Span(DAY, after(50)), Span(after(5), after(9)), Span(after(52))]
    assert filled_in(post, overlapping, DAY, after(99)) == [1], "whoever stayed longer held it"
    assert filled_in(Span(DAY, after(20)), [Span(after(30))], DAY, after(99)) == [], "after its end there is no post"
    assert filled_in(post, [Span(after(-5), after(1)), Span(after(4))], DAY, after(99)) == [2]


def test_how_far_recruitment_to_empty_posts_is() -> None:
    steps = [None, *(Taken(step, DAY) for step in (Step.STOPPED, Step.MONEY_REFUSED, Step.OFFERED, Step.START_AGREED))]
    assert still_empty(steps) == StillEmpty(posts=5, nothing_said=3, start_agreed=1)
    assert still_empty([]) == StillEmpty(0, 0, 0)
