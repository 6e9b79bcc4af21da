"""A notification as it is taken at the station, before it is stored."""

from dataclasses import dataclass, field
from datetime import date, datetime

from craffu.orders.notifying.rules import About, Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotification:
    """What a respondent told the police, where and how. Areas are the codes of forces.

    `area` is that of the home; with `has_no_home` in England or Wales that of the court that last made the order. `event_on` is
    the day of a change. `acknowledged_at` is when it was acknowledged in writing, None where that has not been done yet.
    """

    about: About
    given_at: datetime
    in_person: bool
    station: str
    station_area: str
    area: str
    has_no_home: bool = False
    event_on: date | None = None
    names: str = field(default="", repr=False)
    addresses: str = field(default="", repr=False)
    fingerprints: Asked = Asked.NOT_ASKED
    photographs: Asked = Asked.NOT_ASKED
    acknowledged_at: datetime | None = None
