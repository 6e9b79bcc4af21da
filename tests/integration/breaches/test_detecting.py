"""What arrives is held against the orders then in force, and raised once, with its reason; nothing is decided (BRC-06)."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.ledger.queries import story_of_breach
from craffu.breaches.ledger.yearly import counted_since
from craffu.breaches.models import BreachMove, BreachTelling
from craffu.breaches.standpoints.reading import do_not_agree, orders_reviewed
from craffu.breaches.standpoints.rules import Mismatch
from craffu.cases.models import RiskEvent
from craffu.clocks.london import day_of, end_of, start_of
from craffu.common.door import bookkeeping
from craffu.daily.ticking import tick
from craffu.intake.running import take_in
from craffu.orders.models import Order, OrderTrigger
from craffu.orders.topics import ORDERS
from craffu.outbox.actions import tell
from craffu.people.models import SourceRecord
from craffu.work.models import WorkItem
from tests.factories.breach_stories import Cast
from tests.factories.breaches import breaches, send_incident
from tests.factories.crimes import UNGRADED
from tests.factories.extracts import AT, LATER, row, write
from tests.factories.identities import score
from tests.factories.victims import send_victim
from tests.integration.breaches.conftest import DAY, HOUR, NOW, SERVED_AT


def as_text(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S")


def sent(at: datetime, **crime: str) -> dict[str, str]:
    said = {"occurred_from": as_text(at), "occurred_to": as_text(at), "reported_at": as_text(at + HOUR)}
    return {**said, "recorded_at": as_text(at + 2 * HOUR), "updated_at": as_text(at + 2 * HOUR), **crime}


def run(by: Acting, at: datetime = NOW) -> None:
    tick(force=by.force, at=at)


def work(kind: str) -> list[tuple[str, str]]:
    rows = WorkItem.objects.for_system("a test").filter(kind=kind).order_by("id")
    return [(one.why, one.state) for one in rows]


def test_BRC_06_what_was_done_to_whoever_is_protected_is_offered_with_its_reason(
    served: Order, system: Acting, tmp_path: Path
) -> None:
    send_incident(system, tmp_path, 2, **sent(NOW - DAY))

    run(system)

    [breach] = breaches()
    story = story_of_breach(system, breach)
    assert (breach.status, breach.found_by, breach.is_said) == ("possible", "crime", False)
    assert [(one.order_id, one.reasons, one.flags) for one in story.holding] == [(served.pk, ["protected_person"], [])]
    assert [(one.kind, one.key) for one in story.sources] == [("crime", "CRIME2")]
    assert [one.standpoint for one in story.words] == [Standpoint.REPORTED]
    assert not story.moves


def test_BRC_06_asked_again_it_is_raised_once(served: Order, system: Acting, tmp_path: Path) -> None:
    send_incident(system, tmp_path, 2, **sent(NOW - DAY))
    run(system)

    tick(force=system.force, at=NOW + HOUR, everything=True)

    assert len(breaches()) == 1
    assert OrderTrigger.objects.for_system("a test").filter(trigger="possible_breach_raised").count() == 1


@pytest.mark.parametrize(
    ("at", "flags"),
    [
        pytest.param(SERVED_AT - timedelta(minutes=30), ["not_enforceable_at_time"], id="made-and-not-served"),
        pytest.param(SERVED_AT, [], id="served"),
        pytest.param(SERVED_AT - 2 * HOUR, None, id="before-it-was-made"),
    ],
)
def test_BRC_02_only_what_happened_while_it_bound_them_is_offered(
    served: Order, system: Acting, tmp_path: Path, at: datetime, flags: list[str] | None
) -> None:
    send_incident(system, tmp_path, 2, **sent(at))

    run(system)

    found = [one.flags for breach in breaches() for one in story_of_breach(system, breach).holding]
    assert found == ([] if flags is None else [flags])


@pytest.mark.rule("BRC-02")
@pytest.mark.rule("CLK-01")
@pytest.mark.parametrize("after", [timedelta(), DAY], ids=["that-day", "the-day-after"])
def test_BRC_02_a_charge_of_the_day_on_which_an_order_was_made_and_served_is_of_that_order(
    served: Order, system: Acting, investigator: Acting, supervisor: Acting, officer: Acting, tmp_path: Path, clock: Any,
    after: timedelta,
) -> None:  # fmt: skip
    """A court gives the day alone: he was served at noon and rang her that evening."""
    cast = Cast(system, investigator, supervisor, officer, served, tmp_path, NOW, clock.move_to, (system, system))

    cast.court(NOW - DAY, SERVED_AT + after, "G")

    [breach] = breaches()
    story, day = story_of_breach(system, breach), day_of(SERVED_AT + after)
    [tie] = story.holding
    assert (breach.court, tie.order_id, tie.reasons) == ("proved", served.pk, ["recorded_as_breach"])
    assert tie.flags == ([] if after else ["time_uncertain"])
    assert (breach.is_day_only, breach.happened_from, breach.happened_to) == (
        True, start_of(day), end_of(day) - datetime.resolution,
    )  # fmt: skip
    # What is said of the day, at no known time, is of one day still: of M5 and of the years that count it.
    reviewed = orders_reviewed(system, [served])
    assert Mismatch.DATES_DIFFER not in do_not_agree(story, reviewed, NOW)
    assert Mismatch.ORDER_NOT_REVIEWED in do_not_agree(story, reviewed, NOW + 14 * DAY)
    records = [breach.respondent_id]
    assert counted_since(system, records, breach.happened_to).proved == 1
    assert counted_since(system, records, end_of(day)).proved == 0


def test_BRC_05_contact_heightened_follow_up_and_an_assessment_are_asked_for_at_once(
    served: Order, system: Acting, tmp_path: Path
) -> None:
    send_incident(system, tmp_path, 2, **sent(NOW - DAY))

    run(system)

    triggers = OrderTrigger.objects.for_system("a test").filter(trigger="possible_breach_raised")
    assert [(one.order_id, one.raised_at, one.due_at) for one in triggers] == [(served.pk, NOW, NOW + 4 * HOUR)]
    assert RiskEvent.objects.for_system("a test").filter(kind="possible_breach_raised").count() == 2
    assert work("breach_contact") == [("breach_victim_not_reached", "open")]
    assert work("breach_decide") == [("breach_not_decided", "open")]


def test_BRC_06_undecided_past_its_limit_it_goes_to_the_duty_inspector_once(
    served: Order, system: Acting, tmp_path: Path
) -> None:
    send_incident(system, tmp_path, 2, **sent(NOW - DAY))
    run(system)
    run(system, NOW + 4 * HOUR)
    assert work("breach_inspector") == []

    for hours in (5, 6, 30):
        run(system, NOW + hours * HOUR)

    assert work("breach_inspector") == [("breach_past_its_limit", "open")]


def test_BRC_03_what_the_force_recorded_as_a_breach_is_its_own_decision(
    served: Order, system: Acting, tmp_path: Path
) -> None:
    send_incident(system, tmp_path, 2, **sent(NOW - DAY, offence_code="ST19001"))

    run(system)

    [breach] = breaches()
    assert (breach.status, breach.police, breach.is_said) == ("accepted", "breach", True)
    assert [(one.move, one.by_right, one.by) for one in BreachMove.objects.for_system("a test")] == [
        ("accept", "record", None)
    ]
    assert work("breach_decide") == [("breach_not_decided", "done")]


def test_BRC_03_an_outcome_that_comes_by_itself_later_is_heard_by_the_clock(
    served: Order, system: Acting, tmp_path: Path
) -> None:
    send_incident(system, tmp_path, 2, **sent(NOW - DAY, offence_code="ST19001"))
    run(system)
    run(system, NOW + HOUR)
    [breach] = breaches()
    assert breach.police == "breach"
    outcome = row("rms", "outcomes", 1, crime_ref="CRIME2", outcome_code="16", decided_on=as_text(NOW)[:10])
    write(tmp_path / "later", "outcomes.csv", [outcome | {"updated_at": as_text(NOW)}])
    assert take_in(by=system, kind="rms", paths=[tmp_path / "later"]).run.rejected == 0

    run(system, NOW + 2 * HOUR)

    [breach] = breaches()
    assert breach.police != "breach"
    words = [one.standpoint for one in story_of_breach(system, breach).words]
    assert words == [Standpoint.REPORTED, Standpoint.POLICE, Standpoint.POLICE]


def test_BRC_02_what_a_force_calls_a_breach_stands_in_the_ledger_without_an_order(
    system: Acting, tmp_path: Path
) -> None:
    send_victim(system, tmp_path, 1, **sent(NOW - DAY, offence_code="ST19001"))

    run(system, NOW + HOUR)

    [breach] = breaches()
    assert breach.is_said
    assert not story_of_breach(system, breach).holding


def test_INT_01_probation_tells_of_a_breach(served: Order, system: Acting, tmp_path: Path) -> None:
    his = {"forenames": "Sian Mair", "surname": "Rees", "date_of_birth": "1984-03-02", "pnc_id": "2003/0123456A"}
    inbox = tmp_path / "probation"
    write(inbox, "cases.csv", [row("probation", "cases", 1, **his)])
    event: dict[str, Any] = {
        "crn": "CRN1",
        "event_number": "1",
        "event": "order_breach_reported",
        "happened_on": "2026-11-22",
    }
    write(inbox, "events.csv", [row("probation", "events", 1, **event)])
    assert take_in(by=system, kind="probation", paths=[inbox]).run.rejected == 0

    run(system, NOW + HOUR)

    [breach] = breaches()
    assert (breach.found_by, breach.probation, breach.is_day_only) == ("probation", "reported", True)


@pytest.mark.rule("INT-01")
@pytest.mark.rule("BRC-06")
@pytest.mark.parametrize("is_late", [False, True])
@pytest.mark.parametrize("files", [2, 1])
def test_what_probation_takes_back_is_taken_back_also_in_the_file_in_which_it_was_said(
    files: int, is_late: bool, system: Acting, tmp_path: Path
) -> None:
    rows = [
        row("probation", "events", 1, event="order_breach_reported", updated_at=AT),
        row("probation", "events", 1, event="missed_appointment", updated_at=LATER),
    ]
    rows = rows[::-1] if is_late else rows
    for at, some in enumerate([rows] if files == 1 else [[one] for one in rows]):
        take_in(by=system, kind="probation", paths=[write(tmp_path / str(at), "events.csv", some)])
    last = BreachTelling.objects.for_system("a test").order_by("said_at", "received_at", "number").last()
    assert last is None or last.is_withdrawn


HERS = {"forenames": "Sian Mair", "surname": "Rees", "date_of_birth": "1984-03-02", "pnc_id": "2003/0123456A"}


def reports_of(by: Acting, folder: Path, order_ref: str, **case: str) -> int:
    """Probation reports that an order was broken, under a case that it describes so; how many of its rows were refused."""
    folder.mkdir()
    write(folder, "cases.csv", [row("probation", "cases", 1, **HERS | case)])
    event = {"crn": "CRN1", "event_number": "1", "event": "order_breach_reported", "happened_on": "2026-11-22"}
    write(folder, "events.csv", [row("probation", "events", 1, **event, order_ref=order_ref)])
    return take_in(by=by, kind="probation", paths=[folder]).run.rejected


def held_by_number(by: Acting) -> list[tuple[int, str, list[tuple[int, list[str]]]]]:
    stories = [(one, story_of_breach(by, one)) for one in breaches()]
    return [
        (one.respondent_id, one.status, [(each.order_id, each.flags) for each in story.holding])
        for one, story in stories
    ]


@pytest.mark.parametrize("probability", [0.999, 0.7])
def test_BRC_06_an_order_that_is_named_by_its_number_is_held_though_the_row_about_the_person_was_refused(
    probability: float, served: Order, system: Acting, tmp_path: Path
) -> None:
    number = " ".join(served.court_case_no)
    assert reports_of(system, tmp_path / "first", number, surname="") == 1
    assert reports_of(system, tmp_path / "again", number, surname="") >= 1

    run(system, NOW + HOUR)

    tied = [(served.pk, ["identity_not_confirmed"])]
    assert held_by_number(system) == [(served.respondent_id, "possible", tied)]
    [source] = story_of_breach(system, breaches()[0]).sources
    assert (source.kind, source.record_id) == ("probation", None)

    # Put right by probation and linked, it is the same incident, told of by the same source.
    write(tmp_path / "again", "cases.csv", [row("probation", "cases", 1, **HERS)])
    assert take_in(by=system, kind="probation", paths=[tmp_path / "again"]).run.rejected == 0
    theirs = SourceRecord.objects.for_system("a test").get(source="probation").pk
    score(system, served.respondent_id, theirs, probability)
    run(system, NOW + 2 * HOUR)
    [(respondent, status, [(order, _flags)])] = held_by_number(system)
    assert (respondent, status, order) == (served.respondent_id, "possible", served.pk)
    assert len(story_of_breach(system, breaches()[0]).sources) == 1


def test_BRC_06_what_was_told_by_a_number_of_somebody_else_is_another_incident_once_their_record_comes(
    served: Order, system: Acting, tmp_path: Path
) -> None:
    reports_of(system, tmp_path / "first", served.reference, surname="")
    run(system, NOW + HOUR)
    other = {"forenames": "Idris", "surname": "Vaughan", "date_of_birth": "1961-07-30", "pnc_id": "1999/7654321B"}
    write(tmp_path / "first", "cases.csv", [row("probation", "cases", 1, **other)])
    assert take_in(by=system, kind="probation", paths=[tmp_path / "first"]).run.rejected == 0

    run(system, NOW + 2 * HOUR)

    by_number, of_other = held_by_number(system)
    assert by_number == (served.respondent_id, "possible", [(served.pk, ["identity_not_confirmed"])])
    assert of_other[0] != served.respondent_id
    assert of_other[2] == [], "their record binds no order"


@bookkeeping
def against_another(order: Order) -> None:
    """One more order under the same number, against somebody else."""
    other = SourceRecord.objects.for_system("a test").exclude(pk=order.respondent_id).order_by("id").first()
    assert other is not None
    order.pk, order.reference, order.respondent, order._state.adding = None, "O-19999", other, True
    order.save()


@bookkeeping
def called_by_the_court(order: Order, number: str) -> None:
    Order.objects.for_system("a test").filter(pk=order.pk).update(court_case_no=number)
    tell(force=order.force.code, topic=ORDERS, subjects=[order.pk], at=NOW)


def test_BRC_06_a_number_of_no_order_or_of_several_people_s_raises_nothing_until_it_is_one_s(
    served: Order, system: Acting, tmp_path: Path
) -> None:
    reports_of(system, tmp_path / "first", "63ZZ9999999", surname="")
    run(system, NOW + HOUR)
    assert breaches() == []
    against_another(Order.objects.for_system("a test").get(pk=served.pk))
    reports_of(system, tmp_path / "second", served.court_case_no, surname="")
    run(system, NOW + 2 * HOUR)
    assert breaches() == [], "nobody knows whose order is meant"


def test_BRC_06_an_order_that_is_entered_after_it_was_told_of_is_found_by_its_number(
    served: Order, system: Acting, tmp_path: Path
) -> None:
    number = "63AB/0000001"
    reports_of(system, tmp_path / "first", number, surname="")
    run(system, NOW + HOUR)
    assert breaches() == []
    called_by_the_court(served, number)

    run(system, NOW + 2 * HOUR)

    assert [one[0] for one in held_by_number(system)] == [served.respondent_id]


@pytest.mark.parametrize(("surname", "flags"), [("Rees", ["identity_not_confirmed"]), ("Powell", None)])
def test_BRC_06_somebody_of_the_name_of_whom_it_protects_is_put_before_an_officer(
    served: Order, system: Acting, tmp_path: Path, surname: str, flags: list[str] | None
) -> None:
    inbox = tmp_path / "namesake"
    write(inbox, "crimes.csv", [row("rms", "crimes", 2, **UNGRADED | sent(NOW - DAY))])
    nobody = {
        "date_of_birth": "",
        "pnc_id": "",
        "telephone": "",
        "email": "",
        "postcode": "",
        "address": "",
        "aliases": "",
    }
    write(inbox, "persons.csv", [row("rms", "persons", 77, **nobody, surname=surname)])
    involved = [
        row("rms", "involvements", 2, person_ref=f"PERSON{one}", role=role)
        for one, role in ((77, "victim"), (11, "suspect"))
    ]
    write(inbox, "involvements.csv", involved)
    assert take_in(by=system, kind="rms", paths=[inbox]).run.rejected == 0

    run(system, NOW + HOUR)

    found = [one.flags for breach in breaches() for one in story_of_breach(system, breach).holding]
    assert found == ([] if flags is None else [flags])


def test_BRC_06_where_nobody_is_named_it_may_be_whoever_the_order_binds(
    served: Order, system: Acting, tmp_path: Path
) -> None:
    inbox = tmp_path / "nobody"
    write(inbox, "crimes.csv", [row("rms", "crimes", 2, **UNGRADED | sent(NOW - DAY))])
    write(inbox, "involvements.csv", [row("rms", "involvements", 2, person_ref="PERSON10", role="victim")])
    assert take_in(by=system, kind="rms", paths=[inbox]).run.rejected == 0
    run(system, NOW + HOUR)
    [breach] = breaches()
    assert story_of_breach(system, breach).holding[0].flags == ["identity_not_confirmed"]

    # Whom police name later is the same person: the same incident, and no second one.
    late = tmp_path / "late"
    write(
        late,
        "involvements.csv",
        [row("rms", "involvements", 3, crime_ref="CRIME2", person_ref="PERSON11", role="suspect")],
    )
    assert take_in(by=system, kind="rms", paths=[late]).run.rejected == 0
    run(system, NOW + 2 * HOUR)

    assert len(breaches()) == 1


# Nothing by which a record could be linked: a name alone.
BARE = dict.fromkeys(("date_of_birth", "pnc_id", "telephone", "email", "postcode", "address", "aliases"), "")


def send_stranger(by: Acting, folder: Path, role: str, other: str, code: str = "", **name: str) -> None:
    """A crime of yesterday between somebody of whom a record gives a name alone, and somebody known."""
    coded = {"offence_code": code} if code else {}
    inbox = folder / f"stranger-{role}"
    write(inbox, "crimes.csv", [row("rms", "crimes", 2, **UNGRADED | sent(NOW - DAY) | coded)])
    write(inbox, "persons.csv", [row("rms", "persons", 77, **BARE | name)])
    known = {"PERSON77": role, other: "victim" if role == "suspect" else "suspect"}
    involved = [row("rms", "involvements", 2, person_ref=one, role=part) for one, part in known.items()]
    write(inbox, "involvements.csv", involved)
    assert take_in(by=by, kind="rms", paths=[inbox]).run.rejected == 0


@pytest.mark.parametrize(
    ("name", "is_offered"),
    [
        pytest.param({"surname": "Rees"}, True, id="the same name"),
        pytest.param({"surname": "Powell", "aliases": "Sian|Rees"}, True, id="an alias"),
        pytest.param({"forenames": "Jane", "surname": "Rees"}, True, id="the English of a Welsh name"),
        pytest.param({"surname": "Powell"}, False, id="another name"),
    ],
)
def test_BRC_06_a_suspect_of_the_name_of_whom_it_binds_is_put_before_an_officer(
    served: Order, system: Acting, tmp_path: Path, name: dict[str, str], is_offered: bool
) -> None:
    send_stranger(system, tmp_path, "suspect", "PERSON10", **name)

    run(system, NOW + HOUR)

    found = [
        (breach.respondent_id, one.flags) for breach in breaches() for one in story_of_breach(system, breach).holding
    ]
    assert found == ([(served.respondent_id, ["identity_not_confirmed"])] if is_offered else [])


def test_BRC_06_a_suspect_of_that_name_in_a_crime_against_nobody_it_protects_is_not_offered(
    served: Order, system: Acting, tmp_path: Path
) -> None:
    inbox = tmp_path / "another"
    write(inbox, "persons.csv", [row("rms", "persons", 88, **BARE | {"forenames": "Tariq", "surname": "Singh"})])
    assert take_in(by=system, kind="rms", paths=[inbox]).run.rejected == 0
    send_stranger(system, tmp_path, "suspect", "PERSON88", surname="Rees")

    run(system, NOW + HOUR)

    assert breaches() == []


def test_BRC_06_what_a_namesake_is_recorded_as_having_broken_stands_in_their_own_history_alone(
    served: Order, system: Acting, tmp_path: Path
) -> None:
    send_stranger(system, tmp_path, "suspect", "PERSON10", code="ST19001", surname="Rees")

    run(system, NOW + HOUR)

    [breach] = breaches()
    assert (breach.status, breach.respondent_id == served.respondent_id) == ("accepted", False)


@pytest.mark.parametrize(
    ("role", "other", "surname", "flags"),
    [
        pytest.param("suspect", "PERSON10", "Rees", ["identity_not_confirmed"], id="she is sure, and he has the name"),
        pytest.param("suspect", "PERSON10", "Powell", None, id="she is sure, and speaks of somebody else"),
        pytest.param("victim", "PERSON11", "Rees", ["identity_not_confirmed"], id="he is sure, and she has the name"),
        pytest.param("victim", "PERSON11", "Powell", None, id="he is sure, and she is somebody else"),
    ],
)
def test_BRC_06_what_she_tells_of_somebody_whose_identity_is_not_confirmed_is_put_before_an_officer(
    served: Order, system: Acting, tmp_path: Path, role: str, other: str, surname: str, flags: list[str] | None
) -> None:
    # The crime itself lies before the order: what she tells alone is of its time.
    inbox = tmp_path / "crime"
    before = sent(SERVED_AT - 30 * DAY)
    write(inbox, "crimes.csv", [row("rms", "crimes", 2, **UNGRADED | before)])
    write(inbox, "persons.csv", [row("rms", "persons", 77, **BARE | {"surname": surname})])
    parts = {"PERSON77": role, other: "victim" if role == "suspect" else "suspect"}
    involved = [row("rms", "involvements", 2, person_ref=one, role=part) for one, part in parts.items()]
    write(inbox, "involvements.csv", involved)
    told = {"person_ref": next(one for one, part in parts.items() if part == "victim"), "crime_ref": "CRIME2"}
    spoke = {"direction": "from_victim", "about": "safety", "reached": "yes", "words": "He rang her from a new number."}
    when = {"contacted_at": as_text(NOW - DAY), "updated_at": as_text(NOW - DAY)}
    write(inbox, "contacts.csv", [row("rms", "contacts", 1, **told, **spoke, **when)])
    assert take_in(by=system, kind="rms", paths=[inbox]).run.rejected == 0

    run(system, NOW + HOUR)

    found = [one.flags for breach in breaches() for one in story_of_breach(system, breach).holding]
    assert found == ([] if flags is None else [flags])
    assert {one.found_by for one in breaches()} <= {"contact"}
    assert {one.respondent_id for one in breaches()} <= {served.respondent_id}
