"""A breach history on paper: for a court, or in answer to another force; a disclosure, kept as it left (page map, section 6)."""

import hashlib
import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.access.rights_requests.kinds import Kind
from craffu.audit.models import Event
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.models import Breach, HistoryPrinted
from craffu.breaches.standpoints.actions import record_standpoint
from craffu.linkage.forming import Word
from craffu.orders.models import Order
from craffu.people.models import SourceRecord
from craffu.people.queries import people_of_records
from tests.factories.breaches import breaches
from tests.factories.court_messages import court_message
from tests.factories.identities import score
from tests.factories.rights_answered import answered
from tests.factories.victims import send_victim
from tests.integration.breaches.conftest import DAY, HOUR, NOW
from tests.integration.breaches.test_detecting import run, sent
from tests.integration.breaches.test_history import Reviewers
from tests.logged import refs_said_by
from tests.unit.documents.test_papers import page_text
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("BRC-07"), pytest.mark.rule("SEC-07")]
MINUTE = timedelta(minutes=1)
COURT = {
    "purpose": "court", "words": "Sentencing on Friday at Llanelli", "recipient": "Listing officer",
    "organisation": "HMCTS",
}  # fmt: skip
FORCE = {
    "words": "He has moved to their area", "recipient": "DC 1234 Lewis", "organisation": "Gwent Police",
    "given_basis": "law_enforcement",
}  # fmt: skip


@pytest.fixture
def at(served: Order, system: Acting) -> str:
    return f"/people/{people_of_records(system, [served.respondent_id])[served.respondent_id].reference}/breaches"


@pytest.fixture
def confirmed_as(signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]) -> Callable[[str], Client]:
    return lambda role: confirmed(signed_in_client(role), at=NOW + 2 * HOUR)


def paper(answer: Any) -> str:
    """Everything on the paper, without its spaces: a line may end anywhere."""
    assert answer["Content-Type"] == "application/pdf", text_of(answer)
    whole = pikepdf.Pdf.open(io.BytesIO(answer.content))
    return squeezed("".join(page_text(page) for page in whole.pages))


def squeezed(words: str) -> str:
    return "".join(words.split())


def test_a_court_is_told_facts_alone_and_what_is_missing(
    three: list[Breach], served: Order, at: str, confirmed_as: Callable[[str], Client]
) -> None:
    answer = confirmed_as("orders_team").post(f"{at}/print", COURT)
    said = paper(answer)
    assert squeezed("Sentencing on Friday at Llanelli") in said
    assert squeezed("As known: 24 November 2026, 14:00") in said, "the time above, to which the certificate certifies"
    assert squeezed("Probation Not received yet") in said
    assert squeezed("Proved by a court (1)") in said
    assert squeezed("Not decided by a court (1)") in said
    assert squeezed(f"{three[1].reference} M10") in said
    assert squeezed("Possible breaches that nobody has decided, left out: 1") in said
    assert three[2].reference not in said, "what the system alone found is no fact"
    assert squeezed("CRIME2") in said
    [row] = HistoryPrinted.objects.for_system("a test")
    assert (row.printed_for, row.incidents, row.left_out, row.basis) == ("court", 2, 1, "")
    assert row.sha256 == hashlib.sha256(answer.content).hexdigest()
    assert row.facts in said


def test_it_is_logged_as_a_disclosure_to_whom_and_what_for(
    three: list[Breach], at: str, confirmed_as: Callable[[str], Client]
) -> None:
    confirmed_as("supervisor").post(f"{at}/print", COURT)

    [event] = Event.objects.filter(verb="disclosure")
    assert (event.kind, json.loads(event.payload)["purpose"], event.recipient) == (
        "breaches_printed",
        "court",
        "Listing officer, HMCTS",
    )
    told = set(refs_said_by(event))
    assert {f"breach/{three[0].reference}", f"breach/{three[1].reference}"} <= told
    assert f"breach/{three[2].reference}" not in told


@pytest.mark.rule("SEC-11")
@pytest.mark.parametrize("paper_for", ["print", "answer"])
def test_whoever_receives_a_history_the_use_of_which_is_restricted_is_told_so_and_not_why(
    paper_for: str, three: list[Breach], at: str, confirmed_as: Callable[[str], Client], make_user: Callable[..., User]
) -> None:
    given, client, person = COURT if paper_for == "print" else FORCE, confirmed_as("orders_team"), at.split("/")[2]
    before = paper(client.post(f"{at}/{paper_for}", given))
    first, second = (acting_user(make_user("auditor")) for _one in range(2))
    number = answered(first, second, Kind.RESTRICTION, person)
    after, welsh = paper(client.post(f"{at}/{paper_for}", given)), paper(client.post(f"/cy{at}/{paper_for}", given))
    said = squeezed(f"Use of data restricted: The use of data about {person} is restricted since 24 November 2026.")
    assert said not in before
    assert said in after
    assert squeezed(f"Mae’r defnydd o ddata am {person} wedi’i gyfyngu ers 24 Tachwedd 2026.") in welsh
    assert number not in after + welsh
    assert squeezed("Proved by a court (1)") in after, "it tells the same"


def test_another_force_is_answered_with_who_asks_why_and_on_which_basis(
    three: list[Breach], at: str, confirmed_as: Callable[[str], Client]
) -> None:
    said = paper(confirmed_as("investigator").post(f"{at}/answer", FORCE))

    assert squeezed("Force that asks: Gwent Police") in said
    assert squeezed("Officer who asks: DC 1234 Lewis") in said
    assert squeezed("Lawful basis: Data Protection Act 2018, Part 3") in said
    [row] = HistoryPrinted.objects.for_system("a test")
    assert (row.printed_for, row.force_asking, row.officer_asking, row.basis, row.reason) == (
        "another_force", "Gwent Police", "DC 1234 Lewis", "law_enforcement", "He has moved to their area",
    )  # fmt: skip
    [event] = Event.objects.filter(verb="disclosure")
    assert (event.kind, json.loads(event.payload)["purpose"], event.recipient) == (
        "breaches_disclosed", "another_force", "DC 1234 Lewis, Gwent Police",
    )  # fmt: skip


ASKED = {
    "words": "Say what they need it for", "recipient": "Say which officer asks", "organisation": "Say which force asks",
    "given_basis": "Choose on which lawful basis they are answered.",
}  # fmt: skip


@pytest.mark.parametrize("missing", ASKED)
def test_nothing_leaves_while_something_is_not_said(
    three: list[Breach], at: str, confirmed_as: Callable[[str], Client], missing: str
) -> None:
    answer = confirmed_as("investigator").post(f"{at}/answer", {**FORCE, missing: ""})

    said = text_of(answer)
    assert "There is a problem" in said
    assert ASKED[missing] in said
    assert not HistoryPrinted.objects.for_system("a test").exists()
    assert not Event.objects.filter(verb="disclosure").exists()


def test_who_it_is_of_is_told_by_no_record_that_nobody_confirmed_to_be_theirs(
    served: Order, at: str, system: Acting, confirmed_as: Callable[[str], Client], clock: Any, take_in_files: Any
) -> None:
    clock.shift(HOUR)
    take_in_files({"1.xml": court_message(given_names=["Rhys"], family_name="EVANS")})
    score(system, served.respondent_id, SourceRecord.objects.for_system("a test").get(source="court-results").pk)
    client = confirmed_as("supervisor")
    assert "Rhys EVANS" in text_of(client.get(at)), "the page shows whom a model takes them for"

    said = paper(client.post(f"{at}/print", COURT))

    assert squeezed("Person: Sian Mair Rees") in said
    assert "EVANS" not in said


def test_that_nothing_is_told_is_not_that_nothing_is_recorded_and_is_said_before_it_leaves(
    served: Order, system: Acting, supervisor: Acting, at: str, confirmed_as: Callable[[str], Client], clock: Any,
    tmp_path: Path,
) -> None:  # fmt: skip
    client = confirmed_as("orders_team")
    assert "Incidents it leaves out" not in text_of(client.get(f"{at}/print"))
    assert squeezed("Proved by a court (0) None recorded.") in paper(client.post(f"{at}/print", COURT))
    send_victim(system, tmp_path, 5, **sent(NOW - DAY, offence_code="ST19001"))
    clock.shift(MINUTE)
    run(system, NOW + MINUTE)
    [breach] = breaches()
    for standpoint, decision in ((Standpoint.PROSECUTION, "charged"), (Standpoint.COURT, "proved")):
        record_standpoint(by=supervisor, breach=breach.reference, standpoint=standpoint, decision=decision, at=NOW)
    score(system, served.respondent_id, breach.respondent_id)
    left_out = "the records are this person’s: 1. Of those, proved by a court: 1. Ask a linkage reviewer"
    assert left_out in text_of(client.get(f"{at}/print"))
    assert "wedi’u profi gan lys: 1. Gofynnwch i adolygydd cysylltiadau" in text_of(client.get(f"/cy{at}/print"))
    said = paper(client.post(f"{at}/print", COURT))
    assert squeezed("Proved by a court (0) None that this paper may tell") in said
    assert squeezed("None recorded.") not in said


def test_as_known_earlier_it_tells_nothing_later(
    three: list[Breach], at: str, confirmed_as: Callable[[str], Client]
) -> None:
    said = paper(confirmed_as("supervisor").post(f"{at}/print?known-at=2026-11-23", COURT))

    assert squeezed("As known: 23 November 2026") in said
    assert squeezed("Proved by a court (0)") in said
    assert three[0].reference not in said


@pytest.mark.parametrize("role", ["response_officer", "victim_officer", "coordinator"])
def test_whoever_only_reads_it_prints_none(
    three: list[Breach], at: str, confirmed_as: Callable[[str], Client], role: str
) -> None:
    client = confirmed_as(role)

    assert client.get(f"{at}/print").status_code == 403
    assert "Print for court" not in text_of(client.get(at))


def test_what_left_opens_again_to_whoever_sees_all_that_it_tells(
    three: list[Breach], at: str, confirmed_as: Callable[[str], Client], supervisor: Acting, clock: Any
) -> None:
    """Each time a disclosure of its own, and never to somebody to whom a part of it is shut (SEC-02)."""
    client = confirmed_as("orders_team")
    first = client.post(f"{at}/print", COURT)
    [row] = HistoryPrinted.objects.for_system("a test")
    again = f"{at}/printed/{row.pk}"
    assert "Papers that left before" in text_of(client.get(f"{at}/print"))
    page = text_of(client.get(again))
    assert row.sha256 in page
    assert "is not what this paper tells" not in page
    lacks = client.post(again, {**COURT, "words": ""})
    assert "There is a problem" in text_of(lacks)
    same = client.post(again, {**COURT, "recipient": "Clerk"})
    assert same.content == first.content
    assert [event.recipient for event in Event.objects.filter(kind="breaches_printed").order_by("id")] == [
        "Listing officer, HMCTS",
        "Clerk, HMCTS",
    ]
    assert client.get(f"{at}/printed/{row.pk + 1}").status_code == 404
    assert client.get(f"/people/P-10002/breaches/printed/{row.pk}").status_code == 404, "another person's"
    clock.shift(timedelta(minutes=1))
    record_standpoint(
        by=supervisor, breach=three[0].reference, standpoint=Standpoint.COURT, decision="quashed", at=NOW + 2 * HOUR
    )
    assert "is not what this paper tells" in text_of(client.get(again))
    assert client.post(again, COURT).content == first.content, "what left is what left"
    case = three[0].case
    assert case is not None
    restrict(by=supervisor, kind="case", reference=case.reference, reason="a test")
    assert "something that is not open to you" in text_of(client.post(again, COURT))
    assert Event.objects.filter(kind="breaches_printed").count() == 3


@pytest.mark.rule("IDN-06")
def test_a_link_undone_takes_its_breaches_off_the_paper_and_redone_they_are_on_the_next(
    served: Order, system: Acting, make_user: Callable[..., Any], confirmed_as: Callable[[str], Client], clock: Any, at: str,
    tmp_path: Path,
) -> None:  # fmt: skip
    send_victim(system, tmp_path, 5, **sent(NOW - DAY, offence_code="ST19001"))
    clock.shift(MINUTE)
    run(system, NOW + MINUTE)
    [breach] = breaches()
    reviewers = Reviewers(*(acting_user(make_user("link_clerk", username=name)) for name in ("ann", "ben")))
    client = confirmed_as("orders_team")
    papers = [paper(client.post(f"{at}/print", COURT))]
    ends = sorted((served.respondent_id, breach.respondent_id))
    for word in (Word.SAME, Word.TAKEN_BACK, Word.SAME):
        clock.shift(MINUTE)
        reviewers.say(*ends, word)
        papers.append(paper(client.post(f"{at}/print", COURT)))
    assert [breach.reference in said for said in papers] == [False, True, False, True]
    told = [row.incidents for row in HistoryPrinted.objects.for_system("a test").order_by("id")]
    assert told == [0, 1, 0, 1], "what left before stays as it left"
