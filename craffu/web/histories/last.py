"""The breaches on a person's own page: what is counted, by name, and the last three (page map, P05)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.breaches.history.facts import Seen
from craffu.breaches.history.queries import awaiting, counts, incidents, rows_of
from craffu.breaches.permissions import check_can_decide
from craffu.common.refusals import allows
from craffu.web.histories import presenters
from craffu.web.presenters import Params
from craffu.web.references import address_of

LAST: Final = 3


@dataclass(frozen=True, slots=True)
class LastBreaches:
    """The line of the header, the counts, the last of them, and where all of them stand. `refs` are the records named."""

    words: str
    counts: Params | None
    table: Params | None
    every: str
    refs: tuple[str, ...]


def breaches_of(by: Acting, of: Seen, now: datetime) -> LastBreaches:
    found = counts(by, of, awaiting(by, of))
    rows = rows_of(by, of, list(incidents(by, of).values_list("pk", flat=True)[:LAST]), now) if found.of_all else []
    return LastBreaches(
        words=presenters.counted_words(found),
        counts=presenters.counts_list(found) if found.of_all else None,
        table=presenters.last_table(rows, has_links=allows(check_can_decide, by)) if rows else None,
        every=address_of("person_breaches", "person", of.person.reference),
        refs=tuple(sorted({ref for row in rows for ref in presenters.refs_of(row)})),
    )
