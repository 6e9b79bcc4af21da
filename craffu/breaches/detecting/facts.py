"""An incident as records tell of it, before it stands in the ledger: what it may have broken, who told, what others decided."""

from dataclasses import dataclass, field
from datetime import date, datetime

from craffu.breaches.detecting.rules import Channel, Flag
from craffu.breaches.ledger.kinds import FoundBy, KnownHow, Standpoint


@dataclass(frozen=True, slots=True)
class Broken:
    """An order, by row number, that an incident may have broken, the condition where one is named, and why and how sure."""

    order: int
    condition: int | None = None
    reasons: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    link: float | None = None


@dataclass(frozen=True, slots=True)
class SaidBy:
    """One source that tells of it, by its own key; `record` is whom it is about there."""

    kind: FoundBy
    source: str
    key: str
    said_at: datetime
    record: int | None = None
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Word:
    """What one standpoint decided, as its source says: kept once by the source's key.

    `conditions` are those that it says were broken, each as `order/condition`; none where it names none.
    """

    standpoint: Standpoint
    decision: str
    at: datetime
    source: str
    source_key: str
    incident_on: date | None = None
    reason: str = field(default="", repr=False)
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reported:
    """What somebody reports of a possible breach (page map, P08). "Not sure" is an answer: of the order, the condition, the rest.

    `order` is the reference, empty where they are not sure; `conditions` are row numbers of conditions of its words. `key` is the
    form's own, so that the same report sent twice is kept once. `first_at` is None where they cannot say when: since the order
    began. `at_risk_now` is None where they are not sure; `at_risk` is who it is, by source record, where that is known.
    """

    key: str
    first_at: datetime | None
    last_at: datetime | None = None
    is_day_only: bool = False
    order: str = ""
    conditions: tuple[int, ...] = ()
    channel: Channel | None = None
    in_zone: bool | None = None
    through_others: bool | None = None
    at_risk_now: bool | None = None
    at_risk: int | None = None
    known_how: KnownHow | None = None
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """One incident. `found_by` and `key` are what it is known by for ever; `of_kinds` are the kinds of order that a source says
    were broken, empty where it says nothing of an order.
    """

    found_by: FoundBy
    key: str
    respondent: int
    victim: int | None
    case: int | None
    first_at: datetime
    last_at: datetime
    is_day_only: bool = False
    channel: Channel | None = None
    in_zone: bool | None = None
    through_others: bool | None = None
    at_risk_now: bool | None = None
    at_risk: int | None = None
    known_how: str = ""
    of_kinds: frozenset[str] = frozenset()
    broken: tuple[Broken, ...] = ()
    said_by: tuple[SaidBy, ...] = ()
    words: tuple[Word, ...] = ()
