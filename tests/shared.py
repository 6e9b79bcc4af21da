"""What takes long to make and is only read is made once for all workers of a run, by the first that asks.

A database on a server outlives the worker that made it: it is dropped when the run is over.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.installation import Installation, drop_postgres_database

_DATABASES = "databases"


def folder(factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of this run share."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Any:
    """What `make` answered, as JSON keeps it; `make` is given an empty folder that stays until the run is over."""
    place = folder(factory) / f"once-{name}"
    answer = place.with_suffix(".json")
    with place.with_suffix(".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not answer.exists():
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            made = json.dumps(make(place))
            answer.write_text(made, encoding="utf-8")
    return json.loads(answer.read_text(encoding="utf-8"))


def drop_at_the_end(factory: pytest.TempPathFactory, installation: Installation) -> None:
    """Have the database of an installation dropped when every worker has ended."""
    with (folder(factory) / _DATABASES).open("a", encoding="utf-8") as listed:
        listed.write(installation.database_url + "\n")


def drop_all(base: Path) -> None:
    listed = base / _DATABASES
    if listed.exists():
        for url in listed.read_text(encoding="utf-8").split():
            drop_postgres_database(url)
