"""Which answers of another system's survey ask for somebody today (VIC-08; issue I: *less safe* is due work today)."""

from datetime import date, datetime, timedelta
from typing import Final

from craffu.clocks.london import day_of

# An answer as old as this tells of how somebody felt then: it asks for nobody once none of their cases is live.
OLD_AFTER: Final = timedelta(days=92)


def is_news(answered_on: date, learnt_at: datetime, *, is_live: bool) -> bool:
    """Whether an answer asks for somebody: learnt of soon after it was given, or while a case of theirs is live."""
    return is_live or day_of(learnt_at) - answered_on <= OLD_AFTER
