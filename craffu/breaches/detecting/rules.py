"""Which incidents are offered as possible breaches of an order, with why and with what is not sure, and what a decision needs.

BRC-06. Nothing is decided here: an officer decides, with a reason. What is offered is whatever touches person, protected
person, place, channel and time; it is kept even where it could not be charged.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from craffu.clocks.london import day_of, end_of, start_of
from craffu.common.reasons import is_too_short
from craffu.linkage.rules import USUAL, Thresholds
from craffu.orders.conditions.rules import ConditionType
from craffu.people.search.forms import meeting_names


class Channel(StrEnum):
    """By what somebody was reached. Keys are stored."""

    IN_PERSON = "in_person"
    CALL = "call"
    TEXT = "text"
    EMAIL = "email"
    ONLINE = "online"
    LETTER = "letter"
    GIFT = "gift"
    THIRD_PARTY = "third_party"
    # Of them, and not to them.
    POST = "post"


_DIRECT: Final = frozenset(Channel) - {Channel.THIRD_PARTY, Channel.POST}
_BARRED_BY: Final[Mapping[ConditionType, frozenset[Channel]]] = {
    ConditionType.NO_CONTACT_DIRECT: _DIRECT,
    ConditionType.NO_CONTACT_INDIRECT: frozenset({Channel.THIRD_PARTY, Channel.GIFT}),
    ConditionType.NO_ONLINE_REFERENCE: frozenset({Channel.POST}),
}
_BY_CHANNEL, _BY_PLACE = "channel", "place"
APPROACH, PROTECTED_PERSON = "approach", "protected_person"
# A force, a court or probation says that an order was broken.
RECORDED_AS_BREACH: Final = "recorded_as_breach"
# The duty to notify the police was not kept: followed by how (MON-05).
NOTIFICATION: Final = "notification"


# A word alone is nobody's name.
_WORDS_OF_A_NAME: Final = 2


class Flag(StrEnum):
    """What is not sure of a possible breach, or what it could not be charged for."""

    TIME_UNCERTAIN = "time_uncertain"
    IDENTITY = "identity_not_confirmed"
    NOT_ENFORCEABLE = "not_enforceable_at_time"


@dataclass(frozen=True, slots=True)
class Bound:
    """An order as it bound somebody: from when, until when, since when a breach could be laid at their door, whom it protects."""

    effect_from: datetime | None
    known_from: datetime | None
    protects: frozenset[str]
    conditions: frozenset[ConditionType]
    last_day: date | None = None
    ended_at: datetime | None = None

    @property
    def until(self) -> datetime | None:
        """The exclusive end, at the latest; None for none. What ended on a day, at no known time, did by its end."""
        ends = [end_of(self.last_day)] if self.last_day else []
        if self.ended_at is not None:
            ends.append(_at_the_latest(self.ended_at))
        return min(ends, default=None)


@dataclass(frozen=True, slots=True)
class Happened:
    """An incident: against whom, how sure it is whose doing it was (a probability), by what, between which instants, whether it
    was inside the zone (None is not said), and whether its source says that such an order was broken.
    """

    victim: str | None
    suspect_link: float
    channel: Channel | None
    first_at: datetime
    last_at: datetime | None = None
    in_zone: bool | None = None
    is_said_to_be_one: bool = False

    @property
    def ends_at(self) -> datetime:
        return self.last_at or self.first_at


@dataclass(frozen=True, slots=True)
class Offered:
    """Why an incident is a possible breach, each reason named, and what is not sure of it. Without reasons it is none."""

    reasons: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()

    @property
    def is_possible(self) -> bool:
        return bool(self.reasons)


NONE: Final = Offered()


def detect(incident: Happened, order: Bound, thresholds: Thresholds = USUAL) -> Offered:
    """BRC-06: whether an incident is offered as a possible breach of an order. The whole of its time counts."""
    if incident.suspect_link < thresholds.clerical or not _is_in_its_time(incident, order):
        return NONE
    reasons = _reasons(incident, order)
    if not reasons:
        return NONE
    flags = {
        Flag.TIME_UNCERTAIN: _is_uncertain(incident, order),
        Flag.IDENTITY: incident.suspect_link < thresholds.auto,
        Flag.NOT_ENFORCEABLE: order.known_from is None or incident.ends_at < order.known_from,
    }
    return Offered(reasons, tuple(flag for flag in Flag if flags[flag]))


def _is_in_its_time(incident: Happened, order: Bound) -> bool:
    if order.effect_from is None or incident.ends_at < order.effect_from:
        return False
    return order.until is None or incident.first_at < order.until


def _is_uncertain(incident: Happened, order: Bound) -> bool:
    """Whether it may as well have been before or after what the answer hangs on."""
    bounds = (order.effect_from, order.known_from, order.until)
    if order.ended_at is not None and order.ended_at <= incident.ends_at:
        return True
    return any(one is not None and incident.first_at < one <= incident.ends_at for one in bounds)


def _at_the_latest(ended_at: datetime) -> datetime:
    """A court's day is kept as its first midnight: a hearing was later in the day, and until then the order bound."""
    day = day_of(ended_at)
    return end_of(day) if ended_at == start_of(day) else ended_at


def _reasons(incident: Happened, order: Bound) -> tuple[str, ...]:
    found = set()
    if incident.is_said_to_be_one:
        found.add(RECORDED_AS_BREACH)
    if incident.in_zone and ConditionType.EXCLUSION_ZONE in order.conditions:
        found.add(f"{_BY_PLACE}:{ConditionType.EXCLUSION_ZONE}")
    if incident.victim in order.protects:
        if incident.channel is Channel.IN_PERSON and ConditionType.NO_APPROACH in order.conditions:
            found.add(APPROACH)
        found |= {
            f"{_BY_CHANNEL}:{condition}"
            for condition, channels in _BARRED_BY.items()
            if condition in order.conditions and incident.channel in channels
        }
        # No condition names it, or nobody said by what: somebody looks all the same.
        found = found or {PROTECTED_PERSON}
    return tuple(sorted(found))


def are_namesakes(one: Collection[str], other: Collection[str]) -> bool:
    """BRC-06: whether two names, each as its folded words, may be one person's: for every word of the shorter the longer has it,
    or a name that stands for it (Dafydd for David).
    """
    fewer, more = sorted((set(one), set(other)), key=len)
    met = {name for word in more for name in meeting_names(word)}
    return len(fewer) >= _WORDS_OF_A_NAME and all(meeting_names(word) & met for word in fewer)


def condition_of(reason: str) -> ConditionType | None:
    """The type of condition that a reason names; None where it names none."""
    if reason == APPROACH:
        return ConditionType.NO_APPROACH
    named = reason.partition(":")[2]
    return ConditionType(named) if named else None


class Decision(StrEnum):
    """What an officer says of a possible breach. `needs_enquiries` is a note and decides nothing. Keys are stored."""

    ACCEPT = "accept"
    REJECT = "reject"
    DUPLICATE = "duplicate"
    NEEDS_ENQUIRIES = "needs_enquiries"


class WhyNot(StrEnum):
    """Why a decision is not taken."""

    A_PERSON = "a_person_must_decide"
    UNKNOWN = "unknown_decision"
    NO_DECISION = "no_decision_the_clock_runs_on"
    DUPLICATE_OF = "missing:duplicate_of"
    REASON = "reason_too_short"


SYSTEM: Final = "system"
_WITH_A_REASON: Final = frozenset({Decision.ACCEPT, Decision.REJECT})


def why_not_decided(decision: str, decided_by: str, *, reason: str = "", duplicate_of: str = "") -> WhyNot | None:
    """BRC-06: why a decision on a possible breach does not count; None where it does. Never the system's."""
    if decided_by == SYSTEM:
        return WhyNot.A_PERSON
    if decision not in frozenset(Decision):
        return WhyNot.UNKNOWN
    if decision == Decision.NEEDS_ENQUIRIES:
        return WhyNot.NO_DECISION
    if decision == Decision.DUPLICATE and not duplicate_of:
        return WhyNot.DUPLICATE_OF
    if decision in _WITH_A_REASON and is_too_short(reason):
        return WhyNot.REASON
    return None
