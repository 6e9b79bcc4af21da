"""T36: a disk that takes nothing any more is said to whoever sends; what was acknowledged is there, and nothing is half there.

The disk is a small one of the test's own where the machine lets it make one: SQLite's home, or where a PostgreSQL of the test's
own keeps the log and the requests. A power cut is not made: that what is acknowledged was put on the disk before is read from
what the process asked of the system.
"""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests import postgres
from tests.installation import ROOT, Installation, copy_sqlite

# What a page that is sent writes, and what each look writes.
WRITTEN = ("access_rightsrequest", "access_rightsstep", "audit_event", "audit_eventreference", "audit_unsealed")
pytestmark = [pytest.mark.sqlite, pytest.mark.slow, pytest.mark.rule("SEC-04", "SEC-05")]
# Once there is a file called `fails`, and before one called `mended` is, nothing that is told the disk comes to it.
SHIM = """
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include <dlfcn.h>
static int fails(void) { return access(getenv("FAILS"), F_OK) == 0 && access(getenv("MENDED"), F_OK) != 0; }
int fdatasync(int fd) {
    if (fails()) { errno = EIO; return -1; }
    return ((int (*)(int)) dlsym(RTLD_NEXT, "fdatasync"))(fd);
}
int fsync(int fd) {
    if (fails()) { errno = EIO; return -1; }
    return ((int (*)(int)) dlsym(RTLD_NEXT, "fsync"))(fd);
}
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "small", "size=64m") as folder:
        yield folder


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    folder.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", options, "none", folder], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("the machine does not let this account make a small disk")
    try:
        yield folder
    finally:
        # Whoever still has a file open on it does not keep it in the way.
        subprocess.run(["umount", "-l", folder], check=True)


def asked(here: Installation, *job: str, **more: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "tests.concurrency.room", *job], env=here.env | more, cwd=ROOT, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def told_and_whole(here: Installation, found: Any, *, at_least: int) -> None:
    """Everything was answered in words; what was acknowledged, and no more, is there with its step and its row of the log."""
    said = found["said"]
    (status, page) = said["sent"]
    assert status == 507, page
    assert "Craffu cannot save anything at the moment" in page
    assert "What you sent just now was not saved" in re.sub(r"\s+", " ", page)
    assert (said["sent again"], said["read"], said["with room"]) == ([507], [507], [302])
    assert said["program"][0] == 507
    assert json.loads(said["program"][1])["code"] == "insufficient_storage"
    assert "nothing was saved" in json.loads(said["program"][1])["detail"]
    assert len(found["acknowledged"]) >= at_least
    told = sorted(found["acknowledged"])
    there = asked(here, "tally")
    assert (there["requests"], there["with_step"]) == (told, told)
    assert set(told) <= set(there["logged"])
    if here.database_url.startswith("sqlite"):
        with closing(sqlite3.connect(here.home / "craffu.sqlite3")) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert there["log_is_whole"]


def test_T36_a_full_disk_is_said_and_takes_nothing_back(prepared: Installation, small_disk: Path) -> None:
    here = copy_sqlite(prepared, small_disk / "home")
    told_and_whole(here, asked(here, "full"), at_least=3)
    room = os.statvfs(here.home)
    (here.home / "ballast").write_bytes(b"x" * room.f_bavail * room.f_frsize)
    done = here.run("area", "add", "north", "--en", "North", "--cy", "Gogledd", expect=2)
    assert done.stderr.count("\n") == 1, done.stderr
    assert "the disk is full" in done.stderr


@pytest.mark.deep
def test_T36_what_postgresql_keeps_on_a_full_disk_is_said_and_takes_nothing_back(tmp_path: Path) -> None:
    programs = postgres.system_programs()
    if programs is None:
        pytest.skip("the machine has no PostgreSQL of its own, whose tables could be put on a small disk")
    with postgres.cluster(programs, postgres.DURABLE) as own:
        whose = f",uid={own.owner['user']},gid={own.owner['group']},mode=700" if own.owner else ""
        with mounted(own.folder / "small", f"size=16m{whose}") as small:
            here = Installation(tmp_path / "home", own.url)
            here.run("migrate", timeout=600)
            with psycopg.connect(own.url, autocommit=True) as owner:
                owner.execute(f"CREATE TABLESPACE small LOCATION '{small}'")
                for table in WRITTEN:
                    owner.execute(f"ALTER TABLE {table} SET TABLESPACE small")
            told_and_whole(here, asked(here, "full", SMALL_DISK=str(small)), at_least=3)
            own.stop()
            own.start()
            assert asked(here, "tally")["log_is_whole"]
            own.stop()


@pytest.mark.deep
def test_T36_so_is_one_whose_files_may_not_grow(installation: Installation) -> None:
    told_and_whole(installation, asked(installation, "short"), at_least=2)


@pytest.mark.deep
def test_T36_so_is_one_that_does_not_keep_what_is_written(installation: Installation) -> None:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("the machine has no compiler for what stands before the system's library")
    # What is loaded before all else is parted by spaces, which the folder of a test may have in its name.
    with tempfile.TemporaryDirectory(prefix="craffu-shim-") as folder:
        shim = Path(folder) / "shim.so"
        shim.with_suffix(".c").write_text(SHIM, encoding="utf-8")
        subprocess.run([compiler, "-shared", "-fPIC", "-o", shim, shim.with_suffix(".c"), "-ldl"], check=True)
        more = {
            "LD_PRELOAD": str(shim), "FAILS": str(installation.home / "fails"),
            "MENDED": str(installation.home / "mended"),
        }  # fmt: skip
        told_and_whole(installation, asked(installation, "failing", **more), at_least=2)


def test_T36_what_is_acknowledged_was_put_on_the_disk_before(installation: Installation, tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("the machine has no strace")
    calls = tmp_path / "calls"
    done = subprocess.run(
        [
            strace, "-f", "--seccomp-bpf", "-y", "-qq", "-e", "trace=pwrite64,write,fsync,fdatasync", "-o", calls,
            sys.executable, "-m", "tests.concurrency.busy", "acknowledge", "t", "20",
        ],
        env=installation.env, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    said = done.stdout.split()
    assert len(set(said)) == 20
    assert unsafe(calls.read_text(encoding="utf-8").splitlines(), said) == []


def unsafe(calls: list[str], said: list[str]) -> list[str]:
    """What was said while something of it was written to the log of writes and not yet put on the disk, or never written."""
    found, seen, is_written, is_kept = [], set(), False, False
    for call in calls:
        if "-wal>" in call and "pwrite64(" in call:
            is_written, is_kept = True, False
        elif "-wal>" in call and "sync(" in call:
            is_kept = is_written
        elif match := re.search(r'write\(1<.*"(probe/R-[0-9]+)', call):
            one = match.group(1)
            seen.add(one)
            if one in said and not is_kept:
                found.append(one)
            is_written = is_kept = False
    return found + sorted(set(said) - seen)


def test_T36_one_that_was_said_too_early_is_found() -> None:
    wrote, kept = 'pwrite64(5</x/craffu.sqlite3-wal>, "")', "fdatasync(5</x/craffu.sqlite3-wal>)"
    told = 'write(1<pipe>, "probe/R-1\\n"'
    assert unsafe([wrote, kept, told], ["probe/R-1"]) == []
    for early in ([wrote, told, kept], [kept, told], [wrote, kept, wrote, told], [wrote, kept]):
        assert unsafe(early, ["probe/R-1"]) == ["probe/R-1"]
