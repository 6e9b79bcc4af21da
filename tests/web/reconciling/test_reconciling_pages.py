"""The court's list and the register in pages: what differs, both sides, taken on, settled, entered (P03, ORD-19)."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.orders.models import DifferenceClosed, Order
from craffu.orders.reconciling.rules import Finding
from craffu.orders.watching.actions import expire_orders
from craffu.people.models import Person, SourceRecord
from craffu.people.queries import people_of_records
from craffu.web.reconciling import words
from tests.factories.court_lists import CONDITION, line, listed
from tests.factories.orders import MADE, considered, received
from tests.logged import refs_said_by
from tests.web.conftest import Visit, text_of
from tests.web.orders.conftest import NOW
from tests.web.orders.test_step_pages import day

pytestmark = pytest.mark.django_db

LISTS = "/orders/reconciliation"
ENTERED = {
    "kind": "SPO", "on_day": "20", "on_month": "11", "on_year": "2026", "at": "", "court": "B63IE", "court_case_no": "63AA1",
    "end": "until_day", "last_day_day": "19", "last_day_month": "11", "last_day_year": "2028", "source_record": "court list",
    "rows": "2", "language": "en", "type_1": "no_contact_direct", "words_1": "Not to contact her except through a solicitor",
    "type_2": "exclusion_zone", "words_2": "Not to go to Heol Newydd",
}  # fmt: skip
NO_DAY = {"last_day_year": "", "last_day_month": "", "last_day_day": ""}


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("orders_team")


@pytest.fixture
def lacking(system: Acting, tmp_path: Path) -> None:
    """A court lists an order that the register lacks, with its conditions in two versions."""
    second = {**CONDITION, "condition_number": "2", "words": "Not to go to Heol Newydd"}
    before = {**CONDITION, "to_on": "2026-11-21"}
    later = {
        **CONDITION,
        "version": "2",
        "words": "Not to contact her except through a solicitor",
        "from_on": "2026-11-22",
    }
    with time_machine.travel(NOW - timedelta(days=3), tick=False):
        listed(system, tmp_path, before, second, later, table="conditions")
        listed(system, tmp_path, line())


def people_held(by: Acting) -> dict[int, Person]:
    return people_of_records(by, SourceRecord.objects.for_user(by).values_list("pk", flat=True))


@pytest.mark.rule("ORD-19")
def test_every_finding_and_every_status_of_a_court_has_words() -> None:
    assert set(words.FINDINGS) == set(Finding)
    assert set(words.COURT_STATUS) == {"in_force", "ended", "discharged", "superseded", "quashed"}


@pytest.mark.rule("ORD-19")
def test_what_differs_is_listed_with_its_age_and_both_are_compared_on_request(
    officer: Client, lacking: None, visit: Visit
) -> None:
    answer, rows = visit(officer, LISTS)
    page = text_of(answer)
    assert (
        "LD-10001 The court lists it, and the register lacks it 63AA1 Stalking protection order (full) None 3 days Nobody yet"
        " Open" in page
    )
    assert "Compared last: 21 November 2026, 12:00." in page
    assert [row.kind for row in rows] == ["order_differences_listed"]
    assert set(refs_said_by(rows[0])) == {"difference/LD-10001"}
    done = officer.post(LISTS, follow=True)
    assert done.redirect_chain[-1][0] == f"{LISTS}/comparisons/LC-10002"
    assert "Orders compared 1 Agree 0 Differences 1" in text_of(done)
    assert "There is no such difference." in text_of(officer.get(f"{LISTS}?age=29"))
    assert "There is no such difference." in text_of(officer.get(f"{LISTS}?show=closed"))
    assert "Rhestr y llys a’r gofrestr" in text_of(officer.get(f"/cy{LISTS}"))


@pytest.mark.rule("ORD-19")
def test_without_a_list_there_is_nothing_to_compare_and_the_page_says_so(officer: Client) -> None:
    assert "No list of a court has come yet" in text_of(officer.get(LISTS))
    answer = officer.post(LISTS)
    assert answer.status_code == 200
    assert "There is a problem" in text_of(answer)


@pytest.mark.rule("ORD-19")
def test_both_sides_stand_beside_each_other_and_it_is_taken_on_and_settled(
    officer: Client, team: Acting, system: Acting, tmp_path: Path, make_user: Callable[..., User], visit: Visit
) -> None:
    made = received(team, considered(system, tmp_path).reference, MADE)
    listed(system, tmp_path, line())
    answer, rows = visit(officer, f"{LISTS}/LD-10001")
    page = text_of(answer)
    assert f"Reference {made.reference} ORD-000001" in page
    assert "Ends Further order 19 November 2028" in page
    assert "Enter this order in the register" not in page
    assert officer.get(f"{LISTS}/LD-10001/enter").status_code == 404
    assert {"difference/LD-10001", f"order/{made.reference}"} <= set(refs_said_by(rows[0]))
    supervisor = make_user("supervisor")
    given = officer.post(f"{LISTS}/LD-10001/owner", {"owner": str(supervisor.pk)}, follow=True)
    assert "It is theirs now." in text_of(given)
    assert "Say why in your own words." in text_of(officer.post(f"{LISTS}/LD-10001", {"words": ""}))
    closed = officer.post(f"{LISTS}/LD-10001", {"words": "The court has been told"}, follow=True)
    assert "It is closed, and the reason is kept." in text_of(closed)
    after = text_of(officer.get(f"{LISTS}/LD-10001"))
    assert "May stand, with a reason" in after
    assert "The court has been told" in after
    assert officer.post(f"{LISTS}/LD-10001", {"words": "Again"}).status_code == 409
    assert officer.post(f"{LISTS}/LD-10001/owner", {"owner": str(supervisor.pk)}).status_code == 409


@pytest.mark.rule("ORD-19")
@pytest.mark.rule("SEC-03")
def test_whoever_the_court_names_is_named_in_the_log_of_who_looked(
    officer: Client, team: Acting, lacking: None, visit: Visit
) -> None:
    (person,) = people_held(team).values()
    _answer, rows = visit(officer, f"{LISTS}/LD-10001")
    named = {ref for row in rows for ref in refs_said_by(row)}
    assert named == {"difference/LD-10001", f"person/{person.reference}"}


@pytest.mark.rule("ORD-19")
@pytest.mark.rule("ORD-09")
def test_an_order_is_entered_with_what_the_list_says_filled_in(
    officer: Client, lacking: None, signed_in_client: Callable[..., Client]
) -> None:
    assert "Enter this order in the register" in text_of(officer.get(f"{LISTS}/LD-10001"))
    supervisor = signed_in_client("supervisor")
    assert "Enter this order in the register" not in text_of(supervisor.get(f"{LISTS}/LD-10001"))
    assert supervisor.get(f"{LISTS}/LD-10001/enter").status_code == 403
    page = officer.get(f"{LISTS}/LD-10001/enter").content.decode()
    for wanted in (
        '<option value="SPO" selected>',
        'value="63AA1"',
        'value="2028"',
        "Not to contact her except through a",
    ):
        assert wanted in page
    assert "Not to contact Sian Rees" not in page
    record = Order.objects.for_system("a test").count()
    said = {**ENTERED, "respondent": _chosen(page)}
    lost = officer.post(f"{LISTS}/LD-10001/enter", said | {"court": ""})
    assert "Enter this" in text_of(lost)
    more = officer.post(f"{LISTS}/LD-10001/enter", said | {"add": "1"}).content.decode()
    assert "Condition 3" in more
    assert '<option value="SPO" selected>' in more
    done = officer.post(f"{LISTS}/LD-10001/enter", said, follow=True)
    assert "Not checked" in text_of(done)
    assert Order.objects.for_system("a test").count() == record + 1
    assert DifferenceClosed.objects.for_system("a test").get().how == "entered"
    again = officer.post(f"{LISTS}/LD-10001/enter", said)
    assert again.status_code == 409
    assert "closed already" in text_of(again)


@pytest.mark.rule("ORD-19")
def test_an_order_that_came_on_the_register_meanwhile_is_named_and_another_is_entered_once_it_is_said_to_be(
    officer: Client, lacking: None, team: Acting, system: Acting, tmp_path: Path
) -> None:
    path = f"{LISTS}/LD-10001/enter"
    page = officer.get(path).content.decode()
    made = received(team, considered(system, tmp_path).reference, MADE)
    said = {**ENTERED, "respondent": _chosen(page)}
    assert "I have looked: it is another order" not in page
    refused = text_of(officer.post(path, said))
    assert f"The register has an order of this kind under this number: {made.reference}." in refused
    assert "I have looked: it is another order" in refused
    assert "Not checked" in text_of(officer.post(path, said | {"is_another": "yes"}, follow=True))
    assert Order.objects.for_system("a test").count() == 2


def _chosen(page: str) -> str:
    """The one respondent that the page offers, chosen already."""
    _before, _, after = page.partition('name="respondent"')
    assert after
    return after.split('value="')[1].split('"')[0]


@pytest.mark.rule("IDN-02")
@pytest.mark.rule("ORD-19")
def test_whoever_is_recorded_alike_is_offered_and_a_person_decides(
    officer: Client, team: Acting, lacking: None, system: Acting, tmp_path: Path
) -> None:
    listed(system, tmp_path, line(order_ref="ORD-000002", ptiurn="63AA2"))
    page = text_of(officer.get(f"{LISTS}/LD-10001/enter"))
    people = {one.reference for one in people_held(team).values()}
    assert len(people) == 2
    assert all(f"Huw Prosser ({reference}), born 2 March 1988" in page for reference in people)


@pytest.mark.rule("ORD-19")
def test_the_list_asks_the_same_questions_however_long_it_is(
    officer: Client,
    system: Acting,
    tmp_path: Path,
    django_assert_num_queries: Callable[..., Any],
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    listed(system, tmp_path, *(line(order_ref=f"ORD-{one}", ptiurn=f"63AA{one}") for one in range(2)))
    officer.post(LISTS)
    officer.get(LISTS)
    with django_assert_max_num_queries(100) as few:
        officer.get(LISTS)
    number = len(few)
    listed(system, tmp_path, *(line(order_ref=f"ORD-{one}", ptiurn=f"63AA{one}") for one in range(2, 9)))
    officer.post(LISTS)
    with django_assert_num_queries(number):
        officer.get(LISTS)


@pytest.mark.rule("ORD-19")
@pytest.mark.rule("ORD-17")
def test_an_end_that_was_mistyped_is_put_right_from_where_it_differs_and_the_next_comparison_closes_it(
    officer: Client, signed_in_client: Callable[..., Client], team: Acting, system: Acting, tmp_path: Path
) -> None:
    """Ours ran out by the mistyped day, so that the court's list has one that the register seems to lack."""
    made = received(team, considered(system, tmp_path).reference, MADE, last_day=date(2026, 11, 23))
    expire_orders(system, NOW)
    listed(system, tmp_path, line())
    path, step = f"{LISTS}/LD-10001", f"/orders/{made.reference}/steps/correct_end"
    assert f'href="{step}"' in officer.get(path).content.decode()
    assert f'href="{step}"' not in signed_in_client("supervisor").get(path).content.decode()
    before = text_of(officer.get(step))
    assert "On the register its last day is 23 November 2026." in before
    assert "stands again, and those it protects are told" in before
    said = {"end": "until_day", **day("last_day", 23), "source_record": "sealed order", "version": "3"}
    same = officer.post(step, said | {"reason_text": "The year was typed wrong"})
    assert "This is the end as it stands." in text_of(same)
    assert "The year was typed wrong" in same.content.decode()
    later = day("last_day", 19, year=2028)
    done = text_of(officer.post(step, said | later | {"reason_text": "The year was typed wrong"}, follow=True))
    assert "Mistyped end put right" in done
    assert "19 November 2028" in done
    made.refresh_from_db()
    assert (made.status, made.ended_at) == ("granted", None)
    without = officer.post(step, said | {"end": "no_end", **NO_DAY, "reason_text": "It has none", "version": "4"})
    assert without.status_code == 302
    assert "On the register it has no last day." in text_of(officer.get(step))
    officer.post(step, said | later | {"reason_text": "It has one after all", "version": "5"})
    officer.post(LISTS)
    assert DifferenceClosed.objects.for_user(team).get().how == "agrees"
