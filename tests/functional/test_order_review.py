"""An order is reviewed on a phone, by keyboard: with the view, with each absence and a wish, agreed to and told (P15)."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Page

from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.clocks.london import local_time
from craffu.common import clock
from craffu.victims.contacts.actions import record_contact
from craffu.victims.contacts.facts import NewContact
from tests.factories.victims import QUIET, agreed
from tests.functional.conftest import Site
from tests.functional.test_order import Team
from tests.functional.test_victim import PHONE

SAID = {
    "": {
        "asked": "They asked for something else", "told": "This is not what they ask for", "complete": "Review complete",
        "another": "A supervisor, who is not you, is asked to agree", "waits": "Waits for a supervisor",
        "wish": "They asked not to be asked, but this ends the order", "few": "There are too few attempts",
    },
    "/cy": {
        "asked": "Gofynnon nhw am rywbeth arall", "told": "Nid dyma y maen nhw’n gofyn amdano",
        "complete": "Adolygiad wedi’i gwblhau", "another": "Gofynnir i oruchwyliwr, nid chi, gytuno",
        "waits": "Yn aros am oruchwyliwr", "wish": "Gofynnon nhw am beidio â chael eu holi, ond mae hyn yn dod â’r gorchymyn",
        "few": "Mae rhy ychydig o ymgeisiau",
    },
}  # fmt: skip


class Reviewer(Team):
    """Somebody who reviews one order."""

    def reads_it(self, at: str) -> None:
        self.opens(f"{at}/new")
        self.chooses("is_read", "read")
        self.goes_on()

    def decides(self, at: str, decision: str, why_differs: str = "") -> str:
        self.opens(f"{at}/new/decision")
        self.types("effect", "It is why the order stays as it is.")
        self.chooses("decision", decision)
        self.types("reason", "Two sightings since the last review.")
        self.types("why_differs", why_differs)
        return self.goes_on()


@pytest.mark.deep
@pytest.mark.slow
@pytest.mark.rule("REV-02")
@pytest.mark.rule("REV-03")
@pytest.mark.rule("REV-04")
@pytest.mark.parametrize("language", ["", pytest.param("/cy", marks=pytest.mark.deep)], ids=["English", "Welsh"])
def test_an_order_is_reviewed_on_a_phone_by_keyboard(
    language: str, site: Site, open_as: Callable[..., Page], browser_user: Callable[[str], User]
) -> None:
    said = SAID[language]
    manager = Reviewer(open_as("offender_manager", width=PHONE), f"{site.url}{language}")
    at, heard = f"/orders/{site.order}/reviews", f"/orders/{site.order}/reviews/new/heard/{site.heard}"
    # With her own words, and a decision that is not what she asked for.
    manager.reads_it(at)
    manager.opens(heard)
    manager.chooses("answer", f"view-{site.said.view}")
    manager.picks("wants", "vary")
    manager.goes_on()
    assert said["asked"] in manager.decides(at, "continue")
    assert said["told"] in manager.decides(at, "continue", "The court hears it in May.")
    assert said["complete"] in manager.goes_on()
    # She was not reached: the review says what is missing.
    manager.reads_it(at)
    manager.opens(heard)
    manager.chooses("answer", "not_reachable")
    manager.goes_on()
    assert said["few"] in manager.decides(at, "continue")
    # A standing wish answers no review that ends protection.
    agreed(acting_user(browser_user("victim_officer")), site.victim, replace(
        QUIET, asking="do_not_ask", next_revisit_on=str(clock.now().date() + timedelta(days=28)))
    )  # fmt: skip
    manager.opens(heard)
    manager.chooses("answer", "standing_wish")
    manager.goes_on()
    assert said["wish"] in manager.decides(at, "relax")
    # It is not safe to ask her: a supervisor agrees to that, and to relaxing the order.
    manager.opens(heard)
    manager.chooses("answer", "unsafe_to_ask")
    manager.types("reason", "Somebody else reads her messages.")
    manager.goes_on()
    assert said["another"] in manager.opens(f"{at}/new/check")
    assert said["waits"] in manager.goes_on()
    number = re.findall(r"reviews/(\d+)", manager.page.url)[0]
    supervisor = Reviewer(open_as("supervisor", width=PHONE), f"{site.url}{language}")
    supervisor.opens(f"{at}/{number}/sign")
    supervisor.chooses("verdict", "agree")
    assert said["complete"] in supervisor.goes_on()
    # Declined, and a variation whose application is recorded.
    manager.reads_it(at)
    manager.opens(heard)
    manager.chooses("answer", "declined")
    manager.dates("declined_on", local_time(clock.now()))
    manager.goes_on()
    manager.decides(at, "vary")
    assert said["complete"] in manager.goes_on()
    manager.opens(f"{manager.page.url.removeprefix(manager.at)}/application")
    manager.dates("on", local_time(clock.now()))
    manager.goes_on()
    assert not [*manager.faults, *supervisor.faults], "\n".join([*manager.faults, *supervisor.faults])


@pytest.mark.deep
@pytest.mark.slow
@pytest.mark.rule("REV-02")
@pytest.mark.rule("VIC-02")
@pytest.mark.parametrize("language", ["", "/cy"], ids=["English", "Welsh"])
def test_a_review_is_complete_after_three_safe_attempts_and_on_a_standing_wish(
    language: str, site: Site, open_as: Callable[..., Page], browser_user: Callable[[str], User]
) -> None:
    said, officer = SAID[language], acting_user(browser_user("victim_officer"))
    noon, weeks_on = local_time(clock.now()).replace(hour=12, minute=0), str(clock.now().date() + timedelta(days=28))
    agreed(officer, site.victim, replace(QUIET, next_revisit_on=weeks_on))
    with time_machine.travel(noon + timedelta(days=2, hours=1), tick=True):
        manager = Reviewer(open_as("offender_manager", width=PHONE), f"{site.url}{language}")
        at, heard = f"/orders/{site.order}/reviews", f"/orders/{site.order}/reviews/new/heard/{site.heard}"
        manager.reads_it(at)
        # On two days, in two ways that are safe for her.
        tries = [("telephone", noon + timedelta(days=1)), ("telephone", noon + timedelta(days=2))]
        for channel, when in (*tries, ("text_message", clock.now())):
            manager.opens(heard)
            manager.chooses("answer", "not_reachable")
            manager.goes_on()
            assert said["few"] in manager.decides(at, "continue")
            record_contact(by=officer, victim=site.victim, given=NewContact(channel, when, was_reached=False))
        assert said["few"] not in manager.decides(at, "continue")
        assert said["complete"] in manager.goes_on()
        # Nothing is asked of her, as she wished, and the order stays as it is.
        agreed(officer, site.victim, replace(QUIET, asking="do_not_ask", next_revisit_on=weeks_on))
        manager.reads_it(at)
        manager.opens(heard)
        manager.chooses("answer", "standing_wish")
        manager.goes_on()
        manager.decides(at, "continue")
        assert said["complete"] in manager.goes_on()
        assert not manager.faults, "\n".join(manager.faults)
