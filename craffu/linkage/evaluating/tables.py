"""Tables of persons as somebody hands them in, read by their mapping. Which column says who is who is never read here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from craffu.engines.duck import NotATable, read_table
from craffu.linkage.evaluating.mapping import BadInput, Columns

type Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class PersonTable:
    """A table by the keys of its records, what the model is given of each, and every column as it stood."""

    path: Path
    keys: list[str]
    records: list[Record] = field(repr=False)
    columns: Mapping[str, Sequence[str | None]] = field(repr=False)


def read_persons(paths: Sequence[Path], mapping: Columns) -> list[PersonTable]:
    """CSV or Parquet files. A column that only one of two tables has is empty in the other. Raises BadInput."""
    read = [(path, _read(path)) for path in paths]
    anywhere = {name for _, columns in read for name in columns}
    for path, columns in read:
        missing = sorted(
            name for name in set(mapping.named) if name not in (columns if name == mapping.id else anywhere)
        )
        if missing:
            raise BadInput(f"{path} has no column {', '.join(missing)}: mend the mapping; it has {', '.join(columns)}")
    return [_table(path, columns, mapping) for path, columns in read]


def _read(path: Path) -> Mapping[str, Sequence[str | None]]:
    if not path.is_file():
        raise BadInput(f"{path} is not there: name a CSV or Parquet file of persons")
    try:
        return read_table(path)
    except NotATable as fault:
        raise BadInput(
            f"{path} is not read as a table ({fault}): give CSV with a header, in UTF-8, or Parquet"
        ) from fault


def _table(path: Path, columns: Mapping[str, Sequence[str | None]], mapping: Columns) -> PersonTable:
    keys = [(key or "").strip() for key in columns[mapping.id]]
    if not keys:
        raise BadInput(f"{path} has no rows: give a table with persons")
    if len(set(keys)) < len(keys) or "" in keys:
        twice = next((key for key, count in Counter(keys).items() if count > 1 and key), "")
        wrong = f"has {twice} twice" if twice else "is empty in a row"
        raise BadInput(f"{path}: the key {mapping.id} {wrong}: map a column that is each record's own")
    empty = [None] * len(keys)
    mapped = {name: columns.get(name, empty) for name in mapping.named}
    made = [_record(mapped, mapping, at) for at in range(len(keys))]
    return PersonTable(path, keys, made, columns)


def _record(columns: Mapping[str, Sequence[str | None]], mapping: Columns, at: int) -> Record:
    record = {
        part: " ".join(said for name in names if (said := (columns[name][at] or "").strip()))
        for part, names in mapping.parts.items()
    }
    return record | {name: (columns[name][at] or "").strip() for name in mapping.others}
