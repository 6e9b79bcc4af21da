"""Writes one or several fictional forces: every extract of each, the truth beside it, and the published figures of all."""

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from craffu.config.generate import (
    contacts,
    court_changes,
    court_orders,
    custody,
    gap,
    messages,
    police,
    probation,
    published,
    staff,
    surveys,
    truth,
)
from craffu.config.generate.layouts import DOCUMENTED
from craffu.config.generate.order_watch import extract as order_watch
from craffu.config.generate.published import Counts
from craffu.config.generate.records import Tally
from craffu.config.generate.witness_care import extract as witness_care
from craffu.config.generate.world import World, world_of
from craffu.config.generate.writing import Extracts, Written

# Another number whenever the same arguments would give another force.
EDITION = 5
LAST_DAY = date(2026, 9, 30)
NOTE = "generated.json"
MOST_PEOPLE, MOST_YEARS, MOST_FORCES = 2_000_000, 12, 43
# The first is the demo's; the others are nobody's either.
NAMES = (
    "Glan Afon", *(f"{first} {second}" for first in ("Bryn Du", "Westmarch", "Craig Las", "Northfold", "Ynys Wen", "Eastholme")
                   for second in ("Coast", "Vale", "Hills", "Moor", "Forest", "Marches", "Islands"))
)  # fmt: skip


class FolderInUse(Exception):
    """The folder holds something that was not made here."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for. `people` are those of all forces together."""

    people: int
    years: int
    seed: int
    forces: int = 1
    until: date = LAST_DAY
    layout: str = DOCUMENTED

    @property
    def since(self) -> date:
        """The first day: so many whole years before the last."""
        return self.until.replace(year=self.until.year - self.years, day=min(self.until.day, 28)).replace(day=1)


@dataclass
class Made:
    """How much was written."""

    files: int = 0
    people: int = 0
    records: int = 0
    offences: int = 0
    orders: int = 0
    breaches: int = 0
    contacts: int = 0


def generate(folder: Path, wanted: Wanted, progress: Callable[[str], object] = lambda _: None) -> Made:
    """Fills the folder. What an earlier run made there is replaced; anything else in it is never touched: `FolderInUse`."""
    _clear(folder)
    folder.mkdir(parents=True, exist_ok=True)
    # Written before anything else, so that a run that was stopped can be made again in the same place.
    (folder / NOTE).write_text(_note(wanted), encoding="utf-8")
    made, quarters, offset = Made(), [], 0
    for number in range(wanted.forces):
        count = wanted.people * (number + 1) // wanted.forces - wanted.people * number // wanted.forces
        world = world_of(wanted.seed, number, count, offset, wanted.since, wanted.until)
        offset += count
        into = Extracts(folder if wanted.forces == 1 else folder / slug(NAMES[number]), wanted.layout)
        into.folder.mkdir(exist_ok=True)
        _write(world, into, made, progress)
        quarters.append((NAMES[number], published.quarters_of(world)))
    made.files += _publish(folder, wanted, quarters)
    return made


def _publish(folder: Path, wanted: Wanted, quarters: list[tuple[str, Counts]]) -> int:
    into = published.write(folder, quarters)
    if wanted.forces > 1:
        truth.write_counts(into)
    else:
        _add_to_counts(folder, into.files)
    return len(into.files)


def _add_to_counts(folder: Path, files: list[Written]) -> None:
    """The published files stand in the same list as the others where there is one force."""
    lines = [f"{f.path},{f.system},{f.table},{f.rows},{f.repeated},{f.breaks_layout},{f.corrects}\r\n" for f in files]
    with (folder / "truth" / "counts.csv").open("ab") as stream:
        stream.write("".join(lines).encode())


def _write(world: World, into: Extracts, made: Made, progress: Callable[[str], object]) -> None:
    records, tally = truth.Records(world, into), Tally()
    progress("police")
    police.write(world, into, records, tally)
    in_contacts = contacts.write(world, into)
    progress("court orders")
    court_orders.write(world, into, records, tally)
    progress("custody")
    in_custody = custody.write(world, into, records, tally)
    progress("probation")
    in_probation = probation.write(world, into, records, tally)
    progress("surveys and staff")
    surveys.write(world, into)
    staff.write(world, into)
    progress("witness care")
    care = witness_care.write(world, into, records)
    progress("order watch")
    order_watch.write(world, into, records)
    progress("court results")
    messages.write(world, into, records, tally)
    progress("truth")
    records.close()
    truth.write_people(world, into)
    made.offences += truth.write_incidents(world, into)
    truth.write_orders(world, into)
    court_changes.write_truth(world, into)
    gap.write(world, into, records, care)
    known = {
        "police": police.crimes_told(world),
        "courts": messages.known_to_courts(world),
        "custody": in_custody,
        "probation": in_probation,
        "contacts": in_contacts,
    }
    made.breaches += truth.write_breaches(world, into, known)
    truth.write_counts(into)
    made.files += len(into.files)
    made.people += len(world.people)
    made.records += records.count
    made.orders += len(world.orders)
    made.contacts += into.rows("police", "contacts")


def slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def _note(wanted: Wanted) -> str:
    told = {**asdict(wanted), "until": wanted.until.isoformat(), "edition": EDITION, "invented": True}
    return json.dumps(told, indent=1, sort_keys=True) + "\n"


_OURS = (
    "police",
    "court-results",
    "court-orders",
    "probation",
    "custody",
    "surveys",
    "staff",
    "witness-care",
    "order-watch",
    "published",
    "truth",
)


def _clear(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise FolderInUse(f"{folder} is a file")
    held = {entry.name for entry in folder.iterdir()}
    if held and NOTE not in held:
        raise FolderInUse(f"{folder} holds other files")
    ours = {NOTE, *_OURS, *map(slug, NAMES)}
    if held - ours:
        raise FolderInUse(f"{folder} holds {', '.join(sorted(held - ours))} besides what was generated")
    for name in held - {NOTE}:
        shutil.rmtree(folder / name)
