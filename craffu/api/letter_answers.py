"""What the API answers of letters, and what is sent of one on its way. No address is here, and no word of a letter (VIC-09)."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema

from craffu.victims.contacts.rules import CameBack


class LetterStands(Schema):
    """Where a letter is: it waits, is fetched by somebody (`sending`), was posted (`sent`), is with them, or was lost.

    `why` is the reason of one that came back or was held back.
    """

    number: int
    about: str
    written_at: datetime
    status: str | None
    since: datetime | None
    fetched_by: str | None
    why: str | None


class WaitingLetter(LetterStands):
    """A letter in the print queue: of an order, or to a victim in a letter that hangs on none. To whom is not said here."""

    order: str | None
    victim: str | None


class LettersWaiting(Schema):
    """Fifty of the letters that wait to be printed or were fetched and have not left, the first written first."""

    letters: list[WaitingLetter]
    page: int
    pages: int
    total: int


class OrderLetter(LetterStands):
    """A letter about an order, to whom, and since when they have it. To the respondent where `to` is null."""

    to: str | None
    given_at: datetime | None


class MayBeWritten(Schema):
    """Of what somebody whom the order protects can be written now, or by which codes not (VIC-02)."""

    person: str
    about: list[str]
    why_not: list[str]


class OrderLetters(Schema):
    """The letters about an order that the reader may open, the newest first; for whoever writes them, to whom one can go."""

    order: str
    people: list[MayBeWritten]
    respondent: list[str]
    letters: list[OrderLetter]


class VictimLetterSaid(LetterStands):
    """A letter to a victim; `of` is what happened, or the stage after which she is asked how she was treated."""

    of: str | None


class NewsToWrite(Schema):
    """Something of which she can be written now: `key` names it, as in what is due to her."""

    key: str
    what: str
    day: date
    is_ahead: bool


class VictimLetters(Schema):
    """The letters to a victim, the newest first, and of what she can be written, or why no letter may go (VIC-02)."""

    victim: str
    why_none: str | None
    news: list[NewsToWrite]
    surveys: list[str]
    letters: list[VictimLetterSaid]


class LetterStep(Schema):
    """What became of a letter that somebody fetched: it waits again, was posted, or was posted and came back (`why`).

    `anyway` says that it is posted already although it should not have been: else it is asked once more whether it may.
    """

    became: Literal["put_back", "posted", "came_back"]
    why: CameBack | None = None
    anyway: bool = False
