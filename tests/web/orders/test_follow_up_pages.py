"""A respondent notifies the police, and an order is followed up more closely, on their pages (P11, P16; MON-03, MON-05)."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.orders.models import NotificationGiven, Order, OrderTrigger
from tests.factories.orders import considered, received
from tests.web.conftest import Visit, text_of
from tests.web.orders.conftest import NOW
from tests.web.orders.test_monitoring_pages import person_of
from tests.web.orders.test_step_pages import SERVED, day

pytestmark = pytest.mark.django_db
AT_NOON = {**day("on", 24), "at": "11:50"}
GIVEN = AT_NOON | {
    "about": "initial", "in_person": "yes", "station": "Llanelli", "station_area": "demo", "has_no_home": "no", "area": "demo",
    "names": "Ann Other", "addresses": "7 Heol Fawr", "fingerprints": "taken", "photographs": "not_asked",
    "is_acknowledged": "no",
}  # fmt: skip


@pytest.mark.rule("MON-05")
@pytest.mark.rule("CLK-03")
def test_a_notification_is_taken_acknowledged_and_verified(
    signed_in_client: Callable[..., Client], made: Order, visit: Visit
) -> None:
    at, team = f"/orders/{made.reference}", signed_in_client("orders_team")
    assert "Record a notification" not in text_of(team.get(at)), "not before it is served"
    assert team.post(f"{at}/steps/serve", SERVED | {"version": "2"}).status_code == 302
    assert "Record a notification by the respondent" in text_of(team.get(at))
    assert "No first notification that counts is recorded." in text_of(team.get(f"{at}/notifications"))
    officer = signed_in_client("response_officer")
    refused = officer.post(f"{at}/notifications/new", GIVEN | {"addresses": ""})
    assert "Give the address that was notified" in text_of(refused)
    assert "Ann Other" in refused.content.decode(), "nothing typed is lost"
    empty = officer.post(f"{at}/notifications/new", {}).content.decode()
    named = re.findall(r'<a href="#[^"]+">([^<]+)</a>', empty[empty.index("govuk-error-summary__list") :])
    assert len(named) == len(set(named)) >= 9, "the list of what is wrong names each question"
    assert officer.post(f"{at}/notifications/new", GIVEN).status_code == 302
    number = NotificationGiven.objects.for_system("a test").get().pk
    one = f"{at}/notifications/{number}"
    page, rows = visit(team, one)
    assert "7 Heol Fawr" in text_of(page)
    assert [row.kind for row in rows] == ["order_notification_viewed"]
    assert "It counts once it is acknowledged in writing." in text_of(page)
    early = team.post(one, {**day("on", 24), "at": "10:00", "acknowledge": "1"})
    assert "It cannot be acknowledged before it was given." in text_of(early)
    assert team.post(one, AT_NOON | {"acknowledge": "1"}).status_code == 302
    missing = team.post(one, {"found": "false", **day("verified_on", 24), "verify": "1"})
    assert "Say in a few words how it was found out." in text_of(missing)
    false = {"found": "false", **day("verified_on", 24), "words": "No such house", "verify": "1"}
    assert team.post(one, false).status_code == 302
    assert team.post(one, false).status_code == 409
    page = text_of(team.get(at))
    assert "First notified 24 November 2026." in page
    assert "Found false" in page
    assert "7 Heol Fawr" not in page
    assert "No such house" in text_of(team.get(one))
    assert team.get(f"{at}/notifications/0").status_code == 404
    assert "A notification is missed, late or false" in text_of(team.get(f"{at}/follow-up"))


@pytest.mark.rule("MON-03")
def test_follow_up_is_raised_by_hand_and_acted_on(
    signed_in_client: Callable[..., Client], made: Order, visit: Visit
) -> None:
    at, officer = f"/orders/{made.reference}/follow-up", signed_in_client("victim_officer")
    assert "Nothing has raised heightened follow-up of this order." in text_of(officer.get(at))
    said = AT_NOON | {"trigger": "tag_or_device_alert", "words": "The tag was cut"}
    refused = officer.post(f"{at}/new", said | {"at": "13:00"})
    assert "This lies in the future." in text_of(refused)
    assert officer.post(f"{at}/new", said).status_code == 302
    number = OrderTrigger.objects.for_system("a test").get().pk
    page = text_of(officer.get(at))
    assert "Heightened follow-up until 22 December 2026" in page
    assert "To be acted on" in page
    team = signed_in_client("orders_team")
    page, rows = visit(team, f"{at}/{number}")
    assert "The tag was cut" in text_of(page)
    assert [row.kind for row in rows] == ["order_follow_up_viewed"]
    early = team.post(f"{at}/{number}", {**day("on", 24), "at": "10:00", "words": "Called"})
    assert "That was before it happened." in text_of(early)
    done = {**day("on", 24), "at": "11:55", "words": "Called at the home"}
    assert team.post(f"{at}/{number}", done).status_code == 302
    assert "Acted on within the hour" in text_of(team.get(at))
    assert "Called at the home" in text_of(team.get(f"{at}/{number}"))
    person = person_of(made)
    visits = text_of(team.get(f"/people/{person}/visits"))
    assert f"{made.reference} A tag or a device raised an alert 24 November 2026" in visits
    assert "Acted on within the hour" in visits
    order = text_of(team.get(f"/orders/{made.reference}"))
    assert "A tag or a device raised an alert" in order
    assert "The tag was cut" not in order
    assert team.get(f"{at}/0").status_code == 404
    assert "Heightened follow-up" not in text_of(signed_in_client("probation_liaison").get(f"/orders/{made.reference}"))


@pytest.mark.rule("MON-03")
def test_only_an_address_near_theirs_says_what_to_consider(
    signed_in_client: Callable[..., Client], made: Order
) -> None:
    at, officer = f"/orders/{made.reference}/follow-up", signed_in_client("victim_officer")
    for trigger in ("tag_or_device_alert", "home_near_protected"):
        assert officer.post(f"{at}/new", AT_NOON | {"trigger": trigger, "words": "Told by phone"}).status_code == 302
    alert, near = OrderTrigger.objects.for_system("a test").order_by("id").values_list("pk", flat=True)
    assert "What to consider" not in text_of(officer.get(f"{at}/{alert}"))
    page = text_of(officer.get(f"{at}/{near}"))
    assert "What to consider" in page
    assert "Say nothing of it to the respondent" in page


@pytest.mark.rule("CLK-05")
def test_another_duty_to_notify_is_recorded_and_ends(signed_in_client: Callable[..., Client], made: Order) -> None:
    at, team = f"/orders/{made.reference}", signed_in_client("orders_team")
    assert "on the sex offenders register" in text_of(team.get(at))
    assert team.post(f"{at}/noted/soa-part-2", {**day("on", 1), "at": "09:00"}).status_code == 302
    page = text_of(team.get(at))
    assert "On the sex offenders register since 1 November 2026" in page
    assert "time on the sex offenders register ended" in page
    assert team.get(f"{at}/noted/notified").status_code == 404


@pytest.mark.rule("CLK-03")
@pytest.mark.parametrize(("kind", "is_asked"), [("SPO", True), ("RO_CONV", False)])
def test_where_a_kind_of_order_asks_for_no_notification_the_page_says_so(
    signed_in_client: Callable[..., Client], system: Acting, team: Acting, tmp_path: Path, kind: str, is_asked: bool
) -> None:
    order = received(team, considered(system, tmp_path / "other", kind, 2).reference, NOW - timedelta(days=3))
    page = text_of(signed_in_client("orders_team").get(f"/orders/{order.reference}/notifications"))
    assert ("No first notification that counts is recorded." in page) is is_asked
    assert ("This kind of order asks the respondent for no notification." in page) is not is_asked
