"""A file read ahead by another process leaves the same rows as one read by this one, and a run whose helper dies can be
repeated (INT-01, B8)."""

from pathlib import Path
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.intake import ahead
from craffu.intake.ahead import Helper, HelperLost
from craffu.intake.models import HeldRow, Run
from craffu.intake.published_tables import street_crime
from craffu.intake.records import steps
from craffu.intake.records.persons import with_homes
from craffu.intake.running import take_in
from craffu.intake.states import RunState
from craffu.people import actions as people
from craffu.people.homes.reading import home_of
from craffu.people.models import RecordedContact
from craffu.people.tokens import ADDRESS, HOME_COLUMNS, home_tokens
from craffu.published.models import StreetCrime
from tests.factories.extracts import everything, row, write
from tests.factories.street import write_month

pytestmark = [pytest.mark.django_db, pytest.mark.rule("INT-01")]

# More than fits between two processes, so that one which dies has not handed over all of them.
ROWS = 2_000
WRONG = b",not a month,Gwent Police,Gwent Police,,,No Location,,,Other crime,,\n"
MORE = b",2026-08,Gwent Police,Gwent Police,,,No Location,,,Other crime,Written for this,\n"


def with_help(monkeypatch: pytest.MonkeyPatch) -> list[Helper]:
    """From now on another process reads every file; that process is told of here."""
    asked: list[Helper] = []
    begin = Helper.__init__

    def begun(self: Helper) -> None:
        asked.append(self)
        begin(self)

    monkeypatch.setattr(ahead, "START_FROM", 0)
    monkeypatch.setattr(ahead, "USE_FROM", 0)
    monkeypatch.setattr(ahead.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(Helper, "__init__", begun)
    return asked


def test_an_extract_read_ahead_says_nothing_new_after_one_that_was_not(
    system: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = everything(tmp_path, "rms", people=30)
    for path in folder.glob("persons*.csv"):
        path.write_bytes(path.read_bytes() + b"torn\n")
    first = take_in(by=system, kind="rms", paths=[folder])
    held = set(HeldRow.objects.for_user(system).values_list("reference", flat=True))
    asked = with_help(monkeypatch)
    again = take_in(by=system, kind="rms", paths=[folder])
    assert len(asked) == 1
    assert again.tally.received == first.tally.received > 100
    assert (again.run.created, again.run.updated) == (0, 0)
    assert again.run.rejected == first.run.rejected > 0
    assert again.run.totals == first.run.totals
    assert set(HeldRow.objects.for_user(system).values_list("reference", flat=True)) == held


@pytest.mark.rule("IDN-02")
def test_addresses_of_people_who_are_new_are_read_ahead_into_the_homes_that_are_read_here(
    system: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    monkeypatch.setattr(people, "home_of", lambda address: read.append(address) or home_of(address))
    asked = with_help(monkeypatch)
    # Every third says no address; the same home stands in no two rows.
    said = [
        row("rms", "persons", at, address=f"{at} Heol Fawr" if at % 3 else "", postcode="SA1 1AA" if at % 3 else "")
        for at in range(1, 31)
    ]
    taken = take_in(by=system, kind="rms", paths=[write(tmp_path, "persons.csv", said)])
    kept = RecordedContact.objects.for_user(system)
    assert (len(asked), read, taken.run.created) == (1, [], 30)
    assert len({one.home_token for one in kept if one.kind == ADDRESS}) == 20
    for one in kept:
        assert tuple(getattr(one, column) for column in HOME_COLUMNS) == home_tokens(one.kind, one.value)


@pytest.mark.rule("IDN-02")
def test_where_most_is_known_addresses_are_read_only_of_the_rows_that_are_new(
    system: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    monkeypatch.setattr(steps, "with_homes", lambda table, good: read.append(len(good)) or with_homes(table, good))
    folder = everything(tmp_path, "rms", people=30)
    take_in(by=system, kind="rms", paths=[folder])
    assert sum(read) >= 30
    read.clear()
    take_in(by=system, kind="rms", paths=[folder])
    assert read == []


def test_a_month_read_ahead_leaves_the_rows_that_one_read_here_leaves(
    system: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "month.csv"
    write_month(path, ROWS)
    path.write_bytes(path.read_bytes() + WRONG)
    monkeypatch.setattr(street_crime, "BATCH", 700)
    with monkeypatch.context() as patched:
        asked = with_help(patched)
        first = take_in(by=system, kind="street-crime", paths=[path])
        assert len(asked) == 1
    assert (first.run.created, first.run.rejected) == (ROWS, 1)
    path.write_bytes(path.read_bytes() + MORE)
    again = take_in(by=system, kind="street-crime", paths=[path])
    assert (again.run.created, again.run.updated, again.run.unchanged, again.run.rejected) == (1, 0, ROWS, 1)
    assert again.run.warnings == first.run.warnings
    assert int(again.run.totals["outside"]) == int(first.run.totals["outside"]) > 0


@pytest.mark.deep
@pytest.mark.rule("INT-05")
def test_a_run_whose_helper_dies_has_failed_and_the_same_command_again_ends_it(
    system: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "month.csv"
    write_month(path, ROWS)
    monkeypatch.setattr(street_crime, "BATCH", 100)
    asked = with_help(monkeypatch)
    record = street_crime.record_street_crimes

    def record_and_kill(**said: Any) -> object:
        asked[0].process.kill()
        return record(**said)

    with monkeypatch.context() as patched:
        patched.setattr(street_crime, "record_street_crimes", record_and_kill)
        with pytest.raises(HelperLost):
            take_in(by=system, kind="street-crime", paths=[path])
    failed = Run.objects.for_user(system).get()
    assert (failed.state, failed.problem) == (RunState.FAILED, "HelperLost")
    assert 0 < failed.created == StreetCrime.objects.count() < ROWS
    done = take_in(by=system, kind="street-crime", paths=[path])
    assert done.run.created + failed.created == StreetCrime.objects.count() == ROWS
