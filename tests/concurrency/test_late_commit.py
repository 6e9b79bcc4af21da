"""On PostgreSQL a transaction may commit an event with a lower number after others were sealed: it is sealed later (SEC-05)."""

import threading

import pytest
from django.db import connection, transaction

from craffu.access.models import Force
from craffu.access.wall.reach import working_for
from craffu.audit import actions, queries
from craffu.audit.actors import Actor
from craffu.audit.events import Verb, kind
from craffu.audit.models import Seal
from craffu.audit.sealing import actions as sealing

LATE = kind("came_late", Verb.ALTERATION, "Came late")


def record(name: str) -> int:
    return actions.record(kind=LATE, actor=Actor(name, "tester", "demo"))


@pytest.mark.postgres
@pytest.mark.rule("SEC-05")
@pytest.mark.django_db(transaction=True)
def test_an_event_committed_late_is_sealed_later_and_blocks_nobody(force: Force) -> None:
    sealing.seal()
    begun, go = threading.Event(), threading.Event()
    late: list[int] = []

    def long_intake() -> None:
        with working_for(force.pk), transaction.atomic():
            late.append(record("intake"))
            begun.set()
            go.wait(30)
        connection.close()

    thread = threading.Thread(target=long_intake)
    thread.start()
    assert begun.wait(30)
    with transaction.atomic():
        prompt = record("page")
    assert late[0] < prompt
    assert sealing.seal() == 1
    assert queries.verify().ok
    go.set()
    thread.join()
    assert sealing.seal() == 1
    assert list(Seal.objects.order_by("position").values_list("event_id", flat=True))[1:] == [prompt, late[0]]
    assert queries.verify().ok
