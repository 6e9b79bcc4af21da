"""What the API answers of scrutiny, what is published and how it goes; and what is sent of a recommendation (SCR-10, SCR-12)."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema

from craffu.api.schemas import Day, Text
from craffu.scrutiny.recommending.rules import Status

Post = Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]


class RecommendationLine(Schema):
    """One recommendation of a published report, and how it stands. `owner` is a post and never a name."""

    reference: str
    report: str
    report_by: str
    published_on: date
    number: str
    part_of: str | None
    matter: str
    text_en: str
    text_cy: str
    status: str
    owner: str | None
    due_on: date | None
    is_overdue: bool
    answer_due_on: date | None
    measure: str | None


class RecommendationsPage(Schema):
    """Fifty of the recommendations that the reader may open, those of the newest report first."""

    recommendations: list[RecommendationLine]
    page: int
    pages: int
    total: int


class FigurePart(Schema):
    """What a part of a measure came to; hidden where it is of too few."""

    part: str
    count: int | None
    of: int | None
    value: float | None
    is_hidden: bool


class EntryAnswer(Schema):
    """What was said of a recommendation once: how it stands from a day on, and what the public was told."""

    status: str
    said_on: date
    reason: str
    owner: str
    due_on: date | None
    evidence: str
    metric_met: bool | None
    exception: str
    public_en: str
    public_cy: str
    figure: list[FigurePart]
    by: str
    known_from: datetime


class RecommendationAnswer(RecommendationLine):
    """One recommendation with all that was said of it, the first word first, its measure now, and what is recommended like it."""

    title_en: str
    title_cy: str
    source: str
    target: str
    figure: list[FigurePart]
    log: list[EntryAnswer]
    also: list[str]


class NewEntrySaid(Schema):
    """How a recommendation stands from a day on. Whoever has it to do says how it goes; the commissioner's office the rest.

    `owned_by` is the account (their name for signing in) of whoever holds the post.
    """

    status: Literal[Status.ACCEPTED, Status.ACCEPTED_IN_PART, Status.REJECTED, Status.CLOSED, Status.REOPENED]
    said_on: Day
    reason: Text = ""
    owner: Post = ""
    owned_by: Post = ""
    due_on: Day | None = None
    evidence: Text = ""
    metric_met: bool | None = None
    exception: Text = ""
    public_en: Text = ""
    public_cy: Text = ""


class ReportLine(Schema):
    """A review of the force that was published."""

    reference: str
    title_en: str
    title_cy: str
    published_on: date


class ReportsPage(Schema):
    """Fifty reviews that were published, the last first."""

    reports: list[ReportLine]
    page: int
    pages: int
    total: int


class ReportAnswer(ReportLine):
    """A review word for word as it was published, block by block in each language, and the SHA-256 of that text."""

    sha256: str
    text: dict[str, list[dict[str, Any]]]
