"""The life of an order moves only as Annex B allows, and every refused move says why (ORD-03, ORD-09 and the rules it names)."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest

from craffu.access.ranks import Rank
from craffu.access.roles import BY_KEY
from craffu.orders.catalogue.kinds import Family
from craffu.orders.catalogue.reading import kind_of, kinds
from craffu.orders.considering.rules import runs_as_high
from craffu.orders.life.diagram import diagram
from craffu.orders.life.events import ORDER_EVENTS
from craffu.orders.life.rules import (
    AFTER_MAKING,
    LATER_QUASHED,
    SETS_END,
    Actor,
    Appealed,
    Around,
    Moved,
    appealed,
    has_rank,
    is_extended_by_variation,
    is_given,
    least_rank,
    mark_of_breaches,
    move_that_makes,
    moved,
    moves_available,
    unknown_kind,
    wrong_day,
    wrong_end,
)
from craffu.orders.life.states import ENDS, MOVES, NONE, OVER, TABLE, Kinds, OrderStatus
from tests.unit.orders.sources import ABSENT, RULES, annex_table

ROOT = Path(__file__).resolve().parents[3]
MADE = datetime(2026, 11, 10, 15, tzinfo=UTC)
LAST = date(2028, 11, 9)
OVER_AT = datetime(2028, 11, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def whole(move: str) -> dict[str, Any]:
    """Every field a move may need."""
    row = TABLE[move]
    names = [name for need in row.needs for name in need.split("|")]
    return {**dict.fromkeys(names, "something"), "reason_text": "Written in full"}


# What is so where every move is possible.
FINE = Around(
    requested_by="u1",
    decided_by="u2",
    main_status="applied",
    made_at=MADE,
    served_at=MADE,
    lodged_on=LAST,
    last_day=LAST,
    now=OVER_AT,
    risk="standard",
)


def by(role: str, rank: str = "commissioner", id_: str = "u9") -> Actor:
    return Actor(id_, role, rank)


def may(kind: str, state: str, move: str, role: str, given: Mapping[str, Any] | None = None, **around: Any) -> Moved:
    so = {name: getattr(FINE, name) for name in Around.__slots__} | around
    return moved(kind_of(kind), state, move, by(role), whole(move) if given is None else given, Around(**so))


def resolved(words: str) -> set[str]:
    """The kinds that the table of Annex B names in its own words."""
    found: set[str] = set()
    for part in words.split("; "):
        name, _, without = part.partition(" except ")
        family = {kind.code for kind in kinds().values() if kind.family == name}
        found |= (family or {name} | set()) - set(without.split(", "))
    return {one for part in found for one in part.split(", ")}


@pytest.mark.skipif(not RULES.exists(), reason=ABSENT)
@pytest.mark.rule("ORD-09")
def test_the_table_of_moves_is_that_of_annex_b() -> None:
    rows = annex_table("B", columns=6)
    assert [row[0] for row in rows] == list(TABLE)
    for name, starts, to, whose, who, needs in rows:
        move = TABLE[name]
        assert [NONE if start is None else start for start in move.starts] == starts.split(", "), name
        stays = to == "same" or (to == starts and move.to is None)
        assert stays if move.to is None else move.to == to, name
        assert {code for code, kind in kinds().items() if move.kinds.hold(code, kind.family)} == resolved(whose), name
        assert move.who == set(who.split(", ")), name
        listed = [need.replace("next_hearing_on|not_fixed", "next_hearing_on_or_not_fixed") for need in move.needs]
        assert listed == ([need for need in needs.split(", ") if need]), name


@pytest.mark.skipif(not RULES.exists(), reason=ABSENT)
@pytest.mark.rule("ORD-17")
def test_the_statuses_and_the_ends_are_those_of_annex_b() -> None:
    text = RULES.read_text(encoding="utf-8").partition("## Annex B: moves")[2]
    said = re.search(r"States: (.*?) and the ends (.*?)\.", text, re.DOTALL)
    assert said
    running = [name.partition(" (")[0] for name in re.sub(r"\([^)]*\)", "", said[1]).strip(", ").split(", ")]
    ends = said[2].split(", ")
    assert [name.strip() for name in running + ends] == [str(status) for status in OrderStatus]
    assert set(ends) == set(ENDS)


def test_who_moves_holds_a_right_and_every_status_has_its_event() -> None:
    assert {role for move in TABLE.values() for role in move.who} <= set(BY_KEY)
    assert set(ORDER_EVENTS) == set(OrderStatus)
    assert len({one.key for one in ORDER_EVENTS.values()}) == len(OrderStatus)
    assert {OrderStatus.REVOKED, OrderStatus.SUPERSEDED, OrderStatus.QUASHED} == OVER
    assert MOVES[OrderStatus.EXPIRED] == MOVES[OrderStatus.DISCHARGED] == {OrderStatus.QUASHED}


def test_kinds_are_families_without_some_and_some_beside() -> None:
    both = Kinds("AC", frozenset({"ASBI"}), frozenset({"NMO"}))
    held = {code for code, kind in kinds().items() if both.hold(code, kind.family)}
    assert held == {
        "SPO", "ISPO", "SPO_CONV", "SPO_ACQ", "RO_CONV", "RO_ACQ", "NMO", "DVPO", "DAPO", "CBO", "SHPO", "SRO",
    }  # fmt: skip
    assert not Kinds().hold("SPO", "A")


@pytest.mark.rule("ORD-09")
@pytest.mark.parametrize("move", list(TABLE))
def test_a_move_is_made_by_its_roles_from_its_statuses_for_its_kinds_and_by_nothing_else(move: str) -> None:
    """Every kind, status and role against the row, and the first reason that applies in the order of Annex B."""
    row = TABLE[move]
    starts = {NONE if start is None else str(start) for start in row.starts}
    for kind, state, role in product(kinds().values(), [NONE, *OrderStatus, "nowhere"], [*BY_KEY, "nobody"]):
        found = may(kind.code, state, move, role)
        if not row.kinds.hold(kind.code, kind.family):
            by_variation = move == "renew" and kind.code in {"RO_CONV", "RO_ACQ", "DAPO", "NMO", "CBO"}
            why = "extend_by_variation" if by_variation else "not_for_this_type"
        elif state not in starts:
            why = "not_from_this_state"
        elif role not in row.who:
            why = "wrong_role"
        else:
            why = ""
        assert (found.allowed, found.why or "") == (not why, why), (kind.code, state, role)
        assert found.to == (state if why else (row.to or state))


@pytest.mark.rule("ORD-09")
@pytest.mark.parametrize("move", list(TABLE))
def test_a_move_that_lacks_a_field_names_the_first_that_is_missing(move: str) -> None:
    row = TABLE[move]
    kind = next(code for code in kinds() if row.kinds.hold(code, kinds()[code].family))
    start, role = row.starts[0] or NONE, min(row.who)
    for need in row.needs:
        names = ["reason_text"] if need == "reason_text_if_needed" else need.split("|")
        given = {name: value for name, value in whole(move).items() if name not in names}
        needed = need != "reason_text_if_needed" or kind == "SPO"
        found = may(kind, start, move, role, given)
        assert found.why == (f"missing:{names[0]}" if needed else None), need
        for name in names if needed else ():
            assert may(kind, start, move, role, {**given, name: "x"}).allowed
            for nothing in ("", "  ", None, [], False):
                assert may(kind, start, move, role, {**given, name: nothing}).why == f"missing:{names[0]}"
    assert may(kind, start, move, role).allowed
    if row.needs:
        first = row.needs[0].split("|")[0]
        assert may(kind, start, move, role, {}).why == f"missing:{first}"


@pytest.mark.rule("ORD-09")
def test_an_unknown_move_is_refused_before_everything_else() -> None:
    for kind, state, role in (("SPO", "nowhere", "nobody"), ("BAIL", "in_force", "system")):
        found = moved(kind_of(kind), state, "auto_grant", by(role), {}, Around())
        assert found == Moved(allowed=False, to=state, why="unknown_move")
    assert unknown_kind("auto_grant") == "unknown_move"
    assert unknown_kind("grant") == "not_for_this_type"


@pytest.mark.rule("ORD-02")
@pytest.mark.parametrize("risk", ["high", "medium", "standard", None])
@pytest.mark.parametrize(
    ("kind", "move", "role"),
    [
        ("SPO", "decide_apply", "investigator"),
        ("DAPO", "decide_apply", "investigator"),
        ("RO_CONV", "decide_apply", "coordinator"),
        ("NMO", "decide_support", "victim_officer"),
        ("SPO", "decide_not_pursue", "supervisor"),
        ("NMO", "decide_not_pursue", "supervisor"),
        ("SPO", "defer", "orders_team"),
        ("OCC", "defer", "orders_team"),
    ],
)
def test_a_written_reason_is_needed_where_ord_02_asks_for_one(
    kind: str, move: str, role: str, risk: str | None
) -> None:
    needed = kind == "SPO" or (move == "decide_not_pursue" and runs_as_high(risk))
    given = {"reason_code": "c", "review_on": "2026-12-01"}
    found = may(kind, "considering", move, role, given, risk=risk)
    assert found.why == ("missing:reason_text" if needed else None)
    assert may(kind, "considering", move, role, {**given, "reason_text": "Why"}, risk=risk).allowed


RANKS = [
    "constable", "sergeant", "inspector", "chief_inspector", "superintendent", "chief_superintendent",
    "assistant_chief_constable", "deputy_chief_constable", "chief_constable",
]  # fmt: skip
LEAST = {
    "SPO": "superintendent", "SHPO": "superintendent", "SRO": "superintendent", "DVPN": "superintendent", "DVPO": "inspector",
    "DAPN": "inspector", "DAPO": "inspector", "ASBI": "inspector", "CPW": "sergeant", "CPN": "inspector",
}  # fmt: skip


@pytest.mark.rule("ORD-03")
@pytest.mark.parametrize("move", ["authorise", "decline"])
@pytest.mark.parametrize(("kind", "least"), LEAST.items())
def test_an_order_is_authorised_from_its_rank_upwards(kind: str, least: str, move: str) -> None:
    assert least_rank(kind_of(kind)) == least
    for rank in [*RANKS, "", None, "captain"]:
        actor = Actor("u9", "authoriser", rank)
        found = moved(kind_of(kind), "authorising", move, actor, whole(move), FINE)
        high = rank in RANKS and RANKS.index(str(rank)) >= RANKS.index(least)
        assert found.why == (None if high else "rank_too_low")
        assert has_rank(kind_of(kind), rank) is high


@pytest.mark.rule("ORD-03")
def test_metropolitan_ranks_stand_beside_those_they_equal_and_ranks_may_be_written_as_spoken() -> None:
    for rank in ("commander", "deputy_assistant_commissioner", "assistant_commissioner", "deputy_commissioner"):
        assert has_rank(kind_of("SPO"), rank)
    assert has_rank(kind_of("SPO"), "Chief Superintendent")
    assert not has_rank(kind_of("SPO"), "Chief Inspector")
    assert set(Rank) >= set(RANKS)
    assert all(least_rank(kind) is None for kind in kinds().values() if kind.family not in {"A", "B"})
    assert not has_rank(kind_of("NMO"), "commissioner")
    assert least_rank(kind_of("ISPO")) == "superintendent"


@pytest.mark.rule("ORD-03")
def test_nobody_authorises_what_they_asked_for_or_decided() -> None:
    for move, id_ in product(("authorise", "decline"), ("u1", "u2")):
        found = moved(kind_of("SPO"), "authorising", move, by("authoriser", "constable", id_), {}, FINE)
        assert found == Moved(allowed=False, to="authorising", why="self_authorisation")
    low = moved(kind_of("SPO"), "authorising", "authorise", by("authoriser", "constable"), {}, FINE)
    assert low.why == "rank_too_low"
    assert moved(kind_of("SPO"), "authorising", "authorise", by("authoriser"), {}, FINE).why == "missing:reason_text"


@pytest.mark.rule("ORD-03")
def test_only_what_is_authorised_asks_for_another_person() -> None:
    """Whoever decided may lodge: two people are needed for the authorisation, not for every step."""
    actor = Actor("u1", "orders_team", None)
    assert moved(kind_of("SPO"), "authorised", "lodge", actor, whole("lodge"), FINE).allowed


@pytest.mark.rule("ORD-07")
@pytest.mark.parametrize("main", [None, NONE, *OrderStatus])
def test_an_interim_order_is_sought_while_its_main_application_is_live(main: str | None) -> None:
    found = may("ISPO", NONE, "lodge_interim", "orders_team", main_status=main)
    assert found.why == (None if main in {"applied", "adjourned"} else "main_application_not_live")


@pytest.mark.rule("ORD-11")
def test_nothing_is_served_before_it_is_made() -> None:
    def served(at: datetime | None, made: datetime | None = MADE) -> str | None:
        return may("SPO", "granted", "serve", "response_officer", served_at=at, made_at=made).why

    assert served(MADE) is served(MADE + SECOND) is served(None) is served(MADE, None) is None
    assert served(MADE - SECOND) == "served_before_made"


@pytest.mark.rule("ORD-15")
def test_a_renewal_is_lodged_on_or_before_the_last_day() -> None:
    def renewed(on: date | None, last_day: date | None = LAST) -> str | None:
        return may("SPO", "in_force", "renew", "orders_team", lodged_on=on, last_day=last_day).why

    assert renewed(LAST) is renewed(LAST - timedelta(days=1)) is renewed(None) is renewed(LAST, None) is None
    assert renewed(LAST + timedelta(days=1)) == "lodged_after_end"


@pytest.mark.rule("ORD-15")
@pytest.mark.parametrize(
    ("kind", "section", "by_variation"),
    [("OCC", "33", True), ("OCC", 33, True), ("OCC", "s.33", True), ("OCC", "s33", True), ("OCC", "35", False),
     ("OCC", None, False), ("SPO", "33", False)],
)  # fmt: skip
def test_an_occupation_order_under_section_33_is_extended_by_variation(
    kind: str, section: str | int | None, by_variation: bool
) -> None:
    assert is_extended_by_variation(kind_of(kind), section) is by_variation
    found = may(kind, "in_force", "renew", "orders_team", is_extended_by_variation=by_variation)
    assert found.why == ("extend_by_variation" if by_variation else None)


@pytest.mark.rule("ORD-16")
def test_a_locked_order_is_not_discharged_and_is_still_varied() -> None:
    locked = may("SPO", "in_force", "discharge", "orders_team", is_discharge_locked=True)
    assert locked == Moved(allowed=False, to="in_force", why="discharge_locked")
    assert may("SPO", "in_force", "vary", "orders_team", is_discharge_locked=True).allowed
    assert may("SPO", "in_force", "discharge", "orders_team", {}, is_discharge_locked=True).why == (
        "missing:discharged_on"
    )


@pytest.mark.rule("ORD-17")
def test_only_the_daily_clock_expires_and_only_after_the_last_day() -> None:
    def expired(now: datetime | None, last_day: date | None = LAST) -> str | None:
        return may("SPO", "in_force", "expire", "system", now=now, last_day=last_day).why

    assert expired(OVER_AT) is None
    assert expired(OVER_AT - SECOND) == expired(None) == expired(OVER_AT, None) == "not_yet_ended"
    assert may("SPO", "in_force", "expire", "orders_team").why == "wrong_role"
    # In summer London's midnight is an hour before that of UTC.
    summer = date(2028, 7, 10)
    assert expired(datetime(2028, 7, 10, 23, tzinfo=UTC), summer) is None
    assert expired(datetime(2028, 7, 10, 23, tzinfo=UTC) - SECOND, summer) == "not_yet_ended"


@pytest.mark.rule("ORD-17")
def test_no_notice_that_awaits_its_hearing_is_expired_and_no_court_order_revoked() -> None:
    for kind in kinds().values():
        expires = may(kind.code, "in_force", "expire", "system").allowed
        assert expires is (kind.code not in {"DVPN", "DAPN"})
        revokes = may(kind.code, "in_force", "revoke", "orders_team").allowed
        assert revokes is (kind.family == Family.CONDITIONS or kind.code == "CPN")


@pytest.mark.rule("ORD-09")
@pytest.mark.parametrize(
    ("kind", "state", "role", "moves"),
    [
        ("SPO", "none", "investigator", "open_consideration"),
        ("ISPO", "none", "orders_team", "lodge_interim receive"),
        ("SPO", "none", "system", "open_consideration receive"),
        ("BAIL", "none", "probation_liaison", "impose"),
        ("SPO", "considering", "orders_team", "decide_apply decide_not_pursue defer receive"),
        ("SPO", "considering", "coordinator", "decide_apply"),
        ("NMO", "considering", "victim_officer", "decide_support"),
        ("RO_CONV", "decided", "investigator", "ask_prosecutor"),
        ("SPO_CONV", "decided", "investigator", ""),
        ("SPO", "authorising", "authoriser", "authorise decline"),
        ("CPN", "authorised", "investigator", "issue"),
        ("SPO", "applied", "court_liaison", "adjourn grant receive refuse"),
        ("SPO", "adjourned", "orders_team", "adjourn grant refuse withdraw"),
        ("SPO", "refused", "orders_team", "grant_on_appeal reopen"),
        ("DVPO", "refused", "orders_team", "reopen"),
        ("SPO", "granted", "offender_manager", "attempt_service serve"),
        ("ASBI", "granted", "court_liaison", "discharge quash serve vary"),
        ("ISPO", "in_force", "court_liaison", "discharge end_on_determination quash renew vary"),
        ("OCC", "in_force", "orders_team", "discharge quash renew vary"),
        ("NMO", "in_force", "orders_team", "discharge quash vary"),
        ("DVPN", "in_force", "orders_team", "end_on_determination"),
        ("CPN", "in_force", "orders_team", "quash revoke"),
        ("LICENCE", "in_force", "probation_liaison", "revoke vary"),
        ("SPO", "in_force", "system", "discharge expire quash renew vary"),
        ("SPO", "expired", "orders_team", "quash"),
        ("SPO", "quashed", "orders_team", ""),
        ("SPO", "in_force", "response_officer", ""),
        ("SPO", "nowhere", "orders_team", ""),
    ],
)
def test_the_moves_a_role_may_make(kind: str, state: str, role: str, moves: str) -> None:
    assert " ".join(moves_available(kind_of(kind), state, role)) == moves


@pytest.mark.rule("ORD-17")
@pytest.mark.parametrize(
    ("state", "result", "after"),
    [
        *((state, None, state) for state in OrderStatus),
        *((state, "dismissed", state) for state in OrderStatus),
        *((state, "allowed", "quashed") for state in ("granted", "in_force", "expired", "discharged")),
        ("refused", "allowed", "granted"),
        ("revoked", "allowed", "revoked"),
        ("quashed", "allowed", "quashed"),
    ],
)
def test_an_appeal_suspends_nothing_unless_the_court_says_so(state: str, result: str | None, after: str) -> None:
    assert appealed(state, result) == Appealed(suspends=False, state=after, history_kept=True)
    assert appealed(state, result, court_suspends=True).suspends is (result is None)


@pytest.mark.rule("ORD-17")
def test_breaches_of_a_quashed_order_are_marked() -> None:
    assert {state: mark_of_breaches(state) for state in ENDS} == {
        **dict.fromkeys(ENDS),
        OrderStatus.QUASHED: LATER_QUASHED,
    }
    assert LATER_QUASHED == "order later quashed"


@pytest.mark.rule("ORD-09")
def test_a_courts_word_makes_what_waits_for_it_by_one_move_and_nothing_else() -> None:
    makes = {one: move for one in OrderStatus if (move := move_that_makes(one))}
    assert makes == {"considering": "receive", "decided": "receive", "applied": "receive", "adjourned": "grant"}


def test_what_counts_as_given() -> None:
    for something in ("x", ["T1"], True, MADE, LAST):
        assert is_given(something)
    for nothing in ("", " \n", [], None, False):
        assert not is_given(nothing)


@pytest.mark.rule("ORD-09")
def test_the_drawing_in_the_docs_is_current() -> None:
    assert (ROOT / "docs" / "order-states.md").read_text(encoding="utf-8") == diagram()


def test_the_drawing_shows_every_step_and_every_move() -> None:
    drawn = diagram()
    for start, targets in MOVES.items():
        for target in targets:
            assert f"    {start or '[*]'} --> {target}: " in drawn
    for name in TABLE:
        assert re.search(rf"^\| {name} \|", drawn, re.MULTILINE)
    assert [line for line in drawn.splitlines() if line.endswith("--> [*]")] == [
        f"    {status} --> [*]" for status in OrderStatus if status in OVER
    ]
    order = [line.split(":")[0] for line in drawn.splitlines() if " --> " in line]
    assert len(set(order)) == len(order)
    assert all(one != other for one, other in pairwise(order))


@pytest.mark.rule("CLK-09")
@pytest.mark.rule("ORD-15")
@pytest.mark.parametrize(
    ("move", "last_day", "stood_until", "is_indefinite", "why"),
    [
        ("grant", date(2028, 11, 24), None, False, None),
        ("grant", None, None, True, None),
        ("receive", None, None, False, None),
        ("receive", date(2026, 11, 24), None, None, None),
        *((move, date(2026, 11, 23), None, None, "ends_before_it_begins") for move in sorted(SETS_END)),
        ("grant", date(2028, 11, 24), None, True, "two_ends"),
        ("vary", date(2027, 1, 1), date(2028, 1, 1), False, None),
        ("vary", None, date(2028, 1, 1), False, "missing:last_day"),
        ("vary", None, date(2028, 1, 1), None, None),
        ("renew", date(2028, 1, 1), date(2028, 1, 1), None, "renewal_shortens"),
        ("renew", date(2028, 1, 2), date(2028, 1, 1), None, None),
        ("renew", date(2028, 1, 2), None, None, None),
        ("expire", date(2020, 1, 1), date(2020, 1, 1), None, None),
    ],
)
def test_an_end_that_nobody_can_have_meant_is_refused(
    move: str, last_day: date | None, stood_until: date | None, is_indefinite: bool | None, why: str | None
) -> None:
    begins = date(2026, 11, 24)
    assert wrong_end(move, begins, last_day, stood_until, is_indefinite=is_indefinite) == why


@pytest.mark.rule("ORD-13")
@pytest.mark.rule("ORD-15")
@pytest.mark.rule("ORD-17")
def test_what_changes_or_ends_an_order_happened_on_the_day_it_was_made_or_later() -> None:
    day = timedelta(days=1)
    for move in TABLE:
        is_after = move in AFTER_MAKING
        assert wrong_day(move, MADE.date() - day, MADE.date(), None) == ("before_it_was_made" if is_after else None)
        assert wrong_day(move, MADE.date(), MADE.date(), None) is wrong_day(move, MADE.date() - day, None, None) is None
        later = wrong_day(move, MADE.date(), MADE.date(), MADE.date() + day)
        assert later == ("later_words_stand" if move == "vary" else None)
        assert wrong_day(move, MADE.date(), MADE.date(), MADE.date()) is None
        begins = wrong_day(move, MADE.date(), MADE.date(), None, MADE.date() - day)
        assert begins == (None if is_after else "before_it_was_made")
        assert wrong_day(move, MADE.date(), MADE.date(), None, MADE.date()) is None
    ends = {name for name, row in TABLE.items() if row.to in ENDS}
    assert (ends - {"expire"}) | {"vary", "renew"} == AFTER_MAKING
