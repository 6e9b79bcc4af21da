"""When an interim order ends, and how long nobody is protected before the next hearing (ORD-07).

Stalking Protection Act 2019 s.5. It lasts a fixed period, and at the latest until the main application is determined.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from craffu.clocks.london import end_of


class EndedBy(StrEnum):
    """What ends an interim order."""

    FIXED_PERIOD = "fixed_period"
    DETERMINATION = "main_application_determined"


class Alert(StrEnum):
    """What somebody must be told."""

    ENDS_BEFORE_HEARING = "interim_ends_before_hearing"


@dataclass(frozen=True, slots=True)
class InterimEnd:
    """When (UTC, exclusive) and why it ends; `gap_days` are the whole days without it before the hearing.

    Neither is known while no period is, and nothing has been determined.
    """

    ended_at: datetime | None
    why: EndedBy | None
    alert: Alert | None = None
    gap_days: int | None = None


def interim_end(
    last_day: date | None, determined_at: datetime | None = None, next_hearing_on: date | None = None
) -> InterimEnd:
    """ORD-07: the earlier of the two ends; once the application is determined no hearing is waited for."""
    if last_day is None:
        return InterimEnd(determined_at, None if determined_at is None else EndedBy.DETERMINATION)
    ends = end_of(last_day)
    if determined_at is not None:
        if determined_at < ends:
            return InterimEnd(determined_at, EndedBy.DETERMINATION)
        return InterimEnd(ends, EndedBy.FIXED_PERIOD)
    if next_hearing_on is None or next_hearing_on <= last_day:
        return InterimEnd(ends, EndedBy.FIXED_PERIOD)
    gap = (next_hearing_on - last_day).days - 1
    return InterimEnd(ends, EndedBy.FIXED_PERIOD, Alert.ENDS_BEFORE_HEARING, gap)
