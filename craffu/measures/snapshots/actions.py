"""The only writes of snapshots: the register of one force, as known at an instant, written once and never changed (X10)."""

from django.db import transaction

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.engines.choice import Engine
from craffu.engines.snapshots import Snapshot, build
from craffu.measures import events
from craffu.measures.kept.counted import FILE as COUNTED
from craffu.measures.kept.working import counted_of, figures_of, write
from craffu.measures.permissions import check_can_build
from craffu.measures.places import folder_of
from craffu.measures.snapshots.tables import TABLES


def build_snapshot(*, by: Acting) -> Snapshot:
    """Everything that measures need of the reader's force as it is known now, put in the place of the snapshot before.

    Rows of records that are shut to whoever builds it are in it as well: a count that leaves out some is of something else, and
    what is small is hidden when it is told. Raises NotPermitted.
    """
    check_can_build(by)
    at = clock.now()
    everything = by.joining()
    # Read outside any transaction: it takes long, and what comes meanwhile is not known yet at this instant.
    made = build(
        folder_of(by),
        (
            (one.name, {name: holds.value for name, holds in one.columns.items()}, one.read(everything, at))
            for one in TABLES.values()
        ),
        at,
    )
    with transaction.atomic():
        audit.record(
            kind=events.SNAPSHOT_BUILT,
            actor=by.actor,
            refs=[f"snapshot/{made.name}"],
            counts={"files": len(made.numbers), "rows": sum(made.numbers.values())},
            request=by.request,
        )
    return made


def keep_figures(*, by: Acting, snapshot: Snapshot, engine: Engine) -> None:
    """Every figure of a snapshot, worked out for each kind of reader and kept beside it for pages (ADR 86).

    Raises NotPermitted, NoSnapshot, NotEnoughMemory and NoSpark.
    """
    check_can_build(by)
    write(folder_of(by), counted_of(snapshot, engine), COUNTED)
    write(folder_of(by), figures_of(snapshot, engine))
