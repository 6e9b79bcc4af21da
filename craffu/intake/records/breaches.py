"""Rows that may tell of a breach, as the ledger takes them: probation's events, and what a victim says (BRC-06)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from craffu.breaches.telling.facts import TellingRow, Tells
from craffu.breaches.telling.rules import contact_tells, probation_tells
from craffu.clocks.london import start_of
from craffu.common.versions import CREATED, UPDATED, Decided, as_said
from craffu.intake.records.shape import Good

# What an older version says of a key is history, and tells of nothing now.
_TAKEN: Final = frozenset({CREATED, UPDATED})

type Telling = Callable[[Good, Sequence[Decided]], list[TellingRow]]


def of_probation(good: Good, decided: Sequence[Decided]) -> list[TellingRow]:
    """Events under supervision. The record is that of the supervision, which a later row may first describe."""
    said, said_at = good.columns, good.said_at
    rows = []
    for at, number in _taken(decided):
        event = said["event"][at]
        happened = as_said(start_of(date.fromisoformat(said["happened_on"][at])))
        record = f"cases/{said['crn'][at]}/{said['event_number'][at]}"
        rows.append(
            TellingRow(
                good.keys[at], number, said_at[at], good.lines[at], record, "", said["order_ref"][at], happened, is_day_only=True,
                decision=event, in_zone=None, is_withdrawn=not probation_tells(event), words=said["words"][at],
            )
        )  # fmt: skip
    return rows


def of_contacts(good: Good, decided: Sequence[Decided]) -> list[TellingRow]:
    """Contacts with victims, of which a few are offered."""
    said, said_at = good.columns, good.said_at
    rows = []
    for at, number in _taken(decided):
        words = said["words"][at]
        rows.append(
            TellingRow(
                good.keys[at], number, said_at[at], good.lines[at], f"persons/{said['person_ref'][at]}", said["crime_ref"][at],
                "", said["contacted_at"][at], is_day_only=False, decision="", in_zone=None,
                is_withdrawn=not contact_tells(said["direction"][at], said["about"][at], words), words=words,
            )
        )  # fmt: skip
    return rows


def _taken(decided: Sequence[Decided]) -> list[tuple[int, int]]:
    return [(at, one.number) for at, one in enumerate(decided) if one.outcome in _TAKEN]


TELLINGS: Final[Mapping[tuple[str, str], tuple[Tells, Telling]]] = {
    ("probation", "events"): (Tells.PROBATION, of_probation),
    ("rms", "contacts"): (Tells.CONTACT, of_contacts),
}
