"""T39: a backup made while others write, restored on an empty machine: every row, every file and the log are back, and nothing is
lost unseen."""

import fcntl
import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from craffu.common.own_folders import BACKING_UP, RESTORING
from craffu.config.backups.packing import files_in
from tests.installation import Installation

pytestmark = [pytest.mark.rule("SEC-05"), pytest.mark.rule("SEC-06")]


def refused(installation: Installation, *asked: str | Path) -> str:
    done = installation.run(*asked, expect=2)
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    return done.stderr


def with_keys_of(other: Installation, empty: Installation) -> Installation:
    """The key ring is kept apart and put back first, as the runbook says."""
    shutil.copytree(other.home / "keys", empty.home / "keys")
    return empty


@pytest.fixture
def backup(filled_installation: Installation, tmp_path: Path) -> Path:
    path = tmp_path / "one.backup"
    filled_installation.run("backup", path)
    return path


@pytest.mark.long
def test_what_was_there_is_there_again_and_says_so(
    filled_installation: Installation, empty_installation: Installation, tmp_path: Path
) -> None:
    comes_back(filled_installation, empty_installation, tmp_path)


@pytest.mark.deep
def test_what_the_demo_holds_is_there_again(
    demo_installation: Installation, empty_installation: Installation, tmp_path: Path
) -> None:
    """Which has rows in nearly every table."""
    comes_back(demo_installation, empty_installation, tmp_path)


def comes_back(here: Installation, empty_installation: Installation, tmp_path: Path) -> None:
    (here.home / "rejects" / "deep").mkdir(parents=True)
    (here.home / "rejects" / "deep" / "kept.csv").write_text("a,b\n", encoding="utf-8")
    path = tmp_path / "one.backup"
    made = json.loads(here.run("backup", path, "--json", anew=True).stdout)
    assert made.keys() >= {"rows", "ok", "first_bad", "head", "table_rows", "files"}
    assert made["ok"] is True
    assert made["files"] >= 2
    assert path.stat().st_mode & 0o777 == 0o600
    assert not [*(here.home / BACKING_UP).iterdir()]
    back = with_keys_of(here, empty_installation)
    restored = json.loads(back.run("restore", path, "--json", anew=True).stdout)
    assert (restored["ok"], restored["differ"]) == (True, [])
    assert restored["table_rows"] == made["table_rows"]
    assert restored["rows"] == made["rows"]
    assert back.digest() == here.digest()
    assert (back.home / "rejects" / "deep" / "kept.csv").read_text(encoding="utf-8") == "a,b\n"
    assert (back.home / "audit-heads").is_dir()
    assert back.json("check")["ok"] is True
    # Both the copying and the putting back are in the log that came back.
    events = back.run("audit", "verify").stdout
    assert "The log is whole." in events
    # Nothing is written over.
    assert "There is a database already" in refused(back, "restore", path)
    assert "is there already" in refused(here, "backup", path)


@pytest.mark.deep
def test_it_is_of_one_instant_while_others_write(
    filled_installation: Installation, empty_installation: Installation, tmp_path: Path
) -> None:
    path, stop = tmp_path / "one.backup", threading.Event()
    faults: list[BaseException] = []

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            try:
                filled_installation.run("area", "add", f"area-{number}", "--en", "Written", "--cy", "Ysgrifennwyd")
            except BaseException as fault:
                faults.append(fault)
                return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = filled_installation.json("backup", path)
    finally:
        stop.set()
        writer.join()
    assert faults == []
    restored = with_keys_of(filled_installation, empty_installation).json("restore", path)
    assert (restored["ok"], restored["differ"], restored["table_rows"]) == (True, [], made["table_rows"])


@pytest.mark.sqlite
def test_without_the_key_ring_or_with_another_nothing_opens(
    backup: Path, empty_installation: Installation, second_installation: Installation
) -> None:
    assert "key ring" in refused(empty_installation, "restore", backup)
    (empty_installation.home / "keys").mkdir(exist_ok=True)
    ring = json.loads((second_installation.home / "keys" / "keyring.json").read_text(encoding="utf-8"))
    other = json.dumps(_turned(ring))
    (empty_installation.home / "keys" / "keyring.json").write_text(other, encoding="utf-8")
    assert "sealed with another key ring" in refused(empty_installation, "restore", backup)
    # What could not be opened left nothing behind.
    assert not (empty_installation.home / "craffu.sqlite3").exists()
    assert not (empty_installation.home / "rejects").exists()


def _turned(ring: Any) -> Any:
    """A ring of the same shape whose secrets are others."""
    if isinstance(ring, dict):
        return {key: _turned(value) for key, value in ring.items()}
    if isinstance(ring, str) and len(ring) >= 40:
        return ring[:4] + ("A" if ring[4] != "A" else "B") + ring[5:]
    return ring


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        pytest.param(lambda content: content[:-1], "cut off", id="a byte short"),
        pytest.param(lambda content: content[: len(content) // 2], "cut off", id="half", marks=pytest.mark.deep),
        pytest.param(lambda content: content + b"x", "added to its end", id="a byte more"),
        pytest.param(
            lambda content: content[:-200] + bytes([content[-200] ^ 1]) + content[-199:],
            "cut off, or was changed",
            id="a bit turned",
        ),
        pytest.param(
            lambda content: content.replace(b'"made_at": "2', b'"made_at": "3', 1),
            "cut off, or was changed",
            id="another day",
            marks=pytest.mark.deep,
        ),
        pytest.param(
            lambda content: content.replace(b'"format": 1', b'"format": 9', 1),
            "of format 9",
            id="another format",
            marks=pytest.mark.deep,
        ),
        pytest.param(lambda content: b"anything at all", "no backup that craffu made", id="no backup"),
        pytest.param(lambda content: b"{}\n", "no backup that craffu made", id="empty", marks=pytest.mark.deep),
        pytest.param(lambda content: b"", "no backup that craffu made", id="nothing", marks=pytest.mark.deep),
    ],
)
@pytest.mark.sqlite
def test_a_file_that_is_not_as_it_was_is_not_restored(
    backup: Path, filled_installation: Installation, empty_installation: Installation, spoil: Any, says: str
) -> None:
    back = with_keys_of(filled_installation, empty_installation)
    content = backup.read_bytes()
    spoilt = spoil(content)
    assert spoilt != content
    backup.write_bytes(spoilt)
    assert says in refused(back, "restore", backup)
    assert not (back.home / "craffu.sqlite3").exists()


@pytest.mark.sqlite
def test_nothing_that_is_kept_is_in_it_in_clear(backup: Path) -> None:
    content = backup.read_bytes()
    head, _, rest = content.partition(b"\n")
    assert set(json.loads(head)) == {"file", "format", "craffu", "database", "made_at", "key"}
    for words in (b"Example", b"CREATE TABLE", b"manifest.json", b"SQLite format", b"PGDMP", b"ustar"):
        assert words not in rest


@pytest.mark.sqlite
def test_heads_that_are_kept_outside_say_what_an_older_backup_lacks(
    filled_installation: Installation, empty_installation: Installation, backup: Path
) -> None:
    """The log went on after the backup, and its head was signed and kept elsewhere: what came back is less, and is said to be."""
    filled_installation.run("area", "add", "later", "--en", "Later", "--cy", "Wedyn")
    filled_installation.run("audit", "seal")
    back = with_keys_of(filled_installation, empty_installation)
    shutil.copytree(filled_installation.home / "audit-heads", back.home / "audit-heads")
    restored = back.json("restore", backup, expect=1)
    assert (restored["ok"], restored["differ"]) == (False, [])
    assert "NOT whole" in back.run("audit", "verify", expect=1).stdout


@pytest.mark.sqlite
def test_what_is_asked_without_what_it_needs(installation: Installation, tmp_path: Path) -> None:
    assert "is no file" in refused(installation, "restore", tmp_path / "none.backup")
    assert "cannot be written" in refused(installation, "backup", tmp_path / "no" / "folder.backup")


@pytest.mark.postgres_in_deep
def test_files_that_wait_to_be_taken_in_come_back_with_the_run_that_waits_for_them_and_none_that_only_arrives_does(
    filled_installation: Installation, empty_installation: Installation, tmp_path: Path
) -> None:
    for name in ("uploads/R-9/court.xml", "incoming/tmp1.upload"):
        file = filled_installation.home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("<x/>", encoding="utf-8")
    path = tmp_path / "one.backup"
    made = filled_installation.json("backup", path)
    back = with_keys_of(filled_installation, empty_installation)
    back.run("restore", path)
    assert (back.home / "uploads" / "R-9" / "court.xml").read_text(encoding="utf-8") == "<x/>"
    assert not (back.home / "incoming" / "tmp1.upload").exists()
    assert made["ok"] is True


@pytest.mark.sqlite
def test_nothing_is_written_over_and_what_is_there_already_to_the_last_byte_is_no_hindrance(
    filled_installation: Installation, empty_installation: Installation, tmp_path: Path
) -> None:
    """The second is what a restoring that was killed leaves, and it is begun again."""
    back = with_keys_of(filled_installation, empty_installation)
    for home, words in ((filled_installation.home, "old"), (back.home, "new")):
        (home / "rejects").mkdir(parents=True, exist_ok=True)
        (home / "rejects" / "R-1.csv").write_text(words, encoding="utf-8")
    filled_installation.run("backup", tmp_path / "one.backup")
    said = refused(back, "restore", tmp_path / "one.backup")
    assert "nothing is written over" in said
    assert "R-1" not in said, "a file may be called after a person"
    assert (back.home / "rejects" / "R-1.csv").read_text(encoding="utf-8") == "new"
    assert not (back.home / "audit-heads").exists(), "nothing of it was put there"
    assert not (back.home / "craffu.sqlite3").exists()
    (back.home / "rejects" / "R-1.csv").write_text("old", encoding="utf-8")
    assert back.json("restore", tmp_path / "one.backup")["ok"] is True


@pytest.mark.sqlite
def test_where_a_file_cannot_be_put_it_says_so_in_a_line_and_nothing_of_it_stays(
    filled_installation: Installation, empty_installation: Installation, tmp_path: Path
) -> None:
    kept = filled_installation.home / "rejects" / "deep" / "kept.csv"
    kept.parent.mkdir(parents=True)
    kept.write_text("a", encoding="utf-8")
    filled_installation.run("backup", tmp_path / "one.backup")
    back = with_keys_of(filled_installation, empty_installation)
    (back.home / "rejects").mkdir()
    (back.home / "rejects" / "deep").write_text("a file where the folder should be", encoding="utf-8")
    assert "nothing of it was put there" in refused(back, "restore", tmp_path / "one.backup")
    assert files_in(back.home / "audit-heads") == []
    assert not (back.home / "craffu.sqlite3").exists()


@pytest.mark.sqlite
@pytest.mark.rule("SEC-09")
@pytest.mark.parametrize(
    "kind", [BACKING_UP, pytest.param(RESTORING, marks=pytest.mark.deep), pytest.param("", marks=pytest.mark.deep)]
)
def test_what_a_killed_command_left_is_said_by_check_and_removed_by_the_clock(
    filled_installation: Installation, kind: str
) -> None:
    """Whichever it was, and what an earlier release left too; that of one which still works is left alone."""
    here = filled_installation
    left, living = here.home / kind / "backup-abcd_123", here.home / kind / "backup-living12"
    for folder in (left, living):
        folder.mkdir(parents=True)
        (folder / "database").write_bytes(b"names of people")
    with held(living):
        (said,) = here.json("check", expect=1)["problems"]
        assert f"{left}: run `craffu tick`" in said
        here.run("tick")
        assert (left.exists(), living.exists()) == (False, True)
        assert here.json("check")["ok"] is True


@contextmanager
def held(folder: Path) -> Iterator[None]:
    mark = os.open(folder, os.O_RDONLY)
    fcntl.flock(mark, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(mark)
