"""Put one value of a held row right, where the reject file says how (INT-03).

Only a row of a CSV file can be: an entry of a JSON file is corrected by its publisher.
"""

import csv
import io

from craffu.intake.code_tables.read import as_csv


def correct(words: str, _content: str, field: str, line: int, value: str) -> str | None:
    """The row as a file of its own with the value replaced, at its own line; None where it has no such column."""
    rows = list(csv.reader(io.StringIO(words, newline="")))
    if len(rows) != 2 or field not in rows[0] or len(rows[0]) != len(rows[1]):
        return None
    header, cells = rows
    cells[header.index(field)] = value
    return as_csv(header) + "\n" * (line - 2) + as_csv(cells)
