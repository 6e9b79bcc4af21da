"""In force, enforceable from, and what a breach is: three answers; and which version a breach is judged by (ORD-12, 13, 15)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.clocks.london import end_of
from craffu.orders.catalogue.reading import kind_of, kinds
from craffu.orders.effect.rules import (
    Condition,
    Difference,
    Happened,
    Nature,
    Period,
    RequiredBy,
    Term,
    Version,
    Why,
    awareness_required_by,
    begins_at,
    difference,
    enforceable,
    term_in_force,
    version_at,
)
from craffu.orders.effect.wording import Part, Words, changed_words

MADE = datetime(2026, 11, 10, 15, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
SERVED = MADE + 24 * HOUR
AWARE = MADE + HOUR
LATER = MADE + 48 * HOUR
LAST = date(2028, 11, 9)
NOTICES = ("DVPN", "DAPN", "CPW", "CPN")
ON_SERVICE = ("OCC", "PHA_INJ", "ASBI")
CONDITIONS = ("PCB", "BAIL", "COND_CAUTION", "LICENCE")
OTHERS = tuple(code for code in kinds() if code not in {*NOTICES, *ON_SERVICE, *CONDITIONS})


def liable(kind: str, at: datetime = LATER, **happened: Any) -> datetime | None:
    return enforceable(kind_of(kind), Happened(**{"made_at": MADE, "last_day": LAST} | happened), at).liability_from


@pytest.mark.rule("ORD-12")
@pytest.mark.parametrize("kind", OTHERS)
def test_most_orders_bind_from_service_or_awareness_whichever_is_first(kind: str) -> None:
    assert liable(kind) is None
    assert liable(kind, served_at=SERVED) == SERVED
    assert liable(kind, aware_at=AWARE) == AWARE
    assert liable(kind, served_at=SERVED, aware_at=AWARE) == AWARE
    assert liable(kind, served_at=AWARE, aware_at=SERVED) == AWARE
    assert liable(kind, aware_at=MADE - HOUR) == MADE
    assert liable(kind, aware_at=AWARE, takes_effect_at=LATER) == LATER


@pytest.mark.rule("ORD-12")
@pytest.mark.parametrize("kind", ON_SERVICE)
def test_contempt_orders_and_the_injunction_wait_for_service(kind: str) -> None:
    assert liable(kind, aware_at=AWARE) is None
    assert liable(kind, aware_at=AWARE, served_at=SERVED) == SERVED
    assert enforceable(kind_of(kind), Happened(MADE, aware_at=AWARE), LATER).in_force


@pytest.mark.rule("ORD-12")
@pytest.mark.parametrize("kind", NOTICES)
def test_a_notice_binds_nobody_before_its_service(kind: str) -> None:
    unserved = enforceable(kind_of(kind), Happened(MADE, aware_at=AWARE), LATER)
    assert (unserved.in_force, unserved.liability_from, unserved.in_force_because) == (False, None, Why.NOT_SERVED)
    assert not enforceable(kind_of(kind), Happened(MADE, served_at=SERVED), SERVED - SECOND).in_force
    served = enforceable(kind_of(kind), Happened(MADE, served_at=SERVED), SERVED)
    assert served.in_force
    assert served.enforceable is (kind != "CPW")
    assert served.liability_from == SERVED
    assert begins_at(kind_of(kind), Happened(MADE, takes_effect_at=LATER, served_at=SERVED)) == LATER


@pytest.mark.rule("ORD-12")
@pytest.mark.parametrize("kind", CONDITIONS)
def test_conditions_are_imposed_in_person(kind: str) -> None:
    found = enforceable(kind_of(kind), Happened(MADE), MADE)
    assert (found.in_force, found.enforceable, found.liability_from) == (True, True, MADE)
    assert found.awareness_required_by is None


BREACH = {
    **dict.fromkeys(kinds(), "offence"),
    **dict.fromkeys(("OCC", "ASBI"), "contempt"),
    **dict.fromkeys(("DVPN", "DAPN", "PCB", "BAIL"), "arrest"),
    "DVPO": "civil",
    "CPW": "none",
    "COND_CAUTION": "original",
    "LICENCE": "recall",
}


@pytest.mark.rule("ORD-12")
@pytest.mark.parametrize("kind", list(kinds()))
def test_each_kind_says_what_a_breach_is_and_whether_law_or_policy_asks_for_awareness(kind: str) -> None:
    for without_notice in (True, False, None):
        found = enforceable(kind_of(kind), Happened(MADE, made_without_notice=without_notice), LATER)
        assert found.breach_is == BREACH[kind]
        if kind in CONDITIONS:
            expected = None
        elif kind in NOTICES or (kind in {"NMO", "DAPO"} and without_notice):
            expected = RequiredBy.LAW
        else:
            expected = RequiredBy.POLICY
        assert found.awareness_required_by == expected
        assert awareness_required_by(kind_of(kind), made_without_notice=without_notice) == expected


@pytest.mark.rule("ORD-12")
@pytest.mark.parametrize(
    ("at", "in_force", "enforced"),
    [
        (MADE - SECOND, Why.NOT_MADE, Why.NOT_MADE),
        (MADE, Why.RUNNING, Why.BEFORE_LIABILITY),
        (SERVED - SECOND, Why.RUNNING, Why.BEFORE_LIABILITY),
        (SERVED, Why.RUNNING, Why.LIABLE),
        (end_of(LAST) - SECOND, Why.RUNNING, Why.LIABLE),
        (end_of(LAST), Why.LAST_DAY_OVER, Why.LAST_DAY_OVER),
    ],
)
def test_each_answer_says_why(at: datetime, in_force: Why, enforced: Why) -> None:
    found = enforceable(kind_of("SPO"), Happened(MADE, served_at=SERVED, last_day=LAST), at)
    assert (found.in_force_because, found.enforceable_because) == (in_force, enforced)
    assert (found.in_force, found.enforceable) == (in_force == Why.RUNNING, enforced == Why.LIABLE)


@pytest.mark.rule("ORD-12")
def test_what_else_stands_in_the_way_is_said() -> None:
    def because(at: datetime = LATER, kind: str = "SPO", **happened: Any) -> tuple[Why, Why]:
        found = enforceable(kind_of(kind), Happened(**{"made_at": MADE} | happened), at)
        return found.in_force_because, found.enforceable_because

    assert because(made_at=None) == (Why.NOT_MADE, Why.NOT_MADE)
    assert because() == (Why.RUNNING, Why.NOT_KNOWN)
    assert because(kind="CPW", served_at=SERVED) == (Why.RUNNING, Why.NO_BREACH)
    assert because(takes_effect_at=LATER + HOUR, served_at=SERVED) == (Why.NOT_BEGUN, Why.NOT_BEGUN)
    assert because(takes_effect_at=LATER, served_at=SERVED) == (Why.RUNNING, Why.LIABLE)
    assert because(ended_at=LATER, served_at=SERVED) == (Why.ENDED, Why.ENDED)
    assert because(ended_at=LATER + SECOND, served_at=SERVED) == (Why.RUNNING, Why.LIABLE)
    assert because(kind="DVPN", at=AWARE, served_at=SERVED) == (Why.NOT_BEGUN, Why.NOT_BEGUN)
    assert because(kind="DVPN", at=MADE - HOUR, served_at=SERVED) == (Why.NOT_BEGUN, Why.NOT_BEGUN)


instants = st.one_of(st.none(), st.integers(-72, 2000).map(lambda n: MADE + n * HOUR))


@pytest.mark.rule("ORD-12")
@given(
    st.sampled_from(list(kinds())),
    st.builds(
        Happened,
        made_at=instants,
        takes_effect_at=instants,
        served_at=instants,
        aware_at=instants,
        last_day=st.one_of(st.none(), st.dates(date(2026, 11, 9), date(2027, 2, 1))),
        ended_at=instants,
        made_without_notice=st.one_of(st.none(), st.booleans()),
    ),
    st.integers(-72, 2000).map(lambda n: MADE + n * HOUR),
)
def test_nobody_is_blamed_outside_the_order_or_before_they_could_know(kind: str, order: Happened, at: datetime) -> None:
    found = enforceable(kind_of(kind), order, at)
    begins = begins_at(kind_of(kind), order)
    if found.liability_from is not None:
        assert begins is not None
        assert found.liability_from >= begins
    if found.enforceable:
        assert found.in_force
        assert found.liability_from is not None
        assert found.liability_from <= at
    if found.in_force:
        assert order.ended_at is None or at < order.ended_at
        assert order.last_day is None or at < end_of(order.last_day)


STARTS = datetime(2026, 6, 30, 9, tzinfo=UTC)
ENDS = date(2026, 7, 10)
MIDNIGHT = datetime(2026, 7, 10, 23, tzinfo=UTC)


@pytest.mark.rule("ORD-13")
@pytest.mark.parametrize(
    ("period", "at", "holds"),
    [
        (Period(STARTS, ENDS), STARTS, True),
        (Period(STARTS, ENDS), STARTS - SECOND, False),
        (Period(STARTS, ENDS), MIDNIGHT - SECOND, True),
        (Period(STARTS, ENDS), MIDNIGHT, False),
        (Period(STARTS, None), datetime(2046, 1, 1, tzinfo=UTC), True),
        (Period(None, ENDS), STARTS, False),
        (Period(STARTS, ENDS, (None, STARTS + HOUR)), STARTS + HOUR, False),
        (Period(STARTS, ENDS, (None, STARTS + HOUR)), STARTS + HOUR - SECOND, True),
        (Period(STARTS, ENDS, (STARTS + HOUR, None)), STARTS + HOUR, False),
    ],
)
def test_an_order_is_in_force_until_midnight_in_london(period: Period, at: datetime, holds: bool) -> None:
    assert period.holds(at) is holds


@pytest.mark.rule("ORD-13")
def test_terms_have_periods_of_their_own_and_never_outlive_their_order() -> None:
    order = Period(STARTS, ENDS)
    early = Term("T1", last_day=date(2026, 7, 1))
    late = Term("T2", starts=STARTS + 48 * HOUR)
    assert term_in_force(Term("T"), order, STARTS)
    assert term_in_force(early, order, STARTS)
    assert not term_in_force(early, order, datetime(2026, 7, 1, 23, tzinfo=UTC))
    assert not term_in_force(late, order, STARTS)
    assert term_in_force(late, order, STARTS + 48 * HOUR)
    assert not term_in_force(Term("T3", last_day=date(2027, 1, 1)), order, MIDNIGHT)
    assert not term_in_force(Term("T4", starts=STARTS - HOUR), order, STARTS - SECOND)


@pytest.mark.rule("ORD-13")
@pytest.mark.parametrize("pending", [True, False])
def test_while_a_cpn_is_under_appeal_its_requirements_are_suspended(pending: bool) -> None:
    order = Period(STARTS, None)
    do, stop = (Term("T", nature=nature) for nature in (Nature.REQUIREMENT, Nature.PROHIBITION))
    assert term_in_force(do, order, STARTS, cpn_appeal_pending=pending) is not pending
    assert term_in_force(stop, order, STARTS, cpn_appeal_pending=pending)
    assert term_in_force(do, order, STARTS)
    assert term_in_force(do, order, STARTS - SECOND, cpn_appeal_pending=pending) is False


def test_the_words_of_the_answers_stay() -> None:
    assert " ".join(Why) == (
        "not_made not_served not_begun running last_day_over ended not_served_and_not_known before_liability liable"
        " cannot_be_breached"
    )
    assert (" ".join(RequiredBy), " ".join(Nature)) == ("law policy", "prohibition requirement")


@pytest.mark.rule("ORD-15")
def test_a_breach_is_judged_by_the_version_in_force_whatever_order_they_are_listed_in() -> None:
    versions = [Version(2, SERVED), Version(1, MADE), Version(3, LATER)]
    for at, n in ((MADE - SECOND, None), (MADE, 1), (SERVED - SECOND, 1), (SERVED, 2), (LATER, 3), (LATER + HOUR, 3)):
        assert version_at(versions, at) == n
    assert version_at([], MADE) is None
    assert version_at([Version(2, MADE), Version(1, MADE)], MADE) == 2


@pytest.mark.rule("ORD-15")
def test_a_variation_says_what_it_added_removed_changed_and_left() -> None:
    before = [Condition("T1", "No contact"), Condition("T2", "100 m"), Condition("T4", "Curfew")]
    after = [Condition("T3", "No drone"), Condition("T2", "500 m"), Condition("T1", "No contact")]
    assert difference(before, after) == Difference(("T3",), ("T4",), ("T2",), ("T1",))
    assert difference([], after) == Difference(("T3", "T2", "T1"), (), (), ())
    assert difference(before, []) == Difference((), ("T1", "T2", "T4"), (), ())
    assert difference(before, before) == Difference((), (), (), ("T1", "T2", "T4"))


@pytest.mark.rule("ORD-15")
@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("No contact", "No contact", [(Part.KEPT, "No contact")]),
        (
            "Not within 100 m of X",
            "Not within 500 m of X",
            [(Part.KEPT, "Not within"), (Part.REMOVED, " 100"), (Part.ADDED, " 500"), (Part.KEPT, " m of X")],
        ),
        ("No contact", "No contact by letter", [(Part.KEPT, "No contact"), (Part.ADDED, " by letter")]),
        ("No contact by letter", "No contact", [(Part.KEPT, "No contact"), (Part.REMOVED, " by letter")]),
        ("", "New", [(Part.ADDED, "New")]),
        ("Old", "", [(Part.REMOVED, "Old")]),
    ],
)
def test_a_changed_condition_shows_its_words(before: str, after: str, parts: list[tuple[Part, str]]) -> None:
    assert changed_words(before, after) == [Words(part, text) for part, text in parts]


@pytest.mark.rule("ORD-15")
@given(st.text("ab \n", max_size=30), st.text("ab \n", max_size=30))
def test_both_texts_can_be_read_back_from_their_difference(before: str, after: str) -> None:
    found = changed_words(before, after)
    assert "".join(one.text for one in found if one.part != Part.ADDED) == before
    assert "".join(one.text for one in found if one.part != Part.REMOVED) == after
