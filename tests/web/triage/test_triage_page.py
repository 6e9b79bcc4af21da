"""The page of a breach, without scripts: what it shows, what is decided on it, and what a second person meets there (P09)."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.breaches.detecting.rules import Decision
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.ledger.queries import story_of_breach
from craffu.breaches.models import Breach, BreachMove
from craffu.breaches.standpoints.actions import answer, decide, record_standpoint
from craffu.breaches.standpoints.questions import TAKES, Question
from craffu.breaches.standpoints.reading import last_answers
from craffu.common import clock
from craffu.daily.ticking import tick
from craffu.intake.running import take_in
from craffu.orders.models import Condition, Order
from craffu.people.models import SourceRecord
from craffu.people.queries import people_of_records
from craffu.work.models import WorkItem
from tests.factories.breaches import KNOWN, breaches, reported, send_against
from tests.factories.extracts import row, write
from tests.factories.orders import as_kind
from tests.factories.reviews import in_force
from tests.markup import settled
from tests.web.conftest import text_of
from tests.web.orders.conftest import NOW, at_noon, team
from tests.worlds import World, force, kept, world

__all__ = ["at_noon", "force", "team", "world"]

pytestmark = [pytest.mark.django_db, pytest.mark.rule("BRC-06")]
WHY = "The neighbour saw him at the gate"
HOUR = timedelta(hours=1)


@kept(at=NOW)
def order(world: World, team: Acting) -> Order:
    return in_force(world.system, team, world.folder)


@pytest.fixture
def breach(order: Order, acting_as: Callable[..., Acting], system: Acting) -> Breach:
    person = people_of_records(system, [order.respondent_id])[order.respondent_id].reference
    conditions = tuple(
        Condition.objects.for_system("a test").filter(terms__order=order, number=1).values_list("pk", flat=True)
    )
    return reported(
        acting_as("response_officer", username="officer"), person, clock.now() - HOUR, order=order.reference,
        conditions=conditions, words="He rang her from a new number.",
    )  # fmt: skip


@pytest.fixture
def investigator(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("investigator")


def path(breach: Breach, page: str = "triage") -> str:
    return f"/breaches/{breach.reference}/{page}"


def version_on(response: Any) -> str:
    return str(response.content.decode().partition('name="version" value="')[2].partition('"')[0])


def decision(breach: Breach, client: Client, kind: str = "accept", **said: Any) -> dict[str, Any]:
    shown = client.get(path(breach))
    return {"asks": "decide", "version": version_on(shown), "decision": kind, "reason": WHY, "duplicate_of": ""} | said


@pytest.mark.rule("ORD-20")
def test_words_of_a_notice_are_not_said_to_be_of_a_sealed_order(
    breach: Breach, order: Order, investigator: Client
) -> None:
    as_kind(order, "DVPN")
    said = "Notice as given Not checked Not compared by a second person with the notice as it was given"
    assert said in text_of(investigator.get(path(breach)))
    cymraeg = "Hysbysiad fel y’i rhoddwyd Heb ei wirio Heb eu cymharu gan ail berson â’r hysbysiad fel y’i rhoddwyd"
    assert cymraeg in text_of(investigator.get(f"/cy{path(breach)}"))


def test_everything_told_of_it_stands_on_the_page(breach: Breach, order: Order, investigator: Client) -> None:
    tick(force=breach.force, at=clock.now())
    page = text_of(investigator.get(path(breach)))
    for words in (
        "To be decided by 24 November 2026, 16:00 (the risk is not assessed, so that hours run as for high risk).",
        "He rang her from a new number.", "Reported to police", "Heightened follow-up to", "First contact with the victim",
        "1. Not to contact the applicant by any means. May be broken", "2. Not to go to the school in Heol Newydd.",
        "Not compared with the sealed order by a second person", "A criminal offence.", "Version 1, since 20 November 2026",
        "Earlier breaches None is recorded.", "Police decision Nothing received",
        "Is it part of a course of conduct? Not answered",
        "Nothing that is recorded contradicts anything else",
    ):  # fmt: skip
        assert words in page, words
    assert "3 Heol Fawr" not in page, "where she lives is never shown"


@pytest.mark.rule("BRC-05")
def test_of_several_to_whom_it_was_done_the_contact_with_each_stands_on_the_page(
    order: Order, investigator: Client, system: Acting, tmp_path: Path
) -> None:
    at = (clock.now() - HOUR).strftime("%Y-%m-%d %H:%M:%S")
    send_against(system, tmp_path, 2, [KNOWN, 20], occurred_from=at, occurred_to=at, reported_at=at, updated_at=at)
    tick(force=order.force, at=clock.now() + HOUR)
    [found] = breaches()
    page = text_of(investigator.get(path(found)))
    items = WorkItem.objects.for_system("a test").filter(kind="breach_contact")
    assert len(items) == 2
    for one in items:
        assert f"First contact with victim {one.about} By 24 November 2026, 17:00" in page
    cymraeg = text_of(investigator.get(f"/cy{path(found)}"))
    assert all(f"Cyswllt cyntaf â dioddefwr {one.about}" in cymraeg for one in items)


def test_it_is_decided_by_form_and_what_is_missing_is_said_beside_it(
    breach: Breach, order: Order, investigator: Client
) -> None:
    short = investigator.post(path(breach), decision(breach, investigator, reason="short"))
    assert (short.status_code, "Say why, in at least ten letters." in text_of(short)) == (200, True)
    lost = investigator.post(path(breach), decision(breach, investigator, "duplicate", duplicate_of="B-99999"))
    assert "There is no such breach. Check its reference." in text_of(lost)
    first = Condition.objects.for_system("a test").get(terms__order=order, number=1)
    assert investigator.post(path(breach), decision(breach, investigator, conditions=[first.pk])).status_code == 302

    page = text_of(investigator.get(path(breach)))
    assert "Decided: a breach: Test investigator" in page
    assert "1. Not to contact the applicant by any means. Broken, as police decided" in page
    assert "A supervisor can finalise it once this is done: A supervisor has yet to answer" in page
    assert "Nobody has answered what was recorded as a crime." in page
    assert "Answer every question before you finalise it." in page


def test_past_its_limit_it_says_since_when_the_inspector_has_it(
    breach: Breach, signed_in_client: Callable[..., Client]
) -> None:
    with time_machine.travel(clock.now() + 5 * HOUR, tick=False):
        page = text_of(signed_in_client("coordinator").get(path(breach)))
    assert "With the duty inspector since 24 November 2026, 16:00" in page


def test_of_two_who_decide_the_second_sees_what_the_first_did_and_keeps_what_they_typed(
    breach: Breach, investigator: Client, acting_as: Callable[..., Acting]
) -> None:
    mine = decision(breach, investigator, "reject", reason="Nothing that I wrote is lost")
    first = acting_as("supervisor", username="first")
    decide(by=first, breach=breach.reference, decision=Decision.ACCEPT, reason=WHY, seen=0)

    answered = investigator.post(path(breach), mine)
    page = text_of(answered)
    assert answered.status_code == 409
    for words in ("Somebody else changed this", "Decided: a breach", WHY, "It is not a breach"):
        assert words in page, words
    assert "Nothing that I wrote is lost</textarea>" in answered.content.decode()
    assert [one.move for one in BreachMove.objects.for_system("a test")] == ["accept"]
    assert investigator.post(path(breach), {**mine, "version": version_on(answered)}).status_code == 302


@pytest.mark.rule("BRC-04")
def test_its_questions_are_answered_on_a_page_and_it_is_finalised(
    breach: Breach, signed_in_client: Callable[..., Client], acting_as: Callable[..., Acting]
) -> None:
    supervisor = signed_in_client("supervisor")
    assert supervisor.post(path(breach), decision(breach, supervisor)).status_code == 302
    form = supervisor.get(path(breach, "answers"))
    given = {one.value: TAKES[one][0] for one in Question}
    lacking = supervisor.post(path(breach, "answers"), {**given, "version": version_on(form), "arrest": "no"})
    assert "Say why." in text_of(lacking)
    other = acting_as("investigator", username="other")
    answer(by=other, breach=breach.reference, question=Question.ARREST, answered="yes")
    late = supervisor.post(
        path(breach, "answers"), {**given, "version": version_on(form), "recording": "not_a_crime_reason"}
    )
    assert (late.status_code, "Was somebody arrested?" in text_of(late)) == (409, True)
    assert supervisor.post(path(breach, "answers"), {**given, "version": version_on(late)}).status_code == 302
    page = supervisor.get(path(breach))
    assert "Finalise it" in text_of(page)

    assert supervisor.post(path(breach), {"asks": "finalise", "version": version_on(page)}).status_code == 302
    assert "Finalised: Test supervisor" in text_of(supervisor.get(path(breach)))
    again = supervisor.post(path(breach, "again"), {"reason": "A photograph has come"})
    assert again.status_code == 302
    assert "Possible breach" in text_of(supervisor.get(path(breach)))


@pytest.mark.rule("BRC-03")
def test_what_others_decided_is_recorded_and_what_does_not_agree_explained(
    breach: Breach, investigator: Client, signed_in_client: Callable[..., Client]
) -> None:
    investigator.post(path(breach), decision(breach, investigator, "reject"))
    assert "May be broken" not in text_of(investigator.get(path(breach))), "police hold it for none"
    told = {
        "decided": "court:proved",
        "on_day": "24",
        "on_month": "11",
        "on_year": "2026",
        "at": "10:00",
        "words": "By e-mail",
    }
    assert investigator.post(path(breach, "standpoints/new"), {**told, "on_day": "25"}).status_code == 200
    assert investigator.post(path(breach, "standpoints/new"), told).status_code == 302
    page = text_of(investigator.get(path(breach)))
    assert "M10 Reported, and police decided that it is not a breach Nobody yet since today Explain M10" in page
    assert "M12" in page

    hers = signed_in_client("victim_officer")
    assert hers.get(path(breach)).status_code == 403
    assert "M12" in text_of(hers.get(path(breach, "mismatches")))
    assert hers.post(path(breach, "standpoints/new"), told).status_code == 200, "a court's word is not hers to record"
    assert hers.post(path(breach, "standpoints/new"), {**told, "decided": "victim_told:proved"}).status_code == 302
    assert hers.post(path(breach, "mismatches/M12"), {"words": "Appealed, and told her"}).status_code == 302
    page = text_of(hers.get(path(breach, "mismatches")))
    assert "M12, Test victim_officer" in page
    assert "Explain M12" not in page
    assert hers.get(path(breach, "mismatches/M99")).status_code == 404


@pytest.mark.rule("SEC-02")
def test_a_breach_of_a_restricted_case_is_shut_with_it(
    breach: Breach, investigator: Client, acting_as: Callable[..., Acting]
) -> None:
    case = breach.case
    assert case is not None
    restrict(by=acting_as("supervisor", username="who"), kind="case", reference=case.reference, reason="a test")
    shut = investigator.get(path(breach))
    assert (shut.status_code, f"{breach.reference} exists and is restricted" in text_of(shut)) == (403, True)
    assert investigator.get("/breaches/B-99999/triage").status_code == 404


def test_the_page_asks_as_much_however_much_there_is(breach: Breach, order: Order, investigator: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert investigator.get(path(breach)).status_code == 200
        return len(asked)

    queries()
    few = queries()
    by = acting_user(investigator.user)  # type: ignore[attr-defined]
    for number in range(6):
        decide(by=by, breach=breach.reference, decision=Decision.NEEDS_ENQUIRIES, reason="Ask again", seen=number)
        person = people_of_records(by, [order.respondent_id])[order.respondent_id].reference
        reported(by, person, clock.now() - (number + 2) * HOUR, key=f"more {number}", order=order.reference)
    # Two of them begin and end the row in the log; a page asks 25 at most (page map, section 8).
    assert queries() == few <= 27


@pytest.mark.rule("SEC-06")
@pytest.mark.rule("VIC-09")
def test_T5_what_she_told_a_contact_is_read_without_where_she_can_be_reached(
    order: Order, system: Acting, signed_in_client: Callable[..., Client], acting_as: Callable[..., Acting], tmp_path: Path
) -> None:  # fmt: skip
    hers = SourceRecord.objects.for_system("a test").get(pk=order.protects.get().record_id)
    home, phone = "41 Heol Kanari", "07700 900941"
    said = {
        "address": home,
        "postcode": "ZZ41 1KQ",
        "telephone": phone,
        "updated_at": f"{clock.now():%Y-%m-%d %H:%M:%S}",
    }
    number = int(hers.source_key.removeprefix("persons/PERSON"))
    write(tmp_path / "hers", "persons.csv", [row("rms", "persons", number, **said)])
    told = {
        "person_ref": f"PERSON{number}", "crime_ref": "CRIME1", "direction": "from_victim", "about": "safety", "reached": "yes",
        "contacted_at": f"{clock.now() - HOUR:%Y-%m-%d %H:%M:%S}", "updated_at": f"{clock.now():%Y-%m-%d %H:%M:%S}",
        "words": f"He stood outside {home}, ZZ41 1KQ and rang {phone} twice.",
    }  # fmt: skip
    write(tmp_path / "hers", "contacts.csv", [row("rms", "contacts", 7, **told)])
    assert take_in(by=system, kind="rms", paths=[tmp_path / "hers"]).run.rejected == 0
    tick(force=system.force, at=clock.now() + HOUR)
    [found] = Breach.objects.for_system("a test").filter(found_by="contact")
    assert home in found.sources.get().words

    # So may what an officer writes of it.
    by = acting_as("investigator", username="writes")
    noted = f"Rang her on {phone}; she stays at {home}"
    decide(by=by, breach=found.reference, decision=Decision.NEEDS_ENQUIRIES, reason=noted, seen=found.moves_made)
    answer(by=by, breach=found.reference, question=Question.VICTIM_SAFE, answered="no", words=noted)
    record_standpoint(
        by=by, breach=found.reference, standpoint=Standpoint.PROSECUTION, decision="charged", at=clock.now(), words=noted
    )  # fmt: skip
    client = signed_in_client("investigator", username="reads")
    asked = client.get(path(found, "answers")).content.decode()
    assert (home in asked, phone in asked) == (False, False)
    shown_words = "Rang her on [where somebody can be reached: not shown here]"
    # Left as it is shown, it stays as it was written.
    as_shown = next(one for one in re.findall(r"<textarea[^>]*>([^<]*)<", asked) if shown_words in one).strip()
    kept = {"version": "1", "victim_safe": "no", "victim_safe_words": as_shown, "arrest": "yes"}
    assert client.post(path(found, "answers"), kept).status_code == 302
    assert last_answers(story_of_breach(by, found))[Question.VICTIM_SAFE].words == noted
    for role in ("investigator", "supervisor", "coordinator", "offender_manager"):
        opened = signed_in_client(role).get(path(found))
        assert opened.status_code == 200
        page, shown = text_of(opened), settled(opened.content.decode()).casefold()
        assert "He stood outside [where somebody can be reached: not shown here]" in page
        assert "twice." in page
        assert page.count("Rang her on [where somebody can be reached: not shown here]") == 3
        for canary in (home, "Kanari", "ZZ41", "1KQ", phone, "900941"):
            assert canary.casefold() not in shown, (role, canary)
