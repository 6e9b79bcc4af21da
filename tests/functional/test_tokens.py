"""An API token on a phone, by keyboard: asked for, shown once, approved, who is told by it, ended by its owner (ADR 91, 94)."""

import json
import re
from collections.abc import Callable
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page

from craffu.access.models import User
from tests.functional.conftest import Site
from tests.functional.test_meeting import fresh
from tests.functional.test_victim import PHONE, Officer


@pytest.mark.slow
@pytest.mark.rule("SEC-01")
@pytest.mark.deep
@pytest.mark.parametrize("language", ["", "/cy"], ids=["English", "Welsh"])
def test_a_token_from_its_asking_to_its_end(
    language: str, site: Site, open_as: Callable[..., Page], browser_user: Callable[[str], User]
) -> None:
    page = open_as("orders_team", width=PHONE)
    fresh(page, browser_user("orders_team"))
    owner = Officer(page, f"{site.url}{language}/account/tokens")
    owner.opens("")
    owner.opens("/new")
    owner.types("purpose", "Screens of the control room")
    page.locator("[name=scopes][value='orders.read']").check()
    owner.types("days", "7")
    owner.goes_on()
    [secret] = re.findall(r"craffu_[A-Za-z0-9_-]{43}", page.locator("main").inner_text())
    page = open_as("administrator", width=PHONE)
    fresh(page, browser_user("administrator"))
    boss = Officer(page, f"{site.url}{language}/accounts/tokens")
    assert "AT-10001" in boss.opens("")
    boss.opens("/AT-10001")
    boss.types("reason", "Agreed with the control room")
    boss.goes_on()
    asked = Request(f"{site.url}/api/v1/orders", headers={"Authorization": f"Bearer {secret}"})  # noqa: S310 - our own
    with urlopen(asked) as answer:  # noqa: S310 - our own
        assert json.load(answer)["total"] > 0
    hooks = Officer(page, f"{site.url}{language}/accounts/webhooks")
    hooks.opens("")
    hooks.opens("/new")
    hooks.types("purpose", "Screens of the control room")
    hooks.types("address", "https://51.140.0.1/told")
    page.locator("[name=about][value='order.changed']").check()
    page.locator("[name=token]").select_option("AT-10001")
    hooks.goes_on()
    assert "craffu_wh_" in page.locator("main").inner_text()
    hooks.opens("/WH-10001")
    owner.opens("/AT-10001/end")
    owner.goes_on()
    assert not owner.page.get_by_text(secret).count()
    faults = owner.faults + boss.faults + hooks.faults
    assert not faults, "\n".join(faults)
