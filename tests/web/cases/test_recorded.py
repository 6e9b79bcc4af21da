"""What a force's own system recorded of a crime stands on the case and the person, with its source, as known at an instant."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.intake.running import take_in
from craffu.web.cases.presenters import MOST_REFERENCES
from craffu.web.cases.recorded import MOST_CRIMES
from tests.factories.extracts import AT, LATER, row, write
from tests.web.conftest import text_of

type Send = Callable[..., None]
CRIME = {"crime_ref": "GA1", "ptiurn": "", "offence_title": "Stalking", "home_office_class": "8Q", "stage": "closed"}


@pytest.fixture
def send(system: Acting, tmp_path: Path) -> Send:
    """`send(crimes=[...], outcomes=[...])` takes these rows in as a police system would send them."""
    sent = iter(range(100))

    def sends(**tables: list[dict[str, str]]) -> None:
        folder = tmp_path / str(next(sent))
        for table, rows in tables.items():
            write(folder, f"{table}.csv", [row("rms", table, **said) for said in rows])
        assert take_in(by=system, kind="rms", paths=[folder]).run.rejected == 0

    return sends


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("investigator")


def test_the_crime_its_marks_its_grade_and_its_outcomes_are_shown(send: Send, officer: Client) -> None:
    given = {"crime_ref": "GA1", "decided_on": "2024-05-03", "outcome_code": "16", "outcome_number": "1"}
    send(crimes=[{**CRIME, "risk_grade": "high", "risk_graded_at": AT}], outcomes=[given])
    words = text_of(officer.get("/cases/C-10001"))
    for shown in (
        "Stage Closed by the police",
        "Crime GA1 Recorded as Crime Offence Stalking (8Q) Happened 5 March 2024, 10:00 Reported 5 March 2024, 10:00",
        "Marked Stalking Domestic abuse Risk grade High, graded 5 March 2024, 10:00",
        "16: Evidential difficulties, victim does not support action, 3 May 2024",
        "Police records Crime recorded",
        "Police records Outcome of a crime 3 May 2024",
    ):
        assert shown in words, words
    assert "Concluded at court" not in words
    assert "Nothing received." not in words
    assert "Caewyd gan yr heddlu" in text_of(officer.get("/cy/cases/C-10001"))


def test_neither_the_place_nor_the_summary_is_on_the_page(send: Send, officer: Client) -> None:
    send(crimes=[{**CRIME, "location": "3 Heol Gudd", "summary": "Waits by the back door"}])
    page = officer.get("/cases/C-10001").content.decode()
    assert "Heol Gudd" not in page
    assert "back door" not in page


@pytest.mark.rule("INT-01")
def test_the_newest_word_of_the_system_is_shown_whenever_it_came(send: Send, officer: Client) -> None:
    send(crimes=[{**CRIME, "updated_at": LATER}])
    send(crimes=[{**CRIME, "offence_title": "Harassment", "home_office_class": "8L", "stage": "investigation"}])
    words = text_of(officer.get("/cases/C-10001"))
    assert "Stalking (8Q)" in words
    assert "Harassment" not in words
    assert "Stage Closed by the police" in words


def test_the_page_as_known_on_an_earlier_day_shows_what_was_recorded_then(send: Send, officer: Client) -> None:
    with time_machine.travel(datetime(2026, 1, 12, 9, tzinfo=UTC), tick=False):
        send(crimes=[{**CRIME, "offence_title": "Harassment", "home_office_class": "8L"}])
    with time_machine.travel(datetime(2026, 1, 20, 9, tzinfo=UTC), tick=False):
        send(crimes=[{**CRIME, "updated_at": LATER}])
        assert "Stalking (8Q)" in text_of(officer.get("/cases/C-10001"))
        then = text_of(officer.get("/cases/C-10001?known-at=2026-01-15"))
    assert "Harassment (8L)" in then
    assert "Stalking" not in then.partition("What the police recorded")[2].partition("Offences and how")[0].replace(
        "Marked Stalking", ""
    )


def test_a_case_of_many_crimes_shows_the_last_and_says_how_many_more(send: Send, officer: Client) -> None:
    crimes = [
        {**CRIME, "crime_ref": f"GA{number}", "ptiurn": "01ZD0303208", "reported_at": f"2024-03-{number:02} 10:00:00"}
        for number in range(1, MOST_CRIMES + 4)
    ]
    send(crimes=crimes)
    answer = officer.get("/cases/C-10001")
    words = text_of(answer)
    assert "Crimes reported earlier, not shown: 3" in words
    assert "Crime GA3 " not in words
    assert f"Crime GA{MOST_CRIMES + 3} " in words
    # Of its sixteen references, the court's first.
    assert "(PTIURN) 01ZD0303208 Crime reference GA1 Crime reference GA2" in words
    assert f"Crime reference GA{MOST_REFERENCES - 1} References not listed here 4 " in words
    assert "Cyfeirnodau heb eu rhestru yma 4 " in text_of(officer.get("/cy/cases/C-10001"))
    assert "01ZD0303208 GA1 GA2 GA3 and 12 more" in text_of(officer.get("/cases"))
    assert answer.content.count(b"<") - answer.content.count(b"</") < 1_500


def test_a_person_is_named_with_the_systems_they_are_known_from_and_what_was_recorded(
    send: Send, officer: Client
) -> None:
    involved = {"crime_ref": "GA1", "person_ref": "N1", "role": "victim"}
    send(persons=[{"person_ref": "N1"}], crimes=[CRIME], involvements=[involved])
    assert "Police records 1" in text_of(officer.get("/people"))
    answer = officer.get("/people/P-10001")
    assert "C-10001 Victim Stalking (8Q) reported 5 March 2024" in text_of(answer)
    footer = answer.content.decode().partition("Data last received")[2]
    assert "Police records: " in footer
    assert "Custody and releases" not in footer


def test_a_person_in_a_case_of_many_crimes_is_shown_the_last_and_how_many_more(send: Send, officer: Client) -> None:
    crimes = [
        {**CRIME, "crime_ref": f"GA{day}", "ptiurn": "01ZD0303208", "reported_at": f"2024-03-{day:02} 10:00:00"}
        for day in range(1, 8)
    ]
    send(persons=[{"person_ref": "N1"}], crimes=crimes)
    send(involvements=[{"crime_ref": "GA1", "person_ref": "N1", "role": "victim"}])
    shown = [f"Stalking (8Q) reported {day} March 2024" for day in range(4, 8)]
    assert f"C-10001 Victim {' '.join(shown)} and 3 more" in text_of(officer.get("/people/P-10001"))
    assert "a 3 arall" in text_of(officer.get("/cy/people/P-10001"))
