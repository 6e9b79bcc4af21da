"""Reads of what witness care and surveys have said before."""

from collections.abc import Collection

from craffu.access.acting import Acting
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.people.queries import members
from craffu.victims.received import RECEIVED


def rows_called(by: Acting, table: str, keys: Collection[str]) -> dict[str, tuple[int, int]]:
    """The last row under each of these keys, as its number and that of her record. One query."""
    if not keys:
        return {}
    into = RECEIVED[table]
    rows = into.model.objects.for_user(by).filter(source=into.source, source_key__one_of=frozenset(keys))
    # Said once more for the database: its index of these keys holds no empty one.
    told = rows.exclude(source_key="").order_by("id").values_list("source_key", "id", "record_id")
    return {key: (number, record) for key, number, record in told}


def people_of(by: Acting, records: Collection[int]) -> list[int]:
    """The persons whose records these are, by row number. One query."""
    rows = members(by).filter(record__one_of=frozenset(records)).order_by()
    return sorted(set(rows.values_list("person_id", flat=True)))
