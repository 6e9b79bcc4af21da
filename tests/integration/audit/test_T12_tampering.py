"""T12: whatever somebody who owns the database does to the log and hides afterwards, the first bad row is named (SEC-05)."""

import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from craffu.audit import queries
from craffu.audit.models import Event, Seal
from craffu.audit.rules import BEFORE_THE_FIRST, canonical, link, links
from craffu.audit.sealing import actions as sealing
from craffu.audit.stretches import Database, Stretch, check_apart
from tests.integration.audit.conftest import NINE, check_foreign_keys_now, unguarded, write

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-05")]

SIGNED = {"demo": (10, 25, 40), "63": (8, 20)}
OUT_OF_THE_WAY = 1_000_000


def lay_down_log() -> None:
    """Two chains that grew side by side, with heads signed on the way."""
    ends = sorted((place, force) for force, places in SIGNED.items() for place in places)
    reached = dict.fromkeys(SIGNED, 0)
    for hour, (place, force) in enumerate(ends):
        write(place - reached[force], force=force, start=reached[force])
        reached[force] = place
        sealing.seal()
        sealing.sign_heads(now=NINE + timedelta(hours=hour))


@dataclass
class Tamperer:
    """Somebody with a cursor, a chain to spoil and chance to help them."""

    cursor: Any
    chance: random.Random
    force: str
    rows: list[tuple[int, int, str, str]] = field(init=False)

    def __post_init__(self) -> None:
        seals = Seal.objects.filter(force=self.force).order_by("position")
        self.rows = list(seals.values_list("position", "event_id", "hash", "event__payload"))

    def run(self, sql: str, *params: object) -> None:
        self.cursor.execute(sql, params)

    def place(self, first: int = 1, last: int | None = None) -> int:
        return self.chance.randint(first, last or len(self.rows))

    def row(self, place: int) -> tuple[int, int, str, str]:
        return self.rows[place - 1]

    def event(self, place: int) -> int:
        return self.row(place)[1]

    def set_payload(self, place: int, payload: str) -> None:
        self.run("UPDATE audit_event SET payload = %s WHERE id = %s", payload, self.event(place))

    def set_seal(self, place: int, column: str, value: object) -> None:
        self.run(f"UPDATE audit_seal SET {column} = %s WHERE event_id = %s", value, self.event(place))  # noqa: S608

    def forget(self, place: int, *tables: str) -> None:
        for table in tables:
            column = "id" if table == "audit_event" else "event_id"
            self.run(f"DELETE FROM {table} WHERE {column} = %s", self.event(place))  # noqa: S608

    def shift(self, place: int, by: int) -> None:
        """Move every seal from a place on, in two steps because no two may stand at one place meanwhile."""
        move = "UPDATE audit_seal SET position = position + %s WHERE force = %s AND position >= %s"
        self.run(move, OUT_OF_THE_WAY, self.force, place)
        self.run(move, by - OUT_OF_THE_WAY, self.force, OUT_OF_THE_WAY)

    def forged(self, place: int) -> str:
        """The payload at a place, saying that somebody else did it."""
        return canonical({**json.loads(self.row(place)[3]), "actor": "somebody else"})

    def rehash(self, place: int, payloads: list[str]) -> None:
        """Seal anew from a place on, as if these had been the rows."""
        previous = self.row(place - 1)[2] if place > 1 else BEFORE_THE_FIRST
        for step, hash_ in enumerate(links(previous, payloads)):
            self.set_seal(place + step, "hash", hash_)

    def last_signed_before(self, place: int) -> int:
        return max([signed for signed in SIGNED[self.force] if signed < place], default=0)


def flip_one_byte(by: Tamperer) -> int:
    place = by.place()
    payload = by.row(place)[3]
    while True:
        at = by.chance.randrange(len(payload))
        flipped = payload[:at] + chr(ord(payload[at]) ^ (1 << by.chance.randrange(7))) + payload[at + 1 :]
        try:
            # What the database itself refuses (broken JSON, an unknown verb) is tried again elsewhere.
            with transaction.atomic():
                by.set_payload(place, flipped)
        except (DatabaseError, ValueError):
            continue
        return place


def flip_one_byte_of_a_hash(by: Tamperer) -> int:
    place = by.place()
    hash_ = by.row(place)[2]
    at = by.chance.randrange(64)
    by.set_seal(place, "hash", hash_[:at] + ("0" if hash_[at] != "0" else "1") + hash_[at + 1 :])
    return place


def delete_an_event(by: Tamperer) -> int:
    place = by.place()
    by.forget(place, "audit_eventreference", "audit_event")
    return place


def delete_a_seal(by: Tamperer) -> int:
    place = by.place()
    by.forget(place, "audit_seal")
    return place


def delete_a_row_and_close_the_gap(by: Tamperer) -> int:
    place = by.place()
    by.forget(place, "audit_seal", "audit_eventreference", "audit_event")
    by.shift(place + 1, -1)
    return place


def swap_two_payloads(by: Tamperer) -> int:
    first = by.place(last=len(by.rows) - 1)
    second = by.place(first + 1)
    by.set_payload(first, by.row(second)[3])
    by.set_payload(second, by.row(first)[3])
    return first


def swap_two_places(by: Tamperer) -> int:
    first = by.place(last=len(by.rows) - 1)
    second = by.place(first + 1)
    by.set_seal(first, "position", OUT_OF_THE_WAY)
    by.set_seal(second, "position", first)
    by.set_seal(first, "position", second)
    return first


def swap_the_events_of_two_seals(by: Tamperer) -> int:
    first = by.place(last=len(by.rows) - 1)
    second = by.place(first + 1)
    move = "UPDATE audit_seal SET event_id = %s WHERE force = %s AND position = %s"
    by.run(move, -1, by.force, first)
    by.run(move, by.event(first), by.force, second)
    by.run(move, by.event(second), by.force, first)
    return first


def _put_in(by: Tamperer, place: int, payload: str, hash_: str) -> None:
    event = Event.objects.add([Event(payload=payload)])[0]
    by.shift(place, 1)
    by.run(
        "INSERT INTO audit_seal (event_id, force, position, hash) VALUES (%s, %s, %s, %s)",
        event.pk,
        by.force,
        place,
        hash_,
    )


def insert_a_row(by: Tamperer) -> int:
    place = by.place()
    _put_in(by, place, by.forged(place), by.row(by.place())[2])
    return place


def insert_rows_that_are_sealed_properly(by: Tamperer) -> int:
    place = by.place()
    previous = by.row(place - 1)[2] if place > 1 else BEFORE_THE_FIRST
    payloads = [by.forged(by.place()) for _ in range(by.chance.randint(1, 3))]
    for step, (payload, hash_) in enumerate(zip(payloads, links(previous, payloads), strict=True)):
        _put_in(by, place + step, payload, hash_)
    return place


def cut_the_tail(by: Tamperer) -> int:
    place = by.place()
    for gone in range(place, len(by.rows) + 1):
        by.forget(gone, "audit_seal", "audit_eventreference", "audit_event")
    return place


def cut_the_tail_and_its_signed_heads(by: Tamperer) -> int:
    place = cut_the_tail(by)
    by.run("DELETE FROM audit_head WHERE force = %s AND position >= %s", by.force, place)
    return place


def cut_the_tail_and_forge_its_signed_heads(by: Tamperer) -> int:
    place = cut_the_tail(by)
    hash_ = by.row(place - 1)[2] if place > 1 else BEFORE_THE_FIRST
    by.run(
        "DELETE FROM audit_head WHERE force = %s AND position >= %s AND position < %s",
        by.force,
        place - 1,
        len(by.rows),
    )
    by.run(
        "UPDATE audit_head SET position = %s, hash = %s WHERE force = %s AND position >= %s",
        place - 1,
        hash_,
        by.force,
        place,
    )
    return place


def rewrite_the_whole_chain(by: Tamperer) -> int:
    payloads = [by.forged(place) for place in range(1, len(by.rows) + 1)]
    for place, payload in enumerate(payloads, start=1):
        by.set_payload(place, payload)
    by.rehash(1, payloads)
    return 1


def rewrite_the_chain_from_a_row_on(by: Tamperer) -> int:
    place = by.place()
    by.set_payload(place, by.forged(place))
    by.rehash(place, [by.forged(place), *(payload for *_, payload in by.rows[place:])])
    return by.last_signed_before(place) + 1


def change_a_row_and_seal_it_anew(by: Tamperer) -> int:
    """Its own hash fits again, so the row after it is the first that does not, or the signed head at its end."""
    place = by.place()
    by.set_payload(place, by.forged(place))
    by.rehash(place, [by.forged(place)])
    if place in SIGNED[by.force]:
        return by.last_signed_before(place) + 1
    return place + 1


MUTATIONS: tuple[Callable[[Tamperer], int], ...] = (
    flip_one_byte,
    flip_one_byte_of_a_hash,
    delete_an_event,
    delete_a_seal,
    delete_a_row_and_close_the_gap,
    swap_two_payloads,
    swap_two_places,
    swap_the_events_of_two_seals,
    insert_a_row,
    insert_rows_that_are_sealed_properly,
    cut_the_tail,
    cut_the_tail_and_its_signed_heads,
    cut_the_tail_and_forge_its_signed_heads,
    rewrite_the_whole_chain,
    rewrite_the_chain_from_a_row_on,
    change_a_row_and_seal_it_anew,
)


@pytest.mark.slow
@pytest.mark.parametrize("mutations", [100, pytest.param(1000, marks=pytest.mark.deep)])
@pytest.mark.postgres_in_deep
def test_T12_the_first_bad_row_is_named_in_every_one_of_many_random_mutations(mutations: int) -> None:
    lay_down_log()
    now = NINE + timedelta(days=1)
    assert queries.verify(now=now).ok
    chance = random.Random(mutations)  # noqa: S311
    wrong = []
    for number in range(mutations):
        mutate = MUTATIONS[number % len(MUTATIONS)]
        force = chance.choice(list(SIGNED))
        with transaction.atomic():
            with unguarded() as cursor:
                due = mutate(Tamperer(cursor, chance, force))
            found = queries.verify(now=now)
            transaction.set_rollback(True)
        named = (found.first_bad.force, found.first_bad.position) if found.first_bad else None
        if found.ok or named != (force, due):
            wrong.append(f"{number} {mutate.__name__}: {force} {due} was bad, {found.first_bad} was named")
    assert not wrong, "\n".join(wrong)
    assert queries.verify(now=now).ok


@pytest.mark.parametrize("outside", [True, False], ids=["outside", "in the database"])
def test_T12_a_cut_tail_is_found_by_either_copy_of_the_signed_head_alone(outside: bool, settings: Any) -> None:
    write(5)
    sealing.seal()
    sealing.sign_heads(now=NINE)
    with unguarded() as cursor:
        cursor.execute("DELETE FROM audit_seal WHERE position > 3")
        if outside:
            cursor.execute("DELETE FROM audit_head")
    if not outside:
        (Path(settings.CRAFFU_AUDIT_HEADS) / "demo.heads").unlink()
    found = queries.verify(now=NINE + timedelta(hours=1))
    assert found.first_bad
    assert (found.first_bad.position, found.first_bad.why) == (
        4,
        "the tail was cut off: a signed head says the chain reached 5",
    )


def test_T12_a_whole_chain_that_is_gone_is_found() -> None:
    write(2)
    sealing.seal()
    sealing.sign_heads(now=NINE)
    with unguarded() as cursor:
        for table in ("audit_head", "audit_seal", "audit_eventreference", "audit_unsealed", "audit_event"):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
    found = queries.verify(now=NINE)
    assert found.first_bad
    assert (found.first_bad.force, found.first_bad.position, found.rows) == ("demo", 1, 0)
    assert (found.head, queries.verify("demo", now=NINE).first_bad) == (None, found.first_bad)


def test_T12_a_signed_head_that_was_altered_is_named() -> None:
    write(2)
    sealing.seal()
    sealing.sign_heads(now=NINE)
    with unguarded() as cursor:
        cursor.execute("UPDATE audit_head SET hash = %s", ["f" * 64])
    problems = queries.verify(now=NINE).problems
    assert "the signature of demo's head at 2 in the database does not hold" in problems
    assert "demo's head at 2 is kept outside but gone from the database" in problems


def test_T12_a_file_of_heads_that_was_altered_is_named(settings: Any) -> None:
    write(2)
    sealing.seal()
    sealing.sign_heads(now=NINE)
    path = Path(settings.CRAFFU_AUDIT_HEADS) / "demo.heads"
    path.write_text(path.read_text().replace('"position":2', '"position":1') + "not a head\n")
    assert queries.verify(now=NINE).problems == (
        "line 2 of the heads of demo kept outside cannot be read",
        "the signature of demo's head at 1 kept outside does not hold",
    )


def test_T12_broken_chains_of_several_forces_are_all_named() -> None:
    write(3)
    write(3, force="63")
    sealing.seal()
    with unguarded() as cursor:
        cursor.execute("UPDATE audit_seal SET hash = %s WHERE position = 2", ["f" * 64])
    found = queries.verify()
    assert found.first_bad
    assert (found.first_bad.force, found.first_bad.position) == ("63", 2)
    assert found.problems == ("the chain of demo is broken too, at 2: the row, its place or its hash was changed",)
    assert queries.verify("demo").first_bad


def test_T12_what_lies_outside_the_chain_is_reported() -> None:
    write(4)
    sealing.seal(limit=2)
    with unguarded() as cursor:
        cursor.execute("UPDATE audit_seal SET position = 0 WHERE position = 1")
        cursor.execute("UPDATE audit_seal SET position = 1 WHERE position = 2")
        cursor.execute("DELETE FROM audit_unsealed WHERE event_id = (SELECT min(event_id) FROM audit_unsealed)")
    found = queries.verify()
    assert found.first_bad
    assert found.first_bad.position == 1
    with unguarded() as cursor:
        cursor.execute(
            "UPDATE audit_seal SET hash = %s WHERE position = 1",
            [link(BEFORE_THE_FIRST, Seal.objects.get(position=1).event.payload)],
        )
    unsealed = Event.objects.order_by("-id")[1].pk
    assert queries.verify().problems == (
        f"1 events are neither sealed nor waiting to be, the first is {unsealed}",
        "1 seals lie outside any chain",
    )


def test_T12_an_event_removed_before_it_was_sealed_is_missed() -> None:
    write(2)
    with transaction.atomic():
        with unguarded() as cursor:
            cursor.execute("DELETE FROM audit_event WHERE id = (SELECT max(id) FROM audit_event)")
        problems = queries.verify().problems
        transaction.set_rollback(True)
    assert "1 events that waited for their seal are gone" in problems


def test_T12_the_index_by_record_is_held_against_the_events() -> None:
    write(3)
    sealing.seal()
    with unguarded() as cursor:
        cursor.execute("UPDATE audit_eventreference SET ref = 'person/P-9' WHERE ref = 'person/P-1'")
    assert queries.verify().problems == (
        "1 entries of the index by record are in no event",
        "1 references of events are missing from the index by record",
    )
    assert queries.verify(references=False).ok


def test_T12_a_table_that_is_gone_is_a_finding_and_no_crash() -> None:
    check_foreign_keys_now()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE audit_head")
    with transaction.atomic():
        found = queries.verify()
        transaction.set_rollback(True)
    assert not found.ok
    assert "the log cannot be read" in found.problems[0] or "missing" in found.problems[0]


@pytest.mark.parametrize("force", ["demo", "63"])
def test_T12_a_chain_whose_events_lie_far_apart_in_the_log_is_read_as_well(force: str) -> None:
    """Another force's events lie between: PostgreSQL then reads by number and not by range."""
    for step in range(3):
        write(1, force="63", start=step)
        write(10, start=10 * step)
    sealing.seal()
    assert queries.verify().ok
    with unguarded() as cursor:
        place = Seal.objects.get(force=force, position=2)
        cursor.execute("UPDATE audit_event SET payload = payload || ' ' WHERE id = %s", [place.event_id])
    found = queries.verify().first_bad
    assert found
    assert (found.force, found.position, found.event) == (force, 2, place.event_id)


def test_T12_a_seal_that_fits_no_event_at_all_is_named() -> None:
    """Its hash is what an empty row would have: only the missing event gives it away."""
    write(3)
    sealing.seal()
    second, third = Seal.objects.filter(position__gte=2).order_by("position")
    with transaction.atomic():
        with unguarded() as cursor:
            cursor.execute("UPDATE audit_seal SET hash = %s WHERE position = 3", [link(second.hash, "")])
            cursor.execute("DELETE FROM audit_eventreference WHERE event_id = %s", [third.event_id])
            cursor.execute("DELETE FROM audit_event WHERE id = %s", [third.event_id])
        found = queries.verify().first_bad
        transaction.set_rollback(True)
    assert found
    assert (found.position, found.event) == (3, third.event_id)


@pytest.fixture
def log_file(tmp_path: Path) -> Path:
    """A log in a file that lies open, as a thief of the disk would hold it."""
    write(2500)
    sealing.seal()
    path = tmp_path / "log.sqlite3"
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE audit_event (id integer PRIMARY KEY, payload text)")
        file.execute("CREATE TABLE audit_seal (event_id integer PRIMARY KEY, force text, position integer, hash text)")
        file.executemany("INSERT INTO audit_event VALUES (?, ?)", Event.objects.values_list("id", "payload"))
        seals = Seal.objects.values_list("event_id", "force", "position", "hash")
        file.executemany("INSERT INTO audit_seal VALUES (?, ?, ?, ?)", seals)
        file.commit()
    return path


@pytest.mark.slow
@pytest.mark.parametrize("flips", [15, pytest.param(300, marks=pytest.mark.deep)])
def test_T12_one_byte_flipped_in_the_file_itself_names_its_row(log_file: Path, flips: int) -> None:
    seals = list(Seal.objects.order_by("position").values_list("position", "hash", "event__payload"))
    raw = log_file.read_bytes()
    database = Database("sqlite", {"database": str(log_file)})
    whole = Stretch("demo", 1, len(seals))
    assert check_apart(database, whole) is None
    chance = random.Random(flips)  # noqa: S311
    for _ in range(flips):
        position, hash_, payload = chance.choice(seals)
        target = chance.choice([hash_, payload]).encode()
        at = raw.index(target) + chance.randrange(len(target))
        log_file.write_bytes(raw[:at] + bytes([raw[at] ^ (1 << chance.randrange(8))]) + raw[at + 1 :])
        found = check_apart(database, whole)
        assert found
        assert found.position == position


def test_T12_a_stretch_says_what_is_missing_at_its_end_and_stands_where_the_one_before_is_spoilt(
    log_file: Path,
) -> None:
    database = Database("sqlite", {"database": str(log_file)})
    for beyond in (2501, 3100):
        found = check_apart(database, Stretch("demo", 1001, beyond))
        assert found
        assert (found.position, found.event) == (2501, None)
    spoilt = (
        ("UPDATE audit_event SET payload = CAST(payload AS blob) WHERE id = (SELECT max(id) FROM audit_event)", 2500),
        ("UPDATE audit_seal SET hash = 12 WHERE position = 2000", 2000),
        ("UPDATE audit_seal SET hash = CAST(x'ff' AS text) WHERE position = 1000", 1000),
    )
    for sql, bad in spoilt:
        with closing(sqlite3.connect(log_file)) as file:
            file.execute(sql)
            file.commit()
        for first in {1, 501, bad, min(bad + 1, 2500)}:
            found = check_apart(database, Stretch("demo", first, 2500))
            assert found
            assert found.position == bad


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres_in_deep
def test_T12_several_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    write(2500)
    sealing.seal()
    monkeypatch.setattr(queries, "SHARE_ABOVE", 2000)
    monkeypatch.setattr(queries, "HELPERS", {"sqlite": 2, "postgresql": 2})
    read: list[int] = []
    assert queries.verify(progress=read.append).ok
    assert (sum(read), len(read)) == (2500, 5)
    with transaction.atomic(), unguarded() as cursor:
        for place in (1717, 2200):
            cursor.execute("UPDATE audit_seal SET hash = %s WHERE position = %s", ["f" * 64, place])
    found = queries.verify().first_bad
    assert found
    assert found.position == 1717
    monkeypatch.setattr(queries, "HELPERS", {"sqlite": 1, "postgresql": 1})
    assert queries.verify(progress=read.append).first_bad == found


@pytest.mark.django_db(transaction=True)
def test_T12_a_helping_process_reads_the_same_log_over_a_connection_of_its_own() -> None:
    write(5)
    sealing.seal()
    database = queries._for_helpers()
    assert database
    assert check_apart(database, Stretch("demo", 1, 5)) is None
    found = check_apart(database, Stretch("demo", 1, 6))
    assert found
    assert (found.position, found.event) == (6, None)
