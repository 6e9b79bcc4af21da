"""SEC-09: a copy of the register that somebody works on is gone with whoever worked on it, however that ended."""

import subprocess
import sys
from pathlib import Path

import pytest

from craffu.common.own_folders import BACKING_UP, DRY_RUNS, left_in, own_folder, remove_left

pytestmark = [pytest.mark.rule("SEC-09")]

_HOLDS = """
import sys, time
from pathlib import Path
from craffu.common.own_folders import own_folder
with own_folder(Path(sys.argv[1])) as folder:
    (folder / "database").write_text("names of people")
    print(folder, flush=True)
    time.sleep(600)
"""


def test_one_whose_process_was_killed_is_removed_and_one_whose_process_lives_is_not(tmp_path: Path) -> None:
    root = tmp_path / BACKING_UP
    with subprocess.Popen([sys.executable, "-c", _HOLDS, str(root)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        theirs = Path(other.stdout.readline().strip())
        with own_folder(root) as ours:
            assert left_in(tmp_path) == []
            remove_left(tmp_path)
            assert sorted(root.iterdir()) == sorted([theirs, ours])
        other.kill()
    assert left_in(tmp_path) == [theirs]
    with own_folder(root) as ours:
        assert [*root.iterdir()] == [ours], "the next one removes it"
    assert [*root.iterdir()] == []


def test_it_is_gone_after_a_fault_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    root = tmp_path / DRY_RUNS
    modes = []

    def breaks() -> None:
        with own_folder(root) as ours:
            modes.extend(one.stat().st_mode & 0o777 for one in (root, ours))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks()
    assert modes == [0o700, 0o700]
    assert [*root.iterdir()] == []


def test_what_an_earlier_release_left_beside_the_database_is_removed_and_nothing_else_that_is_called_so(
    tmp_path: Path,
) -> None:
    copy, backups = tmp_path / "backup-abcd_123", tmp_path / "backup-of_a_day"
    later = tmp_path / "copies" / "tmp1"
    for folder, name in ((copy, "database"), (backups, "one.craffu"), (later, "database")):
        folder.mkdir(parents=True)
        (folder / name).write_text("kept")
    assert left_in(tmp_path) == [later, copy]
    remove_left(tmp_path)
    assert sorted(tmp_path.iterdir()) == [backups, later.parent]
    assert [*later.parent.iterdir()] == []


def test_where_nothing_is_there_nothing_is_left(tmp_path: Path) -> None:
    assert left_in(tmp_path / "none") == []
