"""T39: a copy of the database that is not as it was written is found before anything is made of it, and a backup is of copies."""

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from craffu.common import keyring
from craffu.config.backups import databases, packing
from craffu.config.backups.databases import Counts, hold_whole
from craffu.config.backups.sealed import NotSealed, Opening
from craffu.config.cli import NotCarriedOut

pytestmark = [pytest.mark.rule("SEC-06")]

PAGE, HEAD = 4096, 8


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "database"
    with closing(sqlite3.connect(path)) as there, there:
        there.execute("CREATE TABLE kept (said TEXT NOT NULL)")
        there.executemany("INSERT INTO kept VALUES (?)", [("x" * 50,)] * 5_000)
    return path


def test_what_is_whole_passes(copy: Path) -> None:
    hold_whole(copy)


def test_a_page_that_says_where_no_row_is_is_found(copy: Path) -> None:
    content = bytearray(copy.read_bytes())
    content[30 * PAGE + HEAD : 30 * PAGE + HEAD + 32] = bytes(32)
    copy.write_bytes(content)
    with pytest.raises(NotCarriedOut, match="the copy of the database is damaged"):
        hold_whole(copy)


def test_what_is_no_database_any_more_is_found(copy: Path) -> None:
    copy.write_bytes(bytes(PAGE))
    with pytest.raises(NotCarriedOut, match="the copy of the database is damaged"):
        hold_whole(copy)


@pytest.fixture
def home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One with a file in each folder, and a database that is copied in no time."""
    settings.CRAFFU_HOME = tmp_path / "home"
    settings.CRAFFU_AUDIT_HEADS = tmp_path / "mount"
    for folder, name in ((where, name) for name, where in packing.folders().items()):
        folder.mkdir(parents=True)
        (folder / f"{name}.one").write_text("first", encoding="utf-8")
    monkeypatch.setattr(packing, "copy_into", copied())
    monkeypatch.setattr(packing, "hold_whole", lambda _copy: None)
    return tmp_path / "home"


def copied(meanwhile: Callable[[], object] = lambda: None) -> Callable[[Path], Counts]:
    def copy(target: Path) -> Counts:
        meanwhile()
        target.write_bytes(b"a database")
        return {}

    return copy


def packed(tmp_path: Path) -> dict[str, str]:
    """What a backup that says it is whole gives back, by name."""
    target = tmp_path / "one.backup"
    packing.pack(target, keyring.ring(), datetime(2026, 11, 24, 12, tzinfo=UTC))
    out = tmp_path / "out"
    with target.open("rb") as file:
        manifest = packing._take_out(Opening(file, keyring.ring()), out)
    return {name: (out / name).read_text(encoding="utf-8") for name in manifest["files"]}


def test_what_is_written_to_or_vanishes_while_it_is_sealed_leaves_the_backup_whole(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = packing._write
    where = packing.folders()

    def write(*given: Any) -> None:
        with (where["audit-heads"] / "audit-heads.one").open("a", encoding="utf-8") as file:
            file.write("second")
        (where["uploads"] / "uploads.one").unlink()
        real(*given)

    monkeypatch.setattr(packing, "_write", write)
    names = [f"{name}/{name}.one" for name in where]
    assert packed(tmp_path) == {"database": "a database", **dict.fromkeys(names, "first")}


def test_heads_and_files_that_come_after_the_database_was_copied_are_not_in_it(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are of rows that the copy lacks: a head would say that rows were lost, and files would be of no run."""
    where = packing.folders()

    def meanwhile() -> None:
        for folder in where.values():
            (folder / "later").write_text("later", encoding="utf-8")

    monkeypatch.setattr(packing, "copy_into", copied(meanwhile))
    assert [name for name in packed(tmp_path) if name.endswith("later")] == ["rejects/later", "digests/later"]


def test_a_file_that_vanishes_before_it_is_copied_is_not_in_it(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = packing.files_in
    gone = home / "rejects" / "rejects.one"

    def found(where: Path) -> list[Path]:
        names = real(where)
        if gone in names:
            gone.unlink()
        return names

    monkeypatch.setattr(packing, "files_in", found)
    assert sorted(packed(tmp_path)) == [
        "audit-heads/audit-heads.one", "database", "digests/digests.one", "uploads/uploads.one",
    ]  # fmt: skip


def test_a_folder_that_cannot_be_looked_into_is_said_and_no_backup_is_made(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = home / "rejects"
    (where / "rejects.one").unlink()
    where.rmdir()
    where.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(NotCarriedOut, match="what is kept cannot be copied"):
        packed(tmp_path)
    assert not (tmp_path / "one.backup").exists()


@pytest.fixture
def restored(home: Path, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Puts a backup into a home that is given, which has nothing of its own yet."""
    target = tmp_path / "one.backup"
    packing.pack(target, keyring.ring(), datetime(2026, 11, 24, 12, tzinfo=UTC))
    settings.CRAFFU_HOME = tmp_path / "anew"
    settings.CRAFFU_AUDIT_HEADS = tmp_path / "another-mount"
    monkeypatch.setattr(packing, "fill_from", lambda _source: {})

    def put() -> Path:
        packing.unpack(target, keyring.ring())
        return tmp_path / "anew"

    return put


@pytest.mark.rule("SEC-09")
def test_uploads_that_only_arrived_when_an_earlier_release_packed_them_are_left_out(
    home: Path, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the backup is restored all the same."""
    real = packing.folders
    monkeypatch.setattr(packing, "folders", lambda: {**real(), "incoming": settings.CRAFFU_HOME / "incoming"})
    monkeypatch.setattr(packing, "_BEFORE", ("audit-heads", "incoming"))
    (home / "incoming").mkdir()
    (home / "incoming" / "tmp1.upload").write_text("half", encoding="utf-8")
    assert "incoming/tmp1.upload" in packed(tmp_path)
    monkeypatch.setattr(packing, "folders", real)
    settings.CRAFFU_HOME = tmp_path / "anew"
    settings.CRAFFU_AUDIT_HEADS = tmp_path / "another-mount"
    monkeypatch.setattr(packing, "fill_from", lambda _source: {})
    packing.unpack(tmp_path / "one.backup", keyring.ring())
    assert packing.files_in(tmp_path / "anew" / "incoming") == []
    assert packing.files_in(tmp_path / "anew" / "rejects") != []


def test_a_folder_that_only_another_release_has_is_said(
    home: Path, restored: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = packing.folders
    monkeypatch.setattr(packing, "folders", lambda: {name: at for name, at in real().items() if name != "digests"})
    with pytest.raises(NotSealed, match="digests in it is no folder of this craffu"):
        restored()


def test_where_the_database_cannot_be_filled_nothing_of_the_rest_stays(
    home: Path, restored: Callable[[], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_source: Path) -> Counts:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(packing, "fill_from", full)
    with pytest.raises(OSError, match="No space left"):
        restored()
    assert packing.files_in(tmp_path / "anew") == packing.files_in(tmp_path / "another-mount") == []


def test_half_a_database_that_could_not_be_put_there_is_taken_for_none(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "anew.sqlite3"

    def half(_source: Path, to: Path) -> None:
        to.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(databases, "_sqlite_path", lambda: target)
    monkeypatch.setattr(databases.shutil, "move", half)
    with pytest.raises(OSError, match="No space left"):
        databases._fill_sqlite(copy)
    assert not target.exists()


def test_where_heads_are_kept_already_those_of_the_backup_are_not_put_there(
    home: Path, restored: Callable[[], Path], tmp_path: Path
) -> None:
    mount = tmp_path / "another-mount"
    mount.mkdir()
    (mount / "kept.heads").write_text("later", encoding="utf-8")
    back = restored()
    assert [one.name for one in mount.iterdir()] == ["kept.heads"]
    assert (back / "uploads" / "uploads.one").read_text(encoding="utf-8") == "first"


def test_heads_come_back_onto_another_machines_mount(
    home: Path, restored: Callable[[], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `check` asks for in production: no file is renamed from one mount to another."""
    mount = tmp_path / "another-mount"

    def within(one: Path, to: Path) -> None:
        if Path(to).is_relative_to(mount):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        os.link(one, to)
        os.unlink(one)

    for name in ("rename", "replace"):
        monkeypatch.setattr(os, name, within)
    restored()
    assert (mount / "audit-heads.one").read_text(encoding="utf-8") == "first"
