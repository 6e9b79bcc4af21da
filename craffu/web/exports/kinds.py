"""What can leave Craffu as a file: its sheets, their columns and the field of the register behind each (SEC-06, SEC-07, SEC-12).

An export is declared once, as data; a test walks every one: none has a protected field, and each is logged as a disclosure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from craffu.access.markings import is_field_shown
from craffu.audit.events import EventKind
from craffu.documents.bundles import Cell
from craffu.web.court.sources import Held
from craffu.web.presenters import Text

# More than this is not taken out at once, and is written in memory.
MOST_ROWS = 10_000
EXPORT = "export"


class NeverExported(ValueError):
    """A field that is in no export was declared in one."""


@dataclass(frozen=True, slots=True)
class Column:
    """`field` names what stands in it: a field of the register, as people.RecordVersion.born_on, or what is worked out."""

    title: Text
    field: str

    def __post_init__(self) -> None:
        # No right opens a protected field in an export.
        name = self.field.rpartition(".")[2]
        if not is_field_shown(name, (), EXPORT):
            raise NeverExported(f"{self.field} never leaves in an export")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of an export."""

    title: Text
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """One thing that can leave. `key` is part of the file's name; `purposes` are those it may leave for."""

    key: str
    title: Text
    kind: EventKind
    sheets: tuple[Sheet, ...]
    purposes: Mapping[str, Text]

    @property
    def fields(self) -> list[str]:
        """What the log says was taken out of each record."""
        return sorted({column.field for sheet in self.sheets for column in sheet.columns})


@dataclass(frozen=True, slots=True)
class Content:
    """What one export holds for one reader.

    `rows` are those of each sheet in order, `refs` every record in them, `held` whose records they are, `left_out` the
    records of which the reader knows and that are not open to them, and `said` what was asked, where something was.
    """

    rows: tuple[Sequence[Sequence[Cell]], ...]
    refs: tuple[str, ...]
    held: tuple[Held, ...]
    left_out: int = 0
    said: tuple[tuple[Text, Text], ...] = ()

    @property
    def number(self) -> int:
        return sum(len(rows) for rows in self.rows)
