"""Whether a contact is safe, whether a promised one was made, and when somebody could not be reached.

VIC-02, VIC-04; REV-02 for 'not reachable'. A promise breached is not the Victims' Code breached: that is decided by VIC-05.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from craffu.clocks.london import day_of, local_time


class Channel(StrEnum):
    """How somebody is reached."""

    TELEPHONE = "telephone"
    TEXT_MESSAGE = "text_message"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"
    VIDEO_CALL = "video_call"
    THROUGH_ADVOCATE = "through_advocate"


class CameBack(StrEnum):
    """Why a letter that was posted did not reach them."""

    RETURNED = "returned"
    REFUSED = "refused"
    ADDRESS_GONE = "address_gone"


CAME_BACK: Final = frozenset(CameBack)

# That a letter is theirs now is no conversation: nobody spoke with them.
SPEAKS_TO_NOBODY: Final = frozenset({Channel.LETTER})
# By these a link can come. Whether it may, she says for each (VIC-02).
TAKES_LINKS: Final = frozenset({Channel.TEXT_MESSAGE, Channel.EMAIL})
# What stands in an agreement where no way to reach her is safe at any hour.
NOWHERE: Final = "nowhere"


class Unsafe(StrEnum):
    """Why a contact is not safe."""

    CHANNEL = "channel_not_safe"
    TIME = "time_not_safe"
    VOICEMAIL = "voicemail_not_allowed"


# The one reason that overrides what she said is safe.
IMMEDIATE_DANGER: Final = "immediate_danger"


@dataclass(frozen=True, slots=True)
class SafeTimes:
    """A window of London's clock: its start is inside, its end is not. One that ends before it starts runs over midnight."""

    start: time
    end: time

    def hold(self, instant: datetime) -> bool:
        at = local_time(instant).time()
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@dataclass(frozen=True, slots=True)
class Safety:
    """What she said is safe. Without a window no time is, but for the ways that are safe at any hour."""

    channels: Collection[str]
    times: Collection[SafeTimes]
    voicemail: bool = False
    at_any_hour: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a contact may be made and what speaks against it; `override_logged` where danger to life overrode that."""

    allowed: bool
    why: tuple[Unsafe, ...]
    override_logged: bool


def check_contact(
    safety: Safety, channel: str, at: datetime, *, leaves_message: bool = False, override: str | None = None
) -> Checked:
    """VIC-02: by a channel and at a time marked safe, and no message left unless she allows it. Only danger to life overrides."""
    against = {
        Unsafe.CHANNEL: channel not in safety.channels,
        Unsafe.TIME: channel not in safety.at_any_hour and not any(window.hold(at) for window in safety.times),
        Unsafe.VOICEMAIL: leaves_message and not safety.voicemail,
    }
    why = tuple(one for one, holds in against.items() if holds)
    overridden = bool(why) and override == IMMEDIATE_DANGER
    return Checked(allowed=not why or overridden, why=why, override_logged=overridden)


# `victim.unreachable`; with one safe channel only, one is enough.
FEWEST_ATTEMPTS, FEWEST_DAYS, FEWEST_CHANNELS = 3, 2, 2


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to reach her, on a London day."""

    on: date
    channel: str


def was_not_reachable(attempts: Iterable[Attempt], safe_channels: Collection[str]) -> bool:
    """Whether 'not reachable' may be said: enough attempts, days and channels. An attempt by an unsafe channel does not count."""
    counted = [one for one in attempts if one.channel in safe_channels]
    return (
        len(counted) >= FEWEST_ATTEMPTS
        and len({one.on for one in counted}) >= FEWEST_DAYS
        and len({one.channel for one in counted}) >= min(FEWEST_CHANNELS, len(set(safe_channels)))
    )


class Excuse(StrEnum):
    """Why a promised contact was rightly not made; the force's own absence is none."""

    VICTIM_ASKED_TO_WAIT = "victim_asked_to_wait"
    CONTACT_UNSAFE = "contact_unsafe"
    NOT_REACHABLE = "not_reachable_with_attempts"


class Kept(StrEnum):
    """How a promised contact stands."""

    RUNNING = "running"
    KEPT = "kept"
    LATE = "late"
    WRONG_CHANNEL = "wrong_channel"
    MISSED = "missed"
    EXCUSED = "excused"


BREACHES: Final = frozenset({Kept.LATE, Kept.WRONG_CHANNEL, Kept.MISSED})


@dataclass(frozen=True, slots=True)
class Made:
    """A contact as it was made; `is_hers` where she called. Her own call keeps no promise of ours."""

    at: datetime
    channel: str
    is_hers: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """How a promise stands; it counts in the denominator of what was promised unless it still runs."""

    status: Kept

    @property
    def agreement_breached(self) -> bool:
        return self.status in BREACHES

    @property
    def counts_in(self) -> str | None:
        if self.status in BREACHES:
            return "not_kept"
        return None if self.status is Kept.RUNNING else self.status.value


def promise(
    due_at: datetime,
    agreed_channels: Collection[str],
    now: datetime,
    *,
    made: Made | None = None,
    excuse: str | None = None,
    attempts: Iterable[Attempt] = (),
    safe_channels: Collection[str] = (),
) -> Promise:
    """VIC-04: kept when made by its due time, the last instant included, by a channel agreed.

    An excuse is never counted as kept, and undoes no contact by a channel not agreed. Attempts after the day it was due excuse
    nothing.
    """
    ours = made if made is not None and not made.is_hers and made.at <= now else None
    if ours is not None and ours.channel not in agreed_channels:
        return Promise(Kept.WRONG_CHANNEL)
    if ours is not None and ours.at <= due_at:
        return Promise(Kept.KEPT)
    in_time = [one for one in attempts if one.on <= day_of(due_at)]
    if excuse in set(Excuse) and (excuse != Excuse.NOT_REACHABLE or was_not_reachable(in_time, safe_channels)):
        return Promise(Kept.EXCUSED)
    if ours is not None:
        return Promise(Kept.LATE)
    return Promise(Kept.MISSED if now > due_at else Kept.RUNNING)
