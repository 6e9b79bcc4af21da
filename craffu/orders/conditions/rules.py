"""Which conditions an order of a kind may have, what each must name, and which is too vague to be enforced as worded.

ORD-14; rules.md, Annex A (condition types).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from craffu.orders.catalogue.kinds import Kind
from craffu.orders.effect.rules import Nature


class ConditionType(StrEnum):
    """The types a condition has; a label of somebody's own is refused."""

    NO_CONTACT_DIRECT = "no_contact_direct"
    NO_CONTACT_INDIRECT = "no_contact_indirect"
    NO_APPROACH = "no_approach"
    EXCLUSION_ZONE = "exclusion_zone"
    NO_SURVEILLANCE = "no_surveillance"
    NO_ONLINE_REFERENCE = "no_online_reference"
    NO_RECORDING = "no_recording"
    CURFEW = "curfew"
    DEVICE_OR_ACCOUNT_DISCLOSURE = "device_or_account_disclosure"
    SURRENDER_DEVICE = "surrender_device"
    ATTEND_PROGRAMME = "attend_programme"
    ASSESSMENT = "assessment"
    SIGN_ON = "sign_on"
    RESIDENCE = "residence"
    ELECTRONIC_MONITORING = "electronic_monitoring"
    EXTRA_NOTIFICATION = "extra_notification"
    BESPOKE = "bespoke"


PROHIBITIONS: Final = frozenset(
    {
        ConditionType.NO_CONTACT_DIRECT,
        ConditionType.NO_CONTACT_INDIRECT,
        ConditionType.NO_APPROACH,
        ConditionType.EXCLUSION_ZONE,
        ConditionType.NO_SURVEILLANCE,
        ConditionType.NO_ONLINE_REFERENCE,
        ConditionType.NO_RECORDING,
        ConditionType.CURFEW,
    }
)
REQUIREMENTS: Final = frozenset(ConditionType) - PROHIBITIONS - {ConditionType.BESPOKE}

UNKNOWN_TYPE: Final = "unknown_type"
NO_BEHAVIOUR: Final = "no_behaviour_linked"
REQUIREMENTS_NOT_ALLOWED: Final = "requirements_not_allowed"
MONITORING_NOT_PROVIDED: Final = "monitoring_not_provided_for"
APPROVAL_NEEDED: Final = "second_approval_needed"
APPROVED_BY_DRAFTER: Final = "second_approval_by_drafter"
MONITORING_TOO_LONG: Final = "monitoring_over_twelve_months"
MONITORING_IN_ABSENCE: Final = "monitoring_in_absence"
NO_CONSENT: Final = "no_third_party_consent"
NOT_LOCALLY: Final = "monitoring_not_available_locally"
# Electronic monitoring under a DAPO: at most so long at a time (Domestic Abuse Act 2021 s.38).
MONITORING_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Monitoring:
    """What is known of an electronic monitoring requirement; None where nobody has said."""

    months: int | None = None
    respondent_present: bool | None = None
    third_party_consents: bool | None = None
    available_locally: bool | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """A condition as drafted: its type, the recorded behaviours it answers, and what it names beside them."""

    type: str
    answers: Sequence[str] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    nature: str | None = None
    drafted_by: str | None = None
    second_approval_by: str | None = None
    monitoring: Monitoring = Monitoring()


def is_requirement(condition: Drafted) -> bool:
    """Whether a condition demands something; a bespoke one says which it is."""
    if condition.type == ConditionType.BESPOKE:
        return condition.nature == Nature.REQUIREMENT
    return condition.type in REQUIREMENTS


def why_not_accepted(kind: Kind, condition: Drafted) -> list[str]:
    """ORD-14: why a condition cannot stand in an order of a kind, in order of the reasons' names; nothing where it can."""
    return sorted({*_own(condition), *_of_kind(kind, condition)})


def _own(condition: Drafted) -> Iterator[str]:
    if condition.type not in set(ConditionType):
        yield UNKNOWN_TYPE
    if not any(one.strip() for one in condition.answers):
        yield NO_BEHAVIOUR
    if condition.type == ConditionType.BESPOKE:
        if not condition.second_approval_by:
            yield APPROVAL_NEEDED
        elif condition.second_approval_by == condition.drafted_by:
            yield APPROVED_BY_DRAFTER


def _of_kind(kind: Kind, condition: Drafted) -> Iterator[str]:
    if condition.type == ConditionType.ELECTRONIC_MONITORING:
        if not kind.conditions.monitoring:
            yield MONITORING_NOT_PROVIDED
            return
        yield from _monitored(condition.monitoring)
    if not is_requirement(condition):
        return
    if not kind.conditions.requirements:
        yield REQUIREMENTS_NOT_ALLOWED
        return
    for name in kind.conditions.requirement_names:
        if not condition.names.get(name, "").strip():
            yield f"no_{name}"


def _monitored(monitoring: Monitoring) -> Iterator[str]:
    if monitoring.months is not None and monitoring.months > MONITORING_MONTHS:
        yield MONITORING_TOO_LONG
    if monitoring.respondent_present is False:
        yield MONITORING_IN_ABSENCE
    if monitoring.third_party_consents is False:
        yield NO_CONSENT
    if monitoring.available_locally is False:
        yield NOT_LOCALLY


class Asked(StrEnum):
    """What is asked of every stalking protection order before it goes to court (Stalking Protection Act 2019 s.2(5)-(7))."""

    INCOMPATIBLE = "incompatible_with_an_earlier_order"
    RELIGION = "conflicts_with_religion"
    WORK_OR_EDUCATION = "interferes_with_work_or_education"


def unanswered(answers: Mapping[str, bool | None]) -> list[Asked]:
    """ORD-14: the questions about the whole order that nobody has answered."""
    return [one for one in Asked if answers.get(one) is None]


class Vague(StrEnum):
    """Why a condition may not be enforceable as worded."""

    OPEN_WORD = "open_word"
    OPEN_GROUP = "open_group"
    OPEN_TIME = "open_time"
    OPEN_PLACE = "open_place"
    NO_BOUNDARY = "no_boundary"
    NO_TIMES = "no_times"
    NO_NAME = "nobody_named"


@dataclass(frozen=True, slots=True)
class Pointed:
    """Words of a condition that are pointed out while it is drafted, and why; without words, what is lacking."""

    why: Vague
    words: str = ""


_OPEN: Final = {
    Vague.OPEN_WORD: r"reasonabl[ey]|unreasonabl[ey]|appropriate(?:ly)?|inappropriate(?:ly)?|excessive(?:ly)?|unnecessar(?:y|ily)"
    r"|unwanted|unacceptable|anti-?social(?:ly)?|be good|behave|good behaviou?r|misbehave|nuisance|and so on|etc"
    r"|rhesymol|afresymol|priodol|amhriodol|ac ati",
    Vague.OPEN_GROUP: r"associates?|acquaintances?|friends?|famil(?:y|ies)|relatives?|colleagues?|anyone (?:known|connected)"
    r"|cymdeithion|ffrindiau|teulu|perthnasau",
    Vague.OPEN_TIME: r"late at night|at night|from time to time|regular(?:ly)?|often|frequent(?:ly)?|too (?:many|much|often)"
    r"|gyda'r nos|yn aml|yn rheolaidd",
    Vague.OPEN_PLACE: r"near|nearby|close to|in the vicinity(?: of)?|the area|surrounding|around"
    r"|yn agos|gerllaw|yng nghyffiniau|yr ardal",
}
_OPEN_WORDS: Final = {why: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for why, words in _OPEN.items()}
_DISTANCE_OR_MAP: Final = re.compile(
    r"\d+\s*(?:m|metres?|meters?|km|miles?|yards?|metr|milltir)\b|\b(?:map|plan|bounded|boundary|street|road|lane|avenue|close"
    r"|map|ffin|stryd|heol|ffordd|lôn)\b",
    re.IGNORECASE,
)
_TIME_OF_DAY: Final = re.compile(r"\b\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm|yb|yh)\b|\b\d{1,2}[:.]\d{2}\b", re.IGNORECASE)
_CAPITALS: Final = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-ZÂÊÎÔÛŴŶ][\w'’-]+")
_HAS_A_PLACE: Final = frozenset({ConditionType.NO_APPROACH, ConditionType.EXCLUSION_ZONE})
_HAS_TIMES: Final = frozenset({ConditionType.CURFEW})
_NAMES_SOMEBODY: Final = frozenset({ConditionType.NO_CONTACT_DIRECT, ConditionType.NO_CONTACT_INDIRECT})


def vague(type_: str, text: str) -> list[Pointed]:
    """ORD-14: what in a condition's words an officer at the door could not decide. It is pointed out, never refused."""
    found = [
        (match.start(), Pointed(why, match.group()))
        for why, pattern in _OPEN_WORDS.items()
        for match in pattern.finditer(text)
    ]
    said = [pointed for _, pointed in sorted(found, key=lambda one: (one[0], one[1].why))]
    lacks = [
        Pointed(why)
        for types, pattern, why in (
            (_HAS_A_PLACE, _DISTANCE_OR_MAP, Vague.NO_BOUNDARY),
            (_HAS_TIMES, _TIME_OF_DAY, Vague.NO_TIMES),
            (_NAMES_SOMEBODY, _CAPITALS, Vague.NO_NAME),
        )
        if type_ in types and not pattern.search(text)
    ]
    return [*said, *lacks]
