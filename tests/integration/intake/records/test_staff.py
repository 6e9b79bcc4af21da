"""What a system of staff sends is recorded as it comes: in any order, once, as it was said last, names and numbers encrypted."""

import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.intake.models import HeldRow, KeptRow
from craffu.intake.records import storing
from craffu.intake.records.layout import layout_of
from craffu.intake.records.rereading import OF_STAFF, Reread, read_kept_again
from craffu.intake.running import Done, take_in
from craffu.resourcing.models import Away, ChampionNamed, Post, PostHeld, Station, StationShift, Trained, TurnOfDuty
from craffu.resourcing.staff.queries import last_said
from craffu.resourcing.staff.tables import TABLES
from tests.factories.extracts import LATER, everything, row, write

pytestmark = [pytest.mark.django_db, pytest.mark.rule("INT-01")]

KIND = "staff"
MODELS = [one.model for one in TABLES.values()]

type Take = Callable[..., Done]


@pytest.fixture
def taken(system: Acting) -> Take:
    def take(*paths: Path) -> Done:
        return take_in(by=system, kind=KIND, paths=paths)

    return take


def counts() -> list[int]:
    return [model._base_manager.count() for model in MODELS]


def test_every_table_of_the_layout_is_recorded() -> None:
    assert list(TABLES) == list(layout_of(KIND).tables)
    for name, table in TABLES.items():
        told = {column for column, _ in table.plain.values()} | set(table.words.values())
        assert {*told, "updated_at"} == set(layout_of(KIND).tables[name].names), name


def test_every_column_becomes_what_it_says(taken: Take, tmp_path: Path, system: Acting) -> None:
    done = taken(everything(tmp_path, KIND, 1))
    assert (done.run.warnings, done.run.created, done.run.rejected, done.reconciled) == ({}, 8, 0, True)
    at = datetime(2024, 3, 5, 10, tzinfo=UTC)
    day = date(2024, 3, 5)
    [station] = Station.objects.for_user(system)
    assert (station.station, station.station_cy, station.easting, station.northing) == ("STATION1", "words", 1, 1)
    [shift] = StationShift.objects.for_user(system)
    assert (shift.station, shift.shift, shift.starts_at, shift.ends_at, shift.called_off) == (
        "STATION1",
        "early",
        at,
        at,
        True,
    )
    [post] = Post.objects.for_user(system)
    assert (post.post_ref, post.role, post.team, post.station) == ("POST1", "words", "words", "STATION1")
    assert (post.full_time_equivalent, post.funded_by, post.opened_on, post.closed_on) == (
        Decimal("0.5"),
        "words",
        day,
        day,
    )
    [held] = PostHeld.objects.for_user(system)
    assert (held.post_ref, held.staff_ref, held.name, held.from_on, held.to_on) == (
        "POST1",
        "STAFF1",
        "words",
        day,
        day,
    )
    [away] = Away.objects.for_user(system)
    assert (away.staff_ref, away.from_on, away.to_on, away.kind, away.covered_by) == (
        "STAFF1",
        day,
        day,
        "words",
        "COVERED1",
    )
    [named] = ChampionNamed.objects.for_user(system)
    assert (named.staff_ref, named.named_on, named.ended_on, named.duty_telephone) == ("STAFF1", day, day, "words")
    [trained] = Trained.objects.for_user(system)
    assert (trained.staff_ref, trained.programme, trained.version, trained.lesson) == (
        "STAFF1",
        "words",
        "words",
        "full",
    )
    assert (trained.trained_on, trained.renew_by) == (day, day)
    [turn] = TurnOfDuty.objects.for_user(system)
    assert (turn.staff_ref, turn.station, turn.starts_at, turn.ends_at, turn.duty) == (
        "STAFF1",
        "STATION1",
        at,
        at,
        "rostered",
    )


def test_what_is_left_empty_says_the_least(taken: Take, tmp_path: Path, system: Acting) -> None:
    taken(
        write(tmp_path, "a.csv", [row(KIND, "shifts", duty="")]),
        write(tmp_path, "b.csv", [row(KIND, "training", lesson="", renew_by="")]),
        write(tmp_path, "c.csv", [row(KIND, "stations", easting="", northing="", station_cy="")]),
        write(tmp_path, "d.csv", [row(KIND, "station_shifts", called_off="")]),
        write(tmp_path, "e.csv", [row(KIND, "absences", to_on="", covered_by="") | {"kind": ""}]),
    )
    assert TurnOfDuty.objects.for_user(system).get().duty == "rostered"
    trained = Trained.objects.for_user(system).get()
    assert (trained.lesson, trained.renew_by) == ("full", None)
    station = Station.objects.for_user(system).get()
    assert (station.easting, station.northing, station.station_cy) == (None, None, "")
    assert StationShift.objects.for_user(system).get().called_off is False
    away = Away.objects.for_user(system).get()
    assert (away.to_on, away.covered_by, away.kind) == (None, "", "")


def test_names_and_numbers_are_encrypted_where_they_are_kept(taken: Take, tmp_path: Path) -> None:
    taken(everything(tmp_path, KIND, 1))
    for statement in (
        "SELECT name FROM resourcing_postheld",
        "SELECT kind FROM resourcing_away",
        "SELECT duty_telephone FROM resourcing_championnamed",
    ):
        with connection.cursor() as cursor:
            cursor.execute(statement)
            [(kept,)] = cursor.fetchall()
        assert kept
        assert "words" not in kept


@pytest.mark.parametrize("first", range(8))
def test_files_come_in_any_order_and_again(first: int, taken: Take, tmp_path: Path) -> None:
    everything(tmp_path, KIND, 2)
    files = sorted(tmp_path.glob("*.csv"))
    for path in itertools.islice(itertools.cycle(files), first, first + len(files)):
        taken(path)
    assert counts() == [2] * 8
    logged = Event.objects.filter(kind="rows_received").count()
    assert taken(tmp_path).run.created == 0
    assert counts() == [2] * 8
    assert Event.objects.filter(kind="rows_received").count() == logged


def test_a_row_said_anew_is_added_and_the_last_counts(taken: Take, tmp_path: Path, system: Acting) -> None:
    taken(write(tmp_path, "a.csv", [row(KIND, "shifts", 1), row(KIND, "shifts", 2)]))
    again = write(tmp_path / "later", "a.csv", [row(KIND, "shifts", 1, duty="on_duty", updated_at=LATER)])
    assert taken(again).run.updated == 1
    rows = TurnOfDuty.objects.for_user(system)
    assert [(one.staff_ref, one.duty) for one in rows.order_by("id")] == [
        ("STAFF1", "rostered"),
        ("STAFF2", "rostered"),
        ("STAFF1", "on_duty"),
    ]
    assert [(one.staff_ref, one.duty) for one in last_said(rows)] == [("STAFF1", "on_duty"), ("STAFF2", "rostered")]
    assert taken(tmp_path / "a.csv").run.unchanged == 2
    # An older word that comes late is kept and changes nothing.
    older = row(KIND, "shifts", 1, duty="absent", updated_at="2024-01-05 10:00:00")
    taken(write(tmp_path / "older", "a.csv", [older]))
    assert last_said(TurnOfDuty.objects.for_user(system))[0].duty == "on_duty"


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(
    ("table", "said", "reason"),
    [
        ("shifts", {"duty": "asleep"}, "code_not_in_list"),
        ("station_shifts", {"shift": "dawn"}, "code_not_in_list"),
        ("training", {"lesson": "half"}, "code_not_in_list"),
        ("holders", {"to_on": "2024-03-04"}, "out_of_order"),
        ("champions", {"ended_on": "2024-03-04"}, "out_of_order"),
        ("posts", {"closed_on": "2024-03-04"}, "out_of_order"),
    ],
)
def test_what_cannot_be_so_is_held_back(
    table: str, said: dict[str, str], reason: str, taken: Take, tmp_path: Path, system: Acting
) -> None:
    good, bad = row(KIND, table, 1), row(KIND, table, 2, **said)
    done = taken(write(tmp_path, "a.csv", [good, bad]))
    assert (done.run.created, done.run.rejected, done.reconciled) == (1, 1, True)
    [held] = HeldRow.objects.for_user(system)
    assert (held.line, held.reason) == (3, reason)


def test_what_an_earlier_release_kept_is_recorded_once_as_it_was_said_last(
    taken: Take, tmp_path: Path, system: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        for table in OF_STAFF:
            earlier.setitem(storing.STORES, table, storing.keep)
        taken(everything(tmp_path / "a", KIND, 1))
        taken(write(tmp_path / "b", "a.csv", [row(KIND, "shifts", 1, duty="on_duty", updated_at=LATER)]))
    assert (counts(), KeptRow.objects.for_user(system).count()) == ([0] * 8, 9)
    assert read_kept_again(by=system, kind=KIND) == Reread(rows=9, told=8)
    assert counts() == [1] * 8
    assert TurnOfDuty.objects.for_user(system).get().duty == "on_duty"
    assert read_kept_again(by=system, kind=KIND) == Reread(rows=9, told=0)
