"""Cells of a file that we write for a spreadsheet, so that none is run and nothing of them is lost (SEC-07, T23).

A cell that begins as a formula would is written with an apostrophe before it, unless it is a number; so is one that begins with
apostrophes before such a sign, which is why taking one apostrophe away gives back exactly what was meant.
"""

import re
from collections.abc import Iterable
from typing import Final

# What spreadsheets take for the beginning of a formula, and the full-width and small twins that some fold to the same.
FORMULA_SIGNS: Final = "=+-@\t\r\n＝＋－＠﹦﹢﹣﹫−"

_BEGINS_FORMULA = re.compile(rf"'*[{re.escape(FORMULA_SIGNS)}]")
# A minus alone: what begins with a plus is a telephone, and a spreadsheet would take the plus away.
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", re.ASCII)


def safe_cell(cell: str) -> str:
    """The cell as it is written."""
    return f"'{cell}" if _BEGINS_FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def meant(cell: str) -> str:
    """The cell as it was meant, from how it is written: exactly undoes `safe_cell`."""
    return cell[1:] if cell.startswith("'") and _BEGINS_FORMULA.match(cell) else cell


def safe_row(cells: Iterable[str]) -> list[str]:
    return [safe_cell(cell) for cell in cells]
