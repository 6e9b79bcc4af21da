"""At a door, on a phone: one tap from a search to the terms, and a possible breach reported in two minutes (P07, P08)."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connections
from django.template import engines
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page, expect

from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.breaches.models import Breach
from craffu.common import clock
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from craffu.people.queries import people_of_records
from tests.factories.orders import EIGHT, order_of, scanned
from tests.functional.conftest import Site
from tests.functional.test_victim import PHONE, Officer
from tests.functional.test_visit_offline import LEFT_HERE, holding

# As a phone has it at the edge of a village: 400 kilobits a second, and 400 milliseconds to an answer.
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
IN_TIME = 120
SAID = {
    "": {
        "breach": "Is this a breach?", "necessity": "You decide necessity. This page does not tell you to arrest.",
        "served": "PC 44 Rees", "checked": "Check your answers", "by": "within 4 hours",
        "contact": "Safeguarding contact is to be made", "closer": "Heightened follow-up of",
    },
    "/cy": {
        "breach": "A yw hyn yn torri amod?", "necessity": "Chi sy’n penderfynu ar angenrheidrwydd.", "served": "PC 44 Rees",
        "checked": "Gwiriwch eich atebion", "by": "o fewn 4 awr", "contact": "Mae angen gwneud cyswllt diogelu",
        "closer": "Mae gwaith dilynol dwysach",
    },
}  # fmt: skip


@pytest.fixture
def bound(site: Site, browser_user: Callable[[str], User]) -> str:
    """Somebody against whom three orders of eight conditions stand, one of them served; the site's own order is a fourth."""
    team, now = acting_user(browser_user("orders_team")), clock.now()
    at = now - timedelta(hours=5)
    order = order_of(team, site.cases[-1], at, terms=EIGHT)
    served = Given(
        served_at=now - timedelta(hours=4), place="court", method="personal", server="PC 44 Rees", proof="Statement"
    )
    move_order(by=team, order=scanned(team, order).reference, move="serve", given=served)
    for kind in ("ISPO", "DAPO"):
        order_of(team, site.cases[-1], at, kind, terms=EIGHT)
    return str(people_of_records(team, [order.respondent_id])[order.respondent_id].reference)


def fetched_all(page: Page) -> None:
    """A slow browser may ask for nothing for a while before it begins the last of the scripts."""
    expect(page.locator(".craffu-session[data-looking]")).to_have_count(1)
    page.wait_for_load_state("networkidle")


def asked_for(page: Page, does: Callable[[], object]) -> list[str]:
    """The paths that a browser asks for while something is done."""
    found: list[str] = []

    def note(request: object) -> None:
        found.append(urlsplit(request.url).path)  # type: ignore[attr-defined]

    page.on("request", note)
    does()
    fetched_all(page)
    page.remove_listener("request", note)
    return found


@contextmanager
def as_installed() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The site as an installation serves it: its address, and what reaches it, with what browsers are told of keeping that.

    Static files bear the digest of what they hold and are sent as they were collected; other tests’ server looks for them.
    """
    reached: list[tuple[str, str]] = []

    def noting(app: Any) -> Any:
        def noted(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
            def begun(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
                reached.append((environ["PATH_INFO"], dict(headers).get("Cache-Control", "")))
                return start(status, headers, *rest)

            return app(environ, begun)

        return noted

    named = {**settings.STORAGES, "staticfiles": {"BACKEND": "craffu.web.storage.AssetStorage"}}
    of_memory = {one.alias: one for one in connections.all() if one.vendor == "sqlite" and one.is_in_memory_db()}
    with override_settings(STORAGES=named, WHITENOISE_USE_FINDERS=False, WHITENOISE_AUTOREFRESH=False):
        server = LiveServerThread("localhost", noting, connections_override=of_memory)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        assert server.error is None, server.error
        # What of a page was kept before names the files otherwise.
        kept = engines["jinja2"].env.kept  # type: ignore[attr-defined]
        kept.clear()
        try:
            yield f"http://localhost:{server.port}", reached
        finally:
            server.terminate()
            kept.clear()


def reported() -> list[Breach]:
    return list(Breach.objects.for_system("a test").filter(found_by="report").order_by("id"))


@pytest.mark.slow
@pytest.mark.rule("BRC-05")
@pytest.mark.rule("BRC-06")
@pytest.mark.parametrize("language", ["", pytest.param("/cy", marks=pytest.mark.deep)], ids=["English", "Welsh"])
def test_a_possible_breach_is_read_up_and_reported_by_keyboard_on_a_slow_phone_in_time(
    language: str, site: Site, bound: str, open_as: Callable[..., Page]
) -> None:
    said, page, before = SAID[language], open_as("response_officer", width=PHONE), len(reported())
    officer = Officer(page, f"{site.url}{language}")
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    began = time.monotonic()
    officer.opens("/search")
    officer.types("words", bound)
    warm = asked_for(page, officer.goes_on)
    way = page.get_by_role("link", name=said["breach"]).first
    way.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(f"/people/{bound}/now"), "one tap from the hit"
    reads = officer.looks()
    assert said["necessity"] in reads
    assert said["served"] in reads
    assert page.locator("main blockquote").count() == 26, "three orders of eight conditions, and one of two"
    # Whatever is tapped is at least 44 pixels high.
    small = "all => all.map(one => one.getBoundingClientRect().height).filter(height => height < 44)"
    assert page.locator(".craffu-now .govuk-button, .craffu-now__link").evaluate_all(small) == []
    again = asked_for(page, page.reload)
    assert [one for one in again if not one.startswith("/assets/")] == [f"{language}/people/{bound}/now"]
    assert {one for one in again if one.startswith("/assets/")} <= set(warm), "nothing that other pages did not bring"
    page.locator(".craffu-now > .govuk-button").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    officer.looks()
    officer.goes_on()
    page.locator("[name=conditions]").first.focus()
    page.keyboard.press("Space")
    officer.chooses("when", "just_now")
    officer.chooses("known", "seen")
    officer.chooses("through", "directly")
    officer.chooses("risk", "nobody")
    # Nothing is lost where something is missing.
    officer.goes_on()
    assert page.locator(".govuk-error-summary").count() == 1
    assert page.locator("[name=known][value=seen]").is_checked()
    officer.types("words", "He stood at the gate and shouted her name")
    assert said["checked"] in officer.goes_on()
    page.locator("button[value=send]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    reads = officer.looks()
    assert time.monotonic() - began < IN_TIME
    for wanted in ("by", "contact", "closer"):
        assert said[wanted] in reads, reads
    assert len(reported()) == before + 1
    breach = reported()[-1]
    assert (breach.known_how, breach.at_risk_now, breach.through_others) == ("seen", False, False)
    assert not officer.faults, "\n".join(officer.faults)


@pytest.mark.slow
@pytest.mark.postgres_in_deep
def test_P07_once_its_files_are_kept_the_page_is_one_request(
    site: Site, bound: str, open_as: Callable[..., Page]
) -> None:
    page, at = open_as("response_officer", width=PHONE), f"/people/{bound}/now"
    with as_installed() as (url, reached):

        def visit(path: str) -> list[tuple[str, str]]:
            reached.clear()
            page.goto(f"{url}{path}")
            fetched_all(page)
            return list(reached)

        cold = dict(visit(at))
        kept = {path: told for path, told in cold.items() if path.startswith("/assets/")}
        assert {path.rpartition(".")[2] for path in kept} >= {"css", "js"}
        assert all("immutable" in told for told in kept.values()), kept
        assert "no-store" in cold[at], "who is protected is never left on a phone"
        visit("/search")
        assert [path for path, _told in visit(at)] == [at]
        # Nothing is missing of what came from the cache.
        assert page.locator("main blockquote").count() == 26
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.craffu-now .govuk-button')).color")
            == "rgb(255, 255, 255)"
        )


@pytest.mark.slow
@pytest.mark.rule("BRC-06")
def test_it_is_reported_without_scripts_and_an_answer_is_changed_on_the_way(
    site: Site, bound: str, open_as: Callable[..., Page]
) -> None:
    page, before = open_as("response_officer", width=PHONE, scripts=False), len(reported())
    page.goto(f"{site.url}/people/{bound}/now")
    page.locator(".craffu-now > .govuk-button").first.click()
    page.locator("button[value=not_sure]").click()
    page.locator("[name=words]").fill("A neighbour heard him")
    page.locator("[name=known][value=witness_says]").check()
    page.locator("button[value=check]").click()
    page.locator("button[value=change]").nth(1).click()
    assert page.url.endswith("/breaches/new#id_known")
    assert page.locator("[name=words]").input_value() == "A neighbour heard him"
    page.locator("[name=known][value=not_sure]").check()
    page.locator("button[value=choose]").click()
    page.locator("button[name=order]").first.click()
    assert page.locator("[name=known][value=not_sure]").is_checked()
    page.locator("button[value=check]").click()
    page.locator("button[value=send]").click()
    assert urlsplit(page.url).path.endswith("/reported")
    assert len(reported()) == before + 1
    assert reported()[-1].known_how == ""


def on_the_phone(page: Page, site: Site, bound: str) -> None:
    """The form of a report, opened where there is signal, with an answer to each question that is asked."""
    page.goto(f"{site.url}/people/{bound}/breaches/new")
    page.locator("button[name=order]").first.click()
    holding(page)
    answer_each(page, "He stood at the gate where nobody has signal")


def answer_each(page: Page, words: str) -> None:
    page.locator("[name=conditions]").first.check()
    page.locator("[name=when][value=just_now]").check()
    page.locator("[name=known][value=seen]").check()
    page.locator("[name=words]").fill(words)


def goes_to_check(page: Page) -> None:
    """To the second page of a report, once it is held there too."""
    page.locator("button[value=check]").click()
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    holding(page)


@pytest.mark.slow
@pytest.mark.rule("BRC-06")
def test_what_is_reported_without_signal_is_kept_encrypted_and_reported_once_as_of_when_it_was_said(
    site: Site, bound: str, open_as: Callable[..., Page]
) -> None:
    page, before, said_at = open_as("response_officer", width=PHONE), len(reported()), clock.now()
    on_the_phone(page, site, bound)
    notice = page.locator(".craffu-held")
    page.context.set_offline(True)
    # As a device that lies two hours in a pocket: what was just now then was two hours ago when it is sent.
    page.evaluate("const now = Date.now; window.as_it_was = now; Date.now = () => now() - 2 * 3_600_000")
    page.locator("button[value=check]").click()
    expect(notice).to_contain_text("nobody has this report yet")
    page.evaluate("Date.now = window.as_it_was")
    assert page.locator("[name=words]").input_value() == ""
    left = page.evaluate(LEFT_HERE)
    assert left["rows"] == 1
    assert [word for word in ("gate", bound, "O-1", "people") if word in left["text"]] == []
    assert len(reported()) == before
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(notice).to_contain_text("sent and recorded")
    [breach] = reported()[before:]
    assert abs((said_at - breach.happened_from) - timedelta(hours=2)) < timedelta(minutes=2)
    assert breach.known_how == "seen"
    assert page.evaluate(LEFT_HERE)["rows"] == 0
    # The next one on the same page is another.
    answer_each(page, "And again")
    goes_to_check(page)
    page.locator("button[value=send]").click()
    page.wait_for_url("**/reported")
    assert len(reported()) == before + 2
    assert page.evaluate(LEFT_HERE)["rows"] == 0


@pytest.mark.slow
@pytest.mark.rule("BRC-06")
def test_signal_that_goes_on_the_second_page_loses_nothing_and_nothing_is_reported_twice(
    site: Site, bound: str, open_as: Callable[..., Page]
) -> None:
    page, before = open_as("response_officer", width=PHONE), len(reported())
    on_the_phone(page, site, bound)
    goes_to_check(page)
    # It arrives, and its answer does not.
    page.context.route(
        "**/breaches/new", lambda way: (way.fetch(), way.abort()) if way.request.method == "POST" else way.continue_()
    )
    page.locator("button[value=send]").click()
    expect(page.locator(".craffu-held")).to_contain_text("nobody has this report yet")
    expect(page.locator("form[data-held]")).to_be_hidden()
    assert len(reported()) == before + 1
    page.context.unroute("**/breaches/new")
    page.goto(f"{site.url}/")
    expect(page.locator(".craffu-held")).to_contain_text("sent and recorded")
    assert len(reported()) == before + 1
    assert page.evaluate(LEFT_HERE)["rows"] == 0


@pytest.mark.slow
def test_a_report_that_is_not_whole_comes_back_to_its_own_order_and_what_was_now_is_asked_again(
    site: Site, bound: str, open_as: Callable[..., Page]
) -> None:
    page, before = open_as("response_officer", width=PHONE), len(reported())
    on_the_phone(page, site, bound)
    page.locator("[name=words]").fill("")
    page.context.set_offline(True)
    page.locator("button[value=check]").click()
    expect(page.locator(".craffu-held")).to_contain_text("nobody has this report yet")
    page.context.set_offline(False)
    page.goto(f"{site.url}/")
    expect(page.locator(".craffu-held")).to_contain_text("could not be recorded")
    with page.expect_navigation():
        page.locator(".craffu-held a").click()
    expect(page.locator("[name=known][value=seen]")).to_be_checked()
    expect(page.locator("[name=conditions]").first).to_be_checked()
    expect(page.locator("[name=when][value=just_now]")).not_to_be_checked()
    page.locator("[name=when][value=on_a_day]").check()
    page.locator("[name=words]").fill("At the gate, this morning")
    goes_to_check(page)
    page.locator("button[value=send]").click()
    page.wait_for_url("**/reported")
    assert len(reported()) == before + 1
    assert page.evaluate(LEFT_HERE)["rows"] == 0
