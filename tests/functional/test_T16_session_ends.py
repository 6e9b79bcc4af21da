"""T16 and WCAG 2.2.1 in a real browser: two minutes before a session ends the page says so, and a button puts it off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.functional.conftest import Site
from tests.functional.test_every_page import WIDTHS, findings

BAR = ".craffu-session"


@pytest.fixture
def waiting(open_as: Callable[..., Page], site: Site) -> Callable[..., Page]:
    """A page whose clock the test moves; the server's stands where it is."""

    def opened(path: str, width: str = "desk") -> Page:
        page = open_as("investigator", width=WIDTHS[width])
        page.clock.install()
        page.goto(site.url + path)
        # The script of the bar is fetched by another: a clock moved before it looks would be the clock it begins with.
        expect(page.locator(f"{BAR}[data-looking]")).to_have_count(1)
        expect(page.locator(BAR)).to_be_hidden()
        return page

    return opened


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize(
    ("path", "width"), [pytest.param("/search", "desk", marks=pytest.mark.deep), ("/cy/search", "phone")]
)
def test_T16_the_bar_comes_two_minutes_before_and_the_button_puts_it_off(
    path: str, width: str, waiting: Callable[..., Page]
) -> None:
    page = waiting(path, width)
    page.focus("[name=words]")
    page.clock.fast_forward("12:30")
    expect(page.locator(BAR)).to_be_hidden()
    page.clock.fast_forward("00:31")
    expect(page.locator(BAR)).to_be_visible()
    expect(page.locator("[name=words]")).to_be_focused()
    box, bar = page.locator("[name=words]").bounding_box(), page.locator(BAR).bounding_box()
    assert box is not None
    assert bar is not None
    assert box["y"] + box["height"] <= bar["y"], "what has the focus is covered (WCAG 2.4.11)"
    assert "{time}" not in page.locator(BAR).inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert (findings(page), page.evaluate("window.__refused")) == ([], [])
    with page.expect_response("**/account/stay") as answer:
        page.locator(f"{BAR} button").press("Enter")
    assert answer.value.json()["idle"] == 900
    expect(page.locator(BAR)).to_be_hidden()
    expect(page.locator("[name=words]")).to_be_focused()
    page.clock.fast_forward("12:30")
    expect(page.locator(BAR)).to_be_hidden()


def test_T16_a_page_whose_session_has_ended_is_left_for_the_sign_in_page_that_says_why(
    waiting: Callable[..., Page],
) -> None:
    page = waiting("/people")
    with page.expect_request(lambda asked: asked.url.endswith("/sign-in?over=idle&next=/people")):
        page.clock.fast_forward("15:07")


def test_T16_a_use_in_another_tab_puts_it_off_here_too(waiting: Callable[..., Page], site: Site) -> None:
    page = waiting("/people")
    page.clock.fast_forward("13:10")
    expect(page.locator(BAR)).to_be_visible()
    page.context.new_page().goto(f"{site.url}/search")
    expect(page.locator(BAR)).to_be_hidden()
