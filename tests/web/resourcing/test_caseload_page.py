"""Caseload in a page: work for those in post, its spread, empty posts, small teams together, what is stated (P39; RES-03)."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine as time_travel
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.clocks.london import LONDON
from craffu.orders.owning.actions import own_order
from craffu.published.disclosure import To
from craffu.web.resourcing.post_presenters import spread_table
from tests.factories.orders import order_of, parties
from tests.factories.staff import holder, post, said
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("RES-03")]

AT = "/resourcing/caseload"
STATE = "/resourcing/caseload/capacity"
NOON = datetime(2026, 11, 24, 12, tzinfo=LONDON)
LONG_AGO = date(2020, 1, 1)


@pytest.fixture(autouse=True)
def at_noon(frozen_clock: time_travel.Traveller) -> None:
    frozen_clock.move_to(NOON)


@pytest.fixture
def two_orders(system: Acting, make_user: Callable[..., User], tmp_path: Path) -> list[str]:
    """Two orders that stand, of two cases."""
    team = acting_user(make_user("orders_team", username="team"))
    return [order_of(team, parties(system, tmp_path, number)[0].reference, NOON).reference for number in (1, 2)]


def teams(by: Acting) -> None:
    """Five in Response, three in Civil orders of whom one has left, two in Victims."""
    for number, (team, role) in enumerate(
        [("Response", "response officer")] * 5
        + [("Civil orders", "civil orders officer")] * 3
        + [("Victims", "victim officer")] * 2
    ):
        post(by, f"P{number}", role=role, team=team)
        left = date(2026, 11, 14) if number == 7 else None
        holder(by, f"P{number}", f"{number}", f"Somebody {number}", LONG_AGO, left)


def test_posts_are_shown_by_role_and_small_teams_together(
    system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    teams(system)
    page = text_of(signed_in_client("workforce_lead").get(AT))
    roles = page[page.index("Posts by role") : page.index("Posts by team")]
    assert "civil orders officer 3 2 2 1 10 of 1,095 (0.9%)" in roles
    assert "All posts 10 9 9 1 10 of 3,650 (0.3%)" in roles
    by_team = page[page.index("Posts by team") : page.index("Long absence")]
    assert "Response 5 5" in by_team
    assert "Small teams together: Civil orders, Victims 5 4" in by_team
    assert "Victims 2" not in by_team
    empty = page[page.rindex("Posts that stand empty") :]
    assert "P7 civil orders officer" in empty
    assert "15 November 2026 10" in empty
    assert "Somebody" not in page


def test_nobody_in_post_is_said_in_words(system: Acting, signed_in_client: Callable[..., Client]) -> None:
    page = text_of(signed_in_client("supervisor").get(AT))
    assert "There is no such work, and nobody in post for it." in page
    assert "Nobody has stated which posts do this work." in page
    assert "No post has been received." in page
    assert "No post stands empty." in page
    assert "Fewer than five people manage orders: no spread is shown. 0 orders are managed by nobody." in page


def test_orders_for_each_in_post_are_warned_of_above_what_was_stated(
    system: Acting, signed_in_client: Callable[..., Client], two_orders: list[str], make_user: Callable[..., User]
) -> None:
    teams(system)
    lead, reader = signed_in_client("workforce_lead"), signed_in_client("supervisor", username="reader")
    assert "2 in all. Nobody is in post for this work." in text_of(reader.get(AT))
    assert "Orders that stand Nobody in post" in text_of(reader.get(AT)), "orders and nobody to manage them"
    given = {"role": "civil orders officer", "work": "orders", "most": "1", "reason": "The board said so"}
    assert lead.post(STATE, given)["Location"] == AT
    stated_to_the_lead = text_of(lead.get(AT))
    page = text_of(reader.get(AT))
    assert "2 in all, 2 people in post: 1 each. Posts: civil orders officer. At most 1 each, as stated." in page
    assert "Fewer than 5 in all, 2 people in post. Posts: civil orders officer." in stated_to_the_lead
    assert "Orders that stand Too few to show" in stated_to_the_lead
    start = stated_to_the_lead.index("What posts are to carry")
    stated = stated_to_the_lead[start : stated_to_the_lead.index("Posts by role")]
    assert "civil orders officer Orders that stand 1" in stated
    assert "24 November 2026, 12:00 The board said so" in stated
    assert lead.post(STATE, given | {"role": "victim officer"}).status_code == 302
    assert "2 in all, 4 people in post: 0.5 each." in text_of(reader.get(AT))
    orders = page[page.index("Orders that stand") : page.index("People in the cohort")]
    assert "Within what was stated" in orders
    assert "2 orders are managed by nobody." in page
    manager = make_user("offender_manager", username="manager")
    own_order(by=acting_user(make_user("orders_team", username="giver")), order=two_orders[0], to=manager)
    assert "1 order is managed by nobody." in text_of(reader.get(AT))
    assert "manager" not in text_of(reader.get(AT)).replace("order managers", "").replace("offender manager", "")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"role": ""}, "Choose a role"),
        ({"role": "astronaut"}, "Choose a role"),
        ({"work": ""}, "Choose the work"),
        ({"most": "0"}, "Enter a whole number from 1 to 999"),
        ({"most": "many"}, "Enter a whole number, such as 20"),
        ({"reason": ""}, "Say why"),
    ],
)
def test_what_is_stated_is_asked_again(
    wrong: dict[str, str], said: str, system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    teams(system)
    given = {"role": "civil orders officer", "work": "orders", "most": "15", "reason": "The board said so"}
    again = signed_in_client("workforce_lead").post(STATE, given | wrong)
    assert again.status_code == 200
    assert said in text_of(again)
    assert "The board said so" in text_of(again) or "reason" in wrong


@pytest.mark.rule("SEC-01")
def test_the_commissioner_reads_figures_and_no_post(system: Acting, signed_in_client: Callable[..., Client]) -> None:
    teams(system)
    page = text_of(signed_in_client("commissioner_view").get(AT))
    assert "Small teams together" in page
    assert "P7" not in page
    assert "1 post stands empty." in page, "how many, and not which"
    assert signed_in_client("commissioner_view").get(STATE).status_code == 403


def test_absence_is_of_the_whole_force(system: Acting, signed_in_client: Callable[..., Client]) -> None:
    rows = [
        {"staff_ref": "1", "from_on": "2026-11-15", "covered_by": "2"},
        {"staff_ref": "3", "from_on": "2026-11-20"},
    ]
    said(system, "absences", rows, "staff_ref", "from_on")
    page = text_of(signed_in_client("workforce_lead").get(AT))
    assert "of all days of absence in the same year: 5 of 15 (33.3%)." in page


def test_a_spread_of_five_or_more_says_how_many_and_never_who() -> None:
    table, said_of_it = spread_table(Counter({None: 3, 1: 4, 2: 6, 3: 12, 4: 21, 5: 22}), To.ROWS)
    assert table is not None
    assert [[cell["text"] for cell in row] for row in table["rows"]] == [
        ["1 to 5 orders", "1"],
        ["6 to 10 orders", "1"],
        ["11 to 15 orders", "1"],
        ["16 to 20 orders", "0"],
        ["More than 20 orders", "2"],
    ]
    assert said_of_it == (
        "Half of those who manage orders have 12 or fewer, and the most is 22. 3 orders are managed by nobody."
    )
    assert spread_table(Counter({None: 0, 1: 4, 2: 6, 3: 12, 4: 21}), To.ROWS)[0] is None


@pytest.mark.rule("MSR-03")
def test_a_spread_tells_others_no_step_of_few_and_nothing_of_one_person() -> None:
    loads: Counter[int | None] = Counter({None: 3, 31: 37})
    loads.update(dict.fromkeys(range(1, 21), 4))
    loads.update(dict.fromkeys(range(21, 31), 7))
    table, said_of_it = spread_table(loads, To.ROWS)
    assert "the most is 37" in said_of_it
    hidden = "Not shown"
    for to, shown in (
        (To.INTERNAL, ["20", hidden, "0", "0", hidden]),
        (To.PUBLIC, ["20", "10", hidden, hidden, hidden]),
    ):
        table, said_of_it = spread_table(loads, to)
        assert table is not None
        assert [row[1].get("text") for row in table["rows"]] == shown
        assert "37" not in said_of_it
    assert said_of_it == "Fewer than 10 orders are managed by nobody."


@pytest.mark.rule("MSR-03")
def test_the_commissioner_and_the_lead_are_told_no_small_number_of_orders(
    signed_in_client: Callable[..., Client], two_orders: list[str]
) -> None:
    for role, words in (("commissioner_view", "Fewer than 10"), ("workforce_lead", "Fewer than 5")):
        page = text_of(signed_in_client(role, username=role).get(AT))
        assert f"{words} in all. Nobody is in post for this work." in page
        assert f"{words} orders are managed by nobody." in page
        assert "2 in all" not in page
        assert "2 orders are" not in page
