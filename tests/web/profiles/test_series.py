"""The page of one series: its definition, its breaks and limits, and what our checks found, in both languages."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from craffu.documents.bundles import Form
from craffu.published.definitions import all_series
from craffu.published.facts import FoundRow
from craffu.published.wording import CHECK
from craffu.web.profiles import exported
from craffu.web.profiles.words import attribution_words
from tests.logged import refs_said_by
from tests.web.conftest import Visit, text_of, title_of
from tests.web.profiles.conftest import ByHand


@pytest.mark.rule("MSR-01")
@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("key", all_series())
def test_a_series_shows_everything_its_definition_says(key: str, language: str, analyst: Client) -> None:
    series = all_series()[key]
    text = text_of(analyst.get(f"{'/cy' if language == 'cy' else ''}/profiles/series/{key}"))
    words = [
        series.title, series.definition, series.counting_rules, series.publisher, series.source,
        *series.caveats, *(gap.why for gap in series.gaps), *(one.name for one in series.breaks),
        *(one.why for one in series.breaks), *([series.warning] if series.warning else []),
    ]  # fmt: skip
    assert [one.en for one in words if " ".join(one.in_language(language).split()) not in text] == []
    with translation.override(language):
        assert str(attribution_words(series.attribution)) in text
    assert (series.attribution in text) is (language == "en")
    assert series.licence in text


def test_a_series_of_several_units_names_each(analyst: Client, db: None) -> None:
    assert "Counted in Applications, Orders Period" in text_of(analyst.get("/profiles/series/spo-statistics"))
    assert "Counted in Crimes Period" in text_of(analyst.get("/profiles/series/recorded-crime-rolling"))


def test_a_view_is_logged_with_the_series(analyst: Client, visit: Visit) -> None:
    _response, rows = visit(analyst, "/profiles/series/stalking-outcomes")
    assert [row.kind for row in rows] == ["profile_viewed"]
    assert list(refs_said_by(rows[0])) == ["series/stalking-outcomes"]


@pytest.mark.parametrize("key", ["nothing", "hand-0", "code-tables"])
def test_a_series_that_is_not_there_is_not_found(key: str, analyst: Client) -> None:
    assert analyst.get(f"/profiles/series/{key}").status_code == 404


EXCEEDS = FoundRow(
    "part_exceeds_whole", "error", "applied", "force", "62", "A force", "2021/22",
    {"columns": ["Applied", "Granted"], "line": 7, "period": "", "said": [["Applied", 4], ["Granted", 6]]},
)  # fmt: skip
CONTRADICTED = FoundRow(
    "heading_contradicted", "error", detail={"columns": ["A", "B", "C"], "line": None, "period": "", "rows": 26}
)


def below_nought(line: int) -> FoundRow:
    return FoundRow("negative_count", "note", detail={"columns": ["Difference"], "line": line, "value": -line})


def test_found_errors_stand_with_the_values_that_show_them(analyst: Client, found: Callable[..., None]) -> None:
    found("spo-statistics", EXCEEDS, CONTRADICTED, *(below_nought(line) for line in range(2, 40)))
    text = text_of(analyst.get("/profiles/series/spo-statistics"))
    assert "A part is more than its whole Error Places: 1" in text
    assert "2021/22 7 Applied : 4; Granted : 6" in text
    assert "which its heading does not say Error Places: 1" in text
    assert "Whole file" in text
    assert "A negative count, kept as published Note Places: 38. Shown here: the first 20." in text
    assert text.index("A part is more") < text.index("A negative count")
    assert "Nothing was corrected" in text


def test_a_day_and_a_number_that_show_an_error_are_written_out(analyst: Client, found: Callable[..., None]) -> None:
    detail = {
        "columns": ["12 months ending"],
        "line": 41836,
        "period": "30-12-2017",
        "meant": "2017-12-31",
        "rows": 1927,
    }
    found("recorded-crime-rolling", FoundRow("period_typing_error", "warning", detail=detail))
    text = text_of(analyst.get("/profiles/series/recorded-crime-rolling"))
    assert "As printed: 30-12-2017; What was meant: 31 December 2017; Rows: 1,927" in text


def test_where_nothing_was_found_the_page_says_so(analyst: Client, db: None) -> None:
    assert "What our own checks found in the published files None found." in text_of(
        analyst.get("/profiles/series/prosecutions")
    )


def test_hostile_words_of_a_file_are_only_words(analyst: Client, found: Callable[..., None]) -> None:
    found(
        "spo-statistics",
        FoundRow("two_values", "error", area_name="<b>x</b>", detail={"columns": ["<script>1</script>"]}),
    )
    body = analyst.get("/profiles/series/spo-statistics").content.decode()
    assert "<script>1" not in body
    assert "<b>x</b>" not in body


def test_every_check_has_words_in_both_languages_and_every_kind_a_tag(
    analyst: Client, found: Callable[..., None]
) -> None:
    found("spo-statistics", *(FoundRow(check, "note", detail={"line": 2}) for check in CHECK))
    for path in ("/profiles/series/spo-statistics", "/cy/profiles/series/spo-statistics"):
        text = text_of(analyst.get(path))
        assert [check for check in CHECK if check in text] == []


@pytest.mark.rule("MSR-05")
def test_a_definition_entered_by_hand_has_its_own_page_with_its_figures(analyst: Client, by_hand: ByHand) -> None:
    whole = by_hand(10199, "2022-03 year ending", "The whole subgroup")
    part = by_hand(6555, "2022", "Two offences only")
    assert whole.series != part.series
    page = analyst.get(f"/profiles/series/{whole.series}")
    text = text_of(page)
    assert title_of(page) == "Stalking and harassment - Craffu"
    assert "The whole subgroup" in text
    assert "year ending March 2022 10,199 A review of 2023, page 12" in text
    assert "6,555" not in text
    assert "Entered by hand by" in text


def test_queries_do_not_grow_with_what_was_found(
    analyst: Client, found: Callable[..., None], django_assert_max_num_queries: Any
) -> None:
    path = "/profiles/series/spo-statistics"
    found("spo-statistics", EXCEEDS)
    analyst.get(path)
    with django_assert_max_num_queries(25) as few:
        analyst.get(path)
    found("spo-statistics", CONTRADICTED, *(below_nought(line) for line in range(2, 300)))
    with django_assert_max_num_queries(25) as many:
        analyst.get(path)
    assert len(many) == len(few)


@pytest.mark.rule("MSR-01")
@pytest.mark.rule("SEC-07")
def test_its_figures_are_taken_as_a_file_with_source_licence_and_marking_and_nobodys_name(
    analyst: Client, by_hand: ByHand, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = by_hand(10199, "2022-03 year ending", "The whole subgroup", title="=Stalking")
    page = f"/profiles/series/{figure.series}"
    for form in Form:
        assert f"{page}/figures/{form.value}" in analyst.get(page).content.decode()
        answer, rows = visit(analyst, f"{page}/figures/{form.value}")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, form.content_type)
        assert [(row.kind, row.verb) for row in rows] == [("figures_taken", "consultation")]
    said = json.loads(analyst.get(f"{page}/figures/json").content)
    assert said["marking"] == "OFFICIAL"
    assert said["about"]["What it counts"] == "The whole subgroup"
    assert figure.entered_by not in json.dumps(said)
    (row,) = said["tables"][0]["rows"]
    assert (row[5], row[-1]) == (10199, "A review of 2023, page 12")
    assert "'=Stalking" in analyst.get(f"{page}/figures/csv").content.decode("utf-8-sig")
    monkeypatch.setitem(exported.MOST_ROWS, Form.XLSX, 0)
    assert "Choose CSV." in text_of(analyst.get(f"{page}/figures/xlsx"))
    assert analyst.get(f"{page}/figures/docx").status_code == 404
    assert analyst.get("/profiles/series/nothing/figures/csv").status_code == 404


def test_a_series_without_figures_offers_no_file(analyst: Client, db: None) -> None:
    assert "/figures/csv" not in analyst.get("/profiles/series/spo-statistics").content.decode()
    said = json.loads(analyst.get("/profiles/series/spo-statistics/figures/json").content)
    assert said["about"]["Attribution"] == all_series()["spo-statistics"].attribution
