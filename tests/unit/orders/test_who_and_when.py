"""Who sees, moves and edits orders, and what is refused before anything is recorded (ORD-02, ORD-06, ORD-20)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force, User
from craffu.access.roles import ROLE_KEYS
from craffu.audit.actors import Actor
from craffu.common.refusals import NotNow, NotPermitted, Refusal
from craffu.orders.applying.policies import (
    check_is_part_of_pack,
    check_part_is_as_seen,
    check_says_something,
    parts_of,
)
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.considering.policies import check_is_asked_about, check_is_something, check_once_each
from craffu.orders.inbox.policies import check_works_on_it
from craffu.orders.noting.policies import check_asks_for_it, check_is_made, check_is_protected
from craffu.orders.owning.policies import check_can_manage, check_has_an_owner
from craffu.orders.permissions import (
    CONSIDER,
    FOLLOW_UP,
    GIVE_TERMS,
    MANAGE,
    PRINT,
    READ_ADVICE,
    READ_CATALOGUE,
    READ_REVIEWS,
    REVIEW,
    SCAN,
    SEE_A_PART,
    SEE_ALL,
    check_can_consider,
    check_can_enter,
    check_can_follow_up,
    check_can_give,
    check_can_mark,
    check_can_note_court,
    check_can_note_notification,
    check_can_note_terms,
    check_can_note_told,
    check_can_open_paper,
    check_can_own,
    check_can_print,
    check_can_read_catalogue,
    check_can_read_reviews,
    check_can_release_pack,
    check_can_review,
    check_can_scan_pack,
    check_can_sign_review,
    check_can_view_order,
    check_can_view_part,
    check_is_named,
    check_is_somebody,
)
from craffu.orders.reviewing import policies as reviewing
from craffu.orders.reviewing import rules as reviewing_rules
from craffu.orders.terms.policies import (
    check_can_be_compared,
    check_can_be_corrected,
    check_something_is_corrected,
)


def acting(*rights: str, is_person: bool = True) -> Acting:
    user = User(pk=7, username="somebody") if is_person else None
    return Acting(Actor("somebody", "", "demo"), Force(pk=1, code="demo"), frozenset(rights), user=user)


NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def why_refused(check: Callable[..., object], *args: Any, **named: Any) -> str | None:
    try:
        check(*args, **named)
    except Refusal as refusal:
        return refusal.code
    return None


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize(
    ("check", "roles"),
    [
        (check_can_view_order, SEE_ALL),
        (check_can_view_part, (*SEE_ALL, *SEE_A_PART)),
        (check_can_consider, CONSIDER),
        (check_can_own, ("supervisor", "orders_team", "coordinator")),
        (check_can_read_catalogue, READ_CATALOGUE),
        (check_can_note_notification, (*MANAGE, "response_officer")),
        (check_can_note_terms, GIVE_TERMS),
        (check_can_note_told, (*MANAGE, *GIVE_TERMS)),
        (check_can_follow_up, FOLLOW_UP),
        (check_can_note_court, MANAGE),
        (check_can_scan_pack, SCAN),
        (check_can_release_pack, ("supervisor",)),
        (check_can_review, REVIEW),
        (check_can_read_reviews, READ_REVIEWS),
        (check_can_sign_review, ("supervisor",)),
        (check_can_mark, PRINT),
        (check_can_enter, PRINT),
        (lambda by: check_can_open_paper(by, is_sealed_order=True), (*SEE_ALL, *SEE_A_PART)),
        (lambda by: check_can_open_paper(by, is_sealed_order=False), SEE_ALL),
        (lambda by: check_can_open_paper(by, is_sealed_order=False, is_privileged=True), READ_ADVICE),
        (lambda by: check_can_open_paper(by, is_sealed_order=True, is_privileged=True), READ_ADVICE),
        (lambda by: check_can_print(by, "card"), (*SEE_ALL, *SEE_A_PART)),
        (lambda by: check_can_print(by, "bundle"), PRINT),
    ],
)
def test_each_role_sees_and_does_what_is_its_own(check: Callable[..., object], roles: tuple[str, ...]) -> None:
    let = {role for role in ROLE_KEYS if why_refused(check, acting(role)) is None}
    assert let == set(roles) & set(ROLE_KEYS)


@pytest.mark.rule("ORD-09")
def test_a_move_is_a_persons_or_our_own_clocks_and_a_decision_a_persons_alone() -> None:
    nobody, clock = acting("orders_team", is_person=False), acting("system", is_person=False)
    assert why_refused(check_is_named, nobody) == "nobody"
    assert why_refused(check_is_named, clock) is None
    assert why_refused(check_is_named, acting("orders_team")) is None
    assert [why_refused(check_is_somebody, one) for one in (nobody, clock)] == ["nobody", "nobody"]
    assert check_is_somebody(acting("investigator")).username == "somebody"


@pytest.mark.rule("ORD-06")
def test_a_pack_has_the_parts_of_its_kind_and_each_says_something() -> None:
    kind = kind_of("SPO")
    assert all(why_refused(check_is_part_of_pack, part, kind) is None for part in parts_of(kind))
    assert why_refused(check_is_part_of_pack, "weather", kind) == "no_such_part"
    assert why_refused(check_says_something, "Statement of 3 May") is None
    assert why_refused(check_says_something, " \n") == "no_words"
    for seen, last, code in ((None, 4, None), (0, 0, None), (4, 4, None), (7, 4, None), (3, 4, "changed_meanwhile")):
        assert why_refused(check_part_is_as_seen, seen, last) == code


@pytest.mark.rule("ORD-02")
def test_one_step_decides_something_each_kind_once_and_asks_about_what_bears_on_it() -> None:
    assert why_refused(check_is_something, ["SPO"]) is None
    assert why_refused(check_is_something, []) == "nothing_decided"
    assert why_refused(check_once_each, ["SPO", "NMO"]) is None
    assert why_refused(check_once_each, ["SPO", "SPO"]) == "decided_twice"
    assert why_refused(check_is_asked_about, is_asked=True) is None
    assert why_refused(check_is_asked_about, is_asked=False) == "no_such_fact"


@pytest.mark.rule("ORD-20")
@pytest.mark.parametrize(
    ("is_image", "is_last", "why"),
    [(True, True, None), (False, True, "no_image"), (True, False, "not_standing"), (False, False, "no_image")],
)
def test_terms_are_compared_with_an_image_while_they_stand(*, is_image: bool, is_last: bool, why: str | None) -> None:
    assert why_refused(check_can_be_compared, is_image=is_image, is_last=is_last) == why


@pytest.mark.rule("ORD-20")
@pytest.mark.parametrize(
    ("is_made", "differs", "why"),
    [(True, True, None), (False, True, "not_made"), (True, False, "no_difference"), (False, False, "not_made")],
)
def test_terms_are_put_right_where_somebody_found_a_difference(
    *, is_made: bool, differs: bool, why: str | None
) -> None:
    assert why_refused(check_can_be_corrected, is_made=is_made, differs=differs) == why


@pytest.mark.rule("ORD-20")
def test_words_as_they_stand_put_nothing_right() -> None:
    assert why_refused(check_something_is_corrected, is_same=False) is None
    assert why_refused(check_something_is_corrected, is_same=True) == "nothing_corrected"


def test_what_somebody_may_not_is_told_apart_from_what_cannot_be_now() -> None:
    with pytest.raises(NotPermitted):
        check_is_named(acting(is_person=False))
    with pytest.raises(NotNow):
        check_is_something([])


SOMEBODY, ANOTHER = User(pk=7, username="somebody"), User(pk=8, username="another")


@pytest.mark.rule("ORD-18")
@pytest.mark.parametrize(
    ("owner", "to", "roles"),
    [
        (None, SOMEBODY, MANAGE),
        (SOMEBODY, ANOTHER, MANAGE),
        (SOMEBODY, None, MANAGE),
        (None, ANOTHER, ("supervisor", "orders_team", "coordinator")),
        (None, None, ("supervisor", "orders_team", "coordinator")),
        (ANOTHER, SOMEBODY, ("supervisor", "orders_team", "coordinator")),
        (ANOTHER, None, ("supervisor", "orders_team", "coordinator")),
    ],
    ids=["taken", "handed on", "given back", "given", "nobody's", "taken from another", "taken away"],
)
def test_who_manages_an_order_takes_it_hands_it_on_or_is_given_it(
    owner: User | None, to: User | None, roles: tuple[str, ...]
) -> None:
    let = {role for role in ROLE_KEYS if why_refused(check_can_give, acting(role), owner=owner, to=to) is None}
    assert let == set(roles)
    assert why_refused(check_can_give, acting("supervisor", is_person=False), owner=owner, to=to) == "nobody"


@pytest.mark.rule("ORD-18")
@pytest.mark.parametrize(
    ("is_active", "manages", "is_shut", "why"),
    [
        (True, True, False, None),
        (False, True, False, "account_closed"),
        (True, False, False, "does_not_manage"),
        (True, True, True, "beyond_them"),
    ],
)
def test_an_order_goes_to_whoever_can_manage_it(
    *, is_active: bool, manages: bool, is_shut: bool, why: str | None
) -> None:
    to = User(username="another", is_active=is_active)
    assert why_refused(check_can_manage, to, manages=manages, is_shut=is_shut) == why


@pytest.mark.rule("ORD-18")
def test_what_is_over_is_given_to_nobody() -> None:
    assert why_refused(check_has_an_owner, is_over=False) is None
    assert why_refused(check_has_an_owner, is_over=True) == "order_is_over"


@pytest.mark.rule("CLK-03")
@pytest.mark.rule("VIC-06")
def test_what_is_noted_happened_under_an_order_that_was_made_and_asks_for_it() -> None:
    assert why_refused(check_is_made, None, NOON) == "not_made"
    assert why_refused(check_is_made, NOON, NOON - timedelta(minutes=1)) == "before_made"
    assert why_refused(check_is_made, NOON, NOON) is None
    assert why_refused(check_asks_for_it, is_asked=False) == "no_duty"
    assert why_refused(check_asks_for_it, is_asked=True) is None
    assert why_refused(check_is_protected, is_protected=False) == "not_protected"
    assert why_refused(check_is_protected, is_protected=True) is None
    checks = (
        check_can_note_notification, check_can_note_terms, check_can_scan_pack, check_can_release_pack, check_can_follow_up,
        check_can_review, check_can_sign_review,
    )  # fmt: skip
    for check in checks:
        assert why_refused(check, acting("supervisor", is_person=False)) == "nobody"


@pytest.mark.rule("ORD-21")
@pytest.mark.parametrize(
    ("is_active", "works_on_it", "why"),
    [(False, True, "account_closed"), (True, False, "not_their_queue"), (True, True, None)],
)
def test_work_goes_to_somebody_who_does_it_and_is_there(is_active: bool, works_on_it: bool, why: str | None) -> None:
    if why is None:
        check_works_on_it(is_active=is_active, works_on_it=works_on_it)
        return
    with pytest.raises(NotNow) as refused:
        check_works_on_it(is_active=is_active, works_on_it=works_on_it)
    assert refused.value.code == why


@pytest.mark.rule("REV-02")
@pytest.mark.rule("REV-03")
@pytest.mark.parametrize(
    ("check", "lets", "refuses", "code"),
    [
        (reviewing.check_protects_somebody, {"records": [7]}, {"records": []}, "protects_nobody"),
        (reviewing.check_none_waits, {"waits": False}, {"waits": True}, "review_waits"),
        (reviewing.check_was_read, {"is_read": True}, {"is_read": False}, "not_read"),
        (reviewing.check_effect_is_said, {"effect": "None"}, {"effect": " "}, "effect_missing"),
        (
            reviewing.check_has_an_end,
            {"decision": "renew", "last_day": NOON.date()},
            {"decision": "let_expire", "last_day": None},
            "has_no_end",
        ),
        (
            reviewing.check_has_an_end,
            {"decision": "vary", "last_day": None},
            {"decision": "renew", "last_day": None},
            "has_no_end",
        ),
        (reviewing.check_may_close, {"why": []}, {"why": ["V1:no_view", "self_sign_off"]}, "no_view"),
        (reviewing.check_waits, {"waits": True}, {"waits": False}, "review_does_not_wait"),
        (
            reviewing.check_says_why_not,
            {"agrees": True, "words": ""},
            {"agrees": False, "words": " "},
            "reason_missing",
        ),
        (
            reviewing.check_says_why_not,
            {"agrees": False, "words": "Ask"},
            {"agrees": False, "words": ""},
            "reason_missing",
        ),
        (reviewing.check_applies, {"applies": True}, {"applies": False}, "applies_for_nothing"),
        (reviewing.check_not_applied, {"is_applied": False}, {"is_applied": True}, "applied_already"),
    ],
)
def test_what_stands_in_the_way_of_a_review_is_said(
    check: Callable[..., None], lets: dict[str, Any], refuses: dict[str, Any], code: str
) -> None:
    assert why_refused(check, **lets) is None
    assert why_refused(check, **refuses) == code


@pytest.mark.rule("REV-01")
@pytest.mark.parametrize(
    ("is_reviewed", "status", "code"),
    [
        (True, "in_force", None),
        (True, "granted", None),
        (True, "expired", "not_standing_now"),
        (False, "in_force", "not_reviewed"),
    ],
)
def test_an_order_is_reviewed_while_it_stands(*, is_reviewed: bool, status: str, code: str | None) -> None:
    assert why_refused(reviewing.check_review_open, is_reviewed=is_reviewed, status=status) == code
    families = {kind_of(kind).family in reviewing.REVIEWED for kind in ("SPO", "RO_CONV", "NMO")}
    assert families == {True}
    assert {kind_of(kind).family in reviewing.REVIEWED for kind in ("BAIL", "DVPN")} == {False}


@pytest.mark.rule("REV-03")
def test_nobody_agrees_to_their_own_review_and_every_obstacle_has_words() -> None:
    me, other = User(pk=1, username="me"), User(pk=2, username="other")
    assert why_refused(reviewing.check_is_another, me, other) is None
    assert why_refused(reviewing.check_is_another, me, me) == "own_review"
    today = NOON.date()
    day = timedelta(days=1)
    assert why_refused(reviewing.check_day_of_application, today, today, today) is None
    assert why_refused(reviewing.check_day_of_application, today + day, today, today) == "ahead"
    assert why_refused(reviewing.check_day_of_application, today - day, today, today) == "before_review"
    codes = {value for name, value in vars(reviewing_rules).items() if name.isupper() and isinstance(value, str)}
    assert all(reviewing.why_words(f"V1:{one}") for one in codes)
    assert "three, on two days" in reviewing.why_words("V1:attempts_too_few")
