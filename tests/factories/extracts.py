"""Made-up extracts of a force's own records: a few rows of every table, each valid, in the documented layouts."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from craffu.intake.records.layout import Column, layout_of

AT = "2024-03-05 10:00:00"
LATER = "2024-04-05 10:00:00"

_VALUES = {
    "text": "words",
    "date": "2024-03-05",
    "partial_date": "1984-03-02",
    "instant": AT,
    "integer": "1",
    "number": "0.5",
    "yes_no": "yes",
    "hours": "09:00-17:30",
}
_PERSON = {
    "title": "Ms",
    "given_names": "Sian Mair",
    "family_name": "Rees",
    "aliases": "Sian|Evans",
    "born_on": "1984-03-02",
    "sex": "F",
    "pnc": "2003/0123456A",
    "cro": "12345/99C",
    "asn": "1101ZD0100000410791W",
    "address": "3 Heol Fawr",
    "postcode": "SA1 1AA",
    "phone": "07700 900123",
    "email": "sian@example.org",
}
_SHORT = {"flags": "stalking;domestic_abuse", "ptiurn": "01ZD0303208", "outcome_code": "15", "title": "Ms"}


def _value(column: Column, number: int) -> str:
    if column.person:
        return _PERSON[column.person]
    if column.kind == "reference":
        return f"{column.name.split('_')[0].upper()}{number}"
    if column.values:
        return column.values[0]
    return _SHORT.get(column.name, _VALUES[column.kind])


def row(kind: str, table: str, number: int = 1, **said: str) -> dict[str, str]:
    """One row with every column filled, but one of those of which only one may be; references end in `number`, and `said`
    replaces what it names."""
    layout = layout_of(kind).tables[table]
    values = {column.name: _value(column, number) for column in layout.columns}
    values |= dict.fromkeys(layout.exactly_one[1:], "")
    unknown = said.keys() - values.keys()
    assert not unknown, unknown
    return {**values, **said}


def as_csv(rows: Iterable[Mapping[str, str]], delimiter: str = ",") -> str:
    rows = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write(folder: Path, name: str, rows: Iterable[Mapping[str, str]]) -> Path:
    """A CSV file of these rows in a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_csv(rows), encoding="utf-8", newline="")
    return path


def everything(folder: Path, kind: str, people: int = 3) -> Path:
    """A folder with one file for each table of a kind, of so many rows that fit together."""
    for table in layout_of(kind).tables:
        write(folder, f"{table}.csv", (row(kind, table, number) for number in range(1, people + 1)))
    return folder
