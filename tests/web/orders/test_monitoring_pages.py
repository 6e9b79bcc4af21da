"""Visits and checks on their pages: what is due and why, an outcome logged, how each condition is monitored (P11, P16)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from craffu.access.acting import Acting
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from craffu.orders.models import CheckMade, CheckPlanned, Condition, Order
from craffu.people.models import Membership
from tests.factories.orders import MADE, PNG
from tests.web.conftest import Visit, text_of, title_of
from tests.web.orders.test_step_pages import day

pytestmark = pytest.mark.django_db
SERVICE = Given(
    served_at=MADE + timedelta(hours=1), place="court", method="personal", server="PC Rees", proof="Statement"
)
AT_NOON = {**day("on", 24), "at": "11:45"}
CLOCKED = "by the end of 27 November 2026"


@pytest.fixture
def order(made: Order, team: Acting) -> Order:
    return move_order(by=team, order=made.reference, move="serve", given=SERVICE)


def person_of(order: Order) -> str:
    rows = Membership.objects.for_system("a test").filter(record=order.respondent_id).select_related("person")
    return str(rows.get().person.reference)


@pytest.mark.rule("MON-01")
@pytest.mark.rule("MON-04")
def test_what_is_due_stands_on_the_page_of_visits_and_an_outcome_is_logged_there(
    signed_in_client: Callable[..., Client], order: Order, visit: Visit
) -> None:
    at, manager = f"/people/{person_of(order)}/visits", signed_in_client("offender_manager")
    answer, rows = visit(manager, at)
    page = text_of(answer)
    assert title_of(answer).startswith(f"Visits and checks of {person_of(order)}")
    assert "No check is due before 27 November 2026." in page
    assert "1: No direct contact Ask the person it protects" in page
    assert CLOCKED in page
    assert "The first check, or the first after an absence: within 7 days" in page
    assert "Nobody has confirmed how 2 conditions are monitored." in page
    assert [row.kind for row in rows] == ["order_checks_viewed"]
    new = f"/orders/{order.reference}/checks/new"
    first = Condition.objects.for_system("a test").get(number=1, terms__order=order)
    form = manager.get(f"{new}?condition=1").content.decode()
    assert f'value="{first.pk}" checked' in form
    said = {"conditions": [str(first.pk)], "outcome": "attempted", "method": "visit", **AT_NOON}
    refused = manager.post(new, said)
    assert "Say what happened in a few words." in text_of(refused)
    assert "11:45" in refused.content.decode(), "nothing typed is lost"
    assert manager.post(new, {**said, "words": "Nobody opened"}).headers["Location"] == at
    picture = SimpleUploadedFile("door.png", PNG, content_type="image/png")
    said = {**said, "outcome": "concern", "words": "A second telephone", "paper": picture, "at": "11:50"}
    page = text_of(manager.post(new, said, follow=True))
    assert "Tried, nobody seen" in page
    assert f"Order {order.reference}, condition 1 Visit the respondent" in page
    assert "A second telephone Open what was kept with it" in page
    assert "by the end of 27 November 2026" in page, "every three days where something gave concern"
    assert CheckMade.objects.for_system("a test").count() == 2
    assert manager.post(new, {}).status_code == 200
    cy = text_of(manager.get(f"/cy{at}"))
    assert "erbyn diwedd 27 Tachwedd 2026" in cy


def last_plan() -> dict[str, str]:
    rows = CheckPlanned.objects.for_system("a test").filter(condition__number=2).order_by("id")
    return {"version": str(rows.last().pk)}


@pytest.mark.rule("MON-02")
def test_how_each_condition_is_monitored_is_proposed_confirmed_and_said(
    signed_in_client: Callable[..., Client], order: Order
) -> None:
    at, manager = f"/orders/{order.reference}/check-plan", signed_in_client("offender_manager")
    page = text_of(manager.get(at))
    assert "Proposed Ask the person it protects" in page
    assert "Confirm all that is proposed" in page
    page = text_of(manager.post(at, {"confirm": "yes"}, follow=True))
    assert "Confirmed" in page
    assert "Nothing is tolerated" in page
    assert "Confirm all that is proposed" not in page
    assert "Nothing is proposed that waits to be confirmed." in text_of(manager.post(at, {"confirm": "yes"}))
    one = f"{at}/2"
    form, seen = manager.get(one).content.decode(), last_plan()
    assert 'value="patrol" checked' in form
    assert f'name="version" value="{seen["version"]}"' in form
    assert "Choose at least one way of checking" in text_of(manager.post(one, {"can": "yes", **seen}))
    assert "Say it in a few words" in text_of(manager.post(one, {"can": "no"}))
    said = {"can": "yes", "methods": ["visit"], "evidence": "visit_record", "tolerance": "None", "every": "own"}
    assert "Choose how often it is checked." in text_of(manager.post(one, {**said, **seen}))
    assert "Every 5 days, or more often by the grade" in text_of(
        manager.post(one, {**said, **seen, "days": "5"}, follow=True)
    )
    late = manager.post(one, {**said, **seen, "days": "4"})
    assert late.status_code == 409
    assert "Every 5 days, or more often by the grade Every 4 days, or more often by the grade" in text_of(late)
    seen = last_plan()
    assert 'value="5"' in manager.get(one).content.decode()
    page = text_of(manager.post(one, {"can": "no", "cannot": "Nobody sees it", **seen}, follow=True))
    assert "Cannot be checked Nobody sees it" in page
    assert "Nobody sees it" in manager.get(one).content.decode()
    assert manager.get(f"{at}/9").status_code == 404
    assert CheckPlanned.objects.for_system("a test").count() == 4


@pytest.mark.rule("MON-03")
@pytest.mark.rule("MON-06")
def test_an_absence_is_recorded_and_said_on_both_pages(signed_in_client: Callable[..., Client], order: Order) -> None:
    at, manager = f"/orders/{order.reference}/checks/away", signed_in_client("offender_manager")
    given = {"why": "custody", **day("first", 24), **day("last", 23)}
    assert "The last day must be the first day or later." in text_of(manager.post(at, given))
    page = text_of(manager.post(at, {**given, **day("last", 10, 12)}, follow=True))
    assert "In custody until 10 December 2026: checks that cannot be made are not asked for" in page
    assert "by the end of 13 December 2026" in page, "within three days of coming back, while it is heightened"
    assert "by the end of 24 November 2026" in page, "of contact it goes on"
    page = text_of(manager.get(f"/orders/{order.reference}"))
    assert "In custody until 10 December 2026" in page
    assert "Every visit and check of the respondent" in page
    page = text_of(manager.get(f"/people/{person_of(order)}/visits"))
    assert f"Heightened follow-up until 22 December 2026: a check every 3 days (order {order.reference})." in page
    assert "by the end of 24 November 2026" in page, "brought forward to today"
    assert "No check is due" not in page


@pytest.mark.rule("MON-02")
def test_what_has_no_plan_is_said_before_the_order_is_marked_in_force_and_keeps_none_from_it(
    signed_in_client: Callable[..., Client], made: Order
) -> None:
    page = text_of(signed_in_client("orders_team").get(f"/orders/{made.reference}/steps/serve"))
    assert "Nobody has confirmed how 2 conditions are monitored. It keeps no order from force." in page
    manager = signed_in_client("offender_manager")
    assert "No check is due: checks begin when an order is served." in text_of(manager.get(f"/orders/{made.reference}"))
    officer = text_of(signed_in_client("response_officer").get(f"/orders/{made.reference}/steps/serve"))
    assert "Nobody has confirmed" not in officer


@pytest.mark.rule("MON-01")
def test_where_there_is_no_live_order_the_page_says_so(
    signed_in_client: Callable[..., Client], being_considered: Order
) -> None:
    page = text_of(signed_in_client("coordinator").get(f"/people/{person_of(being_considered)}/visits"))
    assert "No check is due: there is no live order." in page
    assert "None recorded." in page
