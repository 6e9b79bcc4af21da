"""What an arrest, a release or bail is for the victim, once a custody suite or a court has told of it (VIC-05, BRC-08).

The hour runs from the event, or from when custody or the court said so, if later. Bail is warned of before it ends, because its
last day is known.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from craffu.cases.risk.rules import Asks
from craffu.cases.risk.told.rules import Source, Told
from craffu.clocks.london import start_of
from craffu.victims.happenings.kinds import Happening

# How long what is told of late is still news for somebody with whom nothing was agreed. A project decision: a record that
# comes after a week was no warning to anybody, and the first records of a force tell of years.
STILL_NEWS: Final = timedelta(days=7)
# Whose record tells of a release from prison.
PRISON: Final = "prison"
_A_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class ToTell:
    """An event as it is kept for the victim; `key` stays the same however its record is corrected."""

    key: str
    source: str
    kind: Happening
    at: datetime
    learnt_at: datetime

    @property
    def time_known_at(self) -> datetime | None:
        return self.learnt_at if self.learnt_at < self.at else None


def to_tell(told: Told) -> ToTell | None:
    """What the victim is told of; None for an arrest that a court names, because it comes months later and by its day alone."""
    word = told.word
    if word is None or (told.kind is Asks.ARRESTED and told.source is Source.COURT):
        return None
    lies_ahead = told.day is not None and told.source is Source.CUSTODY
    # Bail that ends with a day ends within it, so that nobody reads the next day's name.
    at = told.at - _A_SECOND if lies_ahead else told.at
    return ToTell(_key(told), told.source.value, _kind(told), at, word.said_at)


def release_to_tell(source: str, key: str, on: date, said_at: datetime) -> ToTell:
    """A release from prison, of which only the day is known: they may be free from its first hour, and so it is warned of."""
    digest = hashlib.sha256("\n".join((PRISON, source, key)).encode()).hexdigest()[:40]
    return ToTell(digest, PRISON, Happening.RELEASE_FROM_PRISON, start_of(on), said_at)


def _kind(told: Told) -> Happening:
    word = told.word
    if told.kind is Asks.ARRESTED:
        return Happening.ARREST_FOR_BREACH if word is not None and word.for_breach else Happening.ARREST
    if told.kind is Asks.RELEASED:
        return Happening.RELEASE_FROM_CUSTODY if told.source is Source.CUSTODY else Happening.RELEASE_FROM_PRISON
    return Happening.BAIL_ENDED if word is not None and word.ends else Happening.BAIL_CONDITIONS_CHANGED


def _key(told: Told) -> str:
    """One for each arrest, release and hearing; one for each day on which bail was to end, and each word that changed it."""
    parts = [told.source.value, told.kind.value]
    if told.word is not None:
        parts.append(told.word.of)
        if told.source is Source.CUSTODY and told.kind is Asks.BAIL_CONDITIONS_CHANGED_OR_ENDED:
            parts.append(told.day.isoformat() if told.day is not None else str(told.word.version))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]
