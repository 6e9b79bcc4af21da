"""An order on a phone, by keyboard, in both languages: received from a court, compared, served, varied and quashed."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from craffu.clocks.london import local_time
from craffu.common import clock
from tests.factories.orders import PNG
from tests.functional.conftest import Site
from tests.functional.test_victim import PHONE, Officer

SAID = {
    "": {
        "made": "Made, not served", "not_checked": "Not checked", "compared": "Compared", "last": "The last day of the first",
        "added": "Added:", "removed": "Removed:", "changed": "Changed:", "quashed": "quashed on appeal",
    },
    "/cy": {
        "made": "Wedi’i wneud, heb ei gyflwyno", "not_checked": "Heb ei wirio", "compared": "Cymharwyd",
        "last": "Diwrnod olaf yr hysbysiad cyntaf", "added": "Ychwanegwyd:", "removed": "Tynnwyd allan:",
        "changed": "Newidiwyd:", "quashed": "diddymwyd ar apêl",
    },
}  # fmt: skip
NOT_TO_GO = "Not to go to the school in Heol Newydd."


class Team(Officer):
    """Somebody who records what became of an order."""

    def dates(self, name: str, moment: Any) -> None:
        for part, value in (("day", moment.day), ("month", moment.month), ("year", moment.year)):
            self.types(f"{name}_{part}", str(value))

    def picks(self, name: str, value: str) -> None:
        self.page.locator(f"[name={name}]").select_option(value)


@pytest.mark.slow
@pytest.mark.rule("ORD-09")
@pytest.mark.rule("ORD-15")
@pytest.mark.rule("ORD-20")
@pytest.mark.deep
@pytest.mark.parametrize("language", ["", "/cy"], ids=["English", "Welsh"])
def test_an_order_lives_on_a_phone_by_keyboard(language: str, site: Site, open_as: Callable[..., Page]) -> None:
    said = SAID[language]
    team = Team(open_as("orders_team", width=PHONE), f"{site.url}{language}")
    reads = receive(team, f"/cases/{site.cases[-1]}/orders/receive")
    assert said["made"] in reads, reads[:1500]
    assert said["not_checked"] in reads
    order = re.findall(r"O-\d+", team.page.url)[0]
    at = f"/orders/{order}"
    keep_the_sealed_order(team, at)
    # Whoever typed the words compares nothing; somebody else does, with the image one tap away.
    team.opens(f"{at}/compare")
    assert team.page.locator("[name=found]").count() == 0
    other = Team(open_as("supervisor", width=PHONE), f"{site.url}{language}")
    other.opens(f"{at}/compare")
    assert other.page.locator(f"a[href$='{at}/papers/1'], a[href*='{at}/papers/']").first.is_visible()
    other.chooses("found", "yes")
    assert said["compared"] in other.goes_on()
    serve(team, at)
    assert said["last"] in team.looks()
    vary(team, at)
    reads = team.opens(f"{at}/conditions")
    for wanted in (said["changed"], said["added"], said["removed"], said["not_checked"]):
        assert wanted in reads
    assert team.page.locator("ins").count() == 2
    assert team.page.locator("del").count() == 2
    quash(team, at)
    assert said["quashed"] in team.looks()
    faults = [*team.faults, *other.faults]
    assert not faults, "\n".join(faults)


def receive(team: Team, path: str) -> str:
    """A stalking protection order with three conditions: the third row is asked for by its button."""
    team.opens(path)
    team.picks("kind", "SPO")
    team.page.locator("[name=respondent]").first.focus()
    team.page.keyboard.press("Space")
    team.dates("on", local_time(clock.now()) - timedelta(days=1))
    team.types("court", "Llanelli")
    team.types("court_case_no", "63AA1")
    team.chooses("end", "no_end")
    team.types("source_record", "sealed order")
    team.picks("type_1", "no_contact_direct")
    team.types("words_1", "Not to contact Sian Rees.")
    team.picks("type_2", "exclusion_zone")
    team.types("words_2", NOT_TO_GO)
    team.page.locator("button[name=add]").focus()
    with team.page.expect_navigation():
        team.page.keyboard.press("Enter")
    team.looks()
    assert team.page.locator("[name=words_2]").input_value() == NOT_TO_GO
    team.picks("type_3", "no_recording")
    team.types("words_3", "Not to photograph Sian Rees.")
    team.chooses("language", "en")
    return team.goes_on()


def keep_the_sealed_order(team: Team, at: str) -> None:
    team.opens(f"{at}/papers/new")
    team.chooses("kind", "sealed_order")
    team.page.locator("[name=paper]").set_input_files({"name": "1.png", "mimeType": "image/png", "buffer": PNG})
    team.goes_on()


def protects(team: Team, at: str) -> None:
    """A victim of the case; the page of the pack leads there where nobody has said it yet."""
    team.opens(f"{at}/pack-check")
    leads = team.page.locator(f"main a[href$='{at}/protects']")
    if leads.count():
        leads.first.focus()
        with team.page.expect_navigation():
            team.page.keyboard.press("Enter")
        team.page.locator("[name=people]").first.focus()
        team.page.keyboard.press("Space")
        team.goes_on()


def serve(team: Team, at: str) -> None:
    """Its pack is searched first for what is theirs whom it protects: with a paper, somebody says that they looked at it."""
    protects(team, at)
    team.opens(f"{at}/pack-check")
    team.chooses("looked_at", "yes")
    team.goes_on()
    team.opens(f"{at}/steps/serve")
    now = local_time(clock.now() - timedelta(minutes=1))
    team.dates("on", now)
    team.types("at", f"{now:%H:%M}")
    team.chooses("place", "police_station")
    team.chooses("method", "personal")
    team.types("server", "PC 44 Rees")
    team.types("proof", "Statement of service")
    team.goes_on()


def vary(team: Team, at: str) -> None:
    """One condition changed, one taken out and one put in."""
    team.opens(f"{at}/steps/vary")
    team.dates("varied_on", local_time(clock.now()))
    team.chooses("applicant", "respondent")
    team.types("reason_text", "The school moved")
    team.chooses("end", "as_before")
    team.types("words_2", "Not to go to the school in Heol Hir.")
    team.picks("type_3", "")
    team.types("words_3", "")
    team.page.keyboard.press("Delete")
    team.picks("type_4", "curfew")
    team.types("words_4", "To be at home from 21:00 to 06:00.")
    team.goes_on()


def quash(team: Team, at: str) -> None:
    team.opens(f"{at}/steps/quash")
    team.dates("quashed_on", local_time(clock.now()))
    team.types("court", "Swansea")
    team.types("appeal_case_no", "A1")
    team.goes_on()
