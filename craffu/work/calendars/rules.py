"""What stands in a calendar of due work, for whoever comes by it: a reference and a time, never what has to be done."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from craffu.clocks.london import day_of, end_of

# An address that cannot be guessed: 256 bits, as text.
SECRET_BYTES: Final = 32
MOST_ENTRIES: Final = 500
# Whoever has an address needs no sign-in, so none opens for good; its own calendar says so in its last days.
LASTS: Final = timedelta(days=180)
SAYS_SO_FOR: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of open work: its row number, the record it is about, and from when it is overdue."""

    number: int
    about_kind: str
    about: str
    overdue_from: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a calendar. `day` where the work may be done until the day is out in London, else `at`, the last moment."""

    uid: str
    about: str
    day: date | None
    at: datetime


def entries(items: Iterable[Item], force: str) -> list[Entry]:
    """One entry for each item, the soonest first. The same item keeps its uid, so that a program moves it and adds none."""
    return [
        Entry(f"work-{one.number}@{force}.craffu", one.about, _whole_day(one.overdue_from), one.overdue_from)
        for one in sorted(items, key=lambda item: (item.overdue_from, item.number))
    ]


def address_ends(since: datetime) -> datetime:
    """The midnight in London at which an address opens nothing any more."""
    return end_of(day_of(since + LASTS))


def ending(since: datetime, force: str, now: datetime) -> list[Entry]:
    """An entry on the last day of an address, once that is near: without it whoever reads by it would see their work no more."""
    ends_at = address_ends(since)
    if now < ends_at - SAYS_SO_FOR:
        return []
    return [Entry(f"address-{ends_at:%Y%m%d}@{force}.craffu", "", _whole_day(ends_at), ends_at)]


def _whole_day(overdue_from: datetime) -> date | None:
    last = day_of(overdue_from - datetime.resolution)
    return last if overdue_from == end_of(last) else None


def kept_as(secret: str) -> str:
    """What is kept of the secret part of an address: nobody who reads the register can make the address from it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def opens(secret: str, kept: str) -> bool:
    """Whether a secret is the one that is kept. Nothing kept, nothing opens. Takes the same time whatever differs."""
    return bool(kept) and hmac.compare_digest(kept_as(secret), kept)
