"""When a record is reviewed, and what a row of the log may say of an erasure."""

from datetime import date

import pytest

from craffu.access.retention.rules import check_erasure_row, review


@pytest.mark.rule("SEC-08")
@pytest.mark.parametrize(
    ("last", "group", "today", "new", "hold", "on", "due"),
    [
        ("2016-03-01", "2", "2026-03-01", None, False, "2026-03-01", True),
        ("2016-03-01", "2", "2026-02-28", None, True, "2026-03-01", False),
        ("2016-03-01", "3", "2022-03-01", None, True, "2022-03-01", True),
        ("2016-03-01", "3", "2023-01-01", "2018-05-05", False, "2024-05-05", False),
        ("2016-03-01", "3", "2023-01-01", "2015-05-05", False, "2022-03-01", True),
    ],
)
def test_a_record_comes_up_after_its_clear_period_and_is_never_disposed_of_by_itself(
    *, last: str, group: str, today: str, new: str | None, hold: bool, on: str, due: bool
) -> None:
    new_event = date.fromisoformat(new) if new else None
    found = review(date.fromisoformat(last), group, date.fromisoformat(today), new_event_on=new_event, on_hold=hold)
    assert (found.review_on.isoformat(), found.due, found.blocked_by_hold) == (on, due, hold)
    assert (found.auto_delete, found.mark) == (False, "not confirmed")


@pytest.mark.rule("SEC-08")
def test_a_group_without_a_period_is_no_group() -> None:
    with pytest.raises(ValueError, match="choose from 2, 3"):
        review(date(2020, 1, 1), "4", date(2026, 1, 1), new_event_on=None, on_hold=False)


@pytest.mark.rule("SEC-09")
def test_what_was_erased_is_counted_and_not_repeated() -> None:
    says = ("at", "actor", "verb", "object_type", "object_ids", "rows_erased", "authority")
    assert check_erasure_row(dict.fromkeys(says, "x")).accepted
    found = check_erasure_row({"at": "x", "surname": "y", "dob": "z"})
    assert (found.accepted, found.refused_fields) == (False, ["dob", "surname"])
