"""A report is published once the force checked its facts, or had its time (SCR-12)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from craffu.common.refusals import NotNow
from craffu.scrutiny.publishing import policies
from craffu.scrutiny.publishing.rules import Correction, Reply, Why, publication, reply_by

pytestmark = pytest.mark.rule("SCR-12")
SENT = date(2026, 12, 18)
LAST = date(2027, 1, 6)
DAY = timedelta(days=1)
REPLY = Reply(date(2027, 1, 4), is_kept=True)


def test_ten_working_days_over_christmas() -> None:
    assert reply_by(SENT) == LAST
    assert reply_by(date(2026, 6, 1)) == date(2026, 6, 15)


def test_without_a_reply_it_waits_out_the_last_day_and_then_says_so() -> None:
    waits = publication(SENT, LAST, None, draft_is_kept=True)
    assert (waits.is_publishable, waits.refusals, waits.no_reply) == (False, ((Why.REPLY_AWAITED, ""),), False)
    over = publication(SENT, LAST + DAY, None, draft_is_kept=True)
    assert (over.is_publishable, over.refusals, over.no_reply, over.reply_by) == (True, (), True, LAST)


def test_with_a_reply_it_may_be_published_before_the_day() -> None:
    made = publication(SENT, date(2027, 1, 4), REPLY, draft_is_kept=True)
    assert (made.is_publishable, made.no_reply) == (True, False)
    late = publication(SENT, LAST + DAY, replace(REPLY, on=LAST + DAY), draft_is_kept=True)
    assert (late.is_publishable, late.no_reply) == (True, False)


def test_both_texts_are_kept() -> None:
    made = publication(SENT, LAST, replace(REPLY, is_kept=False), draft_is_kept=False)
    assert made.refusals == ((Why.DRAFT_NOT_KEPT, ""), (Why.REPLY_NOT_KEPT, ""))
    alone = publication(SENT, LAST + DAY, None, draft_is_kept=False)
    assert (alone.refusals, alone.no_reply) == (((Why.DRAFT_NOT_KEPT, ""),), True)


def test_each_correction_is_taken_or_declined_with_a_reason() -> None:
    asked = [
        Correction("c1"),
        Correction("c2", is_taken=True),
        Correction("c3", is_taken=False),
        Correction("c4", is_taken=False, reason="The record shows the opposite"),
    ]
    made = publication(SENT, LAST, replace(REPLY, corrections=asked), draft_is_kept=True)
    assert made.refusals == ((Why.UNANSWERED, "c1"), (Why.NO_REASON, "c3"))


@pytest.mark.rule("SCR-09")
@pytest.mark.parametrize(
    ("claims", "not_holding", "code"), [(0, [], "nothing_claimed"), (3, [2, 3], "claims_not_holding")]
)
def test_a_report_claims_something_and_all_of_it_holds(claims: int, not_holding: list[int], code: str) -> None:
    policies.check_claims_hold([], claims=1)
    with pytest.raises(NotNow) as refused:
        policies.check_claims_hold(not_holding, claims=claims)
    assert refused.value.code == code
