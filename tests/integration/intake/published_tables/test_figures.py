"""Published tables of figures as they come: good rows kept as printed, bad ones held with line and reason, nothing guessed."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DataError

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.intake.models import HeldDecision, HeldRow
from craffu.intake.published_tables import figure_rows, figures
from craffu.intake.running import Done, take_in
from craffu.published.actions import record_figures
from craffu.published.areas import find_area
from craffu.published.facts import FigureRow
from craffu.published.models import FoundError, PublishedFigure
from craffu.published.queries import latest_figures
from tests.factories.tables import csv_bytes, ods_bytes, xlsx_bytes

OUTCOMES = (
    "force", "financial_year", "stalking_outcomes_total", "charged_summonsed", "evidential_victim_supports",
    "evidential_victim_does_not_support",
)  # fmt: skip
ROLLING = ("12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences")
RECORDED = (
    "Financial Year", "Financial Quarter", "Force Name", "Offence Description", "Offence Group", "Offence Subgroup",
    "Offence Code", "Number of Offences",
)  # fmt: skip


@pytest.fixture
def take(system: Acting, tmp_path: Path) -> Callable[..., Done]:
    """`take(kind, header, *rows)` takes in a made-up file; `written` and `name` say how it is written and called."""

    def taken(
        kind: str,
        header: tuple[str, ...],
        *rows: tuple[object, ...],
        written: Callable[..., bytes] = csv_bytes,
        name: str = "table.csv",
    ) -> Done:
        path = tmp_path / name
        path.write_bytes(written([header, *rows]))
        return take_in(by=system, kind=kind, paths=[path])

    return taken


def counts(done: Done) -> tuple[int, int, int, int, int, int]:
    run = done.run
    assert done.reconciled
    return run.received, run.created, run.updated, run.unchanged, run.parked, run.rejected


def held(by: Acting) -> list[tuple[int, str, str, str]]:
    rows = HeldRow.objects.for_user(by).order_by("line", "id")
    return [(row.line, row.why, row.reason, row.field) for row in rows]


def said(series: str) -> list[tuple[str, str, str, int | None, str, list[str]]]:
    found = latest_figures(series).order_by("area", "period", "measure")
    return list(found.values_list("area", "period", "measure", "value", "missing", "flags"))


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(
    ("kind", "header", "missing"),
    [
        ("stalking-outcomes", OUTCOMES[:-1], "evidential_victim_does_not_support"),
        ("recorded-crime", RECORDED[1:], "Financial Year"),
        (
            "recorded-crime-rolling",
            ("PFA", "Offence"),
            "Region, 12 months ending, Rolling year total number of offences",
        ),
        ("spo-statistics", ("Force name", "Applied for in 2020-2021"), "Granted in 2020-2021"),
        ("prosecutions", ("force", "year", "prosecuted"), "convicted"),
        ("population", ("LSOA Code", "LSOA Name", "Households", "Persons", "Persons"), "Local authority code"),
    ],
)
def test_a_file_without_a_required_column_is_refused_whole_and_says_which(
    take: Callable[..., Done], kind: str, header: tuple[str, ...], missing: str
) -> None:
    done = take(kind, header, tuple("x" for _ in header))
    (refused,) = done.refused
    assert (done.exit, refused.code) == (2, "column_missing")
    assert all(name in refused.message for name in missing.split(", "))
    assert not PublishedFigure.objects.exists()


@pytest.mark.rule("INT-03")
def test_a_census_without_its_three_columns_of_persons_is_refused(take: Callable[..., Done]) -> None:
    header = (
        "LSOA Code",
        "LSOA Name",
        "Local authority code",
        "Local authority name",
        "Persons",
        "Persons",
        "Households",
    )
    (refused,) = take("population", header, tuple("x" for _ in header)).refused
    assert "3 x Persons" in refused.message


@pytest.mark.rule("INT-03")
@pytest.mark.rule("INT-04")
def test_every_row_held_back_has_its_line_and_reason_and_the_others_are_kept(
    take: Callable[..., Done], system: Acting
) -> None:
    done = take(
        "stalking-outcomes",
        OUTCOMES,
        ("Gwent", "2021/22", 10, 1, 2, 3),
        ("Ruritania", "2021/22", 10, 1, 2, 3),
        ("", "2021/22", 10, 1, 2, 3),
        ("Gwent", "2021/23", 10, 1, 2, 3),
        ("Gwent", "2020/21", "ten", 1, 2, 3),
        ("Gwent", "2019/20", 10, 1, 2),
        ("Powys\x1b", "2019/20", 10, 1, 2, 3),
    )
    assert counts(done) == (7, 1, 0, 0, 1, 5)
    assert held(system) == [
        (3, "parked", "area_unknown", "force"),
        (4, "rejected", "area_missing", "force"),
        (5, "rejected", "period_unreadable", "financial_year"),
        (6, "rejected", "not_a_whole_number", "stalking_outcomes_total"),
        (7, "rejected", "columns_differ", ""),
        (8, "rejected", "characters_unreadable", "force"),
    ]
    assert len(said("stalking-outcomes")) == 4
    again = take(
        "stalking-outcomes", OUTCOMES, ("Gwent", "2021/22", 10, 1, 2, 3), ("Ruritania", "2021/22", 10, 1, 2, 3)
    )
    assert counts(again) == (2, 0, 0, 1, 1, 0)
    assert len(held(system)) == 6


@pytest.mark.rule("INT-03")
def test_a_row_put_right_in_the_reject_file_is_taken_in_at_its_own_line(
    take: Callable[..., Done], system: Acting, tmp_path: Path
) -> None:
    done = take(
        "prosecutions", ("force", "year", "prosecuted", "convicted"), ("Gwent", 2020, "1O", 5), ("Gwent", 2021, 7, 6)
    )
    assert counts(done) == (2, 1, 0, 0, 0, 1)
    assert done.reject_file is not None
    with done.reject_file.open(newline="", encoding="utf-8") as file:
        columns, row = list(csv.reader(file))
    assert row[2:4] == ["2", "prosecuted"]
    corrected = tmp_path / "corrected.csv"
    with corrected.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([columns, [*row[:-1], "10"]])
    assert counts(take_in(by=system, kind="prosecutions", paths=[corrected])) == (1, 1, 0, 0, 0, 0)
    figure = PublishedFigure.objects.get(measure="prosecuted", period="2020")
    assert (figure.value, figure.line) == (10, 2)


@pytest.mark.rule("MSR-02")
def test_blank_not_available_suppressed_and_nought_are_four_things_and_a_negative_count_is_kept(
    take: Callable[..., Done],
) -> None:
    cells = {
        "Gwent": "",
        "South Wales": "n/a",
        "Dyfed-Powys": "[c]",
        "North Wales": "0",
        "Kent": "-31",
        "Essex": "1,234",
    }
    rows = [("31-12-2018", force, "Wales", "Arson", cell) for force, cell in cells.items()]
    done = take("recorded-crime-rolling", ROLLING, *rows)
    assert counts(done) == (6, 6, 0, 0, 0, 0)
    found = {figure.area_name: (figure.value, figure.missing, figure.flags) for figure in PublishedFigure.objects.all()}
    assert found == {
        "Gwent": (None, "blank", []),
        "South Wales": (None, "not_available", []),
        "Dyfed-Powys": (None, "not_available", ["suppressed"]),
        "North Wales": (0, "", []),
        "Kent": (-31, "", ["negative"]),
        "Essex": (1_234, "", []),
    }
    assert done.run.warnings["negative"] == done.run.warnings["suppressed"] == 1


@pytest.mark.parametrize(
    ("day", "period", "flags"),
    [
        ("31-12-2017", "2017-12 year ending", []),
        ("30-12-2017", "2017-12 year ending", ["period_typing_error"]),
        ("28-02-2019", "2019-02 year ending", []),
        ("28-02-2020", "2020-02 year ending", ["period_typing_error"]),
        ("2018-03-31", "2018-03 year ending", []),
    ],
)
def test_a_mistyped_last_day_is_kept_under_the_month_that_is_meant_and_marked(
    take: Callable[..., Done], day: str, period: str, flags: list[str]
) -> None:
    take("recorded-crime-rolling", ROLLING, (day, "Gwent", "Wales", "Arson", 4))
    assert said("recorded-crime-rolling") == [("61", period, "Arson", 4, "", flags)]


@pytest.mark.parametrize("day", ["15-12-2017", "31-11-2017", "December 2017", "", "31-12-17"])
def test_a_period_that_could_be_anything_is_held_back(take: Callable[..., Done], system: Acting, day: str) -> None:
    assert counts(take("recorded-crime-rolling", ROLLING, (day, "Gwent", "Wales", "Arson", 4))) == (1, 0, 0, 0, 0, 1)
    assert [row[2] for row in held(system)] == ["period_unreadable"]


@pytest.mark.parametrize(
    ("header", "quarter"),
    [
        (RECORDED, 4),
        (("year", "quarter", "force", "offence", "group", "subgroup", "code", "count"), "Q4"),
        (("Year", "QUARTER", "Force_Name", "offence_description", "group", "sub group", "Code", "Offences"), "4"),
    ],
)
def test_an_offence_level_row_is_read_under_any_of_its_headings(
    take: Callable[..., Done], header: tuple[str, ...], quarter: object
) -> None:
    group, subgroup = "Violence against the person", "Stalking and harassment"
    done = take(
        "recorded-crime",
        header,
        ("2017/18", quarter, "London, City of", "Stalking", group, subgroup, "8Q", 7),
        ("2017/18", 1, "Dyfed Powys", "Stalking", group, subgroup, "8Q", "-1"),
    )
    assert counts(done) == (2, 2, 0, 0, 0, 0)
    assert said("recorded-crime") == [
        ("48", "2018-Q1", "Stalking", 7, "", []),
        ("63", "2017-Q2", "Stalking", -1, "", ["negative"]),
    ]
    figure = PublishedFigure.objects.get(area="48")
    assert figure.attributes == {"group": group, "subgroup": subgroup, "code": "8Q"}
    assert (figure.period_end.isoformat(), figure.area_name) == ("2018-03-31", "London, City of")


@pytest.mark.rule("INT-04")
def test_two_values_for_one_figure_are_both_held_back_and_the_same_value_twice_is_one(
    take: Callable[..., Done], system: Acting
) -> None:
    done = take(
        "recorded-crime-rolling",
        ROLLING,
        ("31-12-2018", "Gwent", "Wales", "Arson", 4),
        ("31-12-2018", "Gwent Police", "Wales", "Arson", 5),
        ("31-12-2018", "Kent", "South East", "Arson", 6),
        ("31-12-2018", "Kent Police", "South East", "Arson", 6),
    )
    assert counts(done) == (4, 1, 0, 1, 0, 2)
    assert [(line, reason) for line, _, reason, _ in held(system)] == [(2, "two_values"), (3, "two_values")]
    assert said("recorded-crime-rolling") == [("46", "2018-12 year ending", "Arson", 6, "", [])]


@pytest.mark.rule("INT-01")
def test_a_changed_figure_is_a_new_version_and_an_earlier_file_never_takes_it_back(take: Callable[..., Done]) -> None:
    row = ("31-12-2018", "Gwent", "Wales", "Arson")
    assert counts(take("recorded-crime-rolling", ROLLING, (*row, 4))) == (1, 1, 0, 0, 0, 0)
    assert counts(take("recorded-crime-rolling", ROLLING, (*row, 4))) == (1, 0, 0, 1, 0, 0)
    assert counts(take("recorded-crime-rolling", ROLLING, (*row, 5))) == (1, 0, 1, 0, 0, 0)
    late = take("recorded-crime-rolling", ROLLING, (*row, 4))
    assert counts(late) == (1, 0, 0, 1, 0, 0)
    assert late.run.warnings == {"newer_version_held": 1}
    assert list(PublishedFigure.objects.order_by("number").values_list("number", "value")) == [(1, 4), (2, 5)]
    assert said("recorded-crime-rolling") == [("61", "2018-12 year ending", "Arson", 5, "", [])]


@pytest.mark.rule("INT-01")
@pytest.mark.parametrize(("written", "name"), [(xlsx_bytes, "t.xlsx"), (ods_bytes, "t.ods")])
def test_the_same_table_as_a_workbook_says_nothing_new(
    take: Callable[..., Done], written: Callable[..., bytes], name: str
) -> None:
    rows = [
        ("Gwent", "2021/22", 10, 1, 2, 3),
        ("Dyfed-Powys", "2021/22", "n/a", "", 2, 3),
        ("Kent", "2020/21", 0, 0, 0, 0),
    ]
    assert counts(take("stalking-outcomes", OUTCOMES, *rows)) == (3, 3, 0, 0, 0, 0)
    before = said("stalking-outcomes")
    assert counts(take("stalking-outcomes", OUTCOMES, *rows, written=written, name=name)) == (3, 0, 0, 3, 0, 0)
    assert said("stalking-outcomes") == before


@pytest.mark.rule("INT-02")
@pytest.mark.rule("SEC-04")
def test_a_file_leaves_one_row_in_the_log_and_each_figure_its_line(take: Callable[..., Done], system: Acting) -> None:
    rows = [("31-12-2018", force, "Wales", "Arson", number) for number, force in enumerate(("Gwent", "Kent", "Essex"))]
    take("recorded-crime-rolling", ROLLING, *rows)
    logged = [json.loads(event.payload) for event in Event.objects.filter(kind="figures_received")]
    assert [event["counts"] for event in logged] == [{"created": 3}]
    figures = PublishedFigure.objects.order_by("line")
    assert [(figure.line, figure.source, figure.mapping_version) for figure in figures] == [
        (line, "recorded-crime-rolling", "1") for line in (2, 3, 4)
    ]
    assert {figure.controller for figure in figures} == {"Office for National Statistics"}


# --- our own checks ---------------------------------------------------------------------------------------------


def found(check: str) -> list[FoundError]:
    return list(FoundError.objects.filter(check_code=check).order_by("id"))


def test_a_share_that_repeats_another_is_found_as_in_the_charge_percentages_that_were_published(
    take: Callable[..., Done],
) -> None:
    header = (*OUTCOMES, "charge_percent", "victim_supports_percent")
    forces = ("Gwent", "Kent", "Essex", "Surrey", "Dorset", "Cleveland", "Durham")
    rows = []
    for number, force in enumerate(forces, start=1):
        total, charged, supports = 100 * number, 6 * number + 1, 20 * number + 3
        share = f"{round(100 * supports / total)}%"
        rows.append((force, "2021/22", total, charged, supports, 9 * number, share, share))
    done = take("stalking-outcomes", header, *rows)
    assert counts(done) == (7, 7, 0, 0, 0, 0)
    (repeated,) = found("column_repeats")
    assert set(repeated.detail["columns"]) == {"charge_percent", "victim_supports_percent"}
    assert repeated.severity == "error"
    assert done.run.warnings["found_column_repeats"] == 1


def test_parts_above_their_whole_and_a_total_that_does_not_add_are_found_and_change_nothing(
    take: Callable[..., Done],
) -> None:
    done = take(
        "stalking-outcomes",
        OUTCOMES,
        ("All forces", "2021/22", 31, 12, 5, 6),
        ("Gwent", "2021/22", 10, 11, 2, 3),
        ("Kent", "2021/22", 20, 1, 3, 3),
    )
    assert counts(done) == (3, 3, 0, 0, 0, 0)
    (exceeds,) = found("part_exceeds_whole")
    assert (exceeds.area, exceeds.period, exceeds.detail["line"]) == ("61", "2021/22", 3)
    assert {error.detail["printed"] for error in found("total_does_not_add")} == {31}
    assert latest_figures("stalking-outcomes", area="61", measure="charged_summonsed").get().value == 11


def test_one_name_for_two_offences_is_found(take: Callable[..., Done]) -> None:
    def row(quarter: int, subgroup: str, code: str) -> tuple[object, ...]:
        return ("2017/18", quarter, "Gwent", "Harassment", "Violence", subgroup, code, 5)

    take("recorded-crime", RECORDED, row(1, "Stalking and harassment", "8L"), row(2, "Violence without injury", "8M"))
    names = [error.detail["name"] for error in found("two_definitions")]
    assert names == ["Harassment"]


@pytest.mark.rule("INT-01")
def test_what_was_found_in_a_file_is_kept_once_however_often_it_is_taken_in(take: Callable[..., Done]) -> None:
    for _ in range(2):
        done = take("recorded-crime-rolling", ROLLING, ("31-12-2018", "Gwent", "Wales", "Arson", -1))
        assert done.run.warnings["found_negative_count"] == 1
    assert len(found("negative_count")) == 1


# --- what the database will not keep ----------------------------------------------------------------------------


@pytest.mark.rule("INT-03")
def test_a_row_that_the_database_refuses_is_held_alone_and_closed_once_it_can_be_stored(
    take: Callable[..., Done], system: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [("31-12-2018", force, "Wales", "Arson", 4) for force in ("Gwent", "Kent", "Essex")]

    def refuse_kent(*, rows: list[FigureRow], **more: Any) -> object:
        if any(row.area_name == "Kent" for row in rows):
            raise DataError("the value is too long")
        return record_figures(rows=rows, **more)

    with monkeypatch.context() as patched:
        patched.setattr(figures, "record_figures", refuse_kent)
        assert counts(take("recorded-crime-rolling", ROLLING, *rows)) == (3, 2, 0, 0, 0, 1)
    (row,) = HeldRow.objects.for_user(system)
    assert (row.line, row.reason) == (3, "not_storable")
    assert counts(take("recorded-crime-rolling", ROLLING, *rows)) == (3, 1, 0, 2, 0, 0)
    assert HeldDecision.objects.for_user(system).get().reason == "stored_later"


@pytest.mark.rule("INT-04")
def test_a_parked_row_is_closed_when_its_force_becomes_known(
    take: Callable[..., Done], system: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ("31-12-2018", "Heddlu'r De", "Wales", "Arson", 4)
    assert counts(take("recorded-crime-rolling", ROLLING, row)) == (1, 0, 0, 0, 1, 0)
    known = find_area("South Wales")
    monkeypatch.setattr(figure_rows, "find_area", lambda _: known)
    assert counts(take("recorded-crime-rolling", ROLLING, row)) == (1, 1, 0, 0, 0, 0)
    assert HeldDecision.objects.for_user(system).get().held.why == "parked"
