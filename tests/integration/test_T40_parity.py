"""T40: the same script of operations leaves the same register and the same pages on SQLite and on PostgreSQL."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import templates
from tests.installation import ROOT, Installation, sqlite_installation

FEW, DEEP_MESSAGES = 14, (60, 4_000)


def operate(installation: Installation, folder: Path, count: int) -> dict[str, Any]:
    folder.mkdir(exist_ok=True)
    env = {**installation.env, "DJANGO_SETTINGS_MODULE": "craffu.config.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.parity", str(folder), str(count)],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.postgres
@pytest.mark.long
@pytest.mark.parametrize("count", [FEW, *(pytest.param(many, marks=pytest.mark.deep) for many in DEEP_MESSAGES)])
def test_T40_one_script_leaves_one_register_and_one_set_of_pages_on_both_databases(
    count: int, installation: Installation, tmp_path: Path
) -> None:
    twin = sqlite_installation(tmp_path / "twin")
    shutil.copytree(installation.home / "keys", twin.home / "keys")
    templates.copy_twin(twin.home)
    twin.run("migrate")
    ours, theirs = (operate(one, tmp_path / "inbox", count) for one in (twin, installation))
    assert ours["operations"] >= count
    assert ours["parked"]
    assert ours["tables"] == theirs["tables"]
    assert ours["snapshot"] == theirs["snapshot"]
    assert all(ours["snapshot"]["rows"][name] for name in ("people", "orders", "notifications", "stages"))
    assert len(ours["pages"]) > (20 if count == FEW else 100)
    assert all(page.startswith("200") for page in ours["pages"].values())
    assert list(ours["pages"]) == list(theirs["pages"])
    for path, page in ours["pages"].items():
        assert page.splitlines() == theirs["pages"][path].splitlines(), path
