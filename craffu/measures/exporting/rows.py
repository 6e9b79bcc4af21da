"""The tables of a snapshot as they leave, each with what its columns hold: for whoever may open every row of them (X10, X21)."""

from collections.abc import Iterator
from typing import Any, Final

from craffu.common.extracted import KNOWN_FROM, KNOWN_UNTIL, Extract, Holds
from craffu.engines.files import of_snapshot
from craffu.engines.snapshots import Snapshot
from craffu.measures.exporting.shapes import Column, Described, Type
from craffu.measures.snapshots.tables import TABLES

_TYPES: Final = {
    Holds.REFERENCE: Type.STRING, Holds.CODE: Type.STRING, Holds.NUMBER: Type.INTEGER, Holds.YES: Type.BOOLEAN,
    Holds.DAY: Type.DATE, Holds.INSTANT: Type.INSTANT,
}  # fmt: skip
_SAYS: Final = {
    Holds.REFERENCE: "a reference that names nobody, the same in every table of this snapshot", Holds.CODE: "a code",
    Holds.NUMBER: "a whole number", Holds.YES: "true or false", Holds.DAY: "a day in London", Holds.INSTANT: "an instant",
}  # fmt: skip
_KNOWN: Final = {
    KNOWN_FROM: "From this instant on it was known to be so",
    KNOWN_UNTIL: "At this instant something else became known; empty where it stands",
}


def described(one: Extract) -> Described:
    columns = tuple(
        Column(name, _TYPES[holds], _KNOWN.get(name, f"{name.replace('_', ' ')}: {_SAYS[holds]}"), name == KNOWN_FROM)
        for name, holds in one.columns.items()
    )
    return Described(
        one.name, f"Rows of {one.name.replace('_', ' ')}, each for as long as it was known to be so", columns
    )


def tables(snapshot: Snapshot) -> Iterator[tuple[Described, Any]]:
    """Each table of the snapshot that stands, as an engine holds it. Raises NoSnapshot where one is missing or was changed."""
    for name, extract in TABLES.items():
        columns = {column: holds.value for column, holds in extract.columns.items()}
        yield described(extract), of_snapshot(columns, snapshot.tables([name])[name])
