"""The role a PostgreSQL installation should serve pages under: it may add to the log and read it, and nothing else (T11).

The owner of a table can always switch its triggers off, so the application must not own the log (SEC-05).
"""

from django.db import connection, transaction

from craffu.audit.triggers import EVIDENCE

# A schema's owner may drop the tables in it, whoever owns them.
MASTERS = """
    SELECT role.rolsuper,
        ARRAY(
            SELECT c.relname FROM pg_class c
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
                AND pg_has_role(role.oid, c.relowner, 'MEMBER') ORDER BY c.relname
        ),
        EXISTS (
            SELECT 1 FROM pg_namespace n
            WHERE n.oid = current_schema()::regnamespace AND pg_has_role(role.oid, n.nspowner, 'MEMBER')
        ),
        ARRAY(
            SELECT c.relname FROM pg_class c
            WHERE c.relname = ANY(%s) AND c.relnamespace = current_schema()::regnamespace
                AND (
                    has_table_privilege(role.oid, c.oid, 'DELETE, TRUNCATE, TRIGGER')
                    OR has_any_column_privilege(role.oid, c.oid, 'UPDATE')
                )
            ORDER BY c.relname
        )
    FROM pg_roles role WHERE role.rolname = %s
"""


def current_role() -> str:
    """The database role this process works under."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def powers_over_the_log(role: str) -> list[str]:
    """Why the role could change the log or switch its guards off, each a clause that follows its name; none is right."""
    with connection.cursor() as cursor:
        cursor.execute(MASTERS, [list(EVIDENCE), role])
        found = cursor.fetchone()
    if found is None:
        return ["does not exist"]
    superuser, owned, owns_schema, writable = found
    if superuser:
        return ["is a superuser"]
    powers = []
    if owned:
        powers.append(f"owns {len(owned)} of the tables or may become their owner, the first is {owned[0]}")
    if owns_schema:
        powers.append("owns the schema and may drop every table in it")
    if writable and not owned:
        powers.append(f"may change {', '.join(writable)} or put triggers on it")
    return powers


@transaction.atomic
def grant_application_role(role: str) -> None:
    """Let `role` do the register's work on every table there is now, and only read and add to the log.

    Run by the owner after each migration. A role that is absent, a superuser or a member of the owner is refused with
    ValueError, because no grant could hold it; so is one that another role lets change the log.
    """
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(current_schema()), EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s)", [role]
        )
        schema, exists = cursor.fetchone()
        if exists:
            cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {quoted}")
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {quoted}")
            cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {quoted}")
            cursor.execute(f"REVOKE ALL ON {', '.join(EVIDENCE)} FROM {quoted}")
            cursor.execute(f"GRANT SELECT, INSERT ON {', '.join(EVIDENCE)} TO {quoted}")
    if powers := powers_over_the_log(role):
        raise ValueError(f"the database role {role} {' and '.join(powers)}: use another")
