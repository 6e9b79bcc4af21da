"""Background work after an erasure."""

from importlib import import_module
from typing import Final

from django.tasks import task

from craffu.access.acting import acting_system
from craffu.access.models import Force
from craffu.access.wall.reach import working_for

# What reads and writes snapshots is heavy, and a web worker that only asks for this carries none of it (B11).
_SNAPSHOTS: Final = "craffu.measures.snapshots.actions"


@task()
def build_snapshot_again(force: str) -> None:
    """Put a snapshot of what is left in the place of one that held what was erased."""
    found = Force.objects.get(code=force)
    with working_for(found.pk):
        import_module(_SNAPSHOTS).build_snapshot(by=acting_system(found, "retention"))
