"""What leaves in one file: the marking first and last, then what it is and for whom, then its tables (SEC-07, SEC-10)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

type Cell = str | int | float | None


class Form(StrEnum):
    """How the file is written. A workbook comes first: most people open one."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self]


CONTENT_TYPES = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv; charset=utf-8",
    Form.JSON: "application/json; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a title. The rows may be read only once, while the file is written."""

    title: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The whole content of a file. `about` says what it is, line by line, under `title`; the marking may be empty."""

    marking: str
    title: str
    about: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
