"""Unusual reading on its page: from rows of the log to a question with the rule beside it, never a reproach (P40)."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.actions import record_refusal
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.audit.actors import Actor
from craffu.audit.events import AUDIT_READ
from craffu.audit.models import Event
from craffu.audit.reading import hours_of_reading
from craffu.audit.unusual import Refusal, unusual
from tests.conftest import A_MOMENT
from tests.web.audit.conftest import saw
from tests.web.conftest import text_of

pytestmark = pytest.mark.usefixtures("force", "frozen_clock")
HOUR = timedelta(hours=1)


def people(count: int, first: int = 60_000) -> list[str]:
    return [f"person/P-{first + number}" for number in range(count)]


@pytest.mark.rule("SEC-04")
def test_many_records_in_an_hour_become_a_question_with_its_rule(
    auditor: Client, make_user: Callable[..., User]
) -> None:
    make_user("investigator", username="dc.evans")
    saw("dc.evans", *people(100), at=A_MOMENT - HOUR)
    saw("dc.evans", *people(100, 60_050), at=A_MOMENT - HOUR + timedelta(minutes=5))
    text = text_of(auditor.get("/audit/unusual"))
    assert "Each line is a question to ask, not a finding that anybody did wrong." in text
    assert "Test dc.evans (dc.evans) Investigator Many records in an hour" in text
    # Fifty of them twice.
    assert "Different records looked at in this hour: 150" in text
    assert "The user’s own middle hour in the 30 days before: too few hours to compare" in text
    assert text.count("At least 150 different records in one hour, and more than 3 times") == 2
    assert "misconduct" not in text
    assert "Whose case a record belongs to: officers are not tied to cases yet." in text
    row = json.loads(Event.objects.filter(kind="audit_read").get().payload)
    assert (row["purpose"], row["reason"], row["refs"]) == ("lawfulness", "unusual_reading", ["user/dc.evans"])


def test_a_new_time_of_day_and_refusals_are_found(auditor: Client, make_user: Callable[..., User]) -> None:
    for day in range(1, 13):
        saw("dc.evans", "person/P-1", at=A_MOMENT - timedelta(days=day))
    saw("dc.evans", *people(5), at=datetime(2026, 1, 14, 3, 10, tzinfo=UTC))
    by = acting_user(make_user("volunteer_reviewer", username="vol"))
    for _again in range(5):
        record_refusal(by=by, refs=["page/person_list"], reason="right_not_held")
    with time_machine.travel(A_MOMENT + timedelta(minutes=1)):
        text = text_of(auditor.get("/audit/unusual"))
    assert "14 January 2026, 03:00 dc.evans Investigator A new time of day" in text
    assert "Test vol (vol) Volunteer reviewer Many refusals Refusals on this day: 5" in text
    assert "or search the log for refusals: Ask the log" in text


def test_jobs_the_log_itself_other_things_and_whoever_asks_do_not_count(auditor: Client) -> None:
    at = A_MOMENT - HOUR
    saw("auditor.one", *people(200), at=at, role="auditor")
    saw("auditor.two", *people(200), at=at, kind=AUDIT_READ, role="auditor")
    saw("dc.evans", *(f"run/R-{number}" for number in range(200)), at=at)
    saw("their.officer", *people(200), at=at, force="63")
    text = text_of(auditor.get("/audit/unusual"))
    assert "The rules found nothing. That does not show that all reading was right." in text
    assert "Your own reading. No other auditor can look yet: ask an administrator to name one." in text


def test_the_work_of_the_system_is_nobodys_reading(auditor: Client) -> None:
    from django.db import transaction

    from craffu.audit.actions import record
    from craffu.people.events import PERSON_VIEWED

    with transaction.atomic():
        record(
            kind=PERSON_VIEWED,
            actor=Actor("nightly", "system", "demo", "system"),
            refs=people(3),
            now=A_MOMENT - HOUR,
        )
    given = dict(force="demo", since=A_MOMENT - 2 * HOUR, until=A_MOMENT, records=("person",), asker="auditor.one")
    assert hours_of_reading(**given) == []  # type: ignore[arg-type]


def test_welsh_and_a_constant_number_of_queries(auditor: Client) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert auditor.get("/audit/unusual").status_code == 200
        return len(queries)

    saw("dc.evans", *people(150), at=A_MOMENT - HOUR)
    before = counted()
    for number in range(20):
        saw(f"dc.{number}", *people(150), at=A_MOMENT - timedelta(minutes=number))
    assert counted() == before
    assert "Mae pob llinell yn gwestiwn i’w ofyn" in text_of(auditor.get("/cy/audit/unusual"))


def test_what_is_usual_is_no_question(auditor: Client) -> None:
    """Many records as in every hour before, a late hour next to others, an hour emptier than the one before it."""
    for step in range(8, 22):
        saw("dc.usual", *people(160), at=A_MOMENT - timedelta(days=step))
        saw("dc.late", "person/P-1", at=A_MOMENT - timedelta(days=step, hours=-1))
    saw("dc.usual", *people(160), at=A_MOMENT - HOUR)
    saw("dc.late", *people(7), at=A_MOMENT.replace(hour=2) - timedelta(days=1))
    saw("dc.late", *people(6), at=A_MOMENT.replace(hour=3) - timedelta(days=1))
    saw("dc.late", *people(9), at=A_MOMENT)
    text = text_of(auditor.get("/audit/unusual"))
    assert "Shown: 1 to 1 of 1" in text
    assert "13 January 2026, 02:00 dc.late" in text
    assert "dc.usual" not in text


def test_a_refusal_before_the_days_looked_at_is_not_counted() -> None:
    refusals = [Refusal("a", "r", A_MOMENT - timedelta(days=8))] * 9
    assert unusual([], refusals, A_MOMENT) == []
