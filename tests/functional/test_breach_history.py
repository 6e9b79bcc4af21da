"""A breach history on a phone, by keyboard, in both languages, and without scripts: counted, in three ways, narrowed (P06)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Page

from craffu.access.acting import Acting, acting_system
from craffu.access.models import Force, User
from craffu.access.queries import acting_user
from craffu.breaches.detecting.rules import Decision
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.standpoints.actions import decide, record_standpoint
from craffu.common import clock
from craffu.daily.ticking import tick
from craffu.orders.life.actions import move_order
from craffu.orders.models import Order
from craffu.people.queries import people_of_records
from tests.factories.breaches import breaches, send_incident
from tests.factories.orders import order_of, scanned
from tests.functional.conftest import Site
from tests.functional.test_order import Team
from tests.functional.test_order_watched import SERVICE
from tests.functional.test_victim import PHONE
from tests.integration.breaches.test_detecting import sent

SAID = {
    "": {
        "counted": "recorded, 1 proved", "disagrees": "M13: Charged, and a court found it not proved",
        "nothing": "Nothing received",
        "link": "Record of this person, as its source says", "none": "None match these filters.",
        "missing": "not received yet", "one": "Shown: 1 to 1 of 1", "last": "The whole breach history",
    },
    "/cy": {
        "counted": ", profwyd 1.", "disagrees": "M13: ", "nothing": "Ni dderbyniwyd dim",
        "link": "Cofnod o’r person hwn, yn ôl ei ffynhonnell", "none": "cyfateb i’r hidl",
        "missing": "heb ei dderbyn eto", "one": "1 i 1 o 1", "last": "Yr hanes torri amodau cyfan",
    },
}  # fmt: skip
DAY = timedelta(days=1)


@pytest.fixture
def history(site: Site, browser_user: Callable[[str], User], force: Force, tmp_path: Path) -> str:
    """Somebody whom an order binds since two hundred days: proved, charged and not proved, rejected, and not decided."""
    system, team = acting_system(force, "test"), acting_user(browser_user("orders_team"))
    by, now = acting_user(browser_user("supervisor")), clock.now()
    order = served(team, site, now - 200 * DAY)
    for number, days in ((22, 150), (23, 90), (24, 40), (25, 2)):
        said = {} if number in {24, 25} else {"offence_code": "ST19001"}
        with time_machine.travel(now - (days - 1) * DAY, tick=True):
            send_incident(system, tmp_path, number, **sent(now - days * DAY, **said))
    tick(force=force, at=clock.now(), everything=True)
    of_crime = {one.key.split("/")[1]: one for one in breaches() if one.found_by == "crime"}
    proved, not_proved, rejected = (of_crime[f"CRIME{number}"] for number in (22, 23, 24))
    for one, result in ((proved, "proved"), (not_proved, "not_proved")):
        says(by, one.reference, Standpoint.PROSECUTION, "charged", now - 30 * DAY)
        says(by, one.reference, Standpoint.COURT, result, now - 3 * DAY)
    decide(by=by, breach=rejected.reference, decision=Decision.REJECT, reason="She asked him to come", seen=0)
    tick(force=force, at=clock.now())
    return f"/people/{people_of_records(system, [order.respondent_id])[order.respondent_id].reference}"


def served(team: Acting, site: Site, at: datetime) -> Order:
    with time_machine.travel(at, tick=True):
        order = scanned(team, order_of(team, site.cases[-1], at - DAY))
        return move_order(by=team, order=order.reference, move="serve", given=replace(SERVICE, served_at=at))


def says(by: Acting, breach: str, standpoint: Standpoint, decision: str, at: datetime) -> None:
    record_standpoint(by=by, breach=breach, standpoint=standpoint, decision=decision, at=at)


@pytest.mark.slow
@pytest.mark.rule("BRC-07")
@pytest.mark.rule("IDN-06")
@pytest.mark.parametrize("language", [pytest.param("", marks=pytest.mark.deep), "/cy"], ids=["English", "Welsh"])
def test_a_history_is_read_on_a_phone_by_keyboard(
    language: str, site: Site, history: str, open_as: Callable[..., Page]
) -> None:
    said = SAID[language]
    reader = Team(open_as("investigator", width=PHONE), f"{site.url}{language}")
    assert said["last"] in reader.opens(history)
    reads = reader.opens(f"{history}/breaches")
    for words in ("counted", "disagrees", "missing"):
        assert said[words] in reads, reads[:3000]
    assert reader.page.locator("main svg:visible").count() == 1
    assert said["nothing"] in reader.opens(f"{history}/breaches?as=views")
    assert said["link"] in reader.opens(f"{history}/breaches?as=table")
    reader.page.locator("main details summary").first.focus()
    reader.page.keyboard.press("Enter")
    reader.picks("proved", "yes")
    assert said["one"] in reader.goes_on()
    assert "as=table" in reader.page.url
    reader.picks("source", "probation")
    assert said["none"] in reader.goes_on()
    assert not reader.faults, "\n".join(reader.faults)


@pytest.mark.slow
@pytest.mark.rule("BRC-07")
def test_a_history_is_read_without_scripts(site: Site, history: str, open_as: Callable[..., Page]) -> None:
    reader = Team(open_as("response_officer", scripts=False), site.url)
    reader.page.goto(f"{site.url}{history}/breaches?proved=yes")
    reads = reader.page.locator("main").aria_snapshot()
    assert SAID[""]["counted"] in reads
    assert SAID[""]["one"] in reads
    reader.page.get_by_role("link", name="Three views").click()
    assert SAID[""]["one"] in reader.page.locator("main").aria_snapshot()
