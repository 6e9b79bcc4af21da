"""The layers of pyproject.toml, for the checks of what the linter cannot see: keys, migrations, models."""

import functools
import tomllib
from typing import Any

from tests.architecture.source import ROOT


@functools.cache
def contracts() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    return found


@functools.cache
def ranks() -> dict[str, int]:
    """Each package with its layer, the lowest at 0; packages of one line share it."""
    lines = next(contract["layers"] for contract in contracts() if contract["type"] == "layers")
    return {name.strip(" ()"): rank for rank, line in enumerate(reversed(lines)) for name in line.split("|")}


def points_up(package: str, target: str) -> bool:
    """Whether `package` would depend on a package that stands above it, or beside it."""
    return package != target and ranks()[target] >= ranks()[package]
