"""What another system's survey sends is recorded of the victim: in any order, once, as it was said last, and encrypted."""

import itertools
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from craffu.access.acting import Acting
from craffu.intake.models import HeldRow, KeptRow, RowWaiting
from craffu.intake.records import storing
from craffu.intake.records.rereading import OF_SURVEYS, Reread, read_kept_again
from craffu.intake.running import Done, take_in
from craffu.victims.models import SurveyAnswered, SurveyInvited, SurveyNotAsked
from tests.factories.extracts import LATER, row, write
from tests.integration.intake.witness_care.test_recorded import victims

pytestmark = [pytest.mark.django_db, pytest.mark.rule("INT-01")]

KIND = "surveys"
MODELS = (SurveyInvited, SurveyAnswered, SurveyNotAsked)
TABLES = ("invitations", "answers", "not_invited")

type Take = Callable[..., Done]


@pytest.fixture
def taken(system: Acting) -> Take:
    def take(kind: str, *paths: Path) -> Done:
        return take_in(by=system, kind=kind, paths=paths)

    return take


def surveys(folder: Path, people: int = 1) -> list[Path]:
    numbers = range(1, people + 1)
    return [
        write(
            folder, f"{name}.csv", (row(KIND, name, n, person_ref=f"PERSON{n}", crime_ref=f"CRIME{n}") for n in numbers)
        )
        if name != "answers"
        else write(folder, "answers.csv", (row(KIND, name, n) for n in numbers))
        for name in TABLES
    ]


def counts() -> list[int]:
    return [model._base_manager.count() for model in MODELS]


def test_every_column_becomes_what_it_says_of_her(taken: Take, tmp_path: Path, system: Acting) -> None:
    taken("rms", victims(tmp_path / "rms", 1))
    done = taken(KIND, *surveys(tmp_path / "surveys"))
    assert (done.run.warnings, done.run.created, done.run.rejected, done.reconciled) == ({}, 3, 0, True)
    [invited], [answered], [left] = (list(model.objects.for_user(system)) for model in MODELS)
    assert {one.record.source_key for one in (invited, answered, left)} == {"persons/PERSON1"}
    assert {one.source for one in (invited, answered, left)} == {KIND}
    assert (invited.source_key, invited.case.reference, invited.stage) == ("INVITATION1", left.case.reference, "words")
    assert (invited.survey_version, invited.mode, invited.channel, invited.was_delivered) == (
        "words",
        "online",
        "words",
        True,
    )
    assert (answered.invited_id, str(answered.answered_on), answered.may_be_linked) == (invited.pk, "2024-03-05", True)
    assert (answered.felt_safe, answered.kept_informed, answered.felt_supported) == ("safer", "yes", "yes")
    assert (left.reason, str(left.decided_on)) == ("unsafe", "2024-03-05")


def test_what_she_answered_is_encrypted_where_it_is_kept(taken: Take, tmp_path: Path) -> None:
    taken("rms", victims(tmp_path / "rms", 1))
    taken(KIND, *surveys(tmp_path / "surveys"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT felt_safe, kept_informed, taken_seriously, felt_supported, words FROM victims_surveyanswered"
        )
        [kept] = cursor.fetchall()
    assert not {"safer", "yes", "words"} & set(kept)


@pytest.mark.rule("INT-04")
@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_files_come_in_any_order_and_again(order: tuple[int, ...], taken: Take, tmp_path: Path) -> None:
    sent = [*((KIND, path) for path in surveys(tmp_path / "surveys", 2)), ("rms", victims(tmp_path / "rms", 2))]
    for place in order:
        taken(sent[place][0], sent[place][1])
    assert (counts(), RowWaiting._base_manager.count()) == ([2, 2, 2], 0)
    for kind, path in sent:
        assert taken(kind, path).run.created == 0
    assert counts() == [2, 2, 2]


@pytest.mark.rule("INT-04")
def test_what_it_names_is_waited_for_and_said_so(taken: Take, tmp_path: Path) -> None:
    done = taken(KIND, *surveys(tmp_path / "surveys"))
    assert (done.run.warnings, counts(), RowWaiting._base_manager.count()) == ({"row_waits": 3}, [0, 0, 0], 3)
    taken("rms", victims(tmp_path / "rms", 1))
    assert (counts(), RowWaiting._base_manager.count()) == ([1, 1, 1], 0)


def test_a_row_said_anew_is_added_and_both_are_kept(taken: Take, tmp_path: Path, system: Acting) -> None:
    taken("rms", victims(tmp_path / "rms", 1))
    taken(KIND, *surveys(tmp_path / "surveys"))
    again = row(KIND, "answers", 1, felt_safe="less_safe", updated_at=LATER)
    assert taken(KIND, write(tmp_path / "later", "answers.csv", [again])).run.updated == 1
    said = [one.felt_safe for one in SurveyAnswered.objects.for_user(system).order_by("id")]
    assert said == ["safer", "less_safe"]
    older = taken(KIND, tmp_path / "surveys" / "answers.csv")
    assert (older.run.unchanged, counts()[1]) == (1, 2)


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(
    ("table", "column", "value", "reason"),
    [
        ("invitations", "mode", "carrier pigeon", "code_not_in_list"),
        ("invitations", "stage", "", "value_missing"),
        ("answers", "felt_safe", "very safe", "code_not_in_list"),
        ("answers", "may_be_linked", "", "value_missing"),
        ("not_invited", "reason", "busy", "code_not_in_list"),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected_with_its_line_and_field(
    table: str, column: str, value: str, reason: str, taken: Take, tmp_path: Path, system: Acting
) -> None:
    good, bad = row(KIND, table, 1), row(KIND, table, 2, **{column: value})
    done = taken(KIND, write(tmp_path, f"{table}.csv", [good, bad]))
    assert (done.run.created, done.run.rejected, done.reconciled) == (1, 1, True)
    [held] = HeldRow.objects.for_user(system)
    assert (held.line, held.field, held.reason) == (3, column, reason)


def test_what_an_earlier_release_kept_is_recorded_once(
    taken: Take, tmp_path: Path, system: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken("rms", victims(tmp_path / "rms", 2))
    with monkeypatch.context() as earlier:
        for table in OF_SURVEYS:
            earlier.setitem(storing.STORES, table, storing.keep)  # type: ignore[arg-type]
        taken(KIND, *surveys(tmp_path / "surveys", 2))
    assert (counts(), KeptRow.objects.for_user(system).count()) == ([0, 0, 2], 6)
    assert read_kept_again(by=system, kind=KIND) == Reread(rows=4, told=4)
    assert counts() == [2, 2, 2]
    assert read_kept_again(by=system, kind=KIND) == Reread(rows=4, told=0)
    [one] = KeptRow.objects.for_user(system).filter(table="answers", key="INVITATION1")
    assert json.loads(one.words)["felt_safe"] == "safer"
