"""What a row of the log is about is drawn when it is sealed; whoever asks hears of those that wait all the same (ADR 124)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from craffu.audit import queries
from craffu.audit.actions import record_consultation
from craffu.audit.actors import Actor
from craffu.audit.chain import last_check
from craffu.audit.models import Event, EventReference
from craffu.audit.naming import named_in_log, naming
from craffu.audit.questions import KeptFrom, Question, acts_between, acts_found, has_own_acts, readers_of
from craffu.audit.rules import Purpose, Verb
from craffu.audit.sealing import actions as sealing
from tests.integration.audit.conftest import NINE, declared, write

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-04"), pytest.mark.rule("SEC-05")]

ABOUT = Question(Purpose.LAWFULNESS, ref="person/P-4")
ALL = Question(Purpose.LAWFULNESS)
HIDDEN = KeptFrom(frozenset({"person/P-4", "person/P-1"}))


def _numbers(found: object) -> list[int]:
    return [event.pk for event in found]  # type: ignore[attr-defined]


def _answers() -> dict[str, object]:
    """Everything that is asked of the log by record, as it is answered now."""
    return {
        "history": _numbers(queries.events_about("order/O-1", force="demo")),
        "elsewhere": _numbers(queries.events_about("order/O-1", force="63")),
        "about one": _numbers(acts_found(ABOUT, force="demo", asker="nobody")),
        "who": readers_of(ABOUT, force="demo", asker="nobody"),
        "own": has_own_acts(ABOUT, force="demo", asker="u1"),
        "own of another": has_own_acts(ABOUT, force="demo", asker="u2"),
        "kept from": _numbers(acts_found(ALL, force="demo", asker="nobody", kept_from=HIDDEN)),
        "between": _numbers(
            acts_between("order/O-1", "u1", force="demo", since=NINE, until=NINE + timedelta(seconds=3))
        ),
        "named": named_in_log(["person/P-4", "person/P-2", "person/P-77"], force="demo"),
        "named elsewhere": named_in_log(["person/P-4", "person/P-2"], force="63"),
        "last check": last_check("demo"),
    }


def _whole() -> None:
    write(6)
    write(3, force="63", start=6)
    sealing.check_chain(actor=Actor("auditor", "auditor", "demo"), now=NINE)


@pytest.mark.parametrize("sealed", [0, 2, 4, 9], ids=["none", "some", "more", "all but one"])
def test_what_waits_is_answered_as_what_is_sealed(sealed: int) -> None:
    _whole()
    waiting = _answers()
    assert waiting["history"]
    assert waiting["about one"]
    assert waiting["named"] == {"person/P-4", "person/P-2"}
    assert waiting["named elsewhere"] == set()
    assert len(waiting["kept from"]) == 5  # type: ignore[arg-type]  # four of six rows, and the check
    assert (waiting["own"], waiting["own of another"]) == (True, False)
    assert waiting["last check"] is not None
    sealing.seal(limit=sealed)
    assert EventReference.objects.exists() is bool(sealed)
    assert _answers() == waiting
    sealing.seal()
    assert _answers() == waiting
    assert queries.verify().ok


def test_a_row_is_drawn_once_and_not_before_its_seal() -> None:
    refs = [f"person/P-{number}" for number in range(50)]
    record_consultation(kind=declared(Verb.CONSULTATION), actor=Actor("u1", "analyst", "demo"), refs=refs, now=NINE)
    assert not EventReference.objects.exists()
    assert sealing.seal() == 1
    assert sorted(EventReference.objects.values_list("ref", flat=True)) == sorted(refs)


def test_a_row_that_an_earlier_release_drew_at_once_is_sealed_and_counted_once() -> None:
    write(2)
    drawn = Event.objects.order_by("id").first()
    assert drawn is not None
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_eventreference (ref, event_id) VALUES ('person/P-0', %s)", [drawn.pk])
    assert _numbers(queries.events_about("person/P-0", force="demo")) == [drawn.pk]
    assert sealing.seal() == 2
    assert EventReference.objects.count() == 4
    assert _numbers(queries.events_about("person/P-0", force="demo")) == [drawn.pk]
    assert queries.verify().ok


@pytest.mark.parametrize(
    "read",
    [
        lambda: acts_found(ABOUT, force="demo", asker="nobody"),
        lambda: queries.events_about("person/P-4", force="demo"),
        lambda: Event.objects.filter(pk__in=naming(["person/P-4", "person/P-5"], force="demo")),
    ],
    ids=["question", "history", "several"],
)
def test_the_log_is_not_read_for_what_waits(read: Callable[[], object]) -> None:
    write(300)
    sealing.seal(limit=290)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = read().explain()  # type: ignore[attr-defined]
    assert "audit_eventreference" in plan or "SEARCH r USING" in plan
    assert "SCAN audit_event" not in plan
    assert "SCAN w" not in plan
    assert "audit_event_force_at" not in plan


def test_nobody_is_named_where_nothing_is_asked() -> None:
    write(2)
    assert named_in_log([], force="demo") == set()
    assert not Event.objects.filter(pk__in=naming([])).exists()
