"""A file of records step by step: which table begins, then batch after batch of its rows, read and checked.

No database and no key: another process may do it ahead (`craffu.intake.ahead`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Final

from craffu.intake.records.mapping import Mapped
from craffu.intake.records.persons import with_homes
from craffu.intake.records.reading import read_tables
from craffu.intake.records.recognise import Recognised
from craffu.intake.records.shape import Latest, Shaped, shape

BATCH: Final = 5_000


@dataclass(frozen=True, slots=True)
class Begun:
    """A table to which the batches that follow belong, and what was assumed in reading it."""

    found: Recognised
    notes: tuple[str, ...]


def steps_of(data: bytes, mapped: Mapped, latest: Latest, *, reads_homes: bool = False) -> Iterator[Begun | Shaped]:
    """Every table of a file, each followed by its rows. Raises Unfit before the first where there is none.

    With `reads_homes` the addresses of people are read as well, which takes longer than all else; only a new row needs it.
    """
    for table in read_tables(data, mapped):
        yield Begun(table.found, table.notes)
        has_homes = reads_homes and table.found.table.describes_person
        for records in batched(table.rows, BATCH):
            shaped = shape(records, table.found, mapped.order, latest)
            yield shaped._replace(good=with_homes(table.found.table, shaped.good)) if has_homes else shaped
