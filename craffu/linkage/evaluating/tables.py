"""Tables of persons as somebody hands them in, read by their mapping. Which column says who is who is never read here."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, overload

from craffu.engines.columns import Columns
from craffu.engines.duck import NotATable, read_table
from craffu.linkage.evaluating.mapping import BadInput, PersonMapping
from craffu.linkage.standard.dates import NOT_GIVEN, born

type Record = dict[str, str]

_DATES: Final = ("date_of_birth", "birth_day", "birth_month", "birth_year")
# What DuckDB calls the first column of a file that names none.
_NO_HEADER: Final = "column0"


class Mapped(Sequence[Record]):
    """What the model is given of each row of a table: made of the row when it is asked for."""

    def __init__(self, table: Columns, mapping: PersonMapping) -> None:
        self._table = table.only([name for name in dict.fromkeys(mapping.named) if name in table.names])
        self._mapping = mapping

    def __len__(self) -> int:
        return len(self._table)

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Record]: ...
    def __getitem__(self, at: int | slice) -> Record | Sequence[Record]:
        if isinstance(at, slice):
            return [self._of(row) for row in self._table[at]]
        return self._of(self._table[at])

    def __iter__(self) -> Iterator[Record]:
        return map(self._of, self._table)

    def _of(self, row: Mapping[str, str | None]) -> Record:
        record = {
            part: " ".join(said for name in names if (said := (row.get(name) or "").strip()))
            for part, names in self._mapping.parts.items()
        }
        age = self._mapping.age
        if age and not any(record.get(part) for part in _DATES):
            record["birth_year"] = age.year_of_birth(row.get(age.column) or "")
        return record | {name: (row.get(name) or "").strip() for name in self._mapping.others}


@dataclass(frozen=True, slots=True)
class PersonTable:
    """A table by the keys of its records, what the model is given of each, and every column as it stood."""

    path: Path
    keys: list[str]
    records: Sequence[Record] = field(repr=False)
    columns: Columns = field(repr=False)


def is_unread(record: Mapping[str, str]) -> bool:
    """Whether a record says something for a date of birth of which nothing is read, or that stands for none."""
    said = [record.get(part) or "" for part in _DATES]
    return any(said) and born(*said) == NOT_GIVEN


def read_persons(paths: Sequence[Path], mapping: PersonMapping) -> list[PersonTable]:
    """CSV or Parquet files. A column that only one of two tables has is empty in the other. Raises BadInput."""
    read = [(path, _read(path)) for path in paths]
    anywhere = {name for _, columns in read for name in columns.names}
    for path, columns in read:
        missing = sorted(
            name for name in set(mapping.named) if name not in (columns.names if name == mapping.id else anywhere)
        )
        if missing:
            raise BadInput(
                f"{path} has no column {', '.join(missing)}: mend the mapping; it has {', '.join(columns.names)}"
            )
    return [_table(path, columns, mapping) for path, columns in read]


def _read(path: Path) -> Columns:
    if not path.is_file():
        raise BadInput(f"{path} is not there: name a CSV or Parquet file of persons")
    if not path.stat().st_size:
        raise BadInput(f"{path} is empty: give a table with a header and persons")
    try:
        columns = read_table(path)
    except NotATable as fault:
        raise BadInput(
            f"{path} is not read as a table ({fault}): give CSV with a header, in UTF-8, or Parquet"
        ) from fault
    if columns.names == [_NO_HEADER]:
        raise BadInput(f"{path} has nothing in it but empty lines: give a table with a header and persons")
    if len(columns.names) == 1 and any(between in columns.names[0] for between in ",;|\t"):
        raise BadInput(f"{path} is not read as a table: its rows do not have as many values as its header has columns")
    return columns


def _table(path: Path, columns: Columns, mapping: PersonMapping) -> PersonTable:
    keys = [(key or "").strip() for key in columns.values(mapping.id)]
    if not keys:
        raise BadInput(f"{path} has no rows: give a table with persons")
    if len(set(keys)) < len(keys) or "" in keys:
        twice = next((key for key, count in Counter(keys).items() if count > 1 and key), "")
        wrong = f"has {twice} twice" if twice else "is empty in a row"
        raise BadInput(f"{path}: the key {mapping.id} {wrong}: map a column that is each record's own")
    return PersonTable(path, keys, Mapped(columns, mapping), columns)
