"""What the API answers of cohort meetings, and what is sent of an action. Nobody's words, and of who came no name (P23)."""

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema

Words = Annotated[str, Field(max_length=2_000, pattern=r"^[^\x00]*$")]


class MeetingLine(Schema):
    """A meeting in a list: its day, where it stands, whose chair it is (their account), and how many it discusses."""

    reference: str
    day: date
    stage: str
    chair: str
    items: int


class MeetingsPage(Schema):
    """Fifty meetings, the last day first."""

    meetings: list[MeetingLine]
    page: int
    pages: int
    total: int


class AgencyAnswer(Schema):
    """An agency that was invited; `may_have` is whether everybody who came for it gave the undertaking of confidence."""

    number: int
    name: str
    came: int
    may_have: bool


class MeetingActionAnswer(Schema):
    """Something that is to be done by a day, by somebody of the force (their account) or by an agency, and what became of it."""

    number: int
    owner: str | None
    agency: int | None
    due_on: date
    closed_at: datetime | None
    is_done: bool | None


class ItemAnswer(Schema):
    """Somebody on the agenda, what was decided of them last and what followed, and the agencies that are to have it."""

    number: int
    person: str
    why: str
    decision: str | None
    effect: str | None
    decided_at: datetime | None
    agencies: list[int]
    actions: list[MeetingActionAnswer]


class MeetingAnswer(Schema):
    """One meeting as its minutes stand. Reasons, what was said and who said it stay on its pages."""

    reference: str
    day: date
    stage: str
    chair: str
    approved_at: datetime | None
    came: int
    agencies: list[AgencyAnswer]
    agenda: list[ItemAnswer]


class CloseMeetingAction(Schema):
    """What became of an action: it was done, or is not to be done any more, in a few words."""

    is_done: bool
    words: Words
