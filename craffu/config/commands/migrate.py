"""`craffu migrate`: the database, the key ring, the force and the official code lists, brought up to date. Safe to repeat."""

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection

from craffu import access, published
from craffu.access.acting import acting_system
from craffu.access.actions import set_up_force
from craffu.access.models import Force
from craffu.access.wall.building import build_wall, ways_round_the_wall
from craffu.access.wall.reach import every_force, working_for
from craffu.audit.roles import grant_application_role
from craffu.common import keyring
from craffu.common.statistics import let_others_refresh
from craffu.config.cli import NotCarriedOut
from craffu.config.table_steps import bring_tables_to
from craffu.intake.running import take_in
from craffu.people.search.actions import rebuild
from craffu.people.search.queries import is_whole

FORCES = Path(access.__file__).parent / "reference" / "forces.csv"
CODES = Path(published.__file__).parent / "reference"
_WAITS_AT_MOST: Final = "2s"
# PostgreSQL's state of whatever gave up waiting for a lock.
_LOCK_NOT_GIVEN: Final = "55P03"


def run(args: argparse.Namespace) -> int:
    done = bring_up_to_date()
    print(
        json.dumps(done)
        if args.json
        else f"Up to date: {done['database']}, force {done['force']}, {done['codes']} codes"
    )
    return 0


def bring_up_to_date() -> dict[str, object]:
    """Everything an installation needs before its first page, and nothing that is there already."""
    settings.CRAFFU_HOME.mkdir(parents=True, exist_ok=True)
    settings.CRAFFU_INCOMING.mkdir(mode=0o700, exist_ok=True)
    if not settings.CRAFFU_KEYS.exists():
        keyring.create(settings.CRAFFU_KEYS)
        print(
            f"A new key ring was made: {settings.CRAFFU_KEYS}. Keep a copy where the database is not.", file=sys.stderr
        )
    try:
        with every_force("a migration is of every force's rows"), _waiting_briefly():
            bring_tables_to()
            _build_wall()
    except DatabaseError as fault:
        if getattr(fault.__cause__, "sqlstate", None) == _LOCK_NOT_GIVEN:
            raise NotCarriedOut(
                f"What has to change is in use, and was not given up within {_WAITS_AT_MOST}. No step is half done: run it again,"
                " or stop `craffu serve` and `craffu worker` before."
            ) from fault
        raise NotCarriedOut(f"The database cannot be brought up to date: {str(fault).splitlines()[0]}") from fault
    with every_force("the force may not be there yet"):
        force = set_up_force(**_home_force())
    with working_for(force.pk):
        codes = take_in(by=acting_system(force, "migrate"), kind="code-tables", paths=[CODES]).run
        complete_the_search(force)
    _grant_to_the_application()
    return {"database": connection.vendor, "force": force.code, "codes": codes.received}


@contextmanager
def _waiting_briefly() -> Iterator[None]:
    """Whoever asks after a step that waits for a lock waits behind it: so it waits briefly (T37)."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [_WAITS_AT_MOST])
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")


def _build_wall() -> None:
    """Between forces, where the database can keep one (SEC-01)."""
    if connection.vendor == "postgresql":
        build_wall()


def complete_the_search(force: Force) -> None:
    """Names that were stored before there was an index, or while it was gone, are found from now on."""
    if not is_whole(force.pk):
        with every_force("the index of the search holds every force's names"):
            rebuild()


def _grant_to_the_application() -> None:
    """Where pages are served under a role of their own, let it do the register's work, and nothing to the log (SEC-05)."""
    role = settings.CRAFFU_DATABASE_ROLE
    if not role:
        return
    if connection.vendor != "postgresql":
        raise NotCarriedOut("CRAFFU_DATABASE_ROLE is set, and SQLite has no roles: unset it, or set DATABASE_URL.")
    try:
        if problems := ways_round_the_wall(role):
            raise ValueError(f"the database role {role} {' and '.join(problems)}: use another")
        grant_application_role(role)
        let_others_refresh(role)
    except ValueError as fault:
        raise NotCarriedOut(f"CRAFFU_DATABASE_ROLE cannot be used: {fault}.") from fault
    except DatabaseError as fault:
        raise NotCarriedOut(
            f"The database role {role} cannot be given its rights: run `craffu migrate` as the owner of the tables "
            f"({str(fault).splitlines()[0]})"
        ) from fault


def _home_force() -> dict[str, str]:
    with FORCES.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["code"] == settings.CRAFFU_FORCE:
                return row
    raise NotCarriedOut(
        f"CRAFFU_FORCE is {settings.CRAFFU_FORCE!r}, which is not a code of access/reference/forces.csv."
    )
