"""Pages are served under a database role that can only add to the log: `migrate` sets it up, `check` says when it cannot hold."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from django.db import connection

from craffu.config.commands import check
from tests.installation import Installation

pytestmark = pytest.mark.rule("SEC-05")


@dataclass(frozen=True)
class WithRole(Installation):
    """An installation whose pages are served under a role."""

    role: str = ""

    @property
    def env(self) -> dict[str, str]:
        return {**super().env, "CRAFFU_DATABASE_ROLE": self.role}

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.database_url, autocommit=True) as database:
            database.execute(statement.format(role=self.role))  # type: ignore[call-overload]


@pytest.fixture
def with_role(installation: Installation) -> Iterator[WithRole]:
    here = WithRole(installation.home, installation.database_url, f"craffu_test_{uuid.uuid4().hex[:12]}")
    here.execute("CREATE ROLE {role}")
    yield here
    here.execute("REASSIGN OWNED BY {role} TO CURRENT_USER")
    here.execute("DROP OWNED BY {role}")
    here.execute("DROP ROLE {role}")


@pytest.mark.postgres
@pytest.mark.django_db
def test_migrate_gives_the_named_role_what_it_needs_and_no_more(with_role: WithRole) -> None:
    assert with_role.json("check", expect=0)["problems"] == []
    with_role.run("migrate")
    assert with_role.json("check") == {"ok": True, "problems": []}
    with psycopg.connect(with_role.database_url, autocommit=True) as database:
        database.execute(f"SET ROLE {with_role.role}")  # type: ignore[call-overload]
        assert database.execute("SELECT count(*) > 0 FROM audit_event").fetchone() == (True,)
        database.execute("UPDATE access_force SET name_en = name_en")
        for refused in ("DELETE FROM audit_event", "DROP TRIGGER audit_event_only_grows ON audit_event"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                database.execute(refused)  # type: ignore[call-overload]


@pytest.mark.postgres
@pytest.mark.django_db
def test_check_says_when_the_role_could_change_the_log(with_role: WithRole) -> None:
    with_role.execute("ALTER TABLE audit_event OWNER TO {role}")
    (problem,) = with_role.json("check", expect=1)["problems"]
    assert problem.startswith(f"The database role {with_role.role} owns 1 of the tables or may become their owner")
    assert "CRAFFU_DATABASE_ROLE" in problem


@pytest.mark.postgres
@pytest.mark.django_db
def test_migrate_refuses_a_role_that_no_grant_could_hold(with_role: WithRole) -> None:
    with_role.execute("ALTER ROLE {role} SUPERUSER")
    assert "is a superuser" in with_role.run("migrate", expect=2).stderr
    absent = WithRole(with_role.home, with_role.database_url, "nobody_at_all")
    assert "does not exist" in absent.run("migrate", expect=2).stderr


@pytest.mark.postgres
@pytest.mark.django_db
def test_in_production_the_role_at_work_is_looked_at(settings: object) -> None:
    assert list(check.application_role()) == []
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    (problem,) = check.application_role()
    assert "is a superuser" in problem


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has roles")
def test_a_role_on_sqlite_is_refused(installation: Installation) -> None:
    here = WithRole(installation.home, installation.database_url, "craffu_app")
    assert "SQLite has no roles" in here.run("migrate", expect=2).stderr
