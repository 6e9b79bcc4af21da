"""`craffu worker`: does the background jobs that wait in the database, seals the log and lets the clock run, until it is stopped.

Ctrl-C lets the job at hand finish; a second one does not.
"""

import argparse
import logging
import time
import uuid
from types import FrameType

from django.db import OperationalError
from django.tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.utils import is_locked_database_exception

from craffu.config.commands.database import ready
from craffu.config.sealing import Sealer
from craffu.config.ticking import Ticker

LOOKS_EVERY_SECONDS = 1.0


class QuietWorker(Worker):
    """Says nothing when it is told to stop: whoever told it knows. One that finds the database busy looks again.

    The library means to, and asks for the lock before it listens for what fails.
    """

    def run(self) -> None:
        while True:
            try:
                super().run()
            except OperationalError as fault:
                if not self.running or not is_locked_database_exception(fault):
                    raise
                time.sleep(self.interval)
            else:
                return

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
        super().shutdown(signum, frame)


def run(args: argparse.Namespace) -> int:
    ready()
    worker = QuietWorker(
        queue_names=[DEFAULT_TASK_QUEUE_NAME],
        interval=LOOKS_EVERY_SECONDS,
        batch=args.until_empty,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=uuid.uuid4().hex,
        excluded_queue_names=[],
    )
    worker.configure_signals()
    # Whoever waits for the last job does not wait for the clock.
    beside = [Sealer(), *(() if args.until_empty else (Ticker(),))]
    for thread in beside:
        thread.start()
    try:
        worker.run()
    finally:
        for thread in beside:
            thread.stop()
    return 0
