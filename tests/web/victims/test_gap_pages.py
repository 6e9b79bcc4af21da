"""The gap between safe and felt safe, on its page, in its lists and in its file: for whom, and nobody named (Q1, C1)."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.audit.models import Event
from craffu.config import cli
from craffu.intake.running import take_in
from tests.factories.extracts import row, write
from tests.logged import refs_said_by
from tests.web.access.test_T17_step_up import PASSWORD
from tests.web.conftest import text_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SENT, ANSWERED = "2026-10-01", "2026-10-05"
WORDS = "Nobody ever rang me back in Heol Fawr"
VICTIMS = 40


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def surveyed(system: Acting, tmp_path: Path, at_noon: Any) -> None:
    """Forty victims of two stations: all asked, thirty answered, twenty with work done, of which some were told."""
    numbers = range(1, VICTIMS + 1)
    made = {
        "rms/persons": [row("rms", "persons", n, sex="F" if n % 2 else "M") for n in numbers],
        "rms/crimes": [row("rms", "crimes", n, ptiurn="", station="Llanelli" if n <= 38 else "Tenby") for n in numbers],
        "rms/involvements": [row("rms", "involvements", n, role="victim") for n in numbers],
        "rms/outcomes": [
            row("rms", "outcomes", n, outcome_code="16" if n <= 12 else "15", decided_on=ANSWERED) for n in numbers
        ],
        "witness-care/safety_measures": [
            row("witness-care", "safety_measures", n, person_ref=f"PERSON{n}", done_on=SENT) for n in range(1, 21)
        ],
        "witness-care/measure_tellings": [
            row("witness-care", "measure_tellings", n, measure_ref=f"MEASURE{n}", contact_ref="", told_on=SENT)
            for n in range(1, 11)
        ],
        "witness-care/withdrawals": [
            row("witness-care", "withdrawals", n, person_ref=f"PERSON{n}", crime_ref=f"CRIME{n}", withdrew_on=SENT)
            for n in range(1, 9)
        ],
        "surveys/invitations": [
            row("surveys", "invitations", n, person_ref=f"PERSON{n}", crime_ref=f"CRIME{n}", sent_on=SENT, survey_version="2")
            for n in numbers
        ],
        "surveys/answers": [
            row(
                "surveys", "answers", n, answered_on=ANSWERED, felt_safe="less_safe" if n <= 3 else "same", words=WORDS,
                felt_supported="no" if n <= 12 else "yes", may_be_linked="no" if n == 1 else "yes",
            )
            for n in range(1, 31)
        ],
        "surveys/not_invited": [
            row("surveys", "not_invited", n, person_ref=f"PERSON{n}", crime_ref=f"CRIME{n}", decided_on=SENT)
            for n in range(1, 7)
        ],
    }  # fmt: skip
    for path, rows in made.items():
        write(tmp_path / path.partition("/")[0], f"{path.partition('/')[2]}.csv", rows)
    for kind in ("rms", "witness-care", "surveys"):
        done = take_in(by=system, kind=kind, paths=[tmp_path / kind])
        assert (done.run.rejected, done.run.warnings) == (0, {})
    at_noon.shift(60)


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("victim_officer", username="officer", password=PASSWORD)


def shown(client: Client, path: str = "/victims/gap") -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return text_of(answer)


@pytest.mark.rule("VIC-08", "MSR-04")
def test_work_done_stands_beside_what_they_feel_and_who_answered(surveyed: None, officer: Client) -> None:
    words = shown(officer)
    assert "From 25 November 2025 to 24 November 2026, by what was known at" in words
    assert "Survey of another system, version 2, online" in words
    # Of the twenty with work done one may not be linked; eleven of the others say no.
    assert "Safety work was done, and they do not feel supported 11 19 57.9% 36.3% to 76.9%" in words
    assert "Valid answers: 19 of 40 delivered" in words
    assert "Done, and they were told 0 9 0.0%" in words
    assert (
        "Told of what was done for their safety Which Number Of Share 95% interval Behind it All together 10 20 50.0%"
        in words
    )
    assert "Feel less safe 3 30 10.0% 3.5% to 25.6%" in words
    assert "Not asked because it was unsafe" in words
    assert "All together 6 46 13.0%" in words
    assert (
        "Outcome 16: the reason is known Which Number Of Share 95% interval Behind it All together 8 12 66.7%" in words
    )
    assert "Fear 8" in words


@pytest.mark.rule("MSR-02")
def test_where_there_is_nothing_to_divide_it_says_no_cases(officer: Client) -> None:
    words = shown(officer)
    assert "No cases" in words
    assert "0.0%" not in words
    assert "Nobody was sent a survey in these days." in words


@pytest.mark.rule("MSR-03")
def test_who_may_not_open_the_rows_is_not_shown_small_counts(
    surveyed: None, signed_in_client: Callable[..., Client]
) -> None:
    for role in ("analyst", "coordinator", "scrutiny_officer"):
        words = shown(signed_in_client(role), "/victims/gap?by=area")
        assert "Counts from 1 to 4 are hidden" in words
        assert "Too few to show (fewer than 5)" in words
        assert "Feel less safe 3" not in words
        assert "Tenby 0 2" not in words
        assert "The victims behind it" not in words


@pytest.mark.parametrize(
    "role", ["response_officer", "investigator", "offender_manager", "commissioner_view", "auditor"]
)
def test_nobody_else_sees_them(role: str, signed_in_client: Callable[..., Client]) -> None:
    client = signed_in_client(role)
    for path in ("/victims/gap", "/victims/gap/export", "/victims/gap/less-safe"):
        assert client.get(path).status_code == 403


@pytest.mark.rule("VIC-08")
@pytest.mark.parametrize(
    ("which", "number"), [("done-not-supported", 11), ("less-safe", 3), ("not-told", 10), ("unsafe-to-ask", 6)]
)
def test_the_victims_behind_a_figure_are_listed_for_those_who_look_after_them(
    which: str, number: int, surveyed: None, officer: Client
) -> None:
    words = shown(officer, f"/victims/gap/{which}")
    assert f"Victims: {number}" in words
    logged = Event.objects.filter(kind="gap_listed").order_by("-id")[0]
    assert len([ref for ref in refs_said_by(logged) if ref.startswith("victim/")]) == number
    assert officer.get("/victims/gap/everybody").status_code == 404


def test_a_victim_of_a_restricted_case_is_counted_and_not_named(
    surveyed: None, officer: Client, make_user: Callable[..., User], signed_in_client: Callable[..., Client]
) -> None:
    supervisor = acting_user(make_user("supervisor", username="keeper"))
    listed = shown(officer, "/victims/gap/less-safe")
    case = "C-10003"
    restrict(by=supervisor, kind="case", reference=case, reason="an informant lives there")
    words = shown(officer, "/victims/gap/less-safe")
    assert "Victims: 3" in listed
    assert "Victims: 2" in words
    assert "Not open to you: 1" in words
    # They may not open every row behind a figure any more.
    assert "Counts from 1 to 4 are hidden" in shown(officer)


@pytest.mark.rule("MSR-03")
@pytest.mark.rule("SEC-07")
def test_a_file_is_as_anybody_may_read_it_and_holds_no_word_of_hers(
    surveyed: None, officer: Client, confirmed: Callable[..., Client]
) -> None:
    asked = {
        "purpose": "court", "words": "Meeting of the panel", "recipient": "The panel", "organisation": "The commissioner",
        "form": "csv",
    }  # fmt: skip
    answer = confirmed(officer).post("/victims/gap/export", asked)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    whole = answer.content.decode("utf-8-sig")
    assert not [one for one in (WORDS, "Heol Fawr", "SA1 1AA", "P-1", "CRIME", "PERSON") if one in whole]
    lines = list(csv.reader(io.StringIO(whole)))
    head = next(line for line in lines if line[:2] == ["Figure", "Survey"])
    figures = [dict(zip(head, line, strict=False)) for line in lines[lines.index(head) + 1 :] if len(line) == len(head)]
    assert len(figures) > 40
    counts = [int(one[name]) for one in figures for name in ("Number", "Of", "Valid answers", "Delivered") if one[name]]
    assert counts
    assert all(count >= 10 and count % 5 == 0 for count in counts)
    less = next(one for one in figures if (one["Figure"], one["Split by"]) == ("Feel less safe", "All together"))
    assert (less["Number"], less["Share"], less["Note"]) == ("", "", "Too few to show (fewer than 10)")
    logged = Event.objects.get(kind="gap_exported")
    assert logged.verb == "disclosure"


@pytest.mark.rule("BIL-01")
@pytest.mark.parametrize("path", ["/victims/gap?by=age&days=3653", "/victims/gap/not-told"])
def test_in_welsh_nothing_is_left_in_english(path: str, surveyed: None, officer: Client) -> None:
    words = shown(officer, f"/cy{path}")
    for english in ("Safety work", "Which", "Valid answers", "Not told", "Safe page", "Survey of"):
        assert english not in words


def test_what_is_asked_of_the_page_and_makes_no_sense_is_left_aside(surveyed: None, officer: Client) -> None:
    assert shown(officer, "/victims/gap?days=7&by=shoe") == shown(officer)


@pytest.mark.parametrize("number", [1, 5])
def test_as_many_questions_are_asked_of_the_database_for_many_as_for_few(
    number: int, surveyed: None, officer: Client, django_assert_max_num_queries: Any, system: Acting, tmp_path: Path
) -> None:
    more = [
        row("surveys", "invitations", 100 + n, person_ref=f"PERSON{n}", crime_ref=f"CRIME{n}", sent_on=SENT)
        for n in range(1, number + 1)
    ]
    take_in(by=system, kind="surveys", paths=[write(tmp_path / "more", "invitations.csv", more)])
    shown(officer)
    with django_assert_max_num_queries(45):
        shown(officer)


@pytest.mark.rule("MSR-03")
def test_the_command_says_the_same(
    surveyed: None, officer: Client, make_user: Callable[..., User], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["victims", "gap", "--as", "officer", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) >= {"force", "from", "to", "as_of", "output", "surveys", "values"}
    assert (told["from"], told["to"], told["output"], told["surveys"]) == (
        "2025-11-24",
        "2026-11-24",
        "rows",
        ["surveys/2/online"],
    )
    found = {(one["figure"], one["survey"]): one for one in told["values"]}
    gap = found["done_unsupported", "surveys/2/online"]
    assert (gap["numerator"], gap["denominator"], gap["valid"], gap["delivered"]) == (11, 19, 19, 40)
    assert gap["interval"][0] < gap["share"] < gap["interval"][1]
    assert found["withdrew_14", ""]["numerator"] == 0
    assert found["why_14", ""]["note"] == "no cases"

    assert cli.main(["victims", "gap", "--as", "officer", "--public", "--by", "area"]) == 0
    assert "too few to show" in capsys.readouterr().out
    make_user("response_officer", username="response")
    for wrong in (
        ["--as", "response"],
        ["--as", "officer", "--from", "tomorrow"],
        ["--as", "officer", "--from", "2026-11-25"],
    ):
        assert cli.main(["victims", "gap", *wrong]) == 2


@pytest.mark.rule("MSR-04")
@pytest.mark.parametrize("language", ["", "/cy"])
def test_the_gap_is_drawn_beside_its_table_and_says_the_same(
    surveyed: None, officer: Client, language: str, settings: Any, tmp_path: Path
) -> None:
    settings.CRAFFU_HOME = tmp_path / "home"
    body = officer.get(f"{language}/victims/gap").content.decode()
    wide, narrow = (
        re.search(rf'"({language}/victims/gap/charts/{size}/[0-9a-f]+\.svg)"', body) for size in ("wide", "narrow")
    )
    assert wide is not None
    assert narrow is not None
    assert "57.9% (11 / 19)" in body or "57.9% (11 / 19)" in text_of(officer.get(f"{language}/victims/gap"))
    answer = officer.get(wide.group(1))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml; charset=utf-8")
    assert "57.9% (11 / 19)" in answer.content.decode(), "the picture says the figure of the table"


@pytest.mark.rule("MSR-03")
def test_a_picture_shows_nobody_what_is_hidden_from_them(
    surveyed: None, officer: Client, signed_in_client: Callable[..., Client], settings: Any, tmp_path: Path
) -> None:
    settings.CRAFFU_HOME = tmp_path / "home"
    whole = re.search(
        r'"(/victims/gap/charts/wide/[0-9a-f]+\.svg)"', officer.get("/victims/gap?by=area").content.decode()
    )
    assert whole is not None
    assert officer.get(whole.group(1)).status_code == 200
    analyst = signed_in_client("analyst", username="analyst")
    assert analyst.get(whole.group(1)).status_code == 404, "a picture for those who may open the rows is theirs alone"
    assert officer.get("/victims/gap/charts/huge/abc.svg").status_code == 404
    assert signed_in_client("response_officer", username="pc").get(whole.group(1)).status_code == 403
