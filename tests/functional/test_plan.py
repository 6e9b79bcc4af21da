"""A plan is made on a phone, by keyboard: put forward, approved, acted on, reviewed and ended (P24)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from craffu.clocks.london import local_time
from craffu.common import clock
from craffu.prevention.planning.rules import Option
from tests.functional.conftest import Site
from tests.functional.test_order import Team
from tests.functional.test_victim import PHONE

SAID = {
    "": {
        "warrants": "The register holds no warrants", "cause": "not that anything caused it", "waits": "Version 2 waits",
        "approved": "The plan stands.", "done": "1 of 2 done", "reviewed": "The review is complete.",
        "few": "Say in a sentence why nothing is used", "ended": "The plan has ended.",
    },
    "/cy": {
        "warrants": "Nid yw’r gofrestr yn dal gwarantau", "cause": "nid bod dim wedi’i achosi", "waits": "Mae fersiwn 2 yn aros",
        "approved": "Mae’r cynllun yn sefyll.", "done": "1 o 2 wedi’u gwneud", "reviewed": "Mae’r adolygiad wedi’i gwblhau.",
        "few": "Dywedwch mewn brawddeg pam na ddefnyddir dim", "ended": "Mae’r cynllun wedi dod i ben.",
    },
}  # fmt: skip


@pytest.mark.deep
@pytest.mark.slow
@pytest.mark.rule("PLN-01")
@pytest.mark.rule("PLN-02")
@pytest.mark.parametrize("language", ["", pytest.param("/cy", marks=pytest.mark.deep)], ids=["English", "Welsh"])
def test_a_plan_is_made_on_a_phone_by_keyboard(language: str, site: Site, open_as: Callable[..., Page]) -> None:
    said, at = SAID[language], f"/people/{site.bound}/plan"
    manager = Team(open_as("offender_manager", width=PHONE), f"{site.url}{language}")
    reads = manager.opens(at)
    assert said["warrants"] in reads
    assert said["cause"] in reads
    # Another version of the plan that stands: nothing of the menu is used any more.
    for option in Option:
        manager.opens(f"{at}/new/options/{option.value}")
        manager.chooses("choice", "not_used")
        manager.types("words", "Nothing calls for it any more.")
        manager.goes_on()
    manager.opens(f"{at}/new/asked/{site.heard}")
    manager.chooses("how", "by_phone")
    manager.dates("on", local_time(clock.now()))
    manager.types("words", "She has not seen him since May.")
    manager.goes_on()
    manager.opens(f"{at}/new/owner")
    manager.picks("owner", "offender_manager")
    assert said["few"] in manager.goes_on()
    manager.types("none_reason", "He left the country for good.")
    manager.goes_on()
    assert said["waits"] in manager.goes_on()
    supervisor = Team(open_as("supervisor", width=PHONE), f"{site.url}{language}")
    supervisor.opens(f"{at}/approve/2")
    supervisor.chooses("verdict", "agree")
    assert said["approved"] in supervisor.goes_on()
    manager.opens(f"{at}/actions/new")
    manager.types("words", "Ask the border force when he is back.")
    manager.types("behaviour", "Writes to her from abroad.")
    manager.picks("owner", "offender_manager")
    manager.dates("due_on", local_time(clock.now()) + timedelta(days=3))
    manager.goes_on()
    manager.opens(f"{at}/actions/2")
    manager.chooses("verdict", "done")
    manager.types("words", "They tell us the same day.")
    manager.goes_on()
    manager.opens(f"{at}/review")
    manager.chooses("outcome", "stands")
    manager.types("words", "Nothing was recorded since.")
    assert said["reviewed"] in manager.goes_on()
    manager.opens(f"{at}/end")
    manager.types("reason", "He lives abroad for good.")
    reads = manager.goes_on()
    assert said["ended"] in reads
    assert said["done"] in reads
    faults = [*manager.faults, *supervisor.faults]
    assert not faults, "\n".join(faults)
