"""Stalking Champions in a page: the nearest in two taps, today's shifts, coverage, the directory, in both languages (P38)."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine as time_travel
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craffu.access.acting import Acting
from craffu.access.models import Force, User
from craffu.access.queries import acting_user
from craffu.audit.models import Event
from craffu.clocks.london import LONDON
from tests.factories.staff import HOUR, accepted, champion, one_there, said, shift, stations, turn
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("RES-02")]

AT = "/resourcing/champions"
NOON = datetime(2026, 11, 24, 12, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def at_noon(frozen_clock: time_travel.Traveller) -> None:
    frozen_clock.move_to(NOON)


@pytest.fixture
def lead(make_user: Callable[..., User]) -> Acting:
    return acting_user(make_user("workforce_lead", username="lead"))


def last_refs() -> list[str]:
    event = Event.objects.filter(kind="champions_viewed").order_by("id").last()
    assert event is not None
    refs: list[str] = json.loads(event.payload).get("refs", [])
    return refs


def test_an_officer_with_nobody_on_shift_finds_the_nearest_in_two_taps(
    system: Acting, lead: Acting, signed_in_client: Callable[..., Client]
) -> None:
    one_there(system, lead)
    officer = signed_in_client("response_officer")
    today = officer.get("/").content.decode()
    assert f'href="{AT}#now"' in today
    assert f'href="{AT}?station=Carmarthen"' in officer.get(AT).content.decode()
    page = text_of(officer.get(f"{AT}?station=Carmarthen"))
    assert "No champion can be reached at Carmarthen now. These are the nearest." in page
    nearest = page.index("Elen Rhys")
    assert "Tenby, 34 km" in page[nearest:]
    assert page.index("Newtown, 100 km") > page.index("Tenby, 34 km")
    assert "06555 0021" in page
    assert 'href="tel:065550021"' in officer.get(f"{AT}?station=Carmarthen").content.decode()
    assert "19:00" in page, "until when the turn runs"
    # Whoever may not read what specialists noted is not led to it.
    notes = 'href="/advice/notes"'
    assert notes in officer.get(AT).content.decode()
    planner = signed_in_client("workforce_lead")
    assert notes not in planner.get(AT).content.decode()
    assert planner.get("/advice/notes").status_code == 403


@pytest.mark.rule("BIL-03")
def test_it_is_found_in_welsh_by_welsh_names(
    system: Acting, lead: Acting, signed_in_client: Callable[..., Client]
) -> None:
    one_there(system, lead)
    officer = signed_in_client("response_officer")
    assert "Caerfyrddin" in text_of(officer.get(f"/cy{AT}"))
    page = text_of(officer.get(f"/cy{AT}?station=Carmarthen"))
    assert "Gorsaf Caerfyrddin: ni ellir cyrraedd unrhyw hyrwyddwr yno nawr." in page
    assert "Dinbych-y-pysgod, 34 km" in page
    assert "Ar ddyletswydd" in page


@pytest.mark.rule("BIL-03")
def test_a_station_without_a_welsh_name_is_marked_as_english_on_a_welsh_page_in_every_table(
    system: Acting, lead: Acting, signed_in_client: Callable[..., Client]
) -> None:
    one_there(system, lead)
    said(
        system,
        "stations",
        [{"station": "Tenby", "station_cy": "", "easting": "213400", "northing": "200400"}],
        "station",
    )
    client = signed_in_client("coordinator")
    page = client.get(f"/cy{AT}?station=Carmarthen").content.decode()
    english = '<span lang="en">Tenby</span>'
    parts = page.split("<table")[1:]
    assert [english in one for one in parts] == [True] * 4
    assert "Tenby" not in re.sub(english, "", page).replace("station=Tenby", "")
    assert f"{english}, 34 km" in page
    assert 'lang="en">Caerfyrddin' not in page
    assert english not in client.get(f"{AT}?station=Carmarthen").content.decode()


def test_whoever_is_there_stands_first(system: Acting, lead: Acting, signed_in_client: Callable[..., Client]) -> None:
    one_there(system, lead)
    page = text_of(signed_in_client("investigator").get(f"{AT}?station=Tenby"))
    assert "No champion can be reached" not in page
    assert page.index("Elen Rhys") < page.index("Tomos Bevan")
    assert "Rostered, not known to have come" in page


def test_with_nobody_anywhere_it_says_what_to_do(
    system: Acting, lead: Acting, signed_in_client: Callable[..., Client]
) -> None:
    accepted(lead)
    stations(system)
    page = text_of(signed_in_client("response_officer").get(f"{AT}?station=Tenby"))
    assert "No champion is on duty, on call or on the roster anywhere now." in page
    assert "No shift is scheduled for today." in page
    assert "Nobody is named a champion." in page
    unknown = text_of(signed_in_client("response_officer").get(f"{AT}?station=Atlantis"))
    assert "Find a champion now" in unknown
    assert "Atlantis" not in unknown


def test_before_a_version_is_accepted_nobody_counts_and_it_says_so(
    system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    champion(system, "21", "Elen Rhys", trained=NOON.date())
    page = text_of(signed_in_client("response_officer").get(AT))
    assert "No version of the champions’ programme has been accepted, so nobody counts as a champion." in page
    assert "Never trained" in page
    assert "No station has been received." in page


def test_the_gaps_are_shown_station_by_shift(
    system: Acting, lead: Acting, signed_in_client: Callable[..., Client]
) -> None:
    made = one_there(system, lead)
    shift(system, "Tenby", made.at + 5 * HOUR, "late")
    turn(system, "22", "Tenby", made.at + 5 * HOUR, "on_call")
    page = text_of(signed_in_client("coordinator").get(AT))
    today = page[page.index("Today’s shifts") : page.index("Four weeks back")]
    assert "Early shift" in today
    assert "Late shift" in today
    tenby = today[today.index("Tenby") :]
    assert tenby.index("On duty") < tenby.index("On call")
    carmarthen = today[today.index("Carmarthen") : today.index("Newtown")]
    assert "No champion" in carmarthen
    assert "No shift" in carmarthen
    newtown = today[today.index("Newtown") : today.index("Tenby")]
    assert "Rostered, not known to have come" in newtown
    assert "Training lapses after 8 December 2026" in newtown


def test_met32_stands_with_its_interval_and_what_lies_ahead(
    system: Acting, lead: Acting, signed_in_client: Callable[..., Client]
) -> None:
    one_there(system, lead)
    page = text_of(signed_in_client("workforce_lead").get(AT))
    figures = page[page.index("Four weeks back") : page.index("Everybody who is named")]
    assert "2 of 6 shifts" in figures
    assert "33.3% (9.7% to 70.0%)" in figures
    assert "Few shifts: read with care" in figures
    assert "2 of 3" in figures, "tomorrow two of three stations have none on the roster"


def test_the_directory_says_how_training_stands(
    system: Acting, lead: Acting, signed_in_client: Callable[..., Client]
) -> None:
    one_there(system, lead)
    page = text_of(signed_in_client("victim_officer").get(AT))
    directory = page[page.index("Everybody who is named") :]
    for name, stands in (
        ("Elen Rhys", "Current"),
        ("Huw Prys", "Never trained"),
        ("Mair Puw", "Lapsed"),
        ("Tomos Bevan", "Lapses soon"),
    ):
        assert stands in directory[directory.index(name) :][:120], name
    assert "until 15 August 2027" in directory
    assert last_refs() == ["staff/21", "staff/22", "staff/23", "staff/24"]


@pytest.mark.rule("SEC-01")
def test_the_commissioner_reads_coverage_and_no_name(
    system: Acting, lead: Acting, signed_in_client: Callable[..., Client]
) -> None:
    one_there(system, lead)
    commissioner = signed_in_client("commissioner_view")
    for address in (AT, f"{AT}?station=Tenby"):
        page = text_of(commissioner.get(address))
        assert "2 of 6 shifts" in page
        for hidden in ("Elen", "Tomos", "06555", "Find a champion now", "Everybody who is named"):
            assert hidden not in page
        assert last_refs() == []


@pytest.mark.rule("SEC-01")
def test_another_forces_champions_are_nobodys(
    system: Acting, lead: Acting, other_force: Force, signed_in_client: Callable[..., Client]
) -> None:
    one_there(system, lead)
    page = text_of(signed_in_client("response_officer", force=other_force).get(f"{AT}?station=Tenby"))
    assert "Tenby" not in page
    assert "Elen" not in page


def test_it_takes_as_many_queries_for_many_as_for_few(
    system: Acting, lead: Acting, signed_in_client: Callable[..., Client]
) -> None:
    made = one_there(system, lead)
    officer = signed_in_client("response_officer")
    officer.get(f"{AT}?station=Tenby")
    counts = []
    for number in (30, 31):
        for ref in range(number * 10, number * 10 + 8):
            champion(system, str(ref), f"Champion {ref}", trained=NOON.date() - timedelta(days=10))
            turn(system, str(ref), "Newtown", made.at - HOUR)
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(f"{AT}?station=Tenby").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_lead_comes_from_here_to_the_programme(lead: Acting, signed_in_client: Callable[..., Client]) -> None:
    assert reverse("programme_list") in signed_in_client("workforce_lead", username="other").get(AT).content.decode()
    assert reverse("programme_list") not in signed_in_client("supervisor").get(AT).content.decode()
