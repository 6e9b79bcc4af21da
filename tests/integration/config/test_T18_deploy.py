"""T18: with production settings Django's own deployment check finds nothing, and a setting left out is said in one line."""

import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import WARNING, run_checks

from craffu.common import keyring

PRODUCTION = {
    "CRAFFU_MODE": "production",
    "CRAFFU_HOSTS": "craffu.example.police.uk",
    "CRAFFU_FORCE": "63",
    "CRAFFU_TLS_PROXY": "1",
    "DJANGO_SETTINGS_MODULE": "craffu.config.settings",
}
DEPLOY = ("-m", "django", "check", "--deploy", "--fail-level", "WARNING")
CHECK = ("-m", "craffu.config.cli", "check", "--json")


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    """The environment of a production installation that lacks nothing."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CRAFFU_", "DJANGO_"))}
    keyring.create(tmp_path / "keys" / "keyring.json")
    return {
        **kept,
        **PRODUCTION,
        "CRAFFU_HOME": str(tmp_path),
        "CRAFFU_SECRET_KEY": secrets.token_urlsafe(50),
        "CRAFFU_AUDIT_HEADS": str(tmp_path.parent / "heads"),
    }


def run(command: tuple[str, ...], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], env=env, capture_output=True, text=True, check=False)


def test_the_deployment_check_finds_nothing(production: dict[str, str]) -> None:
    done = run(DEPLOY, production)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.parametrize("weak", ["short", "a" * 60])
def test_a_weak_setting_is_found(settings: Any, weak: str) -> None:
    """By the same check, for which a warning is enough to fail."""

    def found() -> list[str]:
        said = run_checks(tags=["security"], include_deployment_checks=True)
        return [one.id for one in said if one.level >= WARNING and "SECRET_KEY" in one.msg]

    settings.SECRET_KEY = secrets.token_urlsafe(50)
    assert found() == []
    settings.SECRET_KEY = weak
    assert found() == ["security.W009"]


@pytest.mark.parametrize("name", ["CRAFFU_SECRET_KEY", "CRAFFU_HOSTS", "CRAFFU_FORCE"])
def test_a_setting_left_out_is_said_in_one_line(production: dict[str, str], name: str) -> None:
    del production[name]
    done = run(CHECK, production)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert name in done.stderr


def test_a_mode_that_does_not_exist_is_said_in_one_line(production: dict[str, str]) -> None:
    done = run(CHECK, {**production, "CRAFFU_MODE": "live"})
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "demo, test or production" in done.stderr
