"""Every page, in both languages, on a desk and on a phone: nothing refused by the policy, nothing serious for anybody."""

import re
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.access.rights_requests.actions import NewRequest, record_request
from craffu.access.rights_requests.kinds import Kind, Whose
from craffu.common import clock
from craffu.common.keyring import KeyRing
from tests.factories.stories import HOSTILE
from tests.functional.conftest import BEGIN_AXE, Site, axe, shape_of

# Of so many pages at least somebody's words are a part.
SHOWN_AT_LEAST = 40
WIDTHS = {"desk": 1280, "phone": 375, "narrowest": 320}
SERIOUS = ("serious", "critical")
# Only what is wrong, and of that what would be counted: to name the place of everything that is right takes most of the time.
RUN_AXE = f"""async () => {{
  if (!{BEGIN_AXE}) return null;
  {BEGIN_AXE}();
  const counted = rule => rule.enabled && !rule.tags.includes('experimental') && {list(SERIOUS)}.includes(rule.impact);
  const rules = axe._audit.rules.filter(counted).map(rule => rule.id);
  if (rules.length < 40) throw new Error('axe has other rules than it had');
  const run = {{runOnly: {{type: 'rule', values: rules}}, resultTypes: ['violations'], preload: false}};
  return (await axe.run(run)).violations;
}}"""


def visit(page: Page, site: Site, path: str) -> int:
    response = page.goto(site.url + path)
    assert response is not None
    return response.status


def findings(page: Page) -> list[str]:
    violations = page.evaluate(RUN_AXE)
    if violations is None:
        page.evaluate(axe())
        violations = page.evaluate(RUN_AXE)
    return [
        f"{found['impact']} {found['id']}: {found['nodes'][0]['html'][:160]}"
        for found in violations
        if found["impact"] in SERIOUS
    ]


# A reference, wherever words show it, that ends on another line than it begins.
BROKEN_REFERENCES = """(() => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const broken = [];
  while (words.nextNode()) {
    for (const found of words.currentNode.data.matchAll(/\\b[A-Z]{1,3}-[0-9]+\\b/g)) {
      const range = document.createRange();
      range.setStart(words.currentNode, found.index);
      range.setEnd(words.currentNode, found.index + found[0].length);
      if (new Set([...range.getClientRects()].map(box => box.top)).size > 1) broken.push(found[0]);
    }
  }
  return broken;
})()"""
# Asked at once: each question of the browser takes its time.
LOOKED_AT = f"""() => ({{
  ran: Boolean(window.__ran),
  title: document.title,
  refused: window.__refused,
  language: document.documentElement.getAttribute('lang'),
  headings: document.querySelectorAll('h1').length,
  broken: {BROKEN_REFERENCES},
  wide: document.documentElement.scrollWidth > window.innerWidth,
}})"""


def in_welsh(path: str) -> str:
    return f"/cy{path}"


class Looking:
    """Somebody's browser that goes from page to page and writes down what is wrong."""

    def __init__(self, right: str, page: Page, site: Site) -> None:
        self.right, self.page, self.site = right, page, site
        self.faults: list[str] = []
        page.on("console", lambda line: self._told(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: self._told(str(error)))

    def _told(self, line: str) -> None:
        # The browser itself reports an error page's status as a console error.
        self.faults += [] if "status of 40" in line else [f"{self.right}: {line}"]

    def at(self, width: str) -> None:
        self.page.set_viewport_size({"width": WIDTHS[width], "height": 900})

    def open(self, path: str, language: str) -> None:
        status = visit(self.page, self.site, in_welsh(path) if language == "cy" else path)
        expected = (
            404 if path.endswith("P-99999") else 403 if self.right == "response_officer" and "cases" in path else 200
        )
        self.look(path, language, {f"answered {status}": status == expected})

    def look(self, path: str, language: str, checks: dict[str, bool]) -> None:
        seen = self.page.evaluate(LOOKED_AT)
        named = f"{seen['title']} {self.page.url}".lower()
        checks |= {
            "ran hostile text": seen["ran"] is False,
            f"policy refused {seen['refused']}": seen["refused"] == [],
            "wrong language": seen["language"] == language,
            "not one H1": seen["headings"] == 1,
            f"lines end within {seen['broken']}": seen["broken"] == [],
            "scrolls sideways": seen["wide"] is False,
            "a name in its title or address": not any(word in named for word in ("example", "breichiog")),
        }
        self.faults += [f"{self.right} {language} {path}: {what}" for what, holds in checks.items() if not holds]

    def look_into(self, path: str) -> None:
        self.faults += [f"{self.right} {path}: {found}" for found in findings(self.page)]


def each_once(half: int, site: Site, open_as: Callable[..., Page]) -> list[str]:
    """The faults of the pages that half of the roles open.

    Each page is opened on a phone in Welsh, whose words are the longer, and made as wide as a desk. What is slow to look for is
    looked for once on each page, by turns on a phone and on a desk. What another role or another record shows once more is opened
    in the deep run, and by each role without a browser.
    """
    faults: list[str] = []
    roles = list(site.paths().items())
    # What roles of the first half open is looked at there.
    opened = {shape_of(path) for _, paths in roles[::2] for path in paths} if half else set[str]()
    for right, paths in roles[half::2]:
        looking = Looking(right, open_as(right), site)
        new = list({shape_of(path): path for path in reversed(paths) if shape_of(path) not in opened}.values())
        for number, path in enumerate(new):
            looking.at("phone")
            looking.open(path, "cy")
            if number % 2:
                looking.look_into(path)
            looking.at("desk")
            looking.look(path, "cy", {})
            if not number % 2:
                looking.look_into(path)
        opened |= set(map(shape_of, new))
        faults += looking.faults
    assert len(opened) > 100
    return faults


def all_pages(width: str, language: str, site: Site, open_as: Callable[..., Page]) -> list[str]:
    faults: list[str] = []
    looked_into: set[str] = set()
    for right, paths in site.paths().items():
        looking = Looking(right, open_as(right, width=WIDTHS[width]), site)
        for path in paths:
            looking.open(path, language)
            # The same page opened by another role is looked into once.
            if shape_of(path) not in looked_into:
                looked_into.add(shape_of(path))
                looking.look_into(path)
        faults += looking.faults
    return faults


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize(
    "faults_of",
    [
        pytest.param(partial(each_once, 0), id="every other role"),
        pytest.param(partial(each_once, 1), id="the others"),
        *(
            pytest.param(partial(all_pages, width, language), id=f"{width} {language}", marks=pytest.mark.deep)
            for width in ("desk", "phone")
            for language in ("en", "cy")
        ),
    ],
)
def test_T19_every_page_keeps_the_policy_and_has_no_serious_finding(
    faults_of: Callable[..., list[str]], site: Site, open_as: Callable[..., Page], browser_user: Callable[[str], User]
) -> None:
    """Each once; all of them in all four ways in the deep run. T20 beside it: nobody is named in a title or an address."""
    asked = NewRequest(Kind.ACCESS, Whose.VICTIM, site.people[0], "All of it", clock.now().date(), "0" * 32)
    record_request(by=acting_user(browser_user("auditor")), asked=asked)
    faults = faults_of(site, open_as)
    assert not faults, "\n".join(faults)


# A value in words, and no day, number or list of values that a page reads.
PROSE = re.compile(r"[^\W\d]\S* .*", re.DOTALL)
RAN = """() => ({
  ran: Boolean(window.__ran), refused: window.__refused, shown: document.body.textContent.includes('window.__ran'),
})"""


@pytest.fixture
def hostile_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that anybody wrote in words, whatever it is about, ends with what a careless page would run."""
    plainly = KeyRing.decrypt

    def decrypt(self: KeyRing, stored: str, context: str) -> str:
        said = plainly(self, stored, context)
        return " ".join((said, *HOSTILE)) if PROSE.fullmatch(said) else said

    monkeypatch.setattr(KeyRing, "decrypt", decrypt)


@pytest.mark.deep
@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "cy"])
def test_T19_hostile_words_in_every_free_field_are_run_on_no_page(
    language: str, site: Site, open_as: Callable[..., Page], hostile_words: None
) -> None:
    faults: list[str] = []
    opened: set[str] = set()
    shown: set[str] = set()
    for right, paths in site.paths().items():
        page = open_as(right)
        for path in paths:
            if shape_of(path) in opened:
                continue
            opened.add(shape_of(path))
            status = visit(page, site, in_welsh(path) if language == "cy" else path)
            seen = page.evaluate(RAN)
            shown |= {shape_of(path)} if seen["shown"] else set()
            if seen["ran"] or seen["refused"] or status >= 500:
                faults.append(f"{right} {path}: answered {status}, ran {seen['ran']}, refused {seen['refused']}")
    assert not faults, "\n".join(faults)
    assert len(shown) > SHOWN_AT_LEAST, "nothing hostile was there to run"


@pytest.mark.rule("SEC-02")
def test_T19_a_restricted_case_has_a_stub_and_a_page_of_its_readers(
    site: Site, open_as: Callable[..., Page], browser_user: Callable[[str], User]
) -> None:
    case = site.cases[0]
    supervisor = acting_user(browser_user("supervisor"))
    restrict(by=supervisor, kind="case", reference=case, reason="a test")
    for right, path, status, words in (
        ("investigator", f"/cases/{case}", 403, f"{case} exists and is restricted."),
        ("supervisor", f"/cases/{case}/readers", 200, "Everybody else is told only that the case exists"),
    ):
        for width in ("desk", "phone"):
            page = open_as(right, width=WIDTHS[width])
            for address in (path, in_welsh(path)):
                assert visit(page, site, address) == status
                assert findings(page) == []
                assert not page.evaluate("window.__refused")
                assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
                assert address != path or words in page.locator("main").inner_text()


@pytest.mark.slow
@pytest.mark.rule("SEC-03")
@pytest.mark.parametrize("width", [pytest.param("desk", marks=pytest.mark.deep), "phone"])
def test_T7_an_emergency_from_the_door_to_the_review_by_keyboard_and_without_scripts(
    width: str, site: Site, open_as: Callable[..., Page], browser_user: Callable[[str], User]
) -> None:
    case, person = site.cases[0], site.people[0]
    restrict(by=acting_user(browser_user("supervisor")), kind="case", reference=case, reason="a test")
    page = open_as("response_officer", width=WIDTHS[width], scripts=False)

    def seen(words: str) -> None:
        expect(page.locator("main")).to_contain_text(words)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    visit(page, site, f"/people/{person}")
    # Whoever signed in a moment ago is not asked again who they are: T17 tries that.
    page.get_by_role("link", name="In an emergency").press("Enter")
    seen("You will see it for 60 minutes.")
    page.get_by_role("button", name="Open it now").press("Enter")
    seen("Choose why it cannot wait")
    page.check("input[value=threat_to_life]")
    page.fill("[name=reason_text]", "She reports him at the door now")
    page.get_by_role("button", name="Open it now").press("Enter")
    seen(f"Case {case}")
    reviewer = open_as("coordinator", width=WIDTHS[width])
    for reader, path in (
        (page, f"/cases/{case}"), (page, f"/people/{person}"),
        (reviewer, "/restricted/reviews"), (reviewer, "/restricted/reviews/E-10001"), (reviewer, "/"),
    ):  # fmt: skip
        for address in (path, in_welsh(path)):
            assert visit(reader, site, address) == 200
            assert reader.locator(".craffu-emergency").count() == (reader is page)
            assert reader.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            assert reader is page or (findings(reader), reader.evaluate("window.__refused")) == ([], [])
    visit(page, site, f"/cases/{case}")
    page.get_by_role("button", name="Leave now").press("Enter")
    page.wait_for_url(f"{site.url}/")
    assert visit(page, site, f"/cases/{case}") == 403
    visit(reviewer, site, "/restricted/reviews/E-10001")
    reviewer.check("input[value=proper]")
    reviewer.fill("[name=words]", "Control confirms the call")
    reviewer.get_by_role("button", name="Save the review").press("Enter")
    expect(reviewer.locator("main")).to_contain_text("Proper")
    expect(reviewer.locator("main")).not_to_contain_text("Control")


@pytest.mark.slow
def test_every_page_works_without_scripts_and_on_the_narrowest_screen(site: Site, open_as: Callable[..., Page]) -> None:
    page = open_as("investigator", width=WIDTHS["narrowest"], scripts=False)
    for path in site.paths()["investigator"]:
        visit(page, site, path)
        assert page.locator("h1").is_visible()
    page.goto(f"{site.url}/people/{site.people[0]}")
    assert "Not to contact" in page.locator("main").inner_text()


@pytest.mark.postgres_smoke
def test_one_bail_story_reads_as_one_story(site: Site, open_as: Callable[..., Page]) -> None:
    page = open_as("investigator")
    visit(page, site, f"/people/{site.people[0]}")
    text = page.locator("main").inner_text()
    steps = [
        "Remanded on bail until 26/04/2025",
        "Breach denied, adjourned",
        "Breach found proved, re-admitted to bail",
    ]
    places = [text.find(step) for step in steps]
    assert -1 not in places
    assert places == sorted(places) or places == sorted(places, reverse=True)
    assert "Not to enter Heol y Bont" in text


def test_somebody_signs_in_and_reaches_a_person_by_keyboard_alone(site: Site, open_as: Callable[..., Page]) -> None:
    page = open_as("investigator", is_typed=True)
    visit(page, site, "/people")
    page.keyboard.press("Tab")
    assert "skip" in str(page.evaluate("document.activeElement.className"))
    for _ in range(80):
        page.keyboard.press("Tab")
        href = page.evaluate("document.activeElement.getAttribute('href')") or ""
        if urlsplit(href).path == f"/people/{site.people[0]}":
            break
    else:
        pytest.fail("no link to the person was reached by Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}/people/{site.people[0]}")


def test_the_language_toggle_keeps_the_page(site: Site, open_as: Callable[..., Page]) -> None:
    page = open_as("investigator")
    visit(page, site, f"/people/{site.people[0]}")
    page.get_by_role("link", name="Cymraeg").click()
    page.wait_for_url(f"{site.url}/cy/people/{site.people[0]}")
    page.get_by_role("link", name="English").click()
    page.wait_for_url(f"{site.url}/people/{site.people[0]}")


def test_a_task_s_status_stands_on_one_line_beside_it_and_under_it_on_a_phone(
    site: Site, open_as: Callable[..., Page]
) -> None:
    for width in ("desk", "phone"):
        page = open_as("investigator", width=WIDTHS[width])
        visit(page, site, "/cy/")
        task = page.locator(".govuk-task-list__item", has=page.locator(".govuk-tag")).first
        name = task.locator(".govuk-task-list__name-and-hint").bounding_box()
        status = task.locator(".govuk-tag").bounding_box()
        assert name is not None
        assert status is not None
        is_beside = status["x"] >= name["x"] + name["width"]
        is_under = status["y"] >= name["y"] + name["height"] - 5  # a tag's own padding reaches over its line
        assert (is_beside, is_under) == (width == "desk", width == "phone")
        assert status["height"] < 40, "one line"


def test_a_wrong_password_says_so_without_saying_which_part(site: Site, open_as: Callable[..., Page]) -> None:
    page = open_as("")
    visit(page, site, "/sign-in")
    page.fill("[name=username]", "nobody")
    page.fill("[name=password]", "wrong")
    page.press("[name=password]", "Enter")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_visible()
    assert findings(page) == []
