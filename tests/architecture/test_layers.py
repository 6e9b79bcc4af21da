"""Packages import only what stands below them, one door leads to each engine, and rules stay pure (house, section 1)."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from craffu.config import cli
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


def test_packages_with_tables_are_installed_from_the_lowest_up() -> None:
    """A command that goes no higher than one of them loads those before it."""
    packages = [name.removeprefix("craffu.") for name in settings.CRAFFU_PACKAGES]
    assert [ranks()[one] for one in packages] == sorted(ranks()[one] for one in packages)
    assert settings.INSTALLED_APPS[: len(packages)] == settings.CRAFFU_PACKAGES
    with_tables = {path.parent.name for path in (ROOT / "craffu").glob("*/migrations")}
    assert with_tables <= set(packages)


WHAT_IS_LOADED = """
import importlib, json, sys
from craffu.config import cli
command = next(one for one in cli.COMMANDS if one.name == sys.argv[1])
# Some ask for a word more, which nothing here reads.
args = cli.parser().parse_args([*sys.argv[1:], *(["P-10001"] if "history" in sys.argv else [])])
cli._start_django(as_owner=False, up_to=command.up_to[args.action])
importlib.import_module(f"craffu.config.commands.{command.module_of(args)}")
from django.apps import apps
print(json.dumps([sorted(sys.modules), [one.name for one in apps.get_app_configs()], len(apps._pending_operations)]))
"""


@pytest.mark.parametrize(
    ("command", "action", "highest"),
    [(one.name, action, highest) for one in cli.COMMANDS for action, highest in one.up_to.items()],
)
def test_a_command_that_goes_so_high_loads_nothing_above(
    command: str, action: str, highest: str, tmp_path: Path
) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "CRAFFU_MODE": "test", "CRAFFU_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-P", "-c", WHAT_IS_LOADED, command, action],
        cwd=ROOT, env=env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    modules, installed, pending = json.loads(done.stdout)
    ours = {name.split(".")[1] for name in modules if name.startswith("craffu.")} - {"config"}
    assert max(ours, key=lambda one: ranks()[one]) == highest
    assert [name.removeprefix("craffu.") for name in installed][-1] == highest
    assert pending == 0, "a model of theirs waits for one above"
