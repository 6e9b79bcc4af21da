"""What the force's own system sent of crimes, as far as it bears on risk: how a case opened, later reports, grades (RSK-01)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from craffu.cases.risk.rules import Asks, Event, Grade, Graded, asks_for_assessment

# The columns of a crime's version that `crime_sent` reads.
SENT: Final = (
    "case_id", "reported_at", "risk_grade", "risk_graded_at", "home_office_class", "flags", "offence_code", "crime",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CrimeSent:
    """What the force's own system said of a crime, as far as it bears on risk."""

    case: int
    reported_at: datetime
    grade: str
    graded_at: datetime | None
    is_asked: bool
    crime: str


def crime_sent(row: tuple[int, datetime, str, datetime | None, str, list[str], str, str]) -> CrimeSent:
    """What a row of these columns says."""
    case, reported_at, grade, graded_at, home_office_class, flags, code, crime = row
    return CrimeSent(case, reported_at, grade, graded_at, asks_for_assessment(home_office_class, flags, code), crime)


def opened_at(known_from: datetime, sent: Iterable[CrimeSent]) -> datetime:
    """When a case opened: as its first crime of the kind was reported, else as we first heard of it."""
    return min((one.reported_at for one in sent if one.is_asked), default=known_from)


def reports_sent(sent: Iterable[CrimeSent]) -> list[Event]:
    """Each report of the kind after the one that opened the case asks for an assessment again (RSK-01)."""
    reported = sorted({one.reported_at for one in sent if one.is_asked})
    return [Event(Asks.NEW_REPORT, at) for at in reported[1:]]


def grades_sent(sent: Iterable[CrimeSent]) -> tuple[Graded, ...]:
    """Grades that were sent of stalking or harassment, each once, in order: a theft beside it says nothing of that risk.

    One without its time was not there before the crime was reported.
    """
    found = {Graded(one.graded_at or one.reported_at, Grade(one.grade)) for one in sent if one.grade and one.is_asked}
    return tuple(sorted(found, key=lambda one: one.at))
