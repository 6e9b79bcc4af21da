"""Whom the invented force scores, as its coordinator states it (PRI-01): until somebody does, nobody is scored."""

from datetime import timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.access.queries import acting_user, find_user
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.prevention.scoring.actions import define_population
from craffu.prevention.scoring.queries import population_on

_STATES: Final = "coordinator"


def state_population(by: Acting) -> None:
    """Once: a demo that is begun again keeps what was stated."""
    today = day_of(clock.now())
    user = find_user(_STATES)
    if user is None or population_on(by, today) is not None:
        return
    define_population(
        by=acting_user(user), name="Stalking and harassment", begins=today, necessity_ref="DPIA-2026-07",
        necessity_on=today - timedelta(days=14),
    )  # fmt: skip
