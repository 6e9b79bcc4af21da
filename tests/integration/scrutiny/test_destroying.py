"""Words that somebody took back are destroyed by two people, and are then nowhere (SEC-09, VIC-08)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.access.policies import FactorNotFresh
from craffu.audit.models import Event
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.daily.ticking import tick
from craffu.scrutiny.destroying.actions import ask_to_destroy_interview, decide
from craffu.scrutiny.destroying.kinds import Decision
from craffu.scrutiny.interviewing.actions import record_consent, withdraw_consent, write_answer
from craffu.scrutiny.interviewing.facts import NewAnswer
from craffu.scrutiny.interviewing.kinds import Use
from craffu.scrutiny.interviewing.queries import find_interview, stands_now
from craffu.scrutiny.models import Answer, Destruction, DestructionDecided, Interview, Quote
from craffu.work.models import WorkItem
from tests.factories.interviews import answered, consent_of

pytestmark = [pytest.mark.rule("SEC-09"), pytest.mark.rule("VIC-08")]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def officer(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("scrutiny_officer", username="scrutiny")


@pytest.fixture
def auditor(acting_as: Callable[..., Acting]) -> Acting:
    return replace(acting_as("auditor", username="auditor"), factor_at=NOW)


def taken_back(by: Acting, *uses: Use, now: datetime = NOW + MINUTE) -> Interview:
    one = answered(by)
    withdraw_consent(by=by, interview=one.reference, uses=frozenset(uses or {Use.KEEP}), now=now)
    return one


def kept() -> list[tuple[str, str]]:
    """What the database itself holds of answers and quotes, undeciphered."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT words, note FROM scrutiny_answer UNION ALL SELECT words, '' FROM scrutiny_quote ORDER BY 1, 2"
        )
        return [(str(words), str(note)) for words, note in cursor.fetchall()]


def test_one_asks_another_decides_and_the_words_are_nowhere(officer: Acting, auditor: Acting) -> None:
    one = taken_back(officer)
    sealed = [text for row in kept() for text in row if text]
    assert len(sealed) == 3, "an answer, a note and a quote, encrypted"
    asked = ask_to_destroy_interview(by=officer, interview=one.reference, now=NOW + 2 * MINUTE)
    assert ask_to_destroy_interview(by=officer, interview=one.reference, now=NOW + 3 * MINUTE) == asked
    assert [text for row in kept() for text in row if text] == sealed, "asking destroys nothing"
    row = decide(by=auditor, destruction=asked.reference, decision=Decision.DESTROY, now=NOW + 4 * MINUTE)
    assert row.texts == 3
    assert kept() == [("", ""), ("", "")]
    if connection.vendor == "sqlite":
        # Nor in what SQLite freed.
        image = connection.connection.serialize()
        assert all(text.encode() not in image for text in sealed)
    found = find_interview(officer, one.reference)
    assert found is not None
    said = stands_now(officer, found, NOW + 4 * MINUTE).answer_to("work")
    assert said is not None
    assert (said.is_withheld, said.is_destroyed, said.words) == (True, True, "")
    event = Event.objects.get(kind="words_destroyed")
    assert (event.verb, event.actor) == ("erasure", "auditor")
    assert '"counts":{"texts":3}' in event.payload
    assert '"refs":["destruction/WD-10001","interview/I-10001"]' in event.payload
    with pytest.raises(NotNow, match="no words here"):
        ask_to_destroy_interview(by=officer, interview=one.reference, now=NOW + 5 * MINUTE)


def test_nobody_decides_what_they_asked_for_and_nobody_asks_without_a_word_taken_back(
    acting_as: Callable[..., Acting], officer: Acting, auditor: Acting
) -> None:
    with pytest.raises(NotNow, match="no words here"):
        ask_to_destroy_interview(by=officer, interview=answered(officer).reference)
    both = replace(acting_as("scrutiny_officer", "auditor", username="both"), factor_at=NOW)
    one = taken_back(both)
    asked = ask_to_destroy_interview(by=both, interview=one.reference, now=NOW + 2 * MINUTE)
    with pytest.raises(NotPermitted) as refused:
        decide(by=both, destruction=asked.reference, decision=Decision.DESTROY, now=NOW + 2 * MINUTE)
    assert refused.value.code == "asked_it_themselves"
    with pytest.raises(NotPermitted):
        decide(by=officer, destruction=asked.reference, decision=Decision.DESTROY, now=NOW + 2 * MINUTE)
    with pytest.raises(NotPermitted):
        ask_to_destroy_interview(by=acting_as("analyst"), interview=one.reference, now=NOW + 2 * MINUTE)
    with pytest.raises(NotPermitted):
        ask_to_destroy_interview(by=auditor, interview=one.reference, now=NOW + 2 * MINUTE)
    decide(by=auditor, destruction=asked.reference, decision=Decision.KEEP_HELD, now=NOW + 2 * MINUTE)
    with pytest.raises(Conflict):
        decide(by=auditor, destruction=asked.reference, decision=Decision.DESTROY, now=NOW + 3 * MINUTE)
    assert DestructionDecided.objects.for_system("a test").get().texts == 0
    assert all(words for words, _ in kept()), "kept, and read by nobody"
    again = ask_to_destroy_interview(by=both, interview=one.reference, now=NOW + 4 * MINUTE)
    assert again.reference == "WD-10002", "it may be asked anew once what held it is over"


def test_only_what_was_taken_back_goes(officer: Acting, auditor: Acting) -> None:
    one = taken_back(officer, Use.QUOTE)
    asked = ask_to_destroy_interview(by=officer, interview=one.reference, now=NOW + 2 * MINUTE)
    assert decide(by=auditor, destruction=asked.reference, decision=Decision.DESTROY, now=NOW + 2 * MINUTE).texts == 1
    assert [quote.words for quote in Quote.objects.for_system("a test")] == [""]
    assert all(row.words and row.note for row in Answer.objects.for_system("a test")), "what may be kept is kept"
    withdraw_consent(by=officer, interview=one.reference, uses=frozenset({Use.KEEP}), now=NOW + 3 * MINUTE)
    record_consent(
        by=officer, interview=one.reference, given=consent_of(one, at=NOW + 9 * MINUTE), now=NOW + 9 * MINUTE
    )
    write_answer(by=officer, interview=one.reference, given=NewAnswer("work", "Anew."), now=NOW + 10 * MINUTE)
    asked = ask_to_destroy_interview(by=officer, interview=one.reference, now=NOW + 11 * MINUTE)
    fresh = replace(auditor, factor_at=NOW + 10 * MINUTE)
    assert decide(by=fresh, destruction=asked.reference, decision=Decision.DESTROY, now=NOW + 11 * MINUTE).texts == 2
    words = [row.words for row in Answer.objects.for_system("a test").order_by("id")]
    assert words == ["", "Anew."], "what was said under a later consent stands"


@pytest.mark.rule("SEC-09")
def test_a_session_left_open_destroys_nothing(officer: Acting, auditor: Acting) -> None:
    asked = ask_to_destroy_interview(by=officer, interview=taken_back(officer).reference, now=NOW + 2 * MINUTE)
    with pytest.raises(FactorNotFresh):
        decide(by=replace(auditor, factor_at=None), destruction=asked.reference, decision=Decision.DESTROY)
    assert all(words for words, _ in kept())


def test_what_waits_to_be_decided_is_an_auditors_work(officer: Acting, auditor: Acting, force: Force) -> None:
    asked = ask_to_destroy_interview(by=officer, interview=taken_back(officer).reference, now=NOW + 2 * MINUTE)
    tick(force=force, at=NOW + 3 * MINUTE)
    item = WorkItem.objects.for_system("a test").get(kind="decide_destruction")
    assert (item.about, item.queue, item.over_at) == (asked.reference, "retention", None)
    assert item.due_at == datetime(2026, 12, 2, tzinfo=UTC), "to the end of the fifth working day"
    decide(by=auditor, destruction=asked.reference, decision=Decision.DESTROY, now=NOW + 4 * MINUTE)
    tick(force=force, at=NOW + 5 * MINUTE)
    item.refresh_from_db()
    assert item.over_at == NOW + 4 * MINUTE
    assert Destruction.objects.for_system("a test").count() == 1


@pytest.mark.slow
@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("owner_of_the_tables")
def test_once_it_is_committed_nothing_of_it_lies_in_the_file_nor_in_the_log_of_writes(
    officer: Acting, auditor: Acting
) -> None:
    asked = ask_to_destroy_interview(by=officer, interview=taken_back(officer).reference, now=NOW + 2 * MINUTE)
    sealed = [text.encode() for row in kept() for text in row if text]

    def lies_there() -> bool:
        name = str(connection.settings_dict["NAME"])
        files = [path for path in (Path(name), Path(f"{name}-wal")) if path.is_file()]
        held = b"".join(path.read_bytes() for path in files) if files else connection.connection.serialize()
        return any(text in held for text in sealed)

    assert lies_there(), "encrypted, before"
    decide(by=auditor, destruction=asked.reference, decision=Decision.DESTROY, now=NOW + 4 * MINUTE)
    assert not lies_there()
