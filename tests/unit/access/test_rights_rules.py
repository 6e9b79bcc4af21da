"""By when a rights request is answered, what keeps its answer back, and what may follow what."""

from datetime import date
from itertools import pairwise

import pytest

from craffu.access.rights_requests.kinds import Kind, Whose
from craffu.access.rights_requests.plain import clock as plain_clock
from craffu.access.rights_requests.rules import Before, Checked, Standing, clock, release, unfinished
from craffu.access.rights_requests.states import OVER, RightsStatus, may_follow

pytestmark = pytest.mark.rule("SEC-11")


@pytest.mark.parametrize(
    ("received", "identity", "today", "answered", "due", "other", "standing"),
    [
        ("2026-11-24", None, "2026-12-23", None, "2026-12-23", "2026-12-24", Standing.RUNNING),
        ("2026-11-24", None, "2026-12-24", None, "2026-12-23", "2026-12-24", Standing.OVERDUE),
        ("2026-11-24", "2026-11-01", "2026-12-24", "2026-12-23", "2026-12-23", "2026-12-24", Standing.ON_TIME),
        ("2026-11-24", "2026-12-01", "2026-12-24", None, "2026-12-31", "2027-01-01", Standing.RUNNING),
        ("2028-01-31", None, "2028-02-29", "2028-03-01", "2028-02-29", "2028-02-29", Standing.LATE),
    ],
)
def test_the_earlier_reading_of_a_month_is_worked_to(
    received: str, identity: str | None, today: str, answered: str | None, due: str, other: str, standing: Standing
) -> None:
    days = [date.fromisoformat(day) if day else None for day in (received, today, identity, answered)]
    assert days[0] is not None
    assert days[1] is not None
    found = clock(days[0], days[1], identity_confirmed_on=days[2], answered_on=days[3])
    assert (found.due_day.isoformat(), found.other_reading.isoformat(), found.status) == (due, other, standing)
    assert found.mark == "not confirmed"


def test_a_kind_that_nobody_may_ask_for_has_no_clock() -> None:
    with pytest.raises(ValueError, match="portability"):
        plain_clock("portability", "2026-11-24", "2026-12-01", None, None)
    assert {one.value for one in Kind} == {"access", "rectification", "restriction"}


def test_an_answer_that_nobody_approved_stays() -> None:
    done = Checked(True, True, True, privileged_included=False)
    assert release(done, prepared_by="u1", approved_by="").why == [Before.NOBODY]
    assert release(done, prepared_by="u1", approved_by="u2").release


@pytest.mark.parametrize(
    ("checked", "why"),
    [
        ((True, True, True, False), []),
        ((False, True, True, False), [Before.REDACTED]),
        ((True, False, True, False), [Before.SCANNED]),
        ((True, True, False, False), [Before.ASKED]),
        ((True, True, True, True), [Before.PRIVILEGED]),
        ((False, False, False, True), [Before.REDACTED, Before.SCANNED, Before.ASKED, Before.PRIVILEGED]),
    ],
)
def test_an_answer_is_finished_when_all_four_are_done(checked: tuple[bool, ...], why: list[Before]) -> None:
    redacted, scanned, asked, privileged = checked
    said = Checked(redacted, scanned, asked, privileged_included=privileged)
    assert unfinished(said) == why
    assert release(said, prepared_by="u1", approved_by="u2").release == (not why)
    assert release(said, prepared_by="u1", approved_by="u1").why == [*why, Before.OWN]


def test_the_way_through_and_its_ends() -> None:
    way = ["received", "identified", "prepared", "sent_back", "prepared", "approved", "answered"]
    assert all(may_follow(RightsStatus(one), RightsStatus(after)) for one, after in pairwise(way))
    assert [one.value for one in RightsStatus if may_follow(None, one)] == ["received"]
    assert {one.value for one in OVER} == {"answered", "withdrawn"}
    for one in RightsStatus:
        assert may_follow(one, RightsStatus.WITHDRAWN) == (one not in OVER)
        assert may_follow(one, RightsStatus.ANSWERED) == (one is RightsStatus.APPROVED)
        assert may_follow(one, RightsStatus.APPROVED) == (one is RightsStatus.PREPARED)


def test_what_is_stored_keeps_its_name() -> None:
    assert [str(one) for one in Whose] == ["suspect", "victim", "somebody_else"]
    assert [str(one) for one in Standing] == ["running", "overdue", "on_time", "late"]
    assert [str(one) for one in Before] == [
        "third_parties_redacted",
        "victim_scan_clean",
        "neither_confirm_nor_deny_asked",
        "privileged_included",
        "approved_by_preparer",
        "approved_by_nobody",
    ]
