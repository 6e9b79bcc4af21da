"""`craffu check`: is this installation fit to run. Every problem is one sentence that says what to do.

Settings, keys, database, clocks, migrations and the log's own protection (SEC-05, SEC-06); in production Django's deployment
check must be clean as well.
"""

import argparse
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from craffu.access.acting import acting_system
from craffu.access.factors.queries import factors_of
from craffu.access.models import Force
from craffu.access.provider import protocol
from craffu.access.provider.configuration import configuration
from craffu.access.provider.rules import NotAccepted
from craffu.access.queries import NoForce, find_user, home_force, rights_of
from craffu.access.restricted.queries import left_behind
from craffu.access.wall.building import open_tables, views_round_the_wall, ways_round_the_wall
from craffu.access.wall.reach import working_for
from craffu.audit.models import Event
from craffu.audit.queries import protection_problems, signature_holds, signed_heads
from craffu.audit.roles import current_role, powers_over_the_log
from craffu.audit.rules import instant_text
from craffu.clocks import bank_holidays, london
from craffu.common import clock, keyring
from craffu.common.own_folders import left_in
from craffu.config.cli import DONE, SOMETHING_AMISS
from craffu.config.demo.accounts import INVENTED_FORCES
from craffu.intake.linking.arriving import waiting_for_a_run
from craffu.linkage.arrivals.queries import basis_in_use, basis_of
from craffu.people.search.queries import is_whole
from craffu.published.models import CodeVersion

OWNER_ALONE = 0o077
LEAST_FREE_BYTES = 200 * 1024 * 1024
# SQLite's own numbers for `PRAGMA synchronous`.
FULL = 2
BUSY_MILLISECONDS = 5000
CLOCKS_MAY_DIFFER = timedelta(minutes=5)
HOLIDAYS_KNOWN_FOR = timedelta(days=60)


def run(args: argparse.Namespace) -> int:
    found = problems()
    if args.json:
        print(json.dumps({"ok": not found, "problems": found}, ensure_ascii=False))
    else:
        print("\n".join(found) or "This installation is fit to run.")
    return SOMETHING_AMISS if found else DONE


def problems() -> list[str]:
    """Everything that keeps this installation from running as promised."""
    found = [*disk(), *copies(), *key_ring(), *clocks(), *production()]
    try:
        waiting = list(migrations())
        looks = (
            (django_findings,)
            if waiting
            else (
                django_findings,
                identity_provider,
                database,
                application_role,
                wall,
                force,
                restricted,
                audit,
                linking,
                search,
            )
        )
        return [*found, *waiting, *(problem for look in looks for problem in look())]
    except DatabaseError:
        return [*found, "The database cannot be reached: check DATABASE_URL, and that it is running."]


def disk() -> Iterator[str]:
    """Whether what is kept can be written."""
    for what, folder in (("CRAFFU_HOME", settings.CRAFFU_HOME), ("CRAFFU_AUDIT_HEADS", settings.CRAFFU_AUDIT_HEADS)):
        standing = next(path for path in (Path(folder), *Path(folder).parents) if path.exists())
        try:
            with tempfile.TemporaryFile(dir=standing) as file:
                file.write(b"x")
                file.flush()
        except OSError as fault:
            yield f"{what} cannot be written ({fault.strerror}): check who owns {folder}."
        else:
            if shutil.disk_usage(standing).free < LEAST_FREE_BYTES:
                yield f"The disk of {what} is nearly full: make room before anything is lost."
    if settings.MODE != "test" and not (settings.STATIC_ROOT / "staticfiles.json").exists():
        yield "The styles and scripts are not there: run `bin/setup`."


def copies() -> Iterator[str]:
    """Whether a command that was killed left a copy of the register, with names of people in clear (SEC-09)."""
    for folder in left_in(settings.CRAFFU_HOME):
        yield f"A command that was killed left a copy of the register in clear in {folder}: run `craffu tick`, which removes it."


def key_ring() -> Iterator[str]:
    """Whether the keys are there, whole, and for their owner's eyes alone (SEC-06)."""
    path = Path(settings.CRAFFU_KEYS)
    try:
        ring = keyring.load(path)
        if ring.decrypt(ring.encrypt("proof", "check"), "check") != "proof":
            yield "The key ring does not open what it closed: restore it from your copy."
        if path.stat().st_mode & OWNER_ALONE:
            yield f"Others may read the key ring: run `chmod 600 {path}`."
    except ImproperlyConfigured as fault:
        yield str(fault)
    except (keyring.CannotDecrypt, KeyError, ValueError):
        yield "The key ring is not whole: restore it from your copy; do not make a new one."
    except OSError as fault:
        yield f"The key ring cannot be read ({fault.strerror}): check who owns {path}."


def search() -> Iterator[str]:
    """Whether people are found by their names: the first and the last that were stored."""
    try:
        here = home_force()
    except NoForce:
        return
    try:
        if not is_whole(here.pk):
            yield "The search does not know every name: run `craffu search rebuild`."
    except DatabaseError:
        yield "The index of the search is gone or cannot be read: run `craffu search rebuild`."


def production() -> Iterator[str]:
    """What a production installation must not be."""
    if not settings.PRODUCTION:
        return
    if settings.CRAFFU_FORCE in INVENTED_FORCES:
        yield f"CRAFFU_FORCE is {settings.CRAFFU_FORCE!r}, which stands for no force: set it to your force's code."
    if Path(settings.CRAFFU_AUDIT_HEADS).resolve().is_relative_to(settings.CRAFFU_HOME):
        yield "CRAFFU_AUDIT_HEADS lies beside the log it vouches for: set it to another machine's mount."


def django_findings() -> Iterator[str]:
    """What Django itself finds; in production, what it finds before a deployment too (T18)."""
    for message in run_checks(include_deployment_checks=settings.PRODUCTION):
        if message.level >= WARNING and not message.is_silenced():
            yield f"{message.id}: {message.msg}"


def identity_provider() -> Iterator[str]:
    """Whether the identity provider answers, and the one account that may do without it can (settings: Django's own check)."""
    here = configuration()
    if here is None:
        return
    try:
        protocol.known(here)
    except NotAccepted:
        yield (
            f"The identity provider {here.issuer} does not answer as one: check CRAFFU_OIDC_ISSUER to the letter, "
            "the network, and REQUESTS_CA_BUNDLE where its certificate is your own."
        )
    if settings.CRAFFU_FACTOR_REQUIRED and not here.contexts and not here.methods:
        yield "No value of acr or amr means a second factor, so nobody is signed in: set CRAFFU_OIDC_ACR or CRAFFU_OIDC_AMR."
    name = settings.CRAFFU_LOCAL_SIGN_IN
    if not name:
        return
    user = find_user(name)
    if user is None or "administrator" not in rights_of(user) or not user.has_usable_password():
        yield (
            f"CRAFFU_LOCAL_SIGN_IN names {name}, which is no administrator's account with a password: "
            "nobody could sign in on a day without the provider."
        )
    elif settings.CRAFFU_FACTOR_REQUIRED and not factors_of(user):
        yield f"The account {name}, kept for a day without the provider, has no second factor: sign in with it and set one up."


def clocks() -> Iterator[str]:
    """Whether local time and bank holidays can be worked out."""
    try:
        ZoneInfo(settings.TIME_ZONE)
    except ZoneInfoNotFoundError:
        yield "This machine has no time zone data: install its tzdata package."
        return
    if bank_holidays.is_provisional(london.day_of(clock.now()) + HOLIDAYS_KNOWN_FOR):
        known_to = bank_holidays.proclaimed().known_to
        yield f"Bank holidays are known until {known_to} only: install a newer Craffu, or clocks beyond it stay provisional."


def migrations() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield "The database is not up to date: run `craffu migrate`."


def database() -> Iterator[str]:
    """Whether the database keeps what it was told to keep."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            pragmas = {"journal_mode": "wal", "synchronous": FULL, "foreign_keys": 1}
            for name, wanted in pragmas.items():
                found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
                if found != wanted:
                    yield f"SQLite runs with {name} {found}, not {wanted}: leave DATABASES in the settings as it is."
            if cursor.execute("PRAGMA busy_timeout").fetchone()[0] < BUSY_MILLISECONDS:
                yield "SQLite gives up a busy database too soon: leave DATABASES in the settings as it is."
            if getattr(connection, "transaction_mode", None) != "IMMEDIATE":
                yield "SQLite starts transactions without the lock: leave DATABASES in the settings as it is."
            return
        cursor.execute("SHOW transaction_read_only")
        if cursor.fetchone()[0] == "on":
            yield (
                "PostgreSQL takes no writes here: it is a standby, or told to be read only. Promote it, or name in DATABASE_URL"
                " the server that takes them."
            )
        if settings.PRODUCTION:
            if not is_told_in_private(settings.DATABASES["default"]):
                yield "What is said to PostgreSQL could be listened to on its way: end DATABASE_URL with ?sslmode=verify-full."
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                cursor.execute(f"SHOW {name}")
                if cursor.fetchone()[0] == "off":
                    yield f"PostgreSQL runs with {name} off and may lose what it acknowledged: switch it on."


def is_told_in_private(database: Mapping[str, Any]) -> bool:
    """Whether the way to a database is this machine's own, or encrypted with the other end's certificate looked at."""
    host = str(database.get("HOST") or "")
    is_near = not host or host.startswith("/") or host in {"localhost", "127.0.0.1", "::1"}
    return is_near or database.get("OPTIONS", {}).get("sslmode") == "verify-full"


def application_role() -> Iterator[str]:
    """Whether the role pages are served under could change the log or walk round the wall between forces (SEC-01, SEC-05).

    Whoever owns a table may drop its triggers and its policies.

    In the demo and in tests one role does everything, unless another is named.
    """
    if connection.vendor != "postgresql" or not (settings.CRAFFU_DATABASE_ROLE or settings.PRODUCTION):
        return
    role = settings.CRAFFU_DATABASE_ROLE or current_role()
    what = "name another in CRAFFU_DATABASE_ROLE, run `craffu migrate` as the owner, and serve pages under it"
    for power in powers_over_the_log(role):
        yield f"The database role {role} {power}, so it could change the log: {what}."
    for way in ways_round_the_wall(role):
        yield f"The database role {role} {way}, so it could see other forces' records: {what}."


def wall() -> Iterator[str]:
    """Whether the database itself keeps forces apart, where it can (SEC-01)."""
    for table, what in open_tables().items():
        yield f"Nothing keeps forces apart in {table}: {what}. Run `craffu migrate` as the owner of the tables."
    for view in views_round_the_wall():
        yield f"The view {view} shows every force's records to whoever may read it: drop it, or make it security_invoker."


def force() -> Iterator[str]:
    try:
        home_force()
    except NoForce as fault:
        yield str(fault)
    if not CodeVersion.objects.exists():
        yield "There are no official code lists: run `craffu migrate`."


def restricted() -> Iterator[str]:
    """Whether somebody who works here can still open each restricted record (SEC-02)."""
    for force in Force.objects.all():
        with working_for(force.pk):
            for username, many in left_behind(force).items():
                yield (
                    f"Restricted records of {force.code} that nobody who works here can open: {many}, left by {username}."
                    f' Run `craffu user close {username} --reason "..." --hand-to SUPERVISOR`.'
                )


def linking() -> Iterator[str]:
    """Whether records that arrive are held against those there are (IDN-06)."""
    for force in Force.objects.all():
        with working_for(force.pk):
            by = acting_system(force, "check")
            if basis_of(by) is not None and basis_in_use(by) is None:
                yield (
                    f"Records that arrive at {force.code} are held against no other: what they would be held against was kept"
                    " under another key, or by another version. Run `craffu link run`."
                )
            elif waiting := waiting_for_a_run(by):
                yield (
                    f"{waiting:,} records that arrived at {force.code} are held against no other yet: so many are left to a run."
                    " Run `craffu link run`."
                )


def audit() -> Iterator[str]:
    """Whether the log still only grows, its last signed heads hold, and the clock was not set back behind it (SEC-05)."""
    for problem in protection_problems():
        yield f"The log is not protected: {problem}. Run `craffu audit verify`, and find out who did it."
    lasts: list[str] = []
    for force in Force.objects.all():
        with working_for(force.pk):
            heads = signed_heads().get(force.code)
            lasts += Event.objects.filter(force=force.code).order_by("-at").values_list("at", flat=True)[:1]
        if heads and not signature_holds(heads[-1]):
            yield f"The last signed head of {force.code} does not hold with this key ring: run `craffu audit verify`."
    last = max(lasts, default="")
    if last > instant_text(clock.now() + CLOCKS_MAY_DIFFER):
        yield f"This machine's clock is behind the log, whose last row is of {last}: set the clock."
