"""Initiatives are recorded, spoken of and ended; their measure is counted from the snapshot and never typed (C4; SCR-09)."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine as time_travel

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.config import cli
from craffu.measures.engine.catalogue import WORKED
from craffu.measures.snapshots.actions import build_snapshot
from craffu.scrutiny.initiatives import policies
from craffu.scrutiny.initiatives.actions import keep_figure, record_initiative, say_course
from craffu.scrutiny.initiatives.facts import Counted, NewCourse
from craffu.scrutiny.initiatives.kinds import Course
from craffu.scrutiny.initiatives.queries import find_initiative
from craffu.scrutiny.initiatives.rules import NOT_OF_ITS_DAYS, Period, Standing
from craffu.scrutiny.models import Initiative, InitiativeFigure
from tests.factories.initiatives import initiative
from tests.factories.orders import order_of, parties

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_in_deep, pytest.mark.rule("SCR-09")]

BEGINS = date(2025, 11, 20)
BEFORE = datetime(2025, 10, 1, 12, tzinfo=UTC)
NOW = datetime(2026, 1, 14, 18, tzinfo=UTC)


@pytest.fixture
def lead(acting_as: Callable[..., Acting], frozen_clock: time_travel.Traveller) -> Acting:
    frozen_clock.move_to(BEFORE)
    return acting_as("workforce_lead")


def kinds() -> list[tuple[str, list[str]]]:
    ours = {"initiative_recorded", "initiative_word_added", "initiative_measured"}
    return [(one.kind, json.loads(one.payload)["refs"]) for one in Event.objects.order_by("id") if one.kind in ours]


def test_one_is_recorded_spoken_of_and_ended(lead: Acting, frozen_clock: time_travel.Traveller) -> None:
    row = record_initiative(by=lead, given=initiative(BEGINS))
    frozen_clock.move_to(NOW)
    words = NewCourse(Course.WORD, date(2025, 12, 1), "Two teams have begun", 0)
    say_course(by=lead, initiative=row.reference, given=words)
    with pytest.raises(Conflict, match="Somebody else has added"):
        say_course(by=lead, initiative=row.reference, given=words)
    say_course(
        by=lead, initiative=row.reference, given=NewCourse(Course.ENDED, date(2026, 1, 13), "It is usual now", 1)
    )
    found = find_initiative(lead, row.reference)
    assert found is not None
    assert (found.is_fixed_before, found.ended_on, len(found.entries)) == (True, date(2026, 1, 13), 2)
    assert found.standing(date(2026, 1, 13)) is Standing.UNDER_WAY
    assert found.standing(date(2026, 1, 14)) is Standing.ENDED
    refs = [f"initiative/{row.reference}"]
    assert kinds() == [("initiative_recorded", refs), ("initiative_word_added", refs), ("initiative_word_added", refs)]


def test_what_cannot_be_is_refused(lead: Acting, acting_as: Callable[..., Acting]) -> None:
    with pytest.raises(NotNow, match="ends before the initiative begins"):
        record_initiative(by=lead, given=initiative(BEGINS, baseline=Period(BEGINS - timedelta(days=28), BEGINS)))
    for measure in ("MET10", "MET99"):
        with pytest.raises(NotNow, match="Choose a measure"):
            record_initiative(by=lead, given=initiative(BEGINS, measure=measure, part="nothing"))
    for measure, part in (("MET30", "satisfied"), ("MET18", "breached")):
        with pytest.raises(NotNow, match="Choose a measure"):
            record_initiative(by=lead, given=initiative(BEGINS, measure=measure, part=part))
    with pytest.raises(NotPermitted):
        record_initiative(by=acting_as("supervisor"), given=initiative(BEGINS))
    assert not Initiative.objects.for_user(lead).exists()
    row = record_initiative(by=lead, given=initiative(date(2025, 8, 1)))
    counted = Counted(Period(date(2025, 7, 31), date(2025, 8, 28)), False, 1, None, 1.0, "", 1, "s", "d")
    with pytest.raises(NotNow, match="cannot come before the initiative"):
        keep_figure(by=acting_as("analyst"), initiative=row.reference, given=counted)
    with pytest.raises(NotPermitted):
        keep_figure(by=lead, initiative=row.reference, given=counted)
    with pytest.raises(NotPermitted):
        say_course(by=lead, initiative="IN-99999", given=NewCourse(Course.WORD, BEGINS, "Nothing is known", 0))


@pytest.mark.rule("MSR-01")
def test_its_measure_is_counted_from_the_snapshot_once(
    lead: Acting, system: Acting, acting_as: Callable[..., Acting], frozen_clock: time_travel.Traveller, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    row = record_initiative(by=lead, given=initiative(BEGINS))
    frozen_clock.move_to(datetime(2025, 10, 20, 12, tzinfo=UTC))
    case, _suspect, _victim = parties(system, tmp_path)
    frozen_clock.move_to(datetime(2025, 12, 2, 12, tzinfo=UTC))
    order_of(acting_as("orders_team", username="team"), case.reference, datetime(2025, 12, 1, 12, tzinfo=UTC))
    acting_as("coordinator", username="co")

    def measured(*words: str) -> Any:
        code = cli.main(["initiatives", "measure", *words, "--as", "co", "--json"])
        out = capsys.readouterr()
        assert (code, out.err) == (0, "")
        return json.loads(out.out)["initiatives"]

    frozen_clock.move_to(NOW)
    assert cli.main(["initiatives", "measure", "--as", "co"]) == 2
    assert "run `craffu snapshot build`" in capsys.readouterr().err
    snapshot = build_snapshot(by=system)
    [one] = measured()
    assert (one["reference"], one["standing"], one["baseline_fixed_before"]) == (row.reference, "under_way", True)
    before, [after] = one["baseline"], one["after"]
    assert (before["from"], before["to"], before["numerator"]) == ("2025-10-23", "2025-11-19", 0)
    assert (after["from"], after["to"], after["numerator"]) == ("2025-11-20", "2025-12-17", 1)
    assert {before["digest"], after["digest"]} == {snapshot.digest}
    assert after["changed"] is None, "there is nothing to divide by"
    assert measured(row.reference) == [one]
    # The log's first word is older than its baseline's last day, the first case is not.
    early = record_initiative(by=lead, given=initiative(date(2025, 10, 15)))
    [other] = measured(early.reference)
    assert (other["baseline"]["numerator"], "not known here" in other["baseline"]["note"]) == (None, True)
    assert {figure["changed"] for figure in other["after"]} == {None}
    assert InitiativeFigure.objects.for_user(system).filter(initiative=row).count() == 2
    assert kinds().count(("initiative_measured", [f"initiative/{row.reference}"])) == 2
    assert cli.main(["initiatives", "list", "--as", "co"]) == 0
    listed = capsys.readouterr().out
    assert f"{row.reference}  A single register of orders: MET11 orders, from 2025-11-20 on (under_way)" in listed
    assert "after 2025-11-20 to 2025-12-17: 1" in listed
    assert cli.main(["initiatives", "measure", "IN-99999", "--as", "co"]) == 2
    assert "There is no initiative IN-99999" in capsys.readouterr().err


@pytest.mark.rule("MSR-01")
def test_one_that_cannot_be_counted_is_named_and_stops_no_other(
    lead: Acting, system: Acting, acting_as: Callable[..., Acting], frozen_clock: time_travel.Traveller,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Recorded before such a measure was refused: answers of a survey are never told of all its questions together."""
    with monkeypatch.context() as before:
        before.setattr(policies, "NOT_OF_ITS_DAYS", frozenset())
        survey = record_initiative(by=lead, given=initiative(date(2025, 11, 21), measure="MET30", part="satisfied"))
    other = record_initiative(by=lead, given=initiative(BEGINS, measure="MET05", part="granted"))
    acting_as("analyst", username="an")
    frozen_clock.move_to(NOW)
    build_snapshot(by=system)
    assert cli.main(["initiatives", "measure", "--as", "an", "--json"]) == 1
    out = capsys.readouterr()
    why = "MET30 is not told of the days of an initiative. Record it with another measure."
    assert json.loads(out.out)["not_counted"] == {survey.reference: why}
    assert out.err == f"craffu initiatives: {survey.reference} is not counted: {why}\n"
    counted = InitiativeFigure.objects.for_user(system)
    assert counted.filter(initiative=other).exists()
    assert not counted.filter(initiative=survey).exists()


def test_whatever_is_never_told_whole_shows_no_initiative() -> None:
    assert {code for code, worked in WORKED.items() if not worked.is_whole} < NOT_OF_ITS_DAYS


@pytest.mark.rule("MSR-05")
def test_what_comes_to_be_recorded_late_is_waited_for_before_and_after_alike(
    lead: Acting, system: Acting, acting_as: Callable[..., Acting], frozen_clock: time_travel.Traveller
) -> None:
    """An incident may be recorded ninety days after it happened, and a decision on an application falls due after 28."""
    breaches = record_initiative(by=lead, given=initiative(BEGINS, measure="MET17", part="alleged"))
    decisions = record_initiative(by=lead, given=initiative(BEGINS, measure="MET03", part="in_time"))
    orders = record_initiative(by=lead, given=initiative(BEGINS))
    acting_as("analyst", username="an")

    def counted(on: date) -> list[int]:
        frozen_clock.move_to(datetime(on.year, on.month, on.day, 18, tzinfo=UTC))
        build_snapshot(by=system)
        assert cli.main(["initiatives", "measure", "--as", "an"]) == 0
        rows = InitiativeFigure.objects.for_user(system)
        return [rows.filter(initiative=one).count() for one in (breaches, decisions, orders)]

    last = BEGINS + timedelta(days=27)
    assert counted(last) == [0, 0, 1], "its last day is not over, and what was before is waited for too"
    assert counted(last + timedelta(days=1)) == [0, 1, 2]
    assert counted(last + timedelta(days=28))[1] == 1
    assert counted(last + timedelta(days=29))[1] == 2
    assert counted(last + timedelta(days=90))[0] == 1
    assert counted(last + timedelta(days=91))[0] == 2
