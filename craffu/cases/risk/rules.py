"""When a risk assessment is due and complete, which grade stands, what may be observed, and when a second person looks.

RSK-01 to RSK-04; rules.md, Annex E. The grade is a professional's and never computed: nothing here adds, weighs or grades. With
none that stands, every clock that depends on risk runs as for 'high'.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from craffu.clocks.london import day_of, due

# `risk.assess_within` and `risk.second_review_within`: elapsed hours.
ASSESS_WITHIN: Final = timedelta(hours=24)
SECOND_LOOK_WITHIN: Final = timedelta(hours=24)
# Who assesses is a person: what the system does under its own name is refused.
SYSTEM: Final = "system"
_ONE_HOUR: Final = timedelta(hours=1)


# Home Office classes of harassment (8L), the same racially or religiously aggravated (8M) and stalking (8Q); offence codes
# under the Protection from Harassment Act 1997 begin so; and the mark that a force's own system sets.
CLASSES: Final = frozenset({"8L", "8M", "8Q"})
ACT_OF_1997: Final = "PH97"
STALKING_FLAG: Final = "stalking"


class Grade(StrEnum):
    """The professional's grade, the risk tier of every clock."""

    HIGH = "high"
    MEDIUM = "medium"
    STANDARD = "standard"


class Asks(StrEnum):
    """What asks for an assessment: the opening of a case, and each event after which the last one may no longer hold."""

    CASE_OPENED = "case_opened"
    NEW_REPORT = "new_report"
    POSSIBLE_BREACH_RAISED = "possible_breach_raised"
    ARRESTED = "arrested"
    RELEASED = "released"
    BAIL_CONDITIONS_CHANGED_OR_ENDED = "bail_conditions_changed_or_ended"
    ORDER_ENDED_OR_RELAXED = "order_ended_or_relaxed"
    EXPLICIT_THREAT = "explicit_threat"
    WEAPON_OR_TRACKING_FOUND = "weapon_or_tracking_found"
    VICTIM_MORE_AFRAID = "victim_more_afraid"
    RELATIONSHIP_OR_ADDRESS_CHANGED = "relationship_or_address_changed"


def asks_for_assessment(home_office_class: str, flags: Iterable[str], offence_code: str) -> bool:
    """RSK-01: whether what is alleged is stalking or harassment, however it was recorded."""
    return home_office_class in CLASSES or offence_code.startswith(ACT_OF_1997) or STALKING_FLAG in flags


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is recorded of an assessment; what was not given is empty."""

    tool: str = ""
    version: str = ""
    licence_ref: str = ""
    assessor: str = ""
    assessed_on: str = ""
    grade: str = ""
    document_ref: str = ""


def lacks(assessment: Assessment) -> list[str]:
    """What an assessment lacks, in the order in which it is asked for; nothing, and it is complete (RSK-01, RSK-02)."""
    found = [f"missing:{field.name}" for field in fields(assessment) if not getattr(assessment, field.name).strip()]
    if assessment.grade.strip() and assessment.grade not in set(Grade):
        found.append("unknown_grade")
    if assessment.assessor == SYSTEM:
        found.append("a_person_must_grade")
    return found


class Timeliness(StrEnum):
    """How an assessment that was asked for stands."""

    RUNNING = "running"
    OVERDUE = "overdue"
    ON_TIME = "on_time"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Due:
    """Whether an event asks for an assessment, by which instant (UTC), and how that stands; None where it asks for none."""

    asked: bool
    due: datetime | None = None
    status: Timeliness | None = None


def assessment_due(event: str, at: datetime, now: datetime, assessed_at: datetime | None = None) -> Due:
    """RSK-01: 24 elapsed hours from the event, the last instant in time. An assessment before the event answers nothing."""
    if event not in set(Asks):
        return Due(asked=False)
    by = due(at, ASSESS_WITHIN)
    if assessed_at is not None and at <= assessed_at <= now:
        return Due(asked=True, due=by, status=Timeliness.ON_TIME if assessed_at <= by else Timeliness.LATE)
    return Due(asked=True, due=by, status=Timeliness.RUNNING if now <= by else Timeliness.OVERDUE)


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade that a person gave, and when."""

    at: datetime
    grade: Grade


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, and since when it is known, where that was not at once; whether it asks for an assessment is the
    rule's to say.
    """

    kind: str
    at: datetime
    known_from: datetime | None = None

    @property
    def heard_at(self) -> datetime:
        return self.at if self.known_from is None else max(self.at, self.known_from)

    def asks_from(self, graded_at: datetime) -> datetime | None:
        """From when it asks for another assessment than one of that instant; None where whoever made it could know of it.

        The hours count from when it happened, but not from before an assessment that was made without it.
        """
        if self.heard_at <= graded_at:
            return None
        return self.at if self.at > graded_at else self.heard_at


def since_it_was_over(over_from: date, events: Iterable[Event]) -> list[Event]:
    """RSK-01: what asks for an assessment though its case is over, as most orders outlive theirs: what was heard of since.

    A case is over from a day, at no known time: what was heard of on that day may have been later.
    """
    return [one for one in events if one.kind in set(Asks) and day_of(one.heard_at) >= over_from]


def nobody_waits(over_from: date | None, events: Iterable[Event]) -> bool:
    """Whether a case is over, and nothing was recorded since after which somebody has to assess."""
    return over_from is not None and not since_it_was_over(over_from, events)


@dataclass(frozen=True, slots=True)
class Standing:
    """Which grade stands at an instant.

    `grade` is None where none is current; `last_grade` stays readable; `clock_grade` is what clocks run by. `waiting_since` and
    `due` (UTC) are of the first event, or the opening, that no assessment has answered, though the last grade may still stand.
    """

    grade: Grade | None
    last_grade: Grade | None
    waiting_since: datetime | None
    due: datetime | None
    age: timedelta | None

    @property
    def clock_grade(self) -> Grade:
        return self.grade or Grade.HIGH

    @property
    def in_unassessed_queue(self) -> bool:
        return self.grade is None

    @property
    def age_hours(self) -> float | None:
        """Elapsed hours in the queue of the unassessed; None for what is not in it."""
        return None if self.age is None else self.age / _ONE_HOUR


def last_of(graded: Iterable[Graded]) -> Graded | None:
    """The grade given last; of several of one instant the one named last, so that a correction counts."""
    last = None
    for one in graded:
        last = one if last is None or one.at >= last.at else last
    return last


def standing(
    opened_at: datetime,
    now: datetime,
    graded: Iterable[Graded] = (),
    events: Iterable[Event] = (),
    asked_again: Iterable[datetime] = (),
) -> Standing:
    """RSK-02: the last grade stands until the 24 hours of the first unanswered event have run out.

    `graded` are in the order recorded; `asked_again` is when a second person asked for a new assessment (RSK-04). An assessment
    answers whatever was known up to its own instant. What lies after `now` is not known yet.
    """
    last = last_of(one for one in graded if one.at <= now)
    if last is None:
        return _waiting(None, opened_at, now)
    unanswered = (one.asks_from(last.at) for one in events if one.kind in set(Asks) and one.heard_at <= now)
    after = [*(at for at in unanswered if at is not None), *(at for at in asked_again if last.at < at <= now)]
    if not after:
        return Standing(last.grade, last.grade, None, None, None)
    first = min(after)
    by = due(first, ASSESS_WITHIN)
    return Standing(last.grade, last.grade, first, by, None) if now <= by else _waiting(last.grade, first, now)


def _waiting(last_grade: Grade | None, since: datetime, now: datetime) -> Standing:
    return Standing(None, last_grade, since, due(since, ASSESS_WITHIN), now - since)


class Observed(StrEnum):
    """The facts that are asked about; our own words for what public research names (methods.md, section B)."""

    PRIOR_RELATIONSHIP = "prior_relationship"
    EXPLICIT_THREAT = "explicit_threat"
    PROPERTY_DAMAGE = "property_damage"
    APPROACH_HOME_OR_WORK = "approach_home_or_work"
    THIRD_PARTIES_CONTACTED = "third_parties_contacted"
    BREACH_AFTER_ORDER = "breach_after_order"
    WEAPON_ACCESS = "weapon_access"
    SUICIDAL_STATEMENTS = "suicidal_statements"
    ESCALATION = "escalation"
    VICTIM_FEAR_RATING = "victim_fear_rating"
    TRACKING_OR_ACCOUNT_ACCESS = "tracking_or_account_access"
    DURATION_AND_FREQUENCY = "duration_and_frequency"


class Reply(StrEnum):
    """What is known of a fact; that it was not asked, and that nobody knows, are answers."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"
    UNKNOWN = "unknown"


# A victim's own rating, from 0, not afraid, to 10, as afraid as anybody can be (ADR 73).
MOST_AFRAID: Final = 10
_RATING = re.compile(r"\s*(\d{1,2})\s*(?:(?:/|of|out of|allan o|o)\s*10)?\s*")


def fear_rating(value: str) -> int | None:
    """What a victim's own rating says, from 0 to 10; None where it is in other words, and is no number."""
    found = _RATING.fullmatch(value)
    rating = None if found is None else int(found[1])
    return rating if rating is not None and rating <= MOST_AFRAID else None


def is_most_afraid(value: str) -> bool:
    """Whether a victim's own rating is the top of the scale (PRI-04)."""
    return fear_rating(value) == MOST_AFRAID


@dataclass(frozen=True, slots=True)
class Observation:
    """An answer as given: by which source and of which day; her own rating, or how long and how often, stands in `value`."""

    answer: str = ""
    source: str = ""
    on: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class ObservationsChecked:
    """What is wrong with some observations, as `what:which`, and which facts nothing was said of. There is no total."""

    why: tuple[str, ...]
    unanswered: tuple[Observed, ...]

    @property
    def accepted(self) -> bool:
        return not self.why


def check_observations(given: Mapping[str, Observation]) -> ObservationsChecked:
    """RSK-03: only facts of the list, each with one of the four answers, its source and its date."""
    why = []
    for name, one in given.items():
        if name not in set(Observed):
            why.append(f"{name}:not_in_the_list")
        elif one.answer not in set(Reply):
            why.append(f"{name}:answer")
        elif not (one.source.strip() and one.on.strip()):
            why.append(f"{name}:source_or_date")
    return ObservationsChecked(tuple(why), tuple(one for one in Observed if one.value not in given))


class SecondLook(StrEnum):
    """Facts beside which a 'standard' grade is not left to one person."""

    BREACH_OF_ORDER = "breach_of_order"
    EXPLICIT_THREAT = "explicit_threat"
    TRACKING_OR_BREAK_IN = "tracking_or_break_in"
    PREVIOUS_VICTIM = "previous_victim"


# Which observed fact, where the answer is yes, is one of these.
LOOKED_AT_FOR: Final = {
    Observed.BREACH_AFTER_ORDER: SecondLook.BREACH_OF_ORDER,
    Observed.EXPLICIT_THREAT: SecondLook.EXPLICIT_THREAT,
    Observed.TRACKING_OR_ACCOUNT_ACCESS: SecondLook.TRACKING_OR_BREAK_IN,
}


@dataclass(frozen=True, slots=True)
class Look:
    """Whether a second person must look, because of what and by when (UTC); `accepted` is None while nobody has."""

    needed: bool
    because: tuple[SecondLook, ...] = ()
    due: datetime | None = None
    accepted: bool | None = None

    @property
    def waits(self) -> bool:
        """Whether it is asked for and nobody but the assessor has taken it."""
        return self.needed and not self.accepted


def second_look(
    grade: str, graded_at: datetime, facts: Iterable[str], *, assessor: str, second: str | None = None
) -> Look:
    """RSK-04: within 24 elapsed hours, never by the assessor. Only an assessment changes the grade."""
    held = set(facts)
    because = tuple(one for one in SecondLook if one.value in held) if grade == Grade.STANDARD else ()
    if not because:
        return Look(needed=False)
    accepted = None if second is None else second not in (assessor, SYSTEM)
    return Look(needed=True, because=because, due=due(graded_at, SECOND_LOOK_WITHIN), accepted=accepted)


@dataclass(frozen=True, slots=True)
class LookTaken:
    """A look that somebody took, and beside which facts; None where that was not kept: those known by then."""

    by: str
    at: datetime
    facts: frozenset[str] | None = None


def further_look(
    grade: str, graded_at: datetime, known: Mapping[SecondLook, datetime], looks: Iterable[LookTaken], *, assessor: str
) -> Look:
    """RSK-04 once looks were taken: a fact that none of them saw asks for a further one, from when it was known.

    `known` is since when each fact is known; one known before the grade counts from the grade.
    """
    by_others = [look for look in looks if look.by not in (assessor, SYSTEM)]
    unseen = {fact: at for fact, at in known.items() if not any(_saw(look, fact, at) for look in by_others)}
    if unseen or not by_others:
        since = min((max(at, graded_at) for at in unseen.values()), default=graded_at)
        return second_look(grade, since, unseen, assessor=assessor)
    since = min((max(at, graded_at) for at in known.values()), default=graded_at)
    return second_look(grade, since, known, assessor=assessor, second=by_others[-1].by)


def _saw(look: LookTaken, fact: SecondLook, known_from: datetime) -> bool:
    return known_from <= look.at if look.facts is None else fact in look.facts
