"""Which step of recruitment may follow which, how far that of a post has come, and how long empty posts took to fill (R1a).

2023 review, recommendation 1 (fund and recruit vital roles). Recruitment is of a post: it is over when somebody comes into it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from craffu.resourcing.posts.rules import Span
from craffu.resourcing.recruiting.kinds import RecruitingStep as Step

_SEARCH: Final = frozenset({Step.ADVERTISED, Step.STOPPED})
# Recruitment may have begun before anything of it was said here, so any step but an end may be the first.
FOLLOWS: Final[Mapping[Step | None, frozenset[Step]]] = {
    None: frozenset(Step) - {Step.MONEY_REFUSED, Step.STOPPED},
    Step.MONEY_ASKED: frozenset({Step.MONEY_REFUSED, Step.AUTHORISED, Step.STOPPED}),
    Step.MONEY_REFUSED: frozenset({Step.MONEY_ASKED, Step.AUTHORISED, Step.STOPPED}),
    Step.AUTHORISED: _SEARCH,
    Step.ADVERTISED: _SEARCH | {Step.INTERVIEWED, Step.OFFERED},
    Step.INTERVIEWED: _SEARCH | {Step.OFFERED},
    Step.OFFERED: _SEARCH | {Step.INTERVIEWED, Step.OFFERED, Step.VETTED, Step.START_AGREED},
    Step.VETTED: _SEARCH | {Step.OFFERED, Step.START_AGREED},
    Step.START_AGREED: _SEARCH | {Step.OFFERED, Step.START_AGREED},
    Step.STOPPED: frozenset({Step.MONEY_ASKED, Step.AUTHORISED, Step.ADVERTISED}),
}


def may_follow(last: Step | None, step: Step) -> bool:
    """Whether recruitment to a post can take this step next; `last` is None where none was taken since it was filled."""
    return step in FOLLOWS[last]


@dataclass(frozen=True, slots=True)
class Taken:
    """A step, the day on which it was taken, and the day of coming into post where one was agreed."""

    step: Step
    on: date
    starts_on: date | None = None


def under_way(steps: Iterable[Taken], held: Iterable[Span], today: date) -> tuple[Taken, ...]:
    """The steps taken since somebody last came into the post, in order: those before were of another recruitment.

    Whoever is still to come has not ended it.
    """
    filled = max((one.first for one in held if one.first <= today), default=None)
    return tuple(one for one in steps if filled is None or one.on > filled)


def filled_in(post: Span, held: Iterable[Span], first: date, last: date) -> list[int]:
    """How many days each vacancy lasted that ended in a period because somebody came into the post.

    A post that is new stands empty from the day on which it opens. Days on which nobody came are not counted here.
    """
    found: list[int] = []
    empty_from = post.first
    for span in sorted(held, key=lambda one: one.first):
        days = (span.first - empty_from).days
        if days > 0 and first <= span.first <= last and post.holds(span.first):
            found.append(days)
        if span.last is None:
            break
        empty_from = max(empty_from, date.fromordinal(span.last.toordinal() + 1))
    return found


@dataclass(frozen=True, slots=True)
class StillEmpty:
    """Of the posts empty on a day: how many nobody recruits to, and how many have an agreed day of coming."""

    posts: int
    nothing_said: int
    start_agreed: int


def still_empty(last_steps: Sequence[Taken | None]) -> StillEmpty:
    """By the last step of each empty post. Where recruitment was stopped or its money refused nobody recruits either."""
    ended = {Step.STOPPED, Step.MONEY_REFUSED}
    return StillEmpty(
        len(last_steps),
        sum(one is None or one.step in ended for one in last_steps),
        sum(one is not None and one.step is Step.START_AGREED for one in last_steps),
    )
