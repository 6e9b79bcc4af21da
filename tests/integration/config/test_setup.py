"""A copy of the project, without git and in a folder with a space in its name, sets itself up once and starts at once after."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import ROOT

BUILT = shutil.ignore_patterns(".git", ".venv", "build", "node_modules", "var", "*.mo", "__pycache__", ".*_cache")
DEMO = ("bin/demo", "--no-serve", "--json", "--people", "3")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("fresh") / "a copy"
    shutil.copytree(ROOT, folder, ignore=BUILT)
    yield folder
    shutil.rmtree(folder)


def run(folder: Path, *command: str, expect: int = 0) -> subprocess.CompletedProcess[str]:
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("CRAFFU_", "DATABASE_URL", "DJANGO_"))
    }
    done = subprocess.run(
        [folder / command[0], *command[1:]],
        check=False, cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == expect, done.stdout + done.stderr
    return done


@pytest.mark.deep
def test_a_fresh_copy_sets_itself_up_once(copied: Path) -> None:
    first = json.loads(run(copied, *DEMO).stdout)
    assert first["people"] >= 3
    started = time.monotonic()
    assert run(copied, "bin/setup").stderr == ""
    assert time.monotonic() - started < 1
    again = json.loads(run(copied, *DEMO).stdout)
    assert time.monotonic() - started < 10
    assert (again["people"], again["cases"]) == (first["people"], first["cases"])


@pytest.mark.deep
def test_what_changed_is_done_again_and_no_more(copied: Path) -> None:
    run(copied, "bin/setup")
    style = copied / "craffu" / "web" / "static" / "craffu.css"
    style.write_text(style.read_text() + "\n.changed { color: inherit; }\n")
    assert run(copied, "bin/setup").stderr == "setup: collecting the static files\n"
    assert any("changed" in path.read_text() for path in (copied / "build" / "static").glob("craffu.*.css"))
    shutil.rmtree(copied / ".venv")
    assert run(copied, "bin/craffu", "version").stdout.startswith("craffu ")


@pytest.mark.deep
def test_a_lock_that_names_what_does_not_exist_is_said_in_one_line(copied: Path) -> None:
    run(copied, "bin/setup")
    lock = copied / "requirements" / "dev.txt"
    whole = lock.read_text()
    lock.write_text(whole.replace("\ndjango==", "\ndjango==99."))
    try:
        assert run(copied, "bin/setup", expect=2).stderr.splitlines()[-1].startswith("setup: the packages cannot be")
    finally:
        lock.write_text(whole)
