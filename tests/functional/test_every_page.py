"""Every page, in both languages, on a desk and on a phone: nothing refused by the policy, nothing serious for anybody."""

import re
from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.access.rights_requests.actions import NewRequest, record_request
from craffu.access.rights_requests.kinds import Kind, Whose
from craffu.common import clock
from tests.functional.conftest import AXE, Site

WIDTHS = {"desk": 1280, "phone": 375, "narrowest": 320}
SERIOUS = ("serious", "critical")
# Only what is wrong: to name the place of everything that is right takes most of the time.
RUN_AXE = "async () => (await axe.run({resultTypes: ['violations'], preload: false})).violations"


def visit(page: Page, site: Site, path: str) -> int:
    response = page.goto(site.url + path)
    assert response is not None
    return response.status


@cache
def axe() -> str:
    return AXE.read_text(encoding="utf-8")


def findings(page: Page) -> list[str]:
    page.evaluate(axe())
    violations = page.evaluate(RUN_AXE)
    return [
        f"{found['impact']} {found['id']}: {found['nodes'][0]['html'][:160]}"
        for found in violations
        if found["impact"] in SERIOUS
    ]


def shape_of(path: str) -> str:
    """Which page an address is of, whomever it is about."""
    return re.sub(r"\d+", "0", urlsplit(path).path + "?" * ("?" in path))


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
  refused: window.__refused,
  language: document.documentElement.getAttribute('lang'),
  headings: document.querySelectorAll('h1').length,
  broken: {BROKEN_REFERENCES},
  wide: document.documentElement.scrollWidth > window.innerWidth,
}})"""


def in_welsh(path: str) -> str:
    return f"/cy{path}"


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "language"),
    [
        # Half of the four: at a desk in English, on a phone in Welsh, whose words are the longer.
        ("desk", "en"),
        ("phone", "cy"),
        pytest.param("desk", "cy", marks=pytest.mark.deep),
        pytest.param("phone", "en", marks=pytest.mark.deep),
    ],
)
def test_T19_every_page_keeps_the_policy_and_has_no_serious_finding(
    width: str,
    language: str,
    site: Site,
    open_as: Callable[..., Page],
    browser_user: Callable[[str], User],
    request: pytest.FixtureRequest,
) -> None:
    """Every other page on a desk in English, and every page on a phone in Welsh; all in all four ways in the deep run.

    What is slow to look for is looked for once on each page.
    """
    share = range(2) if request.config.getoption("--deep") else (0 if width == "desk" else 1,)
    asked = NewRequest(Kind.ACCESS, Whose.VICTIM, site.people[0], "All of it", clock.now().date(), "0" * 32)
    record_request(by=acting_user(browser_user("auditor")), asked=asked)
    faults: list[str] = []
    looked_into: set[str] = set()
    for right, paths in site.paths().items():
        page = open_as(right, width=WIDTHS[width])
        problems: list[str] = []
        page.on("console", lambda line, to=problems: to.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error, to=problems: to.append(str(error)))
        for number, path in enumerate(paths if language == "en" else map(in_welsh, paths)):
            if width == "desk" and number % 2 not in share:
                continue
            status = visit(page, site, path)
            expected = (
                404 if path.endswith("P-99999") else 403 if right == "response_officer" and "cases" in path else 200
            )
            seen = page.evaluate(LOOKED_AT)
            checks = {
                f"answered {status}": status == expected,
                "ran hostile text": seen["ran"] is False,
                f"policy refused {seen['refused']}": seen["refused"] == [],
                "wrong language": seen["language"] == language,
                "not one H1": seen["headings"] == 1,
                f"lines end within {seen['broken']}": seen["broken"] == [],
                "scrolls sideways": seen["wide"] is False,
            }
            faults += [f"{right} {path}: {what}" for what, holds in checks.items() if not holds]
            # The same page opened by another role is looked into once.
            if number % 2 in share and shape_of(path) not in looked_into:
                looked_into.add(shape_of(path))
                faults += [f"{right} {path}: {found}" for found in findings(page)]
        # The browser itself reports an error page's status as a console error.
        faults += [f"{right}: {line}" for line in problems if "status of 40" not in line]
    assert not faults, "\n".join(faults)


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
    page = open_as("investigator")
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


def test_T20_no_name_stands_in_a_title_or_an_address(site: Site, open_as: Callable[..., Page]) -> None:
    page = open_as("investigator")
    for path in site.paths()["investigator"]:
        visit(page, site, path)
        for word in ("EXAMPLE", "Breichiog"):
            assert word.lower() not in page.title().lower()
            assert word.lower() not in page.url.lower()


def test_a_wrong_password_says_so_without_saying_which_part(site: Site, open_as: Callable[..., Page]) -> None:
    page = open_as("")
    visit(page, site, "/sign-in")
    page.fill("[name=username]", "nobody")
    page.fill("[name=password]", "wrong")
    page.press("[name=password]", "Enter")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_visible()
    assert findings(page) == []
