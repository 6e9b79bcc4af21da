"""Recruitment to an empty post in a page: its steps, the next one, and what the page of caseload says of it (P39; R1a)."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
import time_machine as time_travel
from django.test import Client

from craffu.access.acting import Acting
from craffu.clocks.london import LONDON
from craffu.resourcing.models import Post
from tests.factories.staff import WHY, holder, post
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("RES-03")]

CASELOAD = "/resourcing/caseload"
NOON = datetime(2026, 11, 24, 12, tzinfo=LONDON)


@pytest.fixture
def at(system: Acting, frozen_clock: time_travel.Traveller) -> str:
    """The page of a post that stands empty since 14 November."""
    frozen_clock.move_to(NOON)
    post(system, "P7", role="civil orders officer")
    holder(system, "P7", "7", "Somebody", date(2020, 1, 1), date(2026, 11, 13))
    return f"/resourcing/posts/{Post.objects.for_user(system).get().pk}/recruiting"


def given(step: str, day: int, **more: str) -> dict[str, str]:
    return {
        "step": step,
        "reason": WHY,
        "taken_on_day": str(day),
        "taken_on_month": "11",
        "taken_on_year": "2026",
    } | more


def test_steps_are_said_one_after_another(at: str, signed_in_client: Callable[..., Client]) -> None:
    lead, commissioner = signed_in_client("workforce_lead"), signed_in_client("commissioner_view", username="pcc")
    page = text_of(lead.get(CASELOAD))
    assert "P7 civil orders officer Investigation Carmarthen 14 November 2026 11 Nothing said of recruitment" in page
    assert "1 post stands empty. Nobody recruits to 1 of them; for 0 a day of starting is agreed." in page
    assert "Nothing has been said of recruitment to this post." in text_of(lead.get(at))
    assert lead.post(at, given("advertised", 16))["Location"] == CASELOAD
    form = lead.get(at).content.decode()
    assert 'value="offered"' in form
    assert 'value="start_agreed"' not in form, "only what can follow is offered"
    assert "Recruitment to this post stands elsewhere now." in text_of(lead.post(at, given("vetted", 17)))
    lead.post(at, given("offered", 20))
    agreed = given("start_agreed", 24)
    assert "Say on which day they are to start." in text_of(lead.post(at, agreed))
    start = {"starts_on_day": "4", "starts_on_month": "1", "starts_on_year": "2027"}
    assert lead.post(at, agreed | start)["Location"] == CASELOAD
    assert "Day of starting agreed 24 November 2026 to start 4 January 2027" in text_of(lead.get(CASELOAD))
    steps = text_of(lead.get(at))
    assert steps.index("Day of starting agreed") < steps.index("Offered to somebody") < steps.index("Advertised")
    seen = text_of(commissioner.get(CASELOAD))
    assert "Nobody recruits to 0 of them; for 1 a day of starting is agreed." in seen
    assert "P7" not in seen
    assert commissioner.get(at).status_code == 403


def test_how_long_empty_posts_took_to_fill(system: Acting, at: str, signed_in_client: Callable[..., Client]) -> None:
    lead = signed_in_client("workforce_lead")
    assert "No post that stood empty was filled in that time." in text_of(lead.get(CASELOAD))
    holder(system, "P7", "8", "Another", date(2026, 11, 20))
    assert "1 post that stood empty was filled in that time, after 6 days." in text_of(lead.get(CASELOAD))
    post(system, "P8", opened=date(2026, 6, 1))
    holder(system, "P8", "9", "A third", date(2026, 6, 11))
    page = text_of(lead.get(CASELOAD))
    assert "2 posts that stood empty were filled in that time, half of them within 8 days, the last after 10." in page
    assert lead.get("/resourcing/posts/999999/recruiting").status_code == 404
