"""An offender manager looks at why somebody has a priority and would have another; a supervisor agrees; a challenge is answered
(P21, P22; PRI-06, PRI-07), on a phone, in both languages, without a script.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.functional.conftest import Site

pytestmark = [pytest.mark.slow, pytest.mark.rule("PRI-06"), pytest.mark.rule("PRI-07")]


def test_a_priority_is_looked_at_overridden_and_agreed_to_and_a_challenge_answered(
    site: Site, open_as: Callable[..., Page]
) -> None:
    where = f"/people/{site.scored}/priority"
    manager = open_as("offender_manager", width=375, scripts=False)
    manager.goto(f"{site.url}/priority")
    expect(manager.locator("main")).to_contain_text("It does not predict risk")
    manager.get_by_role("link", name=site.scored).click()
    expect(manager.locator("main")).to_contain_text("was put forward and waits for a second person")
    assert not manager.get_by_role("button", name="I have looked").count(), "what waits is answered first"
    supervisor = open_as("supervisor", width=375, scripts=False)
    supervisor.goto(f"{site.url}/cy{where}")
    supervisor.get_by_role("button", name="Cytuno, neu ddweud pam lai").click()
    supervisor.get_by_role("button", name="Ei gofnodi").click()
    expect(supervisor.locator(".govuk-error-summary")).to_be_visible()
    supervisor.get_by_label("Nid wyf yn cytuno").check()
    supervisor.get_by_role("button", name="Ei gofnodi").click()
    expect(supervisor.locator(".govuk-error-summary")).to_contain_text("Dywedwch pam mewn o leiaf 10 nod")
    supervisor.get_by_label(re.compile(r"Pam\?")).fill("Nid oes dim newydd yma")
    supervisor.get_by_role("button", name="Ei gofnodi").click()
    expect(supervisor).to_have_url(f"{site.url}/cy{where}")
    manager.reload()
    manager.get_by_role("button", name="I disagree: another priority").click()
    manager.get_by_label("High priority").check()
    manager.get_by_label("Why?").fill("He waits at her work every day now")
    manager.get_by_role("button", name="Put it forward").click()
    expect(manager.locator(".govuk-error-summary")).to_contain_text("Enter the last day")
    assert manager.get_by_label("Why?").input_value().startswith("He waits"), "what was given is kept"
    manager.goto(f"{site.url}{where}")
    manager.get_by_role("button", name="I have looked: the priority stands").click()
    expect(manager.locator("main")).to_contain_text("The priority stands")
    supervisor.goto(f"{site.url}{where}")
    supervisor.get_by_role("link", name="Answer it").click()
    supervisor.get_by_label("What did you find, and why?").fill("The prison confirms that he was inside")
    supervisor.get_by_role("button", name="Record the answer").click()
    expect(supervisor.locator("main")).to_contain_text("no longer count")
    expect(supervisor.locator("main")).to_contain_text("Outside the scored population, so there is no score")
