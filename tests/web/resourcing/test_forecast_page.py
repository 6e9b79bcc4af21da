"""Work that will fall due, in a page: hours against posts, week by week, and what the hours rest on (P39; R1a)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine as time_travel
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.clocks.london import LONDON
from craffu.resourcing.models import TimeStated
from craffu.resourcing.posts.actions import NewCapacity, state_capacity
from craffu.resourcing.posts.kinds import Work
from tests.factories.orders import MADE
from tests.factories.reviews import in_force
from tests.factories.staff import holder, post
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("RES-03", "MON-01", "REV-01")]

AT = "/resourcing/caseload/forecast"
TIMES = f"{AT}/times"
NOON = datetime(2026, 11, 24, 12, tzinfo=LONDON)
GIVEN = {"timed": "check", "amount": "30", "reason": "Measured over two weeks in May"}


@pytest.fixture(autouse=True)
def at_noon(frozen_clock: time_travel.Traveller) -> None:
    frozen_clock.move_to(NOON)


@pytest.fixture
def in_force_now(
    system: Acting, make_user: Callable[..., User], tmp_path: Path, frozen_clock: time_travel.Traveller
) -> None:
    """One order with two conditions, served on 20 November, without an end."""
    frozen_clock.move_to(MADE + timedelta(hours=2))
    in_force(system, acting_user(make_user("orders_team", username="team")), tmp_path, is_notified=False)
    frozen_clock.move_to(NOON)


@pytest.mark.usefixtures("in_force_now")
def test_weeks_and_hours_are_shown_against_those_in_post(
    system: Acting, signed_in_client: Callable[..., Client], make_user: Callable[..., User]
) -> None:
    lead, reader = signed_in_client("workforce_lead"), signed_in_client("supervisor", username="reader")
    page = text_of(reader.get(AT))
    # Two conditions each week, a review every four weeks, and a notification that is late.
    assert "24 November 2026 2 0 0 0 0 0.7" in page
    assert "15 December 2026 2 1 0 0 0 1.7" in page
    assert "Late already 0 0 0 0 1 0.8" in page
    assert "Nobody has stated which posts do this work." in page
    assert "Our assumption" in page
    assert "an order made later is not in it" in page
    post(system, "P1", role="civil orders officer")
    holder(system, "P1", "1", "Somebody", date(2020, 1, 1), None)
    stated = NewCapacity("civil orders officer", Work.ORDERS, 20, "As the board decided")
    state_capacity(by=acting_user(make_user("workforce_lead", username="other")), given=stated)
    assert "In post are 1: enough for it." in text_of(reader.get(AT))
    assert "In post are 1: enough for what is shown." in text_of(lead.get(AT))
    for timed, amount in (("check", "480"), ("week", "1")):
        assert lead.post(TIMES, GIVEN | {"timed": timed, "amount": amount})["Location"] == AT
    page = text_of(lead.get(AT))
    assert "480 minutes" in page
    assert "Measured over two weeks in May" in page
    assert "full-time posts, with 1 hours a week each for it." in page
    assert "too few." in text_of(reader.get(AT))
    assert "Somebody" not in page


def test_a_time_is_stated_once_and_what_it_was_before_is_kept(signed_in_client: Callable[..., Client]) -> None:
    lead = signed_in_client("workforce_lead")
    for amount in ("30", "30", "25"):
        assert lead.post(TIMES, GIVEN | {"amount": amount}).status_code == 302
    assert [one.amount for one in TimeStated.objects.for_system("a test").order_by("id")] == [30, 25]
    assert "25 minutes" in text_of(lead.get(AT))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"timed": ""}, "Choose what is timed"),
        ({"timed": "sleep"}, "Choose what is timed"),
        ({"amount": "0"}, "Give a whole number from 1 to 480."),
        ({"amount": "481"}, "Give a whole number from 1 to 480."),
        ({"timed": "week", "amount": "61"}, "Give a whole number from 1 to 60."),
        ({"amount": "long"}, "Enter a whole number, such as 20"),
        ({"reason": ""}, "Say why"),
    ],
)
def test_what_cannot_be_is_asked_again(
    wrong: dict[str, str], said: str, signed_in_client: Callable[..., Client]
) -> None:
    again = signed_in_client("workforce_lead").post(TIMES, GIVEN | wrong)
    assert again.status_code == 200
    assert said in text_of(again)
    assert TimeStated.objects.for_system("a test").count() == 0


@pytest.mark.rule("SEC-01")
def test_who_reads_posts_reads_what_will_fall_due_and_the_lead_alone_states(
    signed_in_client: Callable[..., Client],
) -> None:
    for role in ("supervisor", "commissioner_view"):
        page = signed_in_client(role).get(AT)
        assert page.status_code == 200
        assert "State how long work takes" not in text_of(page)
        assert signed_in_client(role).get(TIMES).status_code == 403
    assert signed_in_client("investigator").get(AT).status_code == 403


def test_caseload_leads_there(signed_in_client: Callable[..., Client]) -> None:
    assert AT in signed_in_client("workforce_lead").get("/resourcing/caseload").content.decode()


@pytest.mark.rule("MSR-03")
@pytest.mark.usefixtures("in_force_now")
def test_of_few_tasks_neither_their_number_nor_their_hours_are_told_to_others(
    signed_in_client: Callable[..., Client],
) -> None:
    """By the time that a task takes its hours would tell how many there are."""
    for role in ("workforce_lead", "commissioner_view"):
        page = text_of(signed_in_client(role, username=role).get(AT))
        assert "24 November 2026 Not shown" in page
        assert " 0 0.7 " not in page
        assert "; 0 hours are late already." in page
        assert "Small numbers are not shown to you" in page
