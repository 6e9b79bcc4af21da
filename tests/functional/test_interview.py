"""An interview of practice on a phone, by keyboard, in both languages and without scripts: held, quoted, taken back.

VIC-08, VIC-11; page map, P29 and P31.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from craffu.clocks.london import local_time
from craffu.common import clock
from tests.factories.interviews import SAID
from tests.functional.conftest import Site
from tests.functional.test_victim import PHONE, Officer

LIST = "/scrutiny/interviews"


def _begin(officer: Officer, language: str) -> str:
    """A new interview with a victim, as far as what is read out to them."""
    officer.opens(f"{language}{LIST}/new")
    officer.chooses("whom", "victim")
    officer.types("review", "Deep dive 2026")
    officer.chooses("question", "all")
    officer.chooses("language", "cy")
    now = local_time(clock.now())
    for part, value in (("day", now.day), ("month", now.month), ("year", now.year)):
        officer.types(f"on_{part}", str(value))
    officer.types("at", f"{now:%H:%M}")
    return officer.goes_on()


@pytest.mark.deep
@pytest.mark.slow
@pytest.mark.rule("VIC-08")
@pytest.mark.rule("VIC-11")
@pytest.mark.parametrize(
    ("language", "stands", "gone", "told"),
    [
        ("", "Consent stands", "They took this back. Nobody can read it here.", "The force is told."),
        pytest.param(
            "/cy",
            "Mae cydsyniad mewn grym",
            "Tynasant hyn yn ôl. Ni all neb ei ddarllen yma.",
            "Dywedwyd wrth yr heddlu.",
            marks=pytest.mark.deep,
        ),
    ],
    ids=["English", "Welsh"],
)
def test_an_interview_is_held_and_taken_back_on_a_phone_by_keyboard(
    language: str, stands: str, gone: str, told: str, site: Site, open_as: Callable[..., Page]
) -> None:
    page = open_as("scrutiny_officer", width=PHONE)
    officer = Officer(page, site.url)
    read = _begin(officer, language)
    assert read.index("yr amddiffyniad") < read.index("Chi sy’n dewis"), "in their language, the notice before consent"
    officer.goes_on()
    for use in ("keep", "quote"):
        officer.chooses("uses", use)
    officer.chooses("by_whom", "self")
    assert stands in officer.goes_on()
    one = page.url.removeprefix(site.url).partition("?")[0]
    asked = officer.opens(f"{one}/answers/first")
    assert "Beth ddigwyddodd pan ddywedoch chi wrth yr heddlu gyntaf?" in asked
    officer.types("words", SAID)
    assert "Nobody rings." in officer.goes_on()
    officer.opens(f"{one}/answers/first/quote")
    officer.types("words", "Nobody rings.")
    officer.goes_on()
    assert "Nobody rings." in officer.opens(f"{one}/print")
    officer.opens(f"{one}/live-risk")
    officer.chooses("danger", "life")
    officer.types("told", "He waits at the yellow house.")
    officer.types("reach", "01632 960001")
    assert told in officer.goes_on()
    officer.opens(f"{one}/withdrawn")
    officer.chooses("back", "keep")
    taken_back = officer.goes_on()
    assert gone in taken_back
    assert "Nobody rings." not in taken_back
    assert officer.faults == []


@pytest.mark.slow
@pytest.mark.rule("VIC-08")
def test_it_goes_without_scripts(site: Site, open_as: Callable[..., Page]) -> None:
    page = open_as("scrutiny_officer", width=PHONE, scripts=False)
    page.goto(f"{site.url}{LIST}/{site.interview}/withdrawn")
    page.check("[name=back][value=keep]")
    page.click("main form button[type=submit]")
    assert "Consent taken back" in page.inner_text("main")
    page.goto(f"{site.url}{LIST}/{site.interview}/consent")
    page.click("main form button[type=submit]")
    page.check("[name=uses][value=keep]")
    page.check("[name=by_whom][value=self]")
    page.click("main form button[type=submit]")
    assert "Consent stands, not to be quoted" in page.inner_text("main")
    assert SAID.splitlines()[1] not in page.inner_text("main"), "what was taken back does not come back"
