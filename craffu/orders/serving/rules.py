"""How long an order has waited to be served, when that is an alert, and what a record of service lacks (ORD-11).

Targets are policy; who may serve family orders, and the copy for a police station, is law (FPR 2010 rr.10.6, 10.10).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from craffu.clocks.london import day_of

# `orders.serve_within_days` and `orders.unserved_alert_after_days`
SERVE_WITHIN_DAYS: Final = 1
ALERT_AFTER_DAYS: Final = 3


class ServedBeforeMade(ValueError):
    """Nothing is served before it is made."""

    code = "served_before_made"


@dataclass(frozen=True, slots=True)
class Served:
    """Calendar days from making to service, or to today; whether that is within the target; whether it is an alert."""

    days: int
    within_target: bool
    unserved_alert: bool


def service_clock(made_at: datetime, served_at: datetime | None, today: date) -> Served:
    """ORD-11: served by the end of the next calendar day; an alert when unserved for more than three. Raises ServedBeforeMade."""
    if served_at is not None and served_at < made_at:
        raise ServedBeforeMade("an order cannot be served before it was made")
    until = today if served_at is None else day_of(served_at)
    days = (until - day_of(made_at)).days
    return Served(days, days <= SERVE_WITHIN_DAYS, served_at is None and days > ALERT_AFTER_DAYS)


class PlaceType(StrEnum):
    """Where an attempt was made: never the place itself."""

    HOME = "home"
    WORK = "work"
    COURT = "court"
    POLICE_STATION = "police_station"
    PRISON = "prison"
    PUBLIC_PLACE = "public_place"
    OTHER = "other"


class Method(StrEnum):
    """How an order reached the respondent."""

    PERSONAL = "personal"
    POST = "post"
    ELECTRONIC = "electronic"
    THROUGH_SOLICITOR = "through_solicitor"
    LEFT_AT_ADDRESS = "left_at_address"
    OTHER = "other"


# Family orders, which the applicant never serves in person.
NEVER_BY_APPLICANT: Final = frozenset({"NMO", "OCC"})


@dataclass(frozen=True, slots=True)
class Recorded:
    """A service as recorded; what was not given is empty."""

    kind: str
    at: datetime | None = None
    place_type: str = ""
    method: str = ""
    by: str = ""
    proof: str = ""
    court_directed_method: bool = False
    served_by_applicant: bool = False
    pack_scanned: bool = False


def why_not_served(service: Recorded, made_at: datetime | None = None) -> list[str]:
    """ORD-11: what stands in the way of a service being recorded as one, in the order in which it is asked for."""
    return [*_missing(service), *_faults(service, made_at)]


def _missing(service: Recorded) -> Iterator[str]:
    if service.at is None:
        yield "missing:at"
    if service.place_type not in set(PlaceType):
        yield "missing:place_type"
    if service.method not in set(Method):
        yield "missing:method"
    if not service.by.strip():
        yield "missing:by"
    if not service.proof.strip():
        yield "missing:proof"


def _faults(service: Recorded, made_at: datetime | None) -> Iterator[str]:
    if service.at is not None and made_at is not None and service.at < made_at:
        yield ServedBeforeMade.code
    is_known = service.method in set(Method)
    if is_known and service.method != Method.PERSONAL and not service.court_directed_method:
        yield "needs_court_direction"
    if service.kind in NEVER_BY_APPLICANT and service.served_by_applicant:
        yield "served_by_applicant"
    if not service.pack_scanned:
        yield "pack_not_scanned"


def owes_copy_to_station(kind: str, *, power_of_arrest: bool) -> bool:
    """ORD-11: whether a copy goes to a police station with a statement of service or telling; an OCC with a power of arrest."""
    return kind == "NMO" or (kind == "OCC" and power_of_arrest)
