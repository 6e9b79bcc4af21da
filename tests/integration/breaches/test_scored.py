"""What a score makes of breaches: of each suspect what was found of them, of one incident one, and each put before a human
(PRI-01, PRI-02, PRI-04); and what was decided of a priority stays with the records it was decided of (PRI-10, IDN-06).
"""

from pathlib import Path
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.breaches.detecting.rules import Decision
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.standpoints.actions import decide, record_standpoint
from craffu.cases.models import CaseRole
from craffu.clocks.london import day_of
from craffu.common.door import bookkeeping
from craffu.intake.running import take_in
from craffu.orders.models import Order
from craffu.people.models import Person
from craffu.people.queries import people_of_records
from craffu.prevention.cohort.actions import enter_cohort, leave_cohort
from craffu.prevention.cohort.queries import members_now, stays_of
from craffu.prevention.deciding.actions import answer_other, let_stand, put_other
from craffu.prevention.deciding.facts import Other
from craffu.prevention.deciding.queries import decided_of
from craffu.prevention.models import ScoreKept
from craffu.prevention.scoring.facts import Event
from craffu.prevention.scoring.known import as_event, as_known
from craffu.prevention.scoring.reading import spans_of_records
from craffu.prevention.scoring.rules import Floor, Tier, convicted_only, scored
from craffu.prevention.scoring.weights import own
from tests.factories.breaches import breaches, reported, send_incident
from tests.factories.crimes import UNGRADED
from tests.factories.extracts import row, write
from tests.factories.identities import score
from tests.factories.priorities import scored_by
from tests.factories.victims import send_victim
from tests.integration.breaches.conftest import DAY, HOUR, NOW
from tests.integration.breaches.test_detecting import run, sent, work

WHY = "As the neighbour saw it at the gate"
OF_AN_ORDER = {"offence_code": "ST19001"}


def person_of(by: Acting, record: int) -> Person:
    return people_of_records(by, [record])[record]


def events_of(system: Acting, record: int, at: Any) -> list[Event]:
    spans = as_known(spans_of_records(system, [record]), at)
    return [as_event(one, day_of(at), own(), {}) for one in spans]


@pytest.mark.rule("PRI-02")
@pytest.mark.parametrize("whose", ["his", "the other's"])
def test_what_is_found_of_one_of_two_suspects_disproves_nothing_of_the_other(
    served: Order, investigator: Acting, system: Acting, tmp_path: Path, clock: Any, whose: str
) -> None:
    inbox = tmp_path / "two"
    huw = {"forenames": "Huw", "surname": "Parry", "date_of_birth": "1990-01-01", "pnc_id": "", "cro_number": ""}
    roles = [(10, "victim"), (11, "suspect"), (30, "suspect")]
    write(inbox, "crimes.csv", [row("rms", "crimes", 2, **UNGRADED | sent(NOW - DAY, **OF_AN_ORDER))])
    write(inbox, "persons.csv", [row("rms", "persons", 30, **huw)])
    involved = [row("rms", "involvements", 2, person_ref=f"PERSON{one}", role=role) for one, role in roles]
    write(inbox, "involvements.csv", involved)
    assert take_in(by=system, kind="rms", paths=[inbox]).run.rejected == 0
    run(system, NOW + HOUR / 2)
    his = next(one for one in breaches() if one.respondent_id == served.respondent_id)
    other = next(one for one in breaches() if one.respondent_id != served.respondent_id)

    clock.move_to(NOW + HOUR)
    rejected = his if whose == "his" else other
    decide(by=investigator, breach=rejected.reference, decision=Decision.REJECT, reason=WHY, seen=rejected.moves_made)

    after = scored(events_of(system, served.respondent_id, NOW + 2 * HOUR))
    wanted = (0, ()) if whose == "his" else (1, (Floor.ORDER_BREACH,))
    assert (after.breaches, after.floors) == wanted
    assert scored(events_of(system, other.respondent_id, NOW + 2 * HOUR)).breaches == (1 if whose == "his" else 0)


@pytest.mark.rule("PRI-01")
@pytest.mark.rule("BRC-01")
@pytest.mark.parametrize("stays", ["told", "crime"])
@pytest.mark.parametrize("decision", [Decision.ACCEPT, Decision.REJECT])
def test_one_incident_that_two_sources_told_is_scored_once_however_they_are_joined(
    served: Order,
    officer: Acting,
    investigator: Acting,
    system: Acting,
    tmp_path: Path,
    clock: Any,
    stays: str,
    decision: Decision,
) -> None:
    """And what police find of whichever stays is said of both."""
    person = person_of(system, served.respondent_id).reference
    told = reported(officer, person, NOW - DAY, order=served.reference, words="There.")
    send_incident(system, tmp_path, 2, **sent(NOW - DAY, **OF_AN_ORDER))
    run(system)
    crime = next(one for one in breaches() if one.found_by == "crime")
    kept, gone = (told, crime) if stays == "told" else (crime, told)
    clock.move_to(NOW + HOUR)
    if (stays, decision) != ("crime", Decision.ACCEPT):  # which is held for one by its code
        decide(by=investigator, breach=kept.reference, decision=decision, reason=WHY, seen=kept.moves_made)
    decide(
        by=investigator, breach=gone.reference, decision=Decision.DUPLICATE, reason=WHY, seen=gone.moves_made,
        duplicate_of=kept.reference,
    )  # fmt: skip
    found = scored(events_of(system, served.respondent_id, NOW + 2 * HOUR))
    assert found.breaches == (1 if decision is Decision.ACCEPT else 0)
    assert len({one.key for one in found.incidents if one.age == 1}) == 1


@pytest.mark.rule("PRI-04")
def test_a_second_breach_while_the_floor_still_stands_is_put_before_a_human_too(
    served: Order, system: Acting, supervisor: Acting, tmp_path: Path, clock: Any
) -> None:
    send_incident(system, tmp_path, 2, **sent(NOW - DAY, **OF_AN_ORDER))
    clock.move_to(NOW + HOUR)
    run(system, NOW + HOUR)
    scored_by(supervisor, NOW + HOUR)
    run(system, NOW + HOUR)
    assert work("floor_review") == [("on_a_floor", "open")]
    person = person_of(system, served.respondent_id)
    clock.move_to(NOW + 2 * HOUR)
    let_stand(by=supervisor, person=person, seen=decided_of(supervisor, person).version)
    run(system, NOW + 2 * HOUR)
    scored_by(supervisor, NOW + DAY)
    run(system, NOW + DAY)
    assert work("floor_review") == [("on_a_floor", "done")], "nothing new, so nobody looks again"

    clock.move_to(NOW + 20 * DAY)
    send_incident(system, tmp_path, 3, **sent(NOW + 20 * DAY - 3 * HOUR, **OF_AN_ORDER))
    run(system, NOW + 20 * DAY + HOUR)

    assert work("floor_review") == [("on_a_floor", "done"), ("on_a_floor", "open")]
    assert not decided_of(supervisor, person).is_looked_at
    scored_by(supervisor, NOW + 21 * DAY)
    run(system, NOW + 21 * DAY)
    assert len(work("floor_review")) == 2, "everybody at once finds what each alone did"


@pytest.mark.rule("PRI-04")
def test_who_stood_on_a_floor_before_it_was_kept_by_which_incidents_is_looked_at_for_the_next_alone(
    served: Order, system: Acting, supervisor: Acting, tmp_path: Path, clock: Any
) -> None:
    """What an earlier version of the program kept."""
    send_incident(system, tmp_path, 2, **sent(NOW - DAY, **OF_AN_ORDER))
    clock.move_to(NOW + HOUR)
    run(system, NOW + HOUR)
    scored_by(supervisor, NOW + HOUR)
    run(system, NOW + HOUR)
    forget_which()
    scored_by(supervisor, NOW + DAY)
    run(system, NOW + DAY)
    assert work("floor_review") == [("on_a_floor", "open")]
    assert ScoreKept.objects.for_system("a test").order_by("id").last().floored
    clock.move_to(NOW + 20 * DAY)
    send_incident(system, tmp_path, 3, **sent(NOW + 20 * DAY - 3 * HOUR, **OF_AN_ORDER))
    run(system, NOW + 20 * DAY + HOUR)
    assert work("floor_review") == [("on_a_floor", "open"), ("on_a_floor", "open")]


@bookkeeping
def forget_which() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE prevention_scorekept SET floored = NULL")


@pytest.fixture
def another(served: Order, system: Acting, tmp_path: Path) -> int:
    """The record of a suspect of another case, who is not yet known to be whoever the order is against."""
    send_victim(system, tmp_path, 5, **sent(NOW - 10 * DAY, **OF_AN_ORDER))
    record: int = CaseRole.objects.for_system("a test").filter(role="suspect").order_by("-id").first().record_id
    assert record != served.respondent_id
    return record


@pytest.mark.rule("PRI-10")
@pytest.mark.rule("IDN-06")
def test_a_member_of_the_cohort_stays_one_when_their_records_are_linked_to_another(
    served: Order, system: Acting, supervisor: Acting, another: int, clock: Any
) -> None:
    clock.move_to(NOW + HOUR)
    scored_by(supervisor, NOW + HOUR)
    member = person_of(system, another)
    enter_cohort(by=supervisor, person=member, reason="He follows her", seen=stays_of(supervisor, member).version)

    score(system, *sorted((served.respondent_id, another)))
    run(system, NOW + 2 * HOUR)

    person = person_of(system, another)
    assert person == person_of(system, served.respondent_id) != member
    assert [one.person for one in members_now(supervisor)] == [person]
    stays = stays_of(supervisor, person)
    assert (stays.now is not None, stays.next_number) == (True, 2)
    run(system, NOW + 26 * DAY)
    assert [one for one in work("cohort_review") if one[1] == "open"], "it is asked for under whom they are now"
    leave_cohort(by=supervisor, person=person, reason="He moved abroad", seen=stays.version, now=NOW + 27 * DAY)
    assert members_now(supervisor) == []


@pytest.mark.rule("PRI-07")
@pytest.mark.rule("IDN-06")
def test_another_priority_that_was_agreed_stays_when_their_records_are_linked_to_another(
    served: Order, system: Acting, supervisor: Acting, officer: Acting, another: int, clock: Any, acting_as: Any
) -> None:
    clock.move_to(NOW + HOUR)
    scored_by(supervisor, NOW + HOUR)
    was, second = person_of(system, another), acting_as("supervisor", username="second")
    given = Other(Tier.HIGH, day_of(NOW + 20 * DAY), "He was seen at her work")
    put_other(by=supervisor, person=was, given=given, seen=decided_of(supervisor, was).version)
    answer_other(by=second, person=was, agrees=True, reason="As I heard it", seen=decided_of(second, was).version)

    score(system, *sorted((served.respondent_id, another)))
    run(system, NOW + 2 * HOUR)

    person = person_of(system, another)
    assert person != was
    decided = decided_of(supervisor, person)
    assert decided.other_on(day_of(NOW + DAY)) is not None
    assert not decided.is_looked_at, "nobody has looked at them as one"
    clock.move_to(NOW + 3 * HOUR)
    let_stand(by=supervisor, person=person, seen=decided.version)
    assert decided_of(supervisor, person).other_on(day_of(NOW + DAY)) is None


@pytest.mark.rule("PRI-02")
@pytest.mark.rule("PRI-04")
@pytest.mark.parametrize("police", ["nothing yet", "no breach"])
def test_a_breach_that_a_court_proved_counts_whatever_police_said(
    served: Order, system: Acting, officer: Acting, investigator: Acting, clock: Any, police: str
) -> None:
    told = reported(
        officer, person_of(system, served.respondent_id).reference, NOW - DAY, order=served.reference, words="There."
    )

    def came_to(hours: int) -> tuple[int, int, tuple[Floor, ...]]:
        events = events_of(system, served.respondent_id, NOW + hours * HOUR)
        found = scored(events)
        return found.breaches, convicted_only(events).breaches, found.floors

    clock.move_to(NOW + HOUR)
    if police == "no breach":
        decide(by=investigator, breach=told.reference, decision=Decision.REJECT, reason=WHY, seen=told.moves_made)
    said = {"by": investigator, "breach": told.reference}
    record_standpoint(**said, standpoint=Standpoint.PROSECUTION, decision="charged", at=NOW)
    assert came_to(2) == (0, 0, ())
    clock.move_to(NOW + 3 * HOUR)
    record_standpoint(**said, standpoint=Standpoint.COURT, decision="proved", at=NOW + 2 * HOUR)
    assert came_to(4) == (1, 1, (Floor.ORDER_BREACH,))
    assert came_to(1) == (0, 0, ()), "nobody is scored by what came after"
    clock.move_to(NOW + 5 * HOUR)
    record_standpoint(**said, standpoint=Standpoint.COURT, decision="not_proved", at=NOW + 4 * HOUR)
    assert came_to(6) == (0, 0, ())
