"""Every filter of the auditor's viewer is served by an index, however long the log is (P40; B10)."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction

from craffu.audit.models import Event
from craffu.audit.queries import of_verbs
from craffu.audit.questions import Question, acts_found, has_own_acts, readers_of
from craffu.audit.rules import Purpose, Verb, canonical, instant_text
from craffu.audit.sealing import actions as sealing

pytestmark = pytest.mark.django_db
START = datetime(2026, 8, 1, tzinfo=UTC)
USERS = 37
WAITING = 50
VERBS = [Verb.CONSULTATION] * 8 + [Verb.ALTERATION, Verb.COLLECTION]

QUESTIONS = {
    "everything": Question(Purpose.LAWFULNESS),
    "a record": Question(Purpose.LAWFULNESS, ref="person/P-12000"),
    "a user": Question(Purpose.LAWFULNESS, actor="u5"),
    "a verb": Question(Purpose.LAWFULNESS, verbs=(Verb.ALTERATION,)),
    "an absent verb": Question(Purpose.LAWFULNESS, verbs=(Verb.ERASURE,)),
    "days": Question(Purpose.LAWFULNESS, first=date(2026, 8, 2), last=date(2026, 8, 2)),
    "a recipient": Question(Purpose.LAWFULNESS, recipient="team 3"),
    "who saw a record": Question(Purpose.LAWFULNESS, ref="person/P-12000", verbs=(Verb.CONSULTATION, Verb.DISCLOSURE)),
    "what a user saw": Question(Purpose.LAWFULNESS, actor="u5", verbs=(Verb.CONSULTATION, Verb.DISCLOSURE)),
}


def payload(number: int) -> str:
    verb = Verb.DISCLOSURE if number % 100 == 7 else VERBS[number % 10]
    row = {
        "at": instant_text(START + timedelta(seconds=number * 97)),
        "actor": f"u{number % USERS}",
        "actor_kind": "user",
        "role": "investigator",
        "force": "demo",
        "verb": verb.value,
        "kind": "person_viewed",
        "refs": sorted({f"person/P-{10000 + number % 4000}", f"case/C-{10000 + number % 3000}"}),
        **({"recipient": f"Team {number % 37}"} if verb is Verb.DISCLOSURE else {}),
    }
    return canonical(row)


def fill(count: int) -> None:
    for first in range(0, count, 5000):
        with transaction.atomic():
            many = [(payload(number),) for number in range(first, min(first + 5000, count))]
            Event.objects.add_rows(("payload",), many)
    # The last few wait yet, as they do while people work.
    sealing.seal(limit=count - WAITING)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.mark.parametrize("count", [20_000, pytest.param(100_000, marks=pytest.mark.deep)])
def test_no_question_reads_the_whole_log(count: int) -> None:
    fill(count)
    for name, question in QUESTIONS.items():
        found = acts_found(question, force="demo", asker="auditor")[:20]
        plan = str(found.explain())
        assert "Seq Scan on audit_event" not in plan, (name, plan)
        assert "SCAN audit_event" not in plan, (name, plan)
        assert list(found) or question.verbs == (Verb.ERASURE,), name


def test_seldom_verbs_are_found_by_an_index_that_holds_no_others() -> None:
    fill(20_000)
    for verbs, by_it in (([Verb.DISCLOSURE], True), ([Verb.DENIED, Verb.ERASURE], True), ([Verb.CONSULTATION], False)):
        plan = of_verbs(Event.objects.filter(force="demo"), verbs).explain()
        assert ("audit_event_seldom_verb" in plan) is by_it, plan


@pytest.mark.postgres_in_deep
def test_the_summary_of_readers_and_the_rows_agree_and_leave_out_whoever_asks() -> None:
    fill(20_000)
    question = QUESTIONS["who saw a record"]
    everybody = list(acts_found(question, force="demo", asker="nobody"))
    asker = everybody[0].actor
    rows = list(acts_found(question, force="demo", asker=asker))
    readers = readers_of(question, force="demo", asker=asker)
    assert 0 < sum(reader.times for reader in readers) == len(rows) < len(everybody)
    assert asker not in {row.actor for row in rows} | {reader.actor for reader in readers}
    assert has_own_acts(question, force="demo", asker=asker)
    assert not has_own_acts(question, force="demo", asker="nobody")
    assert all("person/P-12000" in json.loads(row.payload)["refs"] for row in everybody)
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)
