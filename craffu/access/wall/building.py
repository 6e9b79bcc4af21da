"""Builds the wall on PostgreSQL, says where it does not stand as it should, and who could walk round it (SEC-01; ADR 20).

`craffu migrate` builds it after every migration; what stands already is left alone, so nobody waits for a lock.
"""

from typing import Any

from django.db import connection, transaction

from craffu.access.wall.tables import Policy, behind_the_wall

TABLES = """
    SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity FROM pg_class c
    WHERE c.relname = ANY(%s) AND c.relnamespace = current_schema()::regnamespace
"""
# Whoever a policy is for: everybody is noted as 0.
POLICIES = """
    SELECT c.relname, p.polname, p.polcmd::text, p.polpermissive,
        CASE WHEN p.polroles = '{0}' THEN 'all' WHEN p.polroles = ARRAY[c.relowner] THEN 'owner' ELSE 'others' END,
        pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
    WHERE c.relname = ANY(%s) AND c.relnamespace = current_schema()::regnamespace
"""
POWERS = """
    SELECT role.rolname FROM pg_roles role
    JOIN pg_roles asked ON asked.rolname = %s AND pg_has_role(asked.oid, role.oid, 'MEMBER')
    WHERE role.rolbypassrls AND NOT role.rolsuper ORDER BY role.rolname
"""
# A view reads as its owner, unless it says that it reads as whoever asks; a materialized one was read already.
VIEWS = """
    SELECT DISTINCT v.relname FROM pg_depend d
    JOIN pg_rewrite r ON r.oid = d.objid JOIN pg_class v ON v.oid = r.ev_class JOIN pg_class t ON t.oid = d.refobjid
    LEFT JOIN pg_roles o ON o.oid = v.relowner AND (o.rolsuper OR o.rolbypassrls)
    WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND v.oid <> t.oid
        AND t.relname = ANY(%s) AND t.relnamespace = current_schema()::regnamespace
        AND (v.relkind = 'm'
            OR o.oid IS NOT NULL AND NOT coalesce(v.reloptions && '{security_invoker=true,security_invoker=on}', false))
"""
OWNED = """
    SELECT bool_and(pg_has_role(c.relowner, 'USAGE')) FROM pg_class c
    WHERE c.relname = ANY(%s) AND c.relnamespace = current_schema()::regnamespace
"""
COMMANDS = {"*": "ALL", "r": "SELECT"}

type Standing = tuple[str, str, bool, str, str, str]


def _wanted(policy: Policy) -> Standing:
    checked = policy.using if policy.command == "ALL" else ""
    whose = "owner" if policy.for_owner else "all"
    return (policy.name, policy.command, True, whose, policy.using, checked)


def _standing(cursor: Any, tables: list[str]) -> dict[str, set[Standing]]:
    cursor.execute(POLICIES, [tables])
    found: dict[str, set[Standing]] = {table: set() for table in tables}
    for table, name, command, permissive, whose, using, checked in cursor.fetchall():
        said = (" ".join((text or "").split()) for text in (using, checked))
        found[table].add((name, COMMANDS.get(command, command), permissive, whose, *said))
    return found


def open_tables() -> dict[str, str]:
    """The tables before which the wall does not stand as it should, each with what is wrong."""
    if connection.vendor != "postgresql":
        return {}
    wanted = behind_the_wall()
    tables = sorted(wanted)
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [tables])
        forced = dict(cursor.fetchall())
        standing = _standing(cursor, tables)
    found = {}
    for table in tables:
        if not forced.get(table):
            found[table] = "row-level security is not switched on, or not for its owner"
        elif standing[table] != {_wanted(policy) for policy in wanted[table]}:
            found[table] = "its policies are not those that Craffu made"
    return found


def views_round_the_wall() -> list[str]:
    """Views through which rows behind the wall are seen by whoever may read the view. Craffu makes none."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(VIEWS, [sorted(behind_the_wall())])
        return sorted(view for (view,) in cursor.fetchall())


@transaction.atomic
def build_wall() -> int:
    """Put the wall where it does not stand as it should; how many tables that were. Run by the tables' owner."""
    found = open_tables()
    wanted = behind_the_wall()
    with connection.cursor() as cursor:
        standing = _standing(cursor, sorted(found)) if found else {}
        for table in found:
            quoted = connection.ops.quote_name(table)
            for name, *_ in standing[table]:
                cursor.execute(f"DROP POLICY {connection.ops.quote_name(name)} ON {quoted}")
            for policy in wanted[table]:
                cursor.execute(_created(quoted, policy))
            cursor.execute(f"ALTER TABLE {quoted} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    return len(found)


def _created(table: str, policy: Policy) -> str:
    checked = f" WITH CHECK {policy.using}" if policy.command == "ALL" else ""
    whose = "CURRENT_USER" if policy.for_owner else "PUBLIC"
    return f"CREATE POLICY {policy.name} ON {table} FOR {policy.command} TO {whose} USING {policy.using}{checked}"


def reaches_every_force() -> bool:
    """Whether this process is shown all forces' rows if it asks: it works as the tables' owner, or there is no wall."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(OWNED, [sorted(behind_the_wall())])
        (owns,) = cursor.fetchone()
    return bool(owns)


def ways_round_the_wall(role: str) -> list[str]:
    """Why a database role would not be held by the wall, each a clause that follows its name. Owners are another check's."""
    with connection.cursor() as cursor:
        cursor.execute(POWERS, [role])
        return [
            "bypasses row-level security" if name == role else f"may become {name}, which bypasses row-level security"
            for (name,) in cursor.fetchall()
        ]
