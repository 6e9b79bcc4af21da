"""What the API answers of Stalking Champions: by staff number, never by name or telephone, which their own system holds."""

from datetime import date, datetime

from ninja import Schema


class ThereNow(Schema):
    """How sure it is that somebody can be reached now, at which station and until when."""

    how: str
    station: str
    until: datetime


class ChampionAnswer(Schema):
    """Somebody who is named a champion today: current until a day or why not (RES-01), and where they are now."""

    staff_ref: str
    role: str
    station: str
    is_current: bool
    why_not: str | None
    current_until: date | None
    is_lapsing: bool
    now: ThereNow | None


class CoverageAnswer(Schema):
    """Of the shifts of four weeks those with a current champion on duty, with its 95% interval (RES-02, MET32)."""

    first: date
    last: date
    covered: int
    shifts: int
    share: float | None
    interval: tuple[float, float] | None


class ChampionsAnswer(Schema):
    """As the system of staff said last. `champions` is null for whoever reads how shifts are covered and nobody's standing."""

    as_of: datetime | None
    coverage: CoverageAnswer
    champions: list[ChampionAnswer] | None
