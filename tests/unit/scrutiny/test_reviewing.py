"""A case as it was known when the frame froze, and whether a second review is one (SCR-07, SCR-11)."""

from datetime import UTC, datetime, timedelta

import pytest

from craffu.scrutiny.reviewing.rules import Edit, NotBlind, pack, why_not_second

FROZEN = datetime(2026, 11, 10, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.rule("SCR-11")
def test_what_was_recorded_when_it_froze_is_shown_and_the_rest_listed() -> None:
    graded = Edit("risk_grade", "standard", FROZEN - 2 * SECOND, "u1")
    again = Edit("risk_grade", "medium", FROZEN, "u1")
    tidied = Edit("risk_grade", "high", FROZEN + SECOND, "u2")
    agreed = Edit("vca", "none", FROZEN + 2 * SECOND, "u6")
    made = pack([agreed, tidied, again, graded], FROZEN)
    assert made.as_known == {"risk_grade": "medium"}
    assert made.later == (tidied, agreed)
    assert pack([tidied], FROZEN - SECOND).as_known == {}


@pytest.mark.rule("SCR-07")
@pytest.mark.parametrize(
    ("second", "saw", "conflict", "why"),
    [
        ("u2", False, False, []),
        ("u1", False, False, [NotBlind.SAME_REVIEWER]),
        ("u2", True, False, [NotBlind.NOT_BLIND]),
        ("u2", False, True, [NotBlind.CONFLICT]),
        ("u1", True, True, [NotBlind.SAME_REVIEWER, NotBlind.NOT_BLIND, NotBlind.CONFLICT]),
    ],
)
def test_a_second_review_is_another_persons_and_blind(
    second: str, *, saw: bool, conflict: bool, why: list[NotBlind]
) -> None:
    assert why_not_second("u1", second, saw_first=saw, has_conflict=conflict) == why
