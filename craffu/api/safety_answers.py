"""What the API answers of a victim's safety and of who speaks for her, and what is sent. Nobody's free words are told."""

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema

from craffu.api.schemas import Day
from craffu.victims.contacts.rules import Channel
from craffu.victims.safeguarding.kinds import Felt, Help, Measure, Step

Words = Annotated[str, Field(max_length=2_000, pattern=r"^[^\x00]*$")]


class TellingAnswer(Schema):
    """She was told of something that was done for her safety: when, by which way, and how safe she felt with it."""

    on: date
    channel: str
    felt: str


class MeasureDone(Schema):
    """Something that was done for her safety. It counts for her once she was told of it (VIC-08)."""

    number: int
    kind: str
    done_on: date
    told: list[TellingAnswer]


class HelpStep(Schema):
    """A step of help on a day: offered, made, taken up or declined."""

    step: str
    on: date


class HelpAnswer(Schema):
    """One kind of help with every step, the last one last."""

    help: str
    steps: list[HelpStep]


class SafetyAnswer(Schema):
    """What was done for her safety beside whether she knows, what help she has, and her rights under the Victims' Code.

    What her life is like, which she is asked about, stays on her page.
    """

    victim: str
    entitlement: str
    entitlement_since: date | None
    completed: int
    told: int
    measures: list[MeasureDone]
    help: list[HelpAnswer]


class NewMeasureSaid(Schema):
    """Something that was done, not what is planned."""

    kind: Measure
    done_on: Day
    words: Words = ""


class NewTellingSaid(Schema):
    """She was told of it, by a way that she calls safe."""

    told_on: Day
    channel: Channel
    felt: Felt = Felt.NOT_ASKED


class NewHelpStep(Schema):
    """A step of help, which follows the last one."""

    help: Help
    step: Step
    on: Day
    words: Words = ""


class AdvocateAnswer(Schema):
    """Somebody who speaks for her since she agreed to it; `account` is theirs here, if they have one. Not by name."""

    number: int
    organisation: str
    account: str | None
    named_on: date
    consent_on: date
    ended_on: date | None
    may_speak: bool


class AdvocatesAnswer(Schema):
    """Everybody whom she named to speak for her, the last first (VIC-10)."""

    victim: str
    advocates: list[AdvocateAnswer]


class PromiseSeen(Schema):
    """A contact that she was promised, and when it was made."""

    due_at: datetime
    status: str
    made_at: datetime | None


class ClientPromises(Schema):
    """What a victim who named the reader was promised since then, the last due first."""

    victim: str
    since: date
    promises: list[PromiseSeen]


class PromisesPage(Schema):
    """Fifty of the victims who named the reader."""

    victims: list[ClientPromises]
    page: int
    pages: int
    total: int


class UpdateSeen(Schema):
    """She was told something: of what happened, and not in whose words."""

    at: datetime
    told_of: list[str]


class ClientUpdates(Schema):
    """What a victim who named the reader was told since then, the last first."""

    victim: str
    since: date
    updates: list[UpdateSeen]


class UpdatesPage(Schema):
    """Fifty of the victims who named the reader."""

    victims: list[ClientUpdates]
    page: int
    pages: int
    total: int
