"""What the API answers about victims, and what is sent about them. Codes are those of the register.

Nothing here is where she lives, works or can be reached: of how she is safely reached only by which way and when. Of what was
written freely only her views are in it, with what would lead to her cut out (SEC-06, VIC-09).
"""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from craffu.api.schemas import Instant, Text
from craffu.victims.contacts.rules import Channel
from craffu.victims.voice.subjects import MaySee, Route, Subject

# Hers, or another, in which an interpreter reads the notice out.
NoticeLanguage = Literal["cy", "en", "other"]
Words = Annotated[str, Field(max_length=2_000, pattern=r"^[^\x00]*$")]
View = Annotated[str, Field(min_length=1, max_length=10_000, pattern=r"^[^\x00]*$")]


class SafeContact(Schema):
    """How she is safely reached, as she said it last. `safe_now` are the ways that are safe at the moment of the answer;
    `at_any_hour` is for news that her safety hangs on. Where `says_more`, her page has words of hers to read before.
    Where `is_in_doubt`, it came to light since that how she is reached is no longer safe: no way is safe now.
    """

    channels: list[str]
    times: list[tuple[str, str]]
    safe_now: list[str]
    may_leave_message: bool
    at_any_hour: str
    language: str
    says_more: bool
    is_in_doubt: bool


class AgreementStands(Schema):
    """The Victim Contact Agreement as it stands: agreed or declined on a day, or none. `frequency` is days, or `news_only`."""

    stands: Literal["none", "agreed", "declined"]
    version: int
    day: date | None
    frequency: str
    links: list[str]
    asking: str
    not_wanted: list[str]
    survey: bool | None
    next_revisit_on: date | None


class PromiseAnswer(Schema):
    """A contact that she was promised, how it stands, and when it was made or why rightly not."""

    promise: int
    due_at: datetime
    status: str
    is_breached: bool
    made_at: datetime | None
    excuse: str | None


class VictimDue(Schema):
    """Something due to her: an agreement to offer, an answer to follow up, news, a promise, an agreement to ask again.

    `why` is what happened or what she said; `key` names news that she can be told of in a contact. `by` is the safety clock's or
    the promise's instant, `by_day` the London day to whose end the Victims' Code or the agreement gives.
    """

    what: Literal["offer", "answer", "safety_news", "promise", "code_news", "revisit"]
    why: list[str]
    key: str | None = None
    status: str
    by: datetime | None = None
    by_day: date | None = None


class VictimLine(Schema):
    """A victim in a list, and what is promised next. By which name is said where people are read."""

    reference: str
    stands: Literal["agreed", "declined"]
    day: date
    promised: PromiseAnswer | None


class VictimsPage(Schema):
    """One page of the victims open to the reader with whom an agreement was made or declined, the last recorded first."""

    victims: list[VictimLine]
    page: int
    pages: int
    total: int


class VictimAnswer(Schema):
    """A victim as things stand. Whoever sees a part of it is told how she is safely reached, and null for the rest.
    `contacts` is how many there are.
    """

    reference: str
    cases: list[str]
    safe_contact: SafeContact | None
    agreement: AgreementStands | None
    entitlement: str | None
    promised: PromiseAnswer | None
    contacts: int | None
    last_reached_at: datetime | None
    due: list[VictimDue] | None


class ContactAnswer(Schema):
    """A contact or an attempt; by `promise` which promise it kept. What was said in it is not told."""

    at: datetime
    channel: str
    how: Literal["reached", "tried", "left_message", "hers"]
    promise: int | None
    why_unsafe: list[str]
    is_danger: bool
    language: str
    known_from: datetime


class ContactsAnswer(Schema):
    """Every promise, the last due first, and fifty contacts a page, the newest first."""

    victim: str
    promises: list[PromiseAnswer]
    contacts: list[ContactAnswer]
    page: int
    pages: int
    total: int


class NewContactSaid(Schema):
    """A contact or an attempt. What her agreement calls unsafe is refused, unless life was in danger or it was made already.

    `told_of` are keys of what is due to her; `next_due_at` promises the next contact, else it is promised as often as was agreed.
    """

    channel: Channel
    at: Instant
    how: Literal["reached", "tried", "left_message", "hers"]
    anyway: Literal["danger", "made"] | None = None
    language: Literal["cy", "en", "both", "other"] | None = None
    told_of: list[Annotated[str, Field(max_length=40, pattern=r"^(happening|stage)-[0-9]{1,18}$")]] = Field(
        default=[], max_length=50
    )
    told: Words = ""
    response: Words = ""
    next_due_at: Instant | None = None


class ViewAnswer(Schema):
    """What she thinks of something, word for word but for where she can be reached, and what became of it.

    Of one that she has not agreed the reader may read, the words are null.
    """

    view: int
    subject: str
    case: str | None
    language: str
    given_at: datetime
    route: str
    may_see: list[str]
    notice_version: int
    is_withheld: bool
    words: str | None
    is_answered: bool
    decided: str | None
    why: str | None
    told_at: datetime | None


class ViewsPage(Schema):
    """Fifty of her views, the last first."""

    victim: str
    views: list[ViewAnswer]
    page: int
    pages: int
    total: int


class NoticeAnswer(Schema):
    """Who may come to read her words, as she is told it in one language."""

    language: str
    title: str
    begins: str
    readers: list[str]
    ends: list[str]


class NoticeShown(Schema):
    """The notice to show her now, in both languages; `shown` is sent along with her words, by the same reader within 12 hours."""

    shown: str
    notices: list[NoticeAnswer]


class NewViewSaid(Schema):
    """What she says, word for word, after the notice was shown. `case` is a case of hers where it is about one."""

    shown: Text
    subject: Subject
    words: View
    route: Literal[Route.IN_PERSON, Route.TELEPHONE, Route.WRITTEN]
    may_see: list[MaySee] = Field(default=[], max_length=4)
    case: Annotated[str, Field(max_length=20, pattern=r"^[^\x00]*$")] = ""


class ViewRecorded(Schema):
    """By which number a view of hers is known."""

    view: int
