"""What a custody system says of a detention or of a release from prison, before it is stored."""

from typing import NamedTuple


class DetentionRow(NamedTuple):
    """One detention. Instants are UTC as text, days ISO; both are None where nothing is said."""

    key: str
    content: str
    said_at: str
    line: int
    record: int | None
    crime: str
    station: str
    offence_code: str
    for_breach_of: str
    arrested_at: str
    released_at: str | None
    disposal: str
    bail_ends_on: str | None
    bail_conditions: str


class ReleaseRow(NamedTuple):
    """One release from prison. When it was said is UTC as text, days are ISO and None where nothing is said."""

    key: str
    content: str
    said_at: str
    line: int
    record: int | None
    prison: str
    planned_on: str
    released_on: str | None
    licence_ends_on: str | None
    licence_conditions: str
