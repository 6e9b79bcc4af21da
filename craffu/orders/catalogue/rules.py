"""Which kinds may be asked for where and when, by whom, at which court, and who may ask for a change.

ORD-04, ORD-05 and ORD-15. Craffu offers only what a dated row puts in force; what a court has made is recorded all the same.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from craffu.orders.catalogue.kinds import Change, Extent, First, Kind, Standing

_ADULT: Final = 18


class WhyOffered(StrEnum):
    """Why a kind is offered in an area on a day, or is not."""

    IN_FORCE = "in_force"
    PILOT_AREA = "pilot_area"
    NOT_YET = "not_yet_in_force"
    NO_LONGER = "no_longer_in_force"
    NOT_VERIFIED = "commencement_not_verified"
    NOT_A_PILOT_AREA = "not_a_pilot_area"
    AFTER_PILOT = "position_after_pilot_not_verified"
    OTHER_AREA = "not_in_this_area"
    COURT_FACT = "court_fact_is_always_recorded"


@dataclass(frozen=True, slots=True)
class Entered:
    """A commencement that an administrator has entered: from when, until when and, where it says so, for one area."""

    effective_from: date | None
    effective_to: date | None = None
    extent_area: str | None = None


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether this force may ask for a kind; `recorded` where a court has made one, which is always taken in."""

    offered: bool
    why: WhyOffered
    recorded: bool = False


def availability(
    kind: Kind, area: str, on: date, *, entered: Entered | None = None, received_from_court: bool = False
) -> Availability:
    """ORD-04: whether a kind is offered in a force's area on a day. Unknown commencement means off."""
    why = _entered(entered, area, on) if entered else _known(kind, area, on)
    offered = why in {WhyOffered.IN_FORCE, WhyOffered.PILOT_AREA}
    if received_from_court:
        return Availability(offered, WhyOffered.COURT_FACT, recorded=True)
    return Availability(offered, why)


def _entered(row: Entered, area: str, on: date) -> WhyOffered:
    if row.effective_from is None:
        return WhyOffered.NOT_VERIFIED
    if row.extent_area is not None and not _same_place(row.extent_area, area):
        return WhyOffered.OTHER_AREA
    return _between(row.effective_from, row.effective_to, on)


def _known(kind: Kind, area: str, on: date) -> WhyOffered:
    standing = kind.standing
    if standing.status == Standing.PILOT:
        return _pilot(next((one for one in standing.extents if _covers(one, area)), None), on)
    if not standing.offered:
        return WhyOffered.NOT_VERIFIED
    return _between(standing.effective_from, standing.effective_to, on)


def _pilot(extent: Extent | None, on: date) -> WhyOffered:
    if extent is None:
        return WhyOffered.NOT_A_PILOT_AREA
    if on < extent.effective_from:
        return WhyOffered.NOT_YET
    return WhyOffered.PILOT_AREA if on <= extent.effective_to else WhyOffered.AFTER_PILOT


def _between(first: date | None, last: date | None, on: date) -> WhyOffered:
    if first is not None and on < first:
        return WhyOffered.NOT_YET
    return WhyOffered.NO_LONGER if last is not None and on > last else WhyOffered.IN_FORCE


def _covers(extent: Extent, area: str) -> bool:
    return any(_same_place(name, area) for name in (extent.area, *extent.names))


def _same_place(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def age_on(born: date, on: date) -> int:
    """Whole years on a day. Whoever was born on 29 February turns a year older on 1 March of a common year (not confirmed)."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


class WhyNotApply(StrEnum):
    """Why an application may not be made."""

    APPLICANT = "applicant_not_permitted"
    TOO_YOUNG = "respondent_too_young"
    AGE_UNKNOWN = "respondent_age_not_known"
    NO_NOTICE = "no_notice_served"
    NO_WARNING = "no_earlier_warning"


_WITHOUT: Final = {First.SERVED_NOTICE: WhyNotApply.NO_NOTICE, First.WRITTEN_WARNING: WhyNotApply.NO_WARNING}


@dataclass(frozen=True, slots=True)
class Application:
    """Whether somebody may apply; to which court where they may (None for a notice), and why not where not."""

    age: int | None
    allowed: bool
    court: str | None = None
    why: WhyNotApply | None = None


def too_young(kind: Kind, age: int | None) -> WhyNotApply | None:
    """ORD-05: whether a respondent's age stands in the way; not knowing it does, where the law asks for one."""
    least = kind.applying.min_age
    if least is None:
        return None
    if age is None:
        return WhyNotApply.AGE_UNKNOWN
    return WhyNotApply.TOO_YOUNG if age < least else None


def may_apply(
    kind: Kind, applicant: str, born: date | None, on: date, *, done_first: Collection[First] = frozenset()
) -> Application:
    """ORD-05: the applicant the statute names, against a respondent of the age it allows, after what it asks for first."""
    age = None if born is None else age_on(born, on)
    why = _why_not_apply(kind, applicant, age, done_first)
    if why is not None:
        return Application(age, allowed=False, why=why)
    return Application(age, allowed=True, court=court_for(kind, applicant, age))


def _why_not_apply(kind: Kind, applicant: str, age: int | None, done_first: Collection[First]) -> WhyNotApply | None:
    if applicant not in kind.applying.applicants:
        return WhyNotApply.APPLICANT
    young = too_young(kind, age)
    if young is not None:
        return young
    first = kind.applying.first
    return None if first is None or first in done_first else _WITHOUT[first]


def court_for(kind: Kind, applicant: str, age: int | None) -> str | None:
    """The court an application goes to: the youth court for somebody under 18 where the statute says so; None for a notice."""
    if age is not None and age < _ADULT and kind.applying.court_under_18 is not None:
        return kind.applying.court_under_18
    return kind.applying.court_by_applicant.get(applicant, kind.applying.court)


class ChangeOf(StrEnum):
    """What somebody asks the court, or whoever made it, to do with an order."""

    VARY = "vary"
    RELAX = "relax"
    TIGHTEN = "tighten"
    EXTEND = "extend"
    RENEW = "renew"
    DISCHARGE = "discharge"
    REVOKE = "revoke"


_BY_VARYING: Final = frozenset({ChangeOf.VARY, ChangeOf.RELAX, ChangeOf.TIGHTEN})
_POSSIBLE: Final = frozenset({Change.YES, Change.YES_UNCONFIRMED, Change.BY_EXTENSION})
# Statutes and forms call the same person by several names.
_CALLED: Final = {
    "offender": "respondent",
    "defendant": "respondent",
    "subject": "respondent",
    "suspect": "respondent",
    "prosecutor": "prosecution",
    "claimant": "applicant",
    "original_applicant": "applicant",
    "protected_person": "victim",
}


@dataclass(frozen=True, slots=True)
class Applicant:
    """Whether somebody may ask for a change, and whether the court must hear them on it."""

    allowed: bool
    must_be_heard: bool


def may_ask_for_change(kind: Kind, applicant: str, change: str) -> Applicant:
    """ORD-15: only the persons in the statute may ask, and who must be heard is said. What the law does not know is nobody's."""
    who = _called(kind, _CALLED.get(applicant, applicant))
    if not _is_possible(kind, change) or who not in kind.changing.applicants:
        return Applicant(allowed=False, must_be_heard=False)
    heard = any(one.who == who and change in one.on for one in kind.changing.heard)
    return Applicant(allowed=True, must_be_heard=heard)


def _called(kind: Kind, who: str) -> str:
    """Whose own order it is, there the victim is its applicant; elsewhere they are among those whom it mentions."""
    named = kind.changing.applicants
    if who in named:
        return who
    if who == "chief_officer":
        return next((one for one in named if one.startswith("chief_officer")), who)
    if who == "victim" and kind.victim.consent_needed:
        return "applicant"
    return "person_mentioned" if who == "victim" else who


def _is_possible(kind: Kind, change: str) -> bool:
    changing = kind.changing
    if change not in set(ChangeOf):
        return False
    if change in _BY_VARYING:
        return changing.vary in _POSSIBLE
    if change == ChangeOf.DISCHARGE:
        return changing.discharge in _POSSIBLE
    if change == ChangeOf.REVOKE:
        return changing.revoke in _POSSIBLE
    if change == ChangeOf.EXTEND and changing.renew == Change.BY_VARIATION:
        return changing.vary in _POSSIBLE
    return changing.renew in _POSSIBLE
