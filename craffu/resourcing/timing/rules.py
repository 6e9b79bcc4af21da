"""How many hours due work takes, and how much of a full-time post's time that is (R1a).

No source says how long any of it takes. Minutes and hours are this project's own assumption, marked as one wherever they are
used, and a force states its own: ADR 80.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from craffu.resourcing.timing.kinds import Timed

# Minutes; of the week, hours. A check is of one condition; a hearing has its papers, travel and waiting with it.
ASSUMED: Final[Mapping[Timed, int]] = {
    Timed.CHECK: 20,
    Timed.REVIEW: 60,
    Timed.END: 120,
    Timed.HEARING: 240,
    Timed.NOTIFICATION: 45,
    Timed.WEEK: 30,
}
TASKS: Final = tuple(one for one in Timed if one is not Timed.WEEK)
_MINUTES: Final = 60
# Nobody's task takes longer than a working day, and no week is longer than its days.
MOST: Final[Mapping[Timed, int]] = dict.fromkeys(TASKS, 480) | {Timed.WEEK: 60}


def hours(numbers: Mapping[Timed, int], minutes: Mapping[Timed, int]) -> Fraction:
    """The hours that so many of each task take."""
    return Fraction(sum(number * minutes[task] for task, number in numbers.items()), _MINUTES)


@dataclass(frozen=True, slots=True)
class Against:
    """Hours of work against the hours that those in post have: how many full-time posts the work takes, and how many more."""

    work: Fraction
    in_post: Fraction
    posts_needed: Fraction

    @property
    def posts_short(self) -> Fraction:
        """By how many full-time posts the work is more than there are; below nought where there are more."""
        return self.posts_needed - self.in_post

    @property
    def is_short(self) -> bool:
        return self.posts_short > 0


def against(work: Fraction, full_time: Fraction, week: int, weeks: int) -> Against:
    """R1a: `week` are the hours of one full-time post in a week. Raises ValueError where that or `weeks` is nought."""
    if week <= 0 or weeks <= 0:
        raise ValueError("hours of a week, and weeks, are one or more")
    return Against(work, full_time, work / (week * weeks))
