"""T17 in a real browser: a passkey is made and used by Chromium itself (its virtual device); an app works without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from craffu.access.factors import codes
from craffu.access.factors.models import Passkey
from craffu.access.factors.rules import Proof, step_at
from craffu.access.sessions.models import SignInSession
from craffu.common import clock
from tests.functional.conftest import PASSWORD, Site
from tests.functional.test_every_page import WIDTHS, findings

# A device's own, which asks for a finger that is always there.
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plug_in(page: Page) -> Callable[[bool], None]:
    """Give the page's browser a device, and what says whether its owner's finger is known."""
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    device = browser.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]

    def knows_owner(known: bool) -> None:
        browser.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": known})

    return knows_owner


def sign_out_and_give_the_password(page: Page, site: Site, cy: str, username: str) -> None:
    page.goto(f"{site.url}{cy}/account")
    page.click(".craffu-sign-out button")
    expect(page.locator("[name=password]")).to_be_visible()
    page.goto(f"{site.url}{cy}/sign-in")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{site.url}{cy}/sign-in/factor")


@pytest.mark.slow
@pytest.mark.rule("SEC-03")
@pytest.mark.parametrize(("width", "cy"), [pytest.param("desk", "", marks=pytest.mark.deep), ("phone", "/cy")])
def test_T17_a_passkey_is_made_confirms_and_signs_in(
    width: str, cy: str, site: Site, open_as: Callable[..., Page]
) -> None:
    page = open_as("auditor", width=WIDTHS[width])
    knows_owner = plug_in(page)
    faults: list[str] = []

    def look() -> None:
        faults.extend(f"{page.url}: {found}" for found in findings(page))
        faults.extend(f"{page.url}: refused {found}" for found in page.evaluate("window.__refused"))
        if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            faults.append(f"{page.url}: scrolls sideways")

    for path in ("/account/factors", "/account/factors/app", "/account/factors/passkey"):
        page.goto(f"{site.url}{cy}{path}")
        look()
    page.fill("[name=name]", "work laptop")
    page.click("[data-passkey-start]")
    page.wait_for_url("**/account/factors/codes")
    look()
    page.click("main form button")
    expect(page.locator(".craffu-codes li")).to_have_count(10)
    look()
    page.goto(f"{site.url}{cy}/account")
    assert "work laptop" in page.locator("main").inner_text()
    look()

    page.goto(f"{site.url}{cy}/account/confirm?next={cy}/account/factors")
    knows_owner(False)
    page.click("[data-passkey-start]")
    page.wait_for_selector("[data-passkey-failed]")
    look()
    knows_owner(True)
    page.click("[data-passkey-start]")
    page.wait_for_url(f"{site.url}{cy}/account/factors")

    sign_out_and_give_the_password(page, site, cy, "auditor")
    look()
    page.goto(f"{site.url}{cy}/sign-in/recovery")
    look()
    page.goto(f"{site.url}{cy}/sign-in/factor")
    page.click("[data-passkey-start]")
    page.wait_for_url(f"{site.url}{cy}/")
    assert SignInSession.objects.filter(ended_at=None).values_list("factor", flat=True).get() == Proof.PASSKEY
    assert Passkey.objects.get().counter > 1
    assert not faults, "\n".join(faults)


@pytest.mark.slow
@pytest.mark.rule("SEC-03")
def test_T17_an_app_is_set_up_and_signs_in_without_scripts(site: Site, open_as: Callable[..., Page]) -> None:
    page = open_as("auditor", width=WIDTHS["narrowest"], scripts=False)
    page.goto(f"{site.url}/account/factors/passkey")
    assert "A passkey needs JavaScript" in page.locator("main").inner_text()
    assert not page.locator("[data-passkey-start]").is_visible()
    page.goto(f"{site.url}/account/factors/app")
    secret = page.locator(".craffu-secret").inner_text().replace(" ", "")
    page.fill("[name=code]", codes.code_of(secret, step_at(clock.now())))
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/account/factors/codes")
    sign_out_and_give_the_password(page, site, "", "auditor")
    page.fill("[name=code]", codes.code_of(secret, step_at(clock.now()) + 1))
    page.press("[name=code]", "Enter")
    page.wait_for_url(f"{site.url}/")
