"""Whether an order stands in another police system with the words that hold now (ORD-18).

An entry made from an older version says what no longer holds: after a variation it has to be made again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class System(StrEnum):
    """Where an order is entered by hand: the national computer, the force's own records, the control room's warnings."""

    NATIONAL = "national"
    RECORDS = "records"
    CONTROL_ROOM = "control_room"


# What a complete card asks for.
NATIONAL: Final = System.NATIONAL


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: in which system, on which day, from which version of the words."""

    system: str
    entered_on: date
    terms_number: int


def standing_entry(entries: Iterable[Entry], system: str, terms_number: int | None) -> Entry | None:
    """The last entry in a system, if it was made from the version that stands."""
    last = [one for one in entries if one.system == system][-1:]
    return last[0] if last and last[0].terms_number == terms_number else None
