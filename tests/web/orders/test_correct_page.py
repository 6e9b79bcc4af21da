"""The page on which typed words that differ from the sealed order are put right (ORD-20, P14)."""

from collections.abc import Callable

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.orders.models import Order, OrderTerms
from craffu.orders.papers.actions import keep_paper
from craffu.orders.terms.actions import compare_terms
from tests.factories.orders import NO_CONTACT as FIRST
from tests.factories.orders import NOT_TO_GO as SECOND
from tests.factories.orders import PNG
from tests.web.conftest import text_of
from tests.web.orders.test_step_pages import VARIED, conditions, path
from tests.web.orders.test_T30_orders import version_on

pytestmark = [pytest.mark.django_db, pytest.mark.rule("ORD-20")]
RIGHT = (FIRST.type, "Not to contact the applicant or her mother by any means.")
STAYS = (SECOND.type, SECOND.words)


@pytest.fixture
def page(made: Order, team: Acting, acting_as: Callable[..., Acting]) -> str:
    """The page about an order whose typed words a second person found to differ."""
    paper = keep_paper(by=team, order=made.reference, kind="sealed_order", content=PNG)
    this = {"order": made.reference, "number": 1, "paper": paper.pk}
    compare_terms(by=acting_as("investigator"), **this, is_same=False, differs="It names her mother too")
    return f"/orders/{made.reference}"


def versions() -> list[str]:
    return list(OrderTerms.objects.for_system("a test").order_by("number").values_list("why", flat=True))


def test_what_was_found_leads_to_the_page_and_the_difference_is_read_after_it(
    page: str, signed_in_client: Callable[..., Client]
) -> None:
    supervisor = signed_in_client("supervisor")
    for shown in (page, f"{page}/compare", f"{page}/correct"):
        answer = supervisor.get(shown)
        text = text_of(answer)
        assert "The typed words differ from the sealed order. Its words prevail." in text
        assert "It names her mother too (" in text
        assert shown.endswith("correct") or f'href="{page}/correct"' in answer.content.decode()
    at_the_door = signed_in_client("response_officer").get(page)
    assert "It names her mother too" in text_of(at_the_door)
    assert f'href="{page}/correct"' not in at_the_door.content.decode()
    form = supervisor.get(f"{page}/correct")
    assert FIRST.words in text_of(form)
    given = conditions(RIGHT, STAYS) | {"version": version_on(form)}
    done = supervisor.post(f"{page}/correct", given, follow=True)
    said = text_of(done)
    assert "They read “not checked” until somebody else compares them." in said
    assert "(Put right)" in said
    assert '<ins><span class="govuk-visually-hidden">added: </span>' in done.content.decode()
    assert versions() == ["made", "corrected"]
    assert "The typed words differ" not in text_of(supervisor.get(page))
    assert "You typed these terms." in text_of(supervisor.get(f"{page}/compare"))


def test_T30_of_two_who_put_words_right_the_second_sees_both(
    page: str, signed_in_client: Callable[..., Client], made: Order
) -> None:
    first, second = signed_in_client("orders_team"), signed_in_client("investigator")
    seen = version_on(second.get(f"{page}/correct"))
    given = conditions(RIGHT, STAYS)
    assert first.post(f"{page}/correct", given | {"version": seen}).status_code == 302
    told = second.post(f"{page}/correct", conditions(RIGHT) | {"version": seen})
    assert told.status_code == 409
    assert "Somebody else changed this while you had it open" in text_of(told)
    again = second.post(f"{page}/correct", conditions(RIGHT) | {"version": version_on(told)})
    assert "Nobody has found that these words differ" in text_of(again)
    assert RIGHT[1] in text_of(again), "what was typed is not lost"
    assert versions() == ["made", "corrected"]


@pytest.mark.rule("ORD-15")
def test_T30_a_variation_drawn_up_before_the_words_were_put_right_does_not_bring_the_wrong_ones_back(
    page: str, signed_in_client: Callable[..., Client], made: Order
) -> None:
    team, other = signed_in_client("orders_team"), signed_in_client("investigator")
    seen = version_on(team.get(path(made, "vary")))
    form = other.get(f"{page}/correct")
    right = conditions(RIGHT, STAYS) | {"version": version_on(form)}
    assert other.post(f"{page}/correct", right).status_code == 302
    told = team.post(path(made, "vary"), VARIED | {"version": seen})
    assert told.status_code == 409
    assert RIGHT[1] in text_of(told)
    assert versions() == ["made", "corrected"]
    assert team.post(path(made, "vary"), VARIED | {"version": version_on(told)}).status_code == 302
    assert versions() == ["made", "corrected", "varied"]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (conditions((FIRST.type, FIRST.words), STAYS), "These are the words as they stand."),
        (conditions(), "Enter at least one condition"),
        (conditions(("", "Not to call")), "Choose the type of this condition"),
    ],
)
def test_what_puts_nothing_right_is_said_and_nothing_typed_is_lost(
    given: dict[str, str], wanted: str, page: str, signed_in_client: Callable[..., Client]
) -> None:
    answer = signed_in_client("orders_team").post(f"{page}/correct", given | {"version": "1"})
    assert answer.status_code == 200
    assert wanted in text_of(answer)
    assert len(versions()) == 1


def test_words_that_nobody_found_to_differ_have_no_form(made: Order, signed_in_client: Callable[..., Client]) -> None:
    client = signed_in_client("orders_team")
    answer = client.get(f"/orders/{made.reference}/correct")
    assert "Compare them first." in text_of(answer)
    assert 'name="words_1"' not in answer.content.decode()
    assert f'href="/orders/{made.reference}/correct"' not in client.get(f"/orders/{made.reference}").content.decode()
