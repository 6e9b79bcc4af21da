"""Charts in a real browser: drawn for a desk and for a phone, readable on both, refused by no policy, printed with tables."""

from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import Page

from craffu.access.acting import acting_operator, acting_system
from craffu.access.models import Force
from craffu.published.actions import record_figure_by_hand
from craffu.published.areas import find_area
from craffu.published.periods import parse_period
from tests.functional.conftest import Site
from tests.functional.test_every_page import findings, visit
from tests.web.profiles.figures import CRIME, EVERY_SERIES, HERE, NOW, publish

LOCAL = "/profiles/local?force=63"
# How wide pictures are drawn for a screen.
DRAWN = {1280: 640, 1024: 640, 768: 640, 375: 345, 320: 345}
AT_WHICH_ALL_IS_LOOKED_FOR = (1280, 375)
# Each picture's width as drawn and as shown, once all have come.
WIDTHS = "() => Promise.all([...document.images].map(i => i.decode().then(() => [i.naturalWidth, i.clientWidth])))"

# Words that reach over an edge of a picture opened by itself, whatever letters this machine has.
CUT_OFF = """() => {
  const whole = document.documentElement.getBoundingClientRect();
  const isOut = box => box.left < whole.left - 1 || box.right > whole.right + 1 || box.top < whole.top - 1;
  return [...document.querySelectorAll('text')].filter(one => isOut(one.getBoundingClientRect())).map(one => one.textContent);
}"""
DEFINITION = "Two offences of the subgroup only: harassment and stalking, without malicious communications."


@pytest.fixture
def published(site: Site, force: Force) -> Site:
    """Every series, and so many years of recorded crime that their table is one to be opened."""
    system = acting_system(force, "test")
    for series, said in EVERY_SERIES.items():
        publish(system, series, said)
    years = [(HERE, CRIME, f"{year}-03 year ending", "90") for year in range(2003, 2016)]
    publish(system, "recorded-crime-rolling", [*EVERY_SERIES["recorded-crime-rolling"], *years])
    area = find_area(HERE)
    assert area is not None
    record_figure_by_hand(
        by=acting_operator(force, "test"), title="Harassment and stalking, two offences of the subgroup only",
        definition=DEFINITION, unit="crime", area=area, period=parse_period("2022"), value=6555,
        read_in="A review of 2023", now=NOW,
    )  # fmt: skip
    return site


@pytest.mark.slow
def test_charts_are_drawn_for_the_screen_and_keep_the_policy(
    published: Site, open_as: Callable[..., Page], request: pytest.FixtureRequest
) -> None:
    """At every width in the deep run; else where everything is looked for, in English at a desk and in Welsh on a phone."""
    page = open_as("analyst")
    desk, phone = AT_WHICH_ALL_IS_LOOKED_FOR
    few = ((LOCAL, desk), (f"/cy{LOCAL}", phone), ("/profiles/national", 320))
    every = (*product((LOCAL,), DRAWN), *product((f"/cy{LOCAL}",), AT_WHICH_ALL_IS_LOOKED_FOR), *few)
    for path, width in every if request.config.getoption("--deep") else few:
        drawn = DRAWN[width]
        page.set_viewport_size({"width": width, "height": 900})
        visit(page, published, path)
        shown = page.evaluate(WIDTHS)
        assert len(shown) >= 3
        assert {natural for natural, _client in shown} == {drawn}, width
        assert all(client <= min(natural, width - 30) for natural, client in shown), width
        # Letters of 14 pixels, which shrink to 12 on the narrowest screen.
        assert all(14 * client / natural >= 11.5 for natural, client in shown), width
        assert page.evaluate("window.__refused") == []
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (path, width)
        if width in AT_WHICH_ALL_IS_LOOKED_FOR:
            assert findings(page) == [], (path, width)


@pytest.mark.slow
def test_no_word_of_a_picture_is_cut_off(
    published: Site, open_as: Callable[..., Page], request: pytest.FixtureRequest
) -> None:
    """In either language at both widths in the deep run; else where there is least room for the longer words, and at a desk."""
    page = open_as("analyst")
    in_both = (LOCAL, f"/cy{LOCAL}")
    few, every = zip(in_both, AT_WHICH_ALL_IS_LOOKED_FOR, strict=True), product(in_both, AT_WHICH_ALL_IS_LOOKED_FOR)
    for path, width in every if request.config.getoption("--deep") else few:
        page.set_viewport_size({"width": width, "height": 900})
        visit(page, published, path)
        for href in page.evaluate("[...document.images].map(image => image.currentSrc)"):
            page.goto(href)
            assert page.evaluate(CUT_OFF) == [], path


@pytest.mark.slow
def test_a_profile_prints_with_every_table_open(published: Site, open_as: Callable[..., Page]) -> None:
    page = open_as("analyst", scripts=False)
    visit(page, published, LOCAL)
    page.emulate_media(media="print")
    shown = page.evaluate("[...document.querySelectorAll('table')].map(table => table.checkVisibility())")
    assert len(shown) >= 5
    assert all(shown)
    # When whoever printed it will be signed out is nobody's business who is given the paper.
    ends = page.get_by_text("You will be signed out at")
    assert [ends.count(), ends.first.evaluate("one => one.checkVisibility()")] == [1, False]


@pytest.mark.slow
def test_a_picture_opened_by_itself_may_do_nothing(published: Site, open_as: Callable[..., Page]) -> None:
    page = open_as("analyst")
    visit(page, published, LOCAL)
    href = page.locator("img").first.get_attribute("src")
    response = page.goto(f"{published.url}{href}")
    assert response is not None
    assert response.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert page.locator("svg > title").text_content()
