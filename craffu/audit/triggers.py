"""The database's own refusal to change or remove a row of the log, and what it draws of each event (SEC-05, T11).

An event waits for its seal as soon as it is written. The index by record is drawn when it is sealed: a list names fifty
records, each at a place of its own in that index, which is no work for whoever waits for the page (ADR 124).

Kept as data, so that the migration that makes the triggers and the check that they still stand read the same text.
"""

from dataclasses import dataclass
from typing import Any

EVIDENCE = ("audit_event", "audit_eventreference", "audit_seal", "audit_head")

# What makes two rows of a table the same row to SQLite: INSERT OR REPLACE would remove the old one without telling.
SAME_ROW = {
    "audit_event": "id = NEW.id",
    "audit_eventreference": "ref = NEW.ref AND event_id = NEW.event_id",
    "audit_seal": "event_id = NEW.event_id OR (force = NEW.force AND position = NEW.position)",
    "audit_head": "id = NEW.id OR (force = NEW.force AND position = NEW.position)",
}


@dataclass(frozen=True, slots=True)
class Trigger:
    """`body` is what stands in the database's own catalogue: the whole statement on SQLite, the function on PostgreSQL."""

    name: str
    table: str
    body: str
    create: tuple[str, ...]
    drop: str
    always: bool = False


def _sqlite_trigger(name: str, table: str, when: str, what: str) -> Trigger:
    body = f"CREATE TRIGGER {name} {when} BEGIN {what}; END"
    return Trigger(name, table, body, (body,), f"DROP TRIGGER IF EXISTS {name}")


def _on_sqlite() -> list[Trigger]:
    triggers = []
    for table in EVIDENCE:
        refuse = f"SELECT RAISE(ABORT, '{table} only grows')"
        there = f"EXISTS (SELECT 1 FROM {table} WHERE {SAME_ROW[table]})"  # noqa: S608
        triggers += [
            _sqlite_trigger(f"{table}_no_update", table, f"BEFORE UPDATE ON {table}", refuse),
            _sqlite_trigger(f"{table}_no_delete", table, f"BEFORE DELETE ON {table}", refuse),
            _sqlite_trigger(f"{table}_no_replace", table, f"BEFORE INSERT ON {table} WHEN {there}", refuse),
        ]
    wait = "INSERT INTO audit_unsealed (event_id) VALUES (NEW.id)"
    # A row written by an earlier release was drawn at once.
    draw = (
        "INSERT INTO audit_eventreference (ref, event_id) "
        "SELECT said.value, e.id FROM audit_event e, json_each(e.payload, '$.refs') said WHERE e.id = NEW.event_id "
        "AND NOT EXISTS (SELECT 1 FROM audit_eventreference r WHERE r.ref = said.value AND r.event_id = e.id)"
    )
    triggers.append(_sqlite_trigger("audit_event_draw", "audit_event", "AFTER INSERT ON audit_event", wait))
    triggers.append(_sqlite_trigger("audit_seal_draw", "audit_seal", "AFTER INSERT ON audit_seal", draw))
    return triggers


REFUSE = " BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END "
WAIT = " BEGIN INSERT INTO audit_unsealed (event_id) SELECT id FROM added; RETURN NULL; END "
# A row written by an earlier release was drawn at once.
DRAW = (
    " BEGIN INSERT INTO audit_eventreference (ref, event_id)"
    " SELECT refs.value, added.event_id FROM added"
    " CROSS JOIN LATERAL (SELECT payload FROM audit_event WHERE id = added.event_id OFFSET 0) e,"
    " jsonb_array_elements_text(e.payload::jsonb -> 'refs') AS refs(value) ON CONFLICT DO NOTHING; RETURN NULL; END "
)


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body${body}$body$"


def _on_postgresql() -> list[Trigger]:
    triggers = []
    for table in EVIDENCE:
        name = f"{table}_only_grows"
        create = (
            _function("audit_refuse", REFUSE),
            f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
            # ALWAYS: otherwise it sleeps in a session that calls itself a replica.
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
        )
        triggers.append(Trigger(name, table, REFUSE, create, f"DROP TRIGGER IF EXISTS {name} ON {table}", always=True))
    for table, does, body in (("audit_event", "wait", WAIT), ("audit_seal", "draw", DRAW)):
        name = f"{table}_draw"
        made = f"CREATE TRIGGER {name} AFTER INSERT ON {table} REFERENCING NEW TABLE AS added"
        makes = (_function(f"audit_{does}", body), f"{made} FOR EACH STATEMENT EXECUTE FUNCTION audit_{does}()")
        triggers.append(Trigger(name, table, body, makes, f"DROP TRIGGER IF EXISTS {name} ON {table}"))
    return triggers


TRIGGERS = {"sqlite": _on_sqlite(), "postgresql": _on_postgresql()}

STANDING = {
    "sqlite": "SELECT name, sql, 'O' FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({tables})",
    "postgresql": (
        "SELECT t.tgname, p.prosrc, t.tgenabled::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
        "JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid) AND c.relname IN ({tables})"
    ),
}

# The columns of an event that are not drawn from its payload any more.
UNDRAWN = {
    "sqlite": "SELECT name FROM pragma_table_xinfo('audit_event') WHERE hidden NOT IN (2, 3) AND name NOT IN ('id', 'payload')",
    "postgresql": (
        "SELECT a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
        "WHERE c.relname = 'audit_event' AND pg_table_is_visible(c.oid) AND a.attnum > 0 AND NOT a.attisdropped "
        "AND a.attgenerated <> 's' AND a.attname NOT IN ('id', 'payload')"
    ),
}


def install(connection: Any) -> None:
    """Make every trigger of this kind of database. The tables must stand."""
    with connection.cursor() as cursor:
        for trigger in TRIGGERS[connection.vendor]:
            for statement in trigger.create:
                cursor.execute(statement, None)


def remove(connection: Any) -> None:
    """Take the triggers away: for undoing the migration, and for tests that need to tamper."""
    with connection.cursor() as cursor:
        for trigger in TRIGGERS[connection.vendor]:
            cursor.execute(trigger.drop, None)
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS audit_refuse(), audit_wait(), audit_draw()", None)


def problems(connection: Any) -> list[str]:
    """What no longer stands as it was made: a trigger gone, altered, asleep or strange, or a column cut from its payload."""
    due = {trigger.name: trigger for trigger in TRIGGERS[connection.vendor]}
    tables = ", ".join(f"'{table}'" for table in EVIDENCE)
    with connection.cursor() as cursor:
        cursor.execute(STANDING[connection.vendor].format(tables=tables), None)
        standing = {name: (body, enabled) for name, body, enabled in cursor.fetchall()}
        cursor.execute(UNDRAWN[connection.vendor], None)
        undrawn = sorted(name for (name,) in cursor.fetchall())
    found = [f"the trigger {name} of {due[name].table} is missing" for name in sorted(due.keys() - standing.keys())]
    found += [f"there is a trigger {name} that Craffu did not make" for name in sorted(standing.keys() - due.keys())]
    for name in sorted(due.keys() & standing.keys()):
        body, enabled = standing[name]
        wanted = {"sqlite": "O", "postgresql": "A" if due[name].always else "O"}[connection.vendor]
        if body != due[name].body:
            found.append(f"the trigger {name} of {due[name].table} was altered")
        elif enabled != wanted:
            found.append(f"the trigger {name} of {due[name].table} is switched off")
    return found + [f"the column {name} of audit_event is not drawn from its payload any more" for name in undrawn]
