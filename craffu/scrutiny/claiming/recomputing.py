"""Every claim of a deep dive worked out again from what it holds: of measures from their own snapshot, by an engine (SCR-09).

Asked by the command alone: no page loads an engine (B11).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from craffu.access.acting import Acting
from craffu.clocks.london import end_of
from craffu.engines.choice import Engine
from craffu.engines.snapshots import NoSnapshot, Snapshot, every
from craffu.measures.definitions import definition
from craffu.measures.engine.asking import Asked
from craffu.measures.engine.running import told_over
from craffu.measures.places import folder_of
from craffu.published.disclosure import To
from craffu.scrutiny.claiming.actions import keep_check
from craffu.scrutiny.claiming.kinds import Evidence
from craffu.scrutiny.claiming.queries import Claimed, Found, evidence_of, found_of, held_of
from craffu.scrutiny.claiming.rules import Figure, Why, reproduces
from craffu.scrutiny.deep_dives.queries import Dive
from craffu.scrutiny.models import DiveEvidence


@dataclass(frozen=True, slots=True)
class Again:
    """One piece of evidence worked out again; None where it could not be, and `why` says what to do."""

    row: DiveEvidence
    figure: Figure | None
    why: str = ""

    @property
    def reproduces(self) -> bool:
        return self.figure is not None and reproduces(held_of(self.row), self.figure)


@dataclass(frozen=True, slots=True)
class Checked:
    """Every measure worked out again, the claims as they stand by that, and the snapshots that are not what was held of them."""

    again: Mapping[int, Again]
    found: Found
    changed: tuple[str, ...]

    @property
    def failed(self) -> list[Claimed]:
        return [one for one in self.found.claims if any(why is Why.DOES_NOT_REPRODUCE for why, _ in one.refusals)]


def check(by: Acting, dive: Dive, engine: Engine, now: datetime) -> Checked:
    """Works every measure out again, keeps that, and says which claims do not come out. Raises NotEnoughMemory and NoSpark."""
    held = {one.name: one for one in every(folder_of(by))}
    rows = [one for one in evidence_of(by, dive.row) if one.kind == Evidence.MEASURE]
    again = {row.number: _again(row, held, engine) for row in rows}
    kept = {
        str(number): [one.figure.count, one.figure.of, one.figure.value] if one.figure else None
        for number, one in again.items()
    }
    keep_check(by=by, dive=dive.row.reference, found=kept, now=now)
    return Checked(again, found_of(by, dive.row, now), tuple(sorted(set(_changed(rows, held)))))


def _changed(rows: list[DiveEvidence], held: Mapping[str, Snapshot]) -> Iterator[str]:
    for row in rows:
        snapshot = held.get(row.snapshot)
        if snapshot is None or snapshot.digest != row.sha256:
            yield row.snapshot


def _again(row: DiveEvidence, held: Mapping[str, Snapshot], engine: Engine) -> Again:
    snapshot = held.get(row.snapshot)
    if snapshot is None:
        return Again(row, None, f"snapshot {row.snapshot} is not kept here: bring it back, or attach the figure anew")
    version = int(row.definition.rpartition("@")[2])
    if definition(row.source).version != version:
        return Again(row, None, f"{row.source} is defined anew since: attach the figure by the newer definition")
    at = snapshot.at if row.as_of is None else min(end_of(row.as_of), snapshot.at)
    try:
        values = told_over(row.source, snapshot, Asked(row.first, row.last, at), engine)(To.INTERNAL, row.split or None)
    except NoSnapshot as fault:
        return Again(row, None, str(fault))
    one = next((each for each in values if (each.part, each.of or "") == (row.part, row.split_of)), None)
    if one is None:
        return Again(row, None, f"{row.source} has no part {row.part}{row.of_what} any more")
    return Again(row, Figure(one.numerator, one.denominator, one.value))
