"""A snapshot many times over, for whoever measures how time grows with size: in each copy every reference is another."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq

from craffu.engines.duck import asked
from craffu.engines.snapshots import Snapshot


def grown(base: Snapshot, folder: Path, times: int, references: Mapping[str, Collection[str]]) -> Snapshot:
    """So many copies in one. `references` are by table the columns that name something: what hangs together does in each copy."""
    folder.mkdir()
    numbers, sums = {}, {}
    for name in base.numbers:
        path = folder / f"{name}.parquet"
        others = ", ".join(f'"{key}" || \'~\' || k AS "{key}"' for key in references.get(name, ()))
        chosen = f"* EXCLUDE (k) REPLACE ({others})" if others else "* EXCLUDE (k)"
        sql = f"SELECT {chosen} FROM base, (SELECT range AS k FROM range({times}))"  # noqa: S608  # names of our own
        table = asked(sql, {"base": pq.read_table(base.folder / path.name)})
        pq.write_table(table, path, compression="zstd")
        numbers[name], sums[name] = table.num_rows, hashlib.sha256(path.read_bytes()).hexdigest()
    return replace(base, folder=folder, numbers=numbers, sums=sums)
