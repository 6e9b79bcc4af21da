"""On PostgreSQL the tests work as the application does: under a role that owns no table and meets the wall between forces.

The database is made by its owner, who puts up the wall and gives the role what it needs, as `craffu migrate` does.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from craffu.access.wall.building import build_wall
from craffu.audit.roles import grant_application_role
from craffu.common.statistics import let_others_refresh

APPLICATION = "craffu_tests"
# Several workers at once ask for it.
_MADE = f"DO $$ BEGIN CREATE ROLE {APPLICATION}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"


def prepare() -> None:
    """Put up the wall in the database of the tests, and work as the application from now on."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(_MADE)
    build_wall()
    grant_application_role(APPLICATION)
    let_others_refresh(APPLICATION)
    become(APPLICATION)


def become(role: str | None) -> None:
    """Work as a role, or as the owner, over new connections. Outside any test."""
    if connection.vendor != "postgresql":
        return
    options = connection.settings_dict["OPTIONS"]
    options.pop("assume_role", None)
    if role:
        options["assume_role"] = role
    connection.close()


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside, over the connection there is, as the owner of the tables, who is a superuser and meets no wall."""
    assumed = connection.settings_dict["OPTIONS"].get("assume_role") if connection.vendor == "postgresql" else None
    if assumed is None:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        try:
            yield
        finally:
            if not (connection.in_atomic_block and connection.needs_rollback):
                cursor.execute(f"SET ROLE {assumed}")
