"""Forms of a force's own risk tools: loaded version by version, and answered with an assessment (RSK-01, SEC-06)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection

from craffu.access.acting import Acting, acting_operator
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.cases.models import RiskAnswers, RiskAssessment, RiskForm
from craffu.cases.risk.actions import record_assessment
from craffu.cases.risk.facts import NewAssessment
from craffu.cases.risk.forms.facts import Answered
from craffu.cases.risk.forms.queries import answers_given, find_form, forms_to_choose
from craffu.cases.risk.rules import Grade
from craffu.common.refusals import NotNow, NotPermitted
from craffu.config import cli
from tests.factories.crimes import send_crime
from tests.factories.risk_forms import as_file, invented, loaded

pytestmark = [pytest.mark.rule("RSK-01"), pytest.mark.django_db]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
GIVEN = NewAssessment("", "", "", "doc-31", NOW - timedelta(hours=1), Grade.MEDIUM)
ANSWERS = {"colour": "Red", "doors": "0", "more": "She saw him there"}


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def operator(system: Acting) -> Acting:
    return acting_operator(system.force, "ops")


@pytest.fixture
def investigator(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("investigator")


@pytest.fixture
def crime(system: Acting, tmp_path: Path) -> Callable[..., str]:
    return partial(send_crime, system, tmp_path)


def test_a_version_is_loaded_once_and_never_written_over(operator: Acting) -> None:
    first = loaded(operator)
    assert loaded(operator) == first
    with pytest.raises(NotNow, match="a version of its own") as refused:
        loaded(operator, required=[])
    assert refused.value.code == "form_version_taken"
    second = loaded(operator, version="2", required=[])
    other = loaded(operator, tool="Another invented list")
    assert [form.reference for form in (first, second, other)] == ["RF-10001", "RF-10002", "RF-10003"]
    assert forms_to_choose(operator) == [other, second]
    events = list(Event.objects.filter(kind="risk_form_loaded").order_by("id"))
    assert [f"form/RF-1000{number}" in str(event.payload) for number, event in enumerate(events, 1)] == [True] * 3
    assert not any("door" in str(event.payload) for event in events)


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize("right", ["investigator", "supervisor", "victim_officer", "response_officer", "auditor"])
def test_only_an_administrator_or_the_operator_loads(acting_as: Callable[..., Acting], right: str) -> None:
    with pytest.raises(NotPermitted):
        loaded(acting_as(right))
    loaded(acting_as("administrator"))
    assert RiskForm.objects.for_system("a test").count() == 1


@pytest.mark.rule("SEC-06")
def test_answers_are_kept_encrypted_with_their_assessment_and_are_in_no_log(
    operator: Acting, investigator: Acting, crime: Callable[..., str]
) -> None:
    form, case = loaded(operator), crime()
    given = replace(GIVEN, answered=Answered(form.reference, ANSWERS))
    row = record_assessment(by=investigator, case=case, given=given)
    assert (row.tool, row.version, row.licence_ref) == ("Invented list", "1", "INVENTED-1")
    assert row.grade == "medium", "the grade is the assessor's, whatever was answered"
    assert record_assessment(by=investigator, case=case, given=given) == row
    shown = [(question.name, answer) for question, answer in answers_given(investigator, row)]
    assert shown == [("colour", "Red"), ("doors", "0"), ("open", ""), ("more", "She saw him there")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM cases_riskanswers")
        assert "saw" not in cursor.fetchone()[0]
    assert not any("saw him" in str(event.payload) or "Red" in str(event.payload) for event in Event.objects.all())
    other = replace(given, answered=Answered(form.reference, {"colour": "Green"}))
    assert record_assessment(by=investigator, case=case, given=other).number == 2, (
        "other answers are another assessment"
    )


def test_answers_that_the_form_does_not_take_leave_nothing(
    operator: Acting, investigator: Acting, crime: Callable[..., str]
) -> None:
    form, case = loaded(operator), crime()
    with pytest.raises(NotNow) as refused:
        record_assessment(
            by=investigator, case=case, given=replace(GIVEN, answered=Answered(form.reference, {"colour": "Blue"}))
        )
    assert refused.value.code == "answers_do_not_fit"
    assert not RiskAssessment.objects.for_user(investigator).exists()
    assert not RiskAnswers.objects.for_user(investigator).exists()
    with pytest.raises(NotPermitted, match="no such record"):
        record_assessment(by=investigator, case=case, given=replace(GIVEN, answered=Answered("RF-9", ANSWERS)))


@pytest.mark.rule("SEC-01")
def test_another_forces_form_is_not_there_and_who_judges_nobody_reads_no_answers(
    operator: Acting,
    investigator: Acting,
    crime: Callable[..., str],
    acting_as: Callable[..., Acting],
    other_force: Force,
) -> None:
    form = loaded(operator)
    assert find_form(acting_as("supervisor", force=other_force), form.reference) is None
    row = record_assessment(
        by=investigator, case=crime(), given=replace(GIVEN, answered=Answered(form.reference, ANSWERS))
    )
    with pytest.raises(NotPermitted):
        answers_given(acting_as("victim_officer"), row)


def test_the_command_loads_lists_and_says_what_to_do(
    system: Acting, settings: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    settings.CRAFFU_FORCE = system.force.code
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_bytes(as_file(invented()))
    bad.write_bytes(as_file(invented(licence=None)))
    assert cli.main(["risk-form", "list"]) == cli.DONE
    assert "No form has been loaded." in capsys.readouterr().out
    assert cli.main(["risk-form", "load", str(good)]) == cli.DONE
    assert "RF-10001  Invented list 1  licence INVENTED-1" in capsys.readouterr().out
    for words, said in (
        (["load"], "Say which file"),
        (["load", str(tmp_path / "none.json")], "cannot be read"),
        (["load", str(bad)], "'x-licence' is a required property"),
    ):
        assert cli.main(["risk-form", *words]) == cli.NOT_CARRIED_OUT
        assert said in capsys.readouterr().err
