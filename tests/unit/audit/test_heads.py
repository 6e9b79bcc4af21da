"""The file of signed heads outside the database: read whole, torn or tampered with, and added to."""

import os
import stat
from pathlib import Path

import pytest

from craffu.audit.heads import SignedHead, append_heads, head_text, heads_file, read_heads

HEADS = [SignedHead("demo", place, f"{place:064x}", "2026-11-24T09:00:00.000000Z", "a" * 64) for place in (1, 2, 3)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return heads_file(tmp_path / "heads", "demo")


@pytest.mark.rule("SEC-05")
def test_what_was_added_is_read_back_in_order(path: Path) -> None:
    assert read_heads(path) == ([], [])
    append_heads(path, HEADS[:1])
    append_heads(path, HEADS[1:])
    assert path.name == "demo.heads"
    assert read_heads(path) == (HEADS, [])


def test_a_line_torn_by_a_power_cut_is_forgiven_before_and_after_it_is_written_again(path: Path) -> None:
    append_heads(path, HEADS)
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    assert read_heads(path) == (HEADS[:2], [])
    append_heads(path, HEADS[2:])
    assert read_heads(path) == (HEADS, [])


@pytest.mark.parametrize("line", [b"", b"[]", b"{}", b'{"force":1}', b"\xff\xfe", b'"text"'])
def test_a_line_that_is_no_head_is_named(path: Path, line: bytes) -> None:
    append_heads(path, HEADS[:1])
    path.write_bytes(path.read_bytes() + line + b"\n")
    append_heads(path, HEADS[1:])
    assert read_heads(path) == (HEADS, [2])


def test_a_position_that_is_no_number_is_no_head(path: Path) -> None:
    append_heads(path, HEADS[:1])
    path.write_bytes(path.read_bytes().replace(b'"position":1', b'"position":"1"'))
    assert read_heads(path) == ([], [1])


@pytest.mark.rule("SEC-05")
def test_what_is_signed_names_the_force_the_place_the_hash_and_the_time() -> None:
    """A signature is checked over this text for as long as there are heads: it never changes."""
    text = '{"at":"2026-11-24T09:00:00.000000Z","force":"demo","hash":"' + HEADS[1].hash + '","position":2}'
    assert HEADS[1].signed_text() == head_text("demo", 2, HEADS[1].hash, HEADS[1].at) == text


@pytest.mark.rule("SEC-05")
def test_heads_are_on_the_disk_and_a_new_file_is_in_its_folder_when_they_are_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    sync = os.fsync

    def noted(descriptor: int) -> None:
        synced.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    path = heads_file(tmp_path / "kept" / "elsewhere", "demo")
    append_heads(path, HEADS[:1])
    assert synced == ["file", "folder"]
    append_heads(path, HEADS[1:])
    assert synced == ["file", "folder", "file"]
    assert read_heads(path) == (HEADS, [])


def test_a_file_that_is_there_and_empty_is_begun_with_a_head_and_not_with_a_blank_line(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    append_heads(path, HEADS[:1])
    assert path.read_bytes().startswith(b'{"at"')
    assert path.read_bytes().count(b"\n") == 1
