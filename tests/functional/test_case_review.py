"""A volunteer reviews a case on a tablet, in Welsh, by keyboard and without scripts: declared, judged, told on (P29, SCR-07)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.functional.conftest import Site
from tests.functional.test_audit import fits
from tests.functional.test_victim import Officer

TABLET = 768
MINE = "/cy/scrutiny/case-reviews"


class Unscripted(Officer):
    """Whose browser runs no script: what is looked for by one is looked for elsewhere, on every page."""

    def looks(self) -> str:
        assert fits(self.page), self.page.url
        assert self.page.locator("h1").count() == 1
        return self.page.locator("main").aria_snapshot()


@pytest.mark.slow
@pytest.mark.rule("SCR-07")
def test_a_case_is_judged_on_a_tablet_in_welsh_without_scripts(site: Site, open_as: Callable[..., Page]) -> None:
    page = open_as("volunteer_reviewer", width=TABLET, scripts=False)
    volunteer = Unscripted(page, site.url)
    one = f"{MINE}/{site.reviews[1]}"
    begun = volunteer.opens(one)
    assert "A oes gennych fuddiant yn yr achos hwn" in begun
    assert "Trosedd 1" not in begun, "nothing of the case before an interest is declared"
    volunteer.chooses("interest", "no")
    assert "Trosedd 1" in volunteer.goes_on()
    volunteer.opens(f"{one}/sections/before")
    volunteer.chooses("q03-0-code", "yes")
    volunteer.types("q04-0-count-minutes", "25")
    recognition = volunteer.goes_on()
    assert "A5 " in recognition
    assert "A2 " not in recognition, "asked only where the offence was wrongly classed"
    volunteer.chooses("qA1-0-judged", "no")
    more = volunteer.goes_on()
    assert "A2 " in more
    assert "I’w roi o hyd:" in more, "what is still lacking of it"
    volunteer.opens(f"{one}/sections/B")
    volunteer.chooses("qB8-0-code", "yes")
    volunteer.goes_on()
    assert page.url.endswith("/live-risk")
    volunteer.chooses("danger", "life")
    volunteer.types("told", "Mae’n aros wrth y tŷ melyn.")
    volunteer.types("reach", "01632 960001")
    assert "Dywedwyd wrth yr heddlu." in volunteer.goes_on()
