"""What a package gives to the snapshot: its tables, their columns, and each fact from when until when it was known (X10).

No name, address or free text is ever in one: whatever a row is about stands as a keyed reference, which tells nothing without
the key of this installation and is another one once that key is replaced (SEC-06). A row that stood is never taken back: it has
the instant from which something else was known.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from craffu.common import keyring

type Row = dict[str, Any]

KNOWN_FROM: Final = "known_from"
KNOWN_UNTIL: Final = "known_until"


class Holds(StrEnum):
    """What a column holds. A day is one of London; an instant is told to the microsecond."""

    REFERENCE = "reference"
    CODE = "code"
    NUMBER = "number"
    YES = "yes"
    DAY = "day"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class Extract:
    """One table: its columns, and how its rows are read of the reader's force as known at an instant."""

    name: str
    columns: Mapping[str, Holds]
    read: Callable[[Any, datetime], Iterable[Row]]


def keyed(kind: str, *named: object) -> str:
    """What a row is about, so that rows about one thing are found together and nobody can say which it is."""
    return keyring.ring().token("snapshot", "/".join((kind, *map(str, named))))


def spans(instants: Iterable[datetime], how: Callable[[datetime], Row | None]) -> Iterator[Row]:
    """How something stood from each instant on at which something became known of it: one row for as long as it was the same.

    `how` answers None while there was nothing. The last row has no end.
    """
    standing: Row | None = None
    since: datetime | None = None
    for at in sorted(set(instants)):
        found = how(at)
        if found == standing:
            continue
        if standing is not None:
            yield {**standing, KNOWN_FROM: since, KNOWN_UNTIL: at}
        standing, since = found, at
    if standing is not None:
        yield {**standing, KNOWN_FROM: since, KNOWN_UNTIL: None}
