"""The reject file: every rejected row with its file, line, reason and what to do, to be corrected and sent again (INT-03).

Whoever corrects it writes the right value into the last column and hands the file in like any other. It never holds the
row's own words: those wait, encrypted, under the reference in its first column.
"""

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from types import MappingProxyType

from craffu.common.sentences import gettext_noop as _
from craffu.documents.cells import meant, safe_row
from craffu.intake.models import HeldRow
from craffu.intake.refused import Unfit
from craffu.intake.taking import Adapter
from craffu.intake.wording import refusal_words, translated

COLUMNS = ("row", "file", "line", "field", "value_class", "reason", "suggestion", "corrected")

ROW_UNKNOWN = "correction_row_unknown"
NOT_TEXT = "correction_not_text"
NOT_HERE = "correction_not_here"

# Why a value written into a reject file was not used: what it means and what to do.
NOT_USED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        ROW_UNKNOWN: (
            _("No row of this kind waits under this reference."),
            _("Correct the reject file as it was written, and leave its first column as it is."),
        ),
        NOT_TEXT: (
            _("The corrected value holds a character that cannot be typed or was damaged."),
            _("Type the value anew and save the file as UTF-8."),
        ),
        NOT_HERE: (
            _("This cannot be corrected here."),
            _("Ask the court, or whoever sent it, to send it again."),
        ),
    }
)

_NEVER_TYPED = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]")


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of a corrected reject file."""

    line: int
    row: str
    corrected: str


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was refused whole, as the reject file lists it. `values` fill the sentence of its code."""

    name: str
    code: str
    values: tuple[tuple[str, str], ...]

    @property
    def message(self) -> str:
        """What is wrong and what to do, in the language of whoever reads."""
        return refusal_words(self.code, dict(self.values))


@dataclass(frozen=True, slots=True)
class NotUsed:
    """A corrected value that was not used: where it was written, why, and the row it was for, if there is one."""

    file: str
    line: int
    reason: str
    row: HeldRow | None


def write(
    path: Path,
    rows: Iterable[HeldRow],
    refused: Iterable[RefusedFile],
    adapter: Adapter,
    not_used: Iterable[NotUsed] = (),
) -> None:
    """Write the reject file in the language that is active, whole or not at all, and its owner's alone to read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = tempfile.NamedTemporaryFile(  # noqa: SIM115 (it is renamed once it is closed)
        "w", dir=path.parent, prefix=f".{path.name}.", encoding="utf-8", newline="", delete=False
    )
    try:
        with unfinished as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(safe_row(cells) for cells in _lines(rows, refused, adapter, not_used))
        Path(unfinished.name).replace(path)
    except BaseException:
        Path(unfinished.name).unlink(missing_ok=True)
        raise


def _lines(
    rows: Iterable[HeldRow], refused: Iterable[RefusedFile], adapter: Adapter, not_used: Iterable[NotUsed]
) -> Iterator[tuple[str, ...]]:
    for file in refused:
        yield ("", _near(file.name), "", "", "", file.code, file.message, "")
    again = {one.row.reference: one for one in not_used if one.row is not None}
    for row in rows:
        reason = again[row.reference].reason if row.reference in again else row.reason
        what, do = translated(NOT_USED.get(reason) or adapter.sentence(reason))
        yield (row.reference, _near(row.file_name), str(row.line), row.field, row.value_class, what, do, "")
    for one in not_used:
        if one.row is None:
            yield ("", _near(one.file), str(one.line), "row", "", *translated(NOT_USED[one.reason]), "")


def _near(name: str) -> str:
    """A file by its name and the folder it lies in: where that stands on this server is nobody's business."""
    path = PurePath(name)
    return "/".join(part for part in path.parts[-2:] if part != path.anchor)


def can_be_typed(value: str) -> bool:
    """Whether a corrected value is text that a person can have meant, without control or damaged characters."""
    return _NEVER_TYPED.search(value) is None


def is_reject_file(path: Path) -> bool:
    """Whether somebody hands a reject file back in."""
    if path.suffix.lower() != ".csv" or not path.is_file():
        return False
    with path.open("rb") as file:
        first = file.readline(400).decode("utf-8-sig", errors="replace").strip()
    return first.split(",")[: len(COLUMNS)] == list(COLUMNS)


def corrections(path: Path) -> list[Correction]:
    """Every line that names a held row; `corrected` is empty where nothing was put right.

    Raises Unfit, with the line, where the file cannot be read as CSV to its end: none of it is used then.
    """
    found = []
    line = 1
    with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
        rows = csv.reader(file)
        try:
            header = next(rows)
            line = rows.line_num + 1
            for cells in rows:
                row = dict(zip(header, cells, strict=False))
                if row.get("row"):
                    found.append(Correction(line, row["row"].strip(), meant(row.get("corrected", "").strip())))
                line = rows.line_num + 1
        except csv.Error:
            raise Unfit("not_well_formed_csv", line=line) from None
    return found
