"""T16 and T17 in a real browser: to the identity provider and back by links, past the content policy, scripts or none."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from craffu.access.factors.rules import Proof
from craffu.access.models import Force, User
from craffu.access.provider import protocol
from craffu.access.sessions.models import SignInSession
from tests.functional.conftest import WATCH_POLICY
from tests.functional.test_every_page import WIDTHS, findings
from tests.provider.process import Provider, running


@pytest.fixture
def provider(live_server: LiveServer, force: Force, settings: Any) -> Iterator[Provider]:
    with running(f"{live_server.url}/sign-in/provider/back", out=f"{live_server.url}/sign-in") as started:
        settings.CRAFFU_OIDC = started.settings()
        protocol.forget()
        yield started


def sign_in_there(page: Page, login: str) -> None:
    page.wait_for_url("**/interaction/*")
    page.fill("[name=login]", login)
    page.press("[name=login]", "Enter")


@pytest.mark.slow
@pytest.mark.rule("SEC-03")
@pytest.mark.parametrize(
    ("width", "cy", "scripts"), [("desk", "/cy", True), pytest.param("phone", "", False, marks=pytest.mark.deep)]
)
def test_T17_signed_in_confirmed_and_signed_out_at_the_provider(
    width: str,
    cy: str,
    scripts: bool,
    provider: Provider,
    live_server: LiveServer,
    browser: Browser,
    browser_user: Callable[[str], User],
    settings: Any,
) -> None:
    browser_user("auditor")
    context = browser.new_context(viewport={"width": WIDTHS[width], "height": 900}, java_script_enabled=scripts)
    context.add_init_script(WATCH_POLICY)
    page = context.new_page()
    faults: list[str] = []

    def look() -> None:
        if folder := os.environ.get("SHOTS"):
            page.screenshot(
                path=str(Path(folder) / f"{width}-{len(list(Path(folder).iterdir())):02}.png"), full_page=True
            )
        if not scripts:
            return
        faults.extend(f"{page.url}: {found}" for found in findings(page))
        faults.extend(f"{page.url}: refused {found}" for found in page.evaluate("window.__refused"))
        if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            faults.append(f"{page.url}: scrolls sideways")

    page.goto(f"{live_server.url}{cy}/sign-in?next={cy}/account")
    look()
    page.click("main a.govuk-button")
    sign_in_there(page, "nobody")
    page.wait_for_url(f"{live_server.url}{cy}/sign-in/refused?why=no_account")
    look()
    context.clear_cookies()

    page.goto(f"{live_server.url}{cy}/sign-in?next={cy}/account")
    page.click("main a.govuk-button")
    sign_in_there(page, "auditor")
    page.wait_for_url(f"{live_server.url}{cy}/account")
    settings.CRAFFU_LOCAL_SIGN_IN = "boss"
    page.reload()
    look()

    page.goto(f"{live_server.url}{cy}/account/confirm?next={cy}/account&why=too_old")
    look()
    page.click("main a.govuk-button")
    sign_in_there(page, "auditor")
    page.wait_for_url(f"{live_server.url}{cy}/account")
    assert SignInSession.objects.get().factor == Proof.PROVIDER

    # The form leads to a page of ours, and that by itself to the provider.
    page.click(".craffu-sign-out button")
    page.wait_for_url(f"{provider.issuer}/session/end?*")
    settings.CRAFFU_OIDC = provider.settings(issuer="http://127.0.0.1:1")
    page.goto(f"{live_server.url}{cy}/signed-out")
    look()
    page.goto(f"{live_server.url}{cy}/sign-in")
    look()
    context.close()
    assert not faults, "\n".join(faults)
