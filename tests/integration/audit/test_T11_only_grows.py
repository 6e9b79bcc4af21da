"""T11: no way to change or remove a row of the log, and a guard that was taken away is reported at once (SEC-05)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F

from craffu.access.wall.reach import working_for
from craffu.audit import queries, triggers
from craffu.audit.models import Event, EventReference, Head, Seal
from craffu.audit.roles import current_role, grant_application_role, powers_over_the_log
from craffu.audit.sealing import actions as sealing
from tests.integration.audit.conftest import NINE, check_foreign_keys_now, write

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-05")]

ROLE = "craffu_test_application"
TABLES: dict[str, Any] = {model._meta.db_table: model for model in (Event, EventReference, Seal, Head)}
COLUMN = {
    "audit_event": "payload",
    "audit_eventreference": "ref",
    "audit_seal": "hash",
    "audit_head": "signature",
}
ROW = {
    "audit_event": ("id, payload", "id", "id, payload"),
    "audit_eventreference": ("ref, event_id", "ref, event_id", "ref, event_id"),
    "audit_seal": ("event_id, force, position, hash", "event_id", "event_id, force, position, 'forged'"),
    "audit_head": ("id, force, position, hash, at, signature", "id", "id, force, position, 'forged', at, signature"),
}
ALTERED = (
    "UPDATE {table} SET {column} = {column} || ' '",
    "UPDATE {table} SET {column} = {column}",
    "UPDATE {table} SET {column} = {column} || ' ' WHERE {column} = (SELECT min({column}) FROM {table})",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE {column} = (SELECT max({column}) FROM {table})",
    "INSERT INTO {table} ({row}) SELECT {forged} FROM {table} WHERE true"
    " ON CONFLICT ({key}) DO UPDATE SET {column} = 'x'",
)
ALTERED_BY_VENDOR = {
    "sqlite": (
        "INSERT OR REPLACE INTO {table} ({row}) SELECT {forged} FROM {table}",
        "REPLACE INTO {table} ({row}) SELECT {forged} FROM {table}",
        "UPDATE OR REPLACE {table} SET {column} = {column} || ' '",
        "WITH one AS (SELECT 1) DELETE FROM {table} WHERE 1 IN one",
    ),
    "postgresql": (
        "TRUNCATE {table} CASCADE",
        "WITH gone AS (DELETE FROM {table} RETURNING 1) SELECT count(*) FROM gone",
        "SET LOCAL session_replication_role = replica; UPDATE {table} SET {column} = {column}",
        "SET LOCAL session_replication_role = replica; DELETE FROM {table}",
    ),
}
WEAKENED = {
    "sqlite": (
        (
            "the trigger audit_seal_no_delete of audit_seal was altered",
            (
                "DROP TRIGGER audit_seal_no_delete",
                "CREATE TRIGGER audit_seal_no_delete BEFORE DELETE ON audit_seal BEGIN SELECT 1; END",
            ),
        ),
        (
            "there is a trigger quiet that Craffu did not make",
            ("CREATE TRIGGER quiet AFTER INSERT ON audit_event BEGIN SELECT 1; END",),
        ),
        (
            "the column request of audit_event is not drawn from its payload any more",
            ("ALTER TABLE audit_event DROP COLUMN request", "ALTER TABLE audit_event ADD COLUMN request text"),
        ),
    ),
    "postgresql": (
        (
            "the trigger audit_event_only_grows of audit_event was altered",
            ("CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",),
        ),
        (
            "the trigger audit_seal_only_grows of audit_seal is switched off",
            ("ALTER TABLE audit_seal DISABLE TRIGGER audit_seal_only_grows",),
        ),
        (
            "the trigger audit_seal_only_grows of audit_seal is switched off",
            ("ALTER TABLE audit_seal ENABLE REPLICA TRIGGER audit_seal_only_grows",),
        ),
        (
            "there is a trigger quiet that Craffu did not make",
            ("CREATE TRIGGER quiet AFTER INSERT ON audit_event EXECUTE FUNCTION audit_refuse()",),
        ),
        (
            "the column request of audit_event is not drawn from its payload any more",
            ("ALTER TABLE audit_event ALTER COLUMN request DROP EXPRESSION",),
        ),
    ),
}


@pytest.fixture(autouse=True)
def log() -> None:
    write(3)
    sealing.seal()
    sealing.sign_heads(now=NINE)
    check_foreign_keys_now()


def held() -> dict[str, list[str]]:
    return {table: sorted(map(str, model.objects.values_list())) for table, model in TABLES.items()}


def refused(sql: str, why: str = "only grows") -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, None)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", [*ALTERED, *ALTERED_BY_VENDOR[connection.vendor]])
def test_T11_every_statement_that_would_change_or_remove_a_row_is_refused(statement: str, table: str) -> None:
    before = held()
    row, key, forged = ROW[table]
    refused(statement.format(table=table, column=COLUMN[table], row=row, key=key, forged=forged))
    assert held() == before


def test_T11_a_row_cannot_be_put_in_the_place_of_another() -> None:
    before = held()
    in_place = "only grows|duplicate key"
    for verb in ("INSERT", "REPLACE") if connection.vendor == "sqlite" else ("INSERT",):
        refused(f"{verb} INTO audit_seal (event_id, force, position, hash) VALUES (999, 'demo', 1, 'x')", in_place)
        refused(
            f"{verb} INTO audit_head (id, force, position, hash, at, signature) VALUES (999, 'demo', 3, 'x', 'x', 'x')",
            in_place,
        )
    assert held() == before


@pytest.mark.parametrize("model", TABLES.values(), ids=TABLES)
def test_T11_the_orm_is_refused_even_past_our_own_classes(model: Any) -> None:
    before = held()
    rows: models.QuerySet[Any] = models.QuerySet(model)
    changes: list[Callable[[], object]] = [
        lambda: rows.update(**{COLUMN[model._meta.db_table]: F(COLUMN[model._meta.db_table])}),
        lambda: rows._raw_delete("default"),
    ]
    for change in changes:
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            change()
    assert held() == before


def test_T11_columns_cannot_be_written_apart_from_their_payload() -> None:
    refused("INSERT INTO audit_event (payload, actor) SELECT payload, 'somebody else' FROM audit_event", "actor")


@pytest.mark.parametrize("trigger", triggers.TRIGGERS[connection.vendor], ids=lambda trigger: trigger.name)
def test_T11_a_dropped_trigger_is_reported_at_once(trigger: triggers.Trigger) -> None:
    assert queries.protection_problems() == []
    with connection.cursor() as cursor:
        cursor.execute(trigger.drop, None)
    found = queries.verify()
    assert not found.ok
    assert found.problems == (f"the trigger {trigger.name} of {trigger.table} is missing",)


@pytest.mark.parametrize(("problem", "statements"), WEAKENED[connection.vendor])
def test_T11_a_guard_that_was_weakened_is_reported_at_once(problem: str, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, None)
    assert problem in queries.verify().problems


@pytest.fixture
def as_application() -> Iterator[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        grant_application_role(ROLE)
        cursor.execute(
            "INSERT INTO access_force (code, name_en, name_cy, controller) VALUES ('demo', '', '', '') RETURNING id"
        )
        (force,) = cursor.fetchone()
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        with working_for(force):
            yield cursor
        cursor.execute("RESET ROLE")


@pytest.mark.postgres
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET {column} = {column}",
        "DELETE FROM {table}",
        "TRUNCATE {table} CASCADE",
        "DROP TRIGGER {table}_only_grows ON {table}",
        "ALTER TABLE {table} DISABLE TRIGGER {table}_only_grows",
        "ALTER TABLE {table} DISABLE TRIGGER ALL",
        "ALTER TABLE {table} OWNER TO CURRENT_USER",
        "ALTER TABLE {table} RENAME TO gone",
        "CREATE TRIGGER quiet BEFORE INSERT ON {table} EXECUTE FUNCTION audit_refuse()",
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "DROP FUNCTION audit_refuse() CASCADE",
        "DROP TABLE {table} CASCADE",
        "SET LOCAL session_replication_role = replica",
        "SELECT * FROM {table} FOR UPDATE",
    ],
)
def test_T11_the_application_role_can_neither_change_the_log_nor_switch_its_guards_off(
    as_application: Any, statement: str, table: str
) -> None:
    refused(
        statement.format(table=table, column=COLUMN[table]), "permission denied|must be owner|must be able to SET ROLE"
    )


@pytest.mark.postgres
def test_T11_the_application_role_can_do_its_work(as_application: Any) -> None:
    write(4, start=3)
    assert sealing.seal() == 4
    assert len(sealing.sign_heads(now=NINE)) == 1
    assert queries.events_about("order/O-1", force="demo").count() == 7
    assert queries.verify().ok


@pytest.mark.postgres
def test_T11_a_role_that_no_grant_could_hold_is_refused() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (owner,) = cursor.fetchone()
        assert current_role() == owner
        cursor.execute("CREATE ROLE craffu_test_superuser SUPERUSER")
        with pytest.raises(ValueError, match="is a superuser"):
            grant_application_role("craffu_test_superuser")
        with pytest.raises(ValueError, match="does not exist"):
            grant_application_role("nobody_at_all")
        cursor.execute("CREATE ROLE craffu_test_plain_owner")
        cursor.execute(f"CREATE ROLE {ROLE} IN ROLE craffu_test_plain_owner")
        cursor.execute("ALTER TABLE audit_seal OWNER TO craffu_test_plain_owner")
        with pytest.raises(ValueError, match="owns 1 of the tables or may become their owner, the first is audit_seal"):
            grant_application_role(ROLE)


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("given", "power"),
    [
        ("GRANT UPDATE (payload) ON audit_event TO {role}", "may change audit_event or put triggers on it"),
        ("GRANT TRIGGER ON audit_seal TO {role}", "may change audit_seal or put triggers on it"),
        (
            "GRANT TRUNCATE ON audit_head, audit_seal TO {role}",
            "may change audit_head, audit_seal or put triggers on it",
        ),
        ("GRANT DELETE ON audit_eventreference TO PUBLIC", "may change audit_eventreference or put triggers on it"),
        ("ALTER SCHEMA public OWNER TO {role}", "owns the schema and may drop every table in it"),
        (
            "ALTER TABLE access_force OWNER TO {role}",
            "owns 1 of the tables or may become their owner, the first is access_force",
        ),
        ("ALTER ROLE {role} SUPERUSER", "is a superuser"),
    ],
)
def test_T11_every_power_a_role_has_over_the_log_is_named(given: str, power: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        grant_application_role(ROLE)
        assert powers_over_the_log(ROLE) == []
        cursor.execute(given.format(role=ROLE))
        assert powers_over_the_log(ROLE) == [power]


@pytest.mark.postgres
def test_T11_a_role_that_everybody_s_rights_let_change_the_log_is_refused() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        cursor.execute("GRANT DELETE ON audit_seal TO PUBLIC")
    with pytest.raises(ValueError, match="may change audit_seal"):
        grant_application_role(ROLE)


@pytest.mark.django_db(transaction=True)
def test_T11_undoing_the_migration_takes_the_triggers_away_and_doing_it_again_brings_them_back() -> None:
    triggers.remove(connection)
    assert len(queries.protection_problems()) == len(triggers.TRIGGERS[connection.vendor])
    triggers.install(connection)
    assert queries.protection_problems() == []
