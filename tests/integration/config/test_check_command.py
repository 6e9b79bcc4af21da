"""`craffu check` says that a fit installation is fit, and names each thing that keeps another from being so."""

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
import time_machine
from django.db import connection

from craffu.access.acting import Acting
from craffu.audit import triggers
from craffu.audit.sealing.actions import seal, sign_heads
from craffu.config.commands import check
from tests.installation import Installation


def problems(installation: Installation, *, anew: bool = False) -> list[str]:
    answer = json.loads(installation.run("check", "--json", expect=1, anew=anew).stdout)
    assert answer["ok"] is False
    assert set(answer) == {"ok", "problems"}
    found: list[str] = answer["problems"]
    return found


def test_a_fresh_installation_is_fit(installation: Installation) -> None:
    assert installation.json("check") == {"ok": True, "problems": []}
    assert installation.run("check", anew=True).stdout == "This installation is fit to run.\n"


def keys_of(installation: Installation) -> Path:
    return installation.home / "keys" / "keyring.json"


def others_may_read_the_keys(installation: Installation) -> None:
    keys_of(installation).chmod(0o644)


def the_keys_are_gone(installation: Installation) -> None:
    keys_of(installation).unlink()


def the_keys_are_torn(installation: Installation) -> None:
    keys_of(installation).write_text('{"current": "k1"}')


def a_key_is_too_short(installation: Installation) -> None:
    ring = json.loads(keys_of(installation).read_text())
    ring["keys"][ring["current"]] = "AAAA"
    keys_of(installation).write_text(json.dumps(ring))


def a_trigger_is_gone(installation: Installation) -> None:
    execute(installation, triggers.TRIGGERS[connection.vendor][0].drop)


def the_code_lists_are_gone(installation: Installation) -> None:
    execute(installation, "DELETE FROM published_codeversion")


def a_migration_waits(installation: Installation) -> None:
    execute(installation, "DELETE FROM django_migrations WHERE app = 'intake'")


def execute(installation: Installation, statement: str) -> None:
    if connection.vendor == "postgresql":
        with psycopg.connect(installation.database_url) as database:
            database.execute(statement)  # type: ignore[call-overload]
        return
    with sqlite3.connect(installation.home / "craffu.sqlite3") as file:
        file.execute(statement)
    file.close()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(others_may_read_the_keys, "chmod 600", marks=pytest.mark.deep),
        (the_keys_are_gone, "There is no key ring"),
        pytest.param(the_keys_are_torn, "key ring cannot be read", marks=pytest.mark.deep),
        pytest.param(a_key_is_too_short, "key ring is not whole", marks=pytest.mark.deep),
        (a_trigger_is_gone, "The log is not protected"),
        (the_code_lists_are_gone, "no official code lists"),
        (a_migration_waits, "craffu migrate"),
    ],
)
@pytest.mark.postgres_in_deep
@pytest.mark.rule("SEC-05")
@pytest.mark.rule("SEC-06")
def test_what_is_wrong_is_named(installation: Installation, spoil: Callable[[Installation], None], said: str) -> None:
    spoil(installation)
    found = problems(installation)
    assert len(found) == 1, found
    assert said in found[0]


def test_an_installation_that_was_never_set_up_is_told_what_to_do(tmp_path: Path) -> None:
    empty = Installation(tmp_path, f"sqlite:///{tmp_path / 'craffu.sqlite3'}")
    found = problems(empty)
    assert any("craffu migrate" in problem for problem in found)
    assert any("There is no key ring" in problem for problem in found)


def test_a_database_that_does_not_answer_is_named(installation: Installation) -> None:
    away = Installation(installation.home, "postgresql://craffu@127.0.0.1:1/craffu")
    assert problems(away, anew=True) == ["The database cannot be reached: check DATABASE_URL, and that it is running."]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="pragmas are SQLite's")
@pytest.mark.parametrize(
    ("pragma", "said"),
    [("synchronous=NORMAL", "synchronous"), ("busy_timeout=100", "too soon"), ("foreign_keys=OFF", "foreign_keys")],
)
def test_sqlite_keeps_what_it_promises(pragma: str, said: str) -> None:
    assert list(check.database()) == []
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
    found = list(check.database())
    connection.close()
    assert len(found) == 1
    assert said in found[0]


@pytest.mark.rule("SEC-05")
def test_a_clock_set_back_behind_the_log_is_named(system: Acting) -> None:
    assert not [problem for problem in check.audit() if "clock" in problem]
    with time_machine.travel(datetime.now(UTC) - timedelta(hours=1), tick=False):
        assert [problem for problem in check.audit() if "set the clock" in problem]


@pytest.mark.rule("SEC-05")
@pytest.mark.django_db(transaction=True)
def test_a_head_that_another_key_signed_is_named(system: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    seal(force=system.force.code)
    assert sign_heads()
    assert list(check.audit()) == []
    monkeypatch.setattr(check, "signature_holds", lambda head: False)
    assert [problem for problem in check.audit() if "signed head" in problem]


def test_bank_holidays_that_end_soon_are_named() -> None:
    assert list(check.clocks()) == []
    with time_machine.travel(datetime(2040, 1, 1, tzinfo=UTC), tick=False):
        assert [problem for problem in check.clocks() if "Bank holidays" in problem]


@pytest.mark.parametrize(
    ("name", "value", "said"), [("CRAFFU_FORCE", "demo", "no force"), ("CRAFFU_AUDIT_HEADS", None, "heads")]
)
def test_production_is_no_demo(settings: object, tmp_path: Path, name: str, value: str | None, said: str) -> None:
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    settings.CRAFFU_HOME = tmp_path  # type: ignore[attr-defined]
    settings.CRAFFU_FORCE = "63"  # type: ignore[attr-defined]
    settings.CRAFFU_AUDIT_HEADS = tmp_path.parent / "elsewhere"  # type: ignore[attr-defined]
    assert list(check.production()) == []
    setattr(settings, name, value or tmp_path / "heads")
    found = list(check.production())
    assert len(found) == 1
    assert name in found[0]


@pytest.mark.postgres
def test_a_server_that_takes_no_writes_is_named(installation: Installation) -> None:
    """As a standby says of itself, which nobody has promoted."""
    here = Installation(
        installation.home, f"{installation.database_url}?options=-c%20default_transaction_read_only%3Don"
    )
    (said,) = problems(here)
    assert said.startswith("PostgreSQL takes no writes here: it is a standby")
