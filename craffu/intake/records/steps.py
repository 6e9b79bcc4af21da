"""A file of records step by step: which table begins, then batch after batch of its rows, read and checked.

No database and no key: another process may do it ahead (`craffu.intake.ahead`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Final

from craffu.intake.records.mapping import Mapped
from craffu.intake.records.reading import read_tables
from craffu.intake.records.recognise import Recognised
from craffu.intake.records.shape import Latest, Shaped, shape

BATCH: Final = 10_000


@dataclass(frozen=True, slots=True)
class Begun:
    """A table to which the batches that follow belong, and what was assumed in reading it."""

    found: Recognised
    notes: tuple[str, ...]


def steps_of(data: bytes, mapped: Mapped, latest: Latest) -> Iterator[Begun | Shaped]:
    """Every table of a file, each followed by its rows. Raises Unfit before the first where there is none."""
    for table in read_tables(data, mapped):
        yield Begun(table.found, table.notes)
        for records in batched(table.rows, BATCH):
            yield shape(records, table.found, mapped.order, latest)
