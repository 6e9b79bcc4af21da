"""What custody suites and courts tell of a case asks for an assessment by itself (RSK-01)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.cases.models import DetentionVersion
from craffu.cases.queries import find_case
from craffu.cases.risk.actions import record_assessment
from craffu.cases.risk.facts import NewAssessment
from craffu.cases.risk.queries import CaseRisk, case_risk, unassessed
from craffu.cases.risk.rules import Grade
from craffu.intake.models import KeptRow
from craffu.intake.records.storing import STORES
from tests.factories.court_messages import court_message, offence
from tests.factories.crimes import send_crime
from tests.factories.detentions import send_detention

pytestmark = pytest.mark.rule("RSK-01")

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GIVEN = NewAssessment("S-DASH", "2009", "DPP-LIC-4", "doc-31", NOW - 2 * HOUR, Grade.MEDIUM)
BAILED = {
    "released_at": "2026-11-24 11:00:00", "disposal": "police_bail", "bail_conditions": "Not to contact Sian",
    "updated_at": "2026-11-24 11:05:00",
}  # fmt: skip


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def crime(system: Acting, tmp_path: Path) -> Callable[..., str]:
    return partial(send_crime, system, tmp_path)


@pytest.fixture
def detention(system: Acting, tmp_path: Path) -> Callable[..., None]:
    return partial(send_detention, system, tmp_path)


@pytest.fixture
def investigator(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("investigator")


def risk(by: Acting, case: str, known_at: datetime | None = None) -> CaseRisk:
    found = find_case(by, case)
    assert found is not None
    return case_risk(by, found, known_at)


def told(by: Acting, case: str) -> list[tuple[str, datetime, str]]:
    return [(one.kind, one.at, one.source) for one in risk(by, case).told]


def waiting(by: Acting, now: datetime) -> list[tuple[str, timedelta | None]]:
    return [(one.reference, one.stands.age) for one in unassessed(by, now)]


def test_an_arrest_and_a_release_ask_again_in_the_case_and_in_the_queue(
    crime: Callable[..., str], detention: Callable[..., None], investigator: Acting
) -> None:
    case = crime()
    record_assessment(by=investigator, case=case, given=GIVEN)
    detention()
    arrested = NOW - 1.5 * HOUR
    assert told(investigator, case) == [("arrested", arrested, "custody")]
    stands = risk(investigator, case).standing(NOW)
    assert (stands.grade, stands.waiting_since, stands.due) == (Grade.MEDIUM, arrested, arrested + DAY)
    late = arrested + DAY + HOUR
    assert waiting(investigator, late) == [(case, DAY + HOUR)]
    record_assessment(by=investigator, case=case, given=replace(GIVEN, assessed_at=NOW - 1.25 * HOUR))
    assert waiting(investigator, late) == []
    detention(**BAILED)
    assert told(investigator, case) == [("arrested", arrested, "custody"), ("released", NOW - HOUR, "custody")]
    assert waiting(investigator, late + HOUR) == [(case, DAY + 1.5 * HOUR)]


def test_what_custody_says_twice_or_of_another_crime_is_told_once_and_not_here(
    crime: Callable[..., str], detention: Callable[..., None], investigator: Acting
) -> None:
    case = crime()
    detention()
    detention()
    detention(2)
    detention(3, crime_ref="")
    detention(4, crime_ref="CRIME9")
    assert len(told(investigator, case)) == 1
    detention(1, crime_ref="CRIME9", updated_at="2026-11-24 11:30:00")
    detention(2, crime_ref="CRIME9", updated_at="2026-11-24 11:30:00")
    assert told(investigator, case) == [], "corrected to be about another crime"


@pytest.mark.parametrize(
    ("later", "asks"),
    [
        ({}, False),
        ({"bail_conditions": " not to contact  Sian"}, False),
        ({"bail_conditions": "Not to contact Mair"}, True),
        ({"bail_conditions": ""}, True),
        ({"disposal": "no_further_action", "bail_conditions": ""}, True),
        ({"disposal": "charged_bail"}, False),
    ],
)
def test_police_bail_asks_again_only_when_its_conditions_change_or_end(
    crime: Callable[..., str],
    detention: Callable[..., None],
    investigator: Acting,
    later: dict[str, str],
    *,
    asks: bool,
) -> None:
    case = crime()
    detention(**BAILED)
    record_assessment(by=investigator, case=case, given=replace(GIVEN, assessed_at=NOW - 0.75 * HOUR))
    detention(**BAILED | {"updated_at": "2026-11-24 11:45:00"} | later)
    changed = [at for kind, at, _ in told(investigator, case) if kind == "bail_conditions_changed_or_ended"]
    assert changed == ([NOW - 0.25 * HOUR] if asks else [])
    assert waiting(investigator, NOW + 2 * DAY) == ([(case, 2 * DAY + 0.25 * HOUR)] if asks else [])


def test_bail_that_ran_out_asks_again_once_its_last_day_is_over(
    crime: Callable[..., str], detention: Callable[..., None], investigator: Acting
) -> None:
    case = crime()
    detention(**BAILED, bail_ends_on="2026-11-25")
    record_assessment(by=investigator, case=case, given=replace(GIVEN, assessed_at=NOW))
    ended = datetime(2026, 11, 26, tzinfo=UTC)
    assert risk(investigator, case).standing(ended - timedelta(seconds=1)).due is None
    assert risk(investigator, case).standing(ended).waiting_since == ended


def test_what_a_court_changed_asks_again(
    crime: Callable[..., str], take_in_messages: Any, investigator: Acting
) -> None:
    case = crime(ptiurn="63AA0100125")
    heard = partial(court_message, offences=[offence(arrest="2026-11-10")])
    take_in_messages(heard(hearing_date="2026-11-12", bail_status="C", bail_conditions=None))
    take_in_messages(heard(hearing_date="2026-11-16", bail_status="B", bail_conditions="Not to contact Sian"))
    take_in_messages(heard(hearing_date="2026-11-18", bail_status="B", bail_conditions="Not to contact Sian"))
    take_in_messages(heard(hearing_date="2026-11-20", bail_status="B", bail_conditions="Not to enter Heol Fawr"))
    assert told(investigator, case) == [
        ("arrested", datetime(2026, 11, 11, tzinfo=UTC), "court"),
        ("released", datetime(2026, 11, 17, tzinfo=UTC), "court"),
        ("bail_conditions_changed_or_ended", datetime(2026, 11, 21, tzinfo=UTC), "court"),
    ]
    assert [one.day for one in risk(investigator, case).told] == [date(2026, 11, day) for day in (10, 16, 20)]
    record_assessment(
        by=investigator, case=case, given=replace(GIVEN, assessed_at=datetime(2026, 11, 18, 12, tzinfo=UTC))
    )
    assert waiting(investigator, NOW) == [(case, 3 * DAY + 12 * HOUR)]
    take_in_messages(heard(hearing_date="2026-11-20", bail_status="B", bail_conditions="Not to contact Sian"))
    assert waiting(investigator, NOW) == [], "the court took it back"


def test_what_is_told_today_is_told_at_the_latest_when_it_came(
    crime: Callable[..., str], take_in_messages: Any, investigator: Acting
) -> None:
    case = crime(ptiurn="63AA0100125")
    take_in_messages(court_message(hearing_date="2026-11-24", offences=[offence(arrest="2026-11-24")]))
    assert told(investigator, case) == [("arrested", NOW, "court")]


def test_it_is_told_as_it_was_known_and_in_as_many_questions_however_many(
    crime: Callable[..., str], detention: Callable[..., None], take_in_messages: Any, investigator: Acting
) -> None:
    cases = [crime(number, ptiurn=f"63AA010012{number}") for number in (1, 2, 3)]

    def tell(number: int) -> None:
        detention(number, **BAILED, crime_ref=f"CRIME{number}")
        detention(
            number,
            **BAILED | {"bail_conditions": "None", "updated_at": "2026-11-24 11:30:00"},
            crime_ref=f"CRIME{number}",
        )
        for day, conditions in ((22, "Not to contact Sian"), (23, "Not to contact Mair")):
            message = court_message(
                ptiurn=f"63AA010012{number}", hearing_date=f"2026-11-{day}", bail_conditions=conditions,
                offences=[offence(arrest=None)],
            )  # fmt: skip
            take_in_messages(message)
        record_assessment(by=investigator, case=cases[number - 1], given=replace(GIVEN, assessed_at=NOW - 3 * DAY))

    tell(1)
    with CaptureQueriesContext(connection) as one:
        unassessed(investigator, NOW + 2 * DAY)
    tell(2)
    tell(3)
    with CaptureQueriesContext(connection) as three:
        assert len(unassessed(investigator, NOW + 2 * DAY)) == 3
    assert len(one) == len(three) <= 11
    with CaptureQueriesContext(connection) as page:
        assert len(risk(investigator, cases[0]).told) == 4
    assert len(page) <= 13
    assert risk(investigator, cases[0], NOW - timedelta(seconds=1)).told == ()


@pytest.mark.rule("INT-02")
def test_detentions_kept_before_are_taken_up_each_once(
    crime: Callable[..., str], detention: Callable[..., None], investigator: Acting, monkeypatch: Any
) -> None:
    case = crime()
    with monkeypatch.context() as before:
        before.delitem(STORES, ("custody", "detentions"))  # type: ignore[arg-type]
        detention(**BAILED, bail_ends_on="2026-12-01")
    assert KeptRow.objects.for_user(investigator).count() == 1
    assert told(investigator, case) == []
    taking = import_module("craffu.intake.migrations.0005_detentions_taken_up")
    then = (
        MigrationLoader(connection, replace_migrations=False).project_state(("intake", "0005_detentions_taken_up")).apps
    )
    for _ in range(2):
        taking.take_up(then, None)
    (held,) = DetentionVersion.objects.for_user(investigator)
    assert (held.crime, held.bail_conditions, held.bail_ends_on) == ("CRIME1", "Not to contact Sian", date(2026, 12, 1))
    assert [kind for kind, *_ in told(investigator, case)][:2] == ["arrested", "released"]
    detention(**BAILED, bail_ends_on="2026-12-01")
    assert DetentionVersion.objects.for_user(investigator).count() == 1, "sent again it says nothing new"
