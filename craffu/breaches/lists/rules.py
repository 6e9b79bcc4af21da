"""Each morning's lists against whoever is known: custody, releases and courts, every entry in exactly one place (BRC-08)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Final

from craffu.linkage.rules import USUAL, Decision, Thresholds, decide

# `breach.morning_lists_by`, London.
BY: Final = time(8)


class MorningList(StrEnum):
    """Who sends it. Keys are stored."""

    CUSTODY = "custody"
    RELEASE = "release"
    COURT = "court"


class Raises(StrEnum):
    """What an entry of somebody known raises: custody the case officer's notice, the others heightened follow-up."""

    CUSTODY = "custody"
    RELEASED_FROM_CUSTODY = "released_from_custody"
    HEARING_NEAR = "hearing_near"


RAISES: Final = {
    MorningList.CUSTODY: Raises.CUSTODY,
    MorningList.RELEASE: Raises.RELEASED_FROM_CUSTODY,
    MorningList.COURT: Raises.HEARING_NEAR,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list, whom it may be, and how probable that is."""

    entry: str
    list: MorningList
    person: str | None
    probability: float


@dataclass(frozen=True, slots=True)
class Matched:
    """Every entry, in exactly one of the three, in the order it came; and the lists that did not come, which are never empty."""

    known: tuple[Entry, ...]
    for_a_person: tuple[Entry, ...]
    unmatched: tuple[Entry, ...]
    not_available: tuple[MorningList, ...]

    @property
    def kept(self) -> int:
        return len(self.known) + len(self.for_a_person) + len(self.unmatched)


def match(entries: Iterable[Entry], received: Collection[MorningList], thresholds: Thresholds = USUAL) -> Matched:
    """BRC-08, with the thresholds of linkage (IDN-02). An entry that may be nobody is unmatched and kept."""
    found: dict[Decision, list[Entry]] = {decision: [] for decision in Decision}
    for one in entries:
        decision = Decision.NO_LINK if one.person is None else decide(one.probability, thresholds).decision
        found[decision].append(one)
    return Matched(
        tuple(found[Decision.LINK]), tuple(found[Decision.CLERICAL]), tuple(found[Decision.NO_LINK]),
        tuple(one for one in MorningList if one not in received),
    )  # fmt: skip
