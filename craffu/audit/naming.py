"""Which rows of the log name a record: those that are sealed by the index by record, those that wait by what they say.

The index is drawn when a row is sealed, seconds after it was written (ADR 124). Whoever asks hears of every row all the same:
both are asked in one statement, so that a row that is sealed meanwhile is in one of the two.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from craffu.common.lookups import as_one

# Each written so that the database goes through the few events that wait and looks each up by its number: left to itself
# either one searches the whole log by force, at every step of sealing.
WAITING = {
    "sqlite": "audit_unsealed u CROSS JOIN audit_event e ON e.id = u.event_id",
    "postgresql": (
        "audit_unsealed u CROSS JOIN LATERAL (SELECT force, payload FROM audit_event WHERE id = u.event_id OFFSET 0) e"
    ),
}
SAID = {
    "sqlite": "json_each(e.payload, '$.refs') said",
    "postgresql": "jsonb_array_elements_text(e.payload::jsonb -> 'refs') AS said(value)",
}

# Both take the references as one value and the force twice over, empty for any.
_FOUND = {
    "sqlite": (
        "SELECT audit_eventreference.event_id AS event_id, audit_eventreference.ref AS ref "  # noqa: S608  # our own words alone
        "FROM audit_eventreference "
        "CROSS JOIN audit_event e WHERE e.id = audit_eventreference.event_id "
        "AND audit_eventreference.ref IN (SELECT value FROM json_each(%s)) AND (%s = '' OR e.force = %s) "
        f"UNION ALL SELECT u.event_id, said.value FROM {WAITING['sqlite']}, {SAID['sqlite']} "
        "WHERE said.value IN (SELECT value FROM json_each(%s)) AND (%s = '' OR e.force = %s)"
    ),
    "postgresql": (
        "SELECT audit_eventreference.event_id AS event_id, audit_eventreference.ref AS ref "  # noqa: S608  # our own words alone
        "FROM audit_eventreference "
        "CROSS JOIN audit_event e WHERE e.id = audit_eventreference.event_id "
        "AND audit_eventreference.ref = ANY(%s) AND (%s = '' OR e.force = %s) "
        f"UNION ALL SELECT u.event_id, said.value FROM {WAITING['postgresql']}, {SAID['postgresql']} "
        "WHERE said.value = ANY(%s) AND (%s = '' OR e.force = %s)"
    ),
}
# PostgreSQL takes a list of its own making for a short one, which this is, however many it thought would wait.
_NUMBERS = {
    "sqlite": f"SELECT event_id FROM ({_FOUND['sqlite']}) named",  # noqa: S608
    "postgresql": f"SELECT unnest(ARRAY(SELECT event_id FROM ({_FOUND['postgresql']}) named))",  # noqa: S608
}
_REFS = {vendor: f"SELECT ref FROM ({found}) named" for vendor, found in _FOUND.items()}  # noqa: S608


def naming(refs: Iterable[str], *, force: str = "") -> RawSQL:
    """The numbers of the events that name any of these records, of one force or of all, as `pk__in` takes them.

    A question about records asks for the force here: beside a list of numbers SQLite would rather search the log by force.
    """
    return RawSQL(_NUMBERS[connection.vendor], _given(refs, force))  # noqa: S611  # our own words, with places for values


def named_in_log(refs: Iterable[str], *, force: str) -> set[str]:
    """Which of these references any act of a force names."""
    with connection.cursor() as cursor:
        cursor.execute(_REFS[connection.vendor], _given(refs, force))
        return {ref for (ref,) in cursor.fetchall()}


def _given(refs: Iterable[str], force: str) -> list[Any]:
    asked = as_one(frozenset(refs), connection)
    return [asked, force, force] * 2
