"""Pages are served under a database role that can only add to the log: `migrate` sets it up, `check` says when it cannot hold."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from craffu.config.commands import check
from tests.factories.extracts import everything
from tests.installation import Installation
from tests.roles import as_owner

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


@dataclass(frozen=True)
class AsApplication(WithRole):
    """The same, where pages and jobs reach the database under the role, and the owner has an address of its own."""

    owner_url: str = ""

    @property
    def env(self) -> dict[str, str]:
        under_role = f"{self.database_url}?options=-c%20role%3D{self.role}"
        return {**super().env, "DATABASE_URL": under_role, "CRAFFU_OWNER_DATABASE_URL": self.owner_url}


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
@pytest.mark.long
def test_migrate_gives_the_named_role_what_it_needs_and_no_more(with_role: WithRole) -> None:
    assert with_role.json("check", expect=0)["problems"] == []
    with_role.run("migrate")
    assert with_role.json("check") == {"ok": True, "problems": []}
    with psycopg.connect(with_role.database_url, autocommit=True) as database:
        database.execute(f"SET ROLE {with_role.role}")  # type: ignore[call-overload]
        assert database.execute("SELECT count(*) FROM audit_event").fetchone() == (0,)
        database.execute("SELECT set_config('app.force', id::text, false) FROM access_force")
        assert database.execute("SELECT count(*) > 0 FROM audit_event").fetchone() == (True,)
        database.execute("UPDATE access_force SET name_en = name_en")
        for refused in ("DELETE FROM audit_event", "DROP TRIGGER audit_event_only_grows ON audit_event"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                database.execute(refused)  # type: ignore[call-overload]


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.rule("SEC-01")
def test_T3_jobs_work_under_the_role_and_what_is_of_every_force_under_the_owner(
    with_role: WithRole, tmp_path: Path
) -> None:
    with_role.run("migrate")
    here = AsApplication(with_role.home, with_role.database_url, with_role.role, with_role.database_url)
    records = everything(tmp_path, "rms", people=2)
    assert here.json("intake", "rms", records)["created"] == 10
    assert here.json("intake", "rms", records, "--dry-run")["unchanged"] == 10
    assert here.digest() == with_role.digest()
    assert here.json("check") == {"ok": True, "problems": []}
    verified = here.json("audit", "verify")
    assert verified["ok"]
    assert verified["rows"] > 0
    without_owner = AsApplication(with_role.home, with_role.database_url, with_role.role)
    assert "CRAFFU_OWNER_DATABASE_URL" in without_owner.run("audit", "verify", expect=2).stderr


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.rule("SEC-01")
def test_T3_a_role_that_bypasses_the_wall_is_refused_and_check_says_where_the_wall_is_down(with_role: WithRole) -> None:
    with_role.execute("ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY")
    with_role.execute("CREATE VIEW every_case AS SELECT * FROM cases_case")
    with_role.execute("ALTER ROLE {role} BYPASSRLS")
    assert "bypasses row-level security" in with_role.run("migrate", expect=2).stderr
    with_role.execute("ALTER TABLE people_person DISABLE ROW LEVEL SECURITY")
    bypassed, down, view = with_role.json("check", expect=1)["problems"]
    assert "bypasses row-level security, so it could see other forces' records" in bypassed
    assert down.startswith("Nothing keeps forces apart in people_person")
    assert view.startswith("The view every_case shows every force's records")


@pytest.mark.postgres
@pytest.mark.django_db
def test_check_says_when_the_role_could_change_the_log(with_role: WithRole) -> None:
    with_role.execute("ALTER TABLE audit_event OWNER TO {role}")
    problem, _ = with_role.json("check", expect=1)["problems"]
    assert problem.startswith(f"The database role {with_role.role} owns 1 of the tables or may become their owner")
    assert "CRAFFU_DATABASE_ROLE" in problem


@pytest.mark.postgres_in_deep
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
    assert list(check.application_role()) == []
    with as_owner():
        (problem,) = check.application_role()
    assert "is a superuser" in problem


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has roles")
def test_a_role_on_sqlite_is_refused(installation: Installation) -> None:
    here = WithRole(installation.home, installation.database_url, "craffu_app")
    assert "SQLite has no roles" in here.run("migrate", expect=2).stderr
