"""Background work after an erasure."""

from django.tasks import task

from craffu.access.acting import acting_system
from craffu.access.models import Force
from craffu.access.wall.reach import working_for
from craffu.measures.snapshots.actions import build_snapshot


@task()
def build_snapshot_again(force: str) -> None:
    """Put a snapshot of what is left in the place of one that held what was erased."""
    found = Force.objects.get(code=force)
    with working_for(found.pk):
        build_snapshot(by=acting_system(found, "retention"))
