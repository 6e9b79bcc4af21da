"""An officer with no champion on shift finds the nearest in two taps, on a phone, in both languages (P38)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.functional.conftest import Site
from tests.functional.test_every_page import findings
from tests.functional.test_victim import PHONE

SAID = {
    "": {"find": "Find a Stalking Champion now", "station": "Carmarthen", "none": "No champion can be reached at Carmarthen now.",
         "near": "Tenby, 34 km", "duty": "On duty"},
    "/cy": {"find": "Dod o hyd i Hyrwyddwr gwrth-stelcio nawr", "station": "Caerfyrddin",
            "none": "Gorsaf Caerfyrddin: ni ellir cyrraedd unrhyw hyrwyddwr yno nawr.", "near": "Dinbych-y-pysgod, 34 km",
            "duty": "Ar ddyletswydd"},
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.rule("RES-02")
@pytest.mark.parametrize(
    ("language", "scripts"),
    [
        ("/cy", True),
        *(pytest.param(*both, marks=pytest.mark.deep) for both in (("", True), ("", False), ("/cy", False))),
    ],
)
def test_the_nearest_champion_is_two_taps_away(
    language: str, scripts: bool, site: Site, open_as: Callable[..., Page]
) -> None:
    said, page = SAID[language], open_as("response_officer", width=PHONE, scripts=scripts)
    page.goto(f"{site.url}{language}/")
    page.get_by_role("link", name=said["find"], exact=True).click()
    page.get_by_role("link", name=said["station"], exact=True).click()
    expect(page.get_by_text(said["none"])).to_be_visible()
    first = page.locator("main table").first.locator("tbody tr").first
    expect(first).to_contain_text("Elen Rhys")
    expect(first).to_contain_text(said["near"])
    expect(first).to_contain_text(said["duty"])
    telephone = first.get_by_role("link")
    expect(telephone).to_have_attribute("href", "tel:065550021")
    box = first.bounding_box()
    assert box is not None
    assert box["y"] < 900, "the nearest stands on the first screen of a telephone"
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    if scripts:
        assert findings(page) == []
