"""Entering a published figure by hand: what must be said, who may, and that two definitions never become one."""

from collections.abc import Callable

import pytest
from django.test import Client

from craffu.published.models import HandSeries, PublishedFigure
from tests.web.conftest import Visit, text_of

PATH = "/profiles/figures/new"
GIVEN = {
    "title": "Stalking and harassment",
    "definition": "The whole subgroup",
    "unit": "crime",
    "counting_rules": "",
    "area": "force/63",
    "period": "2022-03 year ending",
    "value": "10,199",
    "read_in": "A review of 2023, page 12",
}


def test_a_figure_is_stored_with_everything_said_of_it_and_logged(analyst: Client, visit: Visit) -> None:
    response, rows = visit(analyst, PATH, **GIVEN)
    figure = PublishedFigure.objects.get()
    assert response.status_code == 302
    assert response.headers["Location"] == f"/profiles/series/{figure.series}"
    assert (figure.value, figure.period, figure.area, figure.by_hand) == (10199, "2022-03 year ending", "63", True)
    assert figure.read_in == GIVEN["read_in"]
    assert figure.entered_by == analyst.user.username  # type: ignore[attr-defined]
    assert [(row.kind, row.actor) for row in rows] == [("figure_entered_by_hand", figure.entered_by)]
    assert "10199" not in rows[0].payload
    text = text_of(analyst.get(response.headers["Location"]))
    assert "The figure was saved." in text
    assert "10,199" in text


def test_no_area_is_chosen_beforehand(analyst: Client, db: None) -> None:
    body = analyst.get(PATH).content.decode()
    first = body[body.index('<select class="govuk-select" id="id_area"') :].partition("</option>")[0]
    assert first.rstrip().endswith("Choose an area")
    assert 'value=""' in first


@pytest.mark.rule("MSR-05")
def test_two_definitions_are_two_series_whatever_they_are_called(analyst: Client) -> None:
    analyst.post(PATH, GIVEN)
    analyst.post(PATH, {**GIVEN, "definition": "Two offences only", "period": "2022", "value": "6555"})
    analyst.post(PATH, {**GIVEN, "value": "10200", "version": "1"})
    assert HandSeries.objects.count() == 2
    assert sorted(PublishedFigure.objects.values_list("value", "number")) == [(6555, 1), (10199, 1), (10200, 2)]


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("title", "", "Say what the figure is called"),
        ("title", "x" * 161, "Write at most 160 characters"),
        ("definition", " ", "Say what the figure counts"),
        ("unit", "", "Choose what is counted"),
        ("unit", "sheep", ""),
        ("area", "", "Choose an area"),
        ("area", "force/99999", "Choose an area of the list"),
        ("period", "", "Enter the period"),
        ("period", "2021/23", "Enter the period in one of these forms"),
        ("period", "last year", "Enter the period in one of these forms"),
        ("value", "", "Enter the figure"),
        ("value", "about ten", "Enter a whole number"),
        ("value", "-3", "Enter a whole number"),
        ("value", "9" * 30, "Enter a smaller number"),
        ("read_in", "", "Say where you read it"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_everything_typed_is_kept(
    field: str, value: str, error: str, analyst: Client
) -> None:
    response = analyst.post(PATH, {**GIVEN, field: value})
    text = text_of(response)
    assert response.status_code == 200
    assert "There is a problem" in text
    assert error in text
    assert PublishedFigure.objects.count() == 0
    kept = next(words for name, words in GIVEN.items() if name not in {field, "unit", "area", "counting_rules"})
    assert kept in response.content.decode()


def test_only_an_analyst_enters_figures(signed_in_client: Callable[..., Client]) -> None:
    for role in ("supervisor", "scrutiny_officer", "commissioner_view", "investigator"):
        client = signed_in_client(role)
        assert client.get(PATH).status_code == 403
        assert client.post(PATH, GIVEN).status_code == 403
    assert PublishedFigure.objects.count() == 0


def test_the_period_that_the_welsh_page_names_is_read(analyst: Client) -> None:
    assert "2022-03 blwyddyn yn diweddu" in text_of(analyst.get(f"/cy{PATH}"))
    assert analyst.post(f"/cy{PATH}", {**GIVEN, "period": "2022-03 blwyddyn yn diweddu"}).status_code == 302
    assert PublishedFigure.objects.get().period == "2022-03 year ending"


@pytest.mark.parametrize("period", ["2021/22", "2022", "2022-03 year ending", "2022-Q1", "2022-03", " 2021/22 "])
def test_every_kind_of_period_is_read(period: str, analyst: Client) -> None:
    assert analyst.post(PATH, {**GIVEN, "period": period}).status_code == 302
    assert PublishedFigure.objects.get().period == period.strip()


def test_the_form_is_there_in_welsh_with_forces_in_welsh(analyst: Client, db: None) -> None:
    body = analyst.get(f"/cy{PATH}").content.decode()
    assert "Heddlu Dyfed-Powys" in body
    assert "Cymru a Lloegr" in body
