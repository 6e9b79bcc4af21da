"""Interviews of practice: held, consented to, quoted, taken back, apart from casework; a danger told on (VIC-08, VIC-11)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.access.roles import BY_KEY
from craffu.audit.models import Event
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.daily.ticking import tick
from craffu.scrutiny.interviewing.actions import (
    hold_interview,
    mark_quote,
    record_acted,
    record_consent,
    withdraw_consent,
    write_answer,
)
from craffu.scrutiny.interviewing.due import SOURCE
from craffu.scrutiny.interviewing.facts import NewActed, NewAnswer, NewConsent, NewInterview
from craffu.scrutiny.interviewing.kinds import ByWhom, Done, ReviewQuestion, Use, Whom
from craffu.scrutiny.interviewing.permissions import CASEWORK
from craffu.scrutiny.interviewing.queries import (
    InterviewStands,
    find_interview,
    find_live_risk,
    interviews,
    stands_now,
    uses_of,
)
from craffu.scrutiny.models import Answer, Consent, ConsentWithdrawn, Interview, LiveRisk, LiveRiskActed, Quote
from craffu.work.models import WorkItem
from tests.factories.interviews import SAID, TOLD, answered, consent_of, held, referred

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def officer(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("scrutiny_officer", username="scrutiny")


def whole(by: Acting, one: Interview, now: datetime = NOW) -> InterviewStands:
    found = find_interview(by, one.reference)
    assert found is not None
    return stands_now(by, found, now)


@pytest.mark.rule("VIC-08")
def test_an_interview_is_held_consented_to_answered_and_quoted_word_for_word(officer: Acting) -> None:
    one = answered(officer)
    assert (one.reference, one.by, one.schedule) == ("I-10001", officer.user, 1)
    stands = whole(officer, one)
    assert stands.uses == {Use.KEEP, Use.QUOTE}
    said = stands.answer_to("work")
    assert said is not None
    assert (said.words, [quote.words for quote in said.quotes]) == (SAID, ["We never hear what the court did."])
    kinds = Event.objects.filter(kind__startswith="interview").order_by("id").values_list("kind", "verb")
    assert list(kinds) == [
        ("interview_held", "collection"),
        ("interview_consented", "collection"),
        ("interview_answered", "collection"),
        ("interview_quoted", "collection"),
    ]
    answered(officer)
    counted = [model.objects.for_system("a test").count() for model in (Interview, Consent, Answer, Quote)]
    assert counted == [1, 1, 1, 1], "the same once more is kept once"
    write_answer(by=officer, interview=one.reference, given=NewAnswer("work", "Sometimes we do."))
    again = whole(officer, one).answer_to("work")
    assert again is not None
    assert (again.words, again.quotes) == ("Sometimes we do.", ()), "the last answer stands, without another's quotes"


@pytest.mark.rule("VIC-11")
@pytest.mark.rule("VIC-08")
def test_a_victim_is_told_who_may_read_their_words_before_they_consent_and_words_are_taken_only_then(
    officer: Acting,
) -> None:
    one = held(officer, Whom.VICTIM, language="cy")
    whole_consent = consent_of(one)
    with pytest.raises(NotNow, match="Their consent does not stand"):
        write_answer(by=officer, interview=one.reference, given=NewAnswer("first", "Neb yn gwrando"))
    without = NewConsent(whole_consent.uses, ByWhom.SELF, whole_consent.read)
    with pytest.raises(NotNow, match="who may come to read their words"):
        record_consent(by=officer, interview=one.reference, given=without)
    with pytest.raises(NotNow, match="nothing is written down"):
        record_consent(by=officer, interview=one.reference, given=consent_of(one, Use.QUOTE))
    unread = NewConsent(whole_consent.uses, ByWhom.SELF, None, whole_consent.notice)
    with pytest.raises(NotNow, match="Read them the words"):
        record_consent(by=officer, interview=one.reference, given=unread)
    assert Consent.objects.for_system("a test").count() == 0
    row = record_consent(by=officer, interview=one.reference, given=whole_consent)
    assert (row.notice_version, row.notice_shown_at, row.words_version, row.words_language, row.read_at) == (
        1, NOW - MINUTE, 1, "cy", NOW - MINUTE,
    )  # fmt: skip
    write_answer(by=officer, interview=one.reference, given=NewAnswer("first", "Neb yn gwrando"))
    with pytest.raises(NotPermitted):
        write_answer(by=officer, interview=one.reference, given=NewAnswer("work", "a question that is not theirs"))
    with pytest.raises(NotNow):
        write_answer(by=officer, interview=one.reference, given=NewAnswer("safety", " "))


@pytest.mark.rule("VIC-08")
def test_words_taken_back_are_in_no_answer_and_no_quote_from_then_on_and_never_come_back(officer: Acting) -> None:
    one = answered(officer)
    assert uses_of(officer, [one], NOW) == {one.pk: {Use.KEEP, Use.QUOTE}}
    withdraw_consent(by=officer, interview=one.reference, uses=frozenset({Use.QUOTE}), now=NOW + MINUTE)
    stands = whole(officer, one, NOW + MINUTE)
    said = stands.answer_to("work")
    assert said is not None
    assert (said.words, [quote.words for quote in said.quotes], said.may_be_quoted) == (SAID, [""], False)
    with pytest.raises(NotNow, match="not agreed to be quoted"):
        mark_quote(by=officer, interview=one.reference, question="work", words="Nobody rings.", now=NOW + MINUTE)
    with pytest.raises(NotNow, match="no such consent"):
        withdraw_consent(by=officer, interview=one.reference, uses=frozenset({Use.QUOTE}), now=NOW + MINUTE)
    withdraw_consent(by=officer, interview=one.reference, uses=frozenset({Use.KEEP}), now=NOW + 2 * MINUTE)
    assert uses_of(officer, [one], NOW + 2 * MINUTE) == {one.pk: frozenset()}
    record_consent(
        by=officer, interview=one.reference, given=consent_of(one, at=NOW + 9 * MINUTE), now=NOW + 9 * MINUTE
    )
    for minute in (2, 9):
        taken_back = whole(officer, one, NOW + minute * MINUTE).answer_to("work")
        assert taken_back is not None
        assert taken_back.is_withheld
        assert (taken_back.words, taken_back.note, [quote.words for quote in taken_back.quotes]) == ("", "", [""])
    assert whole(officer, one, NOW + 9 * MINUTE).is_kept
    write_answer(by=officer, interview=one.reference, given=NewAnswer("work", "Anew."), now=NOW + 10 * MINUTE)
    anew = whole(officer, one, NOW + 10 * MINUTE).answer_to("work")
    assert anew is not None
    assert anew.words == "Anew."
    assert ConsentWithdrawn.objects.for_system("a test").count() == 2


@pytest.mark.rule("VIC-08")
def test_a_quote_is_a_passage_word_for_word(officer: Acting) -> None:
    one = answered(officer)
    with pytest.raises(NotNow, match="word for word"):
        mark_quote(by=officer, interview=one.reference, question="work", words="We always hear what the court did.")
    over_lines = mark_quote(by=officer, interview=one.reference, question="work", words="did.\nNobody")
    assert over_lines.words == "did. Nobody"


@pytest.mark.rule("SEC-01")
def test_an_interview_opens_to_scrutiny_officers_and_whoever_asked_and_to_nobody_who_works_on_cases(
    acting_as: Callable[..., Acting], officer: Acting, other_force: Force
) -> None:
    asker = acting_as("analyst", username="asker")
    one, theirs = held(asker), held(officer, review="Another")
    assert list(interviews(officer)) == [theirs, one]
    assert list(interviews(asker)) == [one]
    with pytest.raises(NotPermitted) as refused:
        record_consent(by=asker, interview=theirs.reference, given=consent_of(theirs))
    assert refused.value.code == "not_their_interview"
    record_consent(by=officer, interview=one.reference, given=consent_of(one))
    for right in BY_KEY:
        if right in {"scrutiny_officer", "analyst"}:
            continue
        with pytest.raises(NotPermitted):
            interviews(acting_as(right, username=f"only.{right}"))
    for right in CASEWORK:
        both = acting_as("scrutiny_officer", right, username=f"both.{right}")
        with pytest.raises(NotPermitted) as refused:
            interviews(both)
        assert refused.value.code == "does_casework"
    afar = acting_as("scrutiny_officer", force=other_force, username="afar")
    assert list(interviews(afar)) == []
    assert find_interview(afar, one.reference) is None
    with pytest.raises(NotPermitted):
        write_answer(by=afar, interview=one.reference, given=NewAnswer("work", "from afar"))


@pytest.mark.rule("VIC-08")
def test_it_names_nobody_and_stands_with_no_case_and_no_person() -> None:
    models = (Interview, Consent, ConsentWithdrawn, Answer, Quote, LiveRisk, LiveRiskActed)
    related = {field.related_model.__name__ for one in models for field in one._meta.fields if field.related_model}
    # A danger is of an interview or of the review of a case, and of never both: the database refuses it.
    assert related == {"Force", "User", "Interview", "Answer", "LiveRisk", "CaseReview"}
    assert "scrutiny_live_risk_whence" in {one.name for one in LiveRisk._meta.constraints}


def test_what_cannot_be_is_refused_and_the_database_keeps_it_too(officer: Acting) -> None:
    victim = NewInterview(Whom.VICTIM, "Deep dive", ReviewQuestion.ALL, "en", NOW, "response", "small")
    with pytest.raises(NotNow, match="no post"):
        hold_interview(by=officer, given=victim)
    with pytest.raises(NotNow, match="choose their work"):
        hold_interview(by=officer, given=NewInterview(Whom.STAFF, "Deep dive", ReviewQuestion.ALL, "en", NOW))
    with pytest.raises(NotNow, match="future"):
        hold_interview(by=officer, given=NewInterview(Whom.VICTIM, "Deep dive", ReviewQuestion.ALL, "en", NOW + MINUTE))
    one = held(officer)
    row = {"force_id": one.force_id, "by_id": one.by_id, "known_from": NOW, "review": "x", "question": "all",
           "language": "en", "schedule": 1, "held_at": NOW}  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Interview.rows.model.save_base(
            Interview(reference="I-1", whom="victim", post="response", band="small", **row), raw=True
        )
    assert Interview.objects.for_system("a test").count() == 1


@pytest.mark.rule("VIC-08")
def test_a_danger_told_of_reaches_the_force_at_once_without_a_word_of_the_interview(
    officer: Acting, acting_as: Callable[..., Acting], system: Acting
) -> None:
    one = answered(officer)
    withdraw_consent(by=officer, interview=one.reference, uses=frozenset({Use.KEEP}), now=NOW)
    risk = referred(officer, one)
    assert referred(officer, one).pk == risk.pk, "the same danger sent twice is told once"
    logged = Event.objects.get(kind="live_risk_referred")
    assert logged.verb == "disclosure"
    tick(force=system.force, at=NOW)
    item = WorkItem.objects.for_system("a test").get(kind="act_on_live_risk")
    assert (item.queue, item.due_at, item.about, item.rank) == (
        "live-risks",
        NOW + timedelta(hours=1),
        risk.reference,
        0,
    )
    kept = "\n".join(str(value) for value in vars(item).values())
    payloads = "\n".join(Event.objects.values_list("payload", flat=True))
    for words in (*SAID.splitlines(), TOLD, one.reference):
        assert words not in kept
    for words in (*SAID.splitlines(), TOLD):
        assert words not in payloads
    duty = acting_as("duty_inspector", username="duty")
    record_acted(by=duty, risk=risk.reference, given=NewActed(Done.MADE_SAFE, "A car is outside."), now=NOW + MINUTE)
    with pytest.raises(Conflict):
        record_acted(by=duty, risk=risk.reference, given=NewActed(Done.KNOWN, "Known."), now=NOW + MINUTE)
    (answer,) = SOURCE.due(system, [str(risk.pk)], NOW + 2 * MINUTE).values()
    assert [due.done_at for due in answer.dues] == [NOW + MINUTE]
    (before,) = SOURCE.due(system, [str(risk.pk)], NOW).values()
    assert [due.done_at for due in before.dues] == [None], "as things stood before it was done"
    tick(force=system.force, at=NOW + 2 * MINUTE)
    item.refresh_from_db()
    assert item.over_at == NOW + MINUTE
    assert list(SOURCE.every(system)) == [str(risk.pk)]


@pytest.mark.rule("SEC-01")
def test_a_danger_opens_to_whoever_acts_on_it_in_its_own_force(
    officer: Acting, acting_as: Callable[..., Acting], other_force: Force
) -> None:
    risk = referred(officer, held(officer))
    with pytest.raises(NotPermitted):
        record_acted(by=officer, risk=risk.reference, given=NewActed(Done.KNOWN, "Known."))
    afar = acting_as("supervisor", force=other_force, username="afar")
    assert find_live_risk(afar, risk.reference) is None
    with pytest.raises(NotPermitted):
        record_acted(by=afar, risk=risk.reference, given=NewActed(Done.KNOWN, "Known."))
    with pytest.raises(NotNow):
        record_acted(by=acting_as("supervisor"), risk=risk.reference, given=NewActed(Done.KNOWN, " "))


def test_reading_many_asks_no_more_than_reading_one(officer: Acting, system: Acting) -> None:
    counts = []
    for number in (1, 8):
        for one in range(number):
            referred(officer, held(officer, review=f"{number} {one}"), told=f"{number} {one}")
        with CaptureQueriesContext(connection) as taken:
            listed = list(interviews(officer))
            uses_of(officer, listed, NOW)
            SOURCE.due(system, list(SOURCE.every(system)), NOW)
        counts.append(len(taken))
    assert counts[0] == counts[1]
