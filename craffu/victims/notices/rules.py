"""By when she is told: of what her safety hangs on before it happens or within the hour, of every step within the Code's limit.

VIC-05; rules.md, Annex E. The Code's working days are only the outer limit of safety-critical news; both clocks are answered.
What is not confirmed carries its mark, for staff, and is never printed (CLK-14).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from craffu.clocks.london import day_of, due
from craffu.clocks.periods import NOT_CONFIRMED
from craffu.clocks.working_days import working_days_after
from craffu.victims.notices.code import CODE_2021, Code, CodeEvent, Entitlement, From

# `victim.safety_tell_within`.
TELL_WITHIN: Final = timedelta(hours=1)
# `victim.order_terms_working_days`: also the outer limit of news for which the Code has none.
WORKING_DAYS_WITHOUT_CODE: Final = 1
FORCE_POLICY: Final = "force policy"
# `victim.default_entitlement`.
ENHANCED_FOR: Final = frozenset({"stalking", "harassment", "breach"})


class SafetyEvent(StrEnum):
    """What she is warned of, because she may be in danger from then on."""

    ORDER_SERVED = "order_served"
    RELEASED_FROM_POLICE_CUSTODY = "released_from_police_custody"
    RELEASED_FROM_PRISON = "released_from_prison"
    BAIL_CONDITIONS_CHANGED = "bail_conditions_changed"
    BAIL_ENDED = "bail_ended"
    ARRESTED_FOR_BREACH = "arrested_for_breach"
    CHARGED_FOR_BREACH = "charged_for_breach"
    ORDER_ENDED = "order_ended"
    ORDER_RELAXED = "order_relaxed"


# Which of the Code's events each is; for the others the Code has no limit.
CODE_EVENT: Final = {
    SafetyEvent.RELEASED_FROM_POLICE_CUSTODY: CodeEvent.BAIL_OR_RUI,
    SafetyEvent.BAIL_CONDITIONS_CHANGED: CodeEvent.BAIL_OR_RUI,
    SafetyEvent.BAIL_ENDED: CodeEvent.BAIL_OR_RUI,
    SafetyEvent.ARRESTED_FOR_BREACH: CodeEvent.ARRESTED,
    SafetyEvent.CHARGED_FOR_BREACH: CodeEvent.CHARGE_DECISION,
}


@dataclass(frozen=True, slots=True)
class Entitled:
    """To which limits, and whether by default or for a reason."""

    entitlement: Entitlement
    why: str


def entitlement(offence_group: str, standard_reason: str | None = None) -> Entitled:
    """Enhanced by default for stalking, harassment and breach; there, standard only with a reason."""
    if offence_group not in ENHANCED_FOR:
        return Entitled(Entitlement.STANDARD, "default")
    if (standard_reason or "").strip():
        return Entitled(Entitlement.STANDARD, "reasoned")
    return Entitled(Entitlement.ENHANCED, "default")


class Told(StrEnum):
    """How a limit in days stands."""

    RUNNING = "running"
    ON_TIME = "on_time"
    LATE = "late"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class CodeLimit:
    """The Code's limit for one event: `due_day` is there to its end; `mark` is for staff; without a telling no `status`."""

    days: int
    due_day: date
    who: str
    runs_from: From
    mark: str | None
    status: Told | None


def code_limit(
    event: CodeEvent, entitled: Entitlement, at: datetime, told_at: datetime | None = None, *, code: Code = CODE_2021
) -> CodeLimit:
    """VIC-05: working days from the London day of `at`: of the event, or of what else the limit runs from."""
    limit = code.limits[event]
    days = limit.days(entitled)
    due_day = working_days_after(day_of(at), days).due_day
    mark = None if limit.is_confirmed else NOT_CONFIRMED
    return CodeLimit(days, due_day, limit.who, limit.runs_from, mark, _told(due_day, told_at))


def _told(due_day: date, told_at: datetime | None, now: datetime | None = None) -> Told | None:
    if told_at is not None:
        return Told.ON_TIME if day_of(told_at) <= due_day else Told.LATE
    if now is None:
        return None
    return Told.RUNNING if day_of(now) <= due_day else Told.MISSED


class Warned(StrEnum):
    """How safety-critical news stands: a warning where its time was known before, otherwise the hour."""

    WARNING_DUE = "warning_due"
    WARNED = "warned"
    TOLD_NOT_WARNED = "told_not_warned"
    RUNNING = "running"
    IN_TIME = "in_time"
    LATE = "late"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class SafetyNews:
    """Both clocks of safety-critical news (UTC).

    `warn_before` is None where its time was not known before it; `tell_by` is there to the very instant. The outer limit is the
    Code's, or the force's policy where the Code has none.
    """

    warn_before: datetime | None
    tell_by: datetime
    status: Warned
    outer_due_day: date
    outer_days: int
    outer_from: str
    outer_status: Told
    mark: str | None


def safety_news(
    event: SafetyEvent,
    entitled: Entitlement,
    at: datetime,
    now: datetime,
    *,
    time_known_at: datetime | None = None,
    learnt_at: datetime | None = None,
    told_at: datetime | None = None,
    code: Code = CODE_2021,
) -> SafetyNews:
    """VIC-05: warned before it where its time was known, else told within one elapsed hour of it or of our learning of it."""
    told = told_at if told_at is not None and told_at <= now else None
    warn_before = at if time_known_at is not None and time_known_at < at else None
    tell_by = due(max(at, learnt_at or at), TELL_WITHIN)
    days, outer_from, mark = _outer(event, entitled, code)
    outer_due = working_days_after(day_of(at), days).due_day
    outer = _told(outer_due, told, now) or Told.RUNNING
    return SafetyNews(
        warn_before, tell_by, _warned(warn_before, tell_by, told, now), outer_due, days, outer_from, outer, mark
    )


def _outer(event: SafetyEvent, entitled: Entitlement, code: Code) -> tuple[int, str, str | None]:
    code_event = CODE_EVENT.get(event)
    if code_event is None:
        return WORKING_DAYS_WITHOUT_CODE, FORCE_POLICY, None
    limit = code.limits[code_event]
    return limit.days(entitled), f"Code {code.version}", None if limit.is_confirmed else NOT_CONFIRMED


def _warned(warn_before: datetime | None, tell_by: datetime, told: datetime | None, now: datetime) -> Warned:
    if told is None:
        if warn_before is not None and now < warn_before:
            return Warned.WARNING_DUE
        return Warned.RUNNING if now <= tell_by else Warned.MISSED
    if warn_before is not None and told < warn_before:
        return Warned.WARNED
    if told > tell_by:
        return Warned.LATE
    return Warned.IN_TIME if warn_before is None else Warned.TOLD_NOT_WARNED
