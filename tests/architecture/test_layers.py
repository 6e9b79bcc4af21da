"""Packages import only what stands below them, one door leads to each engine, and rules stay pure (house, section 1)."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.layers import contracts, ranks
from tests.architecture.source import ROOT

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, "-P", "-c", LINT, "--no-cache"],
        cwd=folder, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip


def named(contract: dict[str, Any]) -> list[str]:
    """Our modules that a contract names, which must stand for it to be read."""
    names = [*contract.get("source_modules", ()), *contract.get("forbidden_modules", ())]
    return [name for name in names if name.startswith("craffu.")]


def small_craffu(folder: Path) -> None:
    """A tree of empty packages under the project's own contracts."""
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    for package in ("", *ranks()):
        (folder / "craffu" / package).mkdir()
        (folder / "craffu" / package / "__init__.py").touch()
    for module in {name for contract in contracts() for name in named(contract)}:
        path = folder / module.replace(".", "/")
        if not path.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            (path.parent / "__init__.py").touch()
            path.with_suffix(".py").touch()


def test_the_layers_are_kept() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_empty_tree_keeps_the_layers(tmp_path: Path) -> None:
    small_craffu(tmp_path)
    done = lint(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("common/models.py", "import craffu.people"),
        ("web/views.py", "import craffu.api"),
        ("intake/actions.py", "import craffu.web"),
        ("cases/actions.py", "import craffu.config"),
        ("helpers/__init__.py", ""),
        ("cases/queries.py", "import duckdb"),
        ("people/queries.py", "import polars"),
        ("cases/rules.py", "import django"),
        ("clocks/days.py", "import craffu.common.clock"),
    ],
)
def test_a_broken_layer_is_found(tmp_path: Path, module: str, line: str) -> None:
    small_craffu(tmp_path)
    path = tmp_path / "craffu" / module
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{line}\n")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout
