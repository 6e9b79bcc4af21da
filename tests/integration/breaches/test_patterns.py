"""Crimes recorded as something else against one person go to the coordinator, who decides; a new crime asks again (BRC-09)."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.breaches.models import PatternDecided
from craffu.breaches.patterns.actions import decide_pattern
from craffu.breaches.patterns.reading import Whole, suffered_by
from craffu.cases.models import CaseRole
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.daily.ticking import tick
from craffu.intake.running import take_in
from craffu.people.models import Person
from craffu.people.queries import people_of_records
from craffu.work.models import WorkItem
from craffu.work.queries import Tab, queue
from tests.factories.crimes import UNGRADED
from tests.factories.extracts import row, write
from tests.integration.breaches.conftest import DAY, HOUR, NOW

pytestmark = [pytest.mark.rule("BRC-09"), pytest.mark.django_db]
MESSAGES = {"offence_code": "MT88001", "home_office_class": "8R"}
DAMAGE = {"offence_code": "CD71039", "home_office_class": "58D"}
HARASSMENT = {"offence_code": "PH97004", "home_office_class": "8L"}
STALKING = {"offence_code": "PH97006", "home_office_class": "8Q"}
# Whatever was sent at noon is known by then.
LATER = NOW + HOUR
WHY = "The same words as in September, and the car"


@pytest.fixture
def coordinator(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("coordinator", username="coordinator")


def send(
    by: Acting, folder: Path, number: int, at: datetime, codes: dict[str, str], *, suspect: bool = True, victim: int = 1
) -> None:
    """A crime of this number against the victim of that number, and whoever is suspected of it."""
    inbox = folder / f"pattern-{number}"
    said = {**UNGRADED, **codes, "flags": "", "occurred_from": f"{at:%Y-%m-%d %H:%M:%S}", "occurred_to": ""}
    said |= {"reported_at": f"{at:%Y-%m-%d %H:%M:%S}", "updated_at": f"{at:%Y-%m-%d %H:%M:%S}"}
    write(inbox, "crimes.csv", [row("rms", "crimes", number, **said)])
    people = [(victim, "victim"), *([(90, "suspect")] if suspect else [])]
    write(inbox, "persons.csv", [row("rms", "persons", one) for one, _ in people])
    involved = [row("rms", "involvements", number, person_ref=f"PERSON{one}", role=role) for one, role in people]
    write(inbox, "involvements.csv", involved)
    assert take_in(by=by, kind="rms", paths=[inbox]).run.rejected == 0


def victim() -> Person:
    role = CaseRole.objects.for_system("a test").filter(role="victim").order_by("id").first()
    return people_of_records(READER["by"], [role.record_id])[role.record_id]


READER: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def reader(system: Acting) -> None:
    READER["by"] = system


def whole(by: Acting) -> Whole:
    person = victim()
    return suffered_by(by, {person.pk}, LATER)[person.pk]


def work() -> list[tuple[str, str]]:
    rows = WorkItem.objects.for_system("a test").filter(kind="stalking_pattern").order_by("id")
    return [(one.queue, one.state) for one in rows]


def decides(by: Acting, decision: str = "stalking", reason: str = WHY, seen: str | None = None) -> PatternDecided:
    return decide_pattern(
        now=LATER,
        by=by,
        person=victim().reference,
        decision=decision,
        reason=reason,
        seen=whole(by).version if seen is None else seen,
    )


@pytest.fixture
def pattern(system: Acting, tmp_path: Path) -> None:
    """Messages from somebody in September, and a car damaged by nobody known in November."""
    send(system, tmp_path, 1, NOW - 80 * DAY, MESSAGES)
    send(system, tmp_path, 2, NOW - 20 * DAY, DAMAGE, suspect=False)


def test_crimes_on_two_days_go_to_the_coordinator_whoever_did_them(pattern: None, system: Acting) -> None:
    tick(force=system.force, at=LATER)

    found = whole(system).pattern
    assert found is not None
    assert (found.crimes, len(found.suspects), found.suspect_unknown) == (("CRIME1", "CRIME2"), 1, True)
    [item] = WorkItem.objects.for_system("a test").filter(kind="stalking_pattern")
    assert (item.queue, item.state, item.about, item.rule) == ("patterns", "open", victim().reference, "BRC-09")
    assert item.cases.split() == ["C-10001", "C-10002"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param((NOW - 3 * DAY, HARASSMENT), (NOW - 3 * DAY, DAMAGE), id="on-one-day"),
        pytest.param((NOW - 366 * DAY, HARASSMENT), (NOW - DAY, HARASSMENT), id="longer-ago-than-a-year"),
        pytest.param((NOW - 9 * DAY, STALKING), (NOW - DAY, HARASSMENT), id="recorded-as-stalking"),
    ],
)
def test_what_is_no_pattern_asks_nobody(
    first: tuple[datetime, dict[str, str]], second: tuple[datetime, dict[str, str]], system: Acting, tmp_path: Path
) -> None:
    send(system, tmp_path, 1, *first)
    send(system, tmp_path, 2, *second)
    tick(force=system.force, at=LATER)

    assert (whole(system).pattern, work()) == (None, [])


def test_the_coordinator_decides_and_a_new_crime_asks_again(
    pattern: None, system: Acting, coordinator: Acting, tmp_path: Path
) -> None:
    tick(force=system.force, at=LATER)
    row_ = decides(coordinator)
    tick(force=system.force, at=LATER)
    assert (row_.crimes, row_.decision, work()) == (["CRIME1", "CRIME2"], "stalking", [("patterns", "done")])

    send(system, tmp_path, 3, NOW - DAY, HARASSMENT)
    tick(force=system.force, at=LATER)
    assert work() == [("patterns", "done"), ("patterns", "open")]
    assert [one.crime for one in whole(system).undecided] == ["CRIME3"]
    decides(coordinator, "not_a_pattern")
    tick(force=system.force, at=LATER)
    assert work() == [("patterns", "done"), ("patterns", "done")]


def test_a_pattern_that_the_year_leaves_behind_is_asked_no_more(pattern: None, system: Acting) -> None:
    tick(force=system.force, at=LATER)
    tick(force=system.force, at=LATER + 285 * DAY)
    assert work() == [("patterns", "open")]

    tick(force=system.force, at=LATER + 286 * DAY)
    assert work() == [("patterns", "withdrawn")]


def test_only_the_coordinator_decides_with_a_reason_on_what_stands(
    pattern: None, coordinator: Acting, supervisor: Acting, system: Acting, tmp_path: Path
) -> None:
    seen = whole(system).version
    for by in (supervisor, system):
        with pytest.raises(NotPermitted):
            decides(by)
    for decision, reason, code in (("stalking", "short", "reason_too_short"), ("theft", WHY, "unknown_decision")):
        with pytest.raises(NotNow) as refused:
            decides(coordinator, decision, reason)
        assert refused.value.code == code
    send(system, tmp_path, 3, NOW - DAY, HARASSMENT)
    with pytest.raises(Conflict):
        decides(coordinator, seen=seen)
    assert not PatternDecided.objects.for_system("a test").exists()


def test_where_the_crimes_make_none_there_is_nothing_to_decide(
    system: Acting, coordinator: Acting, tmp_path: Path
) -> None:
    send(system, tmp_path, 1, NOW - DAY, HARASSMENT)
    with pytest.raises(NotNow) as refused:
        decides(coordinator)
    assert refused.value.code == "no_pattern"


@pytest.mark.rule("SEC-03")
def test_crimes_of_a_restricted_case_are_not_shown_to_those_who_may_not_see_it(
    pattern: None, system: Acting, supervisor: Acting, make_user: Callable[..., Any]
) -> None:
    restrict(by=supervisor, kind="case", reference="C-10002", reason="a test")
    stranger = acting_user(make_user("coordinator", username="stranger"))

    assert [one.crime for one in whole(stranger).crimes] == ["CRIME1"]
    assert whole(stranger).pattern is None
    assert [one.crime for one in whole(system).crimes] == ["CRIME1", "CRIME2"]
    tick(force=system.force, at=LATER)
    assert not queue(stranger, "patterns", Tab.UNASSIGNED, LATER).rows
    assert WorkItem.objects.for_system("a test").filter(kind="stalking_pattern", state="open").count() == 1
