"""The daily run of scores: apart from the tick, since no page needs an engine (PRI-10)."""

import logging
import os
from datetime import datetime

from craffu.access.acting import acting_system
from craffu.access.models import Force
from craffu.access.wall.reach import working_for
from craffu.engines.choice import engine_named
from craffu.prevention.running.actions import score_today

log = logging.getLogger(__name__)


def score_force(force: Force, at: datetime) -> None:
    """Score whom a force has stated, once a day. What stops it stops nothing else: yesterday's scores stand, with their date, and
    the clock goes on, since the end of an order hangs on it.
    """
    try:
        with working_for(force.pk):
            score_today(by=acting_system(force, "scores"), engine=engine_named(None, os.environ), now=at)
    except Exception as fault:  # whatever it is, the tick is not given up for it
        log.warning("the daily scores could not be made (%s)", type(fault).__name__)
