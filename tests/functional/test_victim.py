"""An officer looks after a victim on a phone, by keyboard, in both languages: agree, change, be refused, hear, see it due."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from craffu.clocks.london import local_time
from craffu.common import clock
from tests.functional.conftest import Site, looked_into, shape_of
from tests.functional.test_audit import fits
from tests.functional.test_every_page import findings

PHONE = 375
# So many letters are keys pressed one by one; the rest of a sentence comes at once, as from a keyboard that offers whole words.
KEYS = 12
# Safe at any minute of the day, in two windows that overlap at noon.
ALL_DAY = {"from_1": "00:00", "to_1": "12:30", "from_2": "12:00", "to_2": "00:00"}


class Officer:
    """Somebody at a keyboard: every choice and every step is a key pressed on what has the focus.

    Each page that is not looked into elsewhere is on the way, once, and each once with what is wrong said on it.
    """

    def __init__(self, page: Page, at: str) -> None:
        self.page, self.at = page, at
        self.faults: list[str] = []
        self.looked_into: set[tuple[str, int]] = set()

    def opens(self, path: str) -> str:
        self.page.goto(f"{self.at}{path}")
        return self.looks()

    def chooses(self, name: str, value: str) -> None:
        box = self.page.locator(f"[name={name}][value='{value}']")
        box.focus()
        self.page.keyboard.press("Space")
        assert box.is_checked()

    def types(self, name: str, words: str) -> None:
        self.page.locator(f"[name={name}]").focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words[:KEYS])
        self.page.keyboard.insert_text(words[KEYS:])

    def goes_on(self) -> str:
        """Presses the page's main button, and looks at what comes."""
        self.page.locator("main form button[type=submit]").first.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self.looks()

    def looks(self) -> str:
        """What a screen reader is told of the page, which must fit the phone and hinder nobody."""
        assert fits(self.page), self.page.url
        assert self.page.locator("h1").count() == 1
        page = shape_of(self.page.url), self.page.locator(".govuk-error-summary").count()
        if page not in self.looked_into and (page[1] or page[0] not in looked_into):
            self.looked_into.add(page)
            self.faults += [f"{self.page.url} {found}" for found in findings(self.page)]
        unnamed = self.page.locator("main :is(input:not([type=hidden]), select, textarea, button, a)").evaluate_all(
            "all => all.filter(one => !(one.labels?.length || one.textContent.trim() || one.ariaLabel)).map(one => one.outerHTML)"
        )
        assert unnamed == []
        return self.page.locator("main").aria_snapshot()


@pytest.mark.slow
@pytest.mark.rule("VIC-01")
@pytest.mark.rule("VIC-02")
@pytest.mark.rule("VIC-11")
@pytest.mark.parametrize(
    ("language", "refused", "again", "hers"),
    [
        ("", "not a way to reach them that they call safe", "Ask whether it is still right", "I want it to stop"),
        pytest.param(
            "/cy",
            "ffordd o’u cyrraedd y maen nhw’n ei galw’n ddiogel",
            "Gofynnwch a yw’n dal yn iawn",
            "Rwyf am iddo stopio",
            marks=pytest.mark.deep,
        ),
    ],
    ids=["English", "Welsh"],
)
def test_a_victim_is_looked_after_on_a_phone_by_keyboard(
    language: str, refused: str, again: str, hers: str, site: Site, open_as: Callable[..., Page]
) -> None:
    page = open_as("victim_officer", width=PHONE)
    officer = Officer(page, f"{site.url}{language}/victims/{site.victim}")
    agree(officer, language)
    # A wish changed by phone: one question, one look, one confirmation.
    officer.opens("/agreement/how-often")
    officer.chooses("frequency", "14")
    officer.goes_on()
    officer.goes_on()
    officer.opens("/contacts/new")
    officer.chooses("how", "spoke")
    officer.chooses("channel", "email")
    officer.types("told", "of the hearing")
    assert refused in officer.goes_on()
    assert page.locator("[name=told]").input_value() == "of the hearing"
    officer.chooses("channel", "telephone")
    officer.goes_on()
    officer.opens("/views/new")
    # They are told who may come to read their words, and only then are asked (VIC-11).
    officer.chooses("language", "cy" if language else "en")
    officer.goes_on()
    officer.chooses("subject", "bail")
    officer.chooses("came", "telephone")
    officer.types("words", hers)
    officer.goes_on()
    assert hers in officer.opens("/views")
    happens(officer)
    assert again in officer.opens("/agreement")
    officer.opens("/agreement/copy")
    page.goto(f"{site.url}{language}/queues/agreements?tab=unassigned")
    assert site.victim in officer.looks()
    assert not officer.faults, "\n".join(officer.faults)


def agree(officer: Officer, language: str) -> None:
    """Every question of an agreement, one page each."""
    officer.opens("/agreement/language")
    officer.chooses("language", "cy" if language else "en")
    officer.goes_on()
    for channel in ("telephone", "text_message"):
        officer.chooses("channels", channel)
    officer.chooses("message", "no")
    officer.goes_on()
    for name, value in ALL_DAY.items():
        officer.types(name, value)
    officer.goes_on()
    officer.chooses("urgent", "nowhere")
    officer.goes_on()
    officer.chooses("frequency", "7")
    officer.goes_on()
    officer.chooses("survey", "no")
    officer.goes_on()
    assert officer.page.url.endswith("/agreement/check")
    officer.goes_on()
    assert officer.page.url.endswith("/agreement")


def happens(officer: Officer) -> None:
    """An interview, this minute."""
    officer.opens("/happened")
    at = local_time(clock.now())
    officer.page.locator("[name=kind]").select_option("interview")
    for part, value in (("day", at.day), ("month", at.month), ("year", at.year)):
        officer.types(f"on_{part}", str(value))
    officer.types("at", f"{at:%H:%M}")
    officer.chooses("learnt", "now")
    officer.goes_on()
