"""The pages of rights requests: recorded, prepared, approved by another, sent; what is due stands on the auditor's own page."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting, acting_system
from craffu.access.markings import COVERT
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.access.rights_requests.actions import NewRequest, Step, record_request, take_step
from craffu.access.rights_requests.kinds import Decided, Kind, Whose
from craffu.access.rights_requests.rules import Checked
from craffu.access.rights_requests.states import RightsStatus
from craffu.audit.models import Event
from craffu.audit.questions import acts
from craffu.intake.running import take_in
from craffu.people.models import Person
from craffu.people.queries import is_called
from tests.factories.extracts import row, write
from tests.factories.identities import record_of
from tests.web.access.test_T17_step_up import PASSWORD, hidden
from tests.web.conftest import text_of, title_of

pytestmark = pytest.mark.rule("SEC-11")

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
PAGE = "/rights-requests/RR-10001"
ANSWER = "Dear Sam, we hold two records."
WORDS = "Sam Example, by letter: everything"
CHECKS = [
    "third_parties_redacted", "victim_scan_clean", "neither_confirm_nor_deny_asked", "privileged_included",
]  # fmt: skip


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def auditor(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("auditor", username="first", password=PASSWORD)


@pytest.fixture
def other(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("auditor", username="second", password=PASSWORD)


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def recorded(client: Client, **given: str) -> Any:
    """About the first whom the register knows: somebody it is told of now, where it knows nobody."""
    if not Person.objects.for_system("a test").exists():
        record_of(acting_system(client.user.force, "test"), "his")  # type: ignore[attr-defined]
    form = re.findall(r'name="form" value="([0-9a-f]{32})"', client.get("/rights-requests/new").content.decode())[0]
    said = {"kind": "access", "whose": "victim", "person": "p-10001", "words": WORDS, "form": form}
    return client.post("/rights-requests/new", {**said, **day("received_on", date(2026, 11, 24)), **given})


def step(client: Client, name: str, **given: Any) -> Any:
    return client.post(PAGE, {"step": name, **{f"{name}-{key}": value for key, value in given.items()}}, follow=True)


def test_a_request_goes_from_receipt_to_its_answer_by_two_auditors(auditor: Client, other: Client) -> None:
    assert recorded(auditor).headers["Location"] == PAGE
    page = text_of(auditor.get(PAGE))
    for words in (
        "To see what is held about them", "P-10001", WORDS, "Identity not proved yet", "In time Due 23 December 2026",
        "Not confirmed 23 December 2026", "24 December 2026, if the month is counted from the day after",
        "Nothing of the suspect’s record may be in the answer",
    ):  # fmt: skip
        assert words in page, words
    assert "It is recorded." in text_of(step(auditor, "identified", words="Seen", **day("on", date(2026, 11, 26))))
    assert "Work to Not confirmed 25 December 2026" in text_of(auditor.get(PAGE))
    assert "tick each" in text_of(step(auditor, "prepared", done=CHECKS[:3], words="All of it", text=ANSWER))
    page = text_of(step(auditor, "prepared", done=CHECKS, words="All of it", text=ANSWER))
    assert "Somebody else approves it or sends it back. These can: Test second." in page
    assert "Approve the answer" not in page
    assert "No legal advice is in the answer" in page
    assert step(auditor, "approved", text=ANSWER).status_code == 403
    changed = "not the text that was prepared, word for word"
    assert changed in text_of(step(other, "approved", text=f"{ANSWER} And a third."))
    assert "Approved, to be sent" in text_of(step(other, "approved", text=ANSWER))
    sent = day("on", date(2026, 11, 30))
    assert "reference of somebody else (1)" in text_of(step(other, "answered", **sent, text="See P-10077.")), (
        "searched again"
    )
    for text, told in ((f"{ANSWER} And a third.", changed), (ANSWER, "Answer sent 30 November 2026 Test second")):
        page = step(other, "answered", **sent, text=text)
        if "What you had just sent is kept." in text_of(page):
            page = other.post("/account/confirm", {**hidden(page), "password": PASSWORD})
            page = other.post(PAGE, hidden(page), follow=True)
        assert told in text_of(page)
    assert '<form method="post" novalidate>' not in page.content.decode()
    assert "Over RR-10001" in text_of(other.get("/rights-requests")).replace(
        "Request What is asked Where it stands When Time ", ""
    )


def test_nothing_somebody_wrote_is_in_a_title_or_an_address(auditor: Client) -> None:
    recorded(auditor)
    assert title_of(auditor.get(PAGE)) == "Rights request RR-10001 - Craffu"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"kind": ""}, "Choose what they ask for"),
        ({"whose": ""}, "Choose who is asking"),
        ({"person": "Sam"}, "Enter a reference such as P-10001"),
        ({"person": "P-10002"}, "Nobody has this reference."),
        ({"words": ""}, "Say who asks, and what for"),
        ({"received_on_day": "31"}, "Enter a real date"),
        (day("received_on", date(2026, 12, 1)), "That day has not come yet."),
    ],
)
def test_what_makes_no_sense_is_asked_again(given: dict[str, str], problem: str, auditor: Client) -> None:
    page = recorded(auditor, **given)
    assert problem in text_of(page)
    assert title_of(page).startswith("Error: ")
    assert "No rights request waits for an answer." in text_of(auditor.get("/rights-requests"))


def test_a_step_on_a_day_that_cannot_be_and_one_taken_meanwhile_say_so(auditor: Client, other: Client) -> None:
    recorded(auditor)
    page = step(auditor, "identified", **day("on", date(2026, 11, 1)))
    assert "That is before the request was received." in text_of(page)
    assert "It is recorded." in text_of(step(other, "withdrawn", words="By telephone"))
    page = step(auditor, "identified", **day("on", date(2026, 11, 26)))
    assert page.status_code == 409
    assert "The request stands otherwise by now." in text_of(page)
    assert "Withdrawn" in text_of(auditor.get("/rights-requests"))


def test_what_is_due_and_what_waits_for_me_stands_on_my_first_page(auditor: Client, other: Client) -> None:
    by, his = (acting_user(client.user) for client in (auditor, other))  # type: ignore[attr-defined]
    for number, received in enumerate((date(2026, 10, 1), date(2026, 11, 1), date(2026, 11, 5), date(2026, 11, 29))):
        asked = NewRequest(Kind.RECTIFICATION, Whose.SOMEBODY_ELSE, "", WORDS, received, str(number) * 32)
        record_request(by=his if number == 3 else by, asked=asked)
    today = text_of(auditor.get("/"))
    assert "Do now (1) Answer rights request RR-10001" in today
    assert "Due today (1) Answer rights request RR-10002" in today
    assert "Next 7 days (1) Answer rights request RR-10003" in today
    assert "RR-10004" not in today
    for wanted in (Step(RightsStatus.IDENTIFIED), _prepared()):
        take_step(by=his, number="RR-10004", step=wanted, knows=is_called)
    assert "Approve or send back the answer to RR-10004" in text_of(auditor.get("/"))
    assert "RR-10004" not in text_of(other.get("/"))
    for wanted in (Step(RightsStatus.IDENTIFIED), _prepared()):
        take_step(by=by, number="RR-10003", step=wanted, knows=is_called)
    assert "Approve or send back the answer to RR-10003" in text_of(other.get("/"))


def _prepared() -> Step:
    return Step(
        RightsStatus.PREPARED, "All of it", checked=Checked(True, True, True, privileged_included=False), text=ANSWER,
        decided=Decided.REFUSED,
    )  # fmt: skip


@pytest.mark.rule("VIC-09")
def test_an_answer_that_holds_a_victims_address_is_not_prepared_and_the_log_knows_of_each_search(
    auditor: Client, system: Acting, tmp_path: Path, make_user: Callable[..., User]
) -> None:
    """Even where the case is one that the auditor may not know of."""
    crime, no_number = {"crime_ref": "GA1"}, {"pnc_id": "", "cro_number": ""}
    him = row("rms", "persons", 1, address="9 Heol Arall", postcode="CF10 1AA", telephone="07700 900999", **no_number)
    her = row("rms", "persons", 2, surname="Hopcyn", forenames="Mair", date_of_birth="1990-01-01", **no_number)
    write(tmp_path, "crimes.csv", [row("rms", "crimes", ptiurn="", **crime)])
    write(tmp_path, "persons.csv", [him, her])
    parts = [("suspect", 1), ("victim", 2)]
    write(tmp_path, "involvements.csv", [row("rms", "involvements", no, role=part, **crime) for part, no in parts])
    assert take_in(by=system, kind="rms", paths=[tmp_path]).run.rejected == 0
    keeper = acting_user(make_user("coordinator"))
    restrict(by=keeper, kind="case", reference="C-10001", reason="a test", marking=COVERT)
    recorded(auditor)
    step(auditor, "identified", **day("on", date(2026, 11, 26)))
    given = {"done": CHECKS, "words": "All of it"}
    page = step(auditor, "prepared", text="Met her at 3 heol fawr; rang (07700) 900123.", **given)
    assert (
        "what is protected about a victim: address (1), telephone (1). Take it out, with everything else of its kind"
        in text_of(page)
    )
    own = step(auditor, "prepared", text="You live at 9 Heol Arall.", **given)
    assert "It is recorded." in text_of(own)
    searched = acts(Event.objects.filter(kind="rights_answer_searched").order_by("id"))
    assert [(one.counts, one.refs) for one in searched] == [
        ({"found": found}, ("person/P-10001", "rights_request/RR-10001")) for found in (2, 0)
    ]


def test_the_list_asks_as_often_however_many_there_are(auditor: Client) -> None:
    by = acting_user(auditor.user)  # type: ignore[attr-defined]
    counts = []
    for start in (0, 5):
        for number in range(start, start + 5):
            asked = NewRequest(Kind.ACCESS, Whose.SUSPECT, "", WORDS, date(2026, 11, 1), f"{number:032}")
            record_request(by=by, asked=asked)
        with CaptureQueriesContext(connection) as queries:
            auditor.get("/rights-requests")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_welsh(auditor: Client) -> None:
    recorded(auditor)
    page = text_of(auditor.get(f"/cy{PAGE}"))
    assert "Hunaniaeth heb ei phrofi eto" in page
    assert "24 Rhagfyr 2026, os cyfrifir y mis o’r diwrnod wedyn" in page
