"""What officers decide of a possible breach, what others decided, what is answered and explained; two people at once (BRC-04)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.audit.models import Event
from craffu.breaches.detecting.facts import Found, SaidBy
from craffu.breaches.detecting.rules import Decision
from craffu.breaches.ledger.actions import raise_found
from craffu.breaches.ledger.kinds import FoundBy, Standpoint
from craffu.breaches.ledger.queries import BreachStory, find_breach, story_of_breach
from craffu.breaches.models import Breach, BreachAnswer, BreachMove, StandpointTaken
from craffu.breaches.standpoints.actions import (
    answer,
    answer_several,
    decide,
    explain,
    finalise,
    open_again,
    part_again,
    record_standpoint,
)
from craffu.breaches.standpoints.questions import TAKES, Question
from craffu.breaches.standpoints.reading import do_not_agree, orders_reviewed
from craffu.breaches.standpoints.rules import Mismatch
from craffu.common.refusals import Conflict, NotNow, NotPermitted, Refusal
from craffu.daily.ticking import tick
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from craffu.orders.models import Condition, Order
from craffu.people.queries import people_of_records
from craffu.work.models import WorkItem
from tests.factories.breaches import breaches, reported, send_against, send_incident
from tests.factories.crimes import send_crime
from tests.factories.orders import considered, order_of, received
from tests.integration.breaches.conftest import DAY, HOUR, MADE, NOW
from tests.integration.breaches.test_detecting import run, sent

WHY = "The neighbour saw him at the gate"


@pytest.fixture
def person(system: Acting, served: Order) -> str:
    return people_of_records(system, [served.respondent_id])[served.respondent_id].reference


@pytest.fixture
def breach(officer: Acting, served: Order, person: str) -> Breach:
    """Reported of both conditions of the order."""
    return reported(
        officer, person, NOW - DAY, order=served.reference, conditions=numbers(served, 1, 2), words="He rang."
    )


@pytest.fixture
def other(officer: Acting, served: Order, person: str, breach: Breach) -> Breach:
    """The same incident, as somebody else reports it."""
    return reported(officer, person, NOW - DAY + HOUR, key="2", order=served.reference, words="I heard the telephone.")


def numbers(order: Order, *wanted: int) -> tuple[int, ...]:
    rows = Condition.objects.for_system("a test").filter(terms__order=order, number__in=wanted)
    return tuple(rows.order_by("number").values_list("pk", flat=True))


def story(breach: Breach) -> BreachStory:
    by = breach.force
    found = Breach.objects.for_system("a test").select_related("joined_to").get(pk=breach.pk, force=by)
    return story_of_breach(SYSTEM["by"], found)


SYSTEM: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def reader(system: Acting) -> None:
    SYSTEM["by"] = system


def decided(by: Acting, breach: Breach, decision: Decision = Decision.ACCEPT, reason: str = WHY, **said: Any) -> Breach:
    seen = said.pop("seen", story(breach).breach.moves_made)
    return decide(by=by, breach=breach.reference, decision=decision, reason=reason, seen=seen, **said)


def code(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def kinds() -> list[str]:
    return [one.kind for one in Event.objects.order_by("id") if one.kind.startswith("breach")]


@pytest.mark.rule("BRC-06")
def test_a_named_officer_accepts_it_with_a_reason_and_the_conditions_that_were_broken(
    breach: Breach, served: Order, investigator: Acting
) -> None:
    decided(investigator, breach, conditions=numbers(served, 2))

    told = story(breach)
    assert (told.breach.status, told.breach.police, told.breach.moves_made) == ("accepted", "breach", 1)
    assert [one.condition.number for one in told.holding if one.condition] == [2]
    word = told.standing(Standpoint.POLICE)
    assert word is not None
    assert (word.conditions, word.reason, word.by) == ([f"{served.reference}/2"], WHY, investigator.user)
    assert [(one.move, one.words, one.by_right) for one in told.moves] == [("accept", WHY, "investigator")]
    assert kinds()[-1] == "breach_decided"


@pytest.mark.rule("BRC-01")
def test_of_what_a_force_recorded_as_a_breach_an_officer_says_which_conditions_it_broke(
    served: Order, system: Acting, investigator: Acting, tmp_path: Path
) -> None:
    send_incident(system, tmp_path, 2, **sent(NOW - DAY, offence_code="ST19001"))
    run(system)
    [found] = breaches()
    before = story(found)
    recorded = before.standing(Standpoint.POLICE)
    assert recorded is not None
    assert (found.status, [one.condition for one in before.holding]) == ("accepted", [None])
    assert code(lambda: decided(investigator, found)) == "no_conditions"

    decided(investigator, found, conditions=numbers(served, 1, 2))

    told = story(found)
    assert (told.breach.status, told.breach.moves_made) == ("accepted", found.moves_made + 1)
    assert [one.condition.number for one in told.holding if one.condition] == [1, 2]
    word = told.standing(Standpoint.POLICE)
    assert word is not None
    assert (word.at, word.decision, word.by) == (recorded.at, "breach", investigator.user)
    assert word.conditions == [f"{served.reference}/1", f"{served.reference}/2"]
    with pytest.raises(Conflict):
        decided(investigator, found, conditions=numbers(served, 1), seen=found.moves_made)


@pytest.mark.rule("BRC-06")
def test_not_sure_which_condition_leaves_what_was_told(breach: Breach, investigator: Acting) -> None:
    decided(investigator, breach)

    assert [one.condition.number for one in story(breach).holding if one.condition] == [1, 2]


@pytest.mark.rule("BRC-06")
def test_a_rejection_needs_its_reason_and_is_kept(breach: Breach, investigator: Acting, supervisor: Acting) -> None:
    assert code(lambda: decided(investigator, breach, Decision.REJECT, "too short")) == "reason_too_short"
    decided(investigator, breach, Decision.REJECT)
    assert (story(breach).breach.status, story(breach).breach.police) == ("rejected", "no_breach")

    decided(supervisor, breach, Decision.ACCEPT)
    assert [one.decision for one in story(breach).words if one.standpoint == "police"] == ["no_breach", "breach"]


@pytest.mark.rule("BRC-06")
def test_nobody_else_decides_and_never_the_system(
    breach: Breach, officer: Acting, system: Acting, team: Acting
) -> None:
    for by in (officer, system, team):
        with pytest.raises(NotPermitted):
            decided(by, breach)
    assert story(breach).breach.status == "possible"
    assert not BreachMove.objects.for_system("a test").exists()


@pytest.mark.rule("BRC-06")
def test_enquiries_are_a_note_and_the_clock_runs_on(breach: Breach, investigator: Acting, system: Acting) -> None:
    assert code(lambda: decided(investigator, breach, Decision.NEEDS_ENQUIRIES, "  ")) == "no_words"
    decided(investigator, breach, Decision.NEEDS_ENQUIRIES, "Ask the shop for its camera")
    tick(force=system.force, at=NOW + 5 * HOUR)

    told = story(breach)
    assert (told.breach.status, [one.move for one in told.moves], kinds()[-1]) == ("possible", [""], "breach_noted")
    open_work = WorkItem.objects.for_system("a test").filter(over_at=None, watch__source="breaches")
    assert sorted(one.kind for one in open_work) == ["breach_contact", "breach_decide", "breach_inspector"]


@pytest.mark.rule("BRC-01")
def test_a_duplicate_keeps_both_sources_and_takes_them_back_when_it_is_parted(
    breach: Breach, other: Breach, investigator: Acting
) -> None:
    record_standpoint(by=investigator, breach=other.reference, standpoint=Standpoint.COURT, decision="proved", at=NOW)
    for _times in range(2):
        decided(investigator, other, Decision.DUPLICATE, duplicate_of=f" {breach.reference.lower()} ")
        told = story(breach)
        assert [one.words for one in told.sources] == ["He rang.", "I heard the telephone."]
        assert (told.breach.court, story(other).breach.status, story(other).breach.joined_to) == (
            "proved",
            "joined",
            breach,
        )

        part_again(by=investigator, breach=other.reference, reason="Two calls, an hour apart")
        told = story(breach)
        assert ([one.words for one in told.sources], told.breach.court) == (["He rang."], "")
        assert (story(other).breach.status, story(other).breach.court) == ("possible", "proved")
        assert story(other).moves[-1].other == breach


@pytest.mark.rule("BRC-01")
@pytest.mark.rule("SEC-02")
def test_what_is_shut_to_whoever_joins_two_goes_along_unseen(
    breach: Breach, other: Breach, investigator: Acting, supervisor: Acting, system: Acting, tmp_path: Path
) -> None:
    case = send_crime(system, tmp_path, 9)
    told = SaidBy(FoundBy.CRIME, "rms", "CRIME9", NOW)
    more = Found(
        FoundBy(other.found_by), other.key, other.respondent_id, None, None, other.happened_from, other.happened_to,
        said_by=(told,),
    )  # fmt: skip
    raise_found(by=system, found=[more], now=NOW)
    restrict(by=supervisor, kind="case", reference=case, reason="a test")
    outside = acting_user(investigator.user)
    assert [one.key for one in story_of_breach(outside, other).sources] == [
        one.key for one in story_of_breach(system, other).sources if one.key != "CRIME9"
    ]

    decided(outside, other, Decision.DUPLICATE, duplicate_of=breach.reference)

    assert "CRIME9" in {one.key for one in story_of_breach(acting_user(supervisor.user), breach).sources}
    assert "CRIME9" not in {one.key for one in story_of_breach(outside, breach).sources}


@pytest.mark.rule("BRC-01")
@pytest.mark.rule("SEC-02")
@pytest.mark.parametrize("is_shut", [True, False])
def test_who_decides_takes_back_no_order_that_is_shut_to_them(
    served: Order, team: Acting, officer: Acting, person: str, investigator: Acting, supervisor: Acting, system: Acting,
    tmp_path: Path, clock: Any, *, is_shut: bool,
) -> None:  # fmt: skip
    """Nobody was sure which order: it was held against both, and one of them is shut to whoever decides."""
    case = send_against(system, tmp_path, 7, [70])
    clock.move_to(NOW + HOUR / 2)
    other = order_of(team, case.reference, MADE, "RO_CONV")
    told = reported(officer, person, NOW - HOUR, words="He stood at the gate.")
    assert {one.order_id for one in story(told).holding} == {served.pk, other.pk}
    if is_shut:
        restrict(by=supervisor, kind="case", reference=case.reference, reason="A colleague is suspected")

    decided(acting_user(investigator.user), told, conditions=numbers(served, 1))

    assert {one.order_id for one in story(told).holding} == ({served.pk, other.pk} if is_shut else {served.pk})
    told.refresh_from_db()
    assert told.of_several is is_shut


@pytest.mark.rule("BRC-06")
def test_a_report_joined_to_what_was_rejected_opens_it_again_with_a_clock_of_its_own(
    breach: Breach, other: Breach, investigator: Acting, system: Acting, clock: Any
) -> None:
    decided(investigator, breach, Decision.REJECT)
    tick(force=system.force, at=NOW)
    clock.move_to(NOW + DAY)
    decided(investigator, other, Decision.DUPLICATE, duplicate_of=breach.reference)
    told = story(breach)
    assert (told.breach.status, [one.move for one in told.moves]) == ("possible", ["reject", "reopen"])
    assert [one.words for one in told.sources] == ["He rang.", "I heard the telephone."]
    tick(force=system.force, at=NOW + DAY)
    items = WorkItem.objects.for_system("a test").filter(kind="breach_decide", about=breach.reference).order_by("id")
    assert [(one.state, one.due_at) for one in items] == [("done", NOW + 4 * HOUR), ("open", NOW + DAY + 4 * HOUR)]


@pytest.mark.rule("BRC-01")
def test_only_another_breach_of_the_same_person_is_a_duplicate(
    breach: Breach, other: Breach, investigator: Acting, system: Acting, team: Acting, officer: Acting, tmp_path: Any
) -> None:
    def joins(one: Breach, to: str) -> str:
        return code(lambda: decided(investigator, one, Decision.DUPLICATE, duplicate_of=to))

    assert joins(other, "") == "missing:duplicate_of"
    assert joins(other, "B-99999") == "no_such_breach"
    assert joins(other, other.reference) == "itself"
    second = received(team, considered(system, tmp_path, number=5).reference, MADE)
    somebody = people_of_records(system, [second.respondent_id])[second.respondent_id].reference
    elsewhere = reported(officer, somebody, NOW - DAY, key="9")
    assert joins(other, elsewhere.reference) == "another_person"
    decided(investigator, other, Decision.DUPLICATE, duplicate_of=breach.reference)
    assert joins(elsewhere, other.reference) == "joined_already"
    # Of what was joined to it somebody may tell more: it keeps that, and is joined to nothing itself.
    assert joins(breach, elsewhere.reference) == "others_joined"
    assert code(lambda: part_again(by=investigator, breach=breach.reference, reason=WHY)) == "not_from_here"
    assert code(lambda: part_again(by=investigator, breach=other.reference, reason=" ")) == "no_words"


@pytest.mark.rule("BRC-06")
def test_what_is_opened_again_waits_with_a_clock_of_its_own(
    breach: Breach, investigator: Acting, system: Acting, clock: Any
) -> None:
    assert code(lambda: open_again(by=investigator, breach=breach.reference, reason=WHY)) == "not_from_here"
    decided(investigator, breach, Decision.REJECT)
    tick(force=system.force, at=NOW)
    clock.move_to(NOW + 2 * DAY)
    assert code(lambda: open_again(by=investigator, breach=breach.reference, reason=" ")) == "no_words"
    open_again(by=investigator, breach=breach.reference, reason="A photograph has come")
    tick(force=system.force, at=NOW + 2 * DAY)

    items = WorkItem.objects.for_system("a test").filter(kind="breach_decide").order_by("id")
    assert [(one.state, one.due_at) for one in items] == [("done", NOW + 4 * HOUR), ("open", NOW + 2 * DAY + 4 * HOUR)]


def answered(by: Acting, breach: Breach, *questions: Question) -> None:
    for question in questions:
        answer(by=by, breach=breach.reference, question=question, answered=TAKES[question][0], words="Said why")


@pytest.mark.rule("BRC-04")
def test_it_is_finalised_by_a_supervisor_once_everything_is_answered(
    breach: Breach, investigator: Acting, supervisor: Acting
) -> None:
    def close(by: Acting = supervisor) -> Breach:
        return finalise(by=by, breach=breach.reference, seen=story(breach).breach.moves_made)

    assert code(close) == "not_from_here"
    decided(investigator, breach)
    assert code(close) == "course_of_conduct_not_answered"
    assert (
        code(lambda: answered(investigator, breach, Question.COURSE_OF_CONDUCT))
        == "course_of_conduct:supervisor_must_answer"
    )
    answered(supervisor, breach, Question.COURSE_OF_CONDUCT)
    assert code(close) == "crime_recording_not_answered"
    answered(investigator, breach, Question.RECORDING)
    assert code(close) == "not_answered"
    answered(investigator, breach, *(one for one in Question if one is not Question.COURSE_OF_CONDUCT))
    with pytest.raises(NotPermitted):
        close(investigator)
    assert close().status == "finalised"
    assert kinds()[-1] == "breach_finalised"

    with pytest.raises(NotPermitted):
        open_again(by=investigator, breach=breach.reference, reason=WHY)
    assert open_again(by=supervisor, breach=breach.reference, reason=WHY).status == "possible"


@pytest.mark.rule("BRC-04")
def test_an_answer_counts_with_its_reason_and_the_same_said_twice_is_kept_once(
    breach: Breach, investigator: Acting
) -> None:
    def says(words: str) -> BreachAnswer:
        return answer(by=investigator, breach=breach.reference, question=Question.ARREST, answered="no", words=words)

    assert code(lambda: says(" ")) == "arrest:reason_missing"
    assert says("He had left") == says(" He had left ")
    says("He had gone")
    assert [one.words for one in story(breach).answers] == ["He had left", "He had gone"]
    said = [one.kind for one in Event.objects.all() if one.kind == "breach_answered"]
    assert len(said) == 2


@pytest.mark.rule("BRC-04")
def test_several_answers_are_kept_together_or_not_at_all_and_over_nobody_elses(
    breach: Breach, investigator: Acting, supervisor: Acting
) -> None:
    both = {Question.ARREST: ("yes", ""), Question.REVIEW: ("not_needed", "")}
    several = {"by": investigator, "breach": breach.reference}
    assert code(lambda: answer_several(**several, given=both, seen=0)) == "order_review_brought_forward:reason_missing"
    assert not story(breach).answers
    answered(supervisor, breach, Question.ARREST)
    with pytest.raises(Conflict):
        answer_several(**several, given={Question.ARREST: ("no", "He had left")}, seen=0)
    whole = {**both, Question.REVIEW: ("not_needed", "It ends tomorrow")}
    assert len(answer_several(**several, given=whole, seen=1)) == 2
    assert answer_several(**several, given=whole, seen=3) == []


@pytest.mark.rule("BRC-03")
def test_what_others_decided_is_recorded_once_beside_what_was_said_before(
    breach: Breach, served: Order, investigator: Acting, acting_as: Callable[..., Acting]
) -> None:
    def said(by: Acting = investigator, standpoint: Standpoint = Standpoint.COURT, **given: Any) -> StandpointTaken:
        word = {"decision": "proved", "at": NOW - HOUR, "conditions": numbers(served, 1)} | given
        return record_standpoint(by=by, breach=breach.reference, standpoint=standpoint, **word)

    assert said() == said()
    assert said().conditions == [f"{served.reference}/1"]
    said(decision="quashed", at=NOW)
    assert [one.decision for one in story(breach).words if one.standpoint == "court"] == ["proved", "quashed"]
    assert story(breach).breach.court == "quashed"
    assert code(lambda: said(at=NOW + timedelta(seconds=1))) == "in_future"
    assert code(lambda: said(decision="charged")) == "unknown_court"
    assert code(lambda: said(standpoint=Standpoint.REPORTED)) == "unknown_reported"
    hers = acting_as("victim_officer", username="hers")
    with pytest.raises(NotPermitted):
        said(hers)
    assert said(hers, Standpoint.VICTIM_TOLD).standpoint == "victim_told"


@pytest.mark.rule("BRC-03")
def test_what_does_not_agree_is_explained_until_somebody_says_more(
    breach: Breach, investigator: Acting, officer: Acting, system: Acting
) -> None:
    def open_codes() -> list[str]:
        told = story(breach)
        reviewed = orders_reviewed(system, [one.order for one in told.holding])
        return [one.value for one in do_not_agree(told, reviewed, NOW)]

    def explains(mismatch: Mismatch = Mismatch.REPORTED_AND_NOT_ACCEPTED, words: str = "She withdrew it") -> None:
        explain(by=investigator, breach=breach.reference, code=mismatch, words=words)

    assert code(explains) == "agrees_now"
    decided(investigator, breach, Decision.REJECT)
    assert open_codes() == ["M10"]
    assert code(lambda: explains(words=" ")) == "no_words"
    with pytest.raises(NotPermitted):
        explain(by=officer, breach=breach.reference, code=Mismatch.REPORTED_AND_NOT_ACCEPTED, words="Why")
    explains()
    assert open_codes() == []
    assert code(explains) == "agrees_now"
    record_standpoint(
        by=investigator, breach=breach.reference, standpoint=Standpoint.PROSECUTION, decision="no_action", at=NOW
    )
    assert open_codes() == ["M10"]


@pytest.mark.rule("BRC-03")
def test_M8_no_review_is_asked_for_of_an_order_that_ended_in_its_five_days(
    breach: Breach, served: Order, investigator: Acting, team: Acting, system: Acting, clock: time_machine.Traveller
) -> None:
    def open_codes(known_at: datetime | None = None) -> list[str]:
        found = find_breach(system, breach.reference)
        assert found is not None
        told = story_of_breach(system, found, known_at)
        reviewed = orders_reviewed(system, [one.order for one in told.holding], known_at)
        return [one.value for one in do_not_agree(told, reviewed, NOW + 8 * DAY)]

    decided(investigator, breach, Decision.ACCEPT)
    record_standpoint(by=investigator, breach=breach.reference, standpoint=Standpoint.COURT, decision="proved", at=NOW)
    clock.move_to(NOW + 8 * DAY)
    assert open_codes() == ["M8", "M9"]
    consents = ("respondent", "chief_officer")
    on = date(2026, 11, 26)
    ended = Given(discharged_on=on, applicant="police", reason_text="The court said so", consents=consents)
    move_order(by=team, order=served.reference, move="discharge", given=ended)
    assert open_codes() == ["M9"]
    assert open_codes(NOW + 8 * DAY - HOUR) == ["M8", "M9"], "as known before that was known"


@pytest.mark.rule("BRC-06")
def test_of_two_who_decide_at_once_the_second_is_told_and_overwrites_nothing(
    breach: Breach, investigator: Acting, supervisor: Acting
) -> None:
    decided(investigator, breach, Decision.ACCEPT, seen=0)

    for second in (Decision.REJECT, Decision.NEEDS_ENQUIRIES):
        with pytest.raises(Conflict):
            decided(supervisor, breach, second, seen=0)
    with pytest.raises(Conflict):
        finalise(by=supervisor, breach=breach.reference, seen=0)
    assert [one.move for one in story(breach).moves] == ["accept"]


@pytest.mark.rule("BRC-02")
def test_what_is_said_of_a_breach_that_is_not_there_is_refused(investigator: Acting, served: Order) -> None:
    assert find_breach(investigator, "B-99999") is None
    with pytest.raises(NotPermitted), time_machine.travel(NOW, tick=False):
        open_again(by=investigator, breach="B-99999", reason=WHY)


def test_a_refusal_leaves_nothing(breach: Breach, investigator: Acting) -> None:
    before = Event.objects.count()
    with pytest.raises(NotNow):
        decided(investigator, breach, Decision.ACCEPT, "short")
    assert Event.objects.count() == before
    assert not story(breach).moves
