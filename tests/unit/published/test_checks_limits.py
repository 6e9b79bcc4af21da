"""Where each check of a table begins and ends: the last case it finds and the first it lets be (MSR-01, MSR-02)."""

from collections.abc import Iterable

import pytest

from craffu.published.checks import Derived, Ratio, Relation, Roles, Table, find_errors, roles_of
from craffu.published.definitions import series_of

FORCES = ("Dyfed-Powys", "Gwent", "North Wales", "South Wales", "Kent")


def table(columns: str, *rows: Iterable[object]) -> Table:
    return Table(tuple(columns.split()), [tuple(str(cell) for cell in row) for row in rows])


def found(checked: Table, roles: Roles) -> list[tuple[str, int | None]]:
    return [(one.check, one.line) for one in find_errors(checked, roles)]


def test_a_whole_whose_parts_are_not_all_there_is_held_against_none() -> None:
    columns = ["force", "financial_year", "stalking_outcomes_total"]
    roles = roles_of(series_of("stalking-outcomes"), columns, {columns[2]: (columns[2], "")})
    assert (roles.wholes, roles.zero_suspect) == ((), ())


def test_what_says_where_when_and_of_what_is_no_figure() -> None:
    codes = table("code year kind n", *((n, n, n, n) for n in (63, 12, 7, 48, 22)))
    roles = Roles(area="code", period="year", labels=("kind",))
    assert {one.check for one in find_errors(codes, roles)} <= {"period_typing_error"}
    assert {one.check for one in find_errors(codes, Roles(area="code", period="year"))} >= {"column_repeats"}


@pytest.mark.parametrize(("cells", "negative"), [(("a", "b", -1), []), (("a", -2, -1), [3, 4]), (("a", -1), [])])
def test_a_column_is_one_of_numbers_when_more_than_half_of_its_cells_are(
    cells: tuple[object, ...], negative: list[int]
) -> None:
    notes = table("force note", *zip(FORCES, cells, strict=False))
    assert found(notes, Roles(area="force")) == [("negative_count", line) for line in negative]


@pytest.mark.rule("MSR-02")
def test_a_part_above_its_whole_is_told_with_the_figures_in_their_order() -> None:
    roles = Roles(area="force", wholes=(Relation("applied", ("granted", "waiting")),))
    (one,) = find_errors(table("force applied granted waiting", ("Gwent", 4, 6, 1)), roles)
    assert one.detail == {"said": [["applied", 4], ["granted", 6], ["waiting", 1]]}
    assert found(table("force applied granted waiting", ("Gwent", 6, 6, 0), ("Kent", 7, 6, 1)), roles) == []


def test_a_total_of_two_rows_is_added_up_and_of_one_is_not() -> None:
    two = table("force n", ("Gwent", 3), ("Kent", 4), ("total", 8))
    assert found(two, Roles(area="force")) == [("total_does_not_add", 4)]
    assert found(table("force n", ("Gwent", 3), ("total", 8)), Roles(area="force")) == []


@pytest.mark.parametrize(("cell", "above"), [("100%", False), ("100.5%", True), ("101%", True), ("101", False)])
def test_a_share_above_100_per_cent_is_found_in_a_column_that_no_definition_names(cell: str, above: bool) -> None:
    shares = table("force share", ("Gwent", "31%"), ("Kent", cell))
    assert found(shares, Roles(area="force")) == ([("rate_over_100", 3)] if above else [])


@pytest.mark.parametrize(("printed", "right"), [("33%", True), ("33.8%", True), ("32.8%", False), ("34%", False)])
def test_a_printed_rate_may_be_rounded_or_cut_off(printed: str, right: bool) -> None:
    roles = Roles(area="force", ratios=(Ratio("part", "whole", "rate"),))
    rates = table("force part whole rate", ("Gwent", 1, 3, printed), ("Kent", 1, 2, "50%"))
    assert found(rates, roles) == ([] if right else [("rate_contradicted", 2)])


@pytest.mark.parametrize("roles", [Roles(area="force"), Roles(period="year"), Roles(area="force", period="year")])
def test_one_figure_with_two_values_is_found_by_place_or_by_time(roles: Roles) -> None:
    twice = table("force year n", ("Kent", "2018/19", 5), ("Kent", "2018/19", 6))
    assert found(twice, roles) == [("two_values", 3)]
    assert found(twice, Roles()) == []


def test_a_column_that_repeats_another_is_judged_without_the_total_and_said_with_its_rows() -> None:
    rows = [(force, n, n) for force, n in zip(FORCES, (31, 12, 8, 44, 5), strict=True)]
    found_here = find_errors(table("force a b", *rows, ("total", 100, 101)), Roles(area="force"))
    (repeats,) = [one for one in found_here if one.check == "column_repeats"]
    assert repeats.detail == {"rows": 5}


def test_a_published_rate_that_happens_to_be_a_sum_contradicts_no_heading() -> None:
    rows = [(f, a, b, a + b) for f, a, b in zip(FORCES, (31, 12, 8, 44, 5), (7, 9, 6, 3, 2), strict=True)]
    summed = table("force a b c", *rows)
    assert [one.check for one in find_errors(summed, Roles(area="force"))] == ["heading_contradicted"]
    derived = Roles(area="force", derived=(Derived("c", "x", "y"),))
    rated = Roles(area="force", ratios=(Ratio("x", "y", "c"),))
    assert find_errors(summed, derived) == find_errors(summed, rated) == []


@pytest.mark.rule("MSR-02")
def test_a_growth_from_nought_that_is_printed_all_the_same_is_wrong() -> None:
    roles = Roles(derived=(Derived("growth", "later", "earlier", relative=True),))
    (one,) = find_errors(table("earlier later growth", (0, 3, 3)), roles)
    assert (one.check, one.detail) == ("worked_out_wrongly", {"printed": 3, "later": 3, "earlier": 0})
    (none,) = find_errors(table("earlier later growth", ("", 3, 3), (2, 4, 1)), roles)
    assert (none.check, none.line, none.detail) == ("worked_out_from_nothing", 2, {"printed": 3})
