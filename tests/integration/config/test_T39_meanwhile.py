"""T39: what changes while a backup is made or brought back, and what is left where either broke off."""

import os
import shutil
import signal
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.common import keyring
from craffu.common.own_folders import own_folder, remove_left
from craffu.config.backups import packing
from craffu.config.backups.sealed import Opening
from tests.installation import Installation
from tests.integration.config.test_T39_backup import refused, with_keys_of

pytestmark = [pytest.mark.rule("SEC-05"), pytest.mark.rule("SEC-09"), pytest.mark.sqlite]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_what_is_signed_handed_in_or_goes_away_meanwhile_makes_no_backup_that_nothing_comes_back_from(
    system: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads, uploads = packing.folders()[packing.HEADS], packing.folders()[packing.UPLOADS]
    for folder in (heads, uploads / "R-1"):
        folder.mkdir(parents=True, exist_ok=True)
    (heads / "demo.heads").write_text("first\n")
    (uploads / "R-1" / "court.xml").write_text("<x/>")
    copied, summed = packing.copy_into, packing._manifest

    def while_it_is_copied(target: Path) -> dict[str, int]:
        counts = copied(target)
        (uploads / "R-2").mkdir()
        (uploads / "R-2" / "court.xml").write_text("<y/>")
        with (heads / "demo.heads").open("a") as file:
            file.write("second\n")
        return counts

    def once_it_is_summed(*given: object) -> dict[str, object]:
        said = summed(*given)  # type: ignore[arg-type]
        shutil.rmtree(uploads / "R-1")
        (uploads / "R-2" / "court.xml").write_text("<other/>")
        return said

    monkeypatch.setattr(packing, "copy_into", while_it_is_copied)
    monkeypatch.setattr(packing, "_manifest", once_it_is_summed)
    packing.pack(tmp_path / "one.backup", keyring.ring(), NOW)
    with (tmp_path / "one.backup").open("rb") as file:
        packing._take_out(Opening(file, keyring.ring()), tmp_path / "out")
    assert (tmp_path / "out" / "audit-heads" / "demo.heads").read_text() == "first\n", "no head of a later log"
    assert (tmp_path / "out" / "uploads" / "R-1" / "court.xml").read_text() == "<x/>"
    assert (tmp_path / "out" / "uploads" / "R-2" / "court.xml").read_text() == "<y/>"
    assert list(packing.copies().iterdir()) == []


def test_files_that_wait_come_back_and_no_file_is_written_over(
    filled_installation: Installation, empty_installation: Installation, tmp_path: Path
) -> None:
    waits = filled_installation.home / "uploads" / "R-9" / "court.xml"
    waits.parent.mkdir(parents=True)
    waits.write_text("<x/>")
    filled_installation.run("backup", tmp_path / "one.backup")
    back = with_keys_of(filled_installation, empty_installation)
    newer = back.home / "uploads" / "R-9" / "court.xml"
    newer.parent.mkdir(parents=True)
    newer.write_text("<newer/>")
    assert "is there already, and nothing is written over" in refused(back, "restore", tmp_path / "one.backup")
    assert newer.read_text() == "<newer/>"
    assert not (back.home / "craffu.sqlite3").exists()
    shutil.rmtree(back.home / "uploads")
    back.run("restore", tmp_path / "one.backup")
    assert newer.read_text() == "<x/>"


def test_heads_come_back_to_another_disk(
    filled_installation: Installation, empty_installation: Installation, tmp_path: Path
) -> None:
    filled_installation.run("audit", "seal")
    filled_installation.run("backup", tmp_path / "one.backup")
    back = with_keys_of(filled_installation, empty_installation)
    with tempfile.TemporaryDirectory(dir="/dev/shm") as elsewhere:  # a folder of our own on another disk

        class Elsewhere(Installation):
            @property
            def env(self) -> dict[str, str]:
                return {**super().env, "CRAFFU_AUDIT_HEADS": elsewhere}

        there = Elsewhere(back.home, back.database_url)
        assert there.json("restore", tmp_path / "one.backup")["ok"] is True
        assert any(Path(elsewhere).rglob("*.heads"))


@pytest.mark.django_db
def test_a_restoring_that_breaks_off_leaves_no_file(
    system: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "rejects"
    (tmp_path / "made").mkdir()
    monkeypatch.setattr(packing, "folders", lambda: {"rejects": folder, packing.HEADS: tmp_path / "heads"})
    manifest = {"database": "sqlite", "files": {"database": "", "rejects/R-1.csv": "", "incoming/tmp.csv": ""}}

    def taken_out(_sealed: object, into: Path) -> dict[str, object]:
        (into / "rejects").mkdir()
        (into / "rejects" / "R-1.csv").write_text("a")
        return manifest

    def breaks(_source: Path) -> dict[str, int]:
        assert (folder / "R-1.csv").read_text() == "a"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(packing, "Opening", lambda file, _ring: file)
    monkeypatch.setattr(packing, "_take_out", taken_out)
    monkeypatch.setattr(packing, "fill_from", breaks)
    (tmp_path / "one.backup").write_bytes(b"")
    with pytest.raises(OSError, match="No space left"):
        packing.unpack(tmp_path / "one.backup", keyring.ring())
    assert not (folder / "R-1.csv").exists()
    assert packing._places(["incoming/tmp.csv", "rejects/R-2.csv"]) == {"rejects/R-2.csv": folder / "R-2.csv"}
    with pytest.raises(packing.NotCarriedOut, match="does not know"):
        packing._places(["newer/one"])


def test_a_killed_backup_leaves_a_copy_until_the_next_or_until_somebody_is_erased(
    filled_installation: Installation, tmp_path: Path
) -> None:
    home = filled_installation.home
    with closing(sqlite3.connect(home / "craffu.sqlite3", isolation_level=None)) as register:
        register.execute("CREATE TABLE large (part blob)")
        register.executemany("INSERT INTO large VALUES (?)", ((os.urandom(1 << 20),) for _ in range(100)))

    def left() -> list[Path]:
        return [one for one in (home / "copies").glob("*/database") if one.stat().st_size > 1 << 20]

    def killed(name: str) -> bool:
        running = filled_installation.start("backup", tmp_path / name)
        until = time.monotonic() + 60
        while time.monotonic() < until and running.poll() is None:
            if left():
                running.send_signal(signal.SIGKILL)
                running.wait()
                return bool(left())
            time.sleep(0.002)
        running.wait()
        return False

    assert any(killed(f"{number}.backup") for number in range(5))
    filled_installation.run("backup", tmp_path / "next.backup")
    assert left() == []


def test_what_a_killed_process_left_is_removed_and_what_one_works_in_is_not(tmp_path: Path) -> None:
    root = tmp_path / "copies"
    (root / "left").mkdir(parents=True)
    (root / "left" / "database").write_text("names")
    remove_left(tmp_path / "nowhere")
    with own_folder(root) as mine:
        assert not (root / "left").exists()
        (root / "later").mkdir()
        remove_left(root)
        assert (mine.exists(), (root / "later").exists()) == (True, False)
    assert list(root.iterdir()) == []
