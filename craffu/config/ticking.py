"""Ticks while a site runs: what is due is raised, what was missed goes on, and messages that wait go (MON-04, VIC-02).

A copy of the register that a killed command left goes with the next one (SEC-09).
"""

import logging
import threading
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db import connection

from craffu.access.models import Force
from craffu.common import clock
from craffu.common.own_folders import remove_left
from craffu.daily.digesting import digest_force
from craffu.daily.scoring import score_force
from craffu.daily.sending import send_messages
from craffu.daily.ticking import Ticked, tick
from craffu.daily.webhooks import send_webhooks

TICKS_EVERY_SECONDS = 120.0
_STOPS_WITHIN_SECONDS = 5.0

log = logging.getLogger(__name__)


def tick_all() -> Ticked:
    """One tick for each force in turn, seen by nobody but it.

    What fails holds up neither what comes after it nor another force: it is raised once everything else was done.
    """
    remove_left(settings.CRAFFU_HOME)
    done = Ticked()
    faults: list[Exception] = []
    for force in Force.objects.all():
        now = clock.now()
        score_force(force, now)
        steps: dict[str, Callable[[], object]] = {
            "the clock": partial(tick, force=force, at=now),
            "the digests": partial(digest_force, force, now),
            "messages": partial(send_messages, force=force),
            "webhooks": partial(send_webhooks, force=force),
        }
        for step, does in steps.items():
            try:
                told = does()
            except Exception as fault:  # raised below
                log.error("%s of %s failed: %s", step, force.code, type(fault).__name__)
                faults.append(fault)
                connection.close_if_unusable_or_obsolete()
                continue
            done += told if isinstance(told, Ticked) else Ticked()
    if faults:
        raise faults[0]
    return done


class Ticker(threading.Thread):
    """A thread beside the background jobs. A tick that fails is said, and tried again at the next round."""

    def __init__(self, every: float = TICKS_EVERY_SECONDS) -> None:
        super().__init__(name="ticker", daemon=True)
        self._every = every
        self._stopping = threading.Event()

    def run(self) -> None:
        while not self._stopping.is_set():
            try:
                tick_all()
            except Exception as fault:  # whatever it is, the next tick is not given up for it
                log.warning("the clock could not run (%s); trying again", type(fault).__name__)
                connection.close()
            self._stopping.wait(self._every)
        connection.close()

    def stop(self) -> None:
        """Stop soon: what a tick has not settled yet is settled by the next one."""
        self._stopping.set()
        self.join(_STOPS_WITHIN_SECONDS)
