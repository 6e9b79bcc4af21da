"""What is done is logged in its own transaction, whole, and in words that hold nobody's data (SEC-04)."""

import json
import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from craffu.audit import actions, queries
from craffu.audit.actions import IncompleteEvent, RecordedOutsideTransaction
from craffu.audit.actors import Actor
from craffu.audit.events import Entry, Verb
from craffu.audit.models import Event, EventReference, FromPayload, Head, Seal, Unsealed
from craffu.audit.rules import canonical, instant_text
from craffu.audit.sealing import actions as sealing
from craffu.common.door import NeverChanged, WriteOutsideAction
from tests.integration.audit.conftest import NINE, declared, write

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-04")]


def test_a_row_is_one_canonical_text_and_its_columns_are_drawn_from_it(actor: Actor) -> None:
    number = actions.record(
        kind=declared(Verb.DISCLOSURE),
        actor=actor,
        refs=["person/P-2", "person/P-1", "person/P-2"],
        fields=["name_en", "address"],
        purpose="safeguarding",
        reason="Gofynnodd y tîm",
        recipient="probation officer B",
        request="r1",
        counts={"rows": 3},
        now=NINE,
    )
    event = Event.objects.get(pk=number)
    row = json.loads(event.payload)
    assert event.payload == canonical(row)
    assert row == {
        "at": "2026-11-24T09:00:00.000000Z",
        "actor": "u1",
        "actor_kind": "user",
        "role": "analyst",
        "force": "demo",
        "verb": "disclosure",
        "kind": "tested_disclosure",
        "refs": ["person/P-1", "person/P-2"],
        "fields": ["address", "name_en"],
        "purpose": "safeguarding",
        "reason": "Gofynnodd y tîm",
        "recipient": "probation officer B",
        "request": "r1",
        "counts": {"rows": 3},
    }
    stored = Event.objects.get()
    for column in ("at", "actor", "role", "force", "verb", "kind", "recipient", "request"):
        assert getattr(stored, column) == row[column]


def test_a_key_of_the_payload_is_read_by_the_database_as_text_and_one_that_is_not_there_as_nothing(
    actor: Actor,
) -> None:
    number = actions.record(kind=declared(Verb.CONSULTATION), actor=actor, refs=["person/P-1"], now=NINE)
    said = Event.objects.annotate(who=FromPayload("actor"), why=FromPayload("reason")).values_list("who", "why")
    assert said.get(pk=number) == (actor.name, "")


def test_what_was_not_said_is_not_stored(actor: Actor) -> None:
    number = actions.record(kind=declared(Verb.CONSULTATION), actor=actor, now=NINE)
    assert set(json.loads(Event.objects.get(pk=number).payload)) == {
        "at",
        "actor",
        "actor_kind",
        "role",
        "force",
        "verb",
        "kind",
    }
    assert (Event.objects.get().recipient, Event.objects.get().request) == ("", "")


@pytest.mark.parametrize(
    ("verb", "details", "why"),
    [
        (Verb.DISCLOSURE, {}, "without recipient"),
        (Verb.CONSULTATION, {"actor": Actor("", "analyst", "demo")}, "without actor"),
        (Verb.CONSULTATION, {"refs": ["person/Siân Owen"]}, "not of the shape"),
        (Verb.ERASURE, {"refs": ["Siân Owen"]}, "not of the shape"),
    ],
)
def test_an_incomplete_row_is_refused_and_names_nobody(
    verb: Verb, details: dict[str, Any], why: str, actor: Actor
) -> None:
    with pytest.raises(IncompleteEvent, match=why) as refused:
        actions.record(kind=declared(verb), **{"actor": actor, **details})
    assert "Siân" not in str(refused.value)
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "row",
    [
        {"at": "x", "actor": "u1", "force": "demo", "kind": "k", "verb": "disclosure"},
        {"at": "x", "actor": "u1", "force": "demo", "kind": "k", "verb": "glance"},
        {"actor": "u1", "force": "demo", "kind": "k", "verb": "consultation"},
        {"at": "x", "force": "demo", "kind": "k", "verb": "consultation"},
        {"at": "x", "actor": "u1", "kind": "k", "verb": "consultation"},
        {"at": "x", "actor": "u1", "force": "demo", "verb": "consultation"},
    ],
)
def test_the_database_itself_refuses_an_incomplete_row(row: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.add([Event(payload=json.dumps(row))])


def test_odd_characters_never_keep_a_row_out(actor: Actor) -> None:
    number = actions.record(kind=declared(Verb.DENIED), actor=Actor("a\0b\ud800", "", "demo"), reason="\0")
    assert Event.objects.get(pk=number).actor == "a\N{REPLACEMENT CHARACTER}b?"


@pytest.mark.django_db(transaction=True)
def test_a_row_is_never_written_apart_from_its_act(actor: Actor) -> None:
    with pytest.raises(RecordedOutsideTransaction):
        actions.record(kind=declared(Verb.ALTERATION), actor=actor)
    with transaction.atomic():
        actions.record(kind=declared(Verb.ALTERATION), actor=actor)
        transaction.set_rollback(True)
    assert not Event.objects.exists()
    assert not Unsealed.objects.exists()
    actions.record_consultation(kind=declared(Verb.CONSULTATION), actor=actor, refs=["person/P-1"])
    assert (json.loads(Event.objects.get().payload)["refs"], Unsealed.objects.count()) == (["person/P-1"], 1)


def test_many_rows_are_written_as_one_by_one(actor: Actor) -> None:
    entries = [Entry(refs=[f"person/P-{step}"], counts={"rows": step}) for step in range(2500)]
    assert (
        actions.record_many(kind=declared(Verb.COLLECTION), actor=actor, entries=entries, request="r", now=NINE) == 2500
    )
    assert actions.record_many(kind=declared(Verb.COLLECTION), actor=actor, entries=[]) == 0
    assert (Event.objects.count(), Unsealed.objects.count()) == (2500, 2500)
    alone = actions.record(
        kind=declared(Verb.COLLECTION), actor=actor, refs=["person/P-7"], counts={"rows": 7}, request="r", now=NINE
    )
    assert Event.objects.filter(payload=Event.objects.get(pk=alone).payload).count() == 2


def test_the_history_of_a_record_is_found_by_an_index_and_only_in_ones_own_force() -> None:
    write(60)
    write(2, force="63", start=60)
    found = queries.events_about("order/O-1", force="demo")
    assert [event.at for event in found] == sorted((event.at for event in found), reverse=True)
    assert found.count() == 60
    assert queries.events_about("person/P-7", force="demo").count() == 1
    assert not queries.events_about("person/P-7", force="63").exists()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = queries.events_about("person/P-7", force="demo").explain()
    assert "audit_eventreference" in plan
    assert "SCAN audit_eventreference" not in plan.replace("USING COVERING INDEX", "")
    assert "Seq Scan on audit_eventreference" not in plan


@pytest.mark.parametrize("model", [Event, EventReference, Seal, Head])
def test_models_of_the_log_refuse_every_writer_but_its_actions(model: Any) -> None:
    write(1)
    sealing.seal()
    sealing.sign_heads(now=NINE)
    row = model.objects.first()
    rows = model.objects.all()
    for change in (row.save, row.delete, rows.delete, lambda: rows.update(**{rows.model._meta.fields[-1].name: "x"})):
        with pytest.raises(NeverChanged):
            change()
    with pytest.raises(NeverChanged):
        rows.bulk_update([row], ["event"])
    for add in (model().save, rows.create, rows.get_or_create, rows.update_or_create, lambda: rows.bulk_create([])):
        with pytest.raises(WriteOutsideAction):
            add()
    assert str(row)


def test_rows_say_what_they_are(actor: Actor) -> None:
    actions.record(kind=declared(Verb.COLLECTION), actor=actor, now=NINE)
    assert str(Event.objects.get()) == f"{instant_text(NINE)} tested_collection"
    assert str(Unsealed.objects.get()).startswith("event ")


@pytest.mark.parametrize("operations", [300, pytest.param(10_000, marks=pytest.mark.deep)])
def test_T09_random_acts_of_every_verb_are_logged_with_time_person_and_recipient(operations: int) -> None:
    chance = random.Random(9)  # noqa: S311
    refused = 0
    for step in range(operations):
        verb = chance.choice(list(Verb))
        recipient = chance.choice(["", "CPS", "probation"])
        try:
            actions.record(
                kind=declared(verb),
                actor=Actor(
                    f"u{chance.randrange(9)}", chance.choice(["analyst", "auditor"]), chance.choice(["demo", "63"])
                ),
                refs=[f"person/P-{chance.randrange(50)}" for _ in range(chance.randrange(4))],
                recipient=recipient,
                now=NINE + timedelta(seconds=step),
            )
        except IncompleteEvent:
            assert (verb, recipient) == (Verb.DISCLOSURE, "")
            refused += 1
    assert Event.objects.count() == operations - refused
    for row in Event.objects.all():
        assert row.at
        assert row.actor
        assert row.verb in set(Verb)
        assert row.recipient or row.verb != Verb.DISCLOSURE
    assert refused
