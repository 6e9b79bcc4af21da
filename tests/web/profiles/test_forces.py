"""Which force is shown and beside which: stated groups by name, England and Wales as our own sum, an invented force as one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from craffu.charts.shapes import Chart, LineChart, RowChart
from tests.web.conftest import text_of
from tests.web.profiles import figures
from tests.web.profiles.conftest import Publish
from tests.web.profiles.figures import CRIME, OUTCOMES, RECORDED, by_every_force, outcomes
from tests.web.profiles.markup import section, words

LOCAL, NATIONAL = "/profiles/local?force=63", "/profiles/national"
type Charts = Callable[[], dict[str, Chart]]

WELSH = ("Dyfed-Powys Police", "Gwent Police", "North Wales Police", "South Wales Police")


@pytest.mark.rule("MSR-08")
def test_forces_are_set_beside_each_other_by_a_stated_group_and_by_name(
    analyst: Client, publish: Publish, charts: Charts
) -> None:
    publish(
        "recorded-crime-rolling",
        [*RECORDED, ("Gwent", CRIME, "2018-03 year ending", "5000"), ("Kent", CRIME, "2018-03 year ending", "9")],
    )
    publish("stalking-outcomes", [*OUTCOMES, *outcomes("South Wales", "2021/22", 2717, 229, 1, 1)])
    text = words(section(analyst.get(LOCAL), "compared"))
    assert "The four forces of Wales." in text
    assert "which is no ranking" in text
    assert "Kent" not in text
    assert [text.rindex(force) for force in WELSH] == sorted(text.rindex(force) for force in WELSH)
    rows = charts()[f"{CRIME} per 1,000 residents, year ending March 2018, in the order of names"]
    assert isinstance(rows, RowChart)
    assert [row.name for row in rows.rows] == list(WELSH)
    assert rows.rows[2].words == "No figure: not supplied"
    funnel = next(chart for title, chart in charts().items() if "chance alone" in title)
    assert isinstance(funnel, LineChart)
    assert "South Wales Police, 8.4%: outside the 99.8% limits." in funnel.description
    assert "Dyfed-Powys Police, 4.6%: between the 95% and the 99.8% limits." in funnel.description
    assert "Charged or summonsed, 2021/22. England and Wales: 6.0%" in text
    assert "Dyfed-Powys Police 1,190 4.6% 95% interval 3.6% to 6.0%; between the 95% and the 99.8% limits" in text
    assert "South Wales Police 2,717 8.4% 95% interval 7.4% to 9.5%; outside the 99.8% limits" in text
    assert text.index("The dotted lines show how far chance alone") > text.index("per 1,000 residents")


def test_a_force_without_a_stated_group_is_set_beside_none(analyst: Client, publish: Publish) -> None:
    publish("stalking-outcomes", outcomes("Kent", "2021/22", 100, 10, 20, 30))
    text = words(section(analyst.get("/profiles/local?force=46"), "compared"))
    assert "No group of similar forces is stated for this force, so it is set beside none." in text


def test_england_and_wales_is_said_to_be_our_own_sum(analyst: Client, publish: Publish) -> None:
    publish("recorded-crime-rolling", by_every_force(CRIME, "2018-03 year ending", 100))
    publish("recorded-crime-rolling", [("Glan Afon", CRIME, "2018-03 year ending", "24")])
    text = words(section(analyst.get(NATIONAL), "recorded-crime-rolling"))
    assert "Stalking and harassment, England and Wales: 4,400, year ending March 2018" in text
    assert "our own sum of 44 forces" in text
    assert "Not received yet" not in text


@pytest.mark.rule("MSR-02")
def test_a_period_that_a_force_is_missing_from_has_no_sum_and_names_it(analyst: Client, publish: Publish) -> None:
    """Whether it never sent a figure, sent an older one alone or a blank: its nought is in no sum."""
    whole, lacking = (by_every_force(CRIME, f"20{year}-03 year ending", 100) for year in ("17", "18"))
    publish(
        "recorded-crime-rolling", [*whole, *(one for one in lacking if one[0] not in ("Kent Police", "Gwent Police"))]
    )
    publish("recorded-crime-rolling", [("Gwent", CRIME, "2018-03 year ending", "?")])
    text = words(section(analyst.get(NATIONAL), "recorded-crime-rolling"))
    lacks = (
        "year ending March 2018 No figure: not supplied no sum, for these have no figure: Kent Police, Gwent Police;"
    )
    assert f"{lacks} with a figure: 42" in text
    assert "year ending March 2017 4,400 our own sum of 44 forces" in text
    publish("recorded-crime-rolling", [("Gwent", CRIME, "2019-03 year ending", "5000")])
    welsh = words(section(analyst.get(f"/cy{NATIONAL}"), "recorded-crime-rolling"))
    assert "a 38 arall" in welsh
    assert "5,000" not in welsh


def test_a_reader_whose_force_nobody_publishes_chooses_one(analyst: Client, db: None) -> None:
    response = analyst.get("/profiles/local")
    assert "Nobody publishes figures of Glan Afon Police" in text_of(response)
    assert '<option value="63">Dyfed-Powys Police</option>' in response.content.decode()
    assert analyst.get("/profiles/local?force=<b>").status_code == 200


INVENTED = "This force is invented for the demonstration, and its figures with it."


def test_an_invented_force_has_its_profile_and_is_said_to_be_invented(analyst: Client, publish: Publish) -> None:
    publish("recorded-crime-rolling", [("Glan Afon", CRIME, "2018-03 year ending", "24")])
    response = analyst.get("/profiles/local")
    assert "Stalking and harassment, Glan Afon Police: 24, year ending March 2018" in text_of(response)
    assert INVENTED in text_of(response)
    assert '<option value="demo" selected>Glan Afon Police</option>' in response.content.decode()
    real = analyst.get(LOCAL)
    assert INVENTED not in text_of(real)
    assert '<option value="demo"' not in real.content.decode()


def test_england_and_wales_names_no_file_of_an_invented_force(
    analyst: Client, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("recorded-crime-rolling", RECORDED)
    monkeypatch.setattr(figures, "FILE", "a" * 64)
    monkeypatch.setattr(figures, "NOW", figures.NOW + timedelta(days=1))
    publish("recorded-crime-rolling", [("Glan Afon", CRIME, "2018-03 year ending", "24")])
    assert "file aaaaaaaaaaaa." in text_of(analyst.get("/profiles/local"))
    assert "file ffffffffffff." in text_of(analyst.get(NATIONAL))


def test_forces_and_their_order_are_welsh_on_a_welsh_page(analyst: Client, publish: Publish, charts: Charts) -> None:
    publish("recorded-crime-rolling", RECORDED)
    analyst.get(f"/cy{LOCAL}")
    rows = next(chart for chart in charts().values() if isinstance(chart, RowChart))
    assert [row.name for row in rows.rows] == [
        "Heddlu De Cymru", "Heddlu Dyfed-Powys", "Heddlu Gogledd Cymru", "Heddlu Gwent",
    ]  # fmt: skip
    assert rows.language == "cy"
