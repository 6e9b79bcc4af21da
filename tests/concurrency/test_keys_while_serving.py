"""Keys change while pages are served and messages come in: no request fails, no old key is left, nothing says anything else.

SEC-06. A real server, real commands, and a rotation that is killed on its way.
"""

import http.client
import json
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection
from django.test import Client

from craffu.access.acting import Acting, acting_operator
from craffu.access.keys import actions
from craffu.access.keys.queries import values_by_key
from craffu.access.sessions import actions as sessions
from craffu.access.sessions.queries import lifetime
from craffu.cases.models import HearingVersion
from craffu.common import clock, keyring
from craffu.common.key_changes import KeyKind
from craffu.common.rewrapping import encrypted_fields, protected_models
from craffu.config.commands.keys import BLIND_INDEXES
from craffu.intake.running import take_in
from craffu.people.models import RecordedContact
from tests.concurrency.test_T13_chain import answer, start
from tests.factories.court_messages import court_message
from tests.installation import Installation
from tests.integration.config.test_serve_and_worker import answers, free_port, started

READERS = 2
AT_FIRST, MEANWHILE = 20, 6
# A load that leaves the machine time for what is tested.
PAUSE = 0.1
PAGES = ("/people", "/people/P-10001", "/people/P-10002", "/cases", "/cases/C-10001", "/account")


def write_messages(folder: Path, numbers: range) -> Path:
    folder.mkdir()
    for number in numbers:
        words = f"{number} Canary Street"
        message = court_message(
            ptiurn=f"63AA01{number:03}25", asn="0800PP0100000000001H", family_name=f"Name{chr(97 + number)}",
            address=(words, "Llanelli"), bail_conditions=f"Not to enter {words}", bail_reason=words,
        )  # fmt: skip
        (folder / f"{number}.xml").write_bytes(message)
    return folder


def rows(installation: Installation, sql: str) -> list[tuple[Any, ...]]:
    url = installation.database_url
    if urlsplit(url).scheme.startswith("postgres"):
        with psycopg.connect(url) as connection:
            return connection.execute(sql).fetchall()  # type: ignore[call-overload,no-any-return]
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)) as database:
        return database.execute(sql).fetchall()


def stored(installation: Installation) -> list[str]:
    """Every encrypted text as it lies in the database."""
    return [
        text
        for model in protected_models()
        for field in encrypted_fields(model)
        for (text,) in rows(installation, f'SELECT "{field.column}" FROM "{model._meta.db_table}"')  # noqa: S608
        if text
    ]


@contextmanager
def reading(port: int, cookies: list[str]) -> Iterator[dict[str, list[Any]]]:
    """Readers who open page after page; what went wrong, and how many pages were served."""
    seen: dict[str, list[Any]] = {"served": [], "failed": []}
    over = threading.Event()

    def read(cookie: str) -> None:
        while not over.is_set():
            for page in PAGES:
                try:
                    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
                        connection.request("GET", page, headers={"Cookie": f"sessionid={cookie}"})
                        status = connection.getresponse().status
                except (OSError, http.client.HTTPException) as fault:
                    status = repr(fault)
                time.sleep(PAUSE)
                seen["served" if status == 200 else "failed"].append((page, status))

    threads = [threading.Thread(target=read, args=(cookie,)) for cookie in cookies]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        over.set()
        for thread in threads:
            thread.join()


def killed_on_its_way(installation: Installation, key: str) -> None:
    """Rotate, and kill it as soon as it has brought something under the key."""
    with subprocess.Popen(installation.command("keys", "rotate"), env=installation.env) as process:
        until = time.monotonic() + 60
        while not any(text.startswith(f"{key}:") for text in stored(installation)):
            assert time.monotonic() < until
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)


def values(installation: Installation, ring: keyring.KeyRing) -> dict[tuple[str, int], str]:
    """Every protected value as a holder of this ring reads it, by its column and row."""
    return {
        (field.context, row): ring.decrypt(text, field.context)
        for model in protected_models()
        for field in encrypted_fields(model)
        for row, text in rows(installation, f'SELECT id, "{field.column}" FROM "{model._meta.db_table}"')  # noqa: S608
        if text
    }


def wait_for_pages(seen: dict[str, list[Any]]) -> None:
    """Until every reader has opened every page once more."""
    served = len(seen["served"])
    while len(seen["served"]) < served + 2 * READERS * len(PAGES) and not seen["failed"]:
        time.sleep(0.01)


def read_pages(client: Client, over: threading.Event, seen: dict[str, list[Any]]) -> None:
    while not over.is_set():
        for page in PAGES:
            try:
                status: Any = client.get(page).status_code
            except Exception as fault:
                status = repr(fault)
            seen["served" if status == 200 else "failed"].append((page, status))
    connection.close()


# A key is every force's, so whoever changes it is the owner of the tables.
@pytest.mark.postgres_in_deep
@pytest.mark.usefixtures("owner_of_the_tables")
@pytest.mark.slow
@pytest.mark.rule("SEC-06")
@pytest.mark.django_db(transaction=True)
def test_keys_rotated_while_a_load_runs(
    system: Acting,
    signed_in_client: Callable[..., Client],
    tmp_path: Path,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.CRAFFU_KEYS = tmp_path / "ring.json"
    keyring.create(settings.CRAFFU_KEYS)
    monkeypatch.setattr(actions, "ROWS_AT_ONCE", 5)
    monkeypatch.setattr(actions, "SETTLES_SECONDS", 0)
    # A session in use moves to the new key at once, instead of within ten seconds.
    monkeypatch.setattr(sessions, "SEEN_EVERY", timedelta(0))
    take_in(by=system, kind="court-results", paths=[write_messages(tmp_path / "first", range(AT_FIRST))])
    later = write_messages(tmp_path / "later", range(AT_FIRST, AT_FIRST + MEANWHILE))
    said, old = records_said(system), keyring.ring()
    clients = [signed_in_client("investigator") for _ in range(READERS)]
    seen: dict[str, list[Any]] = {"served": [], "failed": []}
    over, operator = threading.Event(), acting_operator(system.force, "root")

    def take_in_later() -> None:
        try:
            seen["taken in"] = [take_in(by=system, kind="court-results", paths=[later]).run.created]
        finally:
            connection.close()

    threads = [threading.Thread(target=read_pages, args=(client, over, seen)) for client in clients]
    threads.append(threading.Thread(target=take_in_later))
    for thread in threads:
        thread.start()
    try:
        for kind in KeyKind:
            actions.add_key(by=operator, kind=kind)
            assert actions.rotate(by=operator, kind=kind, indexes=BLIND_INDEXES).replaced >= AT_FIRST
        threads.pop().join()
        for kind in KeyKind:
            actions.rotate(by=operator, kind=kind, indexes=BLIND_INDEXES)
        wait_for_pages(seen)
        idle_sessions_over = clock.now() + lifetime().idle
        for key in (old.current, old.index):
            actions.retire_key(by=operator, key=key, indexes=BLIND_INDEXES, now=idle_sessions_over)
        wait_for_pages(seen)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert seen["failed"] == []
    assert seen["taken in"] == [MEANWHILE]
    assert len(seen["served"]) > 2 * len(PAGES)
    new = keyring.ring()
    assert (len(new.keys), len(new.indexes)) == (1, 1)
    assert {where: counts[""] for where, counts in values_by_key(new).items() if counts[""]} == {}
    assert sum(counts[new.current] for counts in values_by_key(new).values()) > 3 * AT_FIRST
    assert {number: records_said(system)[number] for number in said} == said


def records_said(by: Acting) -> dict[int, tuple[str, str, str]]:
    contacts = {contact.version_id: contact.value for contact in RecordedContact.objects.for_user(by)}
    hearings = HearingVersion.objects.for_user(by).order_by("id")
    return {
        hearing.pk: (hearing.bail_conditions, hearing.bail_reason, contact)
        for hearing, (_, contact) in zip(hearings, sorted(contacts.items()), strict=True)
    }


@pytest.mark.deep
@pytest.mark.rule("SEC-06")
def test_keys_rotated_by_the_command_under_a_server(installation: Installation, tmp_path: Path) -> None:
    first = write_messages(tmp_path / "first", range(AT_FIRST))
    later = write_messages(tmp_path / "later", range(AT_FIRST, AT_FIRST + MEANWHILE))
    installation.run("intake", "court-results", first)
    cookies = answer(start(installation, "sign_in", "reader", READERS))
    file = installation.home / "keys" / "keyring.json"
    old = keyring.load(file)
    before = values(installation, old)
    assert len(before) > AT_FIRST * 3

    port = free_port()
    with started(installation, "serve", "--port", str(port), "--workers", "1"):
        answers(port)
        with reading(port, cookies) as seen:
            key = installation.json("keys", "add")["key"]
            taking = installation.start("intake", "court-results", later)
            killed_on_its_way(installation, key)
            assert installation.json("keys", "rotate")["key"] == key
            assert taking.wait(120) == 0
            index = installation.json("keys", "add", "--kind", "index")["key"]
            assert installation.json("keys", "rotate", "--kind", "index")["replaced"] >= 2 * AT_FIRST
            # What the intake began to write before the key changed is brought along by the same words again.
            assert installation.json("keys", "rotate")["unreadable"] == 0
            assert installation.json("keys", "retire", old.current) == {"retired": old.current, "kind": "values"}
            wait_for_pages(seen)
    assert seen["failed"] == []
    assert len(seen["served"]) > 2 * READERS * len(PAGES)
    new = keyring.load(file)
    assert (list(new.keys), list(new.indexes)) == ([key], [old.index, index])
    assert all(text.startswith(f"{key}:") for text in stored(installation))
    after = values(installation, new)
    assert len(after) > len(before)
    assert {place: after[place] for place in before} == before
    # Each message is recognised under the new keys, which stand nowhere in the log but by their ids.
    assert installation.json("intake", "court-results", first)["unchanged"] == AT_FIRST
    logged = json.dumps(rows(installation, "SELECT payload FROM audit_event"))
    assert key in logged
    words = json.loads(file.read_text())
    assert not [secret for secret in [*words["keys"].values(), *words["index"]["keys"].values()] if secret in logged]
