"""An order moves through its life by one door: judged, kept, logged, and never by two at once (ORD-03, ORD-09, T31)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.audit.questions import acts
from craffu.cases.risk.actions import record_assessment
from craffu.cases.risk.facts import NewAssessment
from craffu.cases.risk.rules import Grade
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.orders.applying.actions import say_of_pack
from craffu.orders.applying.policies import VICTIM_VIEW_ABSENT, parts_of
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.life.then import as_moved
from craffu.orders.models import Order, OrderMove
from craffu.orders.papers.actions import keep_paper
from craffu.orders.queries import checked, find_order, story_of_order
from craffu.orders.scanning.actions import scan_pack
from craffu.orders.terms.actions import compare_terms, draft_terms
from craffu.orders.terms.rules import Label
from craffu.orders.watching.reading import row_before
from craffu.outbox.models import News
from tests.factories.orders import MADE, NO_CONTACT, REASON, TERMS, considered, parties, received
from tests.integration.orders.conftest import NOW

LATER = MADE + timedelta(hours=6)


def order_of(by: Acting, order: Order) -> Order:
    found = find_order(by, order.reference)
    assert found is not None
    return found


def asked_for(by: Acting, order: Order) -> None:
    """Decided on, with a whole pack, and before whoever authorises it."""
    decide = Given(reason_code="necessary", reason_text=REASON)
    move_order(by=by, order=order.reference, move="decide_apply", given=decide)
    draft_terms(by=by, order=order.reference, given=TERMS)
    # Every part but why there is no view of the victim.
    for about in [one for one in parts_of(kind_of(order.kind)) if one != VICTIM_VIEW_ABSENT]:
        say_of_pack(by=by, order=order.reference, about=about, words="Statement of 3 May")
    assessment = NewAssessment("DARA", "2", "L1", "D1", NOW - timedelta(hours=1), Grade.HIGH)
    record_assessment(by=by, case=order.case.reference, given=assessment)
    move_order(by=by, order=order.reference, move="request_authorisation", given=Given())


def applied(investigator: Acting, team: Acting, authoriser: Acting, system: Acting, folder: Path) -> Order:
    """An order that was decided on, authorised and lodged."""
    order = considered(system, folder)
    asked_for(investigator, order)
    move_order(by=authoriser, order=order.reference, move="authorise", given=Given(reason_text=REASON))
    lodged = Given(lodged_on=date(2026, 11, 20), court="Llanelli", court_case_no="63AA1")
    return move_order(by=team, order=order.reference, move="lodge", given=lodged)


@pytest.mark.rule("ORD-09")
def test_an_order_is_considered_applied_for_made_served_varied_and_discharged(
    investigator: Acting, team: Acting, authoriser: Acting, system: Acting, tmp_path: Path
) -> None:
    order = applied(investigator, team, authoriser, system, tmp_path)
    heard = Given(hearing_on=date(2026, 11, 20), next_hearing_on=date(2026, 12, 4))
    assert move_order(by=team, order=order.reference, move="adjourn", given=heard).next_hearing_on == date(2026, 12, 4)
    granted = Given(
        made_at=MADE, court="Llanelli", court_case_no="63AA1", terms=TERMS, last_day=date(2028, 11, 19),
        is_without_notice=False,
    )  # fmt: skip
    order = move_order(by=team, order=order.reference, move="grant", given=granted)
    assert (order.status, order.made_at, order.last_day, order.next_hearing_on) == (
        "granted", MADE, date(2028, 11, 19), None,
    )  # fmt: skip
    attempt = Given(attempted_at=LATER, result="not_found", place="home", method="personal", server="PC Rees")
    assert move_order(by=team, order=order.reference, move="attempt_service", given=attempt).status == "granted"
    served = Given(served_at=LATER, place="police_station", method="personal", server="PC Rees", proof="Statement")
    with pytest.raises(NotNow) as unsearched:
        move_order(by=team, order=order.reference, move="serve", given=served)
    assert unsearched.value.code == "pack_not_scanned"
    scan_pack(by=team, order=order.reference)
    assert move_order(by=team, order=order.reference, move="serve", given=served).status == "in_force"
    fewer = replace(TERMS, conditions=(NO_CONTACT,))
    varied = Given(varied_on=date(2026, 11, 23), applicant="chief_officer", terms=fewer, reason_text=REASON)
    assert move_order(by=team, order=order.reference, move="vary", given=varied).last_day == date(2028, 11, 19)
    asked = Given(discharged_on=date(2026, 11, 24), applicant="chief_officer", reason_text=REASON)
    with pytest.raises(NotNow, match="consent") as refused:
        move_order(by=team, order=order.reference, move="discharge", given=asked)
    assert refused.value.code == "discharge_locked"
    agreed = replace(asked, consents=("respondent", "chief_officer"))
    order = move_order(by=team, order=order.reference, move="discharge", given=agreed)
    assert (order.status, order.ended_at) == ("discharged", datetime(2026, 11, 24, tzinfo=UTC))
    story = story_of_order(team, order)
    assert [one.move for one in story.moves] == [
        "open_consideration", "decide_apply", "request_authorisation", "authorise", "lodge", "adjourn", "grant",
        "attempt_service", "serve", "vary", "discharge",
    ]  # fmt: skip
    assert [(one.why, len(one.conditions.all())) for one in story.terms] == [("drafted", 2), ("made", 2), ("varied", 1)]
    assert [one.result for one in story.attempts] == ["not_found", "served"]
    stands = (
        "status",
        "moves_made",
        "court",
        "court_case_no",
        "made_at",
        "last_day",
        "served_at",
        "ended_at",
        "applied_on",
    )
    whole, made, asked_of_court = (as_moved(order, story.moves[:number]) for number in (11, 8, 6))
    assert [getattr(whole, name) for name in stands] == [getattr(order, name) for name in stands]
    assert (made.status, made.last_day, made.served_at, made.ended_at) == ("granted", date(2028, 11, 19), None, None)
    assert (asked_of_court.made_at, asked_of_court.next_hearing_on) == (None, date(2026, 12, 4))


@pytest.mark.rule("ORD-09")
def test_every_move_is_logged_and_told_with_the_order_and_its_case(
    investigator: Acting, system: Acting, tmp_path: Path
) -> None:
    order = considered(system, tmp_path)
    before = Event.objects.count(), News.objects.count()
    decide = Given(reason_code="necessary", reason_text=REASON)
    move_order(by=investigator, order=order.reference, move="decide_apply", given=decide)
    assert (Event.objects.count(), News.objects.count()) == (before[0] + 1, before[1] + 1)
    event = Event.objects.order_by("-id")[0]
    assert event.kind == "order_decided"
    refs = set(acts([event])[0].refs)
    assert refs == {f"order/{order.reference}", f"case/{order.case.reference}"}
    assert REASON not in event.payload


@pytest.mark.rule("ORD-09")
def test_a_refused_move_says_why_and_changes_nothing(team: Acting, system: Acting, tmp_path: Path) -> None:
    order = considered(system, tmp_path)
    before = Event.objects.count(), OrderMove.objects.for_user(team).count()
    with pytest.raises(NotNow) as refused:
        move_order(
            by=team, order=order.reference, move="serve", given=Given(served_at=LATER, method="personal", proof="x")
        )
    assert refused.value.code == "not_from_this_state"
    assert (Event.objects.count(), OrderMove.objects.for_user(team).count()) == before
    assert order_of(team, order).status == "considering"


@pytest.mark.rule("ORD-03")
def test_nobody_authorises_what_they_asked_for_and_the_rank_is_asked(
    acting_as: Callable[..., Acting],
    team: Acting,
    authoriser: Acting,
    investigator: Acting,
    system: Acting,
    tmp_path: Path,
) -> None:
    order = applied(investigator, team, authoriser, system, tmp_path / "one")
    assert order.status == "applied"
    both = acting_as("investigator", "authoriser", username="both")
    other = considered(system, tmp_path / "two", number=2)
    decide = Given(reason_code="necessary", reason_text=REASON)
    move_order(by=both, order=other.reference, move="decide_apply", given=decide)
    with pytest.raises(NotNow) as incomplete:
        move_order(by=both, order=other.reference, move="request_authorisation", given=Given())
    assert incomplete.value.code == "missing:complete_pack"
    waiting = considered(system, tmp_path / "three", number=3)
    asked_for(both, waiting)
    for who, why in ((both, "self_authorisation"), (acting_as("authoriser", username="pc"), "rank_too_low")):
        with pytest.raises(NotPermitted) as refused:
            move_order(by=who, order=waiting.reference, move="authorise", given=Given(reason_text=REASON))
        assert refused.value.code == why
    assert (
        move_order(by=authoriser, order=waiting.reference, move="authorise", given=Given(reason_text=REASON)).status
        == "authorised"
    )


@pytest.mark.rule("ORD-09")
def test_T30_the_second_of_two_sees_what_the_first_did(team: Acting, system: Acting, tmp_path: Path) -> None:
    order = considered(system, tmp_path)
    received(team, order.reference, MADE)
    with pytest.raises(Conflict):
        move_order(by=team, order=order.reference, move="receive", given=Given(), seen=order.moves_made)


@pytest.mark.rule("ORD-09")
def test_the_same_word_of_a_court_begins_one_order_however_often_it_comes(system: Acting, tmp_path: Path) -> None:
    case, suspect, victim = parties(system, tmp_path)
    beginning = Beginning(kind="RO_CONV", respondent=suspect, case=case, protects=[victim])
    given = Given(made_at=MADE, court="B63", court_case_no="63AA1", source_record="court result", is_indefinite=True)
    made = [
        begin_order(by=system, beginning=beginning, move="receive", given=given, source="court", source_key="7")
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert Order.objects.for_user(system).count() == 1


@pytest.mark.rule("ORD-20")
def test_terms_are_not_checked_until_somebody_else_compared_them_and_again_after_a_variation(
    team: Acting, investigator: Acting, system: Acting, tmp_path: Path
) -> None:
    order = considered(system, tmp_path)
    order = received(team, order.reference, MADE)
    paper = keep_paper(by=team, order=order.reference, kind="sealed_order", content=b"%PDF-1.7 sealed", title="Order")
    with pytest.raises(NotPermitted) as own:
        compare_terms(by=team, order=order.reference, number=1, paper=paper.pk, is_same=True)
    assert own.value.code == "own_terms"
    with pytest.raises(NotNow) as none:
        compare_terms(by=investigator, order=order.reference, number=1, paper=0, is_same=True)
    assert none.value.code == "no_image"
    assert checked(story_of_order(team, order)).label == Label.NOT_CHECKED
    compare_terms(by=investigator, order=order.reference, number=1, paper=paper.pk, is_same=True)
    assert checked(story_of_order(team, order)).label == Label.COMPARED
    this = {"order": order.reference, "number": 1, "paper": paper.pk}
    compare_terms(by=investigator, **this, is_same=False, differs="It says 500 m")
    assert checked(story_of_order(team, order)).label == Label.NOT_CHECKED, "what differs takes back what was the same"
    compare_terms(by=investigator, **this, is_same=True)
    assert checked(story_of_order(team, order)).label == Label.COMPARED
    fewer = replace(TERMS, conditions=(NO_CONTACT,))
    varied = Given(varied_on=date(2026, 11, 23), applicant="respondent", terms=fewer, reason_text=REASON)
    move_order(by=team, order=order.reference, move="vary", given=varied)
    assert checked(story_of_order(team, order)).label == Label.NOT_CHECKED


@pytest.mark.rule("ORD-15")
def test_a_renewal_makes_a_version_of_the_same_words_that_is_compared_and_entered_anew(
    team: Acting, investigator: Acting, system: Acting, tmp_path: Path
) -> None:
    order = received(team, considered(system, tmp_path).reference, MADE, last_day=date(2027, 1, 31), is_indefinite=None)
    aware = Given(aware_at=NOW - timedelta(hours=1), proof="Was in court")
    move_order(by=team, order=order.reference, move="record_awareness", given=aware)
    renewed = Given(lodged_on=date(2026, 11, 24), new_last_day=date(2029, 1, 31), reason_text=REASON)
    move_order(by=team, order=order.reference, move="renew", given=renewed)
    first, second = story_of_order(team, order).made
    assert (second.number, second.why) == (2, "renewed")
    assert [one.words for one in second.conditions.all()] == [one.words for one in first.conditions.all()]
    assert [one.behaviour for one in second.conditions.all()] == [one.behaviour for one in first.conditions.all()]


@pytest.mark.rule("ORD-17")
def test_an_order_that_was_over_is_not_in_force_again_until_it_was_quashed(
    team: Acting, system: Acting, tmp_path: Path
) -> None:
    order = received(team, considered(system, tmp_path).reference, MADE)
    aware = Given(aware_at=MADE + timedelta(hours=1), proof="Was in court")
    move_order(by=team, order=order.reference, move="record_awareness", given=aware)
    discharged = Given(
        discharged_on=date(2026, 11, 22), applicant="respondent", reason_text=REASON, consents=("respondent", "chief_officer")
    )  # fmt: skip
    over = move_order(by=team, order=order.reference, move="discharge", given=discharged).ended_at
    quashed = Given(quashed_on=date(2026, 11, 24), court="Swansea", appeal_case_no="A1")
    after = move_order(by=team, order=order.reference, move="quash", given=quashed)
    assert (after.status, after.ended_at) == ("quashed", over)
    story = story_of_order(team, order)
    assert as_moved(order, story.moves).ended_at == over
    assert row_before(story, story.moves[-1].number).ended_at == over


@pytest.mark.rule("CLK-09")
@pytest.mark.rule("ORD-15")
def test_no_move_leaves_an_end_that_nobody_can_have_meant(team: Acting, system: Acting, tmp_path: Path) -> None:
    """The clock would end the order for good, or never find its end."""
    last_day = date(2028, 1, 31)
    order = received(team, considered(system, tmp_path).reference, MADE, last_day=last_day)
    aware = Given(aware_at=NOW - timedelta(hours=1), proof="Was in court")
    move_order(by=team, order=order.reference, move="record_awareness", given=aware)
    today = date(2026, 11, 24)
    varied = Given(varied_on=today, applicant="police", reason_text=REASON, terms=TERMS)
    renewed = Given(lodged_on=today, new_last_day=date(2028, 1, 30), reason_text=REASON)
    for move, given, code in [
        ("vary", replace(varied, last_day=date(2025, 12, 31)), "ends_before_it_begins"),
        ("vary", replace(varied, last_day=date(9999, 12, 31)), "no_such_year"),
        ("vary", replace(varied, is_indefinite=False), "missing:last_day"),
        ("renew", renewed, "renewal_shortens"),
        ("renew", replace(renewed, new_last_day=date.max), "no_such_year"),
    ]:
        with pytest.raises(NotNow) as refused:
            move_order(by=team, order=order.reference, move=move, given=given)
        assert refused.value.code == code
        assert order_of(team, order).last_day == last_day
    move_order(by=team, order=order.reference, move="vary", given=replace(varied, is_indefinite=True))
    assert (order_of(team, order).last_day, order_of(team, order).is_indefinite) == (None, True)


def test_what_a_court_made_without_a_case_is_open_to_the_whole_force(
    team: Acting, system: Acting, tmp_path: Path
) -> None:
    _, suspect, _ = parties(system, tmp_path)
    given = Given(made_at=MADE, court="Family Court", court_case_no="FL1", source_record="inbox", is_indefinite=True)
    order = begin_order(by=team, beginning=Beginning(kind="NMO", respondent=suspect), move="receive", given=given)
    assert order_of(team, order).case is None
