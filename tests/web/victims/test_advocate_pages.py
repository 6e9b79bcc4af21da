"""The advocates a victim named, and an advocate's own three pages: nothing of a case, nothing of a suspect (P17; VIC-10)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.audit.models import Event
from craffu.victims.contacts.actions import promise_contact, record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.happenings.actions import record_happening
from craffu.victims.happenings.facts import NewHappening
from craffu.victims.happenings.kinds import Happening
from craffu.victims.models import Advocate, View
from tests.factories.victims import send_victim
from tests.web.conftest import text_of
from tests.web.test_role_matrix import PAGES, address

pytestmark = pytest.mark.rule("VIC-10")

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NAMED = {
    "name": "Mair Lewis", "organisation": "Cymorth", "username": "mair", "named_on_day": "23", "named_on_month": "11",
    "named_on_year": "2026", "consent_on_day": "23", "consent_on_month": "11", "consent_on_year": "2026",
}  # fmt: skip
OWN = ("advocate_promises", "advocate_updates", "advocate_give_view", "advocate_give_words")


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def reference(system: Acting, tmp_path: Path) -> str:
    return send_victim(system, tmp_path)


@pytest.fixture
def victim(reference: str) -> str:
    return f"/victims/{reference}"


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("victim_officer", username="officer")


@pytest.fixture
def mair(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("advocate", username="mair")


def end(officer: Client, victim: str) -> Any:
    number = Advocate.objects.for_system("a test").order_by("id").last().pk
    return officer.post(f"{victim}/advocate/{number}/end", follow=True)


def told(officer: Client, reference: str) -> None:
    """A promise kept late, one ahead, and a contact in which something was told; words of the case beside them."""
    by = acting_user(officer.user)  # type: ignore[attr-defined]
    promise_contact(by=by, victim=reference, due_at=NOW - HOUR, now=NOW - 2 * HOUR)
    promise_contact(by=by, victim=reference, due_at=NOW + DAY)
    happened = record_happening(
        by=by, victim=reference, case="C-10001",
        given=NewHappening(Happening.BAIL_ENDED, NOW - HOUR, NOW - HOUR, words="kanari of the case"),
    )  # fmt: skip
    given = NewContact(
        "telephone", NOW, told="Bail has ended", response="kanari response", told_of=(f"happening-{happened.pk}",)
    )
    record_contact(by=by, victim=reference, given=given)


def test_an_advocate_is_named_with_consent_and_ended_at_once(victim: str, officer: Client, mair: Client) -> None:
    assert "They have named nobody." in text_of(officer.get(f"{victim}/advocate"))
    assert "Test mair (mair)" in text_of(officer.get(f"{victim}/advocate/new"))
    words = text_of(officer.post(f"{victim}/advocate/new", NAMED, follow=True))
    assert (
        "Mair Lewis Cymorth 23 November 2026 23 November 2026 Speaks for them End it: Mair Lewis mair"
        in words.replace("End it : ", "End it: ")
    )
    words = text_of(mair.get("/promises"))
    assert "Sian Mair Rees They named you. You see what is from 23 November 2026 or later." in words
    assert "Nothing has been promised since then." in words
    assert "They have been told nothing since then." in text_of(mair.get("/updates"))
    words = text_of(end(officer, victim))
    assert "It has ended. The advocate sees nothing more of this victim." in words
    assert "Ended 24 November 2026" in words
    for page in ("/promises", "/updates", "/give-a-view"):
        assert "Nobody whom you speak for can be shown." in text_of(mair.get(page))
        assert "Ni ellir dangos neb yr ydych yn siarad drostynt." in text_of(mair.get(f"/cy{page}"))


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"name": ""}, "Enter the advocate’s name."),
        ({"consent_on_day": "22"}, "They agreed to it on the day they named the advocate, or later."),
        ({"named_on_day": "31"}, "Enter a real date, such as 24 11 2026"),
        ({"named_on_day": "25", "consent_on_day": "25"}, "That day has not come yet."),
    ],
)
def test_what_is_wrong_is_said(victim: str, officer: Client, mair: Client, wrong: dict[str, str], error: str) -> None:
    assert error in text_of(officer.post(f"{victim}/advocate/new", {**NAMED, **wrong}))
    assert Advocate.objects.for_system("a test").count() == 0


def test_an_advocate_sees_promises_and_what_was_told_and_nothing_of_the_case(
    victim: str, reference: str, officer: Client, mair: Client
) -> None:
    officer.post(f"{victim}/advocate/new", NAMED)
    told(officer, reference)
    promises = mair.get("/promises")
    words = text_of(promises)
    assert "They named you. You see what is from 23 November 2026 or later." in words
    assert "25 November 2026, 12:00 Promised Not made" in words
    updates = mair.get("/updates")
    assert "24 November 2026, 12:00 Bail ended Bail has ended" in text_of(updates)
    for page in (promises, updates, mair.get("/give-a-view")):
        body = page.content.decode()
        assert "kanari" not in body
        assert "C-10001" not in body
        assert "/cases" not in body
        assert "/people" not in body
        assert "/victims/" not in body
    assert "Addewidion" in text_of(mair.get("/cy/promises"))
    logged = Event.objects.filter(actor="mair", kind__startswith="advocate_").order_by("id")
    assert [one.kind for one in logged][:2] == ["advocate_promises_viewed", "advocate_updates_viewed"]
    assert all(f"victim/{reference}" in one.payload for one in logged)


def test_an_advocate_opens_no_other_page_that_holds_records(
    victim: str, officer: Client, mair: Client, signed_in_client: Callable[..., Client]
) -> None:
    officer.post(f"{victim}/advocate/new", NAMED)
    for path in (victim, f"{victim}/safety", f"{victim}/views", f"{victim}/contacts", f"{victim}/agreement"):
        assert mair.get(path).status_code == 403, path
    for path in ("/people", "/people/P-10001", "/cases", "/cases/C-10001", "/search", "/victims"):
        assert mair.get(path).status_code == 403, path
    refused = text_of(mair.get("/people"))
    assert "Ask whoever in the force gave you your account." in refused
    assert "Ask your supervisor" not in refused, "nobody in the force is theirs"
    assert "Ask your supervisor." in text_of(signed_in_client("link_clerk", username="clerk").get("/cases"))
    assert mair.get("/").headers["Location"] == "/promises"
    body = mair.get("/promises").content.decode()
    items = re.findall(r'govuk-service-navigation__link" href="([^"]+)"', body)
    assert items == ["/promises", "/updates", "/give-a-view", "/log"]
    for name in OWN:
        assert signed_in_client("victim_officer").get(address(name)).status_code == 403
        assert PAGES[name].roles == frozenset()


def test_another_advocate_sees_nothing_and_where_the_case_is_shut_nobody_does(
    victim: str,
    officer: Client,
    mair: Client,
    signed_in_client: Callable[..., Client],
    acting_as: Callable[..., Acting],
) -> None:
    officer.post(f"{victim}/advocate/new", NAMED)
    other = signed_in_client("advocate", username="other")
    assert "Sian" not in other.get("/promises").content.decode()
    restrict(by=acting_as("supervisor"), kind="case", reference="C-10001", reason="a test")
    assert "Sian" not in mair.get("/promises").content.decode()


def shown(answer: Any) -> str:
    found = re.search(r'name="shown" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return found.group(1)


@pytest.mark.rule("VIC-11")
def test_a_view_is_given_after_the_notice_and_marked_as_through_the_advocate(
    victim: str, reference: str, officer: Client, mair: Client, clock: Any
) -> None:
    officer.post(f"{victim}/advocate/new", NAMED)
    form = {"victim": reference, "language": "cy"}
    assert "Choose for whom you speak" in text_of(mair.post("/give-a-view", {**form, "victim": "P-10099"}))
    notice = shown(mair.post("/give-a-view", form))
    said = {"subject": "bail", "words": "Nid wyf yn ddiogel", "may_see": ["court"], "shown": notice}
    assert mair.post("/give-a-view/words", {**said, "shown": "forged"}).status_code == 302
    clock.shift(60)
    words = text_of(mair.post("/give-a-view/words", {**said, "words": ""}))
    assert words.count("Write down what they say, in their own words.") == 2
    assert "You speak for Sian Mair Rees." in words
    assert "Thank you." in text_of(mair.post("/give-a-view/words", said, follow=True))
    words = text_of(officer.get(f"{victim}/views"))
    assert "Nid wyf yn ddiogel How they said it Through their advocate Welsh" in words.replace("  ", " ")
    notice = shown(mair.post("/give-a-view", form))
    clock.shift(60)
    end(officer, victim)
    answer = mair.post("/give-a-view/words", {**said, "words": "Another", "shown": notice})
    assert answer.status_code == 302
    assert View.objects.for_system("a test").count() == 1


def test_an_officer_takes_a_view_that_an_advocate_brings(
    victim: str, officer: Client, mair: Client, clock: Any
) -> None:
    officer.post(f"{victim}/advocate/new", {**NAMED, "username": ""})
    page = officer.post(f"{victim}/views/new", {"language": "en"})
    assert "Through Mair Lewis, their advocate" in text_of(page)
    number = Advocate.objects.for_system("a test").get().pk
    clock.shift(60)
    said = {"subject": "order", "came": f"advocate-{number}", "words": "Keep it", "shown": shown(page), "case": ""}
    words = text_of(officer.post(f"{victim}/views/new/words", said, follow=True))
    assert "Keep it How they said it Through their advocate English" in words
