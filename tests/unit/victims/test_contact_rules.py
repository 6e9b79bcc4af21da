"""Contacts: which are safe, which promise was kept, and when somebody could not be reached."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from craffu.victims.contacts.rules import (
    Attempt,
    Excuse,
    Kept,
    Made,
    SafeTimes,
    Safety,
    Unsafe,
    check_contact,
    promise,
    was_not_reachable,
)

MORNINGS = Safety({"text", "phone"}, [SafeTimes(time(9, 30), time(14, 30))])
TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.mark.rule("VIC-02")
@pytest.mark.parametrize(
    ("channel", "at", "leaves_message", "why"),
    [
        ("text", TEN, False, ()),
        ("letter", TEN, False, (Unsafe.CHANNEL,)),
        ("text", datetime(2026, 11, 24, 9, 30, tzinfo=UTC), False, ()),
        ("text", datetime(2026, 11, 24, 9, 29, 59, tzinfo=UTC), False, (Unsafe.TIME,)),
        ("text", datetime(2026, 11, 24, 14, 29, 59, tzinfo=UTC), False, ()),
        ("text", datetime(2026, 11, 24, 14, 30, tzinfo=UTC), False, (Unsafe.TIME,)),
        # London's clock, an hour ahead in summer
        ("text", datetime(2026, 7, 1, 8, 30, tzinfo=UTC), False, ()),
        ("text", datetime(2026, 7, 1, 13, 30, tzinfo=UTC), False, (Unsafe.TIME,)),
        ("phone", TEN, True, (Unsafe.VOICEMAIL,)),
        ("letter", TEN - 4 * timedelta(hours=1), True, (Unsafe.CHANNEL, Unsafe.TIME, Unsafe.VOICEMAIL)),
    ],
)
def test_only_what_she_said_is_safe_is(
    channel: str, at: datetime, *, leaves_message: bool, why: tuple[Unsafe, ...]
) -> None:
    checked = check_contact(MORNINGS, channel, at, leaves_message=leaves_message)
    assert (checked.allowed, checked.why, checked.override_logged) == (not why, why, False)


@pytest.mark.rule("VIC-02")
def test_a_message_is_left_where_she_allows_it() -> None:
    assert check_contact(Safety({"phone"}, MORNINGS.times, voicemail=True), "phone", TEN, leaves_message=True).allowed


@pytest.mark.rule("VIC-02")
def test_without_a_window_no_time_is_safe_and_any_of_several_is() -> None:
    assert check_contact(Safety({"text"}, []), "text", TEN).why == (Unsafe.TIME,)
    two = [SafeTimes(time(7), time(8)), SafeTimes(time(9), time(11))]
    assert check_contact(Safety({"text"}, two), "text", TEN).allowed
    assert check_contact(Safety({"text"}, [SafeTimes(time(10), time(10))]), "text", TEN).why == (Unsafe.TIME,)


@pytest.mark.rule("VIC-02")
@pytest.mark.parametrize(
    ("at", "inside"), [(time(21, 59), False), (time(22), True), (time(0), True), (time(1, 59), True), (time(2), False)]
)
def test_a_window_may_run_over_midnight(at: time, *, inside: bool) -> None:
    moment = datetime.combine(date(2026, 11, 24), at, UTC)
    assert SafeTimes(time(22), time(2)).hold(moment) == inside


@pytest.mark.rule("VIC-02")
def test_only_danger_to_life_overrides_and_that_is_said() -> None:
    danger = check_contact(MORNINGS, "letter", TEN, override="immediate_danger")
    assert (danger.allowed, danger.why, danger.override_logged) == (True, (Unsafe.CHANNEL,), True)
    late = check_contact(MORNINGS, "letter", TEN, override="running_late")
    assert (late.allowed, late.why, late.override_logged) == (False, (Unsafe.CHANNEL,), False)
    safe = check_contact(MORNINGS, "text", TEN, override="immediate_danger")
    assert (safe.allowed, safe.why, safe.override_logged) == (True, (), False)


def tried(*of: tuple[int, str]) -> list[Attempt]:
    return [Attempt(date(2026, 11, day), channel) for day, channel in of]


@pytest.mark.rule("VIC-04")
@pytest.mark.parametrize(
    ("attempts", "safe", "enough"),
    [
        (tried((20, "phone"), (22, "phone"), (22, "email")), ["phone", "email"], True),
        (tried((20, "phone"), (22, "email")), ["phone", "email"], False),
        (tried((20, "phone"), (20, "phone"), (20, "email")), ["phone", "email"], False),
        (tried((20, "phone"), (22, "phone"), (23, "phone")), ["phone", "email"], False),
        (tried((20, "phone"), (22, "phone"), (22, "email")), ["phone", "email", "text"], True),
        (tried((20, "phone"), (22, "phone"), (23, "phone")), ["phone"], True),
        (tried((20, "phone"), (22, "phone"), (23, "phone")), ["phone", "phone"], True),
        (tried((20, "letter"), (22, "phone"), (23, "phone")), ["phone"], False),
        (tried((20, "letter"), (22, "letter"), (23, "letter")), [], False),
    ],
)
def test_not_reachable_means_tried_often_enough_in_safe_ways(
    attempts: list[Attempt], safe: list[str], *, enough: bool
) -> None:
    assert was_not_reachable(attempts, safe) == enough


DUE = datetime(2026, 11, 20, 20, tzinfo=UTC)
NOW = DUE + 4 * DAY
AGREED = ["phone"]


@pytest.mark.rule("VIC-04")
@pytest.mark.parametrize(
    ("made", "status", "breached", "counts_in"),
    [
        (Made(DUE, "phone"), Kept.KEPT, False, "kept"),
        (Made(DUE + SECOND, "phone"), Kept.LATE, True, "not_kept"),
        (Made(DUE - DAY, "letter"), Kept.WRONG_CHANNEL, True, "not_kept"),
        (Made(DUE + DAY, "letter"), Kept.WRONG_CHANNEL, True, "not_kept"),
        (None, Kept.MISSED, True, "not_kept"),
        (Made(DUE, "phone", is_hers=True), Kept.MISSED, True, "not_kept"),
        # not made yet
        (Made(NOW + SECOND, "phone"), Kept.MISSED, True, "not_kept"),
        (Made(NOW, "phone"), Kept.LATE, True, "not_kept"),
    ],
)
def test_a_promise_is_kept_in_time_and_by_a_channel_agreed(
    made: Made | None, status: Kept, *, breached: bool, counts_in: str
) -> None:
    answer = promise(DUE, AGREED, NOW, made=made)
    assert (answer.status, answer.agreement_breached, answer.counts_in) == (status, breached, counts_in)


@pytest.mark.rule("VIC-04")
def test_before_it_is_due_a_promise_runs_and_counts_nowhere() -> None:
    running = promise(DUE, AGREED, DUE)
    assert (running.status, running.agreement_breached, running.counts_in) == (Kept.RUNNING, False, None)
    assert promise(DUE, AGREED, DUE + SECOND).status is Kept.MISSED


@pytest.mark.rule("VIC-04")
@pytest.mark.parametrize("excuse", ["victim_asked_to_wait", "contact_unsafe"])
def test_an_excuse_is_counted_apart_and_never_as_kept(excuse: str) -> None:
    answer = promise(DUE, AGREED, NOW, excuse=excuse)
    assert (answer.status, answer.agreement_breached, answer.counts_in) == (Kept.EXCUSED, False, "excused")
    assert promise(DUE, AGREED, NOW, made=Made(DUE + DAY, "phone"), excuse=excuse).status is Kept.EXCUSED
    assert promise(DUE, AGREED, NOW, made=Made(DUE, "phone"), excuse=excuse).status is Kept.KEPT
    assert promise(DUE, AGREED, NOW, made=Made(DUE, "letter"), excuse=excuse).status is Kept.WRONG_CHANNEL


@pytest.mark.rule("VIC-04")
def test_our_own_absence_excuses_nothing_and_too_few_attempts_do_not() -> None:
    assert promise(DUE, AGREED, NOW, excuse="officer_on_leave").status is Kept.MISSED
    few = tried((20, "phone"))
    assert (
        promise(DUE, AGREED, NOW, excuse=Excuse.NOT_REACHABLE, attempts=few, safe_channels=AGREED).status is Kept.MISSED
    )
    enough = tried((18, "phone"), (19, "phone"), (20, "phone"))
    excused = promise(DUE, AGREED, NOW, excuse=Excuse.NOT_REACHABLE, attempts=enough, safe_channels=AGREED)
    assert excused.status is Kept.EXCUSED
    after = tried((19, "phone"), (20, "phone"), (21, "phone"))
    too_late = promise(DUE, AGREED, NOW, excuse=Excuse.NOT_REACHABLE, attempts=after, safe_channels=AGREED)
    assert too_late.status is Kept.MISSED
