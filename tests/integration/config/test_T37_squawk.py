"""T37: what a linter of others' making says of the SQL by which a later migration changes a register on PostgreSQL.

It is no part of the usual environment: `uv pip install -r requirements/migration-linter.txt`.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.installation import ROOT, Installation
from tests.integration.config.test_T37_live_data import since

pytestmark = [pytest.mark.deep, pytest.mark.rule("SEC-05")]
SQUAWK = shutil.which("squawk", path=str(Path(sys.executable).parent)) or shutil.which("squawk")
# What it warns of and we do on purpose, with why.
OUR_WAY = {
    "prefer-text-field": "a length is a limit of what somebody may type; it is made longer in a release of its own",
    "prefer-bigint-over-int": "numbers of panels and tries: none comes near two thousand million",
    "require-lock-timeout": "`craffu migrate` sets one for all of them",
    "require-statement-timeout": "a step that was given its lock is let finish: what it takes is measured on a million rows",
}
# What it warns of in one migration, and why that is fine there.
HERE_ALONE = {
    (
        "scrutiny.0007_panels_and_splits",
        "ban-drop-constraint",
    ): "it comes back in the same transaction, with one kind more",
    (
        "scrutiny.0007_panels_and_splits",
        "constraint-missing-not-valid",
    ): "of a table with a row for each figure of a review",
}


def said(sql: str, folder: Path) -> set[str]:
    """The rules that it says are broken."""
    assert SQUAWK is not None
    path = folder / "one.sql"
    path.write_text(sql, encoding="utf-8")
    done = subprocess.run(
        [SQUAWK, "--pg-version", "15.0", "--reporter", "json", path], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return {one["rule_name"] for one in json.loads(done.stdout)}


@pytest.mark.skipif(SQUAWK is None, reason="the linter of migrations is not installed")
def test_T37_a_linter_of_others_finds_nothing_that_is_not_explained(
    empty_installation: Installation, tmp_path: Path
) -> None:
    if empty_installation.database_url.startswith("sqlite"):
        pytest.skip("it reads PostgreSQL's SQL")
    found = set()
    for step in since("v0_1", tmp_path / "release").values():
        done = subprocess.run(
            [sys.executable, "-m", "django", "sqlmigrate", step.app_label, step.name], cwd=ROOT, check=True,
            env=empty_installation.env | {"DJANGO_SETTINGS_MODULE": "craffu.config.settings"}, capture_output=True, text=True,
        )  # fmt: skip
        assert "CREATE TABLE" in done.stdout
        found |= {(str(step), rule) for rule in said(done.stdout, tmp_path)}
    assert {one for one in found if one[1] not in OUR_WAY} == set(HERE_ALONE)
    assert "ban-drop-column" in said("ALTER TABLE orders_order DROP COLUMN court;", tmp_path)
