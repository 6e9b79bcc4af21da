"""An offender manager looks at why somebody has a priority and would have another; a supervisor agrees; a challenge is answered
(P21, P22; PRI-06, PRI-07), on a phone, in both languages, without a script.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import translation
from playwright.sync_api import Page, expect

from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.web.priority.words import ORDERS_ATTENTION
from tests.functional.conftest import Site

pytestmark = [pytest.mark.slow, pytest.mark.rule("PRI-06"), pytest.mark.rule("PRI-07")]


class Reader:
    """Somebody with a phone who reads one language, and finds what is on a page by its words."""

    def __init__(self, page: Page, site: str, language: str) -> None:
        self.page, self.language = page, language
        self.site = site if language == "en" else f"{site}/{language}"

    def words(self, said: str) -> str:
        with translation.override(self.language):
            return translation.gettext(said)

    def plain(self, said: str) -> str:
        """The words up to where something of somebody stands in them."""
        return self.words(said).split("%(")[0]

    def opens(self, path: str) -> None:
        self.page.goto(f"{self.site}{path}")

    def reads(self, said: str) -> None:
        expect(self.page.locator("main")).to_contain_text(self.plain(said))

    def presses(self, said: str) -> None:
        self.page.get_by_role("button", name=self.words(said)).click()

    def follows(self, said: str) -> None:
        self.page.get_by_role("link", name=self.words(said)).click()

    def chooses(self, said: str) -> None:
        self.page.get_by_label(self.words(said), exact=True).check()

    def writes(self, label: str, said: str) -> None:
        self.page.get_by_label(re.compile(re.escape(self.words(label).rstrip("?")))).fill(said)

    def is_refused(self, said: str) -> None:
        expect(self.page.locator(".govuk-error-summary")).to_contain_text(self.plain(said))

    def sees_button(self, said: str) -> bool:
        return self.page.get_by_role("button", name=self.words(said)).count() > 0


@pytest.mark.deep
@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_priority_is_looked_at_overridden_and_agreed_to_and_a_challenge_answered(
    language: str, site: Site, open_as: Callable[..., Page]
) -> None:
    where = f"/people/{site.scored}/priority"
    other_language = "cy" if language == "en" else "en"
    manager = Reader(open_as("offender_manager", width=375, scripts=False), site.url, language)
    supervisor = Reader(open_as("supervisor", width=375, scripts=False), site.url, other_language)
    manager.opens("/priority")
    manager.reads(str(ORDERS_ATTENTION))
    manager.page.get_by_role("link", name=site.scored).click()
    assert site.scored in manager.page.url
    assert not manager.sees_button("I have looked: the priority stands"), "what waits is answered first"
    # A supervisor says why not.
    supervisor.opens(where)
    supervisor.presses("Agree, or say why not")
    supervisor.presses("Record it")
    supervisor.is_refused("Choose whether you agree")
    supervisor.chooses("I do not agree: the score’s priority stands")
    supervisor.presses("Record it")
    supervisor.is_refused("Say why in at least %(number)s characters.")
    supervisor.writes("Why? (needed where you do not agree)", "There is nothing new here")
    supervisor.presses("Record it")
    expect(supervisor.page).to_have_url(f"{supervisor.site}{where}")
    # Another priority, until a day: what was given is kept while something is missing.
    manager.page.reload()
    manager.presses("I disagree: another priority")
    manager.chooses("High priority")
    manager.writes("Why?", "He waits at her work every day now")
    manager.presses("Put it forward")
    manager.is_refused("Enter the last day, such as 24 11 2026")
    assert manager.page.locator("[name=reason]").input_value().startswith("He waits")
    last = day_of(clock.now()) + timedelta(days=30)
    for name, part in (("day", last.day), ("month", last.month), ("year", last.year)):
        manager.page.locator(f"[name=until_{name}]").fill(str(part))
    manager.presses("Put it forward")
    expect(manager.page).to_have_url(f"{manager.site}{where}")
    manager.reads(manager.words("High priority"))
    assert not manager.sees_button("I have looked: the priority stands")
    supervisor.opens(where)
    supervisor.presses("Agree, or say why not")
    supervisor.chooses("I agree: it counts from now on")
    supervisor.presses("Record it")
    expect(supervisor.page).to_have_url(f"{supervisor.site}{where}")
    assert not supervisor.sees_button("Agree, or say why not")
    # It counts from now on: on the list, by whom and until when.
    manager.opens("/priority")
    row = manager.page.locator("tr", has=manager.page.get_by_role("link", name=site.scored))
    expect(row).to_contain_text(manager.words("High priority"))
    expect(row).to_contain_text(str(last.year))
    manager.opens(where)
    manager.presses("I have looked: the priority stands")
    manager.reads("The priority stands")
    # Somebody's challenge is answered: what it says no longer counts.
    supervisor.opens(where)
    supervisor.follows("Answer it")
    supervisor.writes("What did you find, and why?", "The prison confirms that he was inside")
    supervisor.presses("Record the answer")
    supervisor.reads("Outside the scored population, so there is no score: %(why)s.")
