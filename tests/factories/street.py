"""A month of street-level crime as the benchmark writes it, written once for each size: to invent it takes half a second."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from craffu.config.bench.street_file import write_street_file


@cache
def _month(rows: int) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "month.csv"
        write_street_file(path, rows)
        return path.read_bytes()


def write_month(path: Path, rows: int) -> None:
    """The file that the benchmark would write there."""
    path.write_bytes(_month(rows))
