"""The victims behind a figure of the gap, for whoever looks after them: each as far as they are open to the reader (Q1, C1).

An answer that may not be linked stands in no list, but for one that somebody feels less safe: that is acted on (VIC-08).
"""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.victims.answering.kinds import LESS_SAFE
from craffu.victims.gap.facts import Asked
from craffu.victims.gap.kinds import Figure
from craffu.victims.gap.queries import Sides, sides
from craffu.victims.gap.rules import UNSUPPORTED_ANSWER
from craffu.victims.queries import Victim
from craffu.victims.stories import victims_of_records
from craffu.victims.surveys.kinds import NotAsked


class Behind(StrEnum):
    """Which list: keys stand in addresses."""

    UNSUPPORTED = "done-not-supported"
    LESS_SAFE = "less-safe"
    UNTOLD = "not-told"
    UNSAFE_TO_ASK = "unsafe-to-ask"


def victims_behind(by: Acting, which: Behind, first: date, last: date, now: datetime) -> tuple[list[Victim], int]:
    """The victims whose page is open to the reader, in the order in which they came, and how many are not. What is covert leaves
    no trace.
    """
    found = sides(by, now)
    records = {record for record, on in _records(found, which) if first <= on <= min(last, day_of(now))}
    victims = victims_of_records(by, records)
    opened = [one for one in victims if not one.shut]
    return opened, len(victims) - len(opened)


def _records(found: Sides, which: Behind) -> Iterator[tuple[int, date]]:
    if which is Behind.UNTOLD:
        return ((record, one.on) for record, one in found.done if not one.was_told)
    if which is Behind.UNSAFE_TO_ASK:
        return ((record, one.on) for record, one in found.not_asked if one.reason == NotAsked.UNSAFE)
    return ((record, one.on) for record, one in found.asked if one.answers is not None and _IS_BEHIND[which](one))


def _says(one: Asked, figure: Figure, said: str) -> bool:
    return one.answers is not None and one.answers.get(figure) == said


def _feels_less_safe(one: Asked) -> bool:
    return _says(one, Figure.FELT_SAFE, LESS_SAFE)


def _is_unsupported(one: Asked) -> bool:
    return one.may_be_linked and one.is_done and _says(one, Figure.FELT_SUPPORTED, UNSUPPORTED_ANSWER)


_IS_BEHIND: Final = {Behind.LESS_SAFE: _feels_less_safe, Behind.UNSUPPORTED: _is_unsupported}
