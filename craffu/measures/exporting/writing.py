"""Tables of an export in their files: columns as the engines know them, and no cell that a spreadsheet would run (T23)."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from craffu.documents.cells import FORMULA_SIGNS
from craffu.engines import files
from craffu.measures.exporting.shapes import Described, Filled, Type

HOLDS: Final = {
    Type.STRING: "text", Type.INTEGER: "number", Type.NUMBER: "real", Type.BOOLEAN: "yes", Type.DATE: "day",
    Type.INSTANT: "instant",
}  # fmt: skip
# What `craffu.documents.cells` decides of one cell, said of a column.
GUARDED: Final = files.Guarded(
    f"^'*[{re.escape(FORMULA_SIGNS)}]", r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$", "'"
)  # fmt: skip


def write(folder: Path, one: Filled) -> list[Path]:
    """Raises OSError."""
    columns = {column.name: HOLDS[column.type] for column in one.of.columns}
    return write_table(folder, one.of, files.of_rows(columns, one.rows))


def write_table(folder: Path, of: Described, table: Any) -> list[Path]:
    """A table that an engine holds already. Raises OSError."""
    return files.write(folder, of.name, table, GUARDED)


def put_text(path: Path, said: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(said, encoding="utf-8")
    return path


def close(paths: Sequence[Path]) -> None:
    """For this account alone, and on the disk: what is logged as gone out is there."""
    for path in paths:
        path.chmod(0o600)
        with path.open("rb") as stream:
            os.fsync(stream.fileno())
