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
