"""What is done under an order, and the check of its pack, on their own pages (P11, P14; CLK-03, VIC-06, VIC-09)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.orders.facts import NewCondition, NewTerms
from craffu.orders.models import Order, OrderNoted
from tests.factories.orders import MADE, considered, received
from tests.web.conftest import Visit, text_of, title_of
from tests.web.orders.test_step_pages import SERVED, day

pytestmark = pytest.mark.django_db
AT_NOON = {**day("on", 24), "at": "11:45"}


@pytest.mark.rule("VIC-09")
def test_the_pack_is_searched_on_its_page_and_says_where_and_of_which_kind_never_the_value(
    signed_in_client: Callable[..., Client], system: Acting, team: Acting, tmp_path: Path, visit: Visit
) -> None:
    home = NewCondition("exclusion_zone", "Not within 100 metres of 3 Heol Fawr.")
    order = received(team, considered(system, tmp_path).reference, MADE, terms=NewTerms((home,), has_no_locality=True))
    at, officer = f"/orders/{order.reference}", signed_in_client("orders_team")
    assert "Check the service pack" in text_of(officer.get(at))
    assert "Service pack: Not checked yet" in text_of(officer.get(f"{at}/steps/serve"))
    assert "has not been searched" in text_of(officer.post(f"{at}/steps/serve", SERVED | {"version": "2"}))
    page = text_of(officer.post(f"{at}/pack-check", {}, follow=True))
    assert "Something was found. The pack must not go as it is." in page
    assert "Condition 1 address Condition 1 a zone drawn round a home" in page
    assert "Heol Fawr" not in page
    assert "Release it all the same" not in page
    boss = signed_in_client("supervisor")
    assert "Say why it may go all the same, in at least 20 characters." in text_of(
        boss.post(f"{at}/pack-check", {"release": "yes", "words": "no"})
    )
    said = {"release": "yes", "words": "The court named the street itself"}
    assert "Released by a supervisor" in text_of(boss.post(f"{at}/pack-check", said, follow=True))
    _page, rows = visit(signed_in_client("response_officer"), f"{at}/pack-check")
    assert [row.kind for row in rows] == ["order_viewed"]


@pytest.mark.rule("VIC-09")
def test_a_draft_whose_zone_gives_a_home_away_is_refused_beside_its_words(
    signed_in_client: Callable[..., Client], being_considered: Order
) -> None:
    detective = signed_in_client("investigator")
    given = {"type_1": "exclusion_zone", "words_1": "Not within a mile of 3 Heol Fawr", "language": "en", "rows": "1"}
    answer = detective.post(f"/orders/{being_considered.reference}/terms", given)
    assert answer.status_code == 200
    assert "A zone in these words gives away where somebody lives." in text_of(answer)
    assert "3 Heol Fawr" in answer.content.decode(), "nothing typed is lost"


@pytest.mark.rule("VIC-06")
def test_terms_given_are_noted_and_stand_on_the_orders_page(
    signed_in_client: Callable[..., Client], made: Order
) -> None:
    at, team = f"/orders/{made.reference}", signed_in_client("orders_team")
    before = team.get(at).content.decode()
    assert "/noted/terms-given" not in before, "not before it is served"
    assert team.post(f"{at}/steps/serve", SERVED | {"version": "2"}).status_code == 302
    page = text_of(team.get(at))
    assert "Record that the terms were given in writing" in page
    form = team.get(f"{at}/noted/terms-given").content.decode()
    record = made.protects.get().record_id
    assert f'value="{record}"' in form
    missing = text_of(team.post(f"{at}/noted/terms-given", AT_NOON))
    assert "Choose somebody whom the order protects." in missing
    assert team.post(f"{at}/noted/terms-given", AT_NOON | {"record": str(record)}).status_code == 302
    assert OrderNoted.objects.for_system("a test").count() == 1
    page = text_of(team.get(at))
    assert team.post(f"{at}/noted/relaxation-sought", AT_NOON).status_code == 302
    assert "A court was asked to relax or end it: 24 November 2026, 11:45" in text_of(team.get(at))
    assert "Terms given in writing to somebody it protects: 24 November 2026, 11:45" in page
    ahead = text_of(team.post(f"{at}/noted/relaxation-sought", AT_NOON | {"at": "13:00"}))
    assert "This lies in the future." in ahead
    assert team.get(f"{at}/noted/weather").status_code == 404
    assert title_of(team.get(f"{at}/noted/terms-given")).startswith("Terms of order O-10001 given in writing")
    manager = text_of(signed_in_client("offender_manager").get(at))
    assert "Record that the terms were given in writing" not in manager


def test_that_a_court_refused_a_change_is_noted_with_who_asked_for_it(
    signed_in_client: Callable[..., Client], made: Order
) -> None:
    at, liaison = f"/orders/{made.reference}", signed_in_client("court_liaison")
    assert "Record that a court refused to change it" in text_of(liaison.get(at))
    missing = text_of(liaison.post(f"{at}/noted/change-refused", AT_NOON))
    assert "Choose what the court was asked to do." in missing
    assert "Choose who asked the court for it." in missing
    asked = {"change": "discharge", "applicant": "respondent"}
    assert liaison.post(f"{at}/noted/change-refused", AT_NOON | asked).status_code == 302
    said = text_of(liaison.get(at))
    assert "A court refused to change it (Discharge it): 24 November 2026, 11:45" in said
    row = OrderNoted.objects.for_system("a test").get()
    assert (row.what, row.change, row.applicant) == ("change-refused", "discharge", "respondent")
    assert signed_in_client("response_officer").get(f"{at}/noted/change-refused").status_code in {403, 404}


@pytest.mark.rule("VIC-05")
def test_that_somebody_was_told_or_why_not_stands_on_the_orders_page_even_once_it_is_over(
    signed_in_client: Callable[..., Client], made: Order
) -> None:
    at, manager = f"/orders/{made.reference}", signed_in_client("offender_manager")
    record = str(made.protects.get().record_id)
    assert "Record that somebody it protects was told of it" in text_of(manager.get(at))
    missing = text_of(manager.post(f"{at}/noted/not-told", AT_NOON | {"record": record}))
    assert "Say why they are not told." in missing
    blank = text_of(manager.post(f"{at}/noted/not-told", AT_NOON | {"record": record, "words": " "}))
    assert "Say why they are not told." in blank
    why = {"record": record, "words": "Nobody knows where she lives"}
    assert manager.post(f"{at}/noted/not-told", AT_NOON | why).status_code == 302
    said = text_of(manager.get(at))
    assert "Somebody it protects was not told of it: 24 November 2026, 11:45" in said
    assert "Nobody knows where she lives" in said
    quashed = {**day("quashed_on", 24), "court": "Swansea", "appeal_case_no": "A1", "version": "2"}
    assert signed_in_client("orders_team").post(f"{at}/steps/quash", quashed).status_code == 302
    over = text_of(manager.get(at))
    assert "Record that somebody it protects was told of it" in over
    assert "Record that somebody asked a court" not in over
    assert manager.post(f"{at}/noted/told", AT_NOON | {"record": record}).status_code == 302
    assert "Somebody it protects was told of it: 24 November 2026, 11:45" in text_of(manager.get(at))
    assert signed_in_client("response_officer").get(f"{at}/noted/told").status_code == 403
