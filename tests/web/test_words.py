"""Every status and code has words in both languages, and dates, lengths and sums are written as people write them."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

from craffu.cases.models import CaseReference, CaseRole, Outcome
from craffu.cases.states import Stage
from craffu.common.models import Regime
from craffu.intake.adapters import ADAPTERS
from craffu.intake.models import HeldDecision
from craffu.intake.states import RunState
from craffu.orders.inbox.actions import SOURCE as INBOX
from craffu.people.models import RecordedIdentifier
from craffu.web import statuses
from craffu.web.cases.presenters import REFERENCE_WORDS
from craffu.web.court import words
from craffu.web.court.sources import REGIMES
from craffu.web.intake.forms import DECISIONS
from craffu.web.statuses import Status

COLOURS = {"", "red", "orange", "yellow", "green", "purple", "grey"}


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        (statuses.RUN_STATUS, RunState),
        (statuses.STAGE_STATUS, Stage),
        (statuses.OUTCOME_STATUS, Outcome.Kind.values),
        (statuses.ROLE_WORDS, CaseRole.Role.values),
        (statuses.DECISION_STATUS, HeldDecision.Decision.values),
        (statuses.SOURCE_WORDS, [*ADAPTERS, INBOX]),
        (statuses.IDENTIFIER_WORDS, RecordedIdentifier.Kind.values),
        (REFERENCE_WORDS, CaseReference.Kind.values),
        (REGIMES, Regime.values),
    ],
)
def test_no_status_is_without_a_name(table: Mapping[str, Any], wanted: Any) -> None:
    assert set(table) == {str(one) for one in wanted}


def test_every_tag_has_a_colour_of_the_design_system() -> None:
    tables = (statuses.RUN_STATUS, statuses.STAGE_STATUS, statuses.OUTCOME_STATUS, statuses.DECISION_STATUS)
    assert {status.colour for table in tables for status in table.values()} <= COLOURS
    assert Status("Overdue", "red").tag == {"text": "Overdue", "classes": "govuk-tag--red"}
    assert Status("Applied").tag["classes"] == ""


def test_a_parked_row_can_be_decided_in_every_way_a_person_can() -> None:
    assert {value for value, _ in DECISIONS} == set(HeldDecision.Decision.values) - {HeldDecision.Decision.CORRECTED}


def test_the_log_has_one_name_in_welsh() -> None:
    with (Path(settings.LOCALE_PATHS[0]) / "cy" / "LC_MESSAGES" / "django.po").open("rb") as catalogue:
        welsh = [str(message.string) for message in read_po(catalogue) if message.id]
    assert [text for text in welsh if re.search(r"\blog\b", text)] == []
    assert [text for text in welsh if "cofnod archwilio" in text]


@pytest.mark.parametrize("table", [words.PLEAS, words.FINDINGS, words.BAIL, words.PRESENCE])
def test_every_short_code_of_the_courts_has_welsh_of_its_own(table: Mapping[str, Any]) -> None:
    for text in table.values():
        english = str(text)
        with translation.override("cy"):
            assert str(text) != english


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("list_name", "table"),
    [
        ("plea", words.PLEAS),
        ("verdict", words.FINDINGS),
        ("remand-status", words.BAIL),
        ("presence", words.PRESENCE),
        ("duration-unit", {**dict.fromkeys("HDWMYS"), "L": None}),
    ],
)
def test_the_short_codes_are_those_of_the_official_lists(list_name: str, table: Mapping[str, Any], codes: None) -> None:
    from craffu.published.queries import codes_of

    assert set(table) == codes_of(list_name)


@pytest.mark.parametrize(
    ("duration", "english", "welsh"),
    [
        ({"value": 1, "unit": "M"}, "1 month", "1 mis"),
        ({"value": 2, "unit": "M"}, "2 months", "2 fis"),
        ({"value": 18, "unit": "M"}, "18 months", "18 mis"),
        ({"value": 2, "unit": "D"}, "2 days", "2 ddiwrnod"),
        ({"value": 2, "unit": "Y"}, "2 years", "2 flynedd"),
        ({"value": 10, "unit": "Y"}, "10 years", "10 o flynyddoedd"),
        (
            {"value": 1, "unit": "Y", "secondary_value": 6, "secondary_unit": "M"},
            "1 year, 6 months",
            "1 flwyddyn, 6 mis",
        ),
        ({"value": None, "unit": "L"}, "life", "oes"),
        ({"value": 5, "unit": "Q"}, "5 Q", "5 Q"),
        (
            {"value": None, "unit": "", "starts": ["2025-03-03"], "ends": ["2026-03-02"]},
            "from 3 March 2025, until 2 March 2026",
            "o 3 Mawrth 2025, tan 2 Mawrth 2026",
        ),
        ({"value": None, "unit": ""}, "", ""),
    ],
)
def test_a_length_is_written_as_people_say_it(duration: dict[str, Any], english: str, welsh: str) -> None:
    assert words.length_words(duration) == english
    with translation.override("cy"):
        assert words.length_words(duration) == welsh


@pytest.mark.parametrize(
    ("amount", "shown"), [("1250.00", "£1,250"), ("85.5", "£85.50"), ("0.00", "£0"), ("not money", "not money")]
)
def test_a_sum_is_written_as_people_write_it(amount: str, shown: str) -> None:
    assert words.pounds(amount) == shown


@pytest.mark.parametrize(
    ("born_on", "shown"),
    [("1988-03-02", "2 March 1988"), ("1988-03", "March 1988"), ("1988", "1988"), ("", "")],
)
def test_a_date_of_birth_says_as_much_as_the_source_gave(born_on: str, shown: str) -> None:
    assert words.partial_date_words(born_on) == shown


def test_an_instant_is_shown_at_its_hour_in_london_and_a_court_time_as_the_court_gave_it() -> None:
    assert words.instant_words(datetime(2026, 6, 14, 23, 30, tzinfo=UTC)) == "15 June 2026, 00:30"
    assert words.day_and_time(date(2026, 6, 15), time(13, 30)) == "15 June 2026, 13:30"
    assert words.day_and_time(date(2026, 6, 15), time.min) == "15 June 2026"
    assert words.day_and_time(None, time(13, 30)) == ""
