"""When a record is reviewed, and what a row of the log may say of an erasure."""

from datetime import date

import pytest

from craffu.access.retention.kinds import Relevant
from craffu.access.retention.rules import Event, Known, check_erasure_row, clear, group_of, review


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
    with pytest.raises(ValueError, match="choose from 1, 2, 3, 4"):
        review(date(2020, 1, 1), "5", date(2026, 1, 1), new_event_on=None, on_hold=False)


@pytest.mark.rule("SEC-09")
def test_what_was_erased_is_counted_and_not_repeated() -> None:
    says = ("at", "actor", "verb", "object_type", "object_ids", "rows_erased", "authority")
    assert check_erasure_row(dict.fromkeys(says, "x")).accepted
    found = check_erasure_row({"at": "x", "surname": "y", "dob": "z"})
    assert (found.accepted, found.refused_fields) == (False, ["dob", "surname"])


HEARD = Event(date(2016, 3, 1), Relevant.HEARING, "case/C-1")


@pytest.mark.rule("SEC-08")
@pytest.mark.parametrize(
    ("protects", "bound", "charged", "group"),
    [(True, True, True, "1"), (False, True, True, "2"), (False, False, True, "3"), (False, False, False, "4")],
)
def test_the_gravest_that_is_known_makes_the_group(*, protects: bool, bound: bool, charged: bool, group: str) -> None:
    known = Known((), is_in_public_protection=protects, is_convicted_or_bound=bound, is_charged=charged)
    assert group_of(known) == group


@pytest.mark.rule("SEC-08")
def test_the_last_of_all_events_begins_the_clear_period_and_a_decision_to_keep_puts_it_off() -> None:
    known = Known((HEARD, Event(date(2018, 5, 5), Relevant.BREACH, "breach/B-1"), HEARD))
    assert known.last == Event(date(2018, 5, 5), Relevant.BREACH, "breach/B-1")

    def on(today: str, kept: str | None = None) -> tuple[str, bool, bool]:
        until = date.fromisoformat(kept) if kept else None
        found = clear(known, date.fromisoformat(today), on_hold=True, kept_until=until)
        assert found is not None
        return found.review_on.isoformat(), found.due, found.blocked_by_hold

    assert on("2024-05-04") == ("2024-05-05", False, True)
    assert on("2024-05-05") == ("2024-05-05", True, True)
    assert on("2024-05-05", "2027-01-01") == ("2027-01-01", False, True)
    assert on("2027-01-01", "2027-01-01") == ("2027-01-01", True, True)
    assert on("2024-05-05", "2020-01-01") == ("2024-05-05", True, True)


@pytest.mark.rule("SEC-08")
def test_of_whom_nothing_relevant_is_known_nothing_comes_up() -> None:
    assert clear(Known(()), date(2030, 1, 1), on_hold=False, kept_until=None) is None
