"""Being told: the Code's limits by version and entitlement, and the hour of what her safety hangs on."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from craffu.victims.notices.code import CODE_2021, Code, CodeEvent, Entitlement, From, Limit
from craffu.victims.notices.rules import (
    CODE_EVENT,
    SafetyEvent,
    Told,
    Warned,
    code_limit,
    entitlement,
    safety_news,
)

pytestmark = pytest.mark.rule("VIC-05")

FRIDAY_NIGHT = datetime(2026, 11, 13, 22, tzinfo=UTC)
ENHANCED, STANDARD = Entitlement.ENHANCED, Entitlement.STANDARD
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("event", "standard", "enhanced", "who", "runs_from", "mark"),
    [
        ("referral_to_support", 2, 2, "police", "event", None),
        ("decision_not_to_investigate", 5, 1, "police", "event", None),
        ("arrested", 5, 1, "police", "event", None),
        ("interviewed_under_caution", 5, 1, "police", "event", None),
        ("no_further_action", 5, 1, "police", "event", None),
        ("bail_or_rui", 5, 1, "police", "event", None),
        ("charge_decision", 5, 1, "police / CPS", "event", "not confirmed"),
        ("out_of_court_disposal", 5, 1, "police", "event", "not confirmed"),
        ("hearing_details", 1, 1, "witness care", "receipt", None),
        ("need_to_give_evidence", 1, 1, "witness care", "receipt", None),
        ("bail_hearing_outcome", 5, 1, "witness care", "receipt", None),
        ("verdict_or_sentence", 1, 1, "witness care", "receipt", None),
        ("appeal_notice_or_result", 1, 1, "witness care", "receipt", "not confirmed"),
        ("victim_contact_scheme_referral", 10, 10, "witness care / police", "sentence", None),
        ("victim_contact_scheme_first_contact", 20, 20, "probation", "referral", None),
    ],
)
def test_the_limits_of_the_code_of_2021(
    event: str, standard: int, enhanced: int, who: str, runs_from: str, mark: str | None
) -> None:
    for entitled, days in ((STANDARD, standard), (ENHANCED, enhanced)):
        limit = code_limit(CodeEvent(event), entitled, FRIDAY_NIGHT)
        assert (limit.days, limit.who, limit.runs_from, limit.mark) == (days, who, runs_from, mark)
        assert limit.status is None
    assert CODE_2021.version == "2021"
    assert set(CODE_2021.limits) == set(CodeEvent)


def test_the_last_day_is_there_to_midnight() -> None:
    end = datetime(2026, 11, 17, tzinfo=UTC)
    told = code_limit(CodeEvent.BAIL_OR_RUI, ENHANCED, FRIDAY_NIGHT, end - SECOND)
    assert (told.due_day, told.status) == (date(2026, 11, 16), Told.ON_TIME)
    assert code_limit(CodeEvent.BAIL_OR_RUI, ENHANCED, FRIDAY_NIGHT, end).status is Told.LATE


def test_another_version_stands_beside_it() -> None:
    draft = Code("draft-2026", {**CODE_2021.limits, CodeEvent.ARRESTED: Limit(3, 2, "police", From.EVENT)})
    assert code_limit(CodeEvent.ARRESTED, STANDARD, FRIDAY_NIGHT, code=draft).days == 3
    assert news(SafetyEvent.ARRESTED_FOR_BREACH, code=draft).outer_from == "Code draft-2026"
    assert news(SafetyEvent.ARRESTED_FOR_BREACH, code=draft).outer_days == 2


@pytest.mark.parametrize("group", ["stalking", "harassment", "breach"])
def test_enhanced_by_default_and_standard_only_with_a_reason(group: str) -> None:
    assert (entitlement(group).entitlement, entitlement(group).why) == (ENHANCED, "default")
    assert (entitlement(group, " ").entitlement, entitlement(group, "").why) == (ENHANCED, "default")
    reasoned = entitlement(group, "Victim asked for the standard service")
    assert (reasoned.entitlement, reasoned.why) == (STANDARD, "reasoned")
    other = entitlement("burglary", "She asked")
    assert (other.entitlement, other.why) == (STANDARD, "default")


AT = datetime(2026, 11, 27, 9, tzinfo=UTC)


def news(event: SafetyEvent = SafetyEvent.RELEASED_FROM_PRISON, entitled: Entitlement = ENHANCED, **given: Any) -> Any:
    return safety_news(event, entitled, AT, given.pop("now", AT + DAY), **given)


@pytest.mark.parametrize(
    ("known", "told", "now", "status"),
    [
        (-DAY, None, -SECOND, Warned.WARNING_DUE),
        (-DAY, -SECOND, DAY, Warned.WARNED),
        (-DAY, 0 * HOUR, DAY, Warned.TOLD_NOT_WARNED),
        (-DAY, HOUR, DAY, Warned.TOLD_NOT_WARNED),
        (-DAY, HOUR + SECOND, DAY, Warned.LATE),
        (-DAY, None, 0 * HOUR, Warned.RUNNING),
        (-DAY, None, HOUR + SECOND, Warned.MISSED),
        (None, None, HOUR, Warned.RUNNING),
        (None, None, HOUR + SECOND, Warned.MISSED),
        (None, HOUR, DAY, Warned.IN_TIME),
        (None, HOUR + SECOND, DAY, Warned.LATE),
        # known only as it happened, or later: nothing to warn of
        (0 * HOUR, None, HOUR, Warned.RUNNING),
        (HOUR, HOUR, DAY, Warned.IN_TIME),
        # not told yet
        (None, 2 * HOUR, HOUR, Warned.RUNNING),
        (None, HOUR, HOUR, Warned.IN_TIME),
    ],
)
def test_she_is_warned_of_what_is_known_before_and_told_of_the_rest_within_the_hour(
    known: timedelta | None, told: timedelta | None, now: timedelta, status: Warned
) -> None:
    answer = news(
        now=AT + now,
        time_known_at=None if known is None else AT + known,
        told_at=None if told is None else AT + told,
    )
    assert (answer.status, answer.tell_by) == (status, AT + HOUR)
    assert answer.warn_before == (AT if known == -DAY else None)


def test_the_hour_runs_from_when_we_learnt_of_it_and_never_from_before_it() -> None:
    assert news(learnt_at=AT + 4 * HOUR).tell_by == AT + 5 * HOUR
    assert news(learnt_at=AT - 4 * HOUR).tell_by == AT + HOUR


@pytest.mark.parametrize(
    ("event", "standard", "enhanced", "outer_from", "mark"),
    [
        ("order_served", 1, 1, "force policy", None),
        ("released_from_police_custody", 5, 1, "Code 2021", None),
        ("released_from_prison", 1, 1, "force policy", None),
        ("bail_conditions_changed", 5, 1, "Code 2021", None),
        ("bail_ended", 5, 1, "Code 2021", None),
        ("arrested_for_breach", 5, 1, "Code 2021", None),
        ("charged_for_breach", 5, 1, "Code 2021", "not confirmed"),
        ("order_ended", 1, 1, "force policy", None),
        ("order_relaxed", 1, 1, "force policy", None),
    ],
)
def test_the_outer_limit_stands_beside_the_hour(
    event: str, standard: int, enhanced: int, outer_from: str, mark: str | None
) -> None:
    for entitled, days in ((STANDARD, standard), (ENHANCED, enhanced)):
        answer = news(SafetyEvent(event), entitled)
        assert (answer.outer_days, answer.outer_from, answer.mark) == (days, outer_from, mark)
    assert set(CODE_EVENT) <= set(SafetyEvent)


@pytest.mark.parametrize(
    ("told", "now", "outer"),
    [
        (None, datetime(2026, 11, 30, 23, 59, tzinfo=UTC), Told.RUNNING),
        (None, datetime(2026, 12, 1, tzinfo=UTC), Told.MISSED),
        (datetime(2026, 11, 30, 23, 59, tzinfo=UTC), datetime(2026, 12, 9, tzinfo=UTC), Told.ON_TIME),
        (datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 9, tzinfo=UTC), Told.LATE),
    ],
)
def test_late_by_the_hour_may_be_in_time_by_the_code(told: datetime | None, now: datetime, outer: Told) -> None:
    answer = news(told_at=told, now=now)
    assert (answer.outer_due_day, answer.outer_status) == (date(2026, 11, 30), outer)
    assert answer.status in (Warned.LATE, Warned.MISSED)


@pytest.mark.rule("VIC-06")
def test_she_is_told_of_an_orders_service_within_the_hour_and_has_its_terms_by_the_next_working_day() -> None:
    answer = news(SafetyEvent.ORDER_SERVED, told_at=AT + HOUR)
    assert (answer.status, answer.outer_due_day) == (Warned.IN_TIME, date(2026, 11, 30))
