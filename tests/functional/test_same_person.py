"""Whether two are one person, in a browser: by keyboard alone in Welsh; a wrong merge found, undone and read in the log."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from craffu.access.acting import acting_system
from craffu.access.models import Force
from craffu.people.models import SourceRecord
from craffu.people.queries import people_of_records
from tests.factories.identities import score
from tests.functional.conftest import Site
from tests.functional.test_audit import choose_purpose
from tests.functional.test_every_page import WIDTHS, findings

MOST_TABS = 80


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until it is reached, as somebody does who has no mouse."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"{selector} is not reached by keyboard on {page.url}")


def say_why(page: Page, field: str, words: str) -> None:
    tab_to(page, field)
    page.keyboard.type(words)
    tab_to(page, "main button")
    page.keyboard.press("Enter")


@pytest.mark.slow
def test_a_pair_is_decided_and_taken_back_by_keyboard_in_welsh_without_scripts(
    site: Site, open_as: Callable[..., Page]
) -> None:
    page = open_as("link_clerk", width=WIDTHS["phone"], scripts=False)
    page.goto(f"{site.url}/cy/linkage/pairs")
    assert "Parau i benderfynu arnynt" in page.locator("h1").inner_text()
    tab_to(page, "main a[href='/cy/linkage/pairs/L-10001']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cy/linkage/pairs/L-10001")
    expect(page.locator(".craffu-chart__narrow svg")).to_be_visible()
    expect(page.locator(".craffu-chart__wide svg")).to_be_hidden()
    tab_to(page, "[name=word]")
    page.keyboard.press("Space")
    assert page.locator("[name=word]:checked").get_attribute("value") == "same"
    say_why(page, "#id_decide_reason", "Yr un dyddiad geni a’r un tatŵ")
    expect(page.locator("main")).to_contain_text("Yr un dyddiad geni a’r un tatŵ")
    expect(page.locator(".govuk-tag--green").first).to_have_text("Un person")
    say_why(page, "#id_take_back_reason", "Mae’r tatŵs yn wahanol")
    expect(page.locator("#id_take_back_reason")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Mae’r tatŵs yn wahanol")


@pytest.mark.slow
@pytest.mark.rule("IDN-03")
def test_a_wrong_merge_is_found_undone_and_read_in_the_log(
    site: Site, force: Force, open_as: Callable[..., Page]
) -> None:
    system = acting_system(force, "test")
    rows = SourceRecord.objects.for_system("a test").order_by("id").values_list("pk", flat=True)
    a, b = list(rows)[:2]
    person, other = (people_of_records(system, [one])[one].reference for one in (a, b))
    score(system, a, b, 0.9999)
    page = open_as("link_clerk")
    page.goto(f"{site.url}/linkage/merges/{person}")
    page.check(f"[name=records][value='{b}']")
    page.fill("[name=reason]", "Two men of one name")
    page.click("button[value=see]")
    expect(page.locator("main")).to_contain_text("Goes")
    assert findings(page) == []
    page.click("button[value=part]")
    expect(page.locator("main")).to_contain_text("The model links it")
    expect(page.locator("main")).to_contain_text("Somebody decided so")
    # where it is taken back
    expect(page.locator("main a[href^='/linkage/pairs/L-']")).to_have_count(1)
    assert people_of_records(system, [b])[b].reference == other
    auditor = open_as("auditor")
    choose_purpose(auditor, site)
    auditor.fill("[name=search-record]", other)
    auditor.select_option("[name=search-verb]", "combination")
    auditor.press("[name=search-record]", "Enter")
    auditor.wait_for_url("**/audit/answers/*")
    joined = auditor.locator("main tr, main li").filter(has_text="Records joined to a person or parted from one")
    expect(joined).to_have_count(2)
    expect(joined.first).to_contain_text("Records: 1")
    assert "Two men of one name" not in auditor.locator("main").inner_text()
