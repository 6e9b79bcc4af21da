"""The register of recommendations: brought in once, answered, closed on what moved, opened again, never overwritten (SCR-10)."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.daily.ticking import tick
from craffu.scrutiny.models import Recommendation, RecommendationEntry, ScrutinyReport
from craffu.scrutiny.recommending.actions import add_entry, bring_in, record_recommendation, record_report
from craffu.scrutiny.recommending.facts import NewEntry, NewRecommendation, NewReport
from craffu.scrutiny.recommending.kinds import Matter
from craffu.scrutiny.recommending.queries import (
    also_recommended,
    find_recommendation,
    recommendations,
    told_to_the_public,
)
from craffu.scrutiny.recommending.rules import Entry, ReportBy, Status
from craffu.scrutiny.recommending.shipping import shipped
from craffu.work.models import WorkItem
from tests.factories.recommended import ACCEPTED, CLOSED, REJECTED, REOPENED, recommended

pytestmark = pytest.mark.rule("SCR-10")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOW.date()
REPORT = NewReport(ReportBy.INSPECTORATE, "Stalking: an inspection", "Stelcio: arolygiad", date(2026, 10, 1))
ONE = NewRecommendation("1", Matter.DATA, "Count orders.", "Cyfrif gorchmynion.", "MET11", "All of them")


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def officer(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("scrutiny_officer", username="scrutiny")


@pytest.fixture
def head(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("supervisor", username="head-of-crime")


@pytest.fixture
def one(officer: Acting) -> Recommendation:
    report = record_report(by=officer, given=REPORT)
    return record_recommendation(by=officer, report=report.reference, given=ONE)


def said(by: Acting, one: Recommendation, given: NewEntry, **changes: Any) -> RecommendationEntry:
    entry = {key: changes.pop(key) for key in list(changes) if hasattr(given.entry, key)}
    version = one.entries.count()
    return add_entry(
        by=by, recommendation=one.reference,
        given=replace(given, version=version, entry=replace(given.entry, **entry), **changes),
    )  # fmt: skip


def test_the_published_ones_are_brought_in_once_with_all_they_say(officer: Acting) -> None:
    report = recommended(officer)
    assert (report.key, report.recommendations.count()) == ("review-2023", 6)
    with pytest.raises(Conflict) as refused:
        bring_in(by=officer, shipped=shipped()["review-2023"])
    assert refused.value.code == "report_held"
    bring_in(by=officer, shipped=shipped()["super-complaint-2024"])
    assert [one.row.report.key for one in recommendations(officer)][:3] == ["super-complaint-2024"] * 2 + [
        "review-2023"
    ]
    held = [json.loads(each.payload)["refs"][0] for each in Event.objects.filter(kind="recommendation_recorded")]
    assert sorted(held) == sorted(
        f"recommendation/{each.reference}" for each in Recommendation.objects.for_system("a test")
    )
    assert len(held) == 8


def test_a_course_from_accepted_to_opened_again_is_all_there(officer: Acting) -> None:
    report = recommended(officer)
    third = report.recommendations.all()[2]
    stands = find_recommendation(officer, third.reference)
    assert stands is not None
    assert [one.status for one in stands.entries] == ["accepted", "closed", "reopened"]
    assert (stands.status, stands.due_on, stands.owner) == (Status.REOPENED, date(2026, 9, 30), "Head of Crime")
    assert stands.is_overdue(TODAY)
    assert not stands.is_overdue(date(2026, 9, 30))
    # What the public was told last is the last entry that told it anything.
    assert stands.last_public is not None
    assert stands.last_public.status == "accepted"
    assert stands.last_word is not None
    assert stands.last_word.reason == "Completeness fell back in June"
    assert stands.clock is None


def test_a_report_is_kept_once_and_has_each_number_once(officer: Acting, one: Recommendation) -> None:
    again = record_report(by=officer, given=REPORT)
    assert ScrutinyReport.objects.for_system("a test").count() == 1
    with pytest.raises(Conflict) as refused:
        record_recommendation(by=officer, report=again.reference, given=ONE)
    assert refused.value.code == "number_taken"
    part = record_recommendation(by=officer, report=again.reference, given=replace(ONE, number="1a", part_of="1"))
    assert part.part_of == one
    for report, given in ((again.reference, replace(ONE, number="2", part_of="9")), ("RP-99999", ONE)):
        with pytest.raises(NotPermitted):
            record_recommendation(by=officer, report=report, given=given)
    with pytest.raises(NotNow) as early:
        record_report(by=officer, given=replace(REPORT, published_on=TODAY + timedelta(days=1)))
    assert early.value.code == "not_published_yet"
    record_report(by=officer, given=replace(REPORT, published_on=TODAY))
    for wrong in ({"text_cy": " "}, {"text_en": ""}):
        with pytest.raises(NotNow) as lone:
            record_recommendation(by=officer, report=again.reference, given=replace(ONE, number="3", **wrong))  # type: ignore[arg-type]
        assert lone.value.code == "one_language"


@pytest.mark.parametrize(
    ("given", "changes", "code"),
    [
        (ACCEPTED, {"owner": ""}, "owner_missing"),
        (ACCEPTED, {"due_on": None}, "due_missing"),
        (ACCEPTED, {"said_on": TODAY + timedelta(days=1)}, "said_to_come"),
        (ACCEPTED, {"due_on": date(2025, 8, 31)}, "due_before"),
        (ACCEPTED, {"public_cy": ""}, "one_language"),
        (ACCEPTED, {"reason": "because"}, "reason_missing"),
        (ACCEPTED, {"status": Status.ACCEPTED_IN_PART}, "reason_missing"),
        (REJECTED, {"reason": ""}, "reason_missing"),
        (CLOSED, {}, "not_a_step"),
        (REOPENED, {}, "not_a_step"),
    ],
)
def test_an_answer_says_what_it_must(
    officer: Acting, one: Recommendation, given: NewEntry, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(NotNow) as refused:
        said(officer, one, given, **changes)
    assert refused.value.code == code
    assert one.entries.count() == 0


def test_it_closes_on_evidence_and_on_its_measure_or_by_a_written_exception(
    officer: Acting, one: Recommendation
) -> None:
    said(officer, one, ACCEPTED, due_on=TODAY, said_on=TODAY)
    for changes, code in (
        ({"evidence": ""}, "closure_without_evidence"),
        ({"metric_met": False}, "metric_not_met"),
        ({"metric_met": False, "exception": "No reason"}, "metric_not_met"),
        ({"metric_met": None}, "metric_unsaid"),
    ):
        with pytest.raises(NotNow) as refused:
            said(officer, one, CLOSED, **changes)
        assert refused.value.code == code
    closed = said(officer, one, CLOSED, metric_met=False, exception="The measure was dropped by law in May")
    assert (closed.metric_met, closed.exception) == (False, "The measure was dropped by law in May")


def test_one_without_a_measure_closes_on_evidence_alone(officer: Acting, one: Recommendation) -> None:
    plain = record_recommendation(by=officer, report=one.report.reference, given=replace(ONE, number="2", measure=""))
    said(officer, plain, ACCEPTED)
    assert said(officer, plain, CLOSED, metric_met=None).status == "closed"


def test_whoever_writes_from_an_older_page_is_told_so(officer: Acting, one: Recommendation) -> None:
    said(officer, one, ACCEPTED)
    with pytest.raises(Conflict) as refused:
        add_entry(by=officer, recommendation=one.reference, given=replace(ACCEPTED, version=0))
    assert refused.value.code == "recommendation_changed"
    assert one.entries.count() == 1


def test_who_has_it_to_do_says_how_it_goes_and_no_more(officer: Acting, head: Acting, one: Recommendation) -> None:
    with pytest.raises(NotPermitted):
        find_recommendation(head, one.reference)
    assert recommendations(head) == []
    said(officer, one, ACCEPTED, owned_by="head-of-crime")
    assert [each.row for each in recommendations(head)] == [one]
    going = replace(ACCEPTED, said_on=TODAY)
    more = said(head, one, going, reason="Half of the posts are filled", due_on=TODAY, owner="Somebody else")
    assert (more.by, more.owner, more.owned_by) == (head.user, "Head of Crime", head.user)
    for given in (CLOSED, REJECTED):
        with pytest.raises(NotPermitted) as refused:
            said(head, one, given)
        assert refused.value.code == "not_theirs_to_decide"
    # Once it is somebody else's, it is theirs no more.
    said(officer, one, ACCEPTED, owner="Head of People", owned_by="")
    with pytest.raises(NotPermitted):
        find_recommendation(head, one.reference)


def test_nobody_of_that_name_has_it_to_do(officer: Acting, one: Recommendation) -> None:
    with pytest.raises(NotPermitted) as refused:
        said(officer, one, ACCEPTED, owned_by="nobody-here")
    assert refused.value.code == "no_such_record"


def test_the_commissioner_reads_and_writes_nothing(
    officer: Acting, acting_as: Callable[..., Acting], system: Acting, one: Recommendation
) -> None:
    commissioner = acting_as("commissioner_view", username="commissioner")
    assert find_recommendation(commissioner, one.reference) is not None
    with pytest.raises(NotPermitted):
        said(commissioner, one, ACCEPTED)
    for by in (commissioner, acting_as("analyst", username="analyst"), system):
        with pytest.raises(NotPermitted):
            record_report(by=by, given=REPORT)
    with pytest.raises(NotPermitted):
        find_recommendation(system, one.reference)
    assert find_recommendation(officer, "RC-99999") is None


def test_a_repeat_is_noticed(officer: Acting, one: Recommendation) -> None:
    recommended(officer)
    third = Recommendation.objects.for_system("a test").get(report__key="review-2023", number="3")
    assert third.matter == one.matter
    assert also_recommended(officer, one) == [third]
    assert also_recommended(officer, third) == [one]
    other = record_recommendation(
        by=officer,
        report=one.report.reference,
        given=replace(ONE, number="2", matter=Matter.INVESTIGATION, measure="MET16"),
    )
    # The fifth of the review is held to the same measure, and about something else.
    assert [each.number for each in also_recommended(officer, other)] == ["5"]


def test_an_inspectorates_answer_has_a_clock(officer: Acting, one: Recommendation) -> None:
    stands = find_recommendation(officer, one.reference)
    assert stands is not None
    assert stands.clock is not None
    assert stands.clock.last_day == date(2026, 11, 25)


def test_the_public_reads_every_one_in_the_same_order(officer: Acting, system: Acting) -> None:
    recommended(officer)
    assert [each.row.number for each in told_to_the_public(system)] == ["1", "2", "3", "4", "5", "6"]


def test_an_entry_of_no_effect_is_none(officer: Acting, one: Recommendation) -> None:
    with pytest.raises(NotPermitted):
        add_entry(by=officer, recommendation="RC-99999", given=replace(ACCEPTED, entry=Entry(Status.ACCEPTED)))


def due_of(one: Recommendation, kind: str) -> list[tuple[datetime, datetime | None, str]]:
    rows = WorkItem.objects.for_system("a test").filter(kind=kind, about=one.reference).order_by("id")
    return [(each.due_at, each.over_at, each.state) for each in rows]


def test_what_is_to_be_done_by_a_day_is_due_work_and_so_is_an_answer_with_a_clock(
    officer: Acting, force: Force, one: Recommendation, at_noon: time_machine.Traveller
) -> None:
    tick(force=force, at=NOW)
    # Published on 1 October, which is day 1 of 56.
    assert due_of(one, "answer_recommendation") == [(datetime(2026, 11, 26, tzinfo=UTC), None, "open")]
    said(officer, one, ACCEPTED, said_on=TODAY, due_on=date(2026, 12, 31))
    tick(force=force, at=NOW + timedelta(minutes=1))
    assert due_of(one, "answer_recommendation") == [(datetime(2026, 11, 26, tzinfo=UTC), NOW, "done")]
    first = datetime(2027, 1, 1, tzinfo=UTC)
    assert due_of(one, "do_recommendation") == [(first, None, "open")]
    later = NOW + timedelta(days=3)
    at_noon.move_to(later)
    said(officer, one, ACCEPTED, said_on=TODAY, due_on=date(2027, 1, 31), reason="Recruitment takes longer")
    tick(force=force, at=later)
    second = datetime(2027, 2, 1, tzinfo=UTC)
    assert due_of(one, "do_recommendation") == [(first, later, "withdrawn"), (second, None, "open")]
    closed = later + timedelta(days=1)
    at_noon.move_to(closed)
    said(officer, one, CLOSED, said_on=TODAY)
    tick(force=force, at=closed)
    assert due_of(one, "do_recommendation") == [(first, later, "withdrawn"), (second, closed, "done")]
