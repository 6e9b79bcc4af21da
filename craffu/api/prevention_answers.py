"""What the API answers about priorities and plans, and what is sent about plans. Codes are those of the register.

A score puts people in an order of review and is no probability (PRI-06). What was written freely of somebody is not in it: it may
say where a victim lives (VIC-09).
"""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Schema

from craffu.api.schemas import Code, Day

Said = Annotated[str, Field(min_length=1, max_length=2_000, pattern=r"^[^\x00]*$")]


class PartAnswer(Schema):
    """One of the five parts of a score: its value, and the points that it adds."""

    part: str
    value: float
    points: float


class PriorityLine(Schema):
    """Somebody in the order of review. Whoever ties has one place. `given` is another priority that two people agreed on."""

    place: int
    person: str
    tier: str
    given: str | None
    given_until: date | None
    score: float | None
    low: float | None
    high: float | None
    floors: list[str]
    parts: list[PartAnswer]
    as_of: datetime
    is_looked_at: bool
    awaits_agreement: bool
    orders_in_force: int
    discussed_on: date | None


class RunAnswer(Schema):
    """By which scheme, weights and statement of whom to score people were scored last, and how many."""

    at: datetime
    scheme: str
    scheme_version: int
    scheme_sha256: str
    weights: str
    weights_version: int
    population: str
    population_version: int
    necessity_ref: str
    necessity_on: date
    scored: int
    without_score: int
    outside: int


class PriorityPage(Schema):
    """Those who are reviewed first, fifty a page: as many as asked for, whoever ties with the last, and all who are urgent."""

    run: RunAnswer | None
    wanted: int
    tied: int
    people: list[PriorityLine]
    page: int
    pages: int
    total: int


class UnscoredPage(Schema):
    """Whoever is in the population and has nothing that can be scored: never low (PRI-03)."""

    people: list[str]
    page: int
    pages: int
    total: int


class EventAnswer(Schema):
    """An act behind a score, in a case that is open to the reader."""

    case: str | None
    occurred_on: date | None
    recorded_on: date
    offence: str
    is_breach: bool
    is_disproved: bool
    has_weapon: bool
    weight: float | None
    evidence: str
    victims: int


class NearestAnswer(Schema):
    """The nearest change that would give another priority: how the score works, and no prediction."""

    what: str
    number: int
    score: float | None
    tier: str


class DecisionAnswer(Schema):
    """What an officer said of a priority, and whether a second person agreed to another."""

    number: int
    said: str
    tier: str | None
    until: date | None
    by: str
    at: datetime
    is_agreed: bool | None
    agreed_by: str | None


class ChallengeAnswer(Schema):
    """A challenge of the score, and how many acts were set aside where it was answered."""

    number: int
    whose: str
    acts: int
    by: str
    at: datetime
    answered_at: datetime | None
    set_aside: int | None


class CohortAnswer(Schema):
    """Since when somebody is in the cohort, and by when they are looked at again."""

    since: datetime
    review_due: date


class ScoreAnswer(Schema):
    """Why somebody has their priority (PRI-02, PRI-05). Without a score `why_none` says why. `shut` counts the events in cases
    that are not open to the reader.
    """

    person: str
    why_none: str | None
    tier: str | None
    given: str | None
    given_until: date | None
    score: float | None
    low: float | None
    high: float | None
    convicted_only: float | None
    floors: list[str]
    flags: list[str]
    parts: list[PartAnswer]
    as_of: datetime | None
    run: RunAnswer | None
    events: list[EventAnswer]
    shut: int
    nearest: list[NearestAnswer]
    decisions: list[DecisionAnswer]
    challenges: list[ChallengeAnswer]
    cohort: CohortAnswer | None


class OptionAnswer(Schema):
    """What a plan decides of one option of the menu."""

    option: str
    choice: str
    forums: list[str]


class ConsultedAnswer(Schema):
    """How somebody whom an order protects was asked about the plan."""

    person: str | None
    how: str
    on: date | None


class PlanActionAnswer(Schema):
    """Something that is to be done, tied to a condition of an order or to a behaviour, and what became of it."""

    number: int
    tied_to: str
    order: str | None
    condition: int | None
    owner: str
    due_on: date
    closed_at: datetime | None
    is_done: bool | None


class PlanReviewAnswer(Schema):
    """The plan was looked at again."""

    number: int
    outcome: str
    because: str
    due_on: date
    at: datetime


class RateAnswer(Schema):
    """Incidents for each year at risk, with an exact interval of 95 in a hundred; null, and not nought, without time at risk."""

    events: int
    days: int
    a_year: float
    low: float
    high: float


class DoneAnswer(Schema):
    """Something that was done, and the rates before, during and after it. Nothing here says that it caused anything (PLN-03)."""

    what: str
    order: str | None
    first: date
    until: date | None
    before: RateAnswer | None
    during: RateAnswer | None
    after: RateAnswer | None
    has_ended: bool


class PlanAnswer(Schema):
    """The management plan of somebody as it stands, or the last one; `stage` is null where there never was one.

    `not_open` are cases of theirs that are not open to the reader.
    """

    person: str
    stage: str | None
    version: int | None
    owner: str | None
    put_at: datetime | None
    approved_at: datetime | None
    waits: bool
    review_due: date | None
    review_because: str | None
    options: list[OptionAnswer]
    consulted: list[ConsultedAnswer]
    actions: list[PlanActionAnswer]
    reviews: list[PlanReviewAnswer]
    done: list[DoneAnswer]
    under_orders: RateAnswer | None
    under_none: RateAnswer | None
    not_open: list[str]


class NewPlanAction(Schema):
    """What is to be done by a day, by whom (their name for signing in), tied to a condition that stands or to a behaviour."""

    words: Said
    owner: Code
    due_on: Day
    behaviour: Annotated[str, Field(max_length=2_000, pattern=r"^[^\x00]*$")] = ""
    order: Code | None = None
    condition: Annotated[int, Field(ge=1, le=1_000)] | None = None


class ClosePlanAction(Schema):
    """What became of an action: what was done, or why it is not to be done any more."""

    is_done: bool
    words: Said


def rate_said(rate: Any) -> RateAnswer | None:
    if rate is None:
        return None
    return RateAnswer(events=rate.events, days=rate.days, a_year=rate.a_year, low=rate.low, high=rate.high)
