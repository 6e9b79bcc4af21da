"""A cohort meeting is called, prepared, minuted, approved, corrected and taken out, without scripts (P23; PRI-06, PRI-10)."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from django.test import Client

from craffu.access.acting import Acting, acting_system
from craffu.audit.models import Event
from craffu.clocks.london import day_of
from craffu.common.door import bookkeeping
from craffu.orders.models import Order
from craffu.people.models import Person
from craffu.people.queries import contacts_of, identities, people_of_records
from craffu.prevention.cohort.queries import stays_of
from craffu.prevention.meetings.actions import record_attendance
from craffu.prevention.meetings.facts import NewAttendance
from craffu.prevention.meetings.kinds import Decision
from craffu.prevention.models import MeetingItem, MinutesPrinted
from craffu.prevention.scoring.actions import renew_scores
from tests.factories.identities import joined_into, parted_into, record_of
from tests.factories.meetings import (
    AGENCIES,
    HOUSING,
    PROBATION,
    WHY,
    approved,
    called,
    came,
    decided,
    proposed,
    story_of,
)
from tests.factories.records import one_more_of
from tests.factories.reviews import protected, view_of
from tests.unit.documents.test_papers import page_text
from tests.web.conftest import text_of, title_of
from tests.web.meetings.conftest import by_of
from tests.web.orders.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("PRI-06"), pytest.mark.rule("PRI-10")]
TODAY = day_of(NOW)
ASKED = {"purpose": "management", "words": "The meeting of November", "recipient": "Team manager"}


def day(name: str, ahead: int = 0) -> dict[str, str]:
    on = TODAY + timedelta(days=ahead)
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def version_on(response: Any) -> str:
    return str(response.content.decode().partition('name="version" value="')[2].partition('"')[0])


@pytest.fixture
def manager(signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]) -> Client:
    return confirmed(signed_in_client("offender_manager", username="manager"), at=NOW)


@pytest.fixture
def supervisor(chair: Acting, signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("supervisor", username="supervisor")


@pytest.fixture
def meeting(person: Person, manager: Client, supervisor: Client) -> str:
    """A meeting of today in which the supervisor has the chair, with one person on the agenda."""
    by = by_of(manager)
    reference = called(by, by_of(supervisor), TODAY)
    proposed(by, reference, person)
    return reference


def test_a_meeting_is_called_and_whoever_is_scored_is_proposed_for_it(
    person: Person, manager: Client, supervisor: Client
) -> None:
    assert "No meeting is to come, and none waits for its minutes." in text_of(manager.get("/meetings"))
    page = manager.get(f"/people/{person.reference}/propose")
    assert "No meeting is to come. Call one first." in text_of(page)
    assert "No meeting is to come" in text_of(manager.post(f"/people/{person.reference}/propose", {"reason": WHY}))
    given = {"chair": "supervisor", "agencies": "Probation Service\r\n\r\nGlan Afon Homes"}
    refused = manager.post("/meetings/new", given | day("day", -1))
    assert "That day is past" in text_of(refused)
    assert "Glan Afon Homes" in refused.content.decode(), "nothing typed is lost"
    went = manager.post("/meetings/new", given | day("day", 7))
    assert went["Location"] == "/meetings/MT-10001"
    listed = text_of(manager.get("/priority"))
    assert "The next cohort meeting is on 1 December 2026." in listed
    assert f"Propose {person.reference} for a meeting" in listed
    assert "Propose for the next meeting" in text_of(manager.get(f"/people/{person.reference}/priority"))
    at = f"/people/{person.reference}/propose"
    page = text_of(manager.get(at))
    assert "Stalking and harassment, definition 1" in page
    assert "Say why in at least 10" in text_of(manager.post(at, {"reason": "soon"}))
    went = manager.post(at, {"reason": WHY})
    assert went["Location"] == "/meetings/MT-10001"
    page = text_of(manager.get("/meetings/MT-10001"))
    for words in (
        "Scored: suspects or offenders of stalking",
        WHY,
        "Probation Service",
        "Not decided",
        "To come",
        "Item 1",
    ):
        assert words in page, words
    assert "Read and approve" not in page
    assert "On the agenda of the next meeting" in text_of(manager.get("/priority"))
    assert "on the agenda of that meeting already" in text_of(manager.get(at))
    assert manager.post(at, {"reason": WHY}).status_code == 409
    assert "The meeting decides on its day." in text_of(manager.get("/meetings/MT-10001/items/1"))


def test_whoever_is_outside_the_population_is_not_proposed(
    order: Order, scored: object, meeting: str, manager: Client
) -> None:
    by = by_of(manager)
    story = story_of(by, meeting)
    other = Person.objects.for_user(by).exclude(pk=story.items[0].row.person_id).first()
    at = f"/people/{other.reference}/propose"
    assert "outside the stated population" in text_of(manager.get(at))
    assert "outside the stated population" in text_of(manager.post(at, {"reason": WHY}))
    assert len(story_of(by, meeting).items) == 1


def test_who_came_is_recorded_and_who_has_not_undertaken_does_so_later(meeting: str, manager: Client) -> None:
    at = f"/meetings/{meeting}/attendance"
    given = {"name": "Nia Prosser", "agency": "1", "attendance": "came"}
    assert "kept in confidence" in text_of(manager.get(at))
    assert manager.post(at, given)["Location"] == f"/meetings/{meeting}"
    page = text_of(manager.get(f"/meetings/{meeting}"))
    assert "Probation Service is given nothing: not everybody who came for it gave the undertaking." in page
    assert "Glan Afon Homes is given nothing: nobody came for it." in page
    item = text_of(manager.get(f"/meetings/{meeting}/items/1"))
    assert "Which agencies are to have this item?" not in item
    assert "Nia Prosser undertakes" in text_of(manager.get(f"{at}/1"))
    assert manager.post(f"{at}/1").status_code == 302
    assert "That is recorded already." in text_of(manager.get(f"{at}/1"))
    assert "Probation Service may be given the items" in text_of(manager.get(f"/meetings/{meeting}"))
    assert "Which agencies are to have this item?" in text_of(manager.get(f"/meetings/{meeting}/items/1"))
    assert manager.get(f"{at}/2").status_code == 404
    assert manager.post(f"/meetings/{meeting}/agencies", {"name": "Health board"}).status_code == 302
    assert "invited already" in text_of(manager.post(f"/meetings/{meeting}/agencies", {"name": "health  BOARD"}))


def test_somebody_is_looked_at_and_decided_about_and_what_follows_follows_at_once(
    meeting: str, person: Person, order: Order, manager: Client, supervisor: Client
) -> None:
    by, at = by_of(manager), f"/meetings/{meeting}/items/1"
    came(by, meeting, PROBATION)
    page = manager.get(at)
    victim = people_of_records(by, [protected(by, order)])[protected(by, order)]
    for words in (
        WHY, "In the four weeks since 27 October 2026", "B-10001", order.reference, "No plan is being made",
        f"({victim.reference}): no view is recorded.", "It does not predict risk.", "Select: they are brought into the cohort",
    ):  # fmt: skip
        assert words in text_of(page), words
    assert "Keep: they stay" not in text_of(page)
    seen = {"version": version_on(page)}
    again = manager.post(at, {**seen, "decision": "select", "reason": ""})
    assert "Say why" in text_of(again)
    went = manager.post(at, {**seen, "decision": "select", "reason": WHY, "agencies": ["1"]})
    assert went["Location"] == at
    assert stays_of(by, person).now is not None
    page = text_of(manager.get(at))
    assert "Brought into the cohort" in page
    # Somebody else had the page open: theirs is not saved, and both are shown.
    clash = supervisor.post(at, {**seen, "decision": "defer", "reason": "Not enough is known yet"})
    assert clash.status_code == 409
    assert "The two versions" in text_of(clash)
    assert "Not enough is known yet" in clash.content.decode()
    went = supervisor.post(at, {"version": version_on(clash), "decision": "defer", "reason": "Not enough is known yet"})
    assert went.status_code == 302
    assert stays_of(by, person).now is None
    assert "Left the cohort" in text_of(manager.get(at))


@pytest.mark.rule("VIC-08")
def test_a_view_of_hers_is_told_to_all_and_her_words_to_whoever_may_read_them(
    meeting: str,
    order: Order,
    manager: Client,
    supervisor: Client,
    team: Acting,
    signed_in_client: Callable[..., Client],
) -> None:
    at = f"/meetings/{meeting}/items/1"
    view_of(by_of(supervisor), order, "I am afraid of the evenings", may_see=())
    for client in (manager, signed_in_client("coordinator")):
        page = text_of(client.get(at))
        assert "a view of 24 November 2026. The words are not for you." in page
        assert "I am afraid" not in page
    assert "a view of 24 November 2026: I am afraid of the evenings" in text_of(supervisor.get(at))
    view_of(by_of(supervisor), order, "Keep the zone as it is")
    assert "a view of 24 November 2026: Keep the zone as it is" in text_of(manager.get(at))


@pytest.mark.rule("SEC-06", "VIC-09")
def test_T5_where_they_can_be_reached_is_no_part_of_a_view_that_a_meeting_reads(
    meeting: str, order: Order, manager: Client, supervisor: Client, system: Acting
) -> None:
    one_more_of(system, protected(by_of(supervisor), order), ("address", "5 Heol Canari, Llandeilo"))
    view_of(by_of(supervisor), order, "He waits at 5 Heol Canari, Llandeilo. I am afraid.")
    page = text_of(manager.get(f"/meetings/{meeting}/items/1"))
    assert "He waits at [where somebody can be reached: not shown here]" in page
    assert "I am afraid." in page
    assert "Heol Canari" not in page


def test_actions_are_added_and_closed(meeting: str, manager: Client) -> None:
    by, at = by_of(manager), f"/meetings/{meeting}/items/1/actions"
    came(by, meeting, PROBATION)
    given = {"words": "See him at the office", "owner": "agency:1"} | day("due_on", 3)
    assert "Choose who does it" in text_of(manager.post(f"{at}/new", given)), "the item is not for that agency yet"
    decided(by, meeting, 1, Decision.DEFER, {PROBATION})
    assert manager.post(f"{at}/new", given)["Location"] == f"/meetings/{meeting}/items/1"
    assert "That day is past" in text_of(manager.post(f"{at}/new", given | day("due_on", -1)))
    own = {"words": "Visit him at home", "owner": "manager"} | day("due_on")
    assert manager.post(f"{at}/new", own).status_code == 302
    page = text_of(manager.get(f"/meetings/{meeting}/items/1"))
    assert "Say what became of action 2" in page
    closed = {"verdict": "done", "words": "He was seen at home"}
    assert manager.post(f"{at}/2", closed)["Location"] == f"/meetings/{meeting}/items/1"
    assert manager.post(f"{at}/2", closed).status_code == 409
    assert "That is recorded already." in text_of(manager.get(f"{at}/2"))
    assert manager.get(f"{at}/3").status_code == 404
    assert "2 actions, 1 closed" in text_of(manager.get(f"/meetings/{meeting}"))
    assert manager.get(f"/meetings/{meeting}/items/2").status_code == 404


def test_the_chair_approves_and_later_words_stand_beside(
    meeting: str, manager: Client, supervisor: Client, signed_in_client: Callable[..., Client]
) -> None:
    by, at = by_of(manager), f"/meetings/{meeting}/approve"
    assert "Undecided: 1" in text_of(supervisor.get(at))
    came(by, meeting)
    decided(by, meeting, 1, Decision.SELECT)
    assert "The minutes wait for the chair" in text_of(manager.get(f"/meetings/{meeting}"))
    assert "Read and approve the minutes" in text_of(supervisor.get(f"/meetings/{meeting}"))
    other = signed_in_client("coordinator")
    page = other.get(at)
    assert "The chair approves the minutes: Test supervisor" in text_of(page)
    assert other.post(at, {"version": story_of(by, meeting).version}).status_code == 403
    assert Event.objects.filter(verb="denied", payload__contains="not_the_chair").exists()
    page = supervisor.get(at)
    decided(by, meeting, 1, Decision.DESELECT)
    clash = supervisor.post(at, {"version": version_on(page)})
    assert clash.status_code == 409
    assert supervisor.post(at, {"version": version_on(clash)})["Location"] == f"/meetings/{meeting}"
    assert supervisor.get(at).status_code == 409
    page = text_of(manager.get(f"/meetings/{meeting}"))
    assert "Minutes approved" in page
    assert "Give the chair to somebody else" not in page
    item = text_of(manager.get(f"/meetings/{meeting}/items/1"))
    assert "Record the decision" not in item
    assert manager.post(f"/meetings/{meeting}/items/1", {"decision": "defer", "reason": WHY}).status_code == 409
    corrected = {"item": "1", "words": "He was not there himself"}
    assert manager.post(f"/meetings/{meeting}/corrections", corrected).status_code == 302
    assert "He was not there himself" in text_of(manager.get(f"/meetings/{meeting}/items/1"))
    assert (
        manager.post(f"/meetings/{meeting}/corrections", {"item": "all", "words": "It began at ten"}).status_code == 302
    )
    assert "It began at ten" in text_of(manager.get(f"/meetings/{meeting}"))


def test_members_who_fall_due_are_put_on_by_a_button_and_a_chair_passes_on(
    meeting: str, person: Person, manager: Client, supervisor: Client, chair: Acting
) -> None:
    by = by_of(manager)
    decided(by, meeting, 1, Decision.SELECT)
    later = called(by, chair, TODAY + timedelta(days=28))
    assert "1 member of the cohort is to be looked at" in text_of(manager.get(f"/meetings/{later}"))
    assert manager.get(f"/meetings/{later}/members").status_code == 302
    assert manager.post(f"/meetings/{later}/members")["Location"] == f"/meetings/{later}"
    assert "A member whose 28 days end by the meeting" in text_of(manager.get(f"/meetings/{later}"))
    assert "No member who falls due" in text_of(manager.post(f"/meetings/{later}/members"))
    assert manager.post(f"/meetings/{later}/chair", {"chair": "supervisor"}).status_code == 302
    assert story_of(by, later).chair == supervisor.user  # type: ignore[attr-defined]
    assert manager.post(f"/meetings/{later}/call-off", {"reason": "Nobody can come in that week"}).status_code == 302
    assert "Nobody can come in that week" in text_of(manager.get(f"/meetings/{later}"))
    assert manager.post(f"/meetings/{later}/members").status_code == 409


def paper(answer: Any) -> str:
    assert answer["Content-Type"] == "application/pdf", text_of(answer)
    whole = pikepdf.Pdf.open(io.BytesIO(answer.content))
    return squeezed("".join(page_text(page) for page in whole.pages))


def squeezed(words: str) -> str:
    return "".join(words.split())


@pytest.mark.rule("VIC-09")
@pytest.mark.parametrize("language", ["", "/cy"], ids=["English", "Welsh"])
def test_the_force_has_the_whole_and_an_agency_what_it_needs_to_know(
    language: str, meeting: str, person: Person, order: Order, manager: Client, supervisor: Client
) -> None:
    by, at = by_of(manager), f"{language}/meetings/{meeting}/print"
    came(by, meeting, PROBATION)
    record_attendance(by=by, meeting=meeting, given=NewAttendance("Huw Rees", HOUSING, came=True, undertook=False))
    assert text_of(manager.get(at)).count("<form") <= 1
    decided(by, meeting, 1, Decision.SELECT, {PROBATION}, why="He rang her and he rang her mother")
    action = {"words": "See him at the office", "owner": "agency:1"} | day("due_on", 3)
    assert manager.post(f"/meetings/{meeting}/items/1/actions/new", action).status_code == 302
    own = {"words": "Go past her home each night", "owner": "manager"} | day("due_on", 3)
    assert manager.post(f"/meetings/{meeting}/items/1/actions/new", own).status_code == 302
    approved(by_of(supervisor), meeting)
    whole = paper(manager.post(at, ASKED | {"organisation": "Glan Afon Police"}))
    name = identities(by, [person])[person.pk].name
    for words in (name, "He rang her and he rang her mother", "Go past her home", "Huw Rees", person.reference, WHY):
        assert squeezed(words) in whole, words
    answer = manager.post(f"{at}/1", ASKED)
    assert "cohort-meeting" in answer["Content-Disposition"]
    theirs = paper(answer)
    for words in (name, "See him at the office", "Nia Prosser", "Team manager, Probation Service"):
        assert squeezed(words) in theirs, words
    for words in (
        "He rang her",
        "Go past",
        "Huw Rees",
        "Glan Afon Homes",
        person.reference,
        WHY,
        "Item 1",
        order.reference,
    ):
        assert squeezed(words) not in theirs, words
    rows = list(MinutesPrinted.objects.for_user(by).order_by("id"))
    assert [(one.agency and one.agency.name, one.language) for one in rows] == [
        (None, language[1:] or "en"), (AGENCIES[0], language[1:] or "en"),
    ]  # fmt: skip
    logged = list(Event.objects.filter(kind="minutes_released").order_by("id"))
    assert len(logged) == 2
    assert "Team manager, Probation Service" in logged[1].payload
    refused = text_of(manager.post(f"/meetings/{meeting}/print/2", ASKED))
    assert "everybody who came for it gave the undertaking" in refused
    assert manager.get(f"/meetings/{meeting}/print/3").status_code == 404
    listed = text_of(manager.get(f"/meetings/{meeting}"))
    assert rows[1].sha256[:12] in listed
    again = manager.post(f"/meetings/{meeting}/printed/{rows[1].pk}", ASKED)
    assert again.content == answer.content
    assert manager.get(f"/meetings/{meeting}/printed/{rows[1].pk + 1}").status_code == 404
    where = contacts_of(acting_system(by.force, "test"), [protected(by, order)])[0][1]
    manager.post(f"/meetings/{meeting}/corrections", {"item": "1", "words": f"He was seen at {where} at ten"})
    answer = manager.post(f"/meetings/{meeting}/print", ASKED | {"organisation": "Glan Afon Police"})
    assert "what is protected about a victim" in text_of(answer)


@pytest.mark.rule("VIC-09")
def test_an_agency_is_told_that_an_item_was_corrected_and_not_what_was_written(
    meeting: str, person: Person, manager: Client, supervisor: Client
) -> None:
    by = by_of(manager)
    came(by, meeting, PROBATION)
    decided(by, meeting, 1, Decision.SELECT, {PROBATION})
    approved(by_of(supervisor), meeting)
    words = "He scores 71, and somebody of Glan Afon Homes saw him outside the school"
    for item in ("1", "1", "all"):
        manager.post(f"/meetings/{meeting}/corrections", {"item": item, "words": words})
    theirs = paper(manager.post(f"/meetings/{meeting}/print/1", ASKED))
    told = squeezed("This item was corrected on 24 November 2026. Ask the chair what was put right.")
    assert theirs.count(told) == 1
    assert squeezed(words) not in theirs
    row = MinutesPrinted.objects.for_user(by).get()
    assert words not in row.words + row.free
    whole = paper(manager.post(f"/meetings/{meeting}/print", ASKED | {"organisation": "Glan Afon Police"}))
    assert whole.count(squeezed(words)) == 3


def test_nothing_leaves_before_the_minutes_are_approved(meeting: str, manager: Client) -> None:
    page = manager.get(f"/meetings/{meeting}/print")
    assert "The minutes are not approved yet." in text_of(page)
    given = ASKED | {"organisation": "Glan Afon Police"}
    assert "not approved yet" in text_of(manager.post(f"/meetings/{meeting}/print", given))
    assert "Of which organisation?" not in text_of(manager.get(f"/meetings/{meeting}/print/1"))
    assert title_of(manager.get("/meetings")).startswith("Cohort meetings")
    assert "change them instead" in text_of(manager.get(f"/meetings/{meeting}/corrections"))
    assert manager.get("/meetings/MT-99999").status_code == 404


def somebody(by: Acting, key: str) -> Person:
    record = record_of(by, key).pk
    return people_of_records(by, [record])[record]


@pytest.mark.rule("IDN-06")
def test_an_item_shows_and_decides_of_whoever_somebody_is_whose_records_were_joined(
    meeting: str, person: Person, order: Order, manager: Client, chair: Acting, system: Acting
) -> None:
    by, at = by_of(manager), f"/meetings/{meeting}/items/1"
    into = somebody(system, "other")
    joined_into(system, person, into, NOW)
    renew_scores(by=system, people={person.pk, into.pk}, now=NOW)
    for page in (manager.get(at), manager.get(f"/meetings/{meeting}")):
        assert into.reference in text_of(page)
        assert person.reference not in text_of(page)
    page = manager.get(at)
    for words in ("B-10001", order.reference, "no view is recorded"):
        assert words in text_of(page), words
    given = {"version": version_on(page), "decision": "select", "reason": WHY}
    assert manager.post(at, given)["Location"] == at
    assert stays_of(by, into).now is not None
    assert "on the agenda of that meeting already" in text_of(manager.get(f"/people/{into.reference}/propose"))
    assert "On the agenda of the next meeting" in text_of(manager.get("/priority"))


@bookkeeping
def also_on(by: Acting, meeting: str, person: Person) -> None:
    row = story_of(by, meeting).items[0].row
    MeetingItem.objects.create(
        force=by.force, meeting=row.meeting, number=2, person=person, why=row.why, population=row.population, by=by.user,
        known_from=NOW,
    )  # fmt: skip


@pytest.mark.rule("IDN-06")
def test_two_items_of_one_person_say_so(meeting: str, person: Person, manager: Client, system: Acting) -> None:
    by = by_of(manager)
    into = somebody(system, "other")
    also_on(by, meeting, into)
    joined_into(system, person, into, NOW)
    for item, other in ((1, 2), (2, 1)):
        page = text_of(manager.get(f"/meetings/{meeting}/items/{item}"))
        assert f"Item {other} is about the same person: their records were joined. What is decided last stands." in page


@pytest.mark.rule("IDN-03", "VIC-09")
def test_of_several_who_were_one_on_the_agenda_the_reader_is_told_and_nobody_is_named_to_an_agency(
    meeting: str, person: Person, order: Order, manager: Client, supervisor: Client, system: Acting
) -> None:
    by, at = by_of(manager), f"/meetings/{meeting}/items/1"
    came(by, meeting, PROBATION)
    name = identities(by, [person])[person.pk].name
    one, other = somebody(system, "one"), somebody(system, "other")
    parted_into(system, person, (one, other), NOW)
    told = f"The records are held to be several persons’ now: {one.reference}, {other.reference}"
    assert told in text_of(manager.get(f"/meetings/{meeting}"))
    page = manager.get(at)
    assert told in text_of(page)
    assert "What victims think" not in text_of(page), "what is not known is not shown as nothing"
    assert "Select: they are brought" not in text_of(page)
    given = {"version": version_on(page), "decision": "defer", "reason": WHY, "agencies": ["1"]}
    assert manager.post(at, given | {"decision": "select"}).status_code == 200
    assert manager.post(at, given).status_code == 302
    page = text_of(manager.get(at))
    assert "Record the decision" not in page
    assert "The meeting decides on its day." not in page
    approved(by_of(supervisor), meeting)
    whole = paper(manager.post(f"/meetings/{meeting}/print", ASKED | {"organisation": "Glan Afon Police"}))
    assert squeezed(told) in whole
    theirs = paper(manager.post(f"/meetings/{meeting}/print/1", ASKED))
    assert squeezed("1. Ask the chair whom this is about") in theirs
    for words in (name, one.reference, person.reference):
        assert squeezed(words) not in theirs
