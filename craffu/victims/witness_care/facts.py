"""A row of witness care as it is recorded of a victim."""

from collections.abc import Mapping
from typing import NamedTuple


class Row(NamedTuple):
    """What one row says, under its sender's key, of which record of hers; `of` are the rows it belongs to, by field."""

    key: str
    content: str
    record: int
    case: int | None
    of: Mapping[str, int | None]
    columns: Mapping[str, str]
