"""The role a PostgreSQL installation should serve pages under: it may add to the log and read it, and nothing else (T11).

The owner of a table can always switch its triggers off, so the application must not own the log (SEC-05).
"""

from django.db import connection, transaction

from craffu.audit.triggers import EVIDENCE

OWNS = """
    SELECT role.rolsuper OR EXISTS (
        SELECT 1 FROM pg_class c
        WHERE c.relname = ANY(%s) AND pg_table_is_visible(c.oid) AND pg_has_role(role.oid, c.relowner, 'MEMBER')
    ) FROM pg_roles role WHERE role.rolname = %s
"""


@transaction.atomic
def grant_application_role(role: str) -> None:
    """Let `role` do the register's work on every table there is now, and only read and add to the log.

    Run by the owner after each migration. A role that is absent, a superuser or a member of the owner is refused,
    because no grant could hold it.
    """
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute(OWNS, [list(EVIDENCE), role])
        answer = cursor.fetchone()
        if answer is None:
            raise ValueError(f"there is no database role {role}")
        if answer[0]:
            raise ValueError(f"the database role {role} owns the log or may become its owner: use another")
        cursor.execute("SELECT quote_ident(current_schema())")
        (schema,) = cursor.fetchone()
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {quoted}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {quoted}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {quoted}")
        cursor.execute(f"REVOKE ALL ON {', '.join(EVIDENCE)} FROM {quoted}")
        cursor.execute(f"GRANT SELECT, INSERT ON {', '.join(EVIDENCE)} TO {quoted}")
