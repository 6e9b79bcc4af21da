"""Each morning's lists, every entry in one place, and crimes that together may be stalking (BRC-08, BRC-09)."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.breaches.lists.rules import BY, RAISES, Entry, MorningList, Raises, match
from craffu.breaches.patterns.rules import Crime, Decision, Group, WhyNot, patterns, why_not_decided
from craffu.linkage.rules import Thresholds

ALL = list(MorningList)
DAY = timedelta(days=1)
TODAY = date(2026, 11, 24)


@pytest.mark.rule("BRC-08")
@pytest.mark.parametrize(
    ("probability", "person", "where"),
    [
        (0.99, "P1", "known"),
        (0.9899, "P1", "for_a_person"),
        (0.5, "P1", "for_a_person"),
        (0.4999, "P1", "unmatched"),
        (1.0, None, "unmatched"),
    ],
)
def test_an_entry_is_somebody_known_for_a_person_or_unmatched(
    probability: float, person: str | None, where: str
) -> None:
    one = Entry("c1", MorningList.CUSTODY, person, probability)
    found = match([one], ALL)
    places = {name: getattr(found, name) for name in ("known", "for_a_person", "unmatched")}
    assert places == {name: (one,) if name == where else () for name in places}
    assert match([one], ALL, Thresholds(2.0, 2.0)).unmatched == (one,)


@pytest.mark.rule("BRC-08")
@given(
    st.lists(st.tuples(st.sampled_from(MorningList), st.sampled_from([None, "P1"]), st.floats(0, 1)), max_size=9),
    st.sets(st.sampled_from(MorningList)),
)
def test_every_entry_is_kept_in_exactly_one_place_and_a_list_that_did_not_come_is_said(
    rows: list[tuple[MorningList, str | None, float]], received: set[MorningList]
) -> None:
    entries = [Entry(str(at), *row) for at, row in enumerate(rows)]
    found = match(entries, received)
    placed = [*found.known, *found.for_a_person, *found.unmatched]
    assert sorted(placed, key=lambda one: int(one.entry)) == entries
    assert found.kept == len(entries)
    assert set(found.not_available) == set(MorningList) - received


@pytest.mark.rule("BRC-08")
def test_what_a_list_raises_and_by_when() -> None:
    assert RAISES == {
        MorningList.CUSTODY: Raises.CUSTODY,
        MorningList.RELEASE: Raises.RELEASED_FROM_CUSTODY,
        MorningList.COURT: Raises.HEARING_NEAR,
    }
    assert time(8) == BY
    assert " ".join(Raises) == "custody released_from_custody hearing_near"
    assert " ".join(MorningList) == "custody release court"


ONE = Crime("x1", "i1", TODAY - 30 * DAY, "harassment", "V1", "P1")
OTHER = Crime("x2", "i2", TODAY, "criminal_damage", "V1", None)


@pytest.mark.rule("BRC-09")
def test_who_suffers_on_two_days_is_put_before_the_coordinator() -> None:
    (found,) = patterns([OTHER, ONE], TODAY)
    assert (found.victim, found.crimes, found.suspects, found.suspect_unknown) == ("V1", ("x1", "x2"), ("P1",), True)
    (named,) = patterns([ONE, replace(OTHER, suspect="P0")], TODAY)
    assert (named.suspects, named.suspect_unknown) == (("P0", "P1"), False)
    assert " ".join(Group) == "harassment malicious_communications criminal_damage"


@pytest.mark.rule("BRC-09")
@pytest.mark.parametrize(
    ("changed", "is_pattern"),
    [
        ({}, True),
        ({"group": "malicious_communications"}, True),
        ({"group": "burglary"}, False),
        ({"on": ONE.on}, False),
        ({"incident": ONE.incident}, False),
        ({"victim": "V2"}, False),
        ({"on": TODAY - 365 * DAY}, True),
        ({"on": TODAY - 366 * DAY}, False),
        ({"on": TODAY + DAY}, False),
    ],
)
def test_two_incidents_on_two_days_within_a_year_against_one_person(changed: dict[str, Any], is_pattern: bool) -> None:
    assert bool(patterns([ONE, replace(OTHER, **changed)], TODAY)) is is_pattern


@pytest.mark.rule("BRC-09")
def test_a_crime_of_a_second_day_makes_one_of_crimes_of_one_incident() -> None:
    first = [ONE, replace(ONE, crime="x3"), replace(ONE, crime="x4", incident="i4")]
    assert patterns(first, TODAY) == []
    (found,) = patterns([*first, OTHER], TODAY)
    assert found.crimes == ("x1", "x3", "x4", "x2")
    assert [one.victim for one in patterns([*first, OTHER, replace(ONE, victim="V2")], TODAY)] == ["V1"]


@pytest.mark.rule("BRC-09")
@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("stalking", "coordinator", "x" * 10), None),
        (("harassment", "coordinator", "x" * 10), None),
        (("not_a_pattern", "coordinator", "x" * 9), WhyNot.REASON),
        (("not_a_pattern", "coordinator", " " * 10), WhyNot.REASON),
        (("other", "coordinator", "x" * 10), WhyNot.UNKNOWN),
        (("stalking", "supervisor", "x" * 10), WhyNot.COORDINATOR),
    ],
)
def test_the_coordinator_decides_with_a_reason(said: tuple[str, str, str], why: WhyNot | None) -> None:
    assert why_not_decided(*said) is why


def test_keys_stay() -> None:
    assert " ".join(Decision) == "stalking harassment not_a_pattern"
    assert " ".join(WhyNot) == "coordinator_must_decide unknown_decision reason_too_short"
