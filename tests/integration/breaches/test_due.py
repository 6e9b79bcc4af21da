"""The clocks of a breach: from the raising, not stopped by a note, begun anew when it is opened again (BRC-05, BRC-06)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from craffu.access.acting import Acting
from craffu.breaches.detecting.rules import Decision
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.models import Breach
from craffu.breaches.standpoints.actions import decide, open_again, record_standpoint
from craffu.cases.models import Case, CaseRole, RiskFact
from craffu.cases.risk.actions import look_again, record_assessment
from craffu.cases.risk.facts import NewAssessment
from craffu.cases.risk.queries import case_risk, facts_held, looks_waiting, unassessed
from craffu.cases.risk.rules import Grade, SecondLook
from craffu.daily.ticking import tick
from craffu.intake.running import take_in
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.models import Order
from craffu.people.models import SourceRecord
from craffu.people.queries import people_of_records
from craffu.victims.contacts.actions import record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.work.models import WorkItem
from tests.factories.breaches import KNOWN, breaches, reported, send_against, send_incident
from tests.factories.crimes import UNGRADED
from tests.factories.extracts import row, write
from tests.factories.identities import score
from tests.factories.orders import MADE, notified, parties, received, scanned
from tests.factories.victims import agreed
from tests.integration.breaches.conftest import DAY, HOUR, NOW, SERVED
from tests.integration.breaches.test_detecting import run, sent, work
from tests.integration.breaches.test_reporting import person_of

WHY = "He was at work, as his employer says"


@pytest.fixture
def raised(served: Order, system: Acting, tmp_path: Path) -> Breach:
    send_incident(system, tmp_path, 2, **sent(NOW - DAY))
    run(system)
    return breaches()[0]


def due_of(kind: str) -> list[datetime]:
    return [one.due_at for one in WorkItem.objects.for_system("a test").filter(kind=kind).order_by("id")]


def test_BRC_06_a_note_does_not_stop_the_clock(
    raised: Breach, investigator: Acting, system: Acting, clock: Any
) -> None:
    clock.move_to(NOW + HOUR)
    decide(
        by=investigator, breach=raised.reference, decision=Decision.NEEDS_ENQUIRIES, reason="Ask the neighbour", seen=0
    )

    run(system, NOW + 2 * HOUR)
    assert (work("breach_decide"), due_of("breach_decide")) == ([("breach_not_decided", "open")], [NOW + 4 * HOUR])

    run(system, NOW + 5 * HOUR)
    assert work("breach_inspector") == [("breach_past_its_limit", "open")]


def test_BRC_06_decided_it_is_done_and_opened_again_its_clock_begins_anew(
    raised: Breach, investigator: Acting, system: Acting, clock: Any
) -> None:
    clock.move_to(NOW + HOUR)
    decide(by=investigator, breach=raised.reference, decision=Decision.REJECT, reason=WHY, seen=0)
    run(system, NOW + 2 * HOUR)
    assert work("breach_decide") == [("breach_not_decided", "done")]

    clock.move_to(NOW + DAY)
    open_again(by=investigator, breach=raised.reference, reason="A camera shows him there")
    run(system, NOW + DAY + HOUR)

    assert work("breach_decide") == [("breach_not_decided", "done"), ("breach_not_decided", "open")]
    assert due_of("breach_decide") == [NOW + 4 * HOUR, NOW + DAY + 4 * HOUR]
    assert work("breach_inspector") == []


def test_BRC_06_new_evidence_opens_again_what_was_rejected(
    raised: Breach, investigator: Acting, system: Acting, clock: Any, tmp_path: Path
) -> None:
    clock.move_to(NOW + HOUR)
    decide(by=investigator, breach=raised.reference, decision=Decision.REJECT, reason=WHY, seen=0)
    clock.move_to(NOW + 3 * HOUR)
    # The force's own system says more of the same crime, which is no other source.
    send_incident(system, tmp_path, 2, **sent(NOW - DAY, station="Llanelli"))
    run(system, NOW + 4 * HOUR)
    assert breaches()[0].status == "rejected"


@pytest.mark.rule("RSK-01")
@pytest.mark.rule("RSK-02")
@pytest.mark.parametrize("when", [NOW - DAY, None], ids=["yesterday", "cannot-say-when"])
def test_RSK_01_a_breach_that_is_heard_of_after_an_assessment_asks_for_a_new_one(
    served: Order, officer: Acting, investigator: Acting, system: Acting, when: datetime | None
) -> None:
    """It happened before she was assessed, and nobody who assessed knew of it."""
    given = NewAssessment("S-DASH", "2009", "DPP-LIC-4", "doc-31", NOW - HOUR, Grade.STANDARD)
    record_assessment(by=investigator, case=served.case.reference, given=given)

    reported(officer, person_of(served), when, order=served.reference, words="He was there.")

    risk = case_risk(system, served.case)
    assert [(one.kind, one.happened_at) for one in risk.events] == [("possible_breach_raised", NOW)]
    assert risk.standing(NOW + HOUR).waiting_since == NOW
    assert risk.standing(NOW + 25 * HOUR).grade is None
    run(system, NOW + HOUR)
    assert ("possible_breach_raised", "open") in work("risk_assessment")


@pytest.mark.rule("RSK-01")
@pytest.mark.rule("RSK-02")
def test_RSK_01_a_breach_of_an_order_whose_case_is_over_asks_for_an_assessment_all_the_same(
    served: Order, system: Acting, officer: Acting, investigator: Acting, tmp_path: Path, clock: Any
) -> None:
    """Most orders outlive the case in which they were made."""
    given = NewAssessment("S-DASH", "2009", "DPP-LIC-4", "doc-31", NOW - 2 * DAY, Grade.STANDARD)
    record_assessment(by=investigator, case=served.case.reference, given=given)
    closed = UNGRADED | {"stage": "closed", "updated_at": "2026-11-24 11:00:00"}
    write(tmp_path / "closed", "crimes.csv", [row("rms", "crimes", 1, **closed)])
    assert take_in(by=system, kind="rms", paths=[tmp_path / "closed"]).run.rejected == 0
    run(system)
    assert case_risk(system, served.case).is_over
    clock.move_to(NOW + HOUR)

    reported(officer, person_of(served), NOW + HOUR / 2, order=served.reference, words="He stood at the gate.")
    run(system, NOW + 2 * HOUR)

    assert ("possible_breach_raised", "open") in work("risk_assessment")
    assert not case_risk(system, served.case).is_over
    assert [one.reference for one in unassessed(system, NOW + 3 * DAY)] == [served.case.reference]
    clock.move_to(NOW + 3 * HOUR)
    record_assessment(
        by=investigator, case=served.case.reference, given=replace(given, assessed_at=NOW + 3 * HOUR, grade=Grade.HIGH)
    )
    run(system, NOW + 3 * HOUR)
    assert ("possible_breach_raised", "done") in work("risk_assessment")
    assert unassessed(system, NOW + 3 * DAY) == []


@pytest.fixture
def told(served: Order, officer: Acting) -> Breach:
    return reported(officer, person_of(served), NOW - DAY, order=served.reference, words="He was there.")


def graded_standard(by: Acting, case: Case, at: datetime) -> None:
    """By an assessor who ticks nothing."""
    given = NewAssessment("S-DASH", "2009", "DPP-LIC-4", "doc-31", at, Grade.STANDARD)
    record_assessment(by=by, case=case.reference, given=given)


@pytest.mark.rule("RSK-04")
@pytest.mark.parametrize("is_graded_first", [True, False])
def test_RSK_04_a_standard_grade_beside_a_breach_that_police_hold_for_one_is_looked_at_again(
    told: Breach, served: Order, investigator: Acting, supervisor: Acting, system: Acting, clock: Any, *,
    is_graded_first: bool,
) -> None:  # fmt: skip
    if is_graded_first:
        graded_standard(investigator, served.case, NOW)
        clock.move_to(NOW + HOUR)
    decide(by=investigator, breach=told.reference, decision=Decision.ACCEPT, reason=WHY, seen=0)
    if not is_graded_first:
        clock.move_to(NOW + HOUR)
        graded_standard(investigator, served.case, NOW + HOUR)

    look = case_risk(system, served.case).look
    assert (look.because, look.due) == ((SecondLook.BREACH_OF_ORDER,), NOW + 25 * HOUR)
    assert [one.look for one in looks_waiting(supervisor)] == [look]
    assert not case_risk(system, served.case, NOW - HOUR).look.needed
    run(system, NOW + HOUR)
    assert work("second_look") == [("standard_grade", "open")]
    clock.move_to(NOW + 2 * HOUR)
    look_again(by=supervisor, case=served.case.reference, number=1, agrees=True)
    run(system, NOW + 2 * HOUR)
    assert work("second_look") == [("standard_grade", "done")]


@pytest.mark.rule("RSK-04")
def test_RSK_04_what_is_no_breach_any_more_asks_for_no_look(
    told: Breach, served: Order, investigator: Acting, system: Acting, clock: Any
) -> None:
    graded_standard(investigator, served.case, NOW)
    assert not case_risk(system, served.case).look.needed, "nobody has decided it"
    for place, (decision, is_needed) in enumerate([(Decision.ACCEPT, True), (Decision.REJECT, False)]):
        clock.move_to(NOW + HOUR * (place + 1))
        decide(by=investigator, breach=told.reference, decision=decision, reason=WHY, seen=place)
        assert case_risk(system, served.case).look.needed is is_needed
        run(system, NOW + HOUR * (place + 1))
        assert work("second_look") == [("standard_grade", "open" if is_needed else "withdrawn")]
    # A court proves it all the same.
    clock.move_to(NOW + 3 * HOUR)
    record_standpoint(
        by=investigator, breach=told.reference, standpoint=Standpoint.COURT, decision="proved", at=NOW + 3 * HOUR
    )
    run(system, NOW + 3 * HOUR)
    assert work("second_look") == [("standard_grade", "open")]


@pytest.mark.rule("RSK-04")
def test_RSK_04_what_the_forces_own_system_recorded_as_a_breach_is_one_in_every_case_it_touches_and_once(
    served: Order, investigator: Acting, system: Acting, tmp_path: Path, clock: Any
) -> None:
    send_incident(system, tmp_path, 2, **sent(NOW - DAY, offence_code="ST19001"))
    run(system)
    [breach] = breaches()
    assert breach.case_id not in {None, served.case_id}
    assert set(rows_of_facts()) == {(breach.case_id, True), (served.case_id, True)}
    run(system, NOW + HOUR)
    tick(force=system.force, at=NOW + 2 * HOUR, everything=True)
    assert len(rows_of_facts()) == 2


@pytest.mark.rule("RSK-04")
def test_RSK_04_a_breach_that_was_joined_to_another_is_the_others(
    told: Breach, served: Order, officer: Acting, investigator: Acting, system: Acting, clock: Any
) -> None:
    decide(by=investigator, breach=told.reference, decision=Decision.ACCEPT, reason=WHY, seen=0)
    given = {"order": served.reference, "words": "There."}
    other = reported(officer, person_of(served), NOW - DAY + HOUR, key="2", **given)
    clock.move_to(NOW + HOUR)
    decide(
        by=investigator,
        breach=told.reference,
        decision=Decision.DUPLICATE,
        reason=WHY,
        seen=1,
        duplicate_of=other.reference,
    )
    facts = facts_held(system, [served.case_id])[served.case_id]
    assert [one.key for one in facts] == [f"breach/{other.reference}"], "what the police said goes along"


@pytest.mark.rule("RSK-04")
def test_RSK_04_what_was_held_for_a_breach_before_facts_were_kept_is_kept_by_the_clock(
    told: Breach, served: Order, investigator: Acting, system: Acting, clock: Any
) -> None:
    decide(by=investigator, breach=told.reference, decision=Decision.ACCEPT, reason=WHY, seen=0)
    forget_facts()
    tick(force=system.force, at=NOW + HOUR, everything=True)
    assert rows_of_facts() == [(served.case_id, True)]


def rows_of_facts() -> list[tuple[int, bool]]:
    return list(RiskFact.objects.for_system("a test").order_by("id").values_list("case_id", "holds"))


def forget_facts() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_riskfact")


def test_BRC_05_reaching_her_ends_it_however_the_decision_stands(
    raised: Breach, served: Order, investigator: Acting, system: Acting, clock: Any
) -> None:
    record = raised.victim_id
    assert record is not None
    hers = people_of_records(system, [record])[record].reference
    agreed(investigator, hers)
    clock.move_to(NOW + 2 * HOUR)
    record_contact(
        by=investigator, victim=hers, given=NewContact(at=NOW + 2 * HOUR, channel="telephone", was_reached=True)
    )

    run(system, NOW + 3 * HOUR)

    assert work("breach_contact") == [("breach_victim_not_reached", "done")]
    assert work("breach_decide") == [("breach_not_decided", "open")]


def reach(by: Acting, victim: str, at: datetime, channel: str = "telephone") -> None:
    agreed(by, victim)
    given = NewContact(at=at, channel=channel, was_reached=True, was_made_anyway=channel == "letter")
    record_contact(by=by, victim=victim, given=given)


def contacts() -> dict[str, tuple[str, str]]:
    """How the contact with each stands, and by which key, by her person's reference."""
    rows = WorkItem.objects.for_system("a test").filter(kind="breach_contact").order_by("id")
    assert len({one.key for one in rows}) == len(rows)
    return {one.about: (one.state, one.key) for one in rows}


def others(case: Case) -> list[SourceRecord]:
    """The records of the victims of a case but the first."""
    parts = CaseRole.objects.for_system("a test").filter(case=case, role="victim").select_related("record")
    return [one.record for one in parts.order_by("record_id")][1:]


def references(by: Acting, records: Iterable[int]) -> list[str]:
    return [people_of_records(by, [one])[one].reference for one in records]


@pytest.mark.rule("BRC-05")
def test_BRC_05_that_one_of_two_protected_was_reached_does_not_say_that_the_other_was(
    team: Acting, system: Acting, officer: Acting, investigator: Acting, tmp_path: Path, clock: Any
) -> None:
    """Nobody says to which of the two it was done."""
    case, suspect, victim = parties(system, tmp_path)
    [other] = others(send_against(system, tmp_path, 2, [KNOWN, 20], **sent(NOW - 30 * DAY)))
    beginning = Beginning(kind="SPO", respondent=suspect, case=case, protects=[other, victim])
    order = begin_order(by=system, beginning=beginning, move="open_consideration", given=Given())
    order = scanned(team, received(team, order.reference, MADE))
    order = notified(team, move_order(by=team, order=order.reference, move="serve", given=SERVED))
    told = reported(officer, person_of(order), NOW - HOUR, order=order.reference, words="He stood at the gate.")
    hers, the_others = references(system, [victim.pk, other.pk])
    clock.move_to(NOW + HOUR)
    reach(investigator, hers, NOW + HOUR)

    run(system, NOW + 2 * HOUR)

    assert contacts() == {hers: ("done", str(told.pk)), the_others: ("open", f"{told.pk}/{other.pk}")}
    clock.move_to(NOW + 2 * HOUR)
    # That a letter is with somebody says nothing of whether they are safe.
    reach(investigator, the_others, NOW + 2 * HOUR, "letter")
    run(system, NOW + 3 * HOUR)
    assert contacts()[the_others] == ("open", f"{told.pk}/{other.pk}")
    clock.move_to(NOW + 4 * HOUR)
    reach(investigator, the_others, NOW + 4 * HOUR)
    run(system, NOW + 5 * HOUR)
    assert {state for state, _ in contacts().values()} == {"done"}


@pytest.mark.rule("BRC-05")
def test_BRC_05_each_to_whom_an_incident_was_done_is_reached_and_nobody_twice(
    served: Order, investigator: Acting, system: Acting, tmp_path: Path, clock: Any
) -> None:
    second, third = (one.pk for one in others(send_against(system, tmp_path, 2, [KNOWN, 20, 30], **sent(NOW - DAY))))
    run(system, NOW + HOUR)
    [breach] = breaches()
    first, hers, again = references(system, [breach.victim_id or 0, second, third])
    assert contacts() == {
        first: ("open", str(breach.pk)), hers: ("open", f"{breach.pk}/{second}"), again: ("open", f"{breach.pk}/{third}"),
    }  # fmt: skip

    # Two of the records turn out to be one person's.
    score(system, second, third)
    clock.move_to(NOW + 2 * HOUR)
    reach(investigator, references(system, [third])[0], NOW + 2 * HOUR)
    run(system, NOW + 3 * HOUR)

    states = [state for state, key in contacts().values() if key != str(breach.pk)]
    assert sorted(states) == ["done", "withdrawn"]
    assert contacts()[first] == ("open", str(breach.pk))


@pytest.mark.rule("BRC-05")
def test_BRC_05_a_victim_who_is_named_later_is_reached_too(
    served: Order, investigator: Acting, system: Acting, tmp_path: Path, clock: Any
) -> None:
    send_incident(system, tmp_path, 2, **sent(NOW - DAY))
    run(system)
    [breach] = breaches()
    [(first, _)] = contacts().items()
    reach(investigator, first, NOW)
    run(system, NOW + HOUR)
    assert contacts() == {first: ("done", str(breach.pk))}
    clock.move_to(NOW + 2 * HOUR)
    send_against(system, tmp_path, 2, [KNOWN, 20], **sent(NOW - DAY, updated_at="2026-11-24 13:30:00"))
    run(system, NOW + 3 * HOUR)
    assert sorted(state for state, _ in contacts().values()) == ["done", "open"]
