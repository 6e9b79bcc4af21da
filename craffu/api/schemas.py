"""What the API answers with. Codes are those of the register; words of a court are as the court has them.

Nothing here says where anybody lives, and whom an order protects is told by reference alone, in what is given to another system:
the inputs of a condition, from which a zone is drawn, stay inside (VIC-09).
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from craffu.api.describing import step_described
from craffu.breaches.detecting.rules import Channel
from craffu.breaches.ledger.kinds import KnownHow
from craffu.clocks.london import end_of, start_of
from craffu.common.moments import FIRST_DAY, LAST_DAY


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


class GiveOut(Schema):
    """In whose words an order is given, what for, and who will have it: it is logged as a disclosure."""

    profile: Literal["niem", "pole"]
    purpose: Literal["court", "prosecution", "safeguarding", "management"]
    words: str = Field(min_length=10, max_length=200, pattern=r"^[^\x00]*$")
    recipient: str = Field(min_length=1, max_length=80, pattern=r"^[^\x00]*$")
    organisation: str = Field(min_length=1, max_length=80, pattern=r"^[^\x00]*$")


class GivenOut(Schema):
    """One order as another model names its parts; `docs/order-profiles.md` says which is which."""

    profile: Literal["niem", "pole"]
    content: dict[str, Any]


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
    """Why there is no answer (RFC 9457): a code that stays, and words for a person."""

    type: str
    title: str
    status: int
    code: str
    detail: str


# An instant says its offset from UTC, and lies in times that orders and their papers can be of.
Instant = Annotated[AwareDatetime, Field(ge=start_of(FIRST_DAY), lt=end_of(LAST_DAY))]
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
# No text holds the character that ends one where it is kept.
Text = Annotated[str, Field(max_length=4_000, pattern=r"^[^\x00]*$")]
Code = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]


class NewConditionSaid(Schema):
    """A condition as the sealed order has it, word for word."""

    type: Code
    words: Text
    is_requirement: bool = False


class NewTermsSaid(Schema):
    """All conditions together, where a move brings others."""

    conditions: list[NewConditionSaid] = Field(min_length=1, max_length=60)
    language: Literal["en", "cy"] = "en"
    locality: Code = ""
    has_no_locality: bool = False


class NewMove(Schema):
    """A step in an order's life, and what it asks for. What a step does not ask for is left out."""

    move: Annotated[Code, Field(json_schema_extra=step_described())]
    reason_code: Code | None = None
    reason_text: Text | None = None
    court: Code | None = None
    court_case_no: Code | None = None
    asked_on: Day | None = None
    lodged_on: Day | None = None
    hearing_on: Day | None = None
    next_hearing_on: Day | None = None
    not_fixed: bool = False
    made_at: Instant | None = None
    is_without_notice: bool | None = None
    takes_effect_at: Instant | None = None
    last_day: Day | None = None
    is_indefinite: bool | None = None
    refused_on: Day | None = None
    withdrawn_on: Day | None = None
    attempted_at: Instant | None = None
    result: Code | None = None
    place: Code | None = None
    method: Code | None = None
    court_directed_method: bool = False
    server: Code | None = None
    proof: Code | None = None
    served_at: Instant | None = None
    aware_at: Instant | None = None
    varied_on: Day | None = None
    applicant: Code | None = None
    new_last_day: Day | None = None
    discharged_on: Day | None = None
    consents: list[Code] = Field(default=[], max_length=5)
    revoked_on: Day | None = None
    main_determined_on: Day | None = None
    main_outcome: Code | None = None
    quashed_on: Day | None = None
    appeal_case_no: Code | None = None
    review_on: Day | None = None
    source_record: Code | None = None
    terms: NewTermsSaid | None = None


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
    """One incident from every standpoint, none of which overwrites another (BRC-03). What was written freely is not in it.

    `ptiurns` are the numbers by which courts know the cases of its charges, of cases that are open to whoever asks.
    """

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
    ptiurns: list[str]
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


class NewReport(Schema):
    """What a person may have done against an order, without what nobody is sure of. The same `key` is the same report."""

    key: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,60}$")]
    first_at: Instant | None = None
    last_at: Instant | None = None
    is_day_only: bool = False
    order: Code | None = None
    channel: Channel | None = None
    in_zone: bool | None = None
    through_others: bool | None = None
    at_risk_now: bool | None = None
    known_how: KnownHow | None = None
    words: Text = ""


class Reported(Schema):
    """By which reference a report is known."""

    breach: str


class PersonLine(Schema):
    """A person in a list, as their records name them."""

    reference: str
    given_names: str
    family_name: str
    born_on: str


class PeoplePage(Schema):
    """One page of the people open to the reader."""

    people: list[PersonLine]
    page: int
    pages: int
    total: int


class PersonAnswer(PersonLine):
    """One person over the links as they stand. No address, telephone or place is in it (SEC-06).

    `use_restricted_since` is the day since which the use of their data is restricted because they asked; null where it is not.
    """

    sex: str
    other_names: list[str]
    records: int
    use_restricted_since: date | None
    orders: list[OrderLine]


class CaseLine(Schema):
    """A case in a list."""

    reference: str
    known_from: datetime


class CasesPage(Schema):
    """One page of the cases open to the reader."""

    cases: list[CaseLine]
    page: int
    pages: int
    total: int


class CrimeAnswer(Schema):
    """The force's own last word on a crime or incident. What was written freely, and where it was, is not in it."""

    source: str
    crime: str
    recorded_as: str
    home_office_class: str
    offence_code: str
    reported_at: datetime
    stage: str
    flags: list[str]


class InCase(Schema):
    """Somebody's part in a case."""

    person: str
    role: str


class CaseAnswer(CaseLine):
    """One case: its crimes, the latest reported last and at most a hundred of them, who is in it, and its orders."""

    crimes: list[CrimeAnswer]
    crimes_number: int
    people: list[InCase]
    orders: list[OrderLine]


class WorkLine(Schema):
    """One thing that is due from whoever asks, or whom they cover: what, about which record, why, and by when."""

    kind: str
    about_kind: str
    about: str
    why: str
    due_at: datetime
    overdue_from: datetime
    owner: str | None


class WorkPage(Schema):
    """One page of due work, the worst consequence first."""

    items: list[WorkLine]
    page: int
    pages: int
    total: int


class FigureAnswer(Schema):
    """One figure of a measure. Where it is hidden or there is none, `note` says why and there is no value (MSR-02, MSR-03)."""

    part: str
    split: str
    of: str
    numerator: int | None
    denominator: int | None
    value: float | None
    interval: tuple[float, float] | None
    is_hidden: bool
    note: str


class MeasureAnswer(Schema):
    """One measure by its definition, over the year to the snapshot. Without a snapshot there are no figures.

    Its source are the force's records in the snapshot, as known at an instant; each is named with its SHA-256. `is_of_now`:
    a state of its last day and not of the year. `told_to` is by which rule small numbers are hidden: nothing from `rows`, 1 to 4
    from `internal`; from `public` those below 10, and others are rounded to the nearest 5.
    """

    code: str
    version: int
    definition_sha256: str
    name_en: str
    name_cy: str
    question_en: str
    question_cy: str
    unit: str
    time: str
    statistic: str
    traps_en: list[str]
    traps_cy: list[str]
    snapshot: str | None
    snapshot_sha256: str | None
    known_at: datetime | None
    first: date | None
    last: date | None
    is_of_now: bool
    told_to: Literal["rows", "internal", "public"] | None
    figures: list[FigureAnswer]


class MeasuresAnswer(Schema):
    """Every measure."""

    measures: list[MeasureAnswer]
