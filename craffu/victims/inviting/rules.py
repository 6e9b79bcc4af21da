"""How a code is written and read, how long an invitation opens anything, and when a message with a link may go.

VIC-01, VIC-02. The lengths of time are the project's own decision (ADR 58).
"""

import re
import secrets
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from craffu.clocks.london import LONDON, day_of
from craffu.victims.contacts.rules import TAKES_LINKS, Channel, Safety, Unsafe, check_contact
from craffu.victims.inviting.kinds import Route, Step

# No letter or figure that is taken for another, written or read out: neither B and 8, G and 6, I, L and 1, O, Q and 0, S and 5,
# U and V, nor Z and 2.
ALPHABET: Final = "ACDEFHJKMNPRTWXY3479"
CODE_LENGTH: Final = 12
_GROUP: Final = 4
# A link's own secret: 256 bits.
LINK_BYTES: Final = 32
_NOT_OF_A_CODE: Final = re.compile(r"[\s.·–—-]+")

# A code is read out while she is on the telephone; a link waits until she is alone; a letter opens nothing by itself.
LASTS: Final[Mapping[Route, timedelta]] = {
    Route.CODE: timedelta(hours=1), Route.LINK: timedelta(hours=72), Route.LETTER: timedelta(days=28),
}  # fmt: skip
# A page on which nothing was answered for so long closes, and any page so long after it was opened.
IDLE: Final = timedelta(minutes=20)
LONGEST: Final = timedelta(hours=2)
# While she writes.
WRITING: Final = timedelta(minutes=60)

# What is sent to her, and somebody else may have in their hands.
SENT: Final = (Route.LINK, Route.LETTER)

# After any of these an invitation opens nothing.
OVER: Final = frozenset({Step.OPENED, Step.ENDED, Step.NOT_HERS, Step.NOT_SENT})


def new_code() -> str:
    """A code that cannot be guessed: some 52 bits, each behind a limit of tries."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def new_link() -> str:
    return secrets.token_urlsafe(LINK_BYTES)


def in_groups(code: str) -> str:
    """A code as it is read out and written down: `ACDE FHJK MNPR`."""
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def code_meant(typed: str) -> str:
    """The code that somebody typed, whatever its spaces, dashes and capitals; empty where it can be none."""
    found = _NOT_OF_A_CODE.sub("", typed).upper()
    return found if len(found) == CODE_LENGTH and set(found) <= set(ALPHABET) else ""


def opens_until(route: Route, at: datetime) -> datetime:
    return at + LASTS[route]


def still_opens(expires_at: datetime, steps: Collection[str], now: datetime) -> bool:
    """Whether an invitation opens the page: once, in its time, and not where somebody ended it."""
    return now < expires_at and OVER.isdisjoint(steps)


def is_closed(begun_at: datetime, last_at: datetime, now: datetime, *, writes: bool = False) -> bool:
    """Whether a page that was opened has closed by itself; who writes has longer."""
    return now >= closes_at(begun_at, last_at, writes=writes)


def closes_at(begun_at: datetime, last_at: datetime, *, writes: bool = False) -> datetime:
    return min(last_at + (WRITING if writes else IDLE), begun_at + LONGEST)


class WhyNot(StrEnum):
    """Why no link may be sent to her, or why she is not asked."""

    NOT_AGREED = "not_agreed"
    DECLINED = "declined"
    NO_SAFE_LINK = "no_safe_link"
    NO_ADDRESS = "no_address"
    NO_SURVEYS = "no_surveys"
    REACH_CHANGED = "reach_changed"
    NEVER_SAFE = "never_safe"
    TRANSLATION = "translation"
    OF_THE_ACCUSED = "of_the_accused"


def link_channels(channels: Collection[str], links: Collection[str]) -> list[str]:
    """The ways by which a link may come: safe, and marked safe for links."""
    return sorted(set(channels) & set(links) & TAKES_LINKS)


_PHONE: Final = re.compile(r"\+?[0-9]{10,15}")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_LONGEST_ADDRESS: Final = 254


def is_address(channel: str, to: str) -> bool:
    """Whether this can be where a message by this way goes."""
    if len(to) > _LONGEST_ADDRESS:
        return False
    if channel == Channel.TEXT_MESSAGE:
        return _PHONE.fullmatch(re.sub(r"[\s().-]+", "", to)) is not None
    return channel == Channel.EMAIL and _EMAIL.fullmatch(to.strip()) is not None


_LOOKS_AHEAD: Final = 3


def may_go_at(safety: Safety, channel: str, now: datetime) -> datetime | None:
    """VIC-02: the first instant from now on at which a message may go by this way; None where it never may.

    A window's start is inside. Windows are the same every day; what one day's clock skips, the next has.
    """
    against = check_contact(safety, channel, now).why
    if Unsafe.CHANNEL in against:
        return None
    if not against:
        return now
    today = day_of(now)
    starts = (
        datetime.combine(today + timedelta(days=ahead), window.start, tzinfo=LONDON).astimezone(UTC)
        for ahead in range(_LOOKS_AHEAD)
        for window in safety.times
    )
    return min((at for at in starts if at > now and not check_contact(safety, channel, at).why), default=None)
