"""Papers, checked terms, the inbox, transfers, reconciliation and episodes (ORD-06, ORD-08, ORD-18 to ORD-22)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.orders.catalogue.kinds import Family
from craffu.orders.catalogue.reading import kind_of, kinds
from craffu.orders.episodes.rules import Episodes, Instrument, count_episodes
from craffu.orders.inbox.rules import InboxState, Received, Waiting, Wrong, inbox
from craffu.orders.papers.rules import OF_EVERY_CARD, Pack, PackTerm, card_fields, card_lacks, pack_lacks
from craffu.orders.reconciling.rules import RECONCILE_EVERY, Different, Finding, Listed, reconcile
from craffu.orders.terms.rules import Checked, Comparison, Label, WhyNot, check_terms
from craffu.orders.transfers.rules import Because, Receipt, Responsible, Transfer, is_ours_moving_in, transfer

DAY = timedelta(days=1)
TERM = PackTerm("Contact has continued", ["B1"])


def pack(kind: str, **changed: Any) -> list[str]:
    whole: dict[str, Any] = {
        "limbs_with_evidence": kind_of(kind).applying.limbs,
        "terms": [TERM],
        "victim_view": "wants no contact",
        "risk_assessment": "RA-9",
    }
    return pack_lacks(kind_of(kind), Pack(**whole | changed))


@pytest.mark.rule("ORD-06")
@pytest.mark.parametrize("kind", list(kinds()))
def test_a_pack_has_evidence_for_every_limb_of_its_kind(kind: str) -> None:
    limbs = kind_of(kind).applying.limbs
    assert pack(kind) == []
    assert pack(kind, limbs_with_evidence=[]) == [f"limb:{limb}" for limb in limbs]
    for limb in limbs:
        others = [one for one in limbs if one != limb]
        assert pack(kind, limbs_with_evidence=[*others, "something_else"]) == [f"limb:{limb}"]


@pytest.mark.rule("ORD-06")
@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"terms": []}, ["terms"]),
        ({"terms": [TERM, PackTerm(" ", ["B1"])]}, ["term2:necessity"]),
        ({"terms": [PackTerm("Why", [""]), TERM]}, ["term1:behaviour"]),
        ({"terms": [PackTerm("", [])]}, ["term1:necessity", "term1:behaviour"]),
        ({"victim_view": " "}, ["victim_view_or_reason"]),
        ({"victim_view": "", "victim_view_absent_reason": "unsafe to ask"}, []),
        ({"risk_assessment": ""}, ["risk_assessment"]),
        (
            {"limbs_with_evidence": ["order_necessary"], "terms": [], "victim_view": "", "risk_assessment": ""},
            [
                "limb:acts_associated_with_stalking",
                "limb:risk_associated_with_stalking",
                "terms",
                "victim_view_or_reason",
                "risk_assessment",
            ],
        ),
    ],
)
def test_a_pack_says_all_that_it_lacks(changed: dict[str, Any], missing: list[str]) -> None:
    assert pack("SPO", **changed) == missing


SERVICE = ["served_at", "service_method", "service_proof"]
STALKING = ["locality_limit", "term_periods"]
EVERY = [
    "type", "court", "court_case_no", "made_on", "starts_on", "end_or_indefinite", "respondent_name", "respondent_dob",
    "respondent_identifier", "protected_person_ref", "terms", "language", "owner", "next_review_on", "national_system_recorded",
]  # fmt: skip


@pytest.mark.rule("ORD-18")
@pytest.mark.parametrize("kind", list(kinds()))
def test_a_card_has_the_fields_of_its_kind(kind: str) -> None:
    family = kind_of(kind).family
    general = [name for name in EVERY if family != Family.NOTICE or name not in {"court", "court_case_no"}]
    general += STALKING if kind in {"SPO", "ISPO"} else []
    served = [] if family == Family.CONDITIONS else SERVICE
    assert list(OF_EVERY_CARD) == EVERY
    assert list(card_fields(kind_of(kind), proven_aware=False)) == [*general, *served]
    waits_for_service = family == Family.NOTICE or kind in {"OCC", "PHA_INJ", "ASBI"}
    aware = served if waits_for_service else []
    assert list(card_fields(kind_of(kind), proven_aware=True)) == [*general, *aware]
    assert card_lacks(kind_of(kind), {}) == [*general, *served]
    card = dict.fromkeys([*general, *served], "something")
    assert card_lacks(kind_of(kind), card) == []


@pytest.mark.rule("ORD-18")
@pytest.mark.parametrize("nothing", ["", " ", "unknown", " Unknown ", None, [], False])
def test_unknown_is_missing_and_none_is_an_answer(nothing: Any) -> None:
    card: dict[str, Any] = dict.fromkeys([*EVERY, *STALKING, *SERVICE], "none")
    assert card_lacks(kind_of("SPO"), card) == []
    assert card_lacks(kind_of("SPO"), {**card, "language": nothing, "owner": nothing}) == ["language", "owner"]
    assert card_lacks(kind_of("SPO"), {**card, "served_at": nothing}) == ["served_at"]
    assert card_lacks(kind_of("SPO"), {**card, "served_at": nothing}, proven_aware=True) == []


NOT = Label.NOT_CHECKED
GOOD = Comparison(2, "u5", "seal-1")


@pytest.mark.rule("ORD-20")
@pytest.mark.parametrize(
    ("comparisons", "label", "why"),
    [
        ([], NOT, (WhyNot.NOT_COMPARED,)),
        ([Comparison(1, "u5", "seal-1")], NOT, (WhyNot.OTHER_VERSION,)),
        ([Comparison(3, "u5", "seal-1")], NOT, (WhyNot.OTHER_VERSION,)),
        ([Comparison(2, "u3", "seal-1")], NOT, (WhyNot.SAME_PERSON,)),
        ([Comparison(2, None, "seal-1")], NOT, (WhyNot.SAME_PERSON,)),
        ([Comparison(2, "u5", "")], NOT, (WhyNot.NO_IMAGE,)),
        ([Comparison(2, "u3", None)], NOT, (WhyNot.NO_IMAGE, WhyNot.SAME_PERSON)),
        ([Comparison(2, "u3", "seal-1"), Comparison(2, "u5", None)], NOT, (WhyNot.NO_IMAGE, WhyNot.SAME_PERSON)),
        ([Comparison(1, "u5", "seal-1"), Comparison(2, "u3", "seal-1")], NOT, (WhyNot.SAME_PERSON,)),
        ([GOOD], Label.COMPARED, ()),
        ([Comparison(2, "u3", None), GOOD, Comparison(1, "u3", None)], Label.COMPARED, ()),
    ],
)
def test_terms_are_compared_by_a_second_person_with_the_image(
    comparisons: list[Comparison], label: Label, why: tuple[WhyNot, ...]
) -> None:
    found = check_terms(2, "u3", comparisons)
    assert found == Checked(label, why, ("card", "phone", "papers"))
    assert str(label) in {"not checked", "compared"}


FRIDAY = datetime(2026, 11, 13, 16, 30, tzinfo=UTC)
MONDAY = date(2026, 11, 16)


@pytest.mark.rule("ORD-21")
@pytest.mark.parametrize(
    ("now", "changed", "state", "age", "chase", "why"),
    [
        (datetime(2026, 11, 16, 23, 59, tzinfo=UTC), {}, "waiting", 3, False, ()),
        (datetime(2026, 11, 17, tzinfo=UTC), {}, "waiting", 4, True, ()),
        (FRIDAY, {"owner": None}, "waiting", 0, False, (Wrong.NO_OWNER,)),
        (FRIDAY, {"owner": ""}, "waiting", 0, False, (Wrong.NO_OWNER,)),
        (FRIDAY + 9 * DAY, {"matched_at": FRIDAY + 4 * DAY}, "matched", 4, False, ()),
        (FRIDAY + 9 * DAY, {"matched_at": FRIDAY + 4 * DAY, "owner": None}, "matched", 4, False, ()),
        (FRIDAY + 9 * DAY, {"returned_at": FRIDAY + DAY, "return_reason": "not ours"}, "returned", 1, False, ()),
        (FRIDAY + 9 * DAY, {"returned_at": FRIDAY + DAY, "return_reason": " "}, "waiting", 9, True, (Wrong.NO_REASON,)),
        (
            FRIDAY + 9 * DAY,
            {"returned_at": FRIDAY + DAY, "owner": None},
            "waiting",
            9,
            True,
            (Wrong.NO_OWNER, Wrong.NO_REASON),
        ),
    ],
)
def test_a_received_order_waits_until_it_is_matched_or_returned_with_a_reason(
    now: datetime, changed: dict[str, Any], state: str, age: int, chase: bool, why: tuple[Wrong, ...]
) -> None:
    received = Received(**{"at": FRIDAY, "owner": "u3"} | changed)
    assert inbox(received, now) == Waiting(InboxState(state), age, MONDAY, chase, why)


@pytest.mark.rule("ORD-21")
def test_what_comes_on_a_rest_day_is_matched_by_the_end_of_the_next_working_day() -> None:
    sunday = datetime(2026, 11, 15, 12, tzinfo=UTC)
    assert inbox(Received(sunday, "u3"), sunday).match_by == MONDAY
    eve = datetime(2026, 12, 24, 16, tzinfo=UTC)
    assert inbox(Received(eve, "u3"), eve).match_by == date(2026, 12, 29)


SENT = date(2026, 11, 10)
RECEIPT = Receipt(SENT + 2 * DAY, "PS 441 Gwent", "GW/77")


@pytest.mark.rule("ORD-22")
@pytest.mark.parametrize(
    ("sent", "receipt", "after", "answer"),
    [
        (SENT, None, 0, (Responsible.THIS_FORCE, Because.NOT_ACKNOWLEDGED, 0, False)),
        (SENT, None, 7, (Responsible.THIS_FORCE, Because.NOT_ACKNOWLEDGED, 7, False)),
        (SENT, None, 8, (Responsible.THIS_FORCE, Because.NOT_ACKNOWLEDGED, 8, True)),
        (SENT, RECEIPT, 30, (Responsible.OTHER_FORCE, Because.ACKNOWLEDGED, 2, False)),
        (SENT, Receipt(SENT, "PS", "GW"), 0, (Responsible.OTHER_FORCE, Because.ACKNOWLEDGED, 0, False)),
        (SENT, Receipt(SENT - DAY, "PS", "GW"), 8, (Responsible.THIS_FORCE, Because.NOT_ACKNOWLEDGED, 8, True)),
        (SENT, Receipt(None, "PS", "GW"), 8, (Responsible.THIS_FORCE, Because.NOT_ACKNOWLEDGED, 8, True)),
        (SENT, Receipt(SENT, " ", "GW"), 8, (Responsible.THIS_FORCE, Because.NOT_ACKNOWLEDGED, 8, True)),
        (SENT, Receipt(SENT, "PS", " "), 8, (Responsible.THIS_FORCE, Because.NOT_ACKNOWLEDGED, 8, True)),
        (None, None, 0, (Responsible.THIS_FORCE, Because.NOT_SENT, None, True)),
        (None, Receipt(SENT, "PS", ""), 0, (Responsible.THIS_FORCE, Because.NOT_SENT, None, True)),
        (None, RECEIPT, 0, (Responsible.OTHER_FORCE, Because.ACKNOWLEDGED, None, False)),
    ],
)
def test_a_respondent_who_moves_stays_ours_until_the_other_force_says_it_has_them(
    sent: date | None, receipt: Receipt | None, after: int, answer: tuple[Any, ...]
) -> None:
    assert transfer(sent, receipt, SENT + after * DAY) == Transfer(*answer)


@pytest.mark.rule("ORD-22")
def test_one_who_moves_in_is_ours_from_our_own_acknowledgement() -> None:
    assert is_ours_moving_in(SENT)
    assert not is_ours_moving_in(None)


def order(number: str | None, type_: str = "SPO", made: date | None = SENT, last: date | None = None) -> Listed:
    return Listed(number, type_, made, last)


@pytest.mark.rule("ORD-19")
@pytest.mark.parametrize(
    ("register", "court", "compared", "differences"),
    [
        ([], [], 0, []),
        ([order("1")], [order("1")], 1, []),
        ([order(" 1 ")], [order("1")], 1, []),
        ([order("1")], [], 1, [("1", Finding.NOT_IN_COURT_LIST)]),
        ([], [order("1")], 1, [("1", Finding.NOT_ON_REGISTER)]),
        ([order("1")], [order("1", made=SENT + DAY)], 1, []),
        ([order("1")], [order("1", made=SENT - DAY)], 1, []),
        ([order("1")], [order("1", made=SENT - 2 * DAY)], 1, [("1", Finding.MADE)]),
        ([order("1")], [order("1", made=SENT + 2 * DAY)], 1, [("1", Finding.MADE)]),
        ([order("1", made=None)], [order("1")], 1, [("1", Finding.MADE)]),
        ([order("1")], [order("1", made=None)], 1, [("1", Finding.MADE)]),
        ([order("1", made=None)], [order("1", made=None)], 1, []),
        ([order("1", last=SENT)], [order("1")], 1, [("1", Finding.END)]),
        ([order("1", last=SENT)], [order("1", last=SENT + DAY)], 1, [("1", Finding.END)]),
        (
            [order("1", last=SENT)],
            [order("1", "ISPO", SENT + 9 * DAY)],
            1,
            [("1", Finding.TYPE), ("1", Finding.MADE), ("1", Finding.END)],
        ),
        # One case may hold an interim and a full order: type first, then whatever is left.
        ([order("1", "ISPO"), order("1")], [order("1"), order("1", "ISPO")], 2, []),
        ([order("1", "ISPO"), order("1")], [order("1")], 2, [("1", Finding.NOT_IN_COURT_LIST)]),
        ([order("1")], [order("1", "ISPO"), order("1")], 2, [("1", Finding.NOT_ON_REGISTER)]),
        (
            [order("1", "NMO"), order("1", "OCC")],
            [order("1", "SPO")],
            2,
            [("1", Finding.TYPE), ("1", Finding.NOT_IN_COURT_LIST)],
        ),
        (
            [order("3"), order("1")],
            [order("2"), order("3", "NMO")],
            3,
            [("1", Finding.NOT_IN_COURT_LIST), ("2", Finding.NOT_ON_REGISTER), ("3", Finding.TYPE)],
        ),
        # Without a number nothing is anybody else's.
        ([order(None)], [order("")], 2, [(None, Finding.NOT_IN_COURT_LIST), ("", Finding.NOT_ON_REGISTER)]),
        (
            [order(None), order("9")],
            [order("9")],
            2,
            [(None, Finding.NOT_IN_COURT_LIST)],
        ),
    ],
)
def test_the_register_is_compared_with_the_courts_list(
    register: list[Listed], court: list[Listed], compared: int, differences: list[tuple[str | None, Finding]]
) -> None:
    found = reconcile(register, court)
    assert found.compared == compared
    assert found.differences == tuple(Different(*one) for one in differences)
    assert RECONCILE_EVERY == 7 * DAY


listed = st.lists(
    st.builds(
        Listed,
        st.sampled_from([None, "1", "2", "3"]),
        st.sampled_from(["SPO", "ISPO", "NMO"]),
        st.sampled_from([None, SENT, SENT + DAY, SENT + 5 * DAY]),
        st.sampled_from([None, SENT]),
    ),
    max_size=6,
)


@pytest.mark.rule("ORD-19")
@given(listed, listed)
def test_every_order_of_either_side_is_compared_once_and_each_pair_agrees_or_differs(
    register: list[Listed], court: list[Listed]
) -> None:
    found = reconcile(register, court)
    alone = [one for one in found.differences if one.finding in {Finding.NOT_ON_REGISTER, Finding.NOT_IN_COURT_LIST}]
    assert 2 * (found.compared - len(alone)) + len(alone) == len(register) + len(court)
    assert 0 <= found.agreed <= found.compared
    assert (found.agreed == found.compared) is (not found.differences)
    mirrored = reconcile(court, register)
    assert (mirrored.compared, len(mirrored.differences)) == (found.compared, len(found.differences))


def made(episode: str, kind: str, served: int | None, last: int | None) -> Instrument:
    return Instrument(
        episode,
        kind,
        None if served is None else SENT + served * DAY,
        None if last is None else SENT + last * DAY,
    )


@pytest.mark.rule("ORD-08")
@pytest.mark.parametrize(
    ("instruments", "answer"),
    [
        ([], (0, 0, 0, 0, 0)),
        ([made("E1", "full", 0, 0)], (1, 1, 0, 1, 1)),
        ([made("E1", "interim", 0, 9)], (1, 0, 1, 10, 1)),
        ([made("E1", "interim", 0, 9), made("E1", "full", 9, 19)], (1, 1, 0, 20, 1)),
        ([made("E1", "full", 9, 19), made("E1", "interim", 0, 9)], (1, 1, 0, 20, 1)),
        ([made("E1", "interim", 0, 9), made("E1", "full", 12, 19)], (1, 1, 0, 18, 1)),
        ([made("E1", "full", 0, 30), made("E1", "full", 5, 9), made("E1", "full", 31, 31)], (1, 1, 0, 32, 1)),
        ([made("E1", "interim", 0, 9), made("E1", "full", None, 19)], (1, 1, 0, 10, 1)),
        ([made("E1", "full", None, None)], (1, 1, 0, 0, 1)),
        ([made("E1", "full", 5, 4)], (1, 1, 0, 0, 1)),
        ([made("E1", "full", 0, 9), made("E2", "interim", 0, 9)], (2, 1, 1, 20, 2)),
        ([made("E1", "renewal", 0, 9)], (1, 1, 0, 10, 1)),
    ],
)
def test_an_interim_and_a_full_order_are_one_episode_with_one_spell_of_days(
    instruments: list[Instrument], answer: tuple[int, ...]
) -> None:
    assert count_episodes(instruments) == Episodes(*answer)


@pytest.mark.rule("ORD-08")
def test_an_order_until_further_order_is_counted_to_a_day() -> None:
    endless = made("E1", "full", 0, None)
    assert count_episodes([endless], SENT + 9 * DAY).order_days_served == 10
    assert count_episodes([made("E1", "full", 0, 30)], SENT + 9 * DAY).order_days_served == 10
    assert count_episodes([made("E1", "full", 0, 5)], SENT + 9 * DAY).order_days_served == 6
    with pytest.raises(ValueError, match="counted to a day"):
        count_episodes([endless])


@pytest.mark.rule("ORD-08")
@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_days_are_those_a_calendar_would_count(spells: list[tuple[str, int, int]]) -> None:
    days = {(episode, day) for episode, first, last in spells for day in range(first, last + 1)}
    found = count_episodes(made(episode, "full", first, last) for episode, first, last in spells)
    assert found.order_days_served == len(days)
