"""`craffu snapshot` and `craffu measures`: who may, what is printed, what is logged, and what a mistake is answered with."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine as time_travel

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.audit.models import Event
from craffu.config import cli
from craffu.measures.definitions import definition, shipped
from craffu.measures.engine.catalogue import WORKED
from craffu.measures.kept.reading import kept_figures
from craffu.measures.places import folder_of
from craffu.measures.releasing import not_shown
from craffu.measures.snapshots.actions import build_snapshot
from craffu.measures.snapshots.tables import TABLES
from tests.conftest import A_MOMENT
from tests.factories.orders import order_of, parties

pytestmark = [pytest.mark.django_db]

type Said = tuple[int, str, str]


@pytest.fixture
def craffu(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    def run(*words: str) -> Said:
        code = cli.main(list(words))
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


def answered(said: Said) -> dict[str, Any]:
    code, out, err = said
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def last_event() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Event.objects.order_by("-id")[0].payload)
    return found


@pytest.mark.rule("MSR-01", "SEC-04")
@pytest.mark.postgres_in_deep
def test_a_snapshot_is_built_by_who_may_and_its_figures_name_it(
    craffu: Callable[..., Said],
    system: Acting,
    acting_as: Callable[..., Acting],
    frozen_clock: time_travel.Traveller,
    tmp_path: Path,
) -> None:
    case, _suspect, _victim = parties(system, tmp_path)
    order_of(acting_as("orders_team", username="team"), case.reference, A_MOMENT - timedelta(days=3))
    acting_as("analyst", username="ann")
    acting_as("supervisor", username="sue")
    code, _out, err = craffu("measures", "run", "--as", "ann")
    assert (code, "run `craffu snapshot build`" in err) == (2, True)
    built = answered(craffu("snapshot", "build", "--as", "ann", "--json"))
    assert built["rows"].keys() == TABLES.keys()
    assert built["rows"]["orders"] >= 1
    assert built["seconds"] >= 0
    logged = last_event()
    assert (logged["kind"], logged["verb"], logged["actor"]) == ("snapshot_built", "combination", "ann")
    assert logged["refs"] == [f"snapshot/{built['snapshot']}"]
    [listed] = answered(craffu("snapshot", "list", "--as", "ann", "--json"))["snapshots"]
    assert (listed["snapshot"], listed["digest"], listed["stands"]) == (built["snapshot"], built["digest"], True)
    told = answered(craffu("measures", "run", "MET11", "--as", "sue", "--json"))
    assert (told["snapshot"], told["digest"], told["engine"]) == (built["snapshot"], built["digest"], "duckdb")
    by_part = {one["part"]: one for one in told["values"]}
    assert by_part["orders"]["numerator"] == 1
    assert by_part["orders"]["id"] == "MET11"
    assert not by_part["orders"]["suppressed"]
    logged = last_event()
    assert (logged["kind"], logged["verb"], logged["fields"]) == ("measures_viewed", "consultation", ["MET11"])
    # What pages read: the same figures, kept beside the snapshot, and hidden from the same readers.
    kept = kept_figures(folder_of(system))
    assert kept is not None
    assert (kept.snapshot, kept.digest, set(kept.measures)) == (built["snapshot"], built["digest"], set(shipped()))
    orders = {
        who: kept.of(acting_user(User.objects.get(username=who)), "MET11").whole("orders") for who in ("sue", "ann")
    }
    assert [orders["sue"].numerator, orders["ann"].numerator, orders["ann"].note] == [
        1,
        None,
        not_shown(5),
    ]
    hidden = answered(craffu("measures", "run", "MET11", "--as", "ann", "--json"))["values"]
    assert {one["part"]: (one["numerator"], one["note"]) for one in hidden}["orders"] == (
        None,
        not_shown(5),
    )
    frozen_clock.shift(timedelta(days=1))
    assert build_snapshot(by=system).name != built["snapshot"]
    assert [one["stands"] for one in answered(craffu("snapshot", "list", "--as", "ann", "--json"))["snapshots"]] == [
        True,
        False,
    ]


@pytest.mark.rule("MSR-01", "MSR-02")
@pytest.mark.postgres_in_deep
def test_every_measure_is_listed_and_run_and_none_without_a_value_is_nought(
    craffu: Callable[..., Said], system: Acting, acting_as: Callable[..., Acting]
) -> None:
    acting_as("supervisor", username="sue")
    build_snapshot(by=system)
    listed = answered(craffu("measures", "list", "--json"))["measures"]
    assert [one["id"] for one in listed] == sorted(shipped())
    assert {one["id"] for one in listed if one["is_of_now"]} == {code for code, one in WORKED.items() if one.is_of_now}
    values = answered(craffu("measures", "run", "--as", "sue", "--json"))["values"]
    assert {one["id"] for one in values} == set(shipped())
    assert {(one["id"], one["part"]) for one in values if one["by"] is None} == {
        (code, part.key) for code in shipped() for part in definition(code).parts
    }
    for one in values:
        if one["id"] != "MET11":
            assert (one["value"], one["note"]) == (None, "no cases"), one
    said = craffu("measures", "run", "--as", "sue")[1]
    assert "MET13  First notification on time" in said
    assert said.count("no cases") >= len(WORKED) - 1
    assert craffu("measures", "list")[0] == 0


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize("words", [("snapshot", "build"), ("snapshot", "list"), ("measures", "run")])
def test_who_may_not_is_refused(
    words: tuple[str, ...], craffu: Callable[..., Said], acting_as: Callable[..., Acting]
) -> None:
    acting_as("response_officer", username="ro")
    code, out, err = craffu(*words, "--as", "ro", "--json")
    assert (code, out) == (2, "")
    assert "This is open to" in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("MET99",), "there is no measure MET99"),
        (("MET19", "--by", "order_type"), "cannot be split by order_type"),
        (("--by", "colour"), "cannot be split by colour"),
        (("--from", "soon"), "soon is no day"),
        (("--from", "2026-01-02", "--to", "2026-01-01"), "2026-01-02 is after 2026-01-01"),
        (("--as-of", "2026-01-15"), "knows nothing after 2026-01-14"),
        (("--engine", "abacus"), "abacus is no engine"),
    ],
)
def test_what_cannot_be_asked_is_answered_with_what_can(
    words: tuple[str, ...], says: str, craffu: Callable[..., Said], system: Acting, frozen_clock: time_travel.Traveller,
) -> None:  # fmt: skip
    build_snapshot(by=system)
    code, out, err = craffu("measures", "run", *words, "--json")
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


@pytest.mark.rule("MSR-03", "SEC-04")
@pytest.mark.postgres_in_deep
def test_the_public_is_answered_in_words_of_a_handful_and_the_answer_is_a_disclosure(
    craffu: Callable[..., Said],
    system: Acting,
    acting_as: Callable[..., Acting],
    tmp_path: Path,
    frozen_clock: time_travel.Traveller,
) -> None:
    case, _suspect, _victim = parties(system, tmp_path)
    order_of(acting_as("orders_team", username="team"), case.reference, A_MOMENT - timedelta(days=3))
    acting_as("supervisor", username="sue")
    build_snapshot(by=system)
    told = answered(craffu("foi", "orders", "--by", "year,age", "--as", "sue", "--json"))
    mine = [
        row for row in told["rows"] if (row["question"], row["kind"], row["years"]) == ("orders_made", "SPO", "2026")
    ]
    assert {row["age"] for row in mine} >= {"", "25_to_34", "not_known"}
    assert all(row["count"] is None and "fewer than 10" in row["words"] for row in told["rows"])
    assert told["suppressed"] == len(told["rows"])
    assert "2026 is counted to 2026-01-14" in " ".join(told["notes"])
    logged = last_event()
    assert (logged["kind"], logged["verb"], logged["recipient"]) == ("public_answer_given", "disclosure", "public")
    code, out, _err = craffu("foi", "orders", "--as", "sue")
    assert code == 0
    assert "In 2022 to 2026 together, and so in each year" in out
    assert "made them: SPO: fewer than 10" in out
    # What nobody made is told of like what hardly anybody made: to leave it out would say that there was none.
    assert "made them: RO_ACQ: fewer than 10" in out
    # Single years are out, and the difference to their blocks would tell.
    assert "each by itself" in craffu("foi", "orders", "--pool", "2", "--as", "sue")[2]
    acting_as("response_officer", username="ro")
    assert craffu("foi", "orders", "--as", "ro")[0] == 2
    assert "--by colour cannot be asked" in craffu("foi", "orders", "--by", "colour")[2]
    assert "two years or more" in craffu("foi", "orders", "--pool", "1")[2]


@pytest.mark.rule("MSR-03", "SEC-04")
@pytest.mark.postgres_in_deep
def test_a_named_person_decides_that_yearly_totals_of_orders_are_told_exactly(
    craffu: Callable[..., Said], system: Acting, acting_as: Callable[..., Acting], tmp_path: Path,
) -> None:  # fmt: skip
    case, _suspect, _victim = parties(system, tmp_path)
    order_of(acting_as("orders_team", username="team"), case.reference, A_MOMENT - timedelta(days=3))
    acting_as("analyst", username="ann")
    build_snapshot(by=system)
    asked = ("foi", "orders", "--exact", "SPO", "--as", "ann")
    assert "Say in words why" in craffu(*asked)[2]
    assert "by a person who is named" in craffu(*asked[:-2], "--reason", "asked by the public")[2]
    assert "leave out --pool" in craffu(*asked, "--by", "year,age", "--reason", "asked by the public")[2]
    assert (
        "no kind of order is called SPQ"
        in craffu("foi", "orders", "--exact", "SPQ", "--reason", "asked by the public")[2]
    )
    told = answered(craffu(*asked, "--reason", "asked by the public", "--json"))
    exact = {(row["kind"], row["years"]): row["count"] for row in told["rows"] if row["exact_by"] == "ann"}
    assert exact == {("SPO", str(year)): int(year == 2026) for year in range(2022, 2027)}
    assert all(row["count"] is None for row in told["rows"] if not row["exact_by"])
    logged = last_event()
    assert (logged["verb"], logged["actor"], logged["reason"]) == ("disclosure", "ann", "asked by the public")
    assert logged["fields"] == [f"SPO {year}" for year in range(2022, 2027)]


@pytest.mark.rule("MSR-03")
@pytest.mark.postgres_in_deep
def test_years_that_were_told_in_blocks_are_never_told_otherwise(craffu: Callable[..., Said], system: Acting) -> None:
    build_snapshot(by=system)
    for _again in range(2):
        told = answered(craffu("foi", "orders", "--from", "2023", "--pool", "2", "--json"))
        assert {row["years"] for row in told["rows"]} == {"2023 to 2024", "2025 to 2026"}
    assert "ask for the same blocks" in craffu("foi", "orders", "--from", "2026")[2]
    assert "in other blocks" in craffu("foi", "orders", "--from", "2023", "--pool", "4")[2]
    assert craffu("foi", "orders", "--from", "2020", "--to", "2022")[0] == 0
