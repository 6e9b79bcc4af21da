"""Sealing looks at the events that wait, however long the log before them is, and takes only those it sealed off the list."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.audit import queries
from craffu.audit.models import Seal, Unsealed
from craffu.audit.sealing import actions as sealing
from tests.integration.audit.conftest import write

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-05")]

EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}
# Either index that begins with the force.
BY_FORCE = "audit_event_force_"


def plans(read: Callable[[], object]) -> str:
    """How the database finds what is asked of it."""
    with CaptureQueriesContext(connection) as asked:
        read()
    with connection.cursor() as cursor:
        steps = []
        for query in asked.captured_queries:
            cursor.execute(EXPLAIN[connection.vendor] + query["sql"], None)
            steps += [str(row[-1]) for row in cursor.fetchall()]
    return "\n".join(steps)


@pytest.mark.parametrize("known", [False, True], ids=["nothing counted", "rows counted"])
@pytest.mark.parametrize(
    "read", [lambda: queries.waiting("demo", 10), queries.forces_waiting], ids=["waiting", "forces_waiting"]
)
def test_what_waits_is_found_without_searching_the_log(read: Callable[[], object], known: bool) -> None:
    write(300)
    sealing.seal(limit=290)
    if known:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    plan = plans(read)
    assert "audit_event" in plan or "SEARCH e " in plan
    assert BY_FORCE not in plan
    assert "SCAN e" not in plan
    assert "Seq Scan on audit_event" not in plan


def test_the_search_by_force_would_be_seen() -> None:
    write(3)
    waiting = Unsealed.objects.filter(event__force="demo").order_by("event_id")
    slow = plans(lambda: list(waiting.values_list("event_id", "event__payload")))
    assert BY_FORCE in slow or "Seq Scan on audit_event" in slow


def test_what_waits_comes_in_the_order_it_was_written_and_for_one_force_alone() -> None:
    write(2)
    write(1, force="63")
    write(2, start=2)
    numbers = [number for number, _ in queries.waiting("demo", 10)]
    assert len(numbers) == 4
    assert numbers == sorted(numbers)
    assert queries.waiting("demo", 3) == queries.waiting("demo", 10)[:3]
    assert [number for number, _ in queries.waiting("63", 10)] == [numbers[1] + 1]
    assert all('"force":"demo"' in payload for _, payload in queries.waiting("demo", 10))


def test_only_what_a_step_sealed_waits_no_more() -> None:
    write(4)
    write(3, force="63")
    assert sealing.seal(force="63") == 3
    assert set(Seal.objects.values_list("force", flat=True)) == {"63"}
    assert len(queries.waiting("demo", 10)) == Unsealed.objects.count() == 4
    assert sealing.seal(limit=1) == 1
    assert Unsealed.objects.count() == 3
    assert queries.verify().ok
