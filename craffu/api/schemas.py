"""What the API answers with. Codes are those of the register; words of a court are as the court has them.

Nothing here says where anybody lives or whom an order protects: the inputs of a condition, from which a zone is drawn, stay
inside (VIC-09).
"""

from datetime import date, datetime

from ninja import Schema


class OrderLine(Schema):
    """An order in a list."""

    reference: str
    kind: str
    is_interim: bool
    status: str
    case: str | None
    made_at: datetime | None
    last_day: date | None
    is_indefinite: bool | None
    ended_at: datetime | None


class OrdersPage(Schema):
    """One page of the orders open to the reader, the newest first."""

    orders: list[OrderLine]
    page: int
    pages: int
    total: int


class InForce(Schema):
    """Whether it is in force at the moment of the answer, and why (ORD-12)."""

    now: bool
    because: str


class Enforceable(Schema):
    """From when a breach can be laid at the respondent's door, and whether law or policy asks that they knew (ORD-12)."""

    now: bool
    because: str
    since: datetime | None
    awareness_required_by: str | None


class BreachIs(Schema):
    """What a breach is: an offence, contempt of court, or nothing; and under which law (ORD-12)."""

    kind: str
    law: str
    arrest: str


class TermsChecked(Schema):
    """Whether a second person compared the standing words with the sealed order; if not, why (ORD-20)."""

    version: int
    label: str
    why_not: list[str]


class OrderAnswer(OrderLine):
    """One order as it stands. `version` is the number of its steps. Who sees a part of it alone is not told its case."""

    version: int
    respondent: str | None
    takes_effect_at: datetime | None
    served_at: datetime | None
    aware_at: datetime | None
    in_force: InForce
    enforceable: Enforceable
    breach: BreachIs
    terms: TermsChecked | None


class ConditionAnswer(Schema):
    """One condition, word for word."""

    number: int
    type: str
    is_requirement: bool
    words: str
    words_cy: str
    first_day: date | None
    last_day: date | None


class TermsVersion(Schema):
    """One version of an order's words, in force from an instant; a draft is in force from none (ORD-15)."""

    number: int
    why: str
    applies_from: datetime | None
    language: str
    locality: str
    has_no_locality: bool
    checked: TermsChecked
    conditions: list[ConditionAnswer]


class ConditionsAnswer(Schema):
    """Every version of an order's words, the oldest first; `standing` is the one that counts."""

    reference: str
    standing: int | None
    versions: list[TermsVersion]


class Problem(Schema):
    """Why there is no answer: a code that stays, and words for a person."""

    code: str
    detail: str


class BrokenCondition(Schema):
    """A condition that an incident broke or may have broken, of the version in force then; no number: nobody knows which."""

    order: str
    number: int | None
    version: int | None
    type: str | None
    reasons: list[str]
    flags: list[str]


class Standing(Schema):
    """One word from one standpoint; a report decides nothing. The last of a standpoint counts."""

    standpoint: str
    decision: str | None
    at: datetime
    source: str | None
    known_from: datetime


class BreachToldBy(Schema):
    """A source that tells of an incident, by the number it has there."""

    kind: str
    source: str
    key: str
    record: str | None
    said_at: datetime
    known_from: datetime


class RecordLink(Schema):
    """What joins a source record to a person: its own source, somebody's word, or a model's probability (IDN-06)."""

    how: str
    by: str | None
    since: datetime | None
    probability: float | None
    pair: str | None
    is_confirmed: bool


class BreachAnswer(Schema):
    """One incident from every standpoint, none of which overwrites another (BRC-03). What was written freely is not in it."""

    breach: str
    date: date
    happened_from: datetime
    happened_to: datetime
    is_day_only: bool
    status: str
    order: str | None
    orders: list[str]
    is_partly_shut: bool
    conditions: list[BrokenCondition]
    report: datetime | None
    police: str | None
    prosecution: str | None
    court: str | None
    probation: str | None
    told: str | None
    standpoints: list[Standing]
    mismatches: list[str]
    sources: list[BreachToldBy]
    record: str | None
    link: RecordLink


class BreachCounts(Schema):
    """Each count by its name; none adds up with another. `undecided` and `unlinked` are not recorded (BRC-07)."""

    recorded: int
    police_accepted: int
    charged: int
    proved: int
    not_proved: int
    quashed: int
    undetected: int
    no_action: int
    undecided: int
    unlinked: int


class OrderBroken(Schema):
    """What is counted of one order; without a reference, of no order that is held."""

    order: str | None
    kind: str | None
    status: str | None
    made_at: datetime | None
    ended_at: datetime | None
    recorded: int
    charged: int
    proved: int
    not_proved: int
    no_action: int
    undecided: int


class BreachHistory(Schema):
    """A person's breach history, the latest incident first, fifty a page; `asked` is when each source was last received."""

    person: str
    as_known: datetime | None
    records_awaiting: int
    asked: dict[str, datetime | None]
    counts: BreachCounts
    orders: list[OrderBroken]
    breaches: list[BreachAnswer]
    page: int
    pages: int
    total: int
