"""What every test can ask for: a force, people with rights, a signed-in client, a clock that stands still, shared data.

The network is closed, each test that uses the database has a home of its own, and the log, which the database itself
refuses to empty, is emptied only here.
"""

import csv
import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import time_machine as time_travel
from _pytest import runner
from django.db import connection, transaction
from django.test import Client, TransactionTestCase

from craffu import published
from craffu.access.acting import Acting, acting_system
from craffu.access.factors.rules import Proof
from craffu.access.models import Force, User
from craffu.access.queries import acting_user
from craffu.access.sessions.actions import begin_session, confirm_session
from craffu.access.sessions.queries import TERMS
from craffu.access.wall.reach import working_for
from craffu.audit import triggers
from craffu.common import statistics
from craffu.people.search.actions import forget
from craffu.people.search.tables import index
from craffu.web.access.ways import ACCEPTED
from tests import environment, network, roles, shared, templates, worlds

environment.prepare()
network.close()
# How quick an example is says how busy the machine is.
hypothesis.settings.register_profile("craffu", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("craffu")

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"
CODES = Path(published.__file__).parent / "reference"
# What the tests' own messages name of the lists that are long.
LONG_LISTS = {
    "court": {"B63IE", "B63WS"},
    "psa": {"3252"},
    "result": {"1002", "1116", "3047", "3307", "4027"},
    "result-qualifier": {"A", "B", "C"},
}
# A Wednesday in winter time, so that London and UTC agree unless a test says otherwise.
A_MOMENT = datetime(2026, 1, 14, 10, 30, tzinfo=UTC)
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
INSTALLED = "prepared"
# What Django makes after migrating, from the models alone.
ALWAYS_THERE = {"django_content_type", "auth_permission"}
# Java compiles what it runs again and again, with time to spare, for a gain that a few hundred records never see: two thirds of
# what Spark takes for them. Spark itself writes programs for what it is asked and compiles those: a third of the rest.
QUICKLY_STARTED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dspark.sql.codegen.factoryMode=NO_CODEGEN"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_OPTIONS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--deep", action="store_true", help="also run the tests that take long")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "postgres_smoke: a browser test that also runs on PostgreSQL")
    if not config.getoption("--deep"):
        os.environ.setdefault("SPARK_SUBMIT_OPTS", QUICKLY_STARTED)


def pytest_sessionstart() -> None:
    """What was loaded stays, and needs not be gone through for garbage again and again: some of each test's time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _with_room(call: Callable[..., bool], *given: Any) -> bool:
    return call(*given)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What an engine is asked is put into its words once, where whoever tests has loaded what does: of a few rows that takes
    longer than the answer, and each snapshot of one day is asked the same of every measure."""
    if (writing := sys.modules.get("ibis")) is not None and not hasattr(writing.to_sql, "known"):
        writing.to_sql = _written_once(writing.to_sql)


def _written_once(write: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[Any, Any] = {}

    def written(question: Any, dialect: str) -> Any:
        key = (question.op(), dialect)
        if key not in known:
            known[key] = write(question, dialect=dialect)
        return known[key]

    written.known = known  # type: ignore[attr-defined]
    return written


# Python keeps its frames in pieces of 16 KB and gives the last one back as soon as it is empty, so a test at whose depth one
# ends asks the system for it at every call: a tenth of the time of pages. A frame this large is in a piece of 1 MB.
_with_room.__code__ = _with_room.__code__.replace(co_stacksize=70_000)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    return _with_room(runner.pytest_runtest_protocol, item, nextitem)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    worlds.only_what_is_asked_for(item)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        shared.drop_all(session.config._tmp_path_factory.getbasetemp())


def pytest_itemcollected(item: pytest.Item) -> None:
    """Whatever begins with a world works behind a savepoint of its own, as every test of a database does."""
    if worlds.LOWEST not in getattr(item, "fixturenames", ()):
        return
    if item.path.is_relative_to(ROOT / "tests" / "unit"):
        raise pytest.UsageError(f"{item.nodeid} asks for a world, which is in a database: no pure test has one")
    marked = item.get_closest_marker("django_db")
    if marked is None:
        item.add_marker("django_db")
    elif marked.kwargs.get("transaction"):
        raise pytest.UsageError(f"{item.nodeid} commits what it writes, and so begins with no world")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = {item for item in items if _is_left_out(item, deep=config.getoption("--deep"))}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def _is_left_out(item: pytest.Item, *, deep: bool) -> bool:
    """Whether a test is too long for now, or says nothing on this database that it does not say on the other."""
    if item.get_closest_marker("deep") and not deep:
        return True
    if connection.vendor == "sqlite":
        return item.get_closest_marker("postgres") is not None
    if item.get_closest_marker("postgres_in_deep") and not deep:
        return True
    return item.get_closest_marker("sqlite") is not None or not _asks_a_database(item)


def _asks_a_database(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(name) is not None for name in ("django_db", "postgres"))
    return marked or bool((DATABASE_FIXTURES | {INSTALLED}) & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, django_db_keepdb: bool) -> bool:
    """A worker's database is a copy of one that has been brought up to date, where the run made one."""
    return templates.use() or django_db_keepdb


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """On PostgreSQL every test works as the application does, unless it says that it is the owner."""
    with django_db_blocker.unblock():
        roles.prepare()
    yield
    with django_db_blocker.unblock():
        roles.become(None)


@pytest.fixture(scope="module")
def owner_of_the_tables(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For a whole module of tests: on PostgreSQL they work as the owner, who is a superuser and meets no wall."""
    with django_db_blocker.unblock():
        roles.become(None)
    yield
    with django_db_blocker.unblock():
        roles.become(roles.APPLICATION)


def _empty_with_the_log_unlocked(_case: TransactionTestCase) -> None:
    with roles.as_owner():
        triggers.remove(connection)
        try:
            _empty()
            index().wipe()
            forget()
        finally:
            triggers.install(connection)


def _empty() -> None:
    """Take every row out of the tables that have any.

    Django's own way makes the files of all tables anew, on PostgreSQL some thousands, and then what it had made after migrating.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What refers to a row that goes is going too.
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_which_have_rows())
        for (table,) in cursor.fetchall():
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608  # our own tables


@cache
def _which_have_rows() -> str:
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - ALWAYS_THERE
    asked = (f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in sorted(tables))  # noqa: S608  # likewise
    return " UNION ALL ".join(asked)


TransactionTestCase._fixture_teardown = _empty_with_the_log_unlocked  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def own_home(request: pytest.FixtureRequest) -> None:
    """Reject files, uploads and heads of one test are never seen by another. The key ring is the run's."""
    if request.node.get_closest_marker("django_db") or DATABASE_FIXTURES & set(request.fixturenames):
        settings = request.getfixturevalue("settings")
        home = request.getfixturevalue("tmp_path_factory").mktemp("home")
        for name, value in worlds.settings_of(home).items():
            setattr(settings, name, value)
        worlds.furnish(home)


@pytest.fixture(autouse=True)
def no_statistics_of_what_is_rolled_back(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL keeps them when the rows are gone, and the next test would be planned for tables with nothing in them."""
    marker = request.node.get_closest_marker("django_db")
    if (marker and not marker.kwargs.get("transaction")) or "db" in request.fixturenames:
        monkeypatch.setattr(statistics, "_POSTGRES", ())


@pytest.fixture
def frozen_clock() -> Iterator[time_travel.Traveller]:
    """The clock stands still at A_MOMENT; `move_to` and `shift` move it."""
    with time_travel.travel(A_MOMENT, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The published data that lie beside the project."""
    if not SHARED_DATA.is_dir():
        pytest.skip("skipped: no shared data")
    return SHARED_DATA


@pytest.fixture
def force(db: None) -> Iterator[Force]:
    """The invented force that this installation belongs to, and for which everything in the test is done."""
    made = worlds.a_force("demo")
    with working_for(made.pk):
        yield made


@pytest.fixture
def other_force(db: None) -> Force:
    """A force whose records nobody here may see."""
    return worlds.a_force("63")


@pytest.fixture
def system(force: Force) -> Acting:
    return acting_system(force, "test")


@pytest.fixture
def make_user(force: Force) -> Callable[..., User]:
    """`make_user("analyst", "auditor")` makes somebody with these rights; `force`, `username` and `password` may be given."""
    return worlds.users_of(force)


@pytest.fixture
def acting_as(make_user: Callable[..., User]) -> Callable[..., Acting]:
    """`acting_as("analyst")` is somebody with that right, acting; takes what make_user takes."""

    def acting(*rights: str, **details: Any) -> Acting:
        user = make_user(*rights, **details)
        with working_for(user.force_id):
            return acting_user(user)

    return acting


@pytest.fixture
def signed_in_client(make_user: Callable[..., User]) -> Callable[..., Client]:
    """`signed_in_client("analyst")` is a browser's stand-in, signed in; its `user` is who. Takes what make_user takes."""

    def sign_in(*rights: str, **details: Any) -> Client:
        client = Client()
        client.user = make_user(*rights, **details)  # type: ignore[attr-defined]
        client.force_login(client.user)  # type: ignore[attr-defined]
        if details.get("has_accepted_terms", True):
            # As a session knows it that began at the sign-in page.
            session = client.session
            session[ACCEPTED] = TERMS
            session.save()
        begin_session(user=client.user, key=client.session.session_key)  # type: ignore[attr-defined]
        return client

    return sign_in


@pytest.fixture
def confirmed() -> Callable[..., Client]:
    """`confirmed(client)` is the same client after its user proved a second factor, now or at another instant."""

    def confirm(client: Client, at: datetime | None = None, proof: Proof = Proof.CODE) -> Client:
        user, key = client.user, client.session.session_key  # type: ignore[attr-defined]
        confirm_session(by=acting_user(user), user=user, key=key, new_key=key, proof=proof, now=at)
        return client

    return confirm


@pytest.fixture
def all_codes(force: Force) -> None:
    """The official code lists, which no test has unless it asks."""
    _take_in_codes(force, CODES)


@pytest.fixture(scope="session")
def few_codes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the long lists only what the tests' own messages name: all of them take half a second to take in."""
    folder = tmp_path_factory.mktemp("codes")
    with (CODES / "codes.csv").open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    with (folder / "codes.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *(row for row in rows if row[1] in LONG_LISTS.get(row[0], {row[1]}))])
    return folder


@pytest.fixture
def codes(force: Force, few_codes: Path) -> None:
    """As many of the official codes as the tests' own messages name."""
    _take_in_codes(force, few_codes)


def _take_in_codes(force: Force, path: Path) -> None:
    from craffu.intake.running import take_in

    take_in(by=acting_system(force, "migrate"), kind="code-tables", paths=[path])


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's own Chromium, kept from everything but this machine."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail("the browser tests need Chromium: run bin/setup --tests")
    # Playwright keeps an event loop running, and Django would then refuse its ordinary database calls.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    return {**browser_type_launch_args, "executable_path": found, "args": [*BROWSER_OPTIONS]}
