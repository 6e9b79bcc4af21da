"""How posts stand: who is in post, vacancies and their days, absence and cover, and who does which work (R1a, RES-03)."""

from datetime import date
from fractions import Fraction

import pytest

from craffu.access.acting import Acting
from craffu.resourcing.posts.actions import NewCapacity, state_capacity
from craffu.resourcing.posts.kinds import Work
from craffu.resourcing.posts.queries import absence, capacities, in_post_for, posts_of, split, standing_of
from craffu.resourcing.posts.rules import Days
from tests.factories.staff import WHY, holder, post, said

pytestmark = [pytest.mark.django_db, pytest.mark.rule("RES-03")]

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
LONG_AGO = date(2020, 1, 1)


def test_posts_stand_filled_shared_empty_or_closed(system: Acting, lead: Acting) -> None:
    post(system, "P1", fte="0.8")
    holder(system, "P1", "1", "Elen Rhys", LONG_AGO)
    post(system, "P2")
    holder(system, "P2", "2", "Huw Prys", LONG_AGO, date(2026, 11, 10))
    post(system, "P3")
    # Somebody who holds two posts is one person, and a post that two share is one post.
    holder(system, "P3", "1", "Elen Rhys", LONG_AGO)
    holder(system, "P3", "3", "Mair Puw", LONG_AGO)
    row = {"post_ref": "P4", "role": "investigator", "team": "Investigation", "full_time_equivalent": "1",
           "opened_on": "2020-01-01", "closed_on": "2026-11-05"}  # fmt: skip
    said(system, "posts", [row], "post_ref")
    posts = posts_of(lead)
    assert [one.post.post_ref for one in posts] == ["P1", "P2", "P3", "P4"]
    stands = standing_of(posts, FIRST, LAST)
    assert (stands.posts, stands.in_post, stands.vacant) == (3, 2, 1)
    assert stands.full_time == Fraction(9, 5)
    assert stands.days == Days(95, 25)
    assert [one.vacant_since(LAST) for one in posts] == [None, date(2026, 11, 11), None, None]
    assert {team: len(some) for team, some in split(posts, lambda one: one.team).items()} == {"Investigation": 4}


def test_a_post_said_anew_stands_as_it_was_said_last(system: Acting, lead: Acting) -> None:
    post(system, "P1")
    post(system, "P1", role="supervisor")
    holder(system, "P1", "1", "Elen Rhys", LONG_AGO)
    holder(system, "P1", "1", "Elen Rhys", LONG_AGO, date(2026, 11, 10))
    [one] = posts_of(lead)
    assert (one.post.role, one.holders(LAST), one.vacant(FIRST, LAST)) == ("supervisor", frozenset(), Days(30, 20))


def test_absence_is_counted_with_and_without_cover(system: Acting, lead: Acting) -> None:
    rows = [
        {"staff_ref": "1", "from_on": "2026-11-21", "covered_by": "2"},
        {"staff_ref": "3", "from_on": "2026-10-01", "to_on": "2026-11-03"},
    ]
    said(system, "absences", rows, "staff_ref", "from_on")
    assert absence(lead, FIRST, LAST) == Days(13, 3)


def test_whoever_does_a_work_is_counted_once(system: Acting, lead: Acting) -> None:
    for ref, role in (("P1", "civil orders officer"), ("P2", "civil orders officer"), ("P3", "offender manager")):
        post(system, ref, role=role)
    holder(system, "P1", "1", "Elen Rhys", LONG_AGO)
    holder(system, "P2", "1", "Elen Rhys", LONG_AGO)
    holder(system, "P3", "2", "Huw Prys", LONG_AGO)
    assert in_post_for(posts_of(lead), capacities(lead), Work.ORDERS, LAST) == 0, "nobody has said who manages orders"
    state_capacity(by=lead, given=NewCapacity("civil orders officer", Work.ORDERS, 20, WHY))
    posts, stated = posts_of(lead), capacities(lead)
    assert in_post_for(posts, stated, Work.ORDERS, LAST) == 1
    assert in_post_for(posts, stated, Work.COHORT, LAST) == 0
    state_capacity(by=lead, given=NewCapacity("offender manager", Work.ORDERS, 20, WHY))
    assert in_post_for(posts, capacities(lead), Work.ORDERS, LAST) == 2
