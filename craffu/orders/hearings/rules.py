"""When an adjournment with no next date is chased, by when an application is lodged, and what a hearing's record lacks.

ORD-07 and ORD-10; the limits are policy.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

# `orders.no_next_hearing_alert` and `orders.lodge_within`
NO_NEXT_HEARING: Final = timedelta(days=14)
LODGE_WITHIN: Final = timedelta(days=28)


class HearingResult(StrEnum):
    """What a hearing may end in."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ADJOURNED_TO_A_DATE = "adjourned_to_a_date"
    ADJOURNED_NO_DATE = "adjourned_no_date"


@dataclass(frozen=True, slots=True)
class HearingWatch:
    """The day from which an adjournment without a next date is an alert, and whether it is one."""

    alert_on: date
    alert: bool


def hearing_watch(
    adjourned_on: date, today: date, next_hearing_on: date | None = None, after: timedelta = NO_NEXT_HEARING
) -> HearingWatch:
    """ORD-10: an alert from the fourteenth day without a date; a date that is fixed ends it."""
    alert_on = adjourned_on + after
    return HearingWatch(alert_on, alert=next_hearing_on is None and today >= alert_on)


@dataclass(frozen=True, slots=True)
class LodgeBy:
    """The last day to lodge an application decided on, and whether it was missed."""

    last_day: date
    is_late: bool


def lodge_by(decided_on: date, today: date, lodged_on: date | None = None, within: timedelta = LODGE_WITHIN) -> LodgeBy:
    """ORD-10: an application is lodged within 28 days of the decision to apply."""
    last_day = decided_on + within
    return LodgeBy(last_day, is_late=(today if lodged_on is None else lodged_on) > last_day)


def lacks(result: str, *, reason: str = "", next_hearing_on: date | None = None) -> list[str]:
    """ORD-10: what the record of a hearing lacks: a result of the list, the court's reason for a refusal, the next date."""
    if result not in set(HearingResult):
        return ["result"]
    if result == HearingResult.REFUSED and not reason.strip():
        return ["reason"]
    return ["next_hearing_on"] if result == HearingResult.ADJOURNED_TO_A_DATE and next_hearing_on is None else []


class WhyNoInterim(StrEnum):
    """Why an interim order cannot be sought."""

    NO_INTERIM_FORM = "no_interim_form"
    MAIN_NOT_LODGED = "main_application_not_lodged"
    BEFORE_MAIN = "before_the_main_application"
    DETERMINED = "main_application_determined"


def why_no_interim(
    *, has_interim_form: bool, main_lodged_on: date | None, main_determined_on: date | None, interim_lodged_on: date
) -> WhyNoInterim | None:
    """ORD-07: an interim order is sought with or after the main application, and while that is undetermined."""
    if not has_interim_form:
        return WhyNoInterim.NO_INTERIM_FORM
    if main_lodged_on is None:
        return WhyNoInterim.MAIN_NOT_LODGED
    if interim_lodged_on < main_lodged_on:
        return WhyNoInterim.BEFORE_MAIN
    is_over = main_determined_on is not None and interim_lodged_on > main_determined_on
    return WhyNoInterim.DETERMINED if is_over else None
