"""Who fills a register for a benchmark and asks of it: a system of the one force of its installation."""

from craffu.access.acting import Acting, acting_system
from craffu.access.queries import home_force
from craffu.access.wall.reach import every_force, work_for


def acting_bench() -> Acting:
    """For the force of this installation, and no other, this process works from now on, as a command does (ADR 20)."""
    with every_force("which force the benchmark is of"):
        force = home_force()
    work_for(force.pk)
    return acting_system(force, "bench")
