"""Errors that a table shows by itself: each check finds its error, and a sound table raises none (MSR-01, MSR-02)."""

import csv
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.published.cells import Anomaly, number_of
from craffu.published.checks import (
    Derived,
    Ratio,
    Relation,
    Roles,
    Table,
    find_errors,
    placed,
    roles_of,
    two_definitions,
)
from craffu.published.definitions import series_of
from craffu.published.period_checks import misprinted_days

FORCES = ("Dyfed-Powys", "Gwent", "North Wales", "South Wales", "Kent", "Essex", "Dorset", "Sussex")
YEARS = ("2018/19", "2019/20", "2020/21", "2021/22")


def table(columns: Iterable[str], *rows: Iterable[object]) -> Table:
    return Table(tuple(columns), [tuple(str(cell) for cell in row) for row in rows])


def codes(found: Iterable[Anomaly]) -> list[str]:
    return [anomaly.check for anomaly in found]


def by_force(columns: str, cells: Iterable[Iterable[object]]) -> Table:
    return table(["force", *columns.split()], *((force, *row) for force, row in zip(FORCES, cells, strict=False)))


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,190", 1190), ("-31", -31), ("\u22123", -3), ("4.6%", Decimal("4.6")), (" 7 ", 7), (".5", Decimal("0.5")), ("0", 0),
        ("", None), ("n/a", None), ("[c]", None), ("-", None), ("1,19", None), ("12 months", None), ("٣", None), ("1e5", None),
    ],
)  # fmt: skip
def test_a_cell_is_a_number_or_none(cell: str, number: int | None) -> None:
    assert number_of(cell) == number


def test_a_column_that_repeats_another_is_found() -> None:
    found = find_errors(
        by_force("charge supports", [(31, 31), (12, 12), (8, 8), (44, 44), (5, 5)]), Roles(area="force")
    )
    assert [(one.check, one.severity, one.columns) for one in found] == [
        ("column_repeats", "error", ("supports", "charge"))
    ]


def test_a_column_that_repeats_another_with_the_sign_turned_is_found() -> None:
    found = find_errors(
        by_force("granted difference", [(8, -8), (2, -2), (7, -7), (13, -13), (0, 0)]), Roles(area="force")
    )
    assert "column_repeats_negated" in codes(found)


@pytest.mark.parametrize(
    "rows", [[(0, 0)] * 8, [(1, 1), (2, 2), (3, 3)], [(31, 31), (12, 12), (8, 8), (44, 44), (5, 6)]]
)
def test_columns_that_agree_by_chance_or_not_wholly_do_not_repeat(rows: list[tuple[int, int]]) -> None:
    assert codes(find_errors(by_force("a b", rows), Roles(area="force"))) == []


def test_parts_above_their_whole_are_found() -> None:
    roles = Roles(area="force", wholes=(Relation("applied", ("granted", "waiting")),))
    found = find_errors(by_force("applied granted waiting", [(4, 6, 1), (13, 8, 6), (8, 8, 0), (5, "", 9)]), roles)
    assert [(one.check, one.severity, one.area, one.line) for one in found] == [
        ("part_exceeds_whole", "error", "Dyfed-Powys", 2),
        ("parts_exceed_whole", "warning", "Gwent", 3),
    ]


def test_parts_that_should_make_up_the_whole_and_do_not_are_found() -> None:
    roles = Roles(area="force", wholes=(Relation("persons", ("households", "communal"), exact=True),))
    found = find_errors(
        by_force("persons households communal", [(1563, 1517, 46), (1379, 1379, 0), (900, 800, 50)]), roles
    )
    assert [(one.check, one.line) for one in found] == [("total_does_not_add", 4)]


def test_a_total_that_is_not_the_sum_of_its_rows_is_found_in_its_year() -> None:
    rows = [(f, y, 10 * (n + 1)) for n, f in enumerate(FORCES[:3]) for y in YEARS[:2]]
    sound = table(["force", "year", "n"], *rows, ("All forces", "2018/19", 60), ("All forces", "2019/20", 60))
    torn = table(["force", "year", "n"], *rows, ("All forces", "2018/19", 60), ("All forces", "2019/20", 61))
    roles = Roles(area="force", period="year")
    assert codes(find_errors(sound, roles)) == []
    (found,) = find_errors(torn, roles)
    assert (found.check, found.severity, found.period) == ("total_does_not_add", "error", "2019/20")
    assert found.detail == {"printed": 61, "sum_of_rows": 60, "rows_without_figure": 0}


@pytest.mark.parametrize(("total", "severity"), [(9, ["note"]), (4, ["error"]), (7, [])])
def test_a_total_above_rows_with_a_blank_is_only_noted(total: int, severity: list[str]) -> None:
    found = find_errors(
        table(["force", "n"], ("Gwent", 3), ("Kent", 4), ("Essex", ""), ("total", total)), Roles(area="force")
    )
    assert [one.severity for one in found] == severity


def test_a_heading_that_arithmetic_contradicts_is_found_with_what_a_blank_would_mean() -> None:
    rows = [(11, 8, 3), (5, 2, 3), (20, 7, 13), (39, 13, 26), (10, 6, 4), (4, 4, "")]
    (found,) = find_errors(by_force("applied granted applied_later", rows), Roles(area="force"))
    assert (found.check, found.severity) == ("heading_contradicted", "error")
    assert found.columns == ("applied", "granted", "applied_later")
    assert found.detail == {"rows": 5, "rows_with_a_blank": 1, "of_them_as_if_blank_were_0": 1}


def test_a_sum_that_the_definition_states_contradicts_nothing() -> None:
    rows = [(11, 8, 3), (5, 2, 3), (20, 7, 13), (39, 13, 26), (10, 6, 4)]
    roles = Roles(area="force", wholes=(Relation("applied", ("granted", "refused")),))
    assert codes(find_errors(by_force("applied granted refused", rows), roles)) == []


@pytest.mark.rule("MSR-02")
def test_a_nought_between_large_numbers_was_probably_not_supplied() -> None:
    years = table(["force", "year", "n"], *(("Kent", y, n) for y, n in zip(YEARS, (340, 359, 0, 4701), strict=True)))
    roles = Roles(area="force", period="year", zero_suspect=("n",))
    (found,) = find_errors(years, roles)
    assert (found.check, found.severity, found.period) == ("zero_not_supplied", "warning", "2020/21")
    assert found.detail == {"beside": [359, 4701]}


@pytest.mark.rule("MSR-02")
@pytest.mark.parametrize("numbers", [(0, 24, 74, 131), (3, 0, 2, 5)])
def test_a_nought_among_small_numbers_means_none_or_not_supplied(numbers: tuple[int, ...]) -> None:
    years = table(["force", "year", "n"], *(("Kent", y, n) for y, n in zip(YEARS, numbers, strict=True)))
    suspect = Roles(area="force", period="year", zero_suspect=("n",))
    assert [(one.check, one.severity) for one in find_errors(years, suspect)] == [("zero_or_not_supplied", "note")]
    assert find_errors(years, Roles(area="force", period="year")) == []


@pytest.mark.rule("MSR-02")
def test_rates_on_nothing_over_100_and_contradicted_are_found() -> None:
    roles = Roles(area="force", ratios=(Ratio("convicted", "prosecuted", "rate"),))
    rows = [(0, 1, "0.0%"), (16, 17, "106%"), (4, 3, "75.0%"), (10, 8, "31%"), (0, 0, "")]
    found = find_errors(by_force("prosecuted convicted rate", rows), roles)
    assert Counter(codes(found)) == {"rate_on_nothing": 1, "rate_over_100": 2, "rate_contradicted": 1}
    assert {(one.check, one.line) for one in found} >= {
        ("rate_on_nothing", 2),
        ("rate_over_100", 3),
        ("rate_contradicted", 5),
    }


def test_a_difference_of_nothing_and_a_wrong_one_are_found() -> None:
    roles = Roles(
        area="force",
        derived=(Derived("more", "later", "earlier"), Derived("share", "later", "earlier", relative=True)),
    )
    rows = [(8, 3, -5, "-0.63"), (2, "", -1, ""), (8, 3, -4, "-0.62"), (8, 3, -5, "-0.2"), (0, 3, 3, "")]
    found = find_errors(by_force("earlier later more share", rows), roles)
    assert [(one.check, one.line) for one in found if one.check.startswith("worked")] == [
        ("worked_out_from_nothing", 3),
        ("worked_out_wrongly", 4),
        ("worked_out_wrongly", 5),
    ]


def test_one_name_for_two_things_is_found() -> None:
    roles = Roles(defined_by=(("code", ("offence",)),))
    found = find_errors(
        table(["code", "offence"], ("8Q", "Stalking"), ("8L", "Harassment"), ("8Q", "Harassment")), roles
    )
    assert [(one.check, one.detail["name"], one.line) for one in found] == [("two_definitions", "8Q", 4)]


def test_one_figure_printed_with_two_values_is_found() -> None:
    rows = [("Kent", "2018/19", 5), ("Kent", "2018/19", 5), ("Kent", "2018/19", 6)]
    (found,) = find_errors(table(["force", "year", "n"], *rows), Roles(area="force", period="year"))
    assert (found.check, found.line, found.detail) == ("two_values", 4, {"line_before": 2})


@pytest.mark.rule("MSR-07")
def test_one_title_for_two_definitions_entered_by_hand_is_found() -> None:
    named = [("Stalking and harassment", "hand-1"), ("stalking  and harassment", "hand-2"), ("Stalking", "hand-3")]
    assert two_definitions(named) == {"stalking and harassment": ["hand-1", "hand-2"]}


def test_the_thirtieth_of_december_among_last_days_is_a_typing_error() -> None:
    days = ["31-03-2017", "30-06-2017", "30-09-2017", "30-12-2017", "31-03-2018", "30-06-2018", "30-09-2018"]
    (found,) = find_errors(table(["to", "n"], *((day, n) for n, day in enumerate(days))), Roles(period="to"))
    assert (found.check, found.line, found.period) == ("period_typing_error", 5, "30-12-2017")
    assert found.detail == {"meant": "2017-12-31", "rows": 1}


def test_a_typing_error_is_not_put_right_where_the_right_period_stands_already() -> None:
    ends = [date(2017, 3, 31), date(2017, 6, 30), date(2017, 9, 30), date(2017, 12, 31), date(2018, 3, 31)]
    assert misprinted_days([*ends, date(2017, 12, 30)]) == {date(2017, 12, 30): None}
    assert misprinted_days([date(2017, 3, 1), date(2017, 4, 1), date(2017, 5, 31)]) == {}


@pytest.mark.parametrize("text", ["2017/19", "2018-13", "31-02-2018", "2017-2019"])
def test_a_period_that_no_calendar_has_is_found(text: str) -> None:
    found = find_errors(table(["when", "n"], (text, 1), ("", 2)), Roles(period="when"))
    assert codes(found) == ["period_typing_error"]


@pytest.mark.rule("MSR-07")
@pytest.mark.parametrize(
    ("periods", "absent"),
    [
        (["2014/15", "2015/16", "2016/17", "2018/19", "2019/20", "2020/21"], ["2017/18"]),
        (["2010", "2011", "2013", "2014"], ["2012"]),
        (["2010-11", "2011-12", "2012-13", "2014-15", "2015-16"], ["2013/14"]),
        (["2018-10", "2018-11", "2018-12"], []),
        (["England", "Wales"], []),
        (["2018-01", "2018-02", "2018-05", "2018-06"], ["2018-03", "2018-04"]),
        # From years to quarters is a change of step, not a hole.
        (["31-03-2005", "31-03-2006", "31-03-2007", "30-06-2007", "30-09-2007", "31-12-2007"], []),
    ],
)
def test_a_period_absent_from_a_regular_row_is_found(periods: list[str], absent: list[str]) -> None:
    found = find_errors(table(["when", "n"], *((when, n) for n, when in enumerate(periods))), Roles(period="when"))
    assert [(one.check, one.period) for one in found] == [("period_absent", when) for when in absent]


def test_a_negative_count_is_noted_and_kept() -> None:
    (found,) = find_errors(by_force("n", [(5,), (-31,), (7,)]), Roles(area="force"))
    assert (found.check, found.severity, found.area, found.detail["value"]) == ("negative_count", "note", "Gwent", -31)


def test_an_anomaly_is_placed_by_the_codes_of_its_area_measure_and_period() -> None:
    roles = Roles(area="force", wholes=(Relation("a", ("b",)),), meaning={"a": ("applied", "2021/22")})
    (found,) = find_errors(table(["force", "a", "b"], ("London, City of", 4, 6)), roles)
    row = placed(found, roles, lambda text: text)
    assert (row.check_code, row.area_kind, row.area, row.measure, row.period) == (
        "part_exceeds_whole", "force", "48", "applied", "2021/22",
    )  # fmt: skip
    assert row.detail["line"] == 2


counts = st.integers(0, 5000)


@st.composite
def sound_outcomes(draw: st.DrawFn) -> Table:
    """A table as it should be: parts within their whole, totals that add, nothing at nought, every year there."""
    rows = []
    for year in YEARS:
        of_year = []
        for force in FORCES:
            parts = [draw(counts), draw(counts), draw(counts)]
            of_year.append((sum(parts) + draw(st.integers(1, 900)), *parts))
            rows.append((force, year, *of_year[-1]))
        rows.append(("All forces", year, *(sum(column) for column in zip(*of_year, strict=True))))
    return table(["force", "year", "total", "charged", "supports", "not"], *rows)


OUTCOME_ROLES = Roles(
    area="force", period="year", wholes=(Relation("total", ("charged", "supports", "not")),), zero_suspect=("total",)
)


@given(sound_outcomes())
def test_a_sound_table_raises_nothing(sound: Table) -> None:
    assert find_errors(sound, OUTCOME_ROLES) == []


@given(sound_outcomes(), st.integers(0, len(YEARS) * (len(FORCES) + 1) - 1), st.integers(1, 1000))
def test_a_part_that_is_set_above_its_whole_is_always_found(sound: Table, place: int, more: int) -> None:
    rows = list(sound.rows)
    row = list(rows[place])
    row[3] = str(int(row[2]) + more)
    rows[place] = tuple(row)
    found = find_errors(Table(sound.columns, rows), OUTCOME_ROLES)
    assert ("part_exceeds_whole", place + 2) in {(one.check, one.line) for one in found}
    assert "total_does_not_add" in codes(found)


@given(sound_outcomes(), st.sampled_from(range(len(YEARS))), st.integers(1, 1000))
def test_a_total_that_is_put_wrong_is_always_found(sound: Table, year: int, off: int) -> None:
    place = (year + 1) * (len(FORCES) + 1) - 1
    rows = list(sound.rows)
    rows[place] = (*rows[place][:2], str(int(rows[place][2]) + off), *rows[place][3:])
    found = find_errors(Table(sound.columns, rows), OUTCOME_ROLES)
    assert [(one.check, one.line) for one in found] == [("total_does_not_add", place + 2)]


@given(sound_outcomes(), st.permutations(("charged", "supports", "not")))
def test_a_column_that_is_copied_over_another_is_always_found(sound: Table, names: list[str]) -> None:
    source, target = (sound.columns.index(name) for name in names[:2])
    rows = [tuple(row[source] if place == target else cell for place, cell in enumerate(row)) for row in sound.rows]
    if len({row[source] for row in rows if row[0] != "All forces"}) < 4:
        return
    assert "column_repeats" in codes(find_errors(Table(sound.columns, rows), OUTCOME_ROLES))


def read(path: Path) -> Table:
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    return Table(tuple(header), [tuple(row) for row in rows])


def test_the_known_errors_of_the_order_table_are_found(shared_data: Path) -> None:
    orders = read(shared_data / "orders/bbc_sdu_spo_foi_2020_2022.csv")
    area, applied, granted, applied_later, granted_later, waiting, more, share, more_orders, share_orders = (
        orders.columns
    )
    meaning = {
        applied: ("applied", "2020/21"),
        granted: ("granted", "2020/21"),
        applied_later: ("applied", "2021/22"),
        granted_later: ("granted", "2021/22"),
        waiting: ("not_yet_heard", "2021/22"),
    }
    derived = (
        Derived(more, applied_later, applied),
        Derived(share, applied_later, applied, relative=True),
        Derived(more_orders, granted_later, granted),
        Derived(share_orders, granted_later, granted, relative=True),
    )
    roles = roles_of(series_of("spo-statistics"), orders.columns, meaning, area=area, derived=derived)
    found = find_errors(orders, roles)

    def areas(check: str) -> set[str]:
        return {one.area for one in found if one.check == check}

    # 1: granted exceeds applied in 2021-22.
    assert areas("part_exceeds_whole") == {"Dorset", "Metropolitan Police", "total"}
    # 2: the headings are contradicted in all 26 rows and the total; the blanks behave like noughts in 14 of the rows.
    (contradicted,) = [one for one in found if one.check == "heading_contradicted"]
    assert contradicted.columns == (applied, granted, applied_later)
    assert contradicted.detail == {"rows": 27, "rows_with_a_blank": 14, "of_them_as_if_blank_were_0": 14}
    # 3: the published difference is minus another column, and two differences stand on blanks.
    assert [one.columns for one in found if one.check == "column_repeats_negated"] == [(more, granted)]
    assert areas("worked_out_from_nothing") == {"Cleveland", "Kent"}
    # 4: granted and not yet heard together exceed applied in 11 forces.
    assert len((areas("parts_exceed_whole") | areas("part_exceeds_whole")) - {"total"}) == 11


def test_the_known_errors_of_the_outcome_table_are_found(shared_data: Path) -> None:
    outcomes = read(shared_data / "crime/stalking_outcomes_by_force_2014_2022.csv")
    meaning = {column: (column, "") for column in outcomes.columns[2:]}
    roles = roles_of(series_of("stalking-outcomes"), outcomes.columns, meaning, area="force", period="financial_year")
    found = find_errors(outcomes, roles)
    assert Counter(codes(found)) == {"zero_or_not_supplied": 8, "zero_not_supplied": 2, "period_absent": 1}
    assert ("Greater Manchester", "2019/20") in {(one.area, one.period) for one in found if one.severity == "warning"}
    assert [one.period for one in found if one.check == "period_absent"] == ["2017/18"]


def test_the_charge_percentages_that_repeat_a_column_are_found() -> None:
    """The column is left out of the published extract, so a sample of the same shape stands in for it."""
    rows = [("All forces", "31%", "31%", "56%"), ("Kent", "24%", "24%", "60%"), ("Gwent", "18%", "18%", "70%"),
            ("Essex", "27%", "27%", "62%"), ("Dorset", "33%", "33%", "50%"), ("Sussex", "12%", "12%", "71%")]  # fmt: skip
    found = find_errors(table(["force", "charge %", "victim supports %", "does not %"], *rows), Roles(area="force"))
    assert ("column_repeats", ("victim supports %", "charge %")) in {(one.check, one.columns) for one in found}


def test_the_published_rates_on_nothing_are_found(shared_data: Path) -> None:
    courts = read(shared_data / "courts/bbc_sdu_stalking_prosecutions_2010_2021_extract.csv")
    meaning = {"prosecuted": ("prosecuted", ""), "convicted": ("convicted", "")}
    roles = roles_of(series_of("prosecutions"), courts.columns, meaning, area="force", period="year")
    found = find_errors(courts, roles)
    assert [(one.check, one.period) for one in found] == [
        ("rate_on_nothing", year) for year in ("2011", "2012", "2013", "2014")
    ]


def test_the_typing_error_and_the_negative_counts_of_the_rolling_file_are_found(shared_data: Path) -> None:
    rolling = read(shared_data / "crime/rec-crime-pfa.csv")
    roles = roles_of(
        series_of("recorded-crime-rolling"),
        rolling.columns,
        {},
        area="PFA",
        period="12 months ending",
        labels=["Offence"],
    )
    found = find_errors(rolling, roles)
    assert Counter(codes(found)) == {"negative_count": 25, "period_typing_error": 1}
    (typing,) = [one for one in found if one.check == "period_typing_error"]
    assert (typing.period, typing.detail) == ("30-12-2017", {"meant": "2017-12-31", "rows": 927})
