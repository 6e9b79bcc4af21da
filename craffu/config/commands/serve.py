"""`craffu serve`: the web server, on this machine's loopback only.

Whoever opens it to others puts a server that speaks TLS in front of it (CRAFFU_TLS_PROXY). No access log is written: an
address names a record, and who opened it is the audit's to say.
"""

import argparse
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connections
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from craffu.access.queries import NoForce, home_force
from craffu.config.cli import NotCarriedOut
from craffu.config.commands.database import ready
from craffu.config.demo.serving import HOST, CannotServe, address, check_port
from craffu.config.wsgi import application

MOST_WORKERS = 64
THREADS = 4
STOPS_WITHIN = 10


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with the settings given here alone: no file and no environment variable changes them."""

    def __init__(self, **options: object) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        return application


def run(args: argparse.Namespace) -> int:
    if not 1 <= args.workers <= MOST_WORKERS:
        raise NotCarriedOut(f"--workers {args.workers} is out of range: give 1 to {MOST_WORKERS}.")
    try:
        check_port(args.port)
        ready()
        home_force()
    except (CannotServe, NoForce) as fault:
        raise NotCarriedOut(str(fault)) from fault
    if settings.MODE != "test" and not (settings.STATIC_ROOT / "staticfiles.json").exists():
        raise NotCarriedOut("The styles and scripts are not there. Run `bin/setup` first.")
    # Each worker opens its own: one opened here would be shared by all of them.
    connections.close_all()
    print(f"Serving {address(args.port)}   Ctrl-C stops it.", flush=True)
    server(args.port, args.workers).run()
    return 0


def server(port: int, workers: int) -> Server:
    """The web server, ready to run."""
    return Server(
        bind=f"{HOST}:{port}",
        workers=workers,
        worker_class="gthread",
        threads=THREADS,
        graceful_timeout=STOPS_WITHIN,
        loglevel="warning",
        proc_name="craffu",
        control_socket_disable=True,
    )
