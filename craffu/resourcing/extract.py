"""What the snapshot holds of shifts: each of a station, and whether a current champion was there (RES-02, MET32; X10).

As known when the snapshot was built, and at no earlier instant. Neither a station nor anybody is named.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common.extracted import KNOWN_FROM, Extract, Holds, Row, keyed
from craffu.resourcing.champions.queries import roll_of, scheduled

_EVER: Final = date(2000, 1, 1)


def _shifts(by: Acting, at: datetime) -> Iterator[Row]:
    """Shifts that have begun: of one to come nobody knows who will be there."""
    for one in scheduled(by, roll_of(by), _EVER, day_of(at)):
        if one.slot.starts_at < at:
            yield {
                "station": keyed("station", one.station),
                "shift": one.shift.value,
                "began_on": day_of(one.slot.starts_at),
                "began_at": one.slot.starts_at,
                "is_covered": bool(one.on_duty),
                "is_on_call_alone": one.by_on_call_alone,
                KNOWN_FROM: at,
            }


SHIFTS: Final = Extract(
    "shifts",
    {
        "station": Holds.REFERENCE, "shift": Holds.CODE, "began_on": Holds.DAY, "began_at": Holds.INSTANT,
        "is_covered": Holds.YES, "is_on_call_alone": Holds.YES, KNOWN_FROM: Holds.INSTANT,
    },
    _shifts,
)  # fmt: skip

TABLES: Final = (SHIFTS,)
