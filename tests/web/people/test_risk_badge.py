"""The grade at the head of a person's page: what it says, of which case, and to whom (page map, P05; RSK-02)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.cases.models import CaseRole
from craffu.cases.queries import find_case, roles_of_records
from craffu.cases.risk.actions import look_again, record_assessment, record_event
from craffu.cases.risk.badge.queries import grade_shown
from craffu.cases.risk.facts import NewAssessment, NewEvent
from craffu.cases.risk.queries import case_risk
from craffu.cases.risk.rules import Asks, Grade, SecondLook
from craffu.intake.running import take_in
from tests.factories.court_messages import court_message, offence
from tests.factories.crimes import send_crime
from tests.factories.detentions import send_detention
from tests.factories.extracts import row, write
from tests.web.conftest import text_of

pytestmark = pytest.mark.rule("RSK-02")

NOW = datetime(2026, 11, 24, 19, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GIVEN = NewAssessment("S-DASH", "2009", "DPP-LIC-4", "doc-31", NOW - HOUR, Grade.HIGH)
BAILED = {"released_at": "2026-11-24 11:00:00", "disposal": "police_bail", "bail_conditions": "Not to contact Sian"}
NOBODY = "Not assessed, 9 hours: clocks run as high"


@pytest.fixture(autouse=True)
def at_seven() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def send(system: Acting, tmp_path: Path) -> Callable[..., str]:
    """`send(2, role="victim")` takes in a crime of stalking with the same person in it, as its suspect by default."""

    def sends(number: int = 1, role: str = "suspect", **said: str) -> str:
        case = send_crime(system, tmp_path, number, **said)
        write(tmp_path / "who", "persons.csv", [row("rms", "persons")])
        crime = f"CRIME{number}"
        write(tmp_path / "who", "involvements.csv", [row("rms", "involvements", crime_ref=crime, role=role)])
        assert take_in(by=system, kind="rms", paths=[tmp_path / "who"]).run.rejected == 0
        return case

    return sends


@pytest.fixture
def investigator(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("investigator")


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("investigator", username="first")


def test_whoever_nobody_has_graded_is_said_to_be_so_and_for_how_long(send: Callable[..., str], officer: Client) -> None:
    send()
    assert NOBODY in text_of(officer.get("/people/P-10001"))
    assert "Heb ei asesu, 9 awr: mae’r clociau’n rhedeg fel ar gyfer risg uchel" in text_of(
        officer.get("/cy/people/P-10001")
    )


def test_the_grade_stands_with_its_tool_and_day(
    send: Callable[..., str], officer: Client, investigator: Acting
) -> None:
    record_assessment(by=investigator, case=send(), given=GIVEN)
    words = text_of(officer.get("/people/P-10001"))
    assert "High risk, S-DASH 2009, 24 November 2026" in words
    assert "(case" not in words
    send(2, risk_grade="medium", risk_graded_at="2026-11-24 10:20:00")
    assert "High risk, S-DASH 2009, 24 November 2026 (case C-10001)" in text_of(officer.get("/people/P-10001"))


def test_one_that_is_out_of_date_says_what_it_was_and_for_how_many_days(
    send: Callable[..., str], officer: Client, investigator: Acting, signed_in_client: Callable[..., Client]
) -> None:
    record_assessment(by=investigator, case=send(), given=GIVEN)
    record_event(by=investigator, case="C-10001", given=NewEvent(Asks.EXPLICIT_THREAT, NOW, "He said so"))
    with time_machine.travel(NOW + 45 * DAY, tick=False):
        words = text_of(signed_in_client("investigator", username="second").get("/people/P-10001"))
    assert "Out of date, last: High risk, 45 days: clocks run as high" in words


@pytest.mark.rule("RSK-01")
def test_a_case_that_is_over_is_said_again_once_something_is_recorded_in_it(
    send: Callable[..., str], officer: Client, investigator: Acting
) -> None:
    send(stage="closed")
    assert NOBODY not in text_of(officer.get("/people/P-10001"))
    record_event(by=investigator, case="C-10001", given=NewEvent(Asks.EXPLICIT_THREAT, NOW, "He said so"))
    assert NOBODY in text_of(officer.get("/people/P-10001"))


def test_a_grade_that_was_sent_says_who_sent_it(send: Callable[..., str], officer: Client) -> None:
    send(risk_grade="medium", risk_graded_at="2026-11-23 10:20:00")
    assert "Medium risk, the force’s own system, 23 November 2026" in text_of(officer.get("/people/P-10001"))


@pytest.mark.parametrize(
    "said",
    [
        {"role": "victim"},
        {"role": "witness"},
        {"stage": "closed"},
        {"flags": "", "home_office_class": "28E", "offence_code": "TH68001"},
    ],
)
def test_nothing_is_said_of_somebody_of_whom_nothing_is_asked(
    send: Callable[..., str], officer: Client, said: dict[str, str]
) -> None:
    send(**said)
    words = text_of(officer.get("/people/P-10001"))
    assert "P-10001" in words
    assert "Not assessed" not in words


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize(
    ("right", "names_case"),
    [("investigator", True), ("supervisor", True), ("victim_officer", True), ("response_officer", False)],
)
def test_who_opens_a_persons_page_sees_the_grade_and_of_which_case_only_who_sees_cases(
    send: Callable[..., str], signed_in_client: Callable[..., Client], right: str, *, names_case: bool
) -> None:
    send()
    send(2, risk_grade="medium", risk_graded_at="2026-11-24 10:20:00")
    words = text_of(signed_in_client(right).get("/people/P-10001"))
    assert NOBODY in words
    assert (f"{NOBODY} (case C-10001)" in words) == names_case


def test_it_stands_as_it_was_known(send: Callable[..., str], officer: Client, investigator: Acting) -> None:
    with time_machine.travel(NOW - DAY, tick=False):
        case = send(reported_at="2026-11-23 10:00:00", updated_at="2026-11-23 10:30:00")
    record_assessment(by=investigator, case=case, given=GIVEN)
    words = text_of(officer.get("/people/P-10001?known-at=2026-11-23"))
    assert "Not assessed, 13 hours" in words
    assert "High risk" in text_of(officer.get("/people/P-10001"))


def test_it_is_what_the_cases_own_page_says_in_two_questions_however_much_there_is(
    send: Callable[..., str],
    system: Acting,
    tmp_path: Path,
    investigator: Acting,
    acting_as: Callable[..., Acting],
    take_in_files: Any,
) -> None:
    case = send(ptiurn="63AA0100125", reported_at="2026-11-10 10:00:00")

    def agrees() -> int:
        roles = [role for role in roles_of_records(investigator, _records(investigator)) if role.case.reference == case]
        found = find_case(investigator, case)
        assert found is not None
        for ahead in (timedelta(), HOUR, DAY, 3 * DAY):
            with CaptureQueriesContext(connection) as asked:
                shown = grade_shown(investigator, roles, NOW + ahead)
            assert shown is not None
            assert shown.one.stands == case_risk(investigator, found).standing(NOW + ahead)
        return len(asked)

    assert agrees() == 1
    standard = replace(GIVEN, grade=Grade.STANDARD, assessed_at=NOW - 12 * DAY, facts=(SecondLook.PREVIOUS_VICTIM,))
    record_assessment(by=investigator, case=case, given=standard)
    assert agrees() == 2
    look_again(by=acting_as("supervisor"), case=case, number=1, agrees=False, now=NOW)
    assert agrees() == 2
    record_assessment(by=investigator, case=case, given=replace(GIVEN, assessed_at=NOW - 9 * DAY))
    for day, conditions in ((14, "Not to contact Sian"), (16, "Not to contact Sian"), (18, "Not to contact Mair")):
        bail = {
            "hearing_date": f"2026-11-{day}",
            "bail_conditions": conditions,
            "offences": [offence(arrest="2026-11-12")],
        }
        take_in_files({f"{day}.xml": court_message(**bail)})
        assert agrees() == 2
    record_assessment(by=investigator, case=case, given=replace(GIVEN, assessed_at=NOW - 9 * HOUR))
    send_detention(system, tmp_path, **BAILED)
    assert agrees() == 2
    changed = {"bail_conditions": "Not to contact Mair", "updated_at": "2026-11-24 12:00:00"}
    send_detention(system, tmp_path, **BAILED | changed)
    record_event(by=investigator, case=case, given=NewEvent(Asks.EXPLICIT_THREAT, NOW - HOUR))
    assert agrees() == 2


def _records(by: Acting) -> list[int]:
    return list(CaseRole.objects.for_user(by).filter(role="suspect").values_list("record_id", flat=True))
