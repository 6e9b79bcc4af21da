"""The search in a browser: as one types where scripts run, by button where they do not, in both languages (P02)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.functional.conftest import Site
from tests.functional.test_audit import fits
from tests.functional.test_every_page import WIDTHS, findings


@pytest.mark.slow
@pytest.mark.parametrize("width", [pytest.param("desk", marks=pytest.mark.deep), "narrowest"])
def test_hits_come_while_one_types_and_the_answer_by_the_enter_key(
    width: str, site: Site, open_as: Callable[..., Page]
) -> None:
    page = open_as("investigator", width=WIDTHS[width])
    faults = []
    for cy in ("", "/cy"):
        page.goto(f"{site.url}{cy}/search")
        page.locator("[name=words]").press_sequentially(site.people[0])
        link = page.locator("[data-search-hits] a").first
        expect(link).to_have_attribute("href", f"{cy}/people/{site.people[0]}")
        faults += findings(page)
        page.press("[name=words]", "Enter")
        page.wait_for_url("**/search/answers/*")
        assert site.people[0] not in page.url
        expect(link).to_be_visible()
        faults += findings(page)
        assert fits(page)
        assert page.locator("h1").count() == 1
    assert not faults, "\n".join(faults)


@pytest.mark.slow
def test_what_was_typed_before_the_script_came_is_searched_for_too(site: Site, open_as: Callable[..., Page]) -> None:
    page = open_as("investigator")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search.js", hold)
    page.goto(f"{site.url}/search", wait_until="commit")
    page.locator("[name=words]").press_sequentially(site.people[0])
    while not held:
        page.wait_for_timeout(100)
    (script,) = held
    script.continue_()
    expect(page.locator("[data-search-hits] a").first).to_have_attribute("href", f"/people/{site.people[0]}")


@pytest.mark.slow
def test_the_search_works_without_scripts(site: Site, open_as: Callable[..., Page]) -> None:
    page = open_as("investigator", scripts=False)
    page.goto(f"{site.url}/search")
    page.fill("[name=words]", site.people[0])
    page.click("main button")
    page.wait_for_url("**/search/answers/*")
    assert site.people[0] in page.locator("[data-search-hits]").inner_text()
