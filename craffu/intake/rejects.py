"""The reject file: every rejected row with its file, line, reason and what to do, to be corrected and sent again (INT-03).

Whoever corrects it writes the right value into the last column and hands the file in like any other. It never holds the
row's own words: those wait, encrypted, under the reference in its first column.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from craffu.intake.models import HeldRow
from craffu.intake.taking import Adapter

COLUMNS = ("row", "file", "line", "field", "value_class", "reason", "suggestion", "corrected")

# What a spreadsheet would run as a formula when it stands first in a cell (SEC-07).
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of a corrected reject file."""

    line: int
    row: str
    corrected: str


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was refused whole, as the reject file lists it."""

    name: str
    code: str
    message: str


def write(path: Path, rows: Iterable[HeldRow], refused: Iterable[RefusedFile], adapter: Adapter) -> None:
    """Write the reject file, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for file in refused:
        writer.writerow(_safe(("", file.name, "", "", "", file.code, file.message, "")))
    for row in rows:
        what, do = adapter.sentence(row.reason)
        cells = (row.reference, row.file_name, str(row.line), row.field, row.value_class, what, do, "")
        writer.writerow(_safe(cells))
    path.write_text(text.getvalue(), encoding="utf-8")
    path.chmod(0o600)


def _safe(cells: Iterable[str]) -> list[str]:
    return [f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell for cell in cells]


def is_reject_file(path: Path) -> bool:
    """Whether somebody hands a reject file back in."""
    if path.suffix.lower() != ".csv" or not path.is_file():
        return False
    with path.open("rb") as file:
        first = file.readline(400).decode("utf-8-sig", errors="replace").strip()
    return first.split(",")[: len(COLUMNS)] == list(COLUMNS)


def corrections(path: Path) -> Iterator[Correction]:
    """Every line that names a held row; `corrected` is empty where nothing was put right."""
    with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            if row.get("row"):
                yield Correction(line, str(row["row"]).strip(), str(row.get("corrected") or "").strip())
