"""SEC-11, ADR 134: what an answer decided shows on its request, and a restriction where the person is read of; nothing stops."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.rights_requests.actions import end_effect
from craffu.access.rights_requests.kinds import Decided, Ending, Kind
from craffu.audit.models import Event
from craffu.cases.models import CaseRole
from craffu.clocks.london import local_time
from craffu.common import clock
from craffu.daily.ticking import tick
from craffu.intake.running import take_in
from craffu.people.models import RecordVersion
from craffu.people.queries import people_of_records
from craffu.prevention.models import ScoreStands
from craffu.work.models import WorkItem
from tests.factories.breaches import reported, send_incident
from tests.factories.erasing import marked
from tests.factories.extracts import row, write
from tests.factories.priorities import scored_by
from tests.factories.reviews import in_force, victim_of
from tests.factories.rights_answered import ANSWER, WHY, answered, anybody, prepared, sent
from tests.logged import refs_said_by
from tests.web.access.test_T17_step_up import PASSWORD
from tests.web.conftest import text_of
from tests.web.rights.test_rights_requests import CHECKS

pytestmark = pytest.mark.rule("SEC-11")

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SAID = "The use of data about {} is restricted since 24 November 2026."
GOES_ON = "It is still used to protect anybody: orders, checks, breaches, priorities and whatever is due go on"


@pytest.fixture(autouse=True)
def passing() -> Any:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def auditor(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("auditor", username="first", password=PASSWORD)


@pytest.fixture
def two(auditor: Client, make_user: Callable[..., User]) -> tuple[Acting, Acting]:
    return acting_user(auditor.user), acting_user(make_user("auditor", username="second"))  # type: ignore[attr-defined]


@pytest.fixture
def known(system: Acting, tmp_path: Path) -> tuple[str, str, str]:
    """A case, its suspect and its victim."""
    return marked(system, tmp_path, 1, "Ann")


def pages_of(case: str, person: str) -> list[str]:
    of_them = [f"/people/{person}{page}" for page in ("", "/breaches", "/priority", "/plan", "/visits")]
    return [*of_them, f"/cases/{case}"]


def test_every_page_of_the_person_and_their_cases_say_so_in_both_languages_and_never_why(
    known: tuple[str, str, str], two: tuple[Acting, Acting], signed_in_client: Callable[..., Client]
) -> None:
    case, suspect, victim = known
    officer = signed_in_client("supervisor")
    for page in pages_of(case, suspect):
        assert "is restricted since" not in text_of(officer.get(page)), page
    assert officer.get(f"/api/v1/people/{suspect}").json()["use_restricted_since"] is None
    number = answered(*two, Kind.RESTRICTION, suspect)
    told = officer.get(f"/api/v1/people/{suspect}")
    assert told.json()["use_restricted_since"] == "2026-11-24"
    assert number not in told.content.decode()
    for page in pages_of(case, suspect):
        words = text_of(officer.get(page))
        assert SAID.format(suspect) in words, page
        assert GOES_ON in words
        assert "is not confirmed." in words
        assert number not in words
        assert WHY not in words
        welsh = text_of(officer.get(f"/cy{page}"))
        assert f"Mae’r defnydd o ddata am {suspect} wedi’i gyfyngu ers 24 Tachwedd 2026." in welsh
        assert "Caiff ei ddefnyddio o hyd i amddiffyn unrhyw un" in welsh
    assert SAID.format(victim) not in text_of(officer.get(f"/people/{victim}")), "of nobody else"
    hers = answered(*two, Kind.RESTRICTION, victim)
    words = text_of(officer.get(f"/cases/{case}"))
    assert SAID.format(suspect) in words
    assert SAID.format(victim) in words
    for one in (number, hers):
        end_effect(by=two[0], number=one, how=Ending.LIFTED, words="It was looked into")
    for page in pages_of(case, suspect):
        assert "is restricted since" not in text_of(officer.get(page)), page


@pytest.mark.parametrize("role", ["orders_team", "response_officer"])
def test_the_page_of_an_order_says_it_of_whom_it_binds_and_of_whom_it_protects(
    role: str,
    system: Acting,
    acting_as: Callable[..., Acting],
    two: tuple[Acting, Acting],
    signed_in_client: Callable[..., Client],
    tmp_path: Path,
) -> None:
    order = in_force(system, acting_as("orders_team"), tmp_path)
    bound = people_of_records(system, [order.respondent_id])[order.respondent_id].reference
    reader, page = signed_in_client(role), f"/orders/{order.reference}"
    assert "is restricted since" not in text_of(reader.get(page))
    answered(*two, Kind.RESTRICTION, bound)
    words = text_of(reader.get(page))
    assert SAID.format(bound) in words
    assert GOES_ON in words
    assert words.count("is restricted since") == 1
    hers = victim_of(system, order)
    answered(*two, Kind.RESTRICTION, hers)
    assert SAID.format(hers) in text_of(reader.get(page))
    assert "wedi’i gyfyngu ers 24 Tachwedd 2026." in text_of(reader.get(f"/cy{page}"))


def test_whoever_handles_requests_is_led_to_it_and_the_log_says_that_they_saw_its_number(
    known: tuple[str, str, str],
    two: tuple[Acting, Acting],
    signed_in_client: Callable[..., Client],
    make_user: Callable[..., User],
) -> None:
    case, suspect, _victim = known
    number = answered(*two, Kind.RESTRICTION, suspect)
    both = signed_in_client("supervisor", "auditor", username="both")
    for page in pages_of(case, suspect):
        assert f'href="/rights-requests/{number}"' in both.get(page).content.decode(), page
        assert f"rights_request/{number}" in refs_said_by(Event.objects.latest("id"))
    assert f"Legal hold Its use is restricted by {number}" in text_of(both.get(f"/retention/{suspect}"))
    assert f"rights_request/{number}" in refs_said_by(Event.objects.latest("id"))
    officer = signed_in_client("supervisor")
    officer.get(f"/people/{suspect}")
    assert f"rights_request/{number}" not in refs_said_by(Event.objects.latest("id"))


def form(client: Client, number: str, name: str, **given: Any) -> Any:
    said = {"step": name, **{f"{name}-{key}": value for key, value in given.items()}}
    return client.post(f"/rights-requests/{number}", said, follow=True)


def test_the_preparer_chooses_what_the_answer_decides_and_a_restriction_is_lifted_on_its_page_once(
    known: tuple[str, str, str], two: tuple[Acting, Acting], auditor: Client
) -> None:
    _case, suspect, _victim = known
    number = prepared(two[1], Kind.RESTRICTION, suspect, Decided.REFUSED)
    # Sent back, so that it is prepared on the page.
    form(auditor, number, "sent_back", words="It is to be agreed in part")
    page = text_of(form(auditor, number, "prepared", done=CHECKS, words="In part", text=ANSWER))
    assert "Choose what the answer decides" in page
    page = text_of(form(auditor, number, "prepared", done=CHECKS, words="In part", text=ANSWER, decided="in_part"))
    assert "It is recorded." in page
    assert "Agreed in part In part Everybody else" in page
    assert "Decided Agreed in part" not in page, "nothing has left"
    sent(two[1], number)
    page = text_of(auditor.get(f"/rights-requests/{number}"))
    assert f"Decided Agreed in part What becomes of it {SAID.format(suspect)} {GOES_ON}" in page
    assert "Say why" in text_of(form(auditor, number, "lifted", words=""))
    page = text_of(form(auditor, number, "lifted", words="They were told on 20 November"))
    assert "What became of it Restriction lifted 24 November 2026, 12:00, Test first They were told" in page
    assert "Lift the restriction" not in page
    again = form(auditor, number, "lifted", words="Again")
    assert again.status_code == 409
    assert "That does not stand any more." in text_of(again)


def test_a_request_that_is_refused_or_names_nobody_restricts_nothing_and_says_so(
    two: tuple[Acting, Acting], auditor: Client
) -> None:
    refused = answered(*two, Kind.RESTRICTION, "P-77777", Decided.REFUSED)
    page = text_of(auditor.get(f"/rights-requests/{refused}"))
    assert "Decided Refused Received" in page
    agreed = answered(*two, Kind.RESTRICTION, "P-77777", knows=anybody)
    page = text_of(auditor.get(f"/rights-requests/{agreed}"))
    assert "No record stands under this reference: nothing is restricted." in page
    assert GOES_ON not in page
    access = text_of(auditor.get(f"/rights-requests/{prepared(two[0], Kind.ACCESS, 'P-77777', None)}"))
    assert "Decided" not in access
    assert "What does the answer decide?" not in access


@pytest.mark.rule("MON-04", "PRI-01")
def test_nothing_that_protects_anybody_stops_for_it(
    system: Acting, two: tuple[Acting, Acting],
    acting_as: Callable[..., Acting], signed_in_client: Callable[..., Client], tmp_path: Path,
) -> None:  # fmt: skip
    """Work, order, priority, list and export of him and of her are as they were; a breach is reported and raises its own work."""
    team, officer = acting_as("orders_team"), signed_in_client("supervisor", "orders_team", "offender_manager")
    order = in_force(system, team, tmp_path)
    send_incident(system, tmp_path, 7, home_office_class="8Q")
    suspect = people_of_records(system, [order.respondent_id])[order.respondent_id].reference
    victim, case = victim_of(team, order), str(order.case and order.case.reference)
    first = reported(team, suspect, clock.now(), order=order.reference, words="He waited at the gate")
    scored_by(acting_as("coordinator"), NOON)
    tick(force=system.force, at=NOON)

    def stands() -> tuple[object, ...]:
        work = WorkItem.objects.for_system("a test").filter(state="open").exclude(queue="rights-requests")
        scores = ScoreStands.objects.for_system("a test").order_by("person__reference")
        lists = [text_of(officer.get(page)) for page in ("/people", "/orders", "/cases", "/priority")]
        return (
            set(work.values_list("kind", "key", "due_at")), list(scores.values_list("person__reference", "value")),
            [[one in page for one in (suspect, victim, case, order.reference)] for page in lists],
        )  # fmt: skip

    before = stands()
    assert before[0]
    assert before[1]
    for one in (suspect, victim):
        answered(*two, Kind.RESTRICTION, one)
    scored_by(acting_as("coordinator"), NOON)
    tick(force=system.force, at=NOON)
    assert stands() == before
    breach = reported(team, suspect, clock.now(), key="2", order=order.reference, words="He stood at the gate")
    assert breach != first
    tick(force=system.force, at=NOON)
    raised = WorkItem.objects.for_system("a test").filter(about=breach.reference, state="open")
    assert raised.exists()
    assert breach.reference in text_of(officer.get(f"/people/{suspect}/breaches"))


def test_a_page_about_many_asks_no_more_often(
    known: tuple[str, str, str], two: tuple[Acting, Acting], signed_in_client: Callable[..., Client]
) -> None:
    case, suspect, victim = known
    officer = signed_in_client("supervisor")

    def asked() -> int:
        officer.get(f"/cases/{case}")
        with CaptureQueriesContext(connection) as queries:
            officer.get(f"/cases/{case}")
        return len(queries)

    answered(*two, Kind.RESTRICTION, suspect)
    one = asked()
    for _time in range(3):
        answered(*two, Kind.RESTRICTION, victim)
    assert asked() == one


POLICE = "Police records file {}, line 2 Chief Constable of Glan Afon Police (invented)"
PUT_RIGHT = "See that what {} was agreed about is put right, or say why not"


def test_what_is_to_be_put_right_says_where_and_whether_its_sender_said_something_else_and_stays_due_until_somebody_says_so(
    system: Acting,
    known: tuple[str, str, str],
    two: tuple[Acting, Acting],
    auditor: Client,
    passing: Any,
    tmp_path: Path,
) -> None:
    """An error is acted on: by whoever sent it, and nothing that a source said is overwritten here."""
    case, suspect, _victim = known
    # What is taken in in parts is known from a moment after its beginning.
    passing.shift(timedelta(minutes=1))
    number = answered(*two, Kind.RECTIFICATION, suspect)
    tick(force=system.force, at=clock.now())
    item = WorkItem.objects.for_system("a test").get(kind="put_right")
    assert (item.about, item.queue, item.rule, item.state) == (number, "rights-requests", "SEC-11", "open")
    assert local_time(item.due_at).isoformat() == "2026-12-23T00:00:00+00:00", "twenty working days"
    assert PUT_RIGHT.format(number) in text_of(auditor.get("/queues/rights-requests?tab=unassigned"))
    page = text_of(auditor.get(f"/rights-requests/{number}"))
    assert "What becomes of it To be put right by whoever sent it" in page
    assert "What a source said is never overwritten here." in page
    files = [
        re.findall(rf"{what} Police records file ([0-9a-f]{{12}}), line", page)[0] for what in ("Who they are", case)
    ]
    him = f"Who they are {POLICE.format(files[0])} 24 November 2026, 12:00"
    crime = f"Crime in case {case} {POLICE.format(files[1])} 24 November 2026, 12:00"
    assert f"{him} Not yet" in page
    assert f"{crime} Not yet" in page
    seen = set(refs_said_by(Event.objects.latest("id")))
    assert seen == {f"rights_request/{number}", f"person/{suspect}", f"case/{case}"}
    welsh = text_of(auditor.get(f"/cy/rights-requests/{number}"))
    assert "Beth sydd i’w gywiro, ac ymhle" in welsh

    passing.shift(timedelta(minutes=10))
    write(tmp_path / "again", "persons.csv", [row("rms", "persons", 11, surname="Putright")])
    assert take_in(by=system, kind="rms", paths=[tmp_path / "again"]).run.rejected == 0
    page = text_of(auditor.get(f"/rights-requests/{number}"))
    assert f"{him} Yes 24 November 2026, 12:11" in page
    assert f"{crime} Not yet" in page
    record = CaseRole.objects.for_system("a test").get(role="suspect").record_id
    names = RecordVersion.objects.for_system("a test").filter(record=record).order_by("id")
    assert names.count() == 2, "what was said stays"
    tick(force=system.force, at=clock.now())
    item.refresh_from_db()
    assert item.state == "open", "nobody has said that it was put right"
    page = text_of(form(auditor, number, "put_right", words="In the police system, by the records team"))
    assert "What became of it Put right 24 November 2026, 12:11, Test first In the police system" in page
    assert "Will it not be put right?" not in page
    tick(force=system.force, at=clock.now())
    item.refresh_from_db()
    assert item.state != "open"


def test_why_it_is_not_put_right_ends_it_too_and_of_nobody_nothing_is_due(
    system: Acting, known: tuple[str, str, str], two: tuple[Acting, Acting], auditor: Client
) -> None:
    _case, suspect, _victim = known
    number = answered(*two, Kind.RECTIFICATION, suspect, Decided.IN_PART)
    answered(*two, Kind.RECTIFICATION, suspect, Decided.REFUSED)
    nobody = answered(*two, Kind.RECTIFICATION, "P-77777", knows=anybody)
    tick(force=system.force, at=clock.now())
    rows = WorkItem.objects.for_system("a test").filter(kind="put_right")
    assert [one.about for one in rows] == [number]
    assert "No record stands under this reference." in text_of(auditor.get(f"/rights-requests/{nobody}"))
    page = text_of(form(auditor, number, "not_put_right", words="The court holds it to be right; they were told"))
    assert "Not put right" in page
    tick(force=system.force, at=clock.now())
    assert not rows.filter(state="open").exists()
