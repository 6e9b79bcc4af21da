"""Which incidents are offered as possible breaches, with which doubts, by when they are decided, and what a decision needs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.breaches.detecting import clocks
from craffu.breaches.detecting.clocks import Contacted, Inspector, Standing, first_contact
from craffu.breaches.detecting.rules import (
    Bound,
    Channel,
    Decision,
    Flag,
    Happened,
    WhyNot,
    are_namesakes,
    detect,
    why_not_decided,
)
from craffu.cases.risk.rules import Grade
from craffu.common.reasons import SHORTEST_REASON
from craffu.linkage.rules import Thresholds
from craffu.orders.conditions.rules import ConditionType as C

pytestmark = pytest.mark.rule("BRC-06")
MADE = datetime(2026, 6, 1, 10, tzinfo=UTC)
SERVED = MADE + timedelta(days=1)
AT = datetime(2026, 11, 1, 21, tzinfo=UTC)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
ORDER = Bound(MADE, SERVED, frozenset({"V1"}), frozenset(C), date(2026, 11, 24))
TEXT = Happened("V1", 0.999, Channel.TEXT, AT)


@pytest.mark.parametrize(
    ("channel", "barred"),
    [
        *((Channel(one), "channel:no_contact_direct") for one in ("call", "text", "email", "online", "letter")),
        (Channel.IN_PERSON, "approach channel:no_contact_direct"),
        (Channel.GIFT, "channel:no_contact_direct channel:no_contact_indirect"),
        (Channel.THIRD_PARTY, "channel:no_contact_indirect"),
        (Channel.POST, "channel:no_online_reference"),
        (None, "protected_person"),
    ],
)  # fmt: skip
def test_what_reached_somebody_names_the_conditions_that_forbid_it(channel: Channel | None, barred: str) -> None:
    assert " ".join(detect(replace(TEXT, channel=channel), ORDER).reasons) == barred
    nothing = replace(ORDER, conditions=frozenset({C.CURFEW}))
    assert detect(replace(TEXT, channel=channel), nothing).reasons == ("protected_person",), (
        "somebody looks all the same"
    )
    for condition in {one.removeprefix("channel:") for one in barred.split() if one.startswith("channel:")}:
        only = replace(ORDER, conditions=frozenset({C(condition)}))
        assert detect(replace(TEXT, channel=channel), only).reasons == (f"channel:{condition}",)


@pytest.mark.parametrize(
    ("victim", "in_zone", "conditions", "reasons"),
    [
        ("V9", True, {C.EXCLUSION_ZONE}, ("place:exclusion_zone",)),
        (None, True, {C.EXCLUSION_ZONE}, ("place:exclusion_zone",)),
        ("V9", True, {C.NO_APPROACH}, ()),
        ("V9", False, {C.EXCLUSION_ZONE}, ()),
        ("V9", None, {C.EXCLUSION_ZONE}, ()),
        (None, None, {C.EXCLUSION_ZONE, C.NO_CONTACT_DIRECT}, ()),
        ("V1", True, {C.EXCLUSION_ZONE}, ("place:exclusion_zone",)),
        ("V1", False, {C.EXCLUSION_ZONE}, ("protected_person",)),
    ],
)
def test_a_zone_is_everybodys_and_contact_the_protected_persons(
    victim: str | None, in_zone: bool | None, conditions: set[C], reasons: tuple[str, ...]
) -> None:
    order = replace(ORDER, conditions=frozenset(conditions))
    found = detect(replace(TEXT, victim=victim, channel=Channel.CALL, in_zone=in_zone), order)
    assert (found.reasons, found.is_possible) == (reasons, bool(reasons))


MIDNIGHT = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last", "changed", "flags"),
    [
        (MADE, None, {}, {Flag.NOT_ENFORCEABLE}),
        (MADE - SECOND, None, {}, None),
        (MADE - SECOND, MADE, {}, {Flag.NOT_ENFORCEABLE, Flag.TIME_UNCERTAIN}),
        (SERVED - SECOND, None, {}, {Flag.NOT_ENFORCEABLE}),
        (SERVED, None, {}, set()),
        (SERVED - SECOND, SERVED, {}, {Flag.TIME_UNCERTAIN}),
        (MIDNIGHT - SECOND, None, {}, set()),
        (MIDNIGHT, None, {}, None),
        (MIDNIGHT - SECOND, MIDNIGHT, {}, {Flag.TIME_UNCERTAIN}),
        (MIDNIGHT - HOUR, MIDNIGHT - SECOND, {}, set()),
        # ended before its last day, and never to end
        (AT, None, {"ended_at": AT}, None),
        (AT, None, {"ended_at": AT + SECOND}, set()),
        (MIDNIGHT + HOUR, None, {"ended_at": MIDNIGHT + 9 * HOUR}, None),
        (MIDNIGHT + HOUR, None, {"last_day": None}, set()),
        (MIDNIGHT + HOUR, None, {"last_day": None, "ended_at": MIDNIGHT + 2 * HOUR}, set()),
        # not made, or not known of
        (AT, None, {"effect_from": None}, None),
        (AT, None, {"known_from": None}, {Flag.NOT_ENFORCEABLE}),
    ],
)
def test_when_it_happened_is_held_against_the_orders_time(
    first: datetime, last: datetime | None, changed: dict[str, Any], flags: set[Flag] | None
) -> None:
    found = detect(replace(TEXT, first_at=first, last_at=last), replace(ORDER, **changed))
    assert (set(found.flags) if found.is_possible else None) == flags


@pytest.mark.parametrize(
    ("link", "flags"), [(0.4999, None), (0.5, ["identity_not_confirmed"]), (0.9899, ["identity_not_confirmed"]), (0.99, [])]
)  # fmt: skip
def test_whose_doing_it_was_is_as_sure_as_the_link(link: float, flags: list[str] | None) -> None:
    found = detect(replace(TEXT, suspect_link=link), ORDER)
    assert (list(found.flags) if found.is_possible else None) == flags
    raised = detect(replace(TEXT, suspect_link=link), ORDER, Thresholds(auto=0.999, clerical=0.999))
    assert raised.is_possible is False


@given(
    link=st.floats(0, 1), hours=st.integers(-9_000, 9_000), width=st.integers(0, 99), channel=st.sampled_from(Channel)
)
def test_nothing_outside_its_time_is_offered_and_what_is_offered_says_why(
    link: float, hours: int, width: int, channel: Channel
) -> None:
    first = MADE + hours * HOUR
    found = detect(Happened("V1", link, channel, first, first + width * HOUR), ORDER)
    assert found.is_possible is (link >= 0.5 and first < MIDNIGHT and first + width * HOUR >= MADE)
    assert found.is_possible or not found.flags
    assert list(found.reasons) == sorted(set(found.reasons))
    assert list(found.flags) == [flag for flag in Flag if flag in found.flags]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("accept", "u1", "He rang from her sister’s telephone"), None),
        (("accept", "u1", "yes"), WhyNot.REASON),
        (("accept", "u1"), WhyNot.REASON),
        (("reject", "u1", " " * 20), WhyNot.REASON),
        (("reject", "u1", "x" * SHORTEST_REASON), None),
        (("reject", "u1", "x" * (SHORTEST_REASON - 1)), WhyNot.REASON),
        (("reject", "system", "x" * 50), WhyNot.A_PERSON),
        (("duplicate", "u1"), WhyNot.DUPLICATE_OF),
        (("needs_enquiries", "u1", "x" * 50), WhyNot.NO_DECISION),
        (("anything", "u1", "x" * 50), WhyNot.UNKNOWN),
    ],
)
def test_a_decision_is_a_persons_and_has_its_reason(said: tuple[str, ...], why: WhyNot | None) -> None:
    decision, by, *reason = said
    assert why_not_decided(decision, by, reason=reason[0] if reason else "") is why


def test_a_duplicate_says_of_what() -> None:
    assert why_not_decided("duplicate", "u1", duplicate_of="B-540") is None


RISKS = [(Grade.HIGH, 4, 4), (None, 4, 4), (Grade.MEDIUM, 12, 24), (Grade.STANDARD, 12, 24)]


@pytest.mark.rule("BRC-05")
@pytest.mark.parametrize(("risk", "decide", "contact"), RISKS)
def test_the_hours_run_by_risk_and_over_the_night_the_clocks_go_forward(
    risk: Grade | None, decide: int, contact: int
) -> None:
    raised = datetime(2026, 3, 28, 22, tzinfo=UTC)
    assert clocks.decide_by(raised, risk) == raised + decide * HOUR
    assert clocks.contact_by(raised, risk) == raised + contact * HOUR
    found = clocks.clock(raised, risk, raised)
    assert (found.decide_by, found.contact_by) == (raised + decide * HOUR, raised + contact * HOUR)
    assert found.heightened_until == date(2026, 4, 25)


@pytest.mark.parametrize(
    ("now", "decided", "raised_before", "standing", "told", "new"),
    [
        (4 * HOUR, None, (), Standing.RUNNING, 0, 0),
        (4 * HOUR + SECOND, None, (), Standing.OVERDUE, 1, 1),
        (9 * HOUR, None, ("duty_inspector",), Standing.OVERDUE, 1, 0),
        (9 * HOUR, 4 * HOUR, (), Standing.ON_TIME, 0, 0),
        (9 * HOUR, 4 * HOUR + SECOND, (), Standing.LATE, 1, 1),
        (9 * HOUR, 4 * HOUR + SECOND, ("duty_inspector",), Standing.LATE, 1, 0),
        # what is decided after this instant is not decided yet
        (3 * HOUR, 5 * HOUR, (), Standing.RUNNING, 0, 0),
        (4 * HOUR, 4 * HOUR, (), Standing.ON_TIME, 0, 0),
    ],
)
def test_undecided_past_its_limit_it_is_the_duty_inspectors_once(
    now: timedelta, decided: timedelta | None, raised_before: tuple[str, ...], standing: Standing, told: int, new: int
) -> None:
    found = clocks.clock(
        AT, None, AT + now, decided_at=None if decided is None else AT + decided, already_raised=raised_before
    )
    inspector = (Inspector.DUTY_INSPECTOR,)
    assert found.standing is standing
    assert (found.escalated_to, found.new_escalations) == (inspector * told, inspector * new)


@pytest.mark.rule("BRC-05")
@pytest.mark.parametrize(
    ("contacted", "now", "stands"),
    [
        (None, 0 * HOUR, Contacted.RUNNING),
        (None, SECOND, Contacted.MISSED),
        (0 * HOUR, HOUR, Contacted.ON_TIME),
        (SECOND, HOUR, Contacted.LATE),
        (HOUR, 0 * HOUR, Contacted.RUNNING),
        (HOUR, HOUR, Contacted.LATE),
    ],
)
def test_the_first_contact_stands_against_its_clock(
    contacted: timedelta | None, now: timedelta, stands: Contacted
) -> None:
    assert first_contact(AT, None if contacted is None else AT + contacted, AT + now) is stands


@pytest.mark.parametrize(
    ("keys", "stay"),
    [
        (Channel, "in_person call text email online letter gift third_party post"),
        (Flag, "time_uncertain identity_not_confirmed not_enforceable_at_time"),
        (Decision, "accept reject duplicate needs_enquiries"),
        (
            WhyNot,
            "a_person_must_decide unknown_decision no_decision_the_clock_runs_on missing:duplicate_of reason_too_short",
        ),
        (Contacted, "running on_time late missed"),
        (Standing, "running overdue on_time late"),
        (Inspector, "duty_inspector"),
    ],
)
def test_keys_stay(keys: Any, stay: str) -> None:
    assert " ".join(keys) == stay


@pytest.mark.rule("BRC-06")
@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("sian rees", "sian rees", True),
        ("sian rees", "sian mair rees", True),
        ("sian mair rees", "rees sian", True),
        ("dafydd adams", "david harry adams", True),
        ("jane rees", "sian mair rees", True),
        ("sian rees", "sian powell", False),
        ("sian mair rees", "sian gwen rees", False),
        ("rees", "sian rees", False),
        ("rees rees", "sian rees", False),
        ("", "sian rees", False),
        ("", "", False),
    ],
)
def test_a_name_may_be_anothers_where_every_word_of_the_shorter_is_met(one: str, other: str, is_one: bool) -> None:
    assert are_namesakes(one.split(), other.split()) is is_one
    assert are_namesakes(other.split(), one.split()) is is_one


@pytest.mark.rule("ORD-13")
def test_an_order_that_ended_on_a_day_is_not_taken_to_have_ended_at_its_first_midnight() -> None:
    """Until the hearing of that day it bound: what was done in the morning is looked at, as uncertain."""
    ended = replace(ORDER, last_day=None, ended_at=datetime(2026, 11, 2, tzinfo=UTC))
    morning = replace(TEXT, first_at=datetime(2026, 11, 2, 9, tzinfo=UTC))
    found = detect(morning, ended)
    assert found.reasons
    assert Flag.TIME_UNCERTAIN in found.flags
    assert Flag.TIME_UNCERTAIN not in detect(replace(morning, first_at=AT), ended).flags
    assert not detect(replace(morning, first_at=datetime(2026, 11, 3, tzinfo=UTC)), ended).reasons
    at_noon = replace(ended, ended_at=datetime(2026, 11, 2, 12, tzinfo=UTC))
    assert not detect(replace(morning, first_at=at_noon.ended_at), at_noon).reasons, "its time is known"
    ran_out = replace(ended, last_day=date(2026, 11, 1))
    assert not detect(morning, ran_out).reasons, "it ran out at the midnight before"
