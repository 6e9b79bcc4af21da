"""A log with something in it, and ways to tamper with it as the owner of the database could."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from craffu.audit import actions, triggers
from craffu.audit.actors import Actor
from craffu.audit.events import KINDS, EventKind, Verb, kind

NINE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def declared(verb: Verb) -> EventKind:
    """A kind of this verb, declared for the tests."""
    key = f"tested_{verb}"
    return KINDS[key] if key in KINDS else kind(key, verb, "Tested")


@pytest.fixture
def actor() -> Actor:
    return Actor("u1", "analyst", "demo")


def write(count: int, *, force: str = "demo", start: int = 0) -> None:
    """Events one second apart, each about a person of its own and an order that all share."""
    with transaction.atomic():
        for step in range(start, start + count):
            actions.record(
                kind=declared(Verb.CONSULTATION),
                actor=Actor(f"u{step % 3}", "analyst", force),
                refs=[f"person/P-{step}", "order/O-1"],
                now=NINE + timedelta(seconds=step),
            )


def check_foreign_keys_now() -> None:
    """PostgreSQL alters and empties no table while a foreign key waits for the commit to be checked."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@contextmanager
def unguarded() -> Iterator[Any]:
    """A cursor for somebody who switches the guards off, and on again afterwards so that nobody notices."""
    with connection.cursor() as cursor:
        check_foreign_keys_now()
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        triggers.remove(connection)
        yield cursor
        triggers.install(connection)
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.fixture(scope="module", autouse=True)
def by_its_owner(owner_of_the_tables: None) -> None:
    """The log is tampered with here by whoever can do most to it: the owner of its tables."""
