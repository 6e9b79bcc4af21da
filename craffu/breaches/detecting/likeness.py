"""Whom somebody in a case may be, who is not known to be them: by a pair that waits for a person, or by a name (BRC-06).

It is offered with its identity not confirmed, and an officer sees at once whether it is them (ADR 56). Nobody is linked by it.
"""

from collections import defaultdict
from collections.abc import Collection, Set
from itertools import product

from craffu.access.acting import Acting
from craffu.breaches.detecting.binding import nearly
from craffu.breaches.detecting.rules import are_namesakes
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.people.queries import members, names_given
from craffu.people.search.folding import fold


def may_be(by: Acting, asked: Collection[tuple[int, int]]) -> dict[int, Set[int]]:
    """For each source record those of the persons asked about beside it whom it may be, by row number. Eight queries at most."""
    if not asked:
        return {}
    records = {record for record, _ in asked}
    theirs: dict[int, list[int]] = defaultdict(list)
    rows = members(by).filter(person__one_of=frozenset(person for _, person in asked)).order_by()
    for record, person in rows.values_list("record_id", "person_id"):
        theirs[person].append(record)
    given = names_given(by, records | {record for several in theirs.values() for record in several})
    words = {record: [fold(" ".join(name)).split() for name in several] for record, several in given.items()}
    waiting = nearly(by, records)
    found: dict[int, set[int]] = defaultdict(set)
    for record, person in asked:
        is_pair = any(one in waiting.get(record, {}) for one in theirs[person])
        if is_pair or any(
            are_namesakes(one, other)
            for each in theirs[person]
            for one, other in product(words.get(record, ()), words.get(each, ()))
        ):
            found[record].add(person)
    return dict(found)
