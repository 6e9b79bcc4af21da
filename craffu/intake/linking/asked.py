"""Which records are meant by what somebody types: a record by its source and key, a person by their reference (IDN-01)."""

from dataclasses import dataclass
from typing import Final

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.linkage.policies import check_is_a_pair
from craffu.people.models import SourceRecord
from craffu.people.queries import (
    find_person,
    find_record,
    find_record_called,
    people_of_records,
    record_names,
    records_of,
    records_that_came_as,
)
from craffu.people.rules import record_name

# Between a record's source and what that source calls it.
BETWEEN: Final = "/"
# A row's number has no more.
_MOST_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked about, the records that answer for it, and the person that they are now."""

    reference: str
    records: tuple[int, ...]
    names: tuple[str, ...]
    person: str


def asked_about(by: Acting, left: str, right: str) -> tuple[Asked, Asked]:
    """The records meant by each of two. Where both are one person now, a person is the records that came in as them.

    Raises NotPermitted where there is no such record or person for whoever asks, and NotNow for one and the same.
    """
    now = [_records(by, reference) for reference in (left, right)]
    if set(now[0]) & set(now[1]):
        now = [_records(by, reference, as_they_came=True) for reference in (left, right)]
    for record in set(now[0]) & set(now[1]):
        check_is_a_pair(record, record)
    return asked(by, left, now[0]), asked(by, right, now[1])


def _records(by: Acting, reference: str, *, as_they_came: bool = False) -> tuple[int, ...]:
    """The records meant. A person who has none now is those that came in as them; so are two who are one now."""
    source, between, key = reference.partition(BETWEEN)
    if between:
        return (check_is_there(find_record_called(by, source, key) or _numbered(by, reference, key)).pk,)
    person = check_is_there(find_person(by, reference))
    came = records_that_came_as(by, person)
    return tuple(came if as_they_came else records_of(by, person) or came)


def _numbered(by: Acting, name: str, key: str) -> SourceRecord | None:
    """The record that we call so by our number of its row."""
    number = int(key) if key.isdecimal() and len(key) <= _MOST_DIGITS else 0
    found = find_record(by, number)
    return found if found is not None and name == record_name(found.source, found.source_key, found.pk) else None


def asked(by: Acting, reference: str, records: tuple[int, ...]) -> Asked:
    names, people = record_names(by, records), people_of_records(by, records)
    return Asked(reference, records, tuple(names[one] for one in records), people[records[0]].reference)
