"""A dry run works on a copy: others write meanwhile, nothing of it stays, and it says what a real run then does (INT-05)."""

import fcntl
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import InternalError, connection, transaction

from craffu.access.acting import Acting
from craffu.access.wall.reach import working_for
from craffu.audit.models import Event
from craffu.cases.models import HearingVersion
from craffu.common.models import Counter
from craffu.common.refusals import NotNow
from craffu.config.commands.digest import register_digests
from craffu.intake import running
from craffu.intake.actions import start_run
from craffu.intake.court_results import apply
from craffu.intake.dry_run import on_a_copy
from craffu.intake.models import HeldRow, Run
from craffu.intake.running import Done, take_in
from craffu.people.models import Person, SourceRecord
from craffu.people.search.models import SearchWord
from tests.factories.stories import bail_story, held_back

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name, data in {**held_back(), **{f"bail-{name}": data for name, data in bail_story().items()}}.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def dry(system: Acting, inbox: Path) -> Callable[..., Done]:
    return lambda **more: take_in(by=system, kind="court-results", paths=[inbox], dry_run=True, **more)


@pytest.fixture
def copies(settings: Any) -> Path:
    return Path(settings.CRAFFU_HOME) / "dry-runs"


def digest() -> dict[str, Any]:
    return register_digests()


def everything() -> list[object]:
    """The register, and what no digest holds: runs, held rows, the log and the numbers given out."""
    return [
        digest(),
        Run.objects.for_system("a test").count(),
        HeldRow.objects.for_system("a test").count(),
        Event.objects.count(),
        sorted(Counter.objects.values_list("kind", "last")),
    ]


def counts(done: Done) -> dict[str, int]:
    names = ("received", "created", "updated", "unchanged", "parked", "rejected", "files_refused")
    return {name: getattr(done.run, name) for name in names}


def in_another_session(by: Acting, act: Callable[[], object]) -> object:
    """What somebody else gets done within a page's patience, or the fault they meet."""
    answer: list[object] = []

    def at_once() -> None:
        try:
            with working_for(by.force.pk):
                answer.append(act())
        except Exception as fault:
            answer.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=at_once, daemon=True)
    thread.start()
    thread.join(30)
    return answer[0] if answer else "still waiting"


@pytest.mark.rule("INT-05")
def test_a_real_run_of_the_very_same_messages_goes_through_while_a_dry_run_is_under_way(
    dry: Callable[..., Done], system: Acting, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SHOWN_EVERY_SECONDS", -1.0)
    real: list[object] = []
    known_to_the_dry_run: list[int] = []

    def meanwhile(run: Run) -> None:
        if run.received == 3:
            monkeypatch.setattr(running, "SHOWN_EVERY_SECONDS", 60.0)
            known_to_the_dry_run.append(HearingVersion.objects.for_system("a test").count())
            real.append(in_another_session(system, lambda: take_in(by=system, kind="court-results", paths=[inbox])))

    done = dry(progress=meanwhile)
    (taken,) = real
    assert isinstance(taken, Done), taken
    assert taken.run.state == "finished"
    assert known_to_the_dry_run[0] > 0
    assert counts(done) == counts(taken), "each counted for itself"
    assert done.run.created > 0
    assert HearingVersion.objects.for_system("a test").count() == taken.run.created + taken.run.updated
    assert Run.objects.for_system("a test").count() == 1


@pytest.mark.rule("INT-05")
def test_nothing_of_a_dry_run_stays_and_a_real_run_then_does_what_it_said(
    dry: Callable[..., Done], system: Acting, inbox: Path, copies: Path
) -> None:
    before = everything()
    said = dry()
    assert everything() == before
    assert not copies.exists() or list(copies.iterdir()) == []
    assert counts(said)["created"] > 0
    assert min(counts(said)["parked"], counts(said)["rejected"]) > 0

    assert counts(take_in(by=system, kind="court-results", paths=[inbox])) == counts(said)
    assert SearchWord.objects.for_system("a test").exists(), "what only the copy learned was not known to the register"
    again = everything()
    assert counts(dry())["created"] == 0, "what was taken in is known to the next dry run"
    assert everything() == again


@pytest.mark.postgres_in_deep
def test_a_dry_run_that_fails_leaves_no_copy_and_the_register_as_it_was(
    dry: Callable[..., Done], copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_given: object) -> None:
        raise TypeError("a fault of ours")

    monkeypatch.setattr(apply, "record_hearing", broken)
    before = everything()
    with pytest.raises(TypeError):
        dry()
    assert everything() == before
    assert not copies.exists() or list(copies.iterdir()) == []


@pytest.mark.postgres_in_deep
def test_what_is_done_on_a_copy_is_seen_there_alone(system: Acting) -> None:
    def runs() -> int:
        return int(Run.objects.for_system("a test").count())

    with on_a_copy():
        start_run(by=system, kind="code-tables", mapping_version="1")
        assert runs() == 1
        assert in_another_session(system, runs) == 0
    assert runs() == 0


def test_a_dry_run_inside_a_transaction_is_refused(dry: Callable[..., Done]) -> None:
    with transaction.atomic(), pytest.raises(transaction.TransactionManagementError):
        dry()


@pytest.mark.postgres
def test_on_postgresql_the_session_of_a_dry_run_cannot_write_the_register_even_if_it_tried(system: Acting) -> None:
    with on_a_copy(), pytest.raises(InternalError, match="read-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM public.common_counter")
    assert Person.objects.for_system("a test").count() == 0
    assert SourceRecord.objects.for_system("a test").count() == 0


def test_what_a_killed_dry_run_left_is_removed_by_the_next_and_a_living_one_keeps_its_copy(
    dry: Callable[..., Done], copies: Path
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("skipped: on PostgreSQL a dead session's temporary tables go with it")
    left, living = copies / "left", copies / "living"
    for folder in (left, living):
        folder.mkdir(parents=True)
        (folder / "copy.sqlite3").write_bytes(b"names of people")
    mark = os.open(living, os.O_RDONLY)
    fcntl.flock(mark, fcntl.LOCK_EX)
    dry()
    os.close(mark)
    assert [path.name for path in copies.iterdir()] == ["living"]


def test_without_room_for_a_copy_it_says_so(dry: Callable[..., Done], copies: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("skipped: on PostgreSQL the server keeps the copy")
    copies.write_text("a file where the folder should be")
    with pytest.raises(NotNow, match="none could be made"):
        dry()
