"""The dashboard of civil orders and the page of each measure: figures in words, and nothing small to some (P25, P26)."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine as time_travel
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.clocks.london import LONDON
from craffu.measures.engine.catalogue import WORKED
from craffu.measures.kept.reading import kept_figures
from craffu.measures.kept.working import write
from craffu.measures.places import folder_of
from craffu.web.measures import records
from tests.factories.areas import two_areas
from tests.factories.breaches import reported_of
from tests.factories.kept_figures import figures_kept, kept_of
from tests.factories.orders import order_of, parties
from tests.web.conftest import text_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.postgres_in_deep,
    pytest.mark.rule("MSR-01", "MSR-02", "MSR-03", "MSR-04"),
]
NOON = datetime(2026, 11, 24, 12, tzinfo=LONDON)
NOW = {"MET09": (30, 40), "MET10": (3, 7), "MET11": (12, 0), "MET17": (6, 1461), "MET08": (9, 9), "MET01": (8, 400)}
BEFORE = {"MET09": (10, 40)}


@pytest.fixture(autouse=True)
def at_noon(frozen_clock: time_travel.Traveller) -> None:
    frozen_clock.move_to(NOON)


def test_without_figures_what_is_due_is_listed_and_the_rest_says_that_there_are_none(
    signed_in_client: Callable[..., Client],
) -> None:
    client = signed_in_client("supervisor")
    page = text_of(client.get("/dashboards/orders"))
    assert "Due soon" in page
    assert "Orders that end within 90 days: 0" in page
    assert "No figures have been worked out yet" in page
    assert "How many respondents notified the police by the last day" in text_of(client.get("/measures/MET13"))
    assert client.get("/measures/MET99").status_code == 404


def test_each_reader_is_told_what_they_may_read(system: Acting, signed_in_client: Callable[..., Client]) -> None:
    kept_of(system, NOON, NOW, BEFORE)
    page = text_of(signed_in_client("supervisor").get("/dashboards/orders"))
    assert "75.0%" in page
    assert "30 of 40" in page
    assert "95% interval 59.8% to 85.8%" in page
    assert "Higher than in the year before: +50 points (95% interval +29 to +65)" in page
    assert "42.9%" in page, "of seven orders"
    assert "Fewer than 30: read with care" in page
    assert "1.50 a year of an order" in page
    assert "6 in 1,461 days of orders" in page
    assert "No cases" in page
    assert "Counts from 1 to 4 are hidden" not in page
    inside = text_of(signed_in_client("analyst").get("/dashboards/orders"))
    assert "Counts from 1 to 4 are hidden" in inside
    assert "Not shown: a count is fewer than 5" in inside
    assert "42.9%" not in inside
    outside = text_of(signed_in_client("commissioner_view").get("/dashboards/orders"))
    assert "Numbers below 10 are hidden" in outside
    assert "Not shown: a count is fewer than 10" in outside
    assert "To be served Fewer than 10" in outside
    assert "1.50 a year" not in outside
    welsh = text_of(signed_in_client("supervisor", username="cy").get("/cy/dashboards/orders"))
    assert "Dim achosion" in welsh
    logged = json.loads(Event.objects.filter(kind="measures_viewed").order_by("-id")[0].payload)
    assert logged["refs"] == ["snapshot/20260114T180000Z-0123456789ab"]


def test_figures_are_taken_as_a_file_as_their_page_tells_them_and_each_is_a_disclosure(
    system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    kept_of(system, NOON, NOW, BEFORE)
    clients = {role: signed_in_client(role) for role in ("supervisor", "analyst", "commissioner_view")}
    told = {role: client.get("/measures/MET10/figures/csv").content.decode() for role, client in clients.items()}
    assert "42.9%" in told["supervisor"]
    assert "Not shown: a count is fewer than 5" in told["analyst"]
    assert "Not shown: a count is fewer than 10" in told["commissioner_view"]
    assert not any("42.9%" in told[role] or ",3,7," in told[role] for role in ("analyst", "commissioner_view"))
    logged = json.loads(Event.objects.order_by("-id")[0].payload)
    assert (logged["kind"], logged["verb"], logged["fields"]) == ("figures_taken_out", "disclosure", ["MET10"])
    assert logged["recipient"].startswith("demo, ")
    page = clients["supervisor"].get("/dashboards/orders").content.decode()
    for form in ("csv", "xlsx", "json"):
        assert f"/dashboards/orders/figures/{form}" in page
        assert clients["supervisor"].get(f"/dashboards/orders/figures/{form}").status_code == 200
    assert clients["supervisor"].get("/measures/MET10/figures/doc").status_code == 404
    assert clients["supervisor"].get("/measures/MET99/figures/csv").status_code == 404


def test_a_measure_says_what_it_is_of_how_sure_and_by_what_definition(
    system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    kept_of(system, NOON, NOW, BEFORE)
    client = signed_in_client("supervisor")
    page = text_of(client.get("/measures/MET09"))
    for words in (
        "How many orders were served in person by the end of the next day?", "30 of 40", "95% interval", "25.0%",
        "By kind of order", "Stalking protection order", "Served in court", "MET09 version 1", "An attempt is no service.",
        "The records behind it", "Snapshot 20260114T180000Z-0123456789ab", "A proposal: the force sets it",
    ):  # fmt: skip
        assert words in page, words
    assert "/measures/charts/wide/" in client.get("/measures/MET09").content.decode()
    assert "2 days" in text_of(client.get("/measures/MET08"))
    assert "20.00 for each 1,000" in text_of(client.get("/measures/MET01"))
    assert "8 orders beside 400 crimes" in text_of(client.get("/measures/MET01"))
    assert "Known only as" not in text_of(client.get("/measures/MET12"))
    assert "It is known only as things stood" in text_of(client.get("/measures/MET12"))
    closed = text_of(signed_in_client("analyst").get("/measures/MET09"))
    assert "The records behind it" not in closed
    assert signed_in_client("investigator").get("/measures/MET09").status_code == 403


def test_areas_stand_beside_the_force_in_the_order_of_names_and_filter_the_tiles(
    system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    two_areas(system)
    kept_of(system, NOON, NOW, BEFORE)
    client = signed_in_client("supervisor")
    page = text_of(client.get("/measures/MET09"))
    for words in ("By area", "inside the 95% limits", "An area outside them is a question"):
        assert words in page, words
    table = page[page.index("How sure Beside the force") :]
    assert table.index("North") < table.index("South") < table.index("Area not said")
    teams = page[page.index("By team") :]
    assert (
        teams.index("North: team not said") < teams.index("South: South-1") < teams.index("Neither area nor team said")
    )
    ages = page[page.index("By age of whoever") :]
    assert ages.index("Under 18") < ages.index("25 to 34") < ages.index("Not known")
    assert "Female" in page
    dashboard = text_of(client.get("/dashboards/orders"))
    assert "areas are never ranked" in dashboard
    assert "75.0% 30 of 40" in text_of(client.get("/dashboards/orders?of=team=south/south-1"))
    assert "Not told of a part" not in dashboard
    of_one = text_of(client.get("/dashboards/orders?of=area=north"))
    assert "Not told of a part of the force" in of_one, "how often orders are broken is not told by area"
    assert "75.0% 30 of 40" in of_one
    assert "Gogledd" in text_of(
        signed_in_client("supervisor", username="cy").get("/cy/dashboards/orders?of=area=north")
    )
    assert text_of(client.get("/dashboards/orders?of=area=nowhere")) == dashboard
    inside = text_of(signed_in_client("analyst").get("/measures/MET10"))
    assert "limits" not in inside[inside.index("By area") :], "of what is hidden nothing is placed"


def test_the_year_before_and_whom_orders_are_against_are_chosen_in_either_language(
    system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    two_areas(system)
    kept_of(system, NOON, NOW, BEFORE)
    client = signed_in_client("supervisor")
    newest = text_of(client.get("/dashboards/orders"))
    for words in ("The year to 24 November 2026", "The year to 24 November 2025", "Sex: Female", "Age: 25 to 34"):
        assert words in newest, words
    assert newest.index("Age: Under 18") < newest.index("Age: 25 to 34") < newest.index("Age: Not known")
    page = client.get("/dashboards/orders?year=before")
    before = text_of(page)
    assert "From 25 November 2024 to 24 November 2025" in before
    assert "25.0% 10 of 40" in before
    assert "75.0%" not in before
    assert "in the year before:" not in before, "nothing is kept of the year before that"
    assert "/records" not in page.content.decode(), "what was counted is known of the newest year alone"
    assert "25.0% 10 of 40" in text_of(client.get("/dashboards/orders?year=before&of=area=north"))
    women = text_of(client.get("/dashboards/orders?of=sex=F"))
    assert "75.0% 30 of 40" in women
    welsh = text_of(signed_in_client("supervisor", username="cy").get("/cy/dashboards/orders?year=before"))
    assert "Y flwyddyn hyd 24 Tachwedd 2025" in welsh
    assert text_of(client.get("/dashboards/orders?year=1066")) == newest


def test_every_measure_has_its_page_in_both_languages_and_the_list_names_them_all(
    system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    kept_of(system, NOON, NOW, BEFORE)
    client = signed_in_client("supervisor")
    listed = client.get("/measures").content.decode()
    for code in [*(f"MET{number:02}" for number in range(1, 33)), "MET01i"]:
        assert f'href="/measures/{code}"' in listed
        for way in ("", "/cy"):
            assert client.get(f"{way}/measures/{code}").status_code == 200, code
    with CaptureQueriesContext(connection) as few:
        client.get("/dashboards/orders")
    kept_of(system, NOON, dict.fromkeys(("MET02", "MET05", "MET07", "MET16", "MET20", "MET24"), (50, 90)) | NOW)
    with CaptureQueriesContext(connection) as many:
        client.get("/dashboards/orders")
    assert len(few) == len(many)


def test_a_month_that_stands_out_names_its_measure_rule_and_records(
    system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    kept_of(system, NOON, NOW, BEFORE)
    signal = {
        "code": "MET13", "part": "on_time", "rule": "beyond_limit", "is_up": False, "month": "2026-10-01", "numerator": 2,
        "denominator": 10, "mean": 0.8, "is_trial": True,
    }  # fmt: skip
    kept = kept_figures(folder_of(system))
    assert kept is not None
    said = {"snapshot": kept.snapshot, "orders": {"MET13": {"signal-on_time": []}}, "signals": [signal]}
    write(folder_of(system), said, "counted.json")
    client = signed_in_client("supervisor")
    page = client.get("/dashboards/orders")
    for words in (
        "More than ordinary variation", "October 2026", "20.0%, 2 of 10; the mean is 80.0%",
        "Beyond the limits of ordinary variation; trial limits, of fewer than 13 months",
    ):  # fmt: skip
        assert words in text_of(page), words
    assert 'href="/measures/MET13/records?part=signal-on_time"' in page.content.decode()
    assert "Orders counted: 0" in text_of(client.get("/measures/MET13/records?part=signal-on_time"))
    assert "More than ordinary" not in text_of(signed_in_client("analyst").get("/dashboards/orders")), "a month is few"
    write(folder_of(system), {**said, "snapshot": "another"}, "counted.json")
    assert "More than ordinary" not in text_of(client.get("/dashboards/orders"))


@pytest.mark.deep
def test_of_one_case_there_are_words_and_a_list_and_of_many_no_more_queries(
    system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    client, queries = signed_in_client("supervisor"), []
    for number in (1, 20, 20_000):
        kept_of(system, NOON, dict.fromkeys(WORKED, (number, number)))
        with CaptureQueriesContext(connection) as asked:
            pages = [
                client.get(path).content.decode()
                for path in ("/dashboards/orders", "/measures/MET09", "/measures/MET17")
            ]
        queries.append(len(asked))
        drawn = [path for path in pages if "/measures/charts/" in path]
        assert len(drawn) == (0 if number == 1 else 3), number
        if number == 1:
            words = text_of(client.get("/measures/MET09"))
            assert "1 of 1" in words
            assert "Fewer than 30: read with care" in words
        assert "/measures/MET09/records" in pages[0], "whoever may open them is led to the cases of every tile"
        assert f"{number:,} of {number:,}" in text_of(client.get("/dashboards/orders"))
    assert len(set(queries)) == 1


def test_figures_that_somebody_changed_are_not_read(system: Acting, signed_in_client: Callable[..., Client]) -> None:
    kept_of(system, NOON, NOW)
    path = folder_of(system) / "figures.json"
    path.chmod(0o600)
    path.write_text(path.read_text(encoding="utf-8").replace('"numerator": 30', '"numerator": 39'), encoding="utf-8")
    assert "No figures have been worked out yet" in text_of(signed_in_client("supervisor").get("/dashboards/orders"))


def test_what_a_figure_counted_is_listed_for_whoever_opens_it_and_each_list_is_logged(
    system: Acting,
    acting_as: Callable[..., Acting],
    signed_in_client: Callable[..., Client],
    tmp_path: Path,
    frozen_clock: time_travel.Traveller,
) -> None:
    case, _suspect, _victim = parties(system, tmp_path)
    team = acting_as("orders_team")
    order = order_of(team, case.reference, NOON - timedelta(days=3))
    breach = reported_of(team, order)
    frozen_clock.shift(timedelta(minutes=1))
    figures_kept(system)
    client = signed_in_client("supervisor")
    assert "/measures/MET11/records" in client.get("/measures/MET11").content.decode()
    page = text_of(client.get("/measures/MET11/records?part=orders"))
    assert order.reference in page
    assert "Orders counted: 1" in page
    logged = json.loads(Event.objects.filter(kind="orders_listed").order_by("-id")[0].payload)
    kept = kept_figures(folder_of(system))
    assert kept is not None
    assert logged["refs"] == [f"case/{case.reference}", f"order/{order.reference}", f"snapshot/{kept.snapshot}"]
    assert order.reference not in text_of(client.get("/measures/MET11/records?part=interim"))
    assert "No cases" in text_of(client.get("/measures/MET25/records"))
    assert "/measures/MET21/records" in client.get("/measures/MET21").content.decode()
    assert breach.reference in text_of(client.get("/measures/MET21/records"))
    logged = json.loads(Event.objects.filter(kind="breaches_viewed").order_by("-id")[0].payload)
    assert logged["refs"] == [f"breach/{breach.reference}", f"snapshot/{kept.snapshot}"]
    assert breach.reference not in text_of(client.get("/measures/MET21/records?part=answered"))
    assert client.get("/measures/MET02/records").status_code == 404, "its rows are no orders"
    assert signed_in_client("analyst").get("/measures/MET11/records").status_code == 403
    assert records.counts_words(3, 2, sees_all=True) == "Orders counted: 3. Open to you now: 2"
    assert records.counts_words(3, 2, sees_all=False) == "Of the orders counted, open to you now: 2"
    # What somebody changed is not read.
    (folder_of(system) / "counted.json").chmod(0o600)
    (folder_of(system) / "counted.json").write_text("{}", encoding="utf-8")
    assert "No figures have been worked out yet" in text_of(client.get("/measures/MET11/records"))
