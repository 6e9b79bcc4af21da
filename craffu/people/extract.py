"""What the snapshot holds of people: that a source record is one person's, from when until when that was so decided (IDN-02).

It names nobody: a person is whoever several keyed records are held to be.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Final

from craffu.access.acting import Acting
from craffu.common.extracted import KNOWN_FROM, KNOWN_UNTIL, Extract, Holds, Row, keyed, spans
from craffu.people.models import Membership


def _people(by: Acting, at: datetime) -> Iterator[Row]:
    rows = Membership.objects.for_user(by).filter(known_from__lte=at).order_by("record_id", "id")
    names = ("record_id", "record__source", "record__source_key", "person__reference", "known_from")
    for (_record, source, key), several in groupby(rows.values_list(*names).iterator(), key=lambda one: one[:3]):
        decided = [(known_from, person) for *_, person, known_from in several]

        def whose(
            then: datetime, decided: list[tuple[datetime, str]] = decided, named: str = keyed("record", source, key)
        ) -> Row:
            [*_, last] = [person for known_from, person in decided if known_from <= then]
            return {"record": named, "person": keyed("person", last)}

        yield from spans((known_from for known_from, _ in decided), whose)


PEOPLE: Final = Extract(
    "people",
    {"record": Holds.REFERENCE, "person": Holds.REFERENCE, KNOWN_FROM: Holds.INSTANT, KNOWN_UNTIL: Holds.INSTANT},
    _people,
)

TABLES: Final = (PEOPLE,)
