"""What a gateway said is forgotten only once it is kept (VIC-02)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import OperationalError

from craffu.access.acting import Acting
from craffu.messages import actions
from craffu.messages.actions import ask_after
from craffu.messages.adapters.folder import Folder
from craffu.messages.facts import Became
from craffu.messages.kinds import Status
from tests.integration.messages.test_sending import NOW, new, sent, waits

pytestmark = pytest.mark.rule("VIC-02")


def test_that_a_message_did_not_arrive_is_not_lost_by_a_stop(
    system: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    force, folder = system.force.code, Folder(tmp_path / "out")
    waits(force, new("letter:1"))
    sent(force, folder)
    (file,) = (tmp_path / "out").glob("*.json")
    file.rename(file.with_suffix(".failed"))

    def stops(*_: object) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(actions, "_arrived", stops)
        with pytest.raises(OperationalError):
            ask_after(force=force, carrier=folder, now=NOW)
    assert ask_after(force=force, carrier=folder, now=NOW) == [Became("letter:1", Status.FAILED, "gateway_failed")]


def test_one_file_that_cannot_be_read_or_removed_keeps_no_other_waiting(
    system: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    force, folder = system.force.code, Folder(tmp_path / "out")
    for key in ("letter:1", "letter:2"):
        waits(force, new(key))
    sent(force, folder)
    # By their numbers: as words the tenth comes before the ninth.
    first, second = sorted((tmp_path / "out").glob("*.json"), key=lambda file: (len(file.stem), file.stem))
    for file in (first, second):
        file.rename(file.with_suffix(".failed"))
    found, forget = folder.found, folder.forget

    def breaks[R](does: Callable[[str], R]) -> Callable[[str], R]:
        def done(reference: str) -> R:
            if reference == first.stem:
                raise OSError
            return does(reference)

        return done

    with monkeypatch.context() as patched:
        patched.setattr(folder, "found", breaks(found))
        assert ask_after(force=force, carrier=folder, now=NOW) == [Became("letter:2", Status.FAILED, "gateway_failed")]
    with monkeypatch.context() as patched:
        patched.setattr(folder, "forget", breaks(forget))
        assert ask_after(force=force, carrier=folder, now=NOW) == [Became("letter:1", Status.FAILED, "gateway_failed")]
    assert ask_after(force=force, carrier=folder, now=NOW) == []
