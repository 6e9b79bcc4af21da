"""What a court said of one defendant on one day, before it is stored. Codes are the courts' own, unjudged."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """One result. `durations` are as the message gave them; `amounts` are pounds as decimal text."""

    code: str
    text: str = field(repr=False)
    qualifiers: tuple[str, ...]
    durations: tuple[dict[str, object], ...]
    amounts: tuple[str, ...]
    penalty_points: int | None
    next_court: str
    next_on: date | None
    next_at: time | None
    next_reason: str = field(repr=False)
    next_bail_status: str


@dataclass(frozen=True, slots=True)
class ChargeFacts:
    """One offence as it stood at the hearing. `number` is the court's sequence number."""

    number: str
    code: str
    title: str
    wording: str = field(repr=False)
    location: str = field(repr=False)
    date_code: str
    started_on: date | None
    started_at: time | None
    ended_on: date | None
    ended_at: time | None
    charged_on: date | None
    arrested_on: date | None
    initiated_on: date | None
    plea: str
    mode_of_trial: str
    finding: str
    convicted_on: date | None
    convicting_court: str
    final: bool | None
    results: tuple[ResultFacts, ...]


@dataclass(frozen=True, slots=True)
class HearingFacts:
    """One hearing of one defendant, with the hash by which an exact copy is known (INT-01)."""

    content_sha256: str
    held_on: date
    held_at: time | None
    court: str
    psa: str
    presence: str
    bail_status: str
    bail_conditions: str = field(repr=False)
    bail_reason: str = field(repr=False)
    flags: tuple[dict[str, object], ...]
    charges: tuple[ChargeFacts, ...]


class CrimeRow(NamedTuple):
    """What a force's own system says of one crime or incident. A tuple, because an extract has a million of them.

    Instants are UTC as text, days ISO; both are None where nothing is said. `flags` is a JSON list as text.
    """

    crime: str
    content: str
    said_at: str
    line: int
    recorded_as: str
    home_office_class: str
    offence_code: str
    offence_title: str
    occurred_from: str | None
    occurred_to: str | None
    reported_at: str
    recorded_at: str | None
    location: str
    lsoa: str
    station: str
    officer: str
    flags: str
    risk_grade: str
    risk_graded_at: str | None
    ptiurn: str
    stage: str
    summary: str


class InvolvementRow(NamedTuple):
    """Who was involved in which crime and how. `record_key` is the key of the source's record of the person."""

    key: str
    content: str
    said_at: str
    line: int
    crime: str
    record_key: str
    role: str
    relationship: str


class OutcomeRow(NamedTuple):
    """The Home Office outcome given to a crime, the so-and-so-many-th of it."""

    key: str
    content: str
    said_at: str
    line: int
    crime: str
    outcome_number: str
    code: str
    decided_on: str
    record_key: str
    reason: str
