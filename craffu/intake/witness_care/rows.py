"""A row of witness care or of a survey, and what each that it names is called while it is waited for."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from craffu.victims.received import RECEIVED

ROW_WAITS: Final = "row_waits"
POLICE: Final = "rms"


class Sent(NamedTuple):
    """A row as it was sent: its key, the digest of all it says, and its columns."""

    key: str
    content: str
    columns: Mapping[str, str]


def person_called(reference: str) -> str:
    """The key under which the police system's record of a person is kept."""
    return f"persons/{reference}"


def crime_called(reference: str) -> str:
    return f"crimes/{reference}"


def row_called(table: str, key: str) -> str:
    return f"{table}/{key}"


# The tables whose rows others belong to.
NAMED: Final = frozenset(table for one in RECEIVED.values() for _, table in one.of.values())
