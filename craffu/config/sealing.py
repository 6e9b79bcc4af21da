"""Seals the log while a site runs: what pages and jobs wrote is chained within seconds, the head signed hourly (SEC-05).

With the heads, hourly, goes what browsers' sessions held that have run out.
"""

import logging
import threading
import time

from django.db import DatabaseError, connection

from craffu.access.models import Force
from craffu.access.sessions.store import SessionStore
from craffu.access.wall.reach import working_for
from craffu.audit.heads import SignedHead
from craffu.audit.sealing.actions import seal, sign_heads

SEALS_EVERY_SECONDS = 5.0
SIGNS_EVERY_SECONDS = 3600.0

log = logging.getLogger(__name__)


def seal_all() -> int:
    """Seal the log of each force in turn, seen by nobody but it. Returns how many rows."""
    sealed = 0
    for force in Force.objects.all():
        with working_for(force.pk):
            sealed += seal(force=force.code)
    return sealed


def sign_all() -> list[SignedHead]:
    """Sign where each force's chain ends now, and copy the heads outside. Returns the new ones."""
    signed: list[SignedHead] = []
    for force in Force.objects.all():
        with working_for(force.pk):
            signed += sign_heads(force=force.code)
    return signed


def forget_sessions() -> None:
    """What browsers' sessions held is removed when they have run out, whoever they belonged to."""
    SessionStore.clear_expired()


class Sealer(threading.Thread):
    """A thread beside the background jobs. A database that does not answer is asked again at the next round."""

    def __init__(self, every: float = SEALS_EVERY_SECONDS, signs_every: float = SIGNS_EVERY_SECONDS) -> None:
        super().__init__(name="sealer", daemon=True)
        self._every = every
        self._signs_every = signs_every
        self._stopping = threading.Event()

    def run(self) -> None:
        sign_next = time.monotonic()
        while not self._stopping.is_set():
            try:
                seal_all()
                if time.monotonic() >= sign_next:
                    sign_all()
                    forget_sessions()
                    sign_next = time.monotonic() + self._signs_every
            except (DatabaseError, OSError) as fault:
                # A database or a mount that is away: said, and tried again at the next round.
                log.warning("the log could not be sealed or its head copied (%s); trying again", type(fault).__name__)
                connection.close()
            self._stopping.wait(self._every)
        connection.close()

    def stop(self) -> None:
        """Stop after the round at hand."""
        self._stopping.set()
        self.join()
