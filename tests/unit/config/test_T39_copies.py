"""T39: a copy of the database that is not as it was written is found before anything is made of it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from craffu.config.backups.databases import hold_whole
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
