"""Until when an order cannot be discharged without everybody's consent, and whose consent is missing (ORD-16).

Stalking Protection Act 2019 s.4(4)(b); Sentencing Act 2020 s.350(7); Sexual Offences Act 2003 ss.103E(7), 122D(5). The day the
order is made is day 1. Interim orders are not locked.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from craffu.clocks.lengths import CalendarLength
from craffu.clocks.periods import Counting, period

RESPONDENT: Final = "respondent"
LOCKED_FOR: Final[Mapping[str, CalendarLength]] = MappingProxyType(
    {
        "SPO": CalendarLength(months=24),
        "SHPO": CalendarLength(months=60),
        "SRO": CalendarLength(months=24),
    }
)
# What is only a ban on travel abroad is not locked, and only this kind can be that.
MAY_BE_TRAVEL_BAN: Final = "SHPO"


@dataclass(frozen=True, slots=True)
class DischargeLock:
    """The last day of the lock, whether it holds on the day asked about, and who has not consented."""

    lock_last_day: date | None
    in_lock: bool
    missing: tuple[str, ...]

    @property
    def allowed(self) -> bool:
        return not self.missing


def discharge_lock(
    kind: str,
    made_on: date,
    on: date,
    *,
    concerned: Iterable[str],
    consents: Collection[str] = (),
    foreign_travel_ban_only: bool = False,
) -> DischargeLock:
    """Whether an order may be discharged on a day: in the lock only if everybody concerned consents."""
    length = LOCKED_FOR.get(kind)
    if length is None:
        return DischargeLock(None, False, ())
    last_day = period(made_on, length, Counting.BEGINNING_WITH).last_day
    in_lock = on <= last_day and not (foreign_travel_ban_only and kind == MAY_BE_TRAVEL_BAN)
    needed = dict.fromkeys([RESPONDENT, *concerned]) if in_lock else {}
    return DischargeLock(last_day, in_lock, tuple(who for who in needed if who not in consents))
