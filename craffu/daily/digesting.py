"""The weekly digest of a force, made by the clock as its week begins: apart from the tick, since no page waits for it."""

import logging
from datetime import datetime

from craffu.access.acting import acting_system
from craffu.access.models import Force
from craffu.access.wall.reach import working_for
from craffu.measures.digests.actions import keep_digest

log = logging.getLogger(__name__)


def digest_force(force: Force, at: datetime) -> None:
    """Keep the digest of the week, once. What stops it stops nothing else: it is tried again at the next tick of the week."""
    try:
        with working_for(force.pk):
            keep_digest(by=acting_system(force, "digest"), now=at)
    except Exception as fault:  # whatever it is, the clock goes on
        log.warning("the weekly digest could not be made (%s)", type(fault).__name__)
