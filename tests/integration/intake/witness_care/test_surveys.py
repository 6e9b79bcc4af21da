"""What another system's survey sends is recorded of the victim: in any order, once, as it was said last, and encrypted."""

import itertools
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine as time_travel
from django.db import connection

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.clocks.london import day_of, end_of
from craffu.common.clock import now
from craffu.daily.ticking import tick
from craffu.intake.models import HeldRow, KeptRow, RowWaiting
from craffu.intake.records import storing
from craffu.intake.records.rereading import OF_SURVEYS, Reread, read_kept_again
from craffu.intake.running import Done, take_in
from craffu.victims.models import SurveyAnswered, SurveyInvited, SurveyNotAsked
from craffu.work.models import WorkItem
from tests.factories.extracts import LATER, row, write
from tests.integration.intake.witness_care.test_recorded import victims

pytestmark = [pytest.mark.django_db, pytest.mark.rule("INT-01")]

KIND = "surveys"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LAST = "2024-05-05 10:00:00"
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


# The other orders are tried in the deep run.
AT_ONCE = ((0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1))


@pytest.mark.rule("INT-04")
@pytest.mark.parametrize(
    "order",
    [
        order if order in AT_ONCE else pytest.param(order, marks=pytest.mark.deep)
        for order in itertools.permutations(range(4))
    ],
)
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


def answer(folder: Path, **said: str) -> Path:
    return write(folder, "answers.csv", [row(KIND, "answers", 1, **said)])


def less_safe() -> list[tuple[datetime, datetime | None]]:
    items = WorkItem.objects.for_system("a test").filter(kind="victim_answer", why="said_less_safe").order_by("id")
    return [(one.due_at, one.over_at) for one in items]


@pytest.mark.rule("VIC-08")
@pytest.mark.parametrize("linked", ["yes", "no"])
def test_less_safe_is_work_of_the_day_on_which_it_comes_and_once(
    linked: str, taken: Take, tmp_path: Path, force: Force, frozen_clock: time_travel.Traveller
) -> None:
    frozen_clock.move_to(NOON)
    taken("rms", victims(tmp_path / "rms", 1))
    taken(KIND, surveys(tmp_path / "surveys")[0])
    given = {"felt_safe": "less_safe", "answered_on": "2026-11-20", "may_be_linked": linked}
    taken(KIND, answer(tmp_path / "first", **given))
    came = now()
    tick(force=force, at=came + timedelta(minutes=5))
    due = [(end_of(day_of(came)), None)]
    assert less_safe() == due
    frozen_clock.shift(timedelta(days=1))
    taken(KIND, answer(tmp_path / "again", **given, kept_informed="no", updated_at=LATER))
    tick(force=force, at=now())
    assert less_safe() == due, "sent anew it is the same answer"
    taken(KIND, answer(tmp_path / "put right", **given | {"felt_safe": "same"}, updated_at=LAST))
    tick(force=force, at=now())
    assert [done for _, done in less_safe() if done is None] == []


@pytest.mark.rule("VIC-08")
@pytest.mark.parametrize(("stage", "raised"), [("closed", 0), ("investigation", 1)])
def test_an_old_answer_asks_for_nobody_once_no_case_is_live(
    stage: str, raised: int, taken: Take, tmp_path: Path, force: Force, frozen_clock: time_travel.Traveller
) -> None:
    frozen_clock.move_to(NOON)
    folder = victims(tmp_path / "rms", 1)
    write(folder, "crimes.csv", [row("rms", "crimes", 1, ptiurn="", stage=stage)])
    taken("rms", folder)
    taken(KIND, surveys(tmp_path / "surveys")[0])
    taken(KIND, answer(tmp_path / "old", felt_safe="less_safe", answered_on="2024-03-05"))
    tick(force=force, at=now() + timedelta(minutes=5))
    assert len(less_safe()) == raised


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
            earlier.setitem(storing.STORES, table, storing.keep)
        taken(KIND, *surveys(tmp_path / "surveys", 2))
    assert (counts(), KeptRow.objects.for_user(system).count()) == ([0, 0, 2], 6)
    assert read_kept_again(by=system, kind=KIND) == Reread(rows=4, told=4)
    assert counts() == [2, 2, 2]
    assert read_kept_again(by=system, kind=KIND) == Reread(rows=4, told=0)
    [one] = KeptRow.objects.for_user(system).filter(table="answers", key="INVITATION1")
    assert json.loads(one.words)["felt_safe"] == "safer"
