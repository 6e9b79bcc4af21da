"""Two published sources by force: four quarters against a rolling year, names matched, missing forces said (M1)."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from craffu.access.acting import Acting, acting_operator
from craffu.access.models import Force
from craffu.common.refusals import NotPermitted
from craffu.published.facts import FigureRow
from craffu.published.periods import Period, financial_quarter, year_ending
from craffu.published.reconcile import CannotReconcile, reconcile, twelve_months
from tests.factories.published import figure, record, rolling_rows

pytestmark = pytest.mark.django_db

FOCUS = "Stalking and harassment"
CODES = ("8L", "8M", "8Q", "8R")
QUARTERS, ROLLING = "recorded-crime", "recorded-crime-rolling"


@pytest.fixture
def reader(force: Force) -> Acting:
    return acting_operator(force, "somebody")


def quarters(name: str, total: int, first: int = 2017, numbers: tuple[int, ...] = (1, 2, 3, 4)) -> Iterator[FigureRow]:
    """A year of a force in the layout of 2017/18: one row for each quarter and offence code, adding up to a total."""
    cells = [(number, code) for number in numbers for code in CODES]
    for place, (number, code) in enumerate(cells):
        share = total // len(cells) + (total % len(cells) if place == 0 else 0)
        yield figure(
            code, name, financial_quarter(first, number), share, offence=f"Offence {code}", group="Violence against the person",
            subgroup="Stalking and Harassment",
        )  # fmt: skip


def rolling(name: str, total: int | None, period: Period | None = None) -> FigureRow:
    return figure(FOCUS, name, period or year_ending(2018, 3), total, "" if total is not None else "blank")


def test_four_quarters_are_held_against_the_year_by_force(system: Acting, reader: Acting) -> None:
    record(system, QUARTERS, [*quarters("London, City of", 101), *quarters("Gwent", 2226), *quarters("Kent", 50)])
    record(
        system,
        ROLLING,
        [rolling("City of London", 101), rolling("Gwent", 2230), rolling("Essex", 7), rolling("Kent", None)],
    )
    found = reconcile(QUARTERS, ROLLING, measure=FOCUS, by=reader)
    assert (found.period.text, found.compared, found.agreed) == ("2018-03 year ending", 2, 1)
    assert [(one.force, one.a, one.b, one.difference) for one in found.differences] == [("Gwent Police", 2226, 2230, 4)]
    assert [(one.code, one.source, one.why) for one in found.absent] == [
        ("42", QUARTERS, "not_in_source"),
        ("46", ROLLING, "blank"),
    ]


def test_the_other_way_round_the_difference_turns(system: Acting, reader: Acting) -> None:
    record(system, QUARTERS, quarters("Gwent", 2226))
    record(system, ROLLING, [rolling("Gwent", 2230)])
    found = reconcile(ROLLING, QUARTERS, measure="stalking and harassment", by=reader, period=twelve_months("2017/18"))
    assert [(one.a, one.b, one.difference) for one in found.differences] == [(2230, 2226, -4)]


@pytest.mark.rule("MSR-02")
def test_a_year_that_lacks_a_quarter_or_a_figure_is_compared_with_nothing(system: Acting, reader: Acting) -> None:
    holed = [row._replace(value=None, missing="blank") if row.measure == "8Q" else row for row in quarters("Kent", 50)]
    record(system, QUARTERS, [*quarters("Gwent", 100, numbers=(1, 2, 3)), *holed, *quarters("Essex", 9)])
    record(system, ROLLING, [rolling(name, 100) for name in ("Gwent", "Kent", "Essex")])
    found = reconcile(QUARTERS, ROLLING, measure=FOCUS, by=reader)
    assert {(one.code, one.why) for one in found.absent} == {("61", "quarter_missing"), ("46", "figure_missing")}
    assert found.compared == 1


@pytest.mark.rule("MSR-05")
@pytest.mark.parametrize(
    ("a", "b", "says"),
    [
        (QUARTERS, "stalking-outcomes", "do not count the same thing"),
        ("prosecutions", "stalking-outcomes", "only recorded crime"),
        (ROLLING, ROLLING, "two different sources"),
        (QUARTERS, ROLLING, "share no twelve months"),
    ],
)
def test_what_cannot_be_compared_is_refused(system: Acting, reader: Acting, a: str, b: str, says: str) -> None:
    record(system, QUARTERS, quarters("Gwent", 100, first=2016))
    record(system, ROLLING, [rolling("Gwent", 100)])
    with pytest.raises(CannotReconcile, match=says):
        reconcile(a, b, measure=FOCUS, by=reader)


def test_a_period_that_one_source_does_not_have_is_said(system: Acting, reader: Acting) -> None:
    record(system, QUARTERS, quarters("Gwent", 100))
    record(system, ROLLING, [rolling("Gwent", 100)])
    with pytest.raises(CannotReconcile, match="twelve months to 31 March 2017"):
        reconcile(QUARTERS, ROLLING, measure=FOCUS, by=reader, period=twelve_months("2016/17"))


@pytest.mark.parametrize("text", ["2017/18", "2018-03", "2018-03 year ending", "2018-03-31", " 2017/18 "])
def test_twelve_months_may_be_said_in_several_ways(text: str) -> None:
    assert twelve_months(text) == year_ending(2018, 3)


@pytest.mark.parametrize("text", ["2018-Q1", "last year", ""])
def test_what_is_not_twelve_months_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        twelve_months(text)


def test_others_may_not(acting_as: Callable[..., Acting]) -> None:
    with pytest.raises(NotPermitted):
        reconcile(QUARTERS, ROLLING, measure=FOCUS, by=acting_as("volunteer_reviewer"))


def test_an_offence_level_year_reconciles_with_the_published_rolling_file(
    system: Acting, reader: Acting, shared_data: Path
) -> None:
    """Quarters made up to the published totals, under the other publisher's names, with one of them put wrong."""
    published = [
        row for row in rolling_rows(shared_data) if row.period == "2018-03 year ending" and row.measure == FOCUS
    ]
    record(system, ROLLING, published)
    names = {"City of London": "London, City of"}
    made = [
        row
        for total in published
        if total.area_name != "Kent"
        for row in quarters(names.get(total.area_name, total.area_name), (total.value or 0) + (total.area == "63"))
    ]
    record(system, QUARTERS, made)
    found = reconcile(QUARTERS, ROLLING, measure=FOCUS, by=reader)
    assert (found.compared, found.agreed) == (43, 42)
    assert [(one.force, one.b, one.difference) for one in found.differences] == [("Dyfed-Powys Police", 2226, -1)]
    assert [(one.code, one.source) for one in found.absent] == [("46", QUARTERS)]
