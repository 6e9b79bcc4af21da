"""A recommendation's log, and the clocks of answers (SCR-10)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from craffu.scrutiny.recommending.rules import (
    ANSWERS,
    LIVE,
    MOVES,
    Counting,
    Entry,
    Lacks,
    ReportBy,
    Status,
    due_on,
    entry_lacks,
    is_overdue,
    log_lacks,
    response_clock,
    status_of,
)

pytestmark = pytest.mark.rule("SCR-10")
DUE = date(2026, 12, 31)
DAY = timedelta(days=1)
ACCEPTED = Entry(Status.ACCEPTED, owner="Supt Crime", due_on=DUE)
IN_PART = replace(ACCEPTED, status=Status.ACCEPTED_IN_PART, reason="One post only")
REJECTED = Entry(Status.REJECTED, reason="Another force does it")
CLOSED = Entry(Status.CLOSED, evidence="doc-4")
REOPENED = Entry(Status.REOPENED, reason="It fell back", due_on=DUE + DAY)


@pytest.mark.parametrize("entry", [ACCEPTED, IN_PART, REJECTED, CLOSED, REOPENED], ids=lambda entry: entry.status)
def test_an_entry_that_says_all_lacks_nothing(entry: Entry) -> None:
    assert entry_lacks(entry) == []


@pytest.mark.parametrize(
    ("entry", "lacks"),
    [
        (replace(ACCEPTED, owner=""), [Lacks.OWNER]),
        (replace(ACCEPTED, due_on=None), [Lacks.DUE]),
        (Entry(Status.ACCEPTED_IN_PART), [Lacks.REASON, Lacks.OWNER, Lacks.DUE]),
        (Entry(Status.REJECTED), [Lacks.REASON]),
        (Entry(Status.REOPENED), [Lacks.REASON, Lacks.DUE]),
        (Entry(Status.CLOSED), [Lacks.EVIDENCE]),
        (replace(CLOSED, metric_met=False), [Lacks.METRIC]),
        (Entry(Status.CLOSED, metric_met=False), [Lacks.EVIDENCE, Lacks.METRIC]),
        (replace(CLOSED, metric_met=True), []),
        (replace(REJECTED, metric_met=False), []),
    ],
)
def test_an_entry_says_what_its_status_asks(entry: Entry, lacks: list[Lacks]) -> None:
    assert entry_lacks(entry) == lacks


def test_no_answer_is_no_answer() -> None:
    assert (log_lacks([]), status_of([]), is_overdue([], DUE)) == ([Lacks.NO_RESPONSE], Status.AWAITING_RESPONSE, False)


def test_a_log_goes_by_its_steps() -> None:
    assert log_lacks([ACCEPTED, ACCEPTED, CLOSED, REOPENED, REOPENED, CLOSED]) == []
    assert log_lacks([REJECTED, IN_PART, CLOSED]) == []
    for log in ([CLOSED], [REOPENED], [REJECTED, CLOSED], [ACCEPTED, REOPENED], [ACCEPTED, CLOSED, ACCEPTED]):
        assert log_lacks(log) == [Lacks.NOT_A_STEP], [one.status for one in log]
    # An earlier fault is not mended by a later entry, and said once.
    assert log_lacks([replace(REJECTED, reason=""), replace(REJECTED, reason=""), IN_PART]) == [Lacks.REASON]


def test_the_steps_are_whole() -> None:
    assert set(MOVES) == set(Status)
    assert not any(Status.AWAITING_RESPONSE in following for following in MOVES.values())
    assert MOVES[Status.AWAITING_RESPONSE] == ANSWERS
    assert {Status.ACCEPTED, Status.ACCEPTED_IN_PART, Status.REOPENED} == LIVE


def test_the_day_said_last_counts_while_it_is_under_way() -> None:
    later = replace(ACCEPTED, due_on=DUE + 30 * DAY)
    assert (due_on([ACCEPTED]), due_on([ACCEPTED, later])) == (DUE, later.due_on)
    assert due_on([ACCEPTED, replace(REOPENED, due_on=None)]) == DUE
    assert not is_overdue([ACCEPTED], DUE)
    assert is_overdue([ACCEPTED], DUE + DAY)
    assert not is_overdue([ACCEPTED, later], DUE + DAY)
    assert is_overdue([ACCEPTED, CLOSED, REOPENED], DUE + 2 * DAY)
    for over in ([ACCEPTED, CLOSED], [ACCEPTED, REJECTED]):
        assert (due_on(over), is_overdue(over, DUE + 90 * DAY)) == (None, False)


def test_a_clock_only_where_one_applies() -> None:
    published = date(2026, 11, 24)
    assert response_clock(ReportBy.COMMISSIONER, published) is None
    inspectorate = response_clock(ReportBy.INSPECTORATE, published)
    assert inspectorate is not None
    assert (inspectorate.last_day, inspectorate.counting) == (published + 55 * DAY, Counting.PUBLICATION_IS_DAY_1)
    complaint = response_clock(ReportBy.SUPER_COMPLAINT, date(2024, 9, 27))
    assert complaint is not None
    assert (complaint.last_day, complaint.counting) == (date(2024, 11, 22), Counting.AS_PUBLISHED)


def test_keys_that_are_stored_stay() -> None:
    assert [one.value for one in Status] == [
        "awaiting_response", "accepted", "accepted_in_part", "rejected", "closed", "reopened",
    ]  # fmt: skip
    assert [one.value for one in ReportBy] == ["commissioner", "hmicfrs", "super_complaint"]
