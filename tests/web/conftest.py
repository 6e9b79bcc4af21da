"""What the tests of pages ask for: messages taken in, pages read as text, and what the log says of a visit."""

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from craffu.access.acting import Acting
from craffu.access.sessions import actions as sessions
from craffu.audit.models import Event
from craffu.intake.running import Done, take_in

type TakeIn = Callable[[Mapping[str, bytes]], Done]
type Visit = Callable[..., tuple[Any, list[Event]]]


@pytest.fixture(autouse=True)
def plain_english() -> Iterator[None]:
    """A request in Welsh leaves its language behind; the next test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def a_slow_test_is_one_use(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """That a session is in use is written now and then: not between two counts of queries, because a test took long."""
    if "access" not in request.path.parts:
        monkeypatch.setattr(sessions, "SEEN_EVERY", timedelta(minutes=10))


@pytest.fixture
def take_in_files(system: Acting, tmp_path: Path) -> TakeIn:
    """Take in made-up court messages by file name, in the order of their names."""
    return taking_in(system, tmp_path)


def taking_in(system: Acting, path: Path) -> TakeIn:
    folders = itertools.count(1)

    def taken(files: Mapping[str, bytes]) -> Done:
        folder = path / f"inbox-{next(folders)}"
        folder.mkdir()
        for name, data in files.items():
            (folder / name).write_bytes(data)
        return take_in(by=system, kind="court-results", paths=[folder])

    return taken


@pytest.fixture
def visit(db: None) -> Visit:
    """`visit(client, path)` opens a page and gives the response with the rows the visit left in the log."""

    def visited(client: Client, path: str, **post: Any) -> tuple[Any, list[Event]]:
        last = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
        response = client.post(path, post) if post else client.get(path)
        return response, list(Event.objects.filter(id__gt=last).order_by("id"))

    return visited


def text_of(response: Any) -> str:
    """The words of a page as one line, without its markup."""
    body = response.content.decode()
    main = body[body.index("<main") : body.index("</main>")]
    main = re.sub(r'<span class="craffu-unbroken">([^<]*)</span>', r"\1", main)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def title_of(response: Any) -> str:
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
    assert found is not None
    return " ".join(unescape(found.group(1)).split())
