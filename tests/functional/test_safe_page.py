"""The safe page in a real browser: answered by keyboard on a small phone, and whoever attacks it learns nothing (issue I)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, BrowserContext, expect

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.audit.models import Event
from craffu.common import clock
from craffu.victims.answering.kinds import Question
from craffu.victims.inviting.actions import distrust, invite
from craffu.victims.inviting.facts import NewInvitation
from craffu.victims.inviting.kinds import Purpose, Route
from craffu.victims.inviting.rules import in_groups
from craffu.victims.models import Answers, Invitation, InvitationStep, LogEntry, Sitting, View
from craffu.web.safe.wording import link_of
from tests.factories.victims import AGREED, agreed
from tests.functional.conftest import WATCH_POLICY, Site
from tests.functional.test_audit import fits
from tests.functional.test_every_page import findings

pytestmark = [pytest.mark.slow, pytest.mark.rule("VIC-01"), pytest.mark.rule("VIC-11")]

NARROW = 320
WORDS = "kanari: he stood by the gate"
# Of what would tell somebody who looks over a shoulder, or at a history, whose page it is.
BETRAYS = re.compile(
    r"craffu|police|heddlu|victim|dioddef|stalk|order|gorchymyn|breach|toriad|court|llys", re.IGNORECASE
)
NEUTRAL = re.compile(
    r"(Question|Cwestiwn) \d+ (of|o) \d+|Enter your code|Before you start|Continue|Check|Finished|Rhowch eich cod"
    r"|Cyn i chi ddechrau|Parhau|Gwirio|Wedi gorffen"
)
CHOSEN = {
    "safe_now": "yes", "contact": "no", "feel": "safer", "order": "keep", "reach": "still_safe", "tell": "as_agreed",
    "informed": "yes", "serious": "partly", "supported": "no", "quoted": "no", "linked": "no", "how": "message", "through": "no",
    "proof": "kept", "ledger": "yes",
}  # fmt: skip


class Phone:
    """Somebody's telephone: a browser of its own, watched for what the content policy refuses and for every request it makes."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context, self.url = context, url
        context.add_init_script(WATCH_POLICY)
        self.page, self.asked = context.new_page(), []  # type: ignore[var-annotated]
        self.page.on("request", self._asks)
        self.titles: list[str] = []

    def _asks(self, request: Any) -> None:
        self.asked.append(request)

    def opens(self, path: str = "/t/") -> None:
        self.page.goto(f"{self.url}{path}")
        self.titles.append(self.page.title())

    def goes_on(self, button: str = "main form button") -> None:
        """Presses a button by keyboard, and looks at what comes."""
        self.page.locator(button).first.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.titles.append(self.page.title())

    def types_code(self, code: str) -> None:
        self.page.locator("#code").focus()
        self.page.keyboard.type(code)
        self.goes_on()

    def question(self) -> str:
        hidden = self.page.locator("input[name=question]")
        return str(hidden.first.get_attribute("value")) if hidden.count() else ""

    def chooses(self, value: str) -> None:
        box = self.page.locator(f"input[name=said][value='{value}']")
        box.focus()
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def answers(self, **other: str) -> None:
        """Whatever is asked now."""
        question = self.question()
        if question == "words":
            self.page.locator("#said").focus()
            self.page.keyboard.type(WORDS)
        elif question == "when":
            for name, said in (("day", "1"), ("month", "1"), ("year", "2026")):
                self.page.locator(f"[name={name}]").focus()
                self.page.keyboard.type(said)
        elif question not in ("before", "readers"):
            self.chooses({**CHOSEN, **other}[question])
        self.goes_on()

    def betrays(self) -> list[str]:
        """The titles that were read out and say more than they should."""
        assert len(self.titles) > 2
        return [one for one in self.titles if BETRAYS.search(one) or not NEUTRAL.fullmatch(one)]

    def weighs(self) -> list[tuple[str, int, int]]:
        """Of each page that was opened or sent: where, in how many requests, and how many bytes came."""
        views: list[list[Any]] = []
        for one in self.asked:
            if one.resource_type == "document" and one.redirected_from is None:
                views.append([])
            views[-1].append(one)
        return [(view[0].url, len(view), sum(one.sizes()["responseBodySize"] for one in view)) for view in views]

    def looks(self) -> list[str]:
        return [*findings(self.page), *self.page.evaluate("window.__refused || []")]


@pytest.fixture
def officer(site: Site, browser_user: Callable[[str], Any]) -> Acting:
    return acting_user(browser_user("victim_officer"))


@pytest.fixture(autouse=True)
def exit_leads_here(settings: Any, live_server: Any) -> None:
    settings.CRAFFU_SAFE_PAGE = {
        **settings.CRAFFU_SAFE_PAGE,
        "exit": f"{live_server.url}/help",
        "number": "01632 960000",
    }


@pytest.fixture
def phones(browser: Browser, site: Site) -> Iterator[Callable[..., Phone]]:
    made: list[BrowserContext] = []

    def make(**said: Any) -> Phone:
        context = browser.new_context(**{"viewport": {"width": NARROW, "height": 700}, **said})
        made.append(context)
        return Phone(context, site.url)

    yield make
    for one in made:
        one.close()


def agree(officer: Acting, site: Site) -> None:
    """She calls texts safe at any time, for links too, and may be asked how she was treated."""
    again_on = (clock.now() + timedelta(days=20)).date().isoformat()
    all_day = (("00:00", "12:30"), ("12:00", "00:00"))
    agreed(officer, site.victim, replace(AGREED, links=("text_message",), times=all_day, next_revisit_on=again_on))


def code_of(officer: Acting, site: Site, purpose: Purpose = Purpose.VIEW) -> str:
    if purpose is Purpose.SURVEY:
        agree(officer, site)
    return in_groups(invite(by=officer, victim=site.victim, given=NewInvitation(purpose, Route.CODE)).secret)


def link_to(officer: Acting, site: Site, language: str = "en") -> str:
    """A link as a message carries it, of a victim whose agreement calls texts safe for links."""
    agree(officer, site)
    given = NewInvitation(Purpose.VIEW, Route.LINK, "text_message", to="07700 900456")
    made = invite(by=officer, victim=site.victim, given=given, worded=lambda *_said: ("", "x"))
    return link_of(made.secret, language)


@pytest.mark.parametrize(
    ("language", "said", "last"),
    [("", {}, "Finished"), ("/cy", {"java_script_enabled": False}, "Wedi gorffen")],
    ids=["English", "Welsh-no-script"],
)
def test_somebody_answers_by_keyboard_on_a_small_phone(
    site: Site, officer: Acting, phones: Callable[..., Phone], language: str, said: dict[str, Any], last: str
) -> None:
    phone = phones(**said)
    phone.opens(f"{language}/t/")
    # The first thing that is reached by keyboard leaves the page.
    phone.page.keyboard.press("Tab")
    first = phone.page.evaluate("document.activeElement.getAttribute('href')") if not said else None
    assert first in (f"{language}/t/exit", None)
    phone.types_code(code_of(officer, site).lower())
    seen = []
    while (question := phone.question()) != "":
        seen.append(question)
        assert said or not phone.looks()
        assert fits(phone.page), question
        phone.answers()
    assert [Question(one) for one in seen][-1] is Question.TELL
    assert WORDS not in phone.page.content()
    phone.goes_on("button[name=send]")
    assert phone.titles[-1] == last
    assert phone.betrays() == []
    assert View.objects.for_system("a test").filter(route="page").count() == 1
    # Nothing but the pages themselves was asked for, and none is large: at most three requests and 40 kB, each of them.
    weights = phone.weighs()
    assert len(weights) > len(seen)
    assert [one for one in weights if one[1] > 3 or not 0 < one[2] <= 40_000] == []
    kinds = {one.resource_type for one in phone.asked}
    assert kinds <= {"document", "other"}, [one.url for one in phone.asked]
    assert phone.context.cookies() == []


def test_images_off_and_forced_colours_take_nothing_away(
    site: Site, officer: Acting, phones: Callable[..., Phone]
) -> None:
    phone = phones(forced_colors="active")
    phone.page.route("**/*.{png,jpg,svg,ico}", lambda route: route.abort())
    phone.opens()
    phone.types_code(code_of(officer, site, Purpose.SURVEY))
    while phone.question():
        assert phone.looks() == []
        tree = phone.page.locator("main").aria_snapshot()
        assert "heading" in tree
        phone.answers()
    phone.goes_on("button[name=send]")
    assert phone.betrays() == []
    assert Answers.objects.for_system("a test").filter(is_whole=True).count() == 1


def test_attack_link_reuse(site: Site, officer: Acting, phones: Callable[..., Phone]) -> None:
    link = link_to(officer, site)
    hers, his = phones(), phones()
    # A program that looks at links before she does has not used it up.
    assert phones().context.request.get(f"{site.url}{link}", max_redirects=0).status == 303
    hers.opens(link)
    hers.goes_on()
    assert hers.question() == "before"
    his.opens(link)
    his.goes_on()
    assert "That does not open anything" in his.page.inner_text("main")
    never = phones()
    never.opens("/t/" + "A" * 43)
    never.goes_on()
    assert his.page.inner_text("main") == never.page.inner_text("main")
    assert hers.question() == "before"


def _guesses(site: Site, officer: Acting, phone: Phone, tries: int) -> list[int]:
    code_of(officer, site)
    phone.opens()
    key = phone.page.locator("input[name=key]").first.get_attribute("value")
    said = []
    for number in range(tries):
        code = "".join("ACDEFHJKMNPRTWXY3479"[(number // 20**place) % 20] for place in range(12))
        form: dict[str, str | float | bool] = {"key": str(key), "code": code}
        said.append(phone.context.request.post(f"{site.url}/t/", form=form, max_redirects=0).status)
    return said


@pytest.mark.parametrize("tries", [60, pytest.param(10_000, marks=pytest.mark.deep)])
def test_attack_guessing(site: Site, officer: Acting, phones: Callable[..., Phone], tries: int) -> None:
    phone = phones()
    assert set(_guesses(site, officer, phone, tries)) == {403}
    refused = Event.objects.filter(kind="safe_page_refused")
    assert refused.count() == tries
    # After thirty from one place hardly any is looked at, however long it goes on.
    assert sum("held_back" not in said for said in refused.values_list("payload", flat=True)) < 100
    if tries > 100:
        # The last wait may be over by now.
        return
    # Even the right code is not looked at for a while.
    code = code_of(officer, site)
    phone.opens()
    phone.types_code(code)
    assert "Too many tries" in phone.page.inner_text("main")
    assert not InvitationStep.objects.for_system("a test").filter(step="opened").exists()


def test_attack_deep_links_in_the_wrong_language(site: Site, officer: Acting, phones: Callable[..., Phone]) -> None:
    link = link_to(officer, site, "cy")
    assert link.startswith("/cy/t/")
    phone = phones(locale="en-GB")
    phone.opens(link)
    assert phone.page.locator("html").get_attribute("lang") == "cy"
    phone.goes_on()
    phone.answers()
    changes_language(phone, "en")
    # It is the same question, whichever language it is opened in.
    assert phone.question() == "safe_now"
    for path in ("/cy/t/finished", "/t", "/fr/t/", "/t/question", "/cy/t/exit/2"):
        answer = phone.context.request.get(f"{site.url}{path}", max_redirects=0)
        assert answer.status in (200, 404)
        assert WORDS not in answer.text()


def test_attack_referrer(site: Site, officer: Acting, phones: Callable[..., Phone]) -> None:
    phone = phones()
    phone.opens(link_to(officer, site))
    phone.goes_on()
    phone.page.locator("#x").click()
    phone.page.wait_for_url(f"{site.url}/help")
    sent = [one for one in phone.asked if one.url.endswith(("/exit", "/help"))]
    assert sent
    assert all("referer" not in one.all_headers() for one in sent)


def test_attack_cache(site: Site, officer: Acting, phones: Callable[..., Phone]) -> None:
    phone = phones()
    link = link_to(officer, site)
    for path in (link, "/t", "/t/", "/cy/t/", "/t/exit"):
        head = phone.context.request.get(f"{site.url}{path}", max_redirects=0).headers
        assert head["cache-control"] == "no-store", path
        assert head["referrer-policy"] == "no-referrer", path
        assert "etag" not in head
    phone.opens(link)
    phone.goes_on()
    assert phone.page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    assert phone.page.evaluate("caches.keys().then(all => all.length)") == 0
    (cookie,) = phone.context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["expires"], cookie["sameSite"]) == ("t", True, -1, "Lax")


def test_attack_back_button_after_exit(site: Site, officer: Acting, phones: Callable[..., Phone]) -> None:
    phone = phones()
    phone.opens()
    phone.types_code(code_of(officer, site))
    phone.answers()
    phone.answers()
    phone.page.locator("#x").focus()
    phone.page.keyboard.press("Enter")
    phone.page.wait_for_url(f"{site.url}/help")
    assert phone.context.cookies() == []
    for _ in range(6):
        phone.page.go_back()
        if phone.page.url.endswith("/t/"):
            assert phone.page.title() == "Enter your code"
            assert phone.question() == ""


def test_shift_three_times_leaves_at_once_and_letters_do_not(
    site: Site, officer: Acting, phones: Callable[..., Phone]
) -> None:
    phone = phones()
    phone.opens()
    phone.types_code(code_of(officer, site))
    for key in ("Shift", "Shift", "a", "Shift"):
        phone.page.keyboard.press(key)
    assert phone.page.url == f"{site.url}/t/"
    for _ in range(3):
        phone.page.keyboard.press("Shift")
    phone.page.wait_for_url(f"{site.url}/help")


def test_attack_history_entry(site: Site, officer: Acting, phones: Callable[..., Phone]) -> None:
    link = link_to(officer, site)
    phone = phones()
    phone.opens(link)
    phone.goes_on()
    while phone.question():
        phone.answers()
    phone.goes_on("button[name=send]")
    # Every address that the browser stood at, however it came there: the link's own secret is none of them.
    session = phone.context.new_cdp_session(phone.page)
    kept = session.send("Page.getNavigationHistory")["entries"]
    addresses = {one["url"].removeprefix(site.url) for one in kept} - {"about:blank"}
    assert addresses <= {"/t/", "/cy/t/"}
    assert not any(BETRAYS.search(one["title"]) for one in kept)


def test_attack_screen_reader_title(site: Site, officer: Acting, phones: Callable[..., Phone]) -> None:
    """What is asked of a view and in the log in both languages, and of the survey in English, is looked at elsewhere."""
    phone = phones()
    for language in ("", "/cy"):
        phone.opens(f"{language}/t/")
        assert not BETRAYS.search(phone.page.inner_text("body"))
    phone.types_code(code_of(officer, site, Purpose.SURVEY))
    while phone.question():
        phone.answers()
    phone.goes_on("button[name=send]")
    assert phone.betrays() == []


def test_attack_two_tabs(site: Site, officer: Acting, phones: Callable[..., Phone]) -> None:
    phone = phones()
    phone.opens()
    phone.types_code(code_of(officer, site))
    phone.answers()
    other = Phone.__new__(Phone)
    other.context, other.url, other.asked, other.titles = phone.context, phone.url, [], []
    other.page = phone.context.new_page()
    other.opens()
    assert other.question() == phone.question() == "safe_now"
    other.answers()
    # What the first tab still shows is answered where it stands, and nothing is lost or shown.
    phone.chooses("yes")
    phone.goes_on()
    assert phone.question() == "contact"
    while phone.question():
        phone.answers()
    phone.goes_on("button[name=send]")
    other.page.locator("input[name=said]").first.check()
    other.goes_on()
    assert other.page.title() == "Enter your code"
    assert Answers.objects.for_system("a test").count() == 1


def test_attack_expired_code(site: Site, officer: Acting, phones: Callable[..., Phone]) -> None:
    code = code_of(officer, site)
    with time_machine.travel(clock.now() + timedelta(hours=1, minutes=1), tick=True):
        phone = phones()
        phone.opens()
        phone.types_code(code)
        expired = phone.page.inner_text("main")
    wrong = phones()
    wrong.opens()
    wrong.types_code("ACDE FHJK MNPR")
    assert expired == wrong.page.inner_text("main")
    assert "01632 960000" in expired


def test_attack_a_perpetrators_questions_of_the_page(site: Site, officer: Acting, phones: Callable[..., Phone]) -> None:
    """Whoever takes the telephone over while the page is open learns that there are questions, and nothing that was answered."""
    phone = phones()
    phone.opens()
    phone.types_code(code_of(officer, site))
    while phone.question():
        phone.answers(feel="less_safe", contact="yes", order="change")
    phone.page.reload()
    shown = phone.page.content()
    assert WORDS not in shown
    assert "Less safe" not in shown
    assert "It should be changed" not in shown
    for question in ("contact", "words"):
        phone.goes_on(f"button[name=again][value={question}]")
        assert phone.question() == question
        assert phone.page.locator("input:checked").count() == 0
        assert WORDS not in phone.page.content()
        assert site.victim not in phone.page.content()
        phone.answers()
    for path in (f"/victims/{site.victim}", "/people", f"/victims/{site.victim}/asking"):
        assert phone.context.request.get(f"{site.url}{path}", max_redirects=0).status == 302


def test_attack_an_overheard_code(site: Site, officer: Acting, phones: Callable[..., Phone]) -> None:
    """Whoever heard it and was first shuts her out: she rings, and what he answered counts for nothing."""
    code = code_of(officer, site)
    his, hers = phones(), phones()
    his.opens()
    his.types_code(code)
    while his.question():
        his.answers(feel="safer")
    his.goes_on("button[name=send]")
    hers.opens()
    hers.types_code(code)
    assert "That does not open anything" in hers.page.inner_text("main")
    distrust(by=officer, victim=site.victim, number=Invitation.objects.for_system("a test").order_by("-pk")[0].pk)
    again = phones()
    again.opens()
    again.types_code(code_of(officer, site))
    assert again.question() == "before"
    assert Sitting.objects.for_system("a test").count() == 1


def test_what_she_notes_on_the_page_is_looked_into(site: Site, officer: Acting, phones: Callable[..., Phone]) -> None:
    phone = phones()
    phone.opens("/cy/t/")
    phone.types_code(code_of(officer, site, Purpose.LOG))
    while phone.question():
        phone.answers()
    phone.goes_on("button[name=send]")
    assert phone.betrays() == []
    entry = LogEntry.objects.for_system("a test").get()
    assert (entry.words, entry.for_ledger, entry.language) == (WORDS, True, "cy")


def changes_language(phone: Phone, to: str) -> None:
    """By whatever the page offers: a link, or a button where something may stand in a field."""
    with phone.page.expect_navigation():
        phone.page.locator(f"nav [lang={to}]").click()
    assert phone.page.locator("html").get_attribute("lang") == to
    phone.titles.append(phone.page.title())


@pytest.mark.rule("BIL-02")
@pytest.mark.parametrize(
    "said",
    [
        pytest.param({}, id="script"),
        pytest.param({"java_script_enabled": False}, id="no-script", marks=pytest.mark.deep),
    ],
)
def test_a_change_of_language_keeps_what_she_typed_and_an_old_form_shows_nobody_anything(
    site: Site, officer: Acting, phones: Callable[..., Phone], said: dict[str, Any]
) -> None:
    phone = phones(**said)
    phone.opens()
    phone.types_code(code_of(officer, site, Purpose.LOG))
    while phone.question() != "when":
        phone.answers()
    for name, typed in (("day", "31"), ("month", "2"), ("year", "2026"), ("time", "14:30")):
        phone.page.locator(f"[name={name}]").fill(typed)
    changes_language(phone, "cy")
    # A day that is none is put right, not typed anew; Enter answers, whatever stands first on the page.
    phone.page.keyboard.press("Tab")
    phone.page.locator("[name=day]").focus()
    with phone.page.expect_navigation():
        phone.page.keyboard.press("Enter")
    assert phone.question() == "when"
    assert [phone.page.locator(f"[name={name}]").input_value() for name in ("day", "time")] == ["31", "14:30"]
    assert said or not phone.looks()
    phone.page.locator("[name=day]").fill("27")
    phone.goes_on()
    assert phone.question() == "how"
    phone.chooses("call")
    changes_language(phone, "en")
    assert phone.page.locator("input[value=call]").is_checked()
    while phone.question() != "words":
        phone.answers()
    phone.page.locator("#said").fill(WORDS)
    changes_language(phone, "cy")
    # She was told in English who may read it, so she is told in Welsh, and what she wrote goes with her.
    assert phone.question() == "readers"
    assert WORDS not in phone.page.inner_text("body")
    old = {
        one: str(phone.page.locator(f"main form#f input[name={one}]").get_attribute("value")) for one in ("key", "turn")
    }
    phone.goes_on()
    assert (phone.question(), phone.page.locator("#said").input_value()) == ("words", WORDS)
    assert fits(phone.page)
    phone.goes_on()
    assert phone.question() == "proof"
    # Whoever sends an older form of hers once more, as going back in a browser may, is shown nothing of it.
    form: dict[str, str | float | bool] = {**old, "question": "words", "said": WORDS, "language": "cy"}
    answer = phone.context.request.post(f"{site.url}/cy/t/", form=form)
    assert (answer.status, WORDS in answer.text()) == (200, False)
    while phone.question():
        phone.answers()
    phone.goes_on("button[name=again][value=words]")
    changes_language(phone, "en")
    assert phone.question() == "readers"
    phone.goes_on()
    # Still the question that she wanted to answer anew, and nothing of what she had answered.
    assert (phone.question(), phone.page.locator("#said").input_value()) == ("words", "")
    assert phone.betrays() == []
