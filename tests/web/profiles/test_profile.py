"""The profiles: every figure with its interval or the reason for none, breaks and gaps in words, no ranking, no mixed line."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from craffu.access.roles import ROLE_KEYS
from craffu.charts.shapes import Chart, LineChart
from craffu.published.areas import find_area
from craffu.published.facts import FoundRow
from tests.logged import refs_said_by
from tests.web.conftest import Visit, text_of
from tests.web.profiles.conftest import ByHand, Publish
from tests.web.profiles.figures import CRIME, EVERYWHERE, HERE, ORDERS, OUTCOMES, PROSECUTIONS, RECORDED
from tests.web.profiles.markup import section, words

LOCAL, NATIONAL = "/profiles/local?force=63", "/profiles/national"
OPENS = {"supervisor", "analyst", "scrutiny_officer", "commissioner_view"}
type Charts = Callable[[], dict[str, Chart]]


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize("role", ROLE_KEYS)
def test_profiles_open_to_those_who_plan_and_to_nobody_else(
    role: str, db: None, signed_in_client: Callable[..., Client]
) -> None:
    client = signed_in_client(role)
    for path in (LOCAL, NATIONAL, "/profiles/series/prosecutions"):
        assert client.get(path).status_code == (200 if role in OPENS else 403)


@pytest.mark.rule("MSR-04")
def test_a_share_stands_with_what_it_was_worked_out_from_and_its_interval(analyst: Client, publish: Publish) -> None:
    publish("stalking-outcomes", OUTCOMES)
    text = words(section(analyst.get(LOCAL), "stalking-outcomes"))
    assert "2021/22 4.6% 55 of 1,190; 95% interval 3.6% to 6.0% 6.0% 5,948 of 99,302" in text
    assert "26.6% 316 of 1,190" in text
    assert "62.4% 742 of 1,190" in text
    assert "4.2% 1 of 24; 95% interval 0.7% to 20.2%; Fewer than 30: read with care" in text


@pytest.mark.rule("MSR-02")
def test_a_year_that_is_missing_and_a_nought_that_may_be_missing_say_so(analyst: Client, publish: Publish) -> None:
    publish("stalking-outcomes", OUTCOMES)
    text = words(section(analyst.get(LOCAL), "stalking-outcomes"))
    assert "2017/18 No figure: never published" in text
    assert "2014/15 No figure: printed as 0, which means none or not supplied" in text
    assert "2014/15 0" not in text


@pytest.mark.rule("MSR-07")
def test_the_break_of_april_2020_is_drawn_and_worded(analyst: Client, publish: Publish, charts: Charts) -> None:
    publish("stalking-outcomes", OUTCOMES)
    text = words(section(analyst.get(LOCAL), "stalking-outcomes"))
    assert re.search(r"2020/21 8\.4%.*Break: Counting rules for stalking changed, April 2020.*2019/20 13\.5%", text)
    chart = charts()["Charged or summonsed, Dyfed-Powys Police: 4.6%, 2021/22"]
    assert isinstance(chart, LineChart)
    assert [one.words for one in chart.breaks] == ["Counting rules for stalking changed, April 2020"]
    marks = chart.series[0].marks
    assert [mark.value is None for mark in marks] == [True, False, False, True, False, False, False, False]
    assert [mark.is_cut for mark in marks] == [False, True, False, False, True, False, True, False]
    assert marks[5].at < chart.breaks[0].at < marks[6].at
    assert "Not comparable across the break" in chart.description
    assert "no figure: 2014/15, 2017/18" in chart.description


def test_no_change_and_no_growth_is_printed_anywhere(analyst: Client, publish: Publish) -> None:
    publish("stalking-outcomes", OUTCOMES)
    publish("recorded-crime-rolling", RECORDED)
    text = text_of(analyst.get(LOCAL))
    for growth in ("+", "112%", "266", "increase", "rise of"):
        assert growth not in text.replace("not a rise or a fall", "")


@pytest.mark.rule("MSR-02")
def test_orders_stand_under_their_warning_without_a_rate_or_a_chart(
    analyst: Client, publish: Publish, charts: Charts
) -> None:
    publish("spo-statistics", ORDERS)
    markup = section(analyst.get(LOCAL), "spo-statistics")
    text = words(markup)
    assert text.index("The columns are not what their headings say") < text.index("2021/22")
    assert "2021/22 No figure: the cell was left blank No figure: the cell was left blank 0" in text
    assert "2020/21 1 No figure: said to be not available" in text
    assert "%" not in text
    assert "<figure" not in markup
    assert not any("order" in title.lower() for title in charts())


@pytest.mark.rule("MSR-02")
def test_a_conviction_without_a_prosecution_has_no_rate(analyst: Client, publish: Publish) -> None:
    publish("prosecutions", PROSECUTIONS)
    text = words(section(analyst.get(LOCAL), "prosecutions"))
    assert "2012 0 1 No cases What to know" in text, "no 1 of 0"
    assert "71.4% 15 of 21; 95% interval 50.0% to 86.2%; Fewer than 30: read with care" in text
    assert " 0.0%" not in text.replace("the published 0.0% is not one", "")


def test_recorded_crime_stands_on_a_named_base(analyst: Client, publish: Publish) -> None:
    publish("recorded-crime-rolling", RECORDED)
    response = analyst.get(LOCAL)
    text = words(section(response, "recorded-crime-rolling"))
    assert "year ending March 2018 2,226 4.32 95% interval 4.14 to 4.50" in text
    assert "Rates stand on: usual residents, Census 2011" in text
    assert "Rates are for each 1,000 of 515,114 usual residents, Census 2011" in text_of(response)


def test_another_offence_is_chosen_and_an_unknown_one_falls_back(analyst: Client, publish: Publish) -> None:
    publish("recorded-crime-rolling", [*RECORDED, (HERE, "Robbery", "2018-03 year ending", "31")])
    robbery = words(section(analyst.get(f"{LOCAL}&offence=Robbery"), "recorded-crime-rolling"))
    assert "Robbery, Dyfed-Powys Police: 31, year ending March 2018" in robbery
    unknown = words(section(analyst.get(f"{LOCAL}&offence=<b>Piracy"), "recorded-crime-rolling"))
    assert "Stalking and harassment, Dyfed-Powys Police: 2,226" in unknown


def test_a_count_below_nought_is_kept_as_published_and_has_no_rate(analyst: Client, publish: Publish) -> None:
    publish("recorded-crime-rolling", [*RECORDED, (HERE, CRIME, "2013-09 year ending", "-31")])
    text = words(section(analyst.get(LOCAL), "recorded-crime-rolling"))
    assert "year ending September 2013 -31 below 0, as published No rate: the count is negative" in text


@pytest.mark.rule("MSR-05")
@pytest.mark.rule("MSR-07")
def test_two_definitions_are_two_lines_each_under_its_own(
    analyst: Client, publish: Publish, by_hand: ByHand, charts: Charts
) -> None:
    publish("recorded-crime-rolling", RECORDED)
    by_hand(10199, "2022-03 year ending", "The whole subgroup")
    by_hand(6555, "2022", "Two offences only")
    response = analyst.get(LOCAL)
    chart = charts()["Figures of different definitions, each on a line of its own"]
    assert isinstance(chart, LineChart)
    lines = {series.name: [mark.value for mark in series.marks] for series in chart.series}
    assert lines == {
        "Recorded crime, rolling years 2,226": [453, 1048, 2226],
        "By hand: The whole subgroup, year ending March 2022: 10,199": [10199],
        "By hand: Two offences only, 2022: 6,555": [6555],
    }
    text = words(section(response, "by-hand"))
    assert "The whole subgroup year ending March 2022 10,199 A review of 2023, page 12" in text
    assert "Two offences only 2022 6,555" in text
    assert "Two things are called stalking and harassment" in text_of(response)


def test_figures_by_hand_of_different_units_share_no_chart(analyst: Client, by_hand: ByHand, charts: Charts) -> None:
    for number in range(5):
        by_hand(100 + number, "2022", f"Definition {number}")
    analyst.get(LOCAL)
    assert "Figures of different definitions, each on a line of its own" not in charts()


@pytest.mark.rule("INT-02")
def test_every_section_names_its_source_file_definition_and_limits(analyst: Client, publish: Publish) -> None:
    publish("stalking-outcomes", OUTCOMES)
    text = words(section(analyst.get(LOCAL), "stalking-outcomes"))
    assert "Received: 24 November 2026, 09:00, file ffffffffffff." in text
    assert "Home Office outcomes open data" in text
    assert "Contains public sector information licensed under the Open Government Licence v3.0." in text
    assert "They are outcomes, not crimes" in text
    assert "What this means" in text


def test_what_was_not_received_says_so_and_a_force_left_out_of_a_table_too(analyst: Client, publish: Publish) -> None:
    publish("prosecutions", [(EVERYWHERE, "prosecuted", "2019", "5"), (EVERYWHERE, "convicted", "2019", "4")])
    response = analyst.get(LOCAL)
    assert "Not received yet. An analyst takes published files in." in words(section(response, "stalking-outcomes"))
    assert "No figure of Dyfed-Powys Police is in the published table." in words(section(response, "prosecutions"))
    assert "None recorded." in words(section(response, "by-hand"))


def test_found_errors_of_the_area_and_of_the_whole_file_stand_beside_the_figures(
    analyst: Client, publish: Publish, found: Callable[..., None]
) -> None:
    publish("spo-statistics", ORDERS)
    detail = {"columns": ["A"], "line": 3}
    found(
        "spo-statistics",
        FoundRow("heading_contradicted", "error", detail={"columns": ["A", "B", "C"]}),
        FoundRow("part_exceeds_whole", "error", "granted", "force", "63", HERE, "2021/22", detail),
        FoundRow("rate_over_100", "warning", "granted", "force", "01", "Another", "2021/22", detail),
    )
    text = words(section(analyst.get(LOCAL), "spo-statistics"))
    assert "which its heading does not say" in text
    assert "A part is more than its whole" in text
    assert "A rate over 100%" not in text


def test_words_that_somebody_typed_wrap_and_a_caption_names_its_table(
    analyst: Client, publish: Publish, by_hand: ByHand
) -> None:
    publish("prosecutions", PROSECUTIONS)
    publish("spo-statistics", ORDERS)
    by_hand(10199, "2022-03 year ending", "The whole subgroup", title="A title of " + "many words " * 12)
    response = analyst.get(LOCAL)
    assert "craffu-unbroken" not in section(response, "by-hand")
    captions = re.findall(
        r'<caption class="govuk-table__caption govuk-table__caption--s">(.*?)</caption>', response.content.decode()
    )
    assert "Prosecutions and convictions for stalking, Dyfed-Powys Police" in captions
    assert "Stalking protection orders applied for and granted, Dyfed-Powys Police" in captions


def test_every_chart_is_followed_by_its_table_and_has_words_for_who_cannot_see_it(
    analyst: Client, publish: Publish, by_hand: ByHand
) -> None:
    for series, said in (
        ("stalking-outcomes", OUTCOMES),
        ("prosecutions", PROSECUTIONS),
        ("recorded-crime-rolling", RECORDED),
    ):
        publish(series, said)
    by_hand(10199, "2022-03 year ending", "The whole subgroup")
    body = analyst.get(LOCAL).content.decode()
    parts = re.split(r"<figure ", body)[1:]
    assert len(parts) >= 7
    assert all("<table" in part for part in parts)
    for alt in re.findall(r'<img [^>]*alt="([^"]*)"', body):
        assert len(alt) > 30


@pytest.mark.rule("SEC-04")
def test_a_view_is_logged_with_the_series_it_showed(analyst: Client, publish: Publish, visit: Visit) -> None:
    publish("stalking-outcomes", OUTCOMES)
    _response, rows = visit(analyst, LOCAL)
    assert [row.kind for row in rows] == ["profile_viewed"]
    assert list(refs_said_by(rows[0])) == ["series/stalking-outcomes"]


def test_queries_do_not_grow_with_the_figures(
    analyst: Client, publish: Publish, by_hand: ByHand, django_assert_max_num_queries: Any
) -> None:
    publish("stalking-outcomes", OUTCOMES[:4])
    publish("recorded-crime-rolling", RECORDED[:1])
    by_hand(1, "2021", "One")
    for path in (LOCAL, NATIONAL):
        analyst.get(path)
        with django_assert_max_num_queries(25) as few:
            analyst.get(path)
        publish("stalking-outcomes", OUTCOMES[4:])
        publish("recorded-crime-rolling", RECORDED[1:])
        by_hand(2, "2022", "Two")
        with django_assert_max_num_queries(25) as many:
            analyst.get(path)
        assert len(many) == len(few)


@pytest.mark.rule("MSR-07")
def test_a_year_across_a_break_stands_alone_and_the_picture_says_what_that_means(
    analyst: Client, publish: Publish, charts: Charts
) -> None:
    alone = "A dot on its own is compared with no other"
    ends = ("2019-12", "2020-03", "2020-09", "2021-03", "2021-06")
    publish("recorded-crime-rolling", [(HERE, CRIME, f"{end} year ending", "9") for end in ends])
    publish("prosecutions", PROSECUTIONS)
    response = analyst.get(LOCAL)
    chart = charts()[f"{CRIME}, Dyfed-Powys Police: 9, year ending June 2021"]
    assert isinstance(chart, LineChart)
    assert [mark.is_cut for mark in chart.series[0].marks] == [True, False, True, True, False]
    assert alone in words(section(response, "recorded-crime-rolling"))
    assert alone not in words(section(response, "prosecutions"))


def test_places_along_an_axis_keep_the_distance_of_their_days(
    analyst: Client, publish: Publish, charts: Charts
) -> None:
    publish("recorded-crime-rolling", RECORDED)
    analyst.get(LOCAL)
    chart = next(chart for title, chart in charts().items() if title.startswith("Stalking and harassment, Dyfed"))
    assert isinstance(chart, LineChart)
    steps = [b.at - a.at for a, b in pairwise(chart.series[0].marks)]
    assert steps == pytest.approx([1, 1], abs=0.01)
    assert [tick.words for tick in chart.ticks] == ["Mar 2016", "Mar 2017", "Mar 2018"]


def test_what_cannot_be_chosen_has_no_button(analyst: Client, publish: Publish) -> None:
    show = '<button type="submit" class="govuk-button govuk-button--secondary"'
    assert show not in analyst.get(NATIONAL).content.decode()
    assert show in analyst.get(LOCAL).content.decode()
    publish("recorded-crime-rolling", [(EVERYWHERE, CRIME, "2018-03 year ending", "9")])
    assert show in analyst.get(NATIONAL).content.decode()


@pytest.mark.rule("MSR-07")
def test_a_figure_whose_period_is_none_of_its_series_is_said_and_stands_nowhere(
    analyst: Client, publish: Publish
) -> None:
    """Written past our own checks: by a release that read periods otherwise."""
    publish("recorded-crime-rolling", RECORDED)
    publish(
        "recorded-crime-rolling",
        [("Gwent", CRIME, "2018-03 year ending", "77"), ("Kent", CRIME, "2018-03 year ending", "7")],
    )
    with connection.cursor() as cursor:
        for period, force in (("2018", "Gwent Police"), ("soon", "Kent Police")):
            area = find_area(force)
            assert area is not None
            cursor.execute("UPDATE published_publishedfigure SET period = %s WHERE area = %s", [period, area.code])
    text = text_of(analyst.get("/profiles/local?force=61"))
    assert "a figure is stored of “2018”, which is none of its periods" in text
    assert "77" not in text
    assert "“soon”" in text_of(analyst.get("/profiles/local?force=46"))
    assert analyst.get(NATIONAL).status_code == 200
