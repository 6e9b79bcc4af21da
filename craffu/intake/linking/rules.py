"""By when a pair is decided on: the sooner, the more harm a wrong or a missing link does (IDN-02, IDN-03; ADR 55).

No rule says how long a pair may wait; the days are the project's own, and go to the end of the day in London.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from craffu.clocks.london import day_of, end_of
from craffu.linkage.rules import Harm
from craffu.work.rules import Consequence

DECIDE_WITHIN_DAYS: Final[Mapping[Harm, int]] = {Harm.PROTECTED: 1, Harm.IN_A_CASE: 7, Harm.NO_CASE: 28}
# A second opinion is only asked for where somebody's protection hangs on it.
AGREE_WITHIN_DAYS: Final = 1
WHAT_IF_NOT: Final[Mapping[Harm, Consequence]] = {
    Harm.PROTECTED: Consequence.PROTECTION_LAPSES,
    Harm.IN_A_CASE: Consequence.HISTORY_SPLIT,
    Harm.NO_CASE: Consequence.HISTORY_SPLIT,
}


def decide_by(harm: Harm, waits_from: datetime) -> datetime:
    """The end, exclusive, of the last day on which a pair that waits for a person is decided in time."""
    return _end(waits_from, DECIDE_WITHIN_DAYS[harm])


def agree_by(said_at: datetime) -> datetime:
    """The same of a word that waits for a second opinion."""
    return _end(said_at, AGREE_WITHIN_DAYS)


def _end(from_: datetime, days: int) -> datetime:
    return end_of(day_of(from_) + timedelta(days=days))
