"""What changes or ends an order happened after it was made (ORD-13, ORD-15, ORD-17)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.clocks.london import start_of
from craffu.common.refusals import NotNow
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.effect.rules import Version, enforceable, version_at
from craffu.orders.facts import Given, NewTerms
from craffu.orders.life.actions import move_order
from craffu.orders.life.then import as_moved
from craffu.orders.models import Order
from craffu.orders.queries import as_happened, find_order, story_of_order
from tests.factories.orders import MADE, NO_CONTACT, NOT_TO_GO, REASON, TERMS, considered, received
from tests.integration.orders.conftest import NOW
from tests.worlds import World, kept

MADE_ON = MADE.date()
LAST_DAY = date(2028, 11, 19)
VARIED = Given(varied_on=MADE_ON, applicant="police", reason_text=REASON, terms=TERMS)
DISCHARGED = Given(
    discharged_on=MADE_ON, applicant="police", reason_text=REASON, consents=("respondent", "chief_officer")
)


@kept(at=NOW)
def known(world: World, team: Acting) -> Order:
    """Made on 20 November, and known to the respondent since."""
    made = received(team, considered(world.system, world.folder).reference, MADE, last_day=LAST_DAY)
    aware = Given(aware_at=MADE + timedelta(hours=1), proof="Was in court")
    return move_order(by=team, order=made.reference, move="record_awareness", given=aware)


def moved(by: Acting, order: Order, move: str, given: Given) -> Order:
    return move_order(by=by, order=order.reference, move=move, given=given)


def refused(by: Acting, order: Order, move: str, given: Given) -> str:
    with pytest.raises(NotNow) as refusal:
        moved(by, order, move, given)
    return refusal.value.code


@pytest.mark.rule("ORD-13")
@pytest.mark.rule("ORD-17")
@pytest.mark.parametrize(
    ("move", "name", "given"),
    [
        ("vary", "varied_on", VARIED),
        ("renew", "lodged_on", Given(new_last_day=date(2029, 11, 19), reason_text=REASON)),
        ("discharge", "discharged_on", DISCHARGED),
        ("quash", "quashed_on", Given(court="Swansea", appeal_case_no="A1")),
    ],
)
def test_nothing_changes_or_ends_an_order_on_a_day_before_it_was_made(
    move: str, name: str, given: Given, known: Order, team: Acting
) -> None:
    """A year mistyped would say that it never was in force, and a court's end is not taken back."""
    for on in (MADE_ON - timedelta(days=1), MADE_ON.replace(year=2025)):
        said: dict[str, Any] = {name: on}
        assert refused(team, known, move, replace(given, **said)) == "before_it_was_made"
    stands = find_order(team, known.reference)
    assert stands is not None
    assert (stands.status, stands.moves_made, stands.ended_at) == ("in_force", known.moves_made, None)
    on_the_day: dict[str, Any] = {name: MADE_ON}
    assert moved(team, known, move, replace(given, **on_the_day)).moves_made == known.moves_made + 1


@pytest.mark.rule("ORD-13")
def test_an_order_holds_from_its_making_or_from_a_later_day_and_never_from_before(world: World, team: Acting) -> None:
    """The day of its making, given as the day from which it holds, begins at midnight: the order does not."""
    order = considered(world.system, world.folder)
    for takes_effect_at in (MADE - timedelta(days=1), MADE.replace(year=2025)):
        with pytest.raises(NotNow) as refusal:
            received(team, order.reference, MADE, takes_effect_at=takes_effect_at)
        assert refusal.value.code == "before_it_was_made"
    made = received(team, order.reference, MADE, takes_effect_at=start_of(MADE_ON))
    assert (made.made_at, made.takes_effect_at) == (MADE, None)
    before = enforceable(kind_of("SPO"), as_happened(made), MADE - timedelta(hours=1))
    assert before.in_force is False
    assert as_moved(made, story_of_order(team, made).moves).takes_effect_at is None
    later = considered(world.system, world.folder, number=2)
    begins = start_of(MADE_ON + timedelta(days=1))
    assert received(team, later.reference, MADE, takes_effect_at=begins).takes_effect_at == begins


def words_by_which(by: Acting, order: Order) -> tuple[list[str], list[str]]:
    """The words that the card shows, and those by which a breach of this minute is judged."""
    story = story_of_order(by, order)
    judged = version_at([Version(one.number, one.applies_from) for one in story.made], NOW)
    of = {one.number: [each.words for each in one.conditions.all()] for one in story.made}
    assert story.standing is not None
    return of[story.standing.number], of[judged or 0]


@pytest.mark.rule("ORD-15")
@pytest.mark.rule("ORD-09")
def test_a_variation_recorded_after_a_later_one_takes_the_place_neither_of_its_words_nor_of_its_end(
    known: Order, team: Acting
) -> None:
    to = replace(VARIED, varied_on=NOW.date(), terms=NewTerms((NO_CONTACT,)), last_day=date(2029, 11, 24))
    moved(team, known, "vary", to)
    forgotten = replace(to, varied_on=date(2026, 11, 22), terms=NewTerms((NOT_TO_GO,)), last_day=date(2027, 1, 31))
    assert refused(team, known, "vary", forgotten) == "later_words_stand"
    stands = find_order(team, known.reference)
    assert stands is not None
    assert stands.last_day == date(2029, 11, 24)
    assert words_by_which(team, stands) == ([NO_CONTACT.words], [NO_CONTACT.words])
    # Twice on one day: the one recorded last was made last.
    again = moved(team, known, "vary", replace(forgotten, varied_on=NOW.date()))
    assert words_by_which(team, again) == ([NOT_TO_GO.words], [NOT_TO_GO.words])


@pytest.mark.rule("ORD-15")
def test_words_of_a_variation_of_the_day_of_making_apply_from_the_making_on(known: Order, team: Acting) -> None:
    """A day begins at midnight, the order at eleven: the card and whoever judges a breach have the same words."""
    varied = moved(team, known, "vary", replace(VARIED, terms=NewTerms((NO_CONTACT,))))
    assert words_by_which(team, varied) == ([NO_CONTACT.words], [NO_CONTACT.words])
    standing = story_of_order(team, varied).standing
    assert standing is not None
    assert standing.applies_from == MADE


@pytest.mark.rule("ORD-15")
def test_a_renewal_lodged_before_a_variation_goes_on_with_the_words_of_the_variation(
    known: Order, team: Acting
) -> None:
    varied = replace(VARIED, varied_on=date(2026, 11, 23), terms=NewTerms((NO_CONTACT,)))
    moved(team, known, "vary", varied)
    renewed = Given(lodged_on=date(2026, 11, 21), new_last_day=date(2030, 11, 19), reason_text=REASON)
    stands = moved(team, known, "renew", replace(renewed, terms=NewTerms((NO_CONTACT, NOT_TO_GO))))
    assert words_by_which(team, stands) == ([NO_CONTACT.words, NOT_TO_GO.words],) * 2
    # What was varied between the two days of the renewal is no variation of another order's words.
    assert refused(team, known, "vary", replace(varied, varied_on=date(2026, 11, 22))) == "later_words_stand"
    assert moved(team, known, "vary", varied).moves_made == stands.moves_made + 1
