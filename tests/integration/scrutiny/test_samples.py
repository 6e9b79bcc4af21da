"""Dip samples from plan to draw, and their blind reviews from declared interest to arbitration (SCR-01 to SCR-08, SCR-11)."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.actions import change_right
from craffu.access.models import Force
from craffu.access.rights_requests.actions import end_effect
from craffu.access.rights_requests.kinds import Ending, Kind
from craffu.audit.models import Event
from craffu.cases.models import CaseRole
from craffu.cases.risk.actions import record_assessment
from craffu.cases.risk.facts import NewAssessment
from craffu.cases.risk.rules import Grade
from craffu.common.refusals import Conflict, NotNow, NotPermitted, Refusal
from craffu.daily.ticking import tick
from craffu.orders.models import Order
from craffu.people.queries import people_of_records
from craffu.scrutiny.agreeing.actions import adjudicate
from craffu.scrutiny.agreeing.pairing import still_to_quote
from craffu.scrutiny.agreeing.queries import adjudicated_in, agreement_of, pairs_of
from craffu.scrutiny.asking.form import Missing
from craffu.scrutiny.asking.reading import shipped
from craffu.scrutiny.asking.rules import WHOLE, Given, as_asked
from craffu.scrutiny.interviewing.facts import NewLiveRisk
from craffu.scrutiny.interviewing.kinds import Danger
from craffu.scrutiny.models import CaseReview, FrameCase, LiveRisk, ReviewAnswer, Sample, SampleReplaced
from craffu.scrutiny.reviewing.actions import (
    declare_interest,
    give_on,
    open_identity,
    refer_from_review,
    save_answers,
    submit_review,
)
from craffu.scrutiny.reviewing.facts import NewAdjudication, NewAnswerGiven, Saved
from craffu.scrutiny.reviewing.pack import pack_of
from craffu.scrutiny.reviewing.queries import (
    answers_once_in,
    find_own_review,
    own_answers,
    own_reviews,
    progress,
    reviews_in,
    to_replace,
)
from craffu.scrutiny.sampling.actions import freeze_frame, give_seed, name_reviewers, plan_sample, replace_case
from craffu.scrutiny.sampling.facts import NewReplacement, NewReviewers, NewSeed
from craffu.scrutiny.sampling.kinds import Frame, Inclusion, Strata
from craffu.scrutiny.sampling.queries import (
    advice,
    drawn_in,
    find_sample,
    frame_now,
    framed_now,
    is_drawn_again,
    may_review,
    standing_in,
)
from craffu.scrutiny.sampling.rules import Allocation, Reason
from craffu.work.models import WorkItem
from tests.factories.erasing import marked
from tests.factories.orders import order_of
from tests.factories.reviews import serve
from tests.factories.rights_answered import answered as decided
from tests.factories.samples import DUPLICATE, NOVEMBER, PLAN, SEED, answered, drawn, reviews_of, some_cases, submitted

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECRET = "The yellow house by the bridge"


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def officer(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("scrutiny_officer", username="officer")


@pytest.fixture
def analyst(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("analyst", username="analyst")


@pytest.fixture
def two(acting_as: Callable[..., Acting]) -> tuple[Acting, Acting]:
    return acting_as("volunteer_reviewer", username="ann"), acting_as("volunteer_reviewer", username="bob")


@pytest.fixture
def sample(system: Acting, officer: Acting, analyst: Acting, two: tuple[Acting, Acting], tmp_path: Path) -> Sample:
    """Three cases, each reviewed by both."""
    some_cases(system, tmp_path, 3)
    return drawn(officer, analyst, two)


def own(by: Acting, review: CaseReview) -> CaseReview:
    found = find_own_review(by, review.reference)
    assert found is not None
    return found


@pytest.mark.rule("SCR-01", "SCR-02", "SCR-07")
def test_a_frame_is_hashed_before_its_seed_and_anybody_draws_the_same(
    system: Acting, officer: Acting, analyst: Acting, two: tuple[Acting, Acting], tmp_path: Path
) -> None:
    refs = some_cases(system, tmp_path, 4)
    assert frame_now(officer, NOVEMBER, Strata.NONE) == {"all": sorted(refs)}
    one = plan_sample(by=officer, given=PLAN)
    with pytest.raises(NotNow, match="there is no seed before"):
        give_seed(by=analyst, sample=one.reference, given=NewSeed(True, SEED))
    frozen = freeze_frame(by=officer, sample=one.reference)
    assert frozen.sha256 == hashlib.sha256("\n".join(sorted(refs)).encode()).hexdigest()
    assert (frozen.population, frozen.strata, frozen.sizes, frozen.known_from) == (4, {"all": 4}, {"all": 4}, NOW)
    some_cases(system, tmp_path, 5)
    assert FrameCase.objects.for_system("a test").count() == 4, "what comes later is in no frame"
    with pytest.raises(Conflict, match="frozen already"):
        freeze_frame(by=officer, sample=one.reference)
    with pytest.raises(NotNow, match="Name the reviewers before"):
        give_seed(by=analyst, sample=one.reference, given=NewSeed(True, SEED))
    name_reviewers(by=officer, sample=one.reference, given=NewReviewers(["ann", "bob"]))
    for by, given, says in (
        (officer, NewSeed(True, SEED), "Somebody else gives the seed"),
        (analyst, NewSeed(False, SEED), "Confirm that you have not seen"),
        (analyst, NewSeed(True, "  "), "Write a seed"),
        (analyst, NewSeed(True, "9" * 101), "Write a seed"),
    ):
        with pytest.raises(NotNow, match=says):
            give_seed(by=by, sample=one.reference, given=given)
    give_seed(by=analyst, sample=one.reference, given=NewSeed(True, SEED))
    with pytest.raises(Conflict, match="drawn already"):
        give_seed(by=analyst, sample=one.reference, given=NewSeed(True, SEED))
    ordered = sorted(refs, key=lambda ref: hashlib.sha256(f"{SEED}|{ref}".encode()).hexdigest())
    found = find_sample(officer, one.reference)
    assert found is not None
    assert [case.reference for case in drawn_in(officer, found)] == ordered
    cases = drawn_in(officer, found)
    assert is_drawn_again(officer, found, cases)
    assert not is_drawn_again(officer, found, cases[::-1]), "in another order it is another draw"
    found.seeded.seed = "another"
    assert not is_drawn_again(officer, found, cases)
    found.seeded.seed, found.frozen.sha256 = SEED, "0" * 64
    assert not is_drawn_again(officer, found, cases), "nor of another frame"
    who = [(one.case.number, one.place, one.reviewer.username) for one in reviews_of(one)]
    assert who == [
        (1, 1, "ann"), (1, 2, "bob"), (2, 1, "bob"), (2, 2, "ann"), (3, 1, "ann"), (3, 2, "bob"), (4, 1, "bob"), (4, 2, "ann"),
    ]  # fmt: skip
    kinds = Event.objects.filter(kind__startswith="sample_").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["sample_planned", "sample_frozen", "sample_reviewers_named", "sample_drawn"]


@pytest.mark.rule("SEC-11")
def test_cases_and_orders_of_whom_the_use_of_data_is_restricted_are_in_no_frame_and_read_by_no_reviewer(
    system: Acting,
    officer: Acting,
    analyst: Acting,
    two: tuple[Acting, Acting],
    acting_as: Callable[..., Acting],
    tmp_path: Path,
) -> None:
    first, second = (acting_as("auditor", username=name) for name in ("first", "second"))
    cases = [marked(system, tmp_path, number)[0] for number in (1, 2, 3)]
    team = acting_as("orders_team")
    orders = [
        serve(team, order_of(team, case, NOW - timedelta(hours=2)), NOW - timedelta(hours=1)).reference
        for case in cases
    ]
    of_orders = Inclusion(Frame.ORDERS_IN_FORCE)
    assert frame_now(officer, NOVEMBER, Strata.NONE) == {"all": cases}
    assert frame_now(officer, of_orders, Strata.NONE) == {"all": orders}
    one = drawn(officer, analyst, two)
    record_of = {role.case.reference: role for role in CaseRole.objects.for_system("a test").filter(role="victim")}
    victims = people_of_records(system, [role.record_id for role in record_of.values()])
    number = decided(first, second, Kind.RESTRICTION, victims[record_of[cases[1]].record_id].reference)
    assert frame_now(officer, NOVEMBER, Strata.NONE) == {"all": [cases[0], cases[2]]}, "whatever part they play"
    assert framed_now(officer, NOVEMBER, Strata.NONE).left_out == 1, "and that is said"
    again = plan_sample(by=officer, given=PLAN)
    assert [one.frozen.left_out, freeze_frame(by=officer, sample=again.reference).left_out] == [0, 1]
    assert frame_now(officer, of_orders, Strata.NONE) == {"all": [orders[0], orders[2]]}, "whom it protects"
    drawn_before = {case.reference: case for case in drawn_in(officer, one)}
    assert len(drawn_before) == 3, "what was frozen stays as it was"
    assert [pack_of(two[0], drawn_before[case]).is_shut for case in cases] == [False, True, False]
    end_effect(by=first, number=number, how=Ending.LIFTED, words="It was looked into")
    assert frame_now(officer, NOVEMBER, Strata.NONE) == {"all": cases}
    his = decided(
        first, second, Kind.RESTRICTION, people_of_records(system, [respondent(orders[2])]).popitem()[1].reference
    )
    assert frame_now(officer, of_orders, Strata.NONE) == {"all": orders[:2]}, "against whom it is"
    assert his != number


def respondent(order: str) -> int:
    return int(Order.objects.for_system("a test").get(reference=order).respondent_id)


@pytest.mark.rule("SCR-01", "SCR-03", "SCR-04")
def test_cases_and_orders_make_frames_by_their_rule(
    system: Acting, officer: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    [ref] = some_cases(system, tmp_path, 1)
    assert frame_now(officer, replace(NOVEMBER, until=date(2026, 11, 23)), Strata.NONE) == {}
    assert frame_now(officer, replace(NOVEMBER, since=date(2026, 11, 25)), Strata.NONE) == {}
    assert frame_now(officer, NOVEMBER, Strata.AREA) == {"no_area": [ref]}
    orders = Inclusion(Frame.ORDERS_IN_FORCE)
    assert Inclusion.read(orders.as_data()) == orders
    assert Inclusion.read(NOVEMBER.as_data()) == NOVEMBER
    assert frame_now(officer, orders, Strata.KIND) == {}
    told = advice({"a": 400, "b": 100}, None, Allocation.PROPORTIONAL)
    assert told is not None
    assert (told.advised.number, dict(told.allocated.sizes), told.second) == (81, {"a": 65, "b": 16}, 30)
    few = advice({"a": 400}, 20, Allocation.PROPORTIONAL)
    assert few is not None
    assert (few.allocated.number, few.second, few.shows.margin > 0.2) == (20, 20, True)
    census = advice({"a": 50}, 3, Allocation.PROPORTIONAL)
    assert census is not None
    assert (census.allocated.number, census.shows.margin) == (50, 0)
    assert advice({}, None, Allocation.PROPORTIONAL) is None


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (replace(PLAN, question=" "), "Write the question"),
        (replace(PLAN, inclusion=Inclusion(Frame.ORDERS_IN_FORCE, since=date(2026, 11, 1))), "Leave the days empty"),
        (replace(PLAN, inclusion=Inclusion(Frame.STALKING_OPENED)), "Give the first and the last day"),
        (replace(PLAN, inclusion=replace(NOVEMBER, since=date(2026, 11, 29))), "Give the first and the last day"),
        (replace(PLAN, inclusion=replace(NOVEMBER, until=date(2026, 11, 27))), "Choose four weeks or more"),
        (replace(PLAN, inclusion=replace(NOVEMBER, until=date(2026, 11, 30))), "has not ended yet"),
        (replace(PLAN, strata=Strata.KIND), "cases can be split by area"),
        (replace(PLAN, number=0), "at least one case"),
    ],
)
def test_a_plan_that_cannot_be_drawn_by_is_refused(officer: Acting, given: Any, says: str) -> None:
    with pytest.raises(NotNow, match=f"(?i){says}"):
        plan_sample(by=officer, given=given)
    assert Sample.objects.for_system("a test").count() == 0


def test_an_empty_frame_is_not_frozen_and_reviewers_are_two_who_do_no_casework(
    officer: Acting, acting_as: Callable[..., Acting]
) -> None:
    one = plan_sample(by=officer, given=replace(PLAN, inclusion=Inclusion(Frame.ORDERS_IN_FORCE), strata=Strata.KIND))
    with pytest.raises(NotNow, match="nothing to draw from"):
        freeze_frame(by=officer, sample=one.reference)
    acting_as("volunteer_reviewer", username="ann")
    acting_as("scrutiny_officer", "supervisor", username="both")
    assert sorted(may_review(officer)) == ["ann", "officer"]
    for names, says in (
        (["ann", "both"], "both may not review"),
        (["ann"], "at least two"),
        (["ann", "ann"], "at least two"),
    ):
        with pytest.raises(NotNow, match=says):
            name_reviewers(by=officer, sample=one.reference, given=NewReviewers(names))
    name_reviewers(by=officer, sample=one.reference, given=NewReviewers(["ann", "officer"]))
    with pytest.raises(Conflict, match="drawn already"):
        name_reviewers(by=officer, sample=one.reference, given=NewReviewers(["ann", "officer"]))
    with pytest.raises(NotPermitted, match="You also work on cases"):
        plan_sample(by=acting_as("analyst", "supervisor"), given=PLAN)
    with pytest.raises(NotPermitted, match="This is open to"):
        plan_sample(by=acting_as("volunteer_reviewer"), given=PLAN)


@pytest.mark.rule("SCR-07")
def test_nobody_learns_what_another_answered_before_all_are_in(
    sample: Sample, officer: Acting, two: tuple[Acting, Acting], acting_as: Callable[..., Acting]
) -> None:
    ann, bob = two
    first, second = reviews_of(sample)[:2]
    assert (first.reviewer, second.reviewer) == (ann.user, bob.user)
    assert find_own_review(bob, first.reference) is None
    for act in (
        lambda: declare_interest(by=bob, review=first.reference, is_interested=False),
        lambda: submit_review(by=bob, review=first.reference),
    ):
        with pytest.raises(Refusal, match="There is no such record"):
            act()
    answered(ann, first.reference, {"DS-92": Given(text=SECRET)})
    assert own_answers(bob, own(ann, first)) == {}, "another's answers are not read, whatever is asked for"
    with pytest.raises(NotNow, match="Not every review is in"):
        answers_once_in(officer, [first, second])
    with pytest.raises(NotPermitted):
        answers_once_in(bob, [second])
    asked_before = _queries(lambda: own_answers(bob, own(bob, second)))
    submit_review(by=ann, review=first.reference)
    assert _queries(lambda: own_answers(bob, own(bob, second))) == asked_before, "it takes bob no longer than before"
    with pytest.raises(NotNow, match="Not every review is in"):
        agreement_of(officer, sample)
    assert [one.reference for one in own_reviews(bob)] == [one.reference for one in reviews_of(sample, bob)]
    assert progress(reviews_in(officer, sample.pk)).submitted == 1
    logged = "".join(Event.objects.values_list("payload", flat=True))
    assert SECRET not in logged
    assert "DS-92" not in logged
    kept = ReviewAnswer.objects.for_system("a test").values_list("said", flat=True)
    assert any(SECRET in one for one in kept)
    with connection.cursor() as cursor:
        cursor.execute("SELECT said FROM scrutiny_reviewanswer")
        assert all(SECRET not in one for (one,) in cursor.fetchall()), "answers are encrypted where they lie"
    with pytest.raises(NotPermitted, match="You also work on cases"):
        own_reviews(acting_as("volunteer_reviewer", "investigator"))


def _queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        act()
    return len(asked)


@pytest.mark.rule("SCR-07")
def test_a_review_is_declared_first_saved_as_it_goes_and_locked_once_in(
    sample: Sample, two: tuple[Acting, Acting]
) -> None:
    ann, _ = two
    review = reviews_of(sample, ann)[0].reference

    def save(**said: Given) -> Saved:
        given = [NewAnswerGiven(id.replace("_", "-"), one) for id, one in said.items()]
        return save_answers(by=ann, review=review, given=given)

    with pytest.raises(NotNow, match="First say whether"):
        save(DS_03=Given(code="yes"))
    declare_interest(by=ann, review=review, is_interested=False)
    with pytest.raises(Conflict, match="said already"):
        declare_interest(by=ann, review=review, is_interested=True)
    assert save(DS_A1=Given(judged="yes")) == Saved(0, {}), "not asked before it is said that the case can be assessed"
    assert save(DS_03=Given(code="yes"), DS_A1=Given(judged="yes")) == Saved(2, {}), "as far as it goes"
    assert save(DS_03=Given(code="yes"), DS_A1=Given(judged="yes")) == Saved(0, {}), "what stands is not said again"
    mixed = save(DS_A1=Given(judged="no"), DS_A2=Given(code="stalking"), DS_A5=Given(judged="maybe"))
    assert mixed == Saved(2, {("DS-A5", WHOLE): Missing.ANSWER}), "what is right is kept beside what is wrong"
    assert save(DS_A1=Given(judged="yes"), DS_A2=Given(code="harassment")) == Saved(1, {}), (
        "no more asked in the same save"
    )
    answers = own_answers(ann, own(ann, reviews_of(sample, ann)[0]))
    assert answers["DS-A2", WHOLE].code == "stalking"
    assert ("DS-A2", WHOLE) not in as_asked(shipped()[1], answers), "and so it counts in no agreement"
    with pytest.raises(NotNow, match="Questions that are still to be answered in full"):
        submit_review(by=ann, review=review)
    save(DS_03=Given(code="not_assessable"), DS_04=Given(counts={"minutes": "9"}))
    assert submit_review(by=ann, review=review).form == shipped()[1].sha256
    for act in (
        lambda: submit_review(by=ann, review=review),
        lambda: save(DS_03=Given(code="yes")),
    ):
        with pytest.raises(Conflict, match="in and locked"):
            act()
    assert Event.objects.filter(kind="review_answered").count() == 4, "of each save that kept something"


@pytest.mark.rule("SCR-05")
def test_a_case_is_replaced_on_a_reviewers_word_alone_and_by_the_next_in_order(
    system: Acting, officer: Acting, analyst: Acting, two: tuple[Acting, Acting], tmp_path: Path
) -> None:
    ann, bob = two
    some_cases(system, tmp_path, 60)
    one = drawn(officer, analyst, two, replace(PLAN, number=2))
    found = find_sample(officer, one.reference)
    assert found is not None
    frame = list(FrameCase.objects.for_system("a test").values_list("reference", flat=True))
    ordered = sorted(frame, key=lambda ref: hashlib.sha256(f"{SEED}|{ref}".encode()).hexdigest())
    assert [case.reference for case in drawn_in(officer, found)] == ordered[:2]
    out = NewReplacement(1, Reason.DUPLICATE)
    with pytest.raises(NotNow, match="No reviewer of this case has said so"):
        replace_case(by=officer, sample=one.reference, given=out)
    submitted(ann, reviews_of(one, ann)[0].reference, DUPLICATE)
    assert list(to_replace(officer, reviews_in(officer, one.pk)).values()) == [Reason.DUPLICATE]
    with pytest.raises(NotNow, match="No reviewer"):
        replace_case(by=officer, sample=one.reference, given=NewReplacement(1, Reason.OUT_OF_SCOPE))
    replace_case(by=officer, sample=one.reference, given=out)
    with pytest.raises(Conflict, match="replaced already"):
        replace_case(by=officer, sample=one.reference, given=out)
    cases = drawn_in(officer, found)
    assert [(case.number, case.reference, case.instead_of_id) for case in cases] == [
        (1, ordered[0], None), (2, ordered[1], None), (3, ordered[2], cases[0].pk),
    ]  # fmt: skip
    assert is_drawn_again(officer, found, cases), "whoever came in its place is the next by the same order"
    assert [case.number for case in standing_in(cases)] == [2, 3]
    again = [(row.place, row.reviewer.username) for row in reviews_of(one) if row.case.number == 3]
    assert again == [(1, "ann"), (2, "bob")], "whoever was to review it reviews the next"
    declare_interest(by=bob, review=reviews_of(one, bob)[0].reference, is_interested=False)
    with pytest.raises(NotNow, match="taken out of the sample"):
        submit_review(by=bob, review=reviews_of(one, bob)[0].reference)
    declared = reviews_of(one, bob)[1]
    declare_interest(by=bob, review=declared.reference, is_interested=True)
    with pytest.raises(NotNow, match="somebody else reviews it"):
        submit_review(by=bob, review=declared.reference)
    people = may_review(officer)
    with pytest.raises(NotNow, match="Every reviewer of this sample has had this case"):
        give_on(by=officer, case=declared.case, place=declared.place, people=people)
    with pytest.raises(NotNow, match="only where its own has declared"):
        give_on(by=officer, case=declared.case, place=3 - declared.place, people=people)
    assert list(to_replace(officer, reviews_in(officer, one.pk)).values()) == [Reason.REVIEWER_CONFLICT]
    replace_case(by=officer, sample=one.reference, given=NewReplacement(2, Reason.REVIEWER_CONFLICT))
    submitted(ann, reviews_of(one, ann)[2].reference, {"DS-03": Given(code="not_assessable")})
    assert to_replace(officer, reviews_in(officer, one.pk)) == {}
    with pytest.raises(NotNow, match="A case that was assessed is not replaced"):
        replace_case(by=officer, sample=one.reference, given=NewReplacement(3, Reason.DUPLICATE))
    assert SampleReplaced.objects.for_system("a test").count() == 2


@pytest.mark.rule("SCR-05", "SCR-07")
def test_an_officer_who_reviews_a_case_is_not_told_what_its_other_reviewer_said_of_it(
    system: Acting, officer: Acting, analyst: Acting, two: tuple[Acting, Acting], tmp_path: Path
) -> None:
    ann, _ = two
    some_cases(system, tmp_path, 1)
    one = drawn(officer, analyst, [officer, ann])
    submitted(ann, reviews_of(one, ann)[0].reference, DUPLICATE)
    reviews = reviews_in(officer, one.pk)
    assert to_replace(officer, reviews) == {}
    assert list(to_replace(analyst, reviews).values()) == [Reason.DUPLICATE]
    with pytest.raises(NotNow, match="You still review this case yourself"):
        replace_case(by=officer, sample=one.reference, given=NewReplacement(1, Reason.DUPLICATE))
    submitted(officer, reviews_of(one, officer)[0].reference, DUPLICATE)
    replace_case(by=officer, sample=one.reference, given=NewReplacement(1, Reason.DUPLICATE))


def reviews_due(force: Force) -> list[tuple[str, str, str]]:
    """What is due of blind reviews: whose, which, and how that stands. Each within ten working days of a Sunday."""
    tick(force=force, at=NOW)
    rows = WorkItem.objects.for_system("a test").filter(kind="review_case_blind").select_related("owner").order_by("id")
    assert {one.due_at for one in rows} == {datetime(2026, 12, 12, tzinfo=UTC)}
    return [(one.owner.username, one.about, one.state) for one in rows if one.owner]


@pytest.mark.rule("SCR-07")
def test_a_case_goes_on_to_the_next_reviewer_where_its_own_has_an_interest(
    system: Acting, officer: Acting, analyst: Acting, two: tuple[Acting, Acting], acting_as: Callable[..., Acting],
    tmp_path: Path, force: Force,
) -> None:  # fmt: skip
    ann, bob = two
    cat = acting_as("volunteer_reviewer", username="cat")
    some_cases(system, tmp_path, 1)
    one = drawn(officer, analyst, [ann, bob, cat])
    first, second = (each.reference for each in reviews_of(one))
    assert reviews_due(force) == [("ann", first, "open"), ("bob", second, "open")]
    declare_interest(by=ann, review=first, is_interested=True)
    row = give_on(by=officer, case=reviews_of(one)[0].case, place=1, people=may_review(officer))
    assert (row.reviewer, row.place) == (cat.user, 1)
    submitted(bob, second)
    assert reviews_due(force) == [
        ("ann", first, "withdrawn"), ("bob", second, "done"), ("cat", row.reference, "open"),
    ]  # fmt: skip
    [standing] = reviews_in(officer, one.pk).values()
    assert [review.reviewer for review in standing] == [cat.user, bob.user]


def test_a_reviewer_who_leaves_stops_neither_the_draw_nor_the_sample(
    system: Acting, officer: Acting, analyst: Acting, two: tuple[Acting, Acting], acting_as: Callable[..., Acting],
    tmp_path: Path,
) -> None:  # fmt: skip
    ann, bob = two
    cat, administrator = acting_as("volunteer_reviewer", username="cat"), acting_as("administrator")
    some_cases(system, tmp_path, 1)
    sample = plan_sample(by=officer, given=PLAN).reference
    freeze_frame(by=officer, sample=sample)
    name_reviewers(by=officer, sample=sample, given=NewReviewers(["ann", "bob", "cat"]))

    def leaves(by: Acting) -> None:
        assert by.user is not None
        change_right(by=administrator, user=by.user, right="volunteer_reviewer", held=False, reason="They moved away")

    leaves(cat)
    give_seed(by=analyst, sample=sample, given=NewSeed(True, "4 1 6"))
    found = find_sample(officer, sample)
    assert found is not None
    assert [one.reviewer for one in reviews_of(found)] == [ann.user, bob.user]
    with pytest.raises(NotNow, match="or may review no more"):
        give_on(by=officer, case=reviews_of(found)[0].case, place=1, people=may_review(officer))
    leaves(ann)
    row = give_on(by=officer, case=reviews_of(found)[0].case, place=1, people=may_review(officer))
    assert row.reviewer == officer.user, "nobody else who was named is left"
    other = plan_sample(by=officer, given=PLAN).reference
    freeze_frame(by=officer, sample=other)
    name_reviewers(by=officer, sample=other, given=NewReviewers(["bob", "officer"]))
    leaves(bob)
    with pytest.raises(NotNow, match="Name at least two"):
        give_seed(by=analyst, sample=other, given=NewSeed(True, "4 1 6"))


@pytest.mark.rule("SCR-11")
def test_a_pack_shows_what_was_known_when_the_frame_froze_and_later_edits_apart(
    sample: Sample, officer: Acting, two: tuple[Acting, Acting], at_noon: Any,
    acting_as: Callable[..., Acting],
) -> None:  # fmt: skip
    ann, _ = two
    review = own(ann, reviews_of(sample, ann)[0])
    before = pack_of(ann, review.case)
    assert before.pack.later == ()
    assert before.pack.as_known["crime.1.stage"] == "investigation"
    assert review.case.reference not in "".join([*before.pack.as_known, *before.pack.as_known.values()])
    at_noon.shift(MINUTE)
    assessed = NewAssessment("S-DASH", "3", "L-1", "D-1", NOW, Grade.HIGH)
    supervisor = acting_as("supervisor", username="late")
    record_assessment(by=supervisor, case=review.case.reference, given=assessed, now=NOW + MINUTE)
    then = pack_of(ann, review.case)
    assert then.pack.as_known == before.pack.as_known, "a file tidied after it was chosen is not the file that was kept"
    grade = next(one for one in then.pack.later if one.field.endswith(".grade"))
    assert (grade.value, grade.at, grade.by) == ("high", NOW + MINUTE, "late")
    assert then.repeats == before.repeats


@pytest.mark.rule("SCR-07")
def test_a_danger_reaches_the_force_at_once_and_nobody_else(
    sample: Sample, system: Acting, officer: Acting, two: tuple[Acting, Acting]
) -> None:
    ann, bob = two
    first = reviews_of(sample, ann)[0]
    given = NewLiveRisk(Danger.HARM, SECRET, "01632 960001")
    row = refer_from_review(by=ann, review=first.reference, given=given)
    assert refer_from_review(by=ann, review=first.reference, given=given) == row, "sent twice, it is told once"
    assert (row.interview, row.review.case) == (None, first.case)
    tick(force=system.force, at=NOW + MINUTE)
    item = WorkItem.objects.for_system("a test").get(kind="act_on_live_risk")
    assert item.queue == "live-risks"
    logged = Event.objects.get(kind="live_risk_referred")
    assert SECRET not in logged.payload
    assert own(bob, reviews_of(sample, bob)[0]).live_risks.count() == 0
    answered(ann, first.reference, {"DS-91": Given(overall="refer_now")})
    submit_review(by=ann, review=first.reference)
    answered(bob, reviews_of(sample, bob)[0].reference, {"DS-B8": Given(code="yes")})
    with pytest.raises(NotNow, match="Refer it now, and then submit"):
        submit_review(by=bob, review=reviews_of(sample, bob)[0].reference)
    with pytest.raises(NotNow, match="Write it down"):
        refer_from_review(by=ann, review=first.reference, given=replace(given, reach=" "))
    assert LiveRisk.objects.for_system("a test").count() == 1


def test_identity_is_opened_by_a_reviewer_of_the_office_with_a_reason_and_is_logged(
    system: Acting, officer: Acting, analyst: Acting, two: tuple[Acting, Acting], tmp_path: Path
) -> None:
    ann, _ = two
    [ref] = some_cases(system, tmp_path, 1)
    one = drawn(officer, analyst, [officer, ann])
    review = reviews_of(one, officer)[0].reference
    with pytest.raises(NotNow, match="First say whether"):
        open_identity(by=officer, review=review, reason="The file")
    declare_interest(by=officer, review=review, is_interested=False)
    with pytest.raises(NotNow, match="Write why"):
        open_identity(by=officer, review=review, reason=" ")
    assert open_identity(by=officer, review=review, reason="To ask for the paper file") == ref
    logged = Event.objects.get(kind="review_identity_opened")
    assert f"case/{ref}" in logged.payload
    with pytest.raises(NotPermitted):
        open_identity(by=ann, review=reviews_of(one, ann)[0].reference, reason="Curious")


@pytest.mark.rule("SCR-08")
def test_agreement_is_told_once_all_are_in_and_arbitration_keeps_both(
    sample: Sample, officer: Acting, analyst: Acting, two: tuple[Acting, Acting], acting_as: Callable[..., Acting]
) -> None:
    ann, bob = two
    for review in reviews_of(sample):
        by = ann if review.reviewer == ann.user else bob
        no = {"DS-C1": Given(judged="no", confidence="low", evidence="log 9")}
        submitted(by, review.reference, no if review.case.number == 1 and by is bob else None)
    rows = {(one.question, one.of_repeats): one for one in agreement_of(analyst, sample)}
    same, apart = rows["DS-A1", False], rows["DS-C1", False]
    assert same.agreement is not None
    assert (same.agreement.number, same.agreement.raw, same.agreement.kappa, same.agreement.ac1) == (3, 1, None, 1)
    assert apart.agreement is not None
    assert apart.agreement.raw == pytest.approx(2 / 3)
    assert not apart.may_be_quoted
    assert not still_to_quote(rows.values())["DS-A1"], (
        "three cases in which nobody differed are too few to say so (ADR 88)"
    )
    assert ("DS-A7", False) not in rows
    given = NewAdjudication(
        1, "DS-C1", Given(judged="partly", confidence="high", evidence="log 4"), "Both saw half of it"
    )
    for by, other, says in (
        (officer, replace(given, reason=" "), "Write why"),
        (officer, replace(given, question="DS-A1"), "do not differ"),
        (officer, replace(given, given=Given(judged="yes")), "not whole"),
    ):
        with pytest.raises(NotNow, match=says):
            adjudicate(by=by, sample=sample.reference, given=other)
    with pytest.raises(NotPermitted):
        adjudicate(by=analyst, sample=sample.reference, given=given)
    adjudicate(by=officer, sample=sample.reference, given=given)
    with pytest.raises(Conflict, match="adjudicated this meanwhile"):
        adjudicate(by=officer, sample=sample.reference, given=given)
    decided, _ = adjudicated_in(officer, sample)[1, "DS-C1", WHOLE]
    assert decided.judged == "partly"
    pair = next(one for one in pairs_of(officer, sample) if one.first.case.number == 1)
    assert {pair.of_first["DS-C1", WHOLE].judged, pair.of_second["DS-C1", WHOLE].judged} == {"yes", "no"}
    assert [one for one in agreement_of(analyst, sample) if one.question == "DS-C1"] == [apart], "as it was before"


def test_whoever_reviewed_a_case_does_not_adjudicate_it(
    system: Acting, officer: Acting, analyst: Acting, two: tuple[Acting, Acting], tmp_path: Path
) -> None:
    ann, _ = two
    some_cases(system, tmp_path, 1)
    one = drawn(officer, analyst, [officer, ann])
    submitted(officer, reviews_of(one, officer)[0].reference)
    submitted(ann, reviews_of(one, ann)[0].reference, DUPLICATE)
    with pytest.raises(NotNow, match="You reviewed this case yourself"):
        adjudicate(
            by=officer, sample=one.reference, given=NewAdjudication(1, "DS-03", Given(code="yes"), "It is whole")
        )
