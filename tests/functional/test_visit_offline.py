"""A visit without signal: what was logged is kept, encrypted, sent once there is some, and then gone (P16; ADR 47)."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.common import clock
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from craffu.orders.models import CheckMade
from tests.factories.orders import PNG, order_of, scanned
from tests.functional.conftest import Site
from tests.functional.test_victim import PHONE

WORDS = "Nobody opened and the curtains were drawn"
# Everything that the browser's database holds, as text.
LEFT_HERE = """async () => {
  const names = (await indexedDB.databases()).map(({ name }) => name);
  if (!names.includes("craffu-held")) return { rows: 0, text: "" };
  const database = await new Promise((resolve) => {
    const opening = indexedDB.open("craffu-held", 1);
    opening.onsuccess = () => resolve(opening.result);
  });
  const rows = await new Promise((resolve) => {
    const asked = database.transaction("entries").objectStore("entries").getAll();
    asked.onsuccess = () => resolve(asked.result);
  });
  database.close();
  const bytes = rows.map((row) => new TextDecoder("latin1").decode(row.body));
  return { rows: rows.length, text: JSON.stringify(rows.map(({ body, iv, ...row }) => row)) + bytes.join("") };
}"""


@pytest.fixture
def served(site: Site, browser_user: Callable[[str], User]) -> str:
    """The path at which a check of an order in force is logged."""
    team = acting_user(browser_user("orders_team"))
    order = order_of(team, site.cases[-1], clock.now() - timedelta(hours=2))
    given = Given(
        served_at=clock.now() - timedelta(hours=1),
        place="court",
        method="personal",
        server="PC Rees",
        proof="Statement",
    )
    move_order(by=team, order=scanned(team, order).reference, move="serve", given=given)
    return f"/orders/{order.reference}/checks/new?condition=1"


def holding(page: Page) -> None:
    """The script that holds an entry is fetched by another: without signal nobody could fetch it any more."""
    expect(page.locator("form[data-holding]")).to_have_count(1)


def kept_since(page: Page, moment: int) -> None:
    """What was typed is kept a moment after the last key; what was kept before that is less."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        times = [int(found) for found in re.findall(r'"at":(\d+)', page.evaluate(LEFT_HERE)["text"])]
        if times and max(times) >= moment:
            return
        page.wait_for_timeout(100)
    raise AssertionError("what was typed is not kept")


def typed(page: Page, words: str = WORDS) -> None:
    page.locator("[name=outcome][value=attempted]").check()
    page.locator("[name=method]").select_option("visit")
    page.locator("[name=words]").fill(words)


def logs(page: Page) -> None:
    page.locator("form[data-held] button[type=submit], form[data-held] button.govuk-button").last.click()


def made() -> list[Any]:
    return list(CheckMade.objects.for_system("a test").order_by("pk"))


@pytest.mark.slow
@pytest.mark.rule("MON-04")
@pytest.mark.parametrize(
    ("language", "kept"),
    [pytest.param("", "No signal", marks=pytest.mark.deep), ("/cy", "Dim signal")],
    ids=["English", "Welsh"],
)
def test_what_is_logged_without_signal_is_kept_encrypted_sent_once_there_is_and_gone(
    language: str, kept: str, served: str, site: Site, open_as: Callable[..., Page]
) -> None:
    page = open_as("offender_manager", width=PHONE)
    page.goto(f"{site.url}{language}{served}")
    holding(page)
    notice = page.locator(".craffu-held")
    page.context.set_offline(True)
    typed(page)
    page.locator("[name=paper]").set_input_files({"name": "door.png", "mimeType": "image/png", "buffer": PNG})
    logs(page)
    expect(notice).to_contain_text(kept)
    assert page.locator("[name=words]").input_value() == ""
    left = page.evaluate(LEFT_HERE)
    assert left["rows"] == 1
    assert [word for word in ("curtains", "O-1", "door.png", "visit", "offender") if word in left["text"]] == []
    assert made() == []
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(notice).not_to_contain_text(kept)
    (one,) = made()
    assert (one.words, one.paper is not None) == (WORDS, True)
    assert page.evaluate(LEFT_HERE)["rows"] == 0
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.slow
def test_what_was_typed_outlives_the_page_and_the_session_and_is_sent_or_discarded(
    served: str, site: Site, open_as: Callable[..., Page]
) -> None:
    page = open_as("offender_manager", width=PHONE)
    page.goto(f"{site.url}{served}")
    holding(page)
    typed(page)
    kept_since(page, page.evaluate("Date.now()"))
    page.goto(f"{site.url}/")
    page.goto(f"{site.url}{served}")
    expect(page.locator("[data-held-discard]")).to_be_visible()
    assert page.locator("[name=words]").input_value() == WORDS
    page.locator("[data-held-discard] button").click()
    expect(page.locator("[data-held-discard]")).to_be_hidden()
    assert page.locator("[name=words]").input_value() == ""
    assert page.evaluate(LEFT_HERE)["rows"] == 0
    # Kept while nothing could be sent, sent from another page, and once, however often. A browser that is told of its signal
    # sends at once, from the page that is left: here it is told nothing.
    page.context.route("**/*", lambda way: way.abort() if way.request.method == "POST" else way.continue_())
    typed(page)
    logs(page)
    expect(page.locator(".craffu-held")).to_be_visible()
    page.context.unroute("**/*")
    page.goto(f"{site.url}/")
    expect(page.locator(".craffu-held")).to_contain_text("sent and recorded")
    page.goto(f"{site.url}/people")
    assert [one.words for one in made()] == [WORDS]


@pytest.mark.slow
def test_what_the_server_refuses_is_said_beside_its_field_and_is_put_right(
    served: str, site: Site, open_as: Callable[..., Page]
) -> None:
    page = open_as("offender_manager", width=PHONE)
    page.goto(f"{site.url}{served}")
    holding(page)
    page.context.set_offline(True)
    typed(page, words="")
    logs(page)
    expect(page.locator(".craffu-held")).to_be_visible()
    page.context.set_offline(False)
    page.goto(f"{site.url}/")
    expect(page.locator(".craffu-held")).to_contain_text("could not be recorded")
    with page.expect_navigation():
        page.locator(".craffu-held a").click()
    # It is filled in once it has been decrypted.
    expect(page.locator("[name=outcome][value=attempted]")).to_be_checked()
    page.locator("[name=words]").fill(WORDS)
    with page.expect_navigation():
        logs(page)
    assert [one.words for one in made()] == [WORDS]
    assert page.evaluate(LEFT_HERE)["rows"] == 0
