"""Which of several cases' grades stands at the head of a person's pages (RSK-02)."""

from datetime import timedelta

import pytest

from craffu.cases.risk.badge.rules import CaseStanding, highest
from craffu.cases.risk.rules import Grade, Standing

pytestmark = pytest.mark.rule("RSK-02")

HOUR = timedelta(hours=1)


def graded(case: str, grade: Grade) -> CaseStanding:
    return CaseStanding(case, Standing(grade, grade, None, None, None))


def waits(case: str, hours: int, last: Grade | None = None) -> CaseStanding:
    return CaseStanding(case, Standing(None, last, None, None, hours * HOUR))


@pytest.mark.parametrize(
    ("cases", "shown", "differs"),
    [
        ([graded("A", Grade.STANDARD)], "A", False),
        ([graded("A", Grade.STANDARD), graded("B", Grade.MEDIUM)], "B", True),
        ([graded("A", Grade.MEDIUM), graded("B", Grade.MEDIUM)], "A", False),
        ([graded("A", Grade.MEDIUM), waits("B", 1)], "B", True),
        ([graded("A", Grade.HIGH), waits("B", 100)], "A", True),
        ([waits("A", 1), waits("B", 9)], "B", False),
        ([waits("A", 9), waits("B", 10, Grade.STANDARD)], "B", True),
    ],
)
def test_the_highest_is_shown_and_whether_others_differ(
    cases: list[CaseStanding], shown: str, *, differs: bool
) -> None:
    for order in (cases, cases[::-1]):
        found = highest(order)
        assert found is not None
        assert (found.one.case, found.differs) == (shown, differs)


def test_without_a_case_nothing_is_shown() -> None:
    assert highest([]) is None
