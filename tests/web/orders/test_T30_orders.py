"""T30 on an order's pages: two edit one thing; the second gets both versions, its own words kept, and nothing is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from craffu.orders.models import Order, OrderMove, OrderTerms, PackSaid
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
