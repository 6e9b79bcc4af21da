"""The workforce lead's day: training that lapses, shifts without a champion, empty posts (P01; RES-01 to RES-03)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import time_machine as time_travel
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.clocks.london import LONDON
from tests.factories.staff import accepted, champion, holder, post, shift, stations, turn
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("RES-01", "RES-02", "RES-03")]

NOON = datetime(2026, 11, 24, 12, tzinfo=LONDON)
A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def at_noon(frozen_clock: time_travel.Traveller) -> None:
    frozen_clock.move_to(NOON)


def test_what_lapses_and_what_is_empty_is_the_leads_work(
    system: Acting, signed_in_client: Callable[..., Client], make_user: Callable[..., User]
) -> None:
    lead = signed_in_client("workforce_lead")
    page = text_of(lead.get("/"))
    assert "Nothing to do now." in page
    assert "lapse" not in page
    accepted(acting_user(make_user("workforce_lead", username="other")))
    stations(system)
    # Current until 30 November, 1 January and 23 November; the last has lapsed.
    for ref, trained in (("1", date(2025, 12, 1)), ("2", date(2026, 1, 2)), ("3", date(2025, 11, 24))):
        champion(system, ref, f"Champion {ref}", trained=trained)
    for days in (1, 2):
        shift(system, "Carmarthen", NOON + days * A_DAY)
    turn(system, "1", "Carmarthen", NOON + A_DAY, "rostered")
    post(system, "P9", role="civil orders officer")
    holder(system, "P9", "9", "Somebody", date(2020, 1, 1), date(2026, 11, 14))
    page = text_of(lead.get("/"))
    assert "Have champions trained again whose training has lapsed: 1" in page
    assert "Have champions trained whose training lapses within 30 days: 1 The first on 30 November 2026" in page
    assert "Put a champion on the roster of shifts that have none: 1 of 2" in page
    assert "Fill posts that stand empty: 1 The longest since 15 November 2026" in page
    assert "Champion 1" not in page
    assert "Somebody" not in page
    assert 'id="named"' in lead.get("/resourcing/champions").content.decode()
    assert "whose training" not in text_of(signed_in_client("supervisor").get("/"))
