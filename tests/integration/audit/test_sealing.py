"""Events are sealed in order, one chain per force, and where a chain ends is signed and kept outside (SEC-05)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from craffu.audit import queries
from craffu.audit.heads import heads_file, read_heads
from craffu.audit.models import Event, Head, Seal, Unsealed
from craffu.audit.rules import BEFORE_THE_FIRST, instant_text, links
from craffu.audit.sealing import actions as sealing
from tests.integration.audit.conftest import NINE, write

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-05")]


def chain(force: str) -> list[tuple[int, str]]:
    return list(Seal.objects.filter(force=force).values_list("position", "hash"))


def due(force: str) -> list[tuple[int, str]]:
    payloads = Event.objects.filter(force=force).order_by("id").values_list("payload", flat=True)
    return list(enumerate(links(BEFORE_THE_FIRST, payloads), start=1))


def test_each_force_has_a_chain_of_its_own_in_the_order_of_its_events() -> None:
    write(5)
    write(3, force="63")
    write(5, start=5)
    assert queries.forces_waiting() == ["63", "demo"]
    assert sealing.seal(force="63") == 3
    assert sealing.seal() == 10
    assert sealing.seal() == 0
    assert queries.forces_waiting() == []
    assert queries.forces_sealed() == ["63", "demo"]
    for force in ("demo", "63"):
        assert chain(force) == due(force)


def test_sealing_goes_in_short_steps_and_stops_where_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "SEAL_BATCH", 4)
    write(11)
    assert sealing.seal(limit=6) == 6
    assert Unsealed.objects.count() == 5
    assert sealing.seal(limit=0) == 0
    assert sealing.seal() == 5
    assert chain("demo") == due("demo")


@pytest.mark.parametrize("operations", [300, pytest.param(10_000, marks=pytest.mark.deep)])
def test_T40_the_same_acts_give_the_same_chain_on_every_database(operations: int) -> None:
    write(operations)
    sealing.seal()
    # Written out here without a database, so a run on SQLite and a run on PostgreSQL are held against the same chain.
    payloads = [
        f'{{"actor":"u{step % 3}","actor_kind":"user","at":"{instant_text(NINE + timedelta(seconds=step))}","force":"demo",'
        f'"kind":"tested_consultation","refs":["order/O-1","person/P-{step}"],"role":"analyst","verb":"consultation"}}'
        for step in range(operations)
    ]
    assert chain("demo") == list(enumerate(links(BEFORE_THE_FIRST, payloads), start=1))


def test_a_head_is_signed_once_and_copied_outside(settings: Any) -> None:
    assert sealing.sign_heads(now=NINE) == []
    write(3)
    sealing.seal()
    (head,) = sealing.sign_heads(now=NINE)
    assert (head.force, head.position, head.hash) == ("demo", 3, due("demo")[-1][1])
    assert queries.signature_holds(head)
    assert sealing.sign_heads(now=NINE + timedelta(hours=1)) == []
    write(2, start=3)
    sealing.seal()
    (later,) = sealing.sign_heads(now=NINE + timedelta(hours=2))
    path = heads_file(Path(settings.CRAFFU_AUDIT_HEADS), "demo")
    assert read_heads(path) == ([head, later], [])
    assert Head.objects.count() == 2


def test_a_copy_that_failed_is_made_good_next_time(settings: Any, tmp_path: Path) -> None:
    write(1)
    sealing.seal()
    settings.CRAFFU_AUDIT_HEADS = tmp_path / "file"
    settings.CRAFFU_AUDIT_HEADS.write_text("in the way")
    with pytest.raises(OSError):
        sealing.sign_heads(now=NINE)
    assert Head.objects.count() == 1
    assert any("is not kept outside" in problem for problem in queries.verify(now=NINE + timedelta(hours=1)).problems)
    settings.CRAFFU_AUDIT_HEADS.unlink()
    assert sealing.sign_heads(now=NINE + timedelta(hours=1)) == []
    assert queries.verify(now=NINE + timedelta(hours=1)).ok


def test_sealing_inside_another_transaction_is_refused(actor: Any) -> None:
    write(1)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        sealing.seal()
    assert connection.in_atomic_block


def test_the_heads_of_one_force_are_signed_and_copied_alone(settings: Any) -> None:
    write(1, force="demo")
    write(1, force="63")
    sealing.seal()
    assert [head.force for head in sealing.sign_heads(force="63", now=NINE)] == ["63"]
    assert [path.name.partition(".")[0] for path in settings.CRAFFU_AUDIT_HEADS.iterdir()] == ["63"]
    assert [head.force for head in sealing.sign_heads(now=NINE)] == ["demo"]
    heads_file(settings.CRAFFU_AUDIT_HEADS, "demo").unlink()
    assert sealing.sign_heads(force="63", now=NINE) == []
    assert not heads_file(settings.CRAFFU_AUDIT_HEADS, "demo").exists(), "another force's heads were copied"
