"""One order and two breaches of it, as known from day to day: every measure can be counted by hand (MSR-01, MSR-06; X10)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine as time_travel

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.engines.choice import Engine, Kind
from craffu.engines.snapshots import Snapshot
from craffu.intake.running import take_in
from craffu.measures.engine.running import Wanted, run
from craffu.measures.engine.values import NO_CASES, Value
from craffu.measures.kept.working import figures_of
from craffu.measures.snapshots.actions import build_snapshot
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from tests.factories.areas import two_areas
from tests.factories.breaches import reported_of, send_incident
from tests.factories.extracts import row, write
from tests.factories.orders import order_of, parties, scanned
from tests.factories.plans import approved, planned, respondent_of
from tests.factories.priorities import scored_by

# T40 holds the snapshot of one database against the other's.
pytestmark = [pytest.mark.rule("MSR-01", "MSR-06"), pytest.mark.django_db, pytest.mark.postgres_in_deep]

MADE, SERVED = datetime(2025, 11, 20, 12, tzinfo=UTC), datetime(2025, 11, 21, 10, tzinfo=UTC)
BROKEN = (datetime(2025, 12, 1, 9, tzinfo=UTC), datetime(2025, 12, 10, 22, tzinfo=UTC))
FIRST, LAST = date(2025, 11, 20), date(2026, 1, 14)
NOW = datetime(2026, 1, 14, 18, tzinfo=UTC)


@pytest.fixture
def snapshot(
    system: Acting, acting_as: Callable[..., Acting], frozen_clock: time_travel.Traveller, tmp_path: Path
) -> Snapshot:
    frozen_clock.move_to(MADE)
    team, officer = acting_as("orders_team", username="team"), acting_as("investigator", username="officer")
    case, _suspect, _victim = parties(system, tmp_path)
    order = order_of(team, case.reference, MADE)
    frozen_clock.move_to(SERVED)
    served = Given(served_at=SERVED, place="court", method="personal", server="PC 44 Rees", proof="Statement")
    order = move_order(by=team, order=scanned(team, order).reference, move="serve", given=served)
    for number, at in enumerate(BROKEN):
        frozen_clock.move_to(at)
        reported_of(officer, order, key=str(number))
    frozen_clock.move_to(NOW)
    return build_snapshot(by=system)


@pytest.fixture
def ask(snapshot: Snapshot, acting_as: Callable[..., Acting]) -> Callable[..., dict[tuple[str | None, str], Value]]:
    reader = acting_as("supervisor", username="reader")

    def asked(code: str, **wanted: Any) -> dict[tuple[str | None, str], Value]:
        values = run(reader, Wanted((code,), **({"first": FIRST} | wanted)), snapshot, Engine(Kind.DUCKDB))
        return {(one.of, one.part): one for one in values}

    return asked


def counts(found: dict[tuple[str | None, str], Value], *part: str) -> list[tuple[int | None, int | None]]:
    return [(found[None, one].numerator, found[None, one].denominator) for one in part]


def test_it_is_split_by_whom_it_is_against(
    system: Acting, acting_as: Callable[..., Acting], frozen_clock: time_travel.Traveller, tmp_path: Path
) -> None:
    frozen_clock.move_to(MADE)
    case, _suspect, _victim = parties(system, tmp_path)
    order_of(acting_as("orders_team"), case.reference, MADE)
    reader = acting_as("supervisor")

    def split() -> list[set[str | None]]:
        frozen_clock.move_to(clock.now() + timedelta(minutes=1))
        snapshot = build_snapshot(by=system)
        return [
            {
                one.of
                for one in run(reader, Wanted(("MET11",), by=by), snapshot, Engine(Kind.DUCKDB))
                if one.numerator and one.of is not None
            }
            for by in ("relationship", "ethnicity_self", "sex")
        ]

    assert split() == [{"other"}, {""}, {"F"}], "what its source says is no relationship and no ethnicity of the lists"
    later = {"updated_at": "2025-11-20 12:30:00"}
    write(tmp_path / "later", "involvements.csv", [
        row("rms", "involvements", 1, person_ref="PERSON11", role="suspect", relationship="Ex-Partner", **later),
    ])  # fmt: skip
    write(tmp_path / "later", "persons.csv", [row("rms", "persons", 11, ethnicity="a2", **later)])
    frozen_clock.move_to(MADE + timedelta(hours=1))
    assert take_in(by=system, kind="rms", paths=[tmp_path / "later"]).run.rejected == 0
    assert split() == [{"ex_partner"}, {"asian"}, {"F"}]


def test_it_stands_from_the_day_it_was_known(ask: Callable[..., dict[tuple[str | None, str], Value]]) -> None:
    parts = ("episodes", "persons", "orders", "interim", "unserved")
    assert [number for number, _ in counts(ask("MET11"), *parts)] == [1, 1, 1, 0, 0]
    assert [number for number, _ in counts(ask("MET11", as_of=date(2025, 11, 20)), *parts)] == [1, 1, 1, 0, 1]
    assert [number for number, _ in counts(ask("MET11", first=None, as_of=date(2025, 11, 19)), *parts)] == [
        0,
        0,
        0,
        0,
        0,
    ]
    assert ask("MET11", by="order_type")["SPO", "orders"].numerator == 1


def test_how_long_it_took_and_that_nobody_notified(ask: Callable[..., dict[tuple[str | None, str], Value]]) -> None:
    served = ask("MET08")[None, "made_to_served"]
    assert (served.numerator, served.denominator, served.value) == (1, 1, 1.0)
    waits = ask("MET08", as_of=date(2025, 11, 20))[None, "made_to_served"]
    assert (waits.numerator, waits.denominator, waits.value, waits.beside["pending"]) == (0, 1, None, 1)
    late = ask("MET13")[None, "on_time"]
    assert (late.numerator, late.denominator, late.value, late.beside) == (0, 1, 0.0, {"late": 0, "never": 1})
    # Its last day is the 23rd: until that is over it is not yet asked.
    assert ask("MET13", as_of=date(2025, 11, 22))[None, "on_time"].note == NO_CASES
    assert ask("MET13", as_of=date(2025, 11, 23))[None, "on_time"].denominator == 1


def test_incidents_on_the_days_on_which_it_bound(ask: Callable[..., dict[tuple[str | None, str], Value]]) -> None:
    found = ask("MET17")
    # From the day of service until today, both included: 10 days of November, 31 and 14.
    assert counts(found, "alleged", "proven") == [(2, 55), (0, 55)]
    of_kind = found["SPO", "alleged"]
    assert (of_kind.numerator, of_kind.denominator) == (2, 55)
    assert found[None, "alleged"].value == pytest.approx(2 * 365.25 / 55)
    assert counts(ask("MET17", as_of=date(2025, 12, 5)), "alleged") == [(1, 15)]
    assert counts(ask("MET17", first=date(2025, 12, 1), last=date(2025, 12, 1)), "alleged") == [(1, 1)]
    before = ask("MET17", as_of=date(2025, 11, 20))
    assert (before[None, "alleged"].value, before[None, "alleged"].note) == (None, NO_CASES)
    assert ask("MET18")[None, "breached"].note == NO_CASES
    assert counts(ask("MET19"), "repeat") == [(1, 1)]
    assert counts(ask("MET19", as_of=date(2025, 12, 9)), "repeat") == [(0, 1)]


def test_nobody_was_arrested_and_one_view_alone_is_no_agreement(
    ask: Callable[..., dict[tuple[str | None, str], Value]],
) -> None:
    arrested = ask("MET20")[None, "arrested"]
    assert (arrested.numerator, arrested.denominator) == (0, 2)
    young = ask("MET20", as_of=date(2025, 12, 1))[None, "arrested"]
    assert (young.denominator, young.beside["not_yet_due"], young.note) == (0, 1, NO_CASES)
    views = ask("MET24")[None, "unresolved"]
    assert (views.denominator, views.beside["reported"], views.note) == (0, 2, NO_CASES)
    assert ask("MET16")[None, "view"].note == NO_CASES
    assert ask("MET27")[None, "kept"].note == NO_CASES


def test_an_order_that_was_received_is_no_application_and_its_card_lacks_what_was_not_said(
    ask: Callable[..., dict[tuple[str | None, str], Value]],
) -> None:
    full = ask("MET01")[None, "full"]
    assert (full.numerator, full.beside) == (0, {"not_ours": 1})
    assert counts(ask("MET09"), "in_time") == [(1, 1)]
    assert ask("MET09")[None, "in_time"].beside == {"in_court": 1, "not_yet_due": 0}
    assert counts(ask("MET09", as_of=date(2025, 11, 20)), "in_time") == [(0, 0)]
    assert ask("MET10")[None, "over_3_days"].note == NO_CASES
    for code, part in (("MET05", "granted"), ("MET07", "requested"), ("MET25", "unreviewed"), ("MET26", "granted")):
        assert ask(code)[None, part].note == NO_CASES, code
    card = ask("MET12")[None, "complete"]
    assert (card.numerator, card.denominator) == (0, 1)
    assert (card.beside["lacks_owner"], card.beside["lacks_court"]) == (1, 0)
    then = ask("MET12", as_of=date(2025, 12, 1))[None, "complete"]
    assert (then.value, "as the register stood" in then.note) == (None, True)
    assert counts(ask("MET21"), "answered", "answered_in_48_hours") == [(0, 2), (0, 2)]


@pytest.mark.rule("PRI-05", "PLN-02")
def test_whoever_is_on_the_list_is_covered_until_the_review_of_their_plan_is_overdue(
    system: Acting, acting_as: Callable[..., Acting], frozen_clock: time_travel.Traveller, tmp_path: Path
) -> None:
    team, planner = acting_as("orders_team", username="team"), acting_as("coordinator", username="planner")
    leads = acting_as("supervisor", username="leads")
    case, _suspect, _victim = parties(system, tmp_path)
    order = order_of(team, case.reference, clock.now() - timedelta(days=3))
    send_incident(system, tmp_path, 7, home_office_class="8Q")
    reported_of(acting_as("investigator", username="officer"), order)

    def found() -> Value:
        values = run(leads, Wanted(("MET31",)), build_snapshot(by=system), Engine(Kind.DUCKDB))
        return values[0]

    assert found().note == NO_CASES
    scored_by(leads, clock.now())
    frozen_clock.shift(timedelta(minutes=1))
    assert (found().numerator, found().denominator) == (0, 1)
    assert planner.user is not None
    planned(planner, respondent_of(planner, order), planner.user)
    frozen_clock.shift(timedelta(minutes=1))
    assert (found().numerator, found().beside["planned"]) == (0, 1)
    approved(leads, respondent_of(leads, order))
    frozen_clock.shift(timedelta(minutes=1))
    assert (found().numerator, found().denominator) == (1, 1)
    frozen_clock.shift(timedelta(days=29))
    assert (found().numerator, found().denominator, found().beside["planned"]) == (0, 1, 1)


@pytest.mark.rule("MSR-08")
def test_an_order_is_counted_in_the_area_where_its_case_belonged_as_that_was_known(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path, frozen_clock: time_travel.Traveller
) -> None:
    case, _suspect, _victim = parties(system, tmp_path)
    team = acting_as("orders_team")
    order_of(team, case.reference, clock.now() - timedelta(days=3))
    areas, keeper = two_areas(system), acting_as("supervisor", username="keeper")
    areas.place(keeper, case.reference, "north-1")
    first = clock.now()
    frozen_clock.shift(timedelta(days=2))
    areas.place(keeper, case.reference, "south")
    frozen_clock.shift(timedelta(days=2))
    snapshot = build_snapshot(by=system)

    def told(**wanted: Any) -> dict[str | None, int | None]:
        found = run(team, Wanted(("MET11",), by="area", **wanted), snapshot, Engine(Kind.DUCKDB))
        return {one.of: one.numerator for one in found if one.part == "orders"}

    assert told() == {None: 1, "south": 1}
    assert told(as_of=day_of(first)) == {None: 1, "north": 1}


@pytest.mark.deep
@pytest.mark.rule("MSR-05")
def test_a_year_before_another_cohort_is_told_of(
    system: Acting, acting_as: Callable[..., Acting], frozen_clock: time_travel.Traveller, tmp_path: Path
) -> None:
    """An order served on 21 November 2024 is of the cohort of March 2026, and of none a year before."""
    made, served = MADE - timedelta(days=365), SERVED - timedelta(days=365)
    frozen_clock.move_to(made)
    team = acting_as("orders_team", username="team")
    case, _suspect, _victim = parties(system, tmp_path)
    order = order_of(team, case.reference, made)
    frozen_clock.move_to(served)
    given = Given(served_at=served, place="court", method="personal", server="PC 44 Rees", proof="Statement")
    move_order(by=team, order=scanned(team, order).reference, move="serve", given=given)
    frozen_clock.move_to(datetime(2026, 3, 1, 18, tzinfo=UTC))
    told = figures_of(build_snapshot(by=system), Engine(Kind.DUCKDB))["measures"]["MET18"]["told"]["rows"]
    now, before = ([one["denominator"] for one in told[name] if not one["split"]] for name in ("now", "before"))
    assert (now, before) == ([1], [0])
