"""T30 on an order's pages: two edit one thing; the second gets both versions, its own words kept, and nothing is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.actions import say_rank
from craffu.access.queries import acting_user
from craffu.common.door import bookkeeping
from craffu.orders.facts import NewCondition, NewTerms
from craffu.orders.models import Order, OrderMove, OrderTerms, PackSaid
from craffu.orders.terms.actions import keep_terms
from tests.integration.orders.test_life import asked_for
from tests.web.conftest import text_of
from tests.web.orders.test_step_pages import NO_CONTACT, NOT_TO_GO, SERVED, VARIED, conditions, path

pytestmark = [pytest.mark.django_db, pytest.mark.rule("ORD-09")]
CHANGED = "Somebody else changed this while you had it open"
OTHERS = ("exclusion_zone", "Not to go to Heol Hir.")


def version_on(response: Any) -> str:
    return str(response.content.decode().partition('name="version" value="')[2].partition('"')[0])


@pytest.fixture
def two(signed_in_client: Callable[..., Client], being_considered: Order) -> tuple[Client, Client]:
    return signed_in_client("investigator"), signed_in_client("investigator")


def words_kept() -> list[list[str]]:
    rows = OrderTerms.objects.for_system("a test").order_by("number")
    return [[one.words for one in terms.conditions.all()] for terms in rows]


@pytest.mark.parametrize("language", ["", "/cy"])
def test_T30_the_second_of_two_drafts_sees_both(
    two: tuple[Client, Client], being_considered: Order, language: str
) -> None:
    first, second = two
    page = f"/orders/{being_considered.reference}/terms"
    seen = version_on(second.get(page))
    assert first.post(page, conditions(NO_CONTACT) | {"version": version_on(first.get(page))}).status_code == 302
    mine = conditions(NO_CONTACT, OTHERS)
    told = second.post(f"{language}{page}", mine | {"version": seen})
    assert told.status_code == 409
    assert (CHANGED in text_of(told)) is (not language)
    body = told.content.decode()
    # What stands, what they gave, and what they gave once more in the form.
    assert body.count(NO_CONTACT[1]) == 3
    assert body.count(OTHERS[1]) == 2
    assert words_kept() == [[NO_CONTACT[1]]]
    assert second.post(page, mine | {"version": seen}).status_code == 409
    assert second.post(page, mine).status_code == 409
    assert second.post(page, mine | {"version": version_on(told)}).status_code == 302
    assert words_kept() == [[NO_CONTACT[1]], [NO_CONTACT[1], OTHERS[1]]]
    # The first, who has not seen the second's, does not overwrite it either.
    assert first.post(page, conditions(NO_CONTACT) | {"version": "1"}).status_code == 409
    assert len(words_kept()) == 2


def test_T30_two_who_say_different_parts_of_a_pack_both_do_and_of_one_part_the_second_sees_both(
    two: tuple[Client, Client], being_considered: Order
) -> None:
    first, second = two
    page = f"/orders/{being_considered.reference}/pack"
    seen = version_on(second.get(page))
    assert first.post(page, {"about": "order_necessary", "words": "Forty calls", "version": "0"}).status_code == 302
    other = {"about": "victim_view", "words": "I want it to stop", "version": seen}
    assert second.post(page, other).status_code == 302
    same = {"about": "order_necessary", "words": "Fifty calls", "version": seen}
    told = second.post(page, same)
    assert told.status_code == 409
    text = text_of(told)
    for wanted in (CHANGED, "Forty calls", "Fifty calls"):
        assert wanted in text
    assert PackSaid.objects.for_system("a test").count() == 2
    assert second.post(page, same | {"version": version_on(told)}).status_code == 302
    assert [one.words for one in PackSaid.objects.for_system("a test").order_by("id")] == [
        "Forty calls", "I want it to stop", "Fifty calls",
    ]  # fmt: skip


@pytest.mark.parametrize("forgot", [{"applicant": ""}, {"add": "1"}])
def test_T30_a_form_put_right_after_somebody_else_moved_the_order_does_not_overwrite_what_nobody_saw(
    forgot: dict[str, str], signed_in_client: Callable[..., Client], made: Order
) -> None:
    first, second = signed_in_client("orders_team"), signed_in_client("orders_team")
    theirs = VARIED | conditions(NO_CONTACT, NOT_TO_GO, OTHERS)
    assert first.post(path(made, "vary"), theirs).status_code == 302
    again = second.post(path(made, "vary"), VARIED | forgot)
    assert again.status_code == 200
    told = second.post(path(made, "vary"), VARIED | {"version": version_on(again)})
    assert told.status_code == 409
    assert OTHERS[1] in text_of(told)
    assert len(words_kept()) == 2
    assert second.post(path(made, "vary"), VARIED | {"version": version_on(told)}).status_code == 302


@pytest.mark.parametrize("given", [{}, {"version": ""}, {"version": "x"}, {"version": "１"}])
def test_T30_a_step_that_says_no_version_is_told_so_and_moves_nothing(
    given: dict[str, str], signed_in_client: Callable[..., Client], made: Order
) -> None:
    said = {name: value for name, value in SERVED.items() if name != "version"} | given
    assert signed_in_client("orders_team").post(path(made, "serve"), said).status_code == 409
    assert OrderMove.objects.for_system("a test").filter(order=made).count() == 2


@pytest.fixture
def put_forward(being_considered: Order, signed_in_client: Callable[..., Client]) -> Client:
    """Whoever put the order forward to be authorised, with a whole pack."""
    detective = signed_in_client("investigator")
    asked_for(acting_user(detective.user), being_considered)  # type: ignore[attr-defined]
    return detective


@bookkeeping
def redrafted(by: Acting, order: Order) -> None:
    """As if other words had come by any way there is: none of ours brings them while they are put forward."""
    keep_terms(by=by, order=order, given=NewTerms((NewCondition(*OTHERS),)), why="drafted", applies_from=None)


@pytest.mark.rule("ORD-03")
@pytest.mark.rule("T30")
def test_T30_whoever_authorises_agrees_to_the_words_that_they_saw(
    put_forward: Client, being_considered: Order, signed_in_client: Callable[..., Client], system: Acting
) -> None:
    boss = signed_in_client("authoriser")
    say_rank(by=system, user=boss.user, rank="superintendent", reason="Promoted")  # type: ignore[attr-defined]
    page = path(being_considered, "authorise")
    because = {"reason_text": "The pack is whole and the order is needed"}
    seen = version_on(boss.get(page))
    redrafted(system, being_considered)
    told = boss.post(page, because | {"version": seen})
    being_considered.refresh_from_db()
    assert (told.status_code, being_considered.status) == (409, "authorising")
    for wanted in (CHANGED, OTHERS[1], because["reason_text"]):
        assert wanted in text_of(told)
    assert boss.post(page, because | {"version": version_on(told)}).status_code == 302


@pytest.mark.rule("ORD-03")
@pytest.mark.rule("ORD-06")
def test_what_is_put_forward_is_offered_to_be_read_and_not_to_be_changed(
    put_forward: Client, being_considered: Order
) -> None:
    at, why = f"/orders/{being_considered.reference}", "This was put forward to be authorised as it stands."
    offers = put_forward.get(at).content.decode()
    assert (f'href="{at}/terms"' in offers, f'href="{at}/pack"' in offers) == (False, True)
    pack = put_forward.get(f"{at}/pack")
    assert why in text_of(pack)
    assert "Statement of 3 May" in text_of(pack)
    body = pack.content.decode()
    assert ('value="special_measures"' in body, 'value="victim_view"' in body) == (True, False)
    for page in ("terms", "library", "library/no-approach"):
        shown = put_forward.get(f"{at}/{page}")
        assert why in text_of(shown), page
        assert 'name="version"' not in shown.content.decode(), page
        assert f'href="{at}/library/' not in shown.content.decode(), page
    # Whoever had the page open before it was put forward is told why, and has what they typed.
    late = put_forward.post(f"{at}/terms", conditions(OTHERS) | {"version": "1"})
    assert why in text_of(late)
    assert OTHERS[1] in late.content.decode()
    said = put_forward.post(f"{at}/pack", {"about": "victim_view", "words": "I changed my mind", "version": "99999"})
    assert why in text_of(said)
    assert len(words_kept()) == 1
    measures = {"about": "special_measures", "words": "To be heard by video", "version": version_on(pack)}
    assert put_forward.post(f"{at}/pack", measures).status_code == 302
