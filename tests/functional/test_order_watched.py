"""An order in force is watched on a phone, by keyboard: notified, checked, a check missed, followed up, renewed and run out."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Page

from craffu.access.models import Force, User
from craffu.access.queries import acting_user
from craffu.clocks.london import local_time
from craffu.common import clock
from craffu.daily.ticking import tick
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from tests.factories.orders import order_of, scanned
from tests.functional.conftest import Site
from tests.functional.test_order import Team
from tests.functional.test_victim import PHONE

SAID = {
    "": {
        "missed": "Missed", "checked": "Done", "closer": "Heightened follow-up until", "acted": "within the hour",
        "true": "Verified", "notified": "First notified", "renewed": "Renewed", "expired": "Ended: expired",
        "unreviewed": "counted as ended unreviewed",
    },
    "/cy": {
        "missed": "Wedi’i golli", "checked": "Wedi’i wneud", "closer": "Gwaith dilynol dwysach tan", "acted": "o fewn yr awr",
        "true": "Dilyswyd", "notified": "Hysbyswyd gyntaf", "renewed": "Adnewyddwyd", "expired": "daeth ei gyfnod i ben",
        "unreviewed": "heb adolygiad",
    },
}  # fmt: skip
SERVICE = Given(place="court", method="personal", server="PC Rees", proof="Statement")


class Watcher(Team):
    """Somebody who records what was seen of the respondent a minute ago."""

    def just_now(self, name: str = "on", at: str = "at") -> None:
        now = local_time(clock.now() - timedelta(minutes=1))
        self.dates(name, now)
        if at:
            self.types(at, f"{now:%H:%M}")

    def presses(self, name: str) -> str:
        """A button of a page that has several."""
        self.page.locator(f"main form button[name={name}]").focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self.looks()


@pytest.fixture
def watched(site: Site, browser_user: Callable[[str], User], force: Force) -> str:
    """A stalking protection order served a month ago, with a month to run, of which nobody has checked anything."""
    team, now = acting_user(browser_user("orders_team")), clock.now()
    begin, last_day = now - timedelta(days=30), (local_time(now) + timedelta(days=30)).date()
    with time_machine.travel(begin, tick=False):
        order = order_of(team, site.cases[-1], begin - timedelta(hours=1), last_day=last_day)
        move_order(by=team, order=scanned(team, order).reference, move="serve", given=replace(SERVICE, served_at=begin))
        tick(force=force, at=begin)
    for days in (8, 11, 30):
        tick(force=force, at=begin + timedelta(days=days))
    return f"/orders/{order.reference}"


@pytest.mark.deep
@pytest.mark.slow
@pytest.mark.rule("MON-03")
@pytest.mark.rule("MON-04")
@pytest.mark.rule("MON-05")
@pytest.mark.rule("ORD-16")
@pytest.mark.rule("REV-06")
@pytest.mark.parametrize("language", [pytest.param("", marks=pytest.mark.deep), "/cy"], ids=["English", "Welsh"])
def test_an_order_is_watched_to_its_end_on_a_phone_by_keyboard(
    language: str, site: Site, watched: str, open_as: Callable[..., Page], force: Force
) -> None:
    said, at = SAID[language], f"{site.url}{language}"
    manager = Watcher(open_as("offender_manager", width=PHONE), at)
    visits = re.findall(r"/people/[^/]+/visits", visits_of(manager, watched))[0]
    # The month went by without a check.
    assert said["missed"] in manager.opens(visits)
    confirmed(manager, watched)
    checked(manager, watched, "done")
    assert said["checked"] in manager.opens(visits)
    checked(manager, watched, "concern")
    assert said["closer"] in manager.opens(f"{watched}/follow-up")
    acted_on(manager, watched)
    assert said["acted"] in manager.opens(visits)
    assert said["true"] in notified(manager, watched)
    assert said["notified"] in manager.opens(watched)
    team = Watcher(open_as("orders_team", width=PHONE), at)
    last = local_time(clock.now()) + timedelta(days=60)
    renewed(team, watched, last)
    assert said["renewed"] in team.looks()
    faults = [*manager.faults, *team.faults]
    with time_machine.travel(clock.now() + timedelta(days=62)):
        tick(force=force, at=clock.now())
        later = Watcher(open_as("orders_team", width=PHONE), at)
        reads = later.opens(watched)
        assert said["expired"] in reads
        assert said["unreviewed"] in reads
        faults += later.faults
    assert not faults, "\n".join(faults)


def visits_of(manager: Watcher, order: str) -> str:
    manager.opens(order)
    return str(manager.page.locator("main a[href$='/visits']").first.get_attribute("href"))


def confirmed(manager: Watcher, order: str) -> None:
    """How each condition is monitored is confirmed as proposed; the second is said anew."""
    manager.opens(f"{order}/check-plan")
    manager.presses("confirm")
    manager.opens(f"{order}/check-plan/2")
    manager.chooses("can", "yes")
    manager.picks("evidence", "visit_record")
    manager.types("tolerance", "Driving past without a stop")
    manager.chooses("every", "own")
    manager.types("days", "5")
    manager.goes_on()


def checked(manager: Watcher, order: str, outcome: str) -> None:
    manager.opens(f"{order}/checks/new?condition=1")
    manager.chooses("outcome", outcome)
    manager.picks("method", "visit")
    manager.just_now()
    manager.types("words", "A second telephone on the table")
    manager.goes_on()


def acted_on(manager: Watcher, order: str) -> None:
    """The first of what raised the follow-up is acted on."""
    at = manager.page.locator(f"main a[href*='{order}/follow-up/']:not([href$='/new'])").first.get_attribute("href")
    manager.opens(str(at).removeprefix("/cy"))
    manager.just_now()
    manager.types("words", "The telephone was taken")
    manager.goes_on()


def notified(manager: Watcher, order: str) -> str:
    """In person at a station, acknowledged at once, and its address verified."""
    manager.opens(f"{order}/notifications/new")
    manager.chooses("about", "initial")
    manager.just_now()
    manager.chooses("in_person", "yes")
    manager.types("station", "Llanelli")
    manager.chooses("has_no_home", "no")
    manager.types("names", "Ann Other")
    manager.types("addresses", "7 Heol Fawr")
    manager.chooses("fingerprints", "taken")
    manager.chooses("photographs", "not_asked")
    manager.chooses("is_acknowledged", "yes")
    manager.goes_on()
    manager.chooses("found", "verified")
    manager.just_now("verified_on", "")
    manager.types("words", "Seen at the door")
    return manager.presses("verify")


def renewed(team: Watcher, order: str, last_day: object) -> None:
    team.opens(f"{order}/steps/renew")
    team.dates("lodged_on", local_time(clock.now()))
    team.dates("new_last_day", last_day)
    team.types("reason_text", "Calls went on")
    team.goes_on()
