"""The invented force's own extracts, written once as `craffu generate` writes them, and what each is taken in as.

What is there stays, whatever is asked for later: another number of people would be other people under the same references.
"""

import csv
import hashlib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from craffu.config.generate.force import Wanted, generate

YEARS = 10
FEWEST_PEOPLE = 20
# In the order in which a force would send them; any other order ends the same.
SENT = (
    ("rms", "police"),
    ("court-results", "court-results"),
    ("court-orders", "court-orders"),
    ("custody", "custody"),
    ("probation", "probation"),
    ("surveys", "surveys"),
    ("staff", "staff"),
    ("witness-care", "witness-care"),
    ("order-watch", "order-watch"),
    ("recorded-crime", "published/recorded-crime.csv"),
    ("recorded-crime-rolling", "published/recorded-crime-rolling.csv"),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One kind of extract of the force: where it lies, the SHA-256 of each file, and how many rows break its layout."""

    kind: str
    path: Path
    files: frozenset[str]
    broken: int


def write_force(folder: Path, *, people: int, seed: int, until: date, progress: Callable[[str], object]) -> None:
    """The force's folder, unless a whole one is there. Raises OSError where it cannot be written."""
    whole = folder.with_suffix(".whole")
    if whole.exists():
        return
    generate(folder, Wanted(max(FEWEST_PEOPLE, people), YEARS, seed, until=until), progress)
    whole.touch()


def extracts(folder: Path) -> tuple[Sent, ...]:
    """What the folder holds for intake, kind by kind. One that an earlier release made has not every kind that is made now."""
    with (folder / "truth" / "counts.csv").open(encoding="utf-8", newline="") as counts:
        rows = list(csv.DictReader(counts))
    return tuple(
        Sent(
            kind,
            folder / name,
            frozenset(_sums(folder / name)),
            sum(int(row["breaks_layout"]) for row in rows if row["file"].startswith(name)),
        )
        for kind, name in SENT
        if (folder / name).exists()
    )


def people_recorded(folder: Path) -> int:
    """How many records of persons the extracts hold, in all systems together."""
    with (folder / "truth" / "records.csv").open(encoding="utf-8", newline="") as records:
        return sum(1 for _ in csv.reader(records)) - 1


def _sums(path: Path) -> Iterator[str]:
    """The SHA-256 of every document: an archive is read as the documents in it."""
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        if file.suffix == ".zip":
            with zipfile.ZipFile(file) as archive:
                yield from (hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist())
        else:
            yield hashlib.sha256(file.read_bytes()).hexdigest()
