"""The clocks of a breach: from the raising, not stopped by a note, begun anew when it is opened again (BRC-05, BRC-06)."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.breaches.detecting.rules import Decision
from craffu.breaches.models import Breach
from craffu.breaches.standpoints.actions import decide, open_again
from craffu.cases.risk.actions import record_assessment
from craffu.cases.risk.facts import NewAssessment
from craffu.cases.risk.queries import case_risk, unassessed
from craffu.cases.risk.rules import Grade
from craffu.intake.running import take_in
from craffu.orders.models import Order
from craffu.people.queries import people_of_records
from craffu.victims.contacts.actions import record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.work.models import WorkItem
from tests.factories.breaches import breaches, reported, send_incident
from tests.factories.crimes import UNGRADED
from tests.factories.extracts import row, write
from tests.factories.victims import agreed
from tests.integration.breaches.conftest import DAY, HOUR, NOW
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
