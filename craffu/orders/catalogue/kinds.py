"""What is known of a kind of order, notice or condition: who asks for it, how long it lasts, what a breach of it is.

rules.md, Annex A; law.md, section 1. A fact nobody has stated is None, never a guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from craffu.access.ranks import Rank


class Family(StrEnum):
    """Whence a kind comes: A police application, B police notice, C criminal proceedings, D the victim's own, E conditions."""

    APPLICATION = "A"
    NOTICE = "B"
    CRIMINAL = "C"
    VICTIMS_OWN = "D"
    CONDITIONS = "E"


class Standing(StrEnum):
    """Whether the law that makes a kind possible has begun, and where."""

    IN_FORCE = "in_force"
    PILOT = "pilot_areas_only"
    UNCOMMENCED = "enacted_commencement_unverified"


class Begins(StrEnum):
    """When a kind takes effect in law."""

    MADE = "made"
    SERVICE = "service"


class KnownFrom(StrEnum):
    """What must be shown before a breach is laid at the respondent's door."""

    SERVICE_OR_AWARENESS = "service_or_awareness"
    SERVICE = "service"
    PRESUMED = "presumed"


class Breach(StrEnum):
    """What a breach of a kind is."""

    OFFENCE = "offence"
    CIVIL = "civil"
    CONTEMPT = "contempt"
    ARREST = "arrest"
    ORIGINAL = "original"
    RECALL = "recall"
    NONE = "none"


class Change(StrEnum):
    """Whether a kind can be changed in a way, or how that is done instead."""

    YES = "yes"
    YES_UNCONFIRMED = "yes_unconfirmed"
    BY_VARIATION = "by_variation"
    BY_EXTENSION = "by_extension"
    NO = "no"
    UNKNOWN = "unknown"


class RankBy(StrEnum):
    """Whether the law or the force's policy asks for a rank."""

    LAW = "law"
    POLICY = "policy"


class First(StrEnum):
    """What has to have happened before a kind may be asked for."""

    SERVED_NOTICE = "served_notice"
    WRITTEN_WARNING = "written_warning"


@dataclass(frozen=True, slots=True)
class Name:
    """What the courts call it; the Welsh is a working translation until its status says otherwise."""

    en: str
    cy: str | None
    cy_status: str


@dataclass(frozen=True, slots=True)
class Extent:
    """One area in which a pilot ran, every name it goes by, and its days."""

    area: str
    names: tuple[str, ...]
    effective_from: date
    effective_to: date
    source: str


@dataclass(frozen=True, slots=True)
class Commencement:
    """Since when, until when and where a kind may be asked for. No date never switches a kind on."""

    status: Standing
    offered: bool
    effective_from: date | None
    effective_to: date | None
    verified_on: date
    extents: tuple[Extent, ...]


@dataclass(frozen=True, slots=True)
class Applying:
    """Who may ask for it, where, against whom, what has to be shown and who authorises it."""

    by_whom: str
    applicants: tuple[str, ...]
    min_age: int | None
    first: First | None
    court_in_words: str
    court: str | None
    court_under_18: str | None
    court_by_applicant: Mapping[str, str]
    test: str
    limbs: tuple[str, ...]
    proof: str
    rank: Rank | None
    rank_by: RankBy | None


@dataclass(frozen=True, slots=True)
class Term:
    """How long it lasts. Compute with the periods; days are for sorting only."""

    in_words: str
    in_short: str | None
    min_period: str | None
    max_period: str | None
    min_days: int | None
    max_days: int | None


@dataclass(frozen=True, slots=True)
class Allowed:
    """What its conditions may be: whether it may require, what each requirement names, whether it may monitor."""

    requirements: bool
    requirement_names: tuple[str, ...]
    monitoring: bool
    monitoring_in_words: str | None
    monitoring_known: bool


@dataclass(frozen=True, slots=True)
class Notification:
    """What the respondent has to tell the police of themselves, and from what the first clock runs."""

    days: int | None
    runs_from: str | None
    first: str | None
    later: str | None


@dataclass(frozen=True, slots=True)
class Effect:
    """When it binds, what must be known before a breach counts, and what a breach is."""

    begins: Begins
    known_from: KnownFrom
    aware_by_law_without_notice: bool
    begins_in_words: str | None
    service: str | None
    breach_is: Breach
    breach_offence: bool
    breach_statute: str | None
    breach_mode: str | None
    max_custody_months: int | None
    reasonable_excuse: bool | None
    arrest: str | None


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody who must be heard on some changes that they ask for."""

    who: str
    on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changing:
    """How it is varied, renewed, ended and appealed, and who may ask for that."""

    vary: Change
    renew: Change
    discharge: Change
    revoke: Change
    renewable: bool
    vary_by: str | None
    renew_by: str | None
    discharge_by: str | None
    applicants: tuple[str, ...]
    heard: tuple[Heard, ...]
    appeal: str | None


@dataclass(frozen=True, slots=True)
class Victim:
    """What the law says of the victim's view; consent is needed where they are the applicant."""

    views: str
    consent_needed: bool | None


@dataclass(frozen=True, slots=True)
class Interim:
    """Its interim form: a kind of its own, or a kind 'interim' kept under the main one."""

    code: str
    result_codes: tuple[str, ...]
    in_words: str | None
    test: str | None


@dataclass(frozen=True, slots=True)
class Codes:
    """The official codes by which courts and police speak of it."""

    breach: tuple[str, ...]
    application: tuple[str, ...]
    results: tuple[str, ...]
    home_office: tuple[str, ...]
    meanings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of civil order, police notice or set of conditions."""

    code: str
    family: Family
    name: Name
    statute: str
    standing: Commencement
    applying: Applying
    term: Term
    conditions: Allowed
    notification: Notification
    effect: Effect
    changing: Changing
    victim: Victim
    interim: Interim | None
    codes: Codes
    notes: str
    verification: str
    mark: str
    unverified: tuple[str, ...]
    sources: tuple[str, ...]
