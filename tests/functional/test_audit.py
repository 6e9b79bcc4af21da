"""The auditor's viewer in a browser: by keyboard, without scripts, in both languages, on a desk and on a phone (P40)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.functional.conftest import Site
from tests.functional.test_every_page import WIDTHS, findings


def choose_purpose(page: Page, site: Site, cy: str = "") -> None:
    page.goto(f"{site.url}{cy}/audit")
    page.check("[name=purpose][value=lawfulness]")
    page.press("[name=purpose][value=lawfulness]", "Enter")
    page.wait_for_url("**/audit/questions")


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.slow
@pytest.mark.parametrize("width", [pytest.param("desk", marks=pytest.mark.deep), "narrowest"])
def test_an_auditor_asks_and_is_answered_with_nothing_serious_found(
    width: str, site: Site, open_as: Callable[..., Page]
) -> None:
    open_as("investigator").goto(f"{site.url}/people/{site.people[0]}")
    page = open_as("auditor", width=WIDTHS[width])
    faults = []

    def look() -> None:
        faults.extend(f"{page.url}: {found}" for found in findings(page))
        faults.extend([] if fits(page) else [f"{page.url}: scrolls sideways"])
        assert page.locator("h1").count() == 1

    for cy in ("", "/cy"):
        choose_purpose(page, site, cy)
        look()
        page.click("main form:has([value=who]) button")
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        look()
        page.fill("[name=who-record]", site.people[0])
        page.press("[name=who-record]", "Enter")
        page.wait_for_url("**/audit/answers/*")
        assert "investigator" in page.locator("main").inner_text()
        look()
        for path in ("/audit/unusual", "/audit/chain"):
            page.goto(f"{site.url}{cy}{path}")
            look()
    assert not faults, "\n".join(faults)


@pytest.mark.slow
def test_the_viewer_works_without_scripts(site: Site, open_as: Callable[..., Page]) -> None:
    open_as("investigator").goto(f"{site.url}/people")
    page = open_as("auditor", scripts=False)
    choose_purpose(page, site)
    page.fill("[name=seen-person]", "investigator")
    page.press("[name=seen-person]", "Enter")
    page.wait_for_url("**/audit/answers/*")
    assert "investigator" not in page.url
    assert site.people[0] in page.locator("main").inner_text()
