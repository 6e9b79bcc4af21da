"""A register of names alone, stored through the product's own door: what the search is measured on."""

from collections.abc import Sequence
from datetime import datetime

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.common.models import Provenance, Regime
from craffu.config.bench.misspelt import Named
from craffu.people import events
from craffu.people.actions import receive_records
from craffu.people.facts import RecordRow

BATCH = 4_000
SOURCE = "bench"


def fill(by: Acting, people: Sequence[Named]) -> None:
    """One record and one person for each."""
    for first in range(0, len(people), BATCH):
        _receive(by=by, first=first, people=people[first : first + BATCH], now=clock.now())


@action
def _receive(*, by: Acting, first: int, people: Sequence[Named], now: datetime) -> None:
    rows = [
        RecordRow(
            "2026-01-01",
            at,
            "",
            one.given,
            one.family,
            one.born_on,
            "",
            "",
            "",
            (),
            (),
            (one.alias,) if one.alias else (),
        )
        for at, one in enumerate(people)
    ]
    provenance = Provenance(SOURCE, "0" * 64, 1, now, "1", "bench", Regime.PART_3, "bench")
    receive_records(
        by=by,
        source=SOURCE,
        said=[(f"{first + at}", f"{first + at:064}", "2026-01-01 00:00:00+00:00") for at in range(len(people))],
        describe=lambda places: [rows[at] for at in places],
        provenance=provenance,
        why="bench",
        now=now,
    )
    audit.record(kind=events.RECORD_RECEIVED, actor=by.actor, refs=[], request=by.request, now=now)
