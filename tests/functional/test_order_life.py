"""A stalking protection order on a phone, by keyboard, from the first thought of it to the appeal: each step by whoever takes it.

Rules.md, Annex B; page map, P13 and P14.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from craffu.access.acting import acting_system
from craffu.access.actions import say_rank
from craffu.access.models import Force, User
from craffu.access.queries import acting_user
from craffu.cases.risk.actions import record_assessment
from craffu.cases.risk.facts import NewAssessment
from craffu.cases.risk.rules import Grade
from craffu.clocks.london import local_time
from craffu.common import clock
from craffu.orders.applying.actions import say_of_pack
from craffu.orders.applying.policies import VICTIM_VIEW_ABSENT, parts_of
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.models import Order
from tests.functional.conftest import Site
from tests.functional.test_considering import WORDS, decides
from tests.functional.test_order import Team, keep_the_sealed_order, quash, serve, vary
from tests.functional.test_victim import PHONE

SAID = {
    "": ("Decided: to apply", "Followed", "Not to contact Sian Rees", "Applied for", "Changed:", "quashed on appeal"),
    "/cy": (
        "Penderfynwyd gwneud cais",
        "Dilynwyd",
        "Peidio â chysylltu â Sian Rees",
        "Gwnaed cais",
        "Newidiwyd:",
        "diddymwyd",
    ),
}


@pytest.mark.slow
@pytest.mark.rule("ORD-01")
@pytest.mark.rule("ORD-03")
@pytest.mark.rule("ORD-07")
@pytest.mark.rule("ORD-09")
@pytest.mark.rule("ORD-10")
@pytest.mark.rule("ORD-14")
@pytest.mark.rule("RES-04")
@pytest.mark.deep
@pytest.mark.parametrize("language", ["", "/cy"], ids=["English", "Welsh"])
def test_an_order_goes_its_whole_way_on_a_phone_by_keyboard(
    language: str, site: Site, open_as: Callable[..., Page], browser_user: Callable[[str], User], force: Force
) -> None:
    at = f"{site.url}{language}"
    detective, team = (Team(open_as(one, width=PHONE), at) for one in ("investigator", "orders_team"))
    specialist, sergeant = (Team(open_as(one, width=PHONE), at) for one in ("coordinator", "supervisor"))
    boss = Team(open_as("authoriser", width=PHONE), at)
    system = acting_system(force, "a test")
    say_rank(by=system, user=browser_user("authoriser"), rank="superintendent", reason="Promoted")
    case = site.cases[-1]
    order = considered(detective, case, language)
    advised(detective, specialist, case, language)
    drafted(detective, order, language)
    packed(acting_user(browser_user("investigator")), case, order)
    detective.opens(f"{order}/steps/request_authorisation")
    detective.goes_on()
    boss.opens(f"{order}/steps/authorise")
    boss.types("reason_text", "The pack is whole and the order is needed")
    boss.goes_on()
    applied(team, order)
    interim = beside(team, order)
    granted(team, interim)
    granted(team, order)
    keep_the_sealed_order(team, order)
    sergeant.opens(f"{order}/compare")
    sergeant.chooses("found", "yes")
    sergeant.goes_on()
    team.opens(f"{order}/pack-check")
    team.goes_on()
    serve(team, order)
    vary(team, order)
    assert SAID[language][4] in team.opens(f"{order}/conditions")
    quash(team, order)
    assert SAID[language][5] in team.looks()
    faults = [fault for one in (detective, team, specialist, sergeant, boss) for fault in one.faults]
    assert not faults, "\n".join(faults)


def considered(detective: Team, case: str, language: str) -> str:
    """The facts are said and the police decide to apply; answers with the page of the order."""
    detective.opens(f"/cases/{case}/consider")
    detective.chooses("SPO-outcome", "apply")
    detective.picks("SPO-reason", "necessary")
    detective.types("SPO-words", WORDS)
    decides(detective)
    detective.goes_on()
    order = Order.objects.for_system("a test").filter(kind="SPO", case__reference=case).get()
    assert order.status == "decided"
    return f"/orders/{order.reference}"


def advised(detective: Team, specialist: Team, case: str, language: str) -> None:
    detective.opens(f"/cases/{case}/advice")
    detective.chooses("adviser", "champion")
    detective.types("question", "Do these letters amount to stalking?")
    detective.goes_on()
    specialist.opens(f"/cases/{case}/advice/1")
    specialist.types("words", "They do, taken together.")
    # What others can learn from it names nobody.
    specialist.chooses("topic", "classifying")
    specialist.types("note", "Letters that nobody asked for are a course of conduct when taken together.")
    specialist.goes_on()
    detective.opens(f"/cases/{case}/advice/1")
    detective.chooses("followed", "yes")
    assert SAID[language][1] in detective.goes_on()


def drafted(detective: Team, order: str, language: str) -> None:
    """A condition is taken from the library, in both languages, and a second is typed beside it."""
    detective.opens(f"{order}/library/no-contact-direct")
    detective.types("person", "Sian Rees")
    detective.types("behaviour", "Forty calls in May")
    detective.types("necessity", "Calls went on after a warning")
    detective.goes_on()
    detective.opens(f"{order}/terms")
    for number, (kind, words) in enumerate(
        (
            ("exclusion_zone", "Not to go to the school in Heol Newydd."),
            ("no_recording", "Not to photograph Sian Rees."),
        ),
        2,
    ):
        if number == 3:
            detective.page.locator("button[name=add]").focus()
            with detective.page.expect_navigation():
                detective.page.keyboard.press("Enter")
        detective.picks(f"type_{number}", kind)
        detective.types(f"words_{number}", words)
        detective.page.locator("details summary").nth(number - 1).focus()
        detective.page.keyboard.press("Enter")
        detective.types(f"behaviour_{number}", "Waited at the gate")
        detective.types(f"necessity_{number}", "The children are collected there")
    detective.goes_on()


def packed(by: Any, case: str, order: str) -> None:
    """What the application rests on, and a grade by somebody who assessed: their own pages are tried elsewhere."""
    for about in parts_of(kind_of("SPO")):
        if about != VICTIM_VIEW_ABSENT:
            say_of_pack(by=by, order=order.rpartition("/")[2], about=about, words="Forty calls in May")
    given = NewAssessment("A tool", "1", "L1", "D1", clock.now() - timedelta(minutes=5), Grade.HIGH)
    record_assessment(by=by, case=case, given=given)


def applied(team: Team, order: str) -> None:
    """Lodged with a hearing today, which is adjourned without a day."""
    team.opens(f"{order}/steps/lodge")
    today = local_time(clock.now())
    team.dates("lodged_on", today)
    team.types("court", "Llanelli")
    team.types("court_case_no", "63AA7")
    team.dates("next_hearing_on", today)
    team.goes_on()
    team.opens(f"{order}/steps/adjourn")
    team.dates("hearing_on", today)
    team.chooses("not_fixed", "yes")
    team.goes_on()


def beside(team: Team, order: str) -> str:
    """An interim order is asked for beside it; answers with its page."""
    team.opens(f"{order}/steps/lodge_interim")
    team.dates("lodged_on", local_time(clock.now()))
    team.goes_on()
    interim = Order.objects.for_system("a test").get(main__reference=order.rpartition("/")[2])
    assert (interim.kind, interim.status) == ("ISPO", "applied")
    return f"/orders/{interim.reference}"


def granted(team: Team, order: str) -> None:
    """Made an hour ago for a fixed period, with the words that were drafted, or typed where none were."""
    team.opens(f"{order}/steps/grant")
    made = local_time(clock.now())
    team.dates("on", made)
    team.types("court", "Llanelli")
    team.types("court_case_no", "63AA7")
    team.chooses("end", "until_day")
    team.dates("last_day", made + timedelta(days=800))
    team.chooses("is_without_notice", "no")
    if not team.page.locator("[name=words_1]").input_value():
        team.picks("type_1", "no_contact_direct")
        team.types("words_1", "Not to contact Sian Rees.")
    team.chooses("language", "en")
    team.goes_on()
    assert Order.objects.for_system("a test").get(reference=order.rpartition("/")[2]).status == "granted"
