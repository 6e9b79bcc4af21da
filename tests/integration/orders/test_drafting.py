"""Conditions are taken from the library, reworded by a force, and a bespoke one approved by a second person (ORD-14, T30)."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.orders.applying.actions import say_of_pack
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.drafting.actions import add_to_draft, approve_condition
from craffu.orders.drafting.checking import lacks_of_answers, lacks_of_terms, questions_of
from craffu.orders.drafting.policies import check_is_bespoke, check_is_drafted, check_is_second_person
from craffu.orders.facts import Given, NewCondition, NewTerms
from craffu.orders.library.actions import reword_condition, seen_of, take_condition
from craffu.orders.library.policies import check_inputs, check_wording
from craffu.orders.library.queries import library, versions_of
from craffu.orders.life.actions import move_order
from craffu.orders.models import Order, OrderTerms, PackSaid
from craffu.orders.queries import OrderStory, find_order, story_of_order
from craffu.orders.terms.actions import draft_terms
from tests.factories.orders import NO_CONTACT, NOT_TO_GO, REASON, TERMS, considered, received
from tests.integration.orders.conftest import NOW
from tests.integration.orders.test_life import asked_for

ZONE = {"street": "Heol Newydd, Llanelli"}
SAID = {"behaviour": "Waited at the gate", "necessity": "The children are collected there"}
ODD = NewCondition(
    "bespoke", "Not to keep pigeons.", behaviour="Sent notes by pigeon", necessity="They reach her window"
)


@pytest.fixture
def order(system: Acting, tmp_path: Path) -> Order:
    return considered(system, tmp_path)


@pytest.fixture
def administrator(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("administrator", username="admin")


@pytest.fixture
def sergeant(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("supervisor", username="sergeant")


def story(by: Acting, order: Order) -> OrderStory:
    found = find_order(by, order.reference)
    assert found is not None
    return story_of_order(by, found)


def standing(by: Acting, order: Order) -> OrderTerms:
    terms = story(by, order).standing
    assert terms is not None
    return terms


def lacks(by: Acting, order: Order, kind: str = "SPO") -> list[str]:
    return list(lacks_of_terms(kind_of(kind), story(by, order)))


@pytest.mark.rule("ORD-14")
def test_a_condition_of_the_library_stands_last_in_the_draft_in_both_languages(team: Acting, order: Order) -> None:
    draft_terms(by=team, order=order.reference, given=NewTerms((NO_CONTACT,), language="both", locality="Llanelli"))
    take_condition(by=team, order=order.reference, key="exclusion-street", inputs=ZONE, **SAID, seen=1)
    terms = standing(team, order)
    first, last = terms.conditions.all()
    assert (terms.number, terms.language, terms.locality) == (2, "both", "Llanelli")
    assert first.words == NO_CONTACT.words
    assert last.words == "Not to be in Heol Newydd, Llanelli at any time."
    assert last.words_cy == "Peidio â bod yn y stryd hon ar unrhyw adeg: Heol Newydd, Llanelli."
    assert (last.type, last.library, last.behaviour) == ("exclusion_zone", "exclusion-street:1", SAID["behaviour"])
    assert '"street": "Heol Newydd, Llanelli"' in last.inputs
    with pytest.raises(Conflict):
        take_condition(by=team, order=order.reference, key="exclusion-street", inputs=ZONE, **SAID, seen=1)
    with pytest.raises(NotNow) as refused:
        take_condition(by=team, order=order.reference, key="exclusion-street", inputs={"street": " "}, **SAID, seen=2)
    assert refused.value.code == "inputs_missing"
    with pytest.raises(NotPermitted):
        take_condition(by=team, order=order.reference, key="no-such", inputs=ZONE, **SAID, seen=2)
    received(team, order.reference, NOW)
    with pytest.raises(NotNow) as refused:
        take_condition(by=team, order=order.reference, key="exclusion-street", inputs=ZONE, **SAID, seen=3)
    assert refused.value.code == "terms_made"


@pytest.mark.rule("ORD-14")
def test_a_force_words_a_condition_anew_and_no_order_changes(team: Acting, order: Order, administrator: Acting) -> None:
    take_condition(by=team, order=order.reference, key="exclusion-street", inputs=ZONE, **SAID, seen=0)
    one = library(administrator)["exclusion-street"]
    words = {"en": "Never to be in {street}.", "cy": "Byth i fod yn y stryd hon: {street}."}
    with pytest.raises(NotPermitted):
        reword_condition(by=team, key=one.key, words=words, reason="Plainer", seen=seen_of(one))
    for given, reason, code in (
        ({**words, "cy": "Byth."}, "Plainer", "wording_faulty"),
        (words, " ", "no_reason"),
        (dict(one.words), "Plainer", "nothing_changed"),
    ):
        with pytest.raises(NotNow) as refused:
            reword_condition(by=administrator, key=one.key, words=given, reason=reason, seen=seen_of(one))
        assert refused.value.code == code
    reword_condition(by=administrator, key=one.key, words=words, reason="Plainer", seen=seen_of(one))
    with pytest.raises(Conflict):
        reword_condition(
            by=administrator, key=one.key, words={**words, "en": "Out of {street}."}, reason="x", seen=seen_of(one)
        )
    assert library(team)[one.key].named == "exclusion-street:2"
    assert [row.reason for row in versions_of(team, one.key)] == ["Plainer"]
    (before,) = standing(team, order).conditions.all()
    assert (before.words, before.library) == ("Not to be in Heol Newydd, Llanelli at any time.", "exclusion-street:1")


@pytest.mark.rule("ORD-14")
def test_words_of_one_order_alone_are_approved_by_somebody_who_did_not_draft_them(
    team: Acting, order: Order, sergeant: Acting, acting_as: Callable[..., Acting]
) -> None:
    draft_terms(by=sergeant, order=order.reference, given=NewTerms((NO_CONTACT, ODD)))
    assert lacks(team, order) == ["term2:second_approval_needed"]
    for by, number, refusal, code in (
        (sergeant, 2, NotPermitted, "own_draft"),
        (team, 1, NotNow, "not_bespoke"),
        (team, 3, NotNow, "not_bespoke"),
        (acting_as("investigator", username="other"), 2, NotPermitted, "right_not_held"),
    ):
        with pytest.raises(refusal) as refused:
            approve_condition(by=by, order=order.reference, number=number, seen=1)
        assert refused.value.code == code
    approve_condition(by=team, order=order.reference, number=2, seen=1)
    with pytest.raises(Conflict):
        approve_condition(by=team, order=order.reference, number=2, seen=1)
    terms = standing(team, order)
    assert (terms.number, terms.entered_by) == (2, sergeant.user), "whoever drafted stays its drafter"
    assert [one.approved_by for one in terms.conditions.all()] == [None, team.user]
    assert Event.objects.filter(kind="order_terms_approved").count() == 1
    # Whoever adds to a draft did not draft what stands in it: its drafter still approves nothing of their own.
    other = acting_as("supervisor", username="third")
    draft_terms(by=other, order=order.reference, given=NewTerms((replace(ODD, words="Not to breed doves."),)))
    take_condition(by=team, order=order.reference, key="exclusion-street", inputs=ZONE, **SAID, seen=3)
    with pytest.raises(NotPermitted):
        approve_condition(by=other, order=order.reference, number=1, seen=4)
    approve_condition(by=team, order=order.reference, number=1, seen=4)
    # As long as its words are the same it stays approved; other words are not.
    draft_terms(by=sergeant, order=order.reference, given=NewTerms((ODD, NOT_TO_GO)))
    assert lacks(team, order) == []
    draft_terms(by=sergeant, order=order.reference, given=NewTerms((replace(ODD, words="Not to keep doves."),)))
    assert lacks(team, order) == ["term1:second_approval_needed"]


@pytest.mark.rule("ORD-14")
def test_whoever_approved_a_condition_may_add_another_or_draft_the_whole_anew(
    team: Acting, investigator: Acting, order: Order
) -> None:
    """Who first wrote the words drafted them: it stays approved by somebody else, whoever kept the last version."""
    draft_terms(by=investigator, order=order.reference, given=NewTerms((ODD,)))
    approve_condition(by=team, order=order.reference, number=1, seen=1)
    assert lacks(team, order) == []
    add_to_draft(by=team, order=order.reference, condition=NO_CONTACT, seen=2)
    assert lacks(team, order) == []
    draft_terms(by=team, order=order.reference, given=NewTerms((NOT_TO_GO, ODD)))
    assert lacks(team, order) == []
    # Of other words they are the drafter, and approve nothing of their own.
    doves = replace(ODD, words="Not to keep doves.", approved_by=team.user)
    draft_terms(by=team, order=order.reference, given=NewTerms((ODD, doves)))
    assert lacks(team, order) == ["term2:second_approval_by_drafter"]


@pytest.mark.rule("ORD-14")
def test_what_a_kind_cannot_demand_and_who_must_be_named_stand_in_the_way(team: Acting, order: Order) -> None:
    assert lacks(team, order) == []
    tag = NewCondition("electronic_monitoring", "To wear a tag.", is_requirement=True, behaviour="x", necessity="x")
    course = NewCondition("attend_programme", "To attend.", is_requirement=True, behaviour="x", necessity="x")
    draft_terms(by=team, order=order.reference, given=NewTerms((tag, course)))
    assert lacks(team, order, "RO_CONV") == [
        "term1:monitoring_not_provided_for", "term2:requirements_not_allowed",
    ]  # fmt: skip
    assert lacks(team, order, "CBO") == [
        "term1:monitoring_not_provided_for", "term2:no_suitability_evidence", "term2:no_supervisor",
    ]  # fmt: skip
    named = replace(course, supervisor="PC 44", inputs={"suitability_evidence": "A place is free"})
    draft_terms(by=team, order=order.reference, given=NewTerms((named,)))
    assert lacks(team, order, "CBO") == []


@pytest.mark.rule("ORD-14")
def test_three_questions_are_asked_of_every_stalking_protection_order_and_of_no_other() -> None:
    every = ("incompatible_with_an_earlier_order", "conflicts_with_religion", "interferes_with_work_or_education")
    assert questions_of(kind_of("SPO")) == questions_of(kind_of("ISPO")) == every
    assert questions_of(kind_of("CBO")) == ()
    assert lacks_of_answers(kind_of("SPO"), ["conflicts_with_religion"]) == [f"asked:{every[0]}", f"asked:{every[2]}"]
    assert lacks_of_answers(kind_of("SPO"), every) == lacks_of_answers(kind_of("CBO"), []) == []


@pytest.mark.rule("ORD-14")
def test_every_refusal_of_a_draft_has_its_reason() -> None:
    check_is_drafted(is_made=False)
    check_is_bespoke("bespoke")
    check_is_second_person("a", "b")
    check_inputs([])
    check_wording([], "Plainer", is_changed=True)
    for check, code in (
        (lambda: check_is_drafted(is_made=True), "terms_made"),
        (lambda: check_is_bespoke(None), "not_bespoke"),
        (lambda: check_is_second_person("a", "a"), "own_draft"),
        (lambda: check_inputs(["street"]), "inputs_missing"),
    ):
        with pytest.raises((NotNow, NotPermitted)) as refused:
            check()
        assert refused.value.code == code


@pytest.mark.rule("ORD-03")
@pytest.mark.rule("ORD-06")
@pytest.mark.rule("ORD-14")
@pytest.mark.rule("T30")
def test_what_is_put_forward_to_be_authorised_is_what_is_lodged(
    team: Acting, investigator: Acting, authoriser: Acting, order: Order
) -> None:
    """Not a word of it is changed under whoever authorises it or after they did; what is declined is drafted anew."""
    asked_for(investigator, order)

    def kept() -> tuple[int, int]:
        rows = (model.objects.for_user(team).filter(order=order) for model in (OrderTerms, PackSaid))
        return next(rows).count(), next(rows).count()

    def check_stands() -> None:
        before = kept()
        for change in (
            lambda: draft_terms(by=investigator, order=order.reference, given=NewTerms((ODD,))),
            lambda: add_to_draft(by=investigator, order=order.reference, condition=ODD, seen=before[0]),
            lambda: approve_condition(by=team, order=order.reference, number=1, seen=before[0]),
            lambda: say_of_pack(by=investigator, order=order.reference, about="victim_view", words="I changed my mind"),
        ):
            with pytest.raises(NotNow, match="have it declined") as refused:
                change()
            assert refused.value.code == "put_forward"
        assert kept() == before

    def step(by: Acting, move: str, given: Given) -> None:
        move_order(by=by, order=order.reference, move=move, given=given)

    check_stands()
    step(authoriser, "decline", Given(reason_code="evidence_lacking", reason_text=REASON))
    draft_terms(by=investigator, order=order.reference, given=NewTerms((NO_CONTACT,)))
    step(investigator, "reopen", Given(reason_text=REASON))
    step(investigator, "decide_apply", Given(reason_code="necessary", reason_text=REASON))
    step(investigator, "request_authorisation", Given())
    step(authoriser, "authorise", Given(reason_text=REASON))
    check_stands()
    # What whoever gives evidence asks of the court is no part of what is authorised.
    say_of_pack(by=investigator, order=order.reference, about="special_measures", words="To be heard by video")
    step(team, "withdraw", Given(withdrawn_on=NOW.date(), reason_code="evidence_lacking", reason_text=REASON))
    draft_terms(by=investigator, order=order.reference, given=TERMS)


@pytest.mark.rule("ORD-15")
def test_nothing_is_drafted_of_an_order_that_a_court_has_made(team: Acting, order: Order) -> None:
    received(team, order.reference, NOW)
    with pytest.raises(NotNow) as refused:
        draft_terms(by=team, order=order.reference, given=NewTerms((NOT_TO_GO,)))
    assert refused.value.code == "terms_made"
    assert [one.why for one in OrderTerms.objects.for_user(team).filter(order=order)] == ["made"]
