"""Whether consent may be taken, what it covers at an instant, and which words may be read and quoted (VIC-08, VIC-11, M3, M5).

Consent is somebody's own and ends when they say so. What they said before they took it back never comes back, though they
consent anew: they were told that it would not. A danger to somebody is told to the force whatever was consented to.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from craffu.scrutiny.interviewing.kinds import Use, Whom
from craffu.victims.voice.rules import ReadersNotice, why_words_are_not_taken


class Point(StrEnum):
    """What somebody is told before they consent."""

    CHOICE = "choice"
    PURPOSE = "purpose"
    APART = "apart"
    NO_NAME = "no_name"
    QUOTES = "quotes"
    STOP = "stop"
    DANGER = "danger"


# What each version of the words that are read out tells them; changed words are a new version.
CONSENTS: Final[Mapping[int, frozenset[Point]]] = {1: frozenset(Point)}
CONSENT_VERSION: Final = max(CONSENTS)
# The force acts on a danger within this (project decision, ADR 60; UNVERIFIED: no rule names a time).
ACT_WITHIN: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class WordsRead:
    """The words on consent as they were read out: which version, in which language, when."""

    version: int
    language: str
    at: datetime


def why_consent_is_not_taken(
    whom: str, language: str, at: datetime, read: WordsRead | None, notice: ReadersNotice | None, uses: Collection[str]
) -> list[str]:
    """What is missing before somebody's consent counts; nothing, and it is taken.

    They are read every point in the interview's language before they consent, and consent at least to their words being kept.
    A victim is told before who may come to read them (VIC-11).
    """
    told = CONSENTS.get(read.version, frozenset()) if read else frozenset()
    why = [f"not_read:{one.value}" for one in Point if one not in told]
    if read is None or read.at >= at:
        why.append("not_read_before")
    if read is not None and read.language != language:
        why.append("other_language")
    if whom == Whom.VICTIM and why_words_are_not_taken(language, at, notice):
        why.append("readers_not_told")
    if Use.KEEP not in uses:
        why.append("not_consented")
    return why


@dataclass(frozen=True, slots=True)
class Said:
    """One thing somebody said about their consent: that it is given for these uses, or taken back for them."""

    at: datetime
    uses: frozenset[str]
    is_given: bool


def _in_order(said: Iterable[Said]) -> list[Said]:
    """By time; of one instant what takes back comes last, so that it counts."""
    return sorted(said, key=lambda one: (one.at, not one.is_given))


def takes_back(uses: Iterable[str]) -> frozenset[str]:
    """Words that may not be kept are not quoted either."""
    named = frozenset(uses)
    return frozenset(Use) if Use.KEEP in named else named


def stands(said: Iterable[Said], now: datetime) -> frozenset[str]:
    """The uses that are consented to at an instant. Each word given takes the place of what was given before."""
    uses: frozenset[str] = frozenset()
    for one in _in_order(said):
        if one.at <= now:
            uses = one.uses if one.is_given else uses - takes_back(one.uses)
    return uses


def may(use: str, spoken_at: datetime, said: Iterable[Said], now: datetime) -> bool:
    """Whether words spoken at an instant are within a use: it is consented to now, and was never taken back since.

    Nothing may be quoted that may not be kept.
    """
    listed = list(said)
    since = [one for one in listed if not one.is_given and spoken_at <= one.at <= now]
    lost = frozenset[str]().union(*(takes_back(one.uses) for one in since))
    wanted = {str(use), str(Use.KEEP)}
    return wanted <= stands(listed, now) and not wanted & lost


def is_passage_of(passage: str, words: str) -> bool:
    """Whether a quote is what was said, word for word: spaces and line ends apart nothing is changed or left out."""
    wanted = " ".join(passage.split())
    return bool(wanted) and wanted in " ".join(words.split())
