"""Rows that an earlier release kept unread tell the ledger once they are read again, and nothing twice (INT-01, BRC-06)."""

import json
from pathlib import Path
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.breaches.models import BreachTelling
from craffu.cases.models import ReleaseVersion
from craffu.common.refusals import NotPermitted
from craffu.config import cli
from craffu.intake.models import KeptRow
from craffu.intake.records import storing
from craffu.intake.records.rereading import ONCE_KEPT, Reread, read_kept_again
from craffu.intake.running import take_in
from craffu.orders.models import Order
from tests.factories.breaches import breaches
from tests.factories.detentions import send_release
from tests.factories.extracts import row, write
from tests.integration.breaches.conftest import DAY, HOUR, NOW
from tests.integration.breaches.test_detecting import as_text, run

pytestmark = [pytest.mark.rule("INT-01"), pytest.mark.rule("BRC-06"), pytest.mark.django_db]


@pytest.fixture
def kept(served: Order, system: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Any) -> None:
    """What an earlier release did with such rows: kept them whole, and nothing else."""
    with monkeypatch.context() as earlier:
        for table in ONCE_KEPT:
            earlier.setitem(storing.STORES, table, storing.keep)  # type: ignore[arg-type]
        told = {"person_ref": "PERSON10", "crime_ref": "CRIME1", "updated_at": as_text(NOW - HOUR)}
        spoke = {"direction": "from_victim", "about": "safety", "reached": "yes", "contacted_at": as_text(NOW - DAY)}
        contacts = [
            row("rms", "contacts", 1, **told, **spoke, words="He rang her from a new number."),
            row("rms", "contacts", 2, **told, **spoke | {"direction": "to_victim", "about": "update"}, words=""),
        ]
        write(tmp_path / "earlier", "contacts.csv", contacts)
        assert take_in(by=system, kind="rms", paths=[tmp_path / "earlier"]).run.rejected == 0
        send_release(system, tmp_path)
    assert (BreachTelling.objects.for_system("a test").count(), KeptRow.objects.for_system("a test").count()) == (0, 3)
    clock.shift(HOUR)


def test_what_was_kept_is_read_by_the_reader_of_new_rows_and_once(kept: None, served: Order, system: Acting) -> None:
    run(system, NOW + HOUR)
    assert breaches() == []

    assert read_kept_again(by=system, kind="rms") == Reread(rows=2, told=1)
    assert read_kept_again(by=system, kind="custody") == Reread(rows=1, told=1)
    run(system, NOW + 2 * HOUR)

    [breach] = breaches()
    assert (breach.found_by, breach.respondent_id) == ("contact", served.respondent_id)
    [release] = ReleaseVersion.objects.for_system("a test")
    assert (release.key, release.number, release.record_id is not None) == (
        KeptRow.objects.for_system("a test").get(table="releases").key,
        1,
        True,
    )
    logged = Event.objects.filter(kind="rows_received").count()

    assert [read_kept_again(by=system, kind=kind).told for kind in ("rms", "custody", "probation", "surveys")] == [
        0
    ] * 4
    run(system, NOW + 3 * HOUR)
    assert (len(breaches()), Event.objects.filter(kind="rows_received").count()) == (1, logged)


def test_what_is_sent_again_meanwhile_is_known_already(kept: None, system: Acting, tmp_path: Path) -> None:
    told = {
        "person_ref": "PERSON10",
        "crime_ref": "CRIME1",
        "updated_at": as_text(NOW),
        "contacted_at": as_text(NOW - DAY),
    }
    spoke = {
        "direction": "from_victim",
        "about": "safety",
        "reached": "yes",
        "words": "He rang her from a new number, twice.",
    }
    write(tmp_path / "later", "contacts.csv", [row("rms", "contacts", 1, **told, **spoke)])
    take_in(by=system, kind="rms", paths=[tmp_path / "later"])

    assert read_kept_again(by=system, kind="rms").told == 1, "the earlier word"
    run(system, NOW + 2 * HOUR)

    [breach] = breaches()
    assert [one.words for one in breach.sources.all()] == ["He rang her from a new number, twice."]
    assert read_kept_again(by=system, kind="rms").told == 0


def test_the_command_says_how_many_and_needs_the_right(
    kept: None, analyst: Acting, officer: Acting, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["intake", "rms", "--kept", "--as", "analyst", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"kind": "rms", "kept": 2, "told": 1}
    for wrong in (["intake", "rms"], ["intake", "rms", "--kept", "a.csv"]):
        assert cli.main([*wrong, "--as", "analyst"]) != 0
    with pytest.raises(NotPermitted):
        read_kept_again(by=officer, kind="rms")


@pytest.fixture
def analyst(acting_as: Any) -> Acting:
    by: Acting = acting_as("analyst", username="analyst")
    return by
