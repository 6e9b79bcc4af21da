"""The file of signed heads outside the database: read whole, torn or tampered with, and added to."""

from pathlib import Path

import pytest

from craffu.audit.heads import SignedHead, append_heads, heads_file, read_heads

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
