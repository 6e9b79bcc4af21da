"""Installations of their own for tests that drive the command, kill it, or compare two registers."""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from craffu.access.acting import Acting
from craffu.intake.running import Done, take_in
from tests import shared, templates
from tests.factories import stories
from tests.factories.extracts import everything
from tests.installation import Installation, copy_sqlite, drop_postgres_database, new_installation, postgres_database


def _server_url() -> str:
    """The PostgreSQL server of this run, or nothing when it runs on SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    return url if urlsplit(url).scheme.startswith("postgres") else ""


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation brought up to date and otherwise empty. Copy it; never write to it."""
    return _made_once(tmp_path_factory, "prepared", lambda fresh: fresh.run("migrate"), templates.installation())


@pytest.fixture(scope="session")
def demonstrated(prepared: Installation, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """One on which the demo has run once with the fewest people. Copy it; never write to it."""

    def demo(fresh: Installation) -> object:
        # The longest of all commands: 20 s alone, several minutes beside others.
        return fresh.run("demo", "--people", "1", "--no-serve", timeout=900)

    return _made_once(tmp_path_factory, "demonstrated", demo, prepared)


@pytest.fixture(scope="session")
def filled(prepared: Installation, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """One that took in a little of what courts and a force's own system send, sealed. Copy it; never write to it."""
    return _made_once(tmp_path_factory, "filled", lambda fresh: _fill(fresh, tmp_path_factory.mktemp("sent")), prepared)


def _fill(fresh: Installation, sent: Path) -> None:
    courts = []
    for name, files in stories.inboxes().items():
        courts.append(sent / name)
        courts[-1].mkdir()
        for file, data in files.items():
            (courts[-1] / file).write_bytes(data)
    fresh.run("area", "add", "west", "--en", "West", "--cy", "Gorllewin")
    fresh.run("user", "add", "olwen", "--name", "Olwen Example", "--right", "orders_team")
    fresh.run("intake", "court-results", *courts, expect=1)
    fresh.run("intake", "rms", everything(sent / "rms", "rms", people=2))
    fresh.run("tick")
    fresh.run("audit", "seal")


def _made_once(
    factory: pytest.TempPathFactory,
    name: str,
    fill: Callable[[Installation], object],
    copied: Installation | None = None,
) -> Installation:
    def make(folder: Path) -> tuple[str, str]:
        fresh = new_installation(folder, _server_url(), copied)
        if _server_url():
            shared.drop_at_the_end(factory, fresh)
        fill(fresh)
        return str(fresh.home), fresh.database_url

    home, url = shared.made_once(factory, name, make)
    return Installation(Path(home), url)


@pytest.fixture
def installation(prepared: Installation, tmp_path: Path) -> Iterator[Installation]:
    """A fresh installation on the database under test."""
    yield from _copy(prepared, tmp_path / "home")


@pytest.fixture
def fresh_installations(prepared: Installation, tmp_path: Path) -> Iterator[Callable[[], Installation]]:
    """As many as are asked for, with the same keys, each with nothing in it."""
    yield from _copies(prepared, tmp_path / "fresh")


@pytest.fixture
def demo_installations(demonstrated: Installation, tmp_path: Path) -> Iterator[Callable[[], Installation]]:
    """As many as are asked for, each with the same demo."""
    yield from _copies(demonstrated, tmp_path / "demos")


@pytest.fixture
def empty_installation(tmp_path: Path) -> Iterator[Installation]:
    """One whose database holds nothing yet, no table either."""
    fresh = new_installation(tmp_path / "empty", _server_url())
    yield fresh
    if _server_url():
        drop_postgres_database(fresh.database_url)


@pytest.fixture
def demo_installation(demonstrated: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation that holds the demo, on the database under test."""
    yield from _copy(demonstrated, tmp_path / "demo")


@pytest.fixture
def filled_installation(filled: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation with some records of each kind that is sent in, on the database under test."""
    yield from _copy(filled, tmp_path / "filled")


@pytest.fixture
def second_installation(prepared: Installation, tmp_path: Path) -> Iterator[Installation]:
    """Another one, with the same keys, to compare with."""
    yield from _copy(prepared, tmp_path / "second")


def _copies(prepared: Installation, folder: Path) -> Iterator[Callable[[], Installation]]:
    folder.mkdir()
    with ExitStack() as stack:
        made = count(1)
        yield lambda: stack.enter_context(contextmanager(_copy)(prepared, folder / str(next(made))))


def _copy(prepared: Installation, home: Path) -> Iterator[Installation]:
    copy = copy_sqlite(prepared, home)
    if not _server_url():
        yield copy
        return
    with postgres_database(_server_url(), template=urlsplit(prepared.database_url).path.lstrip("/")) as url:
        yield Installation(home, url)


@pytest.fixture
def take_in_messages(system: Acting, tmp_path: Path) -> Callable[..., Done]:
    """Take in made-up court messages, in order."""

    def taken(*messages: bytes, by: Acting | None = None) -> Done:
        folder = tmp_path / f"inbox-{uuid.uuid4().hex[:8]}"
        folder.mkdir()
        for number, message in enumerate(messages, start=1):
            (folder / f"{number:04}.xml").write_bytes(message)
        return take_in(by=by or system, kind="court-results", paths=[folder])

    return taken
