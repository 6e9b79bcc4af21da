"""What stands in the register at rows of the index: names, and whose they are now. For a reader of one force (SEC-01).

Said as SQL, because a search asks it at every key pressed and putting the same question together by objects takes longer than
the answer; the force stands in each.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from django.db import connection

from craffu.access.acting import Acting
from craffu.people.search.folding import fold_lines

_NAMES: Final = """
SELECT id, given_names, family_name, born_on, record_id FROM people_recordversion
WHERE force_id = %s AND id IN ({numbers})"""
# The last decision about a record says whose it is (IDN-03).
_PEOPLE: Final = """
SELECT decision.record_id, person.id, person.reference
FROM people_membership decision JOIN people_person person ON person.id = decision.person_id
WHERE decision.force_id = %s AND decision.record_id IN ({numbers}) ORDER BY decision.id"""
_OTHERS: Final = """
SELECT version_id, given_names, family_name FROM people_recordedname
WHERE force_id = %s AND version_id IN ({numbers}) ORDER BY id"""


class NameHeld(NamedTuple):
    """One version's main name and date of birth, and the record it is of."""

    version: int
    name: str
    folded: str
    born_on: str
    record: int


def names_of_rows(by: Acting, versions: Sequence[int]) -> list[NameHeld]:
    """One question. A row whose version is of another force, or gone, is passed over."""
    rows = _asked(_NAMES, by, versions)
    names = [f"{given} {family}".strip() for _, given, family, _, _ in rows]
    folded = fold_lines(names).split("\n") if names else []
    return [
        NameHeld(version, name, plain, born, record)
        for (version, _, _, born, record), name, plain in zip(rows, names, folded, strict=True)
    ]


def whose(by: Acting, records: Sequence[int]) -> dict[int, tuple[int, str]]:
    """The person of each record, by row number and reference, as the last decision about it says. One question."""
    return {record: (person, reference) for record, person, reference in _asked(_PEOPLE, by, records)}


def other_names(by: Acting, versions: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """The aliases and former names of some versions, as written and folded."""
    found: dict[int, list[tuple[str, str]]] = {}
    for version, given, family in _asked(_OTHERS, by, versions):
        name = f"{given} {family}".strip()
        found.setdefault(version, []).append((name, fold_lines([name])))
    return found


def _asked(sql: str, by: Acting, numbers: Sequence[int]) -> list[tuple]:  # type: ignore[type-arg]
    if not numbers:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql.format(numbers=", ".join(map(str, numbers))), [by.force.pk])
        return list(cursor.fetchall())
