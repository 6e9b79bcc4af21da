"""Every clock of the table worked out: its ends, what it counted and left out, what is supposed, and what it refuses."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.clocks.counted_days import Away
from craffu.clocks.counted_hours import Stretch
from craffu.clocks.london import day_of, end_of, instant_of, local_text, start_of
from craffu.orders.clocks.answers import Answer, CannotAnswer, Facts, Numbered, Span, Start, work_out
from craffu.orders.clocks.catalogue import Clock, Counts, Limit, catalogue
from tests.oracles import hours


def starting(text: str) -> Start:
    if "T" not in text:
        return Start(date.fromisoformat(text))
    at = instant_of(datetime.fromisoformat(text))
    return Start(day_of(at), at)


def ask(name: str, start: str, told: dict[str, str] | None = None, **facts: Any) -> Answer:
    if "known" in facts:
        facts["known"] = starting(facts["known"])
    return work_out(catalogue().clock(name), starting(start), Facts(told=told or {}, **facts))


def ends(answer: Answer) -> str:
    """The ends as days, where they are ends of days; else as London times."""
    return ", ".join(
        f"{step.last_day}" if step.due == end_of(step.last_day) else local_text(step.due)[:16] for step in answer.steps
    )


CALENDAR = [
    ("CLK-03", "spo-initial-notification", "2026-12-10", {}, "2026-12-12"),
    ("CLK-03", "sro-initial-notification", "2026-11-03T23:59", {}, "2026-11-05"),
    ("CLK-04", "spo-change-notification", "2026-02-27", {}, "2026-03-01"),
    ("CLK-04", "dapo-change-notification", "2026-11-10", {}, "2026-11-12"),
    ("CLK-04", "shpo-annual-notification", "2026-11-24", {}, "2027-11-24"),
    ("CLK-05", "spo-deferred-notification", "2027-01-31", {}, "2027-02-02"),
    ("CLK-06", "dapo-initial-notification", "2026-12-10", {}, "2026-12-12"),
    ("CLK-09", "spo-minimum-term", "2026-11-24", {}, "2028-11-23"),
    ("CLK-09", "cbo-term", "2026-11-24", {"age": "under_18"}, "2027-11-23, 2029-11-23"),
    ("CLK-09", "cbo-term", "2026-11-24", {"age": "adult"}, "2028-11-23"),
    ("CLK-09", "cbo-term", "2026-11-24", {}, "2028-11-23, 2027-11-23, 2029-11-23"),
    ("CLK-09", "dvpo-term", "2026-11-16", {}, "2026-11-29, 2026-12-13"),
    ("CLK-09", "asbi-under-18-term", "2026-11-16", {"age": "under_18"}, "2027-11-15"),
    ("CLK-09", "cbo-under-18-review", "2027-03-01", {}, "2028-02-29"),
    ("CLK-09", "cpn-appeal", "2026-12-07", {}, "2026-12-27"),
    ("CLK-09", "occupation-extension", "2026-11-16", {}, "2027-05-15"),
    ("CLK-13", "bail-first-period", "2026-11-24", {}, "2027-02-23"),
    ("CLK-13", "bail-first-period", "2026-11-24", {"investigator": "elsewhere"}, "2027-05-23"),
    ("CLK-13", "bail-later-periods", "2026-11-24", {}, "2027-05-23, 2027-08-23, 2027-11-23"),
    ("CLK-13", "summary-limit", "2026-08-31", {}, "2027-02-28"),
    ("ORD-16", "spo-discharge-lock", "2026-03-10", {}, "2028-03-09"),
    ("ORD-16", "shpo-discharge-lock", "2026-03-10", {}, "2031-03-09"),
    ("ORD-16", "sro-discharge-lock", "2026-03-10", {}, "2028-03-09"),
    ("ORD-17", "spo-appeal-watch", "2026-12-10", {}, "2026-12-31"),
    ("ORD-14", "dapo-monitoring", "2026-11-24", {}, "2027-11-23"),
    ("ORD-11", "serve-order", "2026-11-24T09:00", {}, "2026-11-25"),
    ("ORD-11", "unserved-alert", "2026-11-24T09:00", {}, "2026-11-27"),
    ("ORD-21", "order-inbox", "2026-12-24", {}, "2026-12-29"),
    ("ORD-22", "transfer-chase", "2026-11-24", {}, "2026-12-01"),
    ("SCR-10", "inspectorate-response", "2026-11-24", {}, "2027-01-18"),
    ("SCR-12", "fact-check", "2026-12-18", {}, "2027-01-06"),
    ("SEC-11", "rights-request", "2026-11-01", {}, "2026-11-30, 2026-12-01"),
    ("SEC-08", "retention-review", "2026-11-01", {"group": "3"}, "2032-11-01"),
    ("SEC-08", "retention-review", "2026-11-01", {}, "2036-11-01, 2032-11-01"),
    ("REV-01", "order-review", "2026-11-03", {}, "2026-12-01"),
    ("REV-01", "order-review", "2026-11-03", {"risk": "medium"}, "2026-12-29"),
    ("REV-01", "order-review", "2026-11-03", {"step": "later"}, "2026-12-01"),
    ("REV-01", "order-review", "2026-11-03", {"risk": "unassessed"}, "2026-12-01"),
    ("REV-01", "order-review", "2026-11-03", {"risk": "standard"}, "2027-02-02"),
    ("REV-02", "standing-wish", "2026-11-24", {}, "2027-11-24"),
    ("MON-01", "condition-check", "2026-11-03", {}, "2026-11-10"),
    ("MON-01", "condition-check", "2026-11-03", {"risk": "standard"}, "2026-12-01"),
    ("MON-05", "verify-notification", "2026-11-03", {}, "2026-11-10"),
    ("PRI-10", "cohort-review", "2026-11-20", {}, "2026-12-18"),
    ("PLN-01", "plan-due", "2026-11-20", {}, "2026-11-27"),
    ("RES-01", "champion-currency", "2026-11-20", {}, "2027-11-19"),
    ("VIC-03", "contact-agreement-revisit", "2026-11-13", {"event": "order_expiry_watch"}, "2026-11-20"),
    ("VIC-03", "contact-agreement-revisit", "2026-11-13", {"event": "arrest"}, "2026-11-16"),
    ("VIC-05", "code-arrested", "2027-03-25T22:00", {}, "2027-03-30"),
    ("VIC-05", "code-arrested", "2027-03-25T22:00", {"entitlement": "standard"}, "2027-04-05"),
    ("VIC-06", "order-terms-to-victim", "2026-11-13T16:00", {}, "2026-11-16"),
]
OF_HOURS = [
    ("CLK-07", "dapn-hearing", "2027-05-28T20:00", {}, "2027-06-01T20:00"),
    ("CLK-07", "dvpn-hearing", "2027-12-24T09:00", {}, "2027-12-30T09:00"),
    ("CLK-07", "dapn-arrest", "2027-05-29T15:00", {}, "2027-06-01T15:00"),
    ("CLK-07", "dvpn-arrest", "2027-05-29T15:00", {}, "2027-06-01T15:00"),
    ("CLK-07", "dvpo-arrest", "2027-05-29T15:00", {}, "2027-06-01T15:00"),
    ("CLK-08", "asbi-arrest", "2027-05-29T15:00", {}, "2027-05-31T15:00"),
    ("CLK-08", "bail-arrest", "2027-05-29T15:00", {}, "2027-05-31T15:00"),
    ("CLK-08", "occupation-arrest", "2027-05-29T15:00", {}, "2027-05-31T15:00"),
    ("CLK-08", "bail-arrest-murder", "2027-05-28T15:00", {}, "2027-06-01T15:00"),
    ("CLK-13", "bail-breach-pause", "2026-11-24T09:15", {}, "2026-11-24T12:15"),
    ("RSK-01", "risk-assessment", "2026-10-24T18:00", {}, "2026-10-25T17:00"),
    ("RSK-04", "risk-second-look", "2027-03-27T18:00", {}, "2027-03-28T19:00"),
    ("ORD-01", "consider-order", "2026-11-24T09:15", {}, "2026-11-26T09:15"),
    ("PRI-04", "floor-review", "2026-10-24T18:00", {}, "2026-10-25T17:00"),
    ("SEC-03", "emergency-access", "2026-10-25T00:30", {}, "2026-10-25T01:30"),
    ("BRC-05", "first-safeguarding-contact", "2026-11-24T09:00", {}, "2026-11-24T13:00"),
    ("BRC-05", "first-safeguarding-contact", "2026-11-24T09:00", {"risk": "unassessed"}, "2026-11-24T13:00"),
    ("BRC-05", "first-safeguarding-contact", "2026-11-24T09:00", {"risk": "standard"}, "2026-11-25T09:00"),
    ("BRC-06", "possible-breach-decision", "2026-11-24T09:00", {"risk": "high"}, "2026-11-24T13:00"),
    ("BRC-06", "possible-breach-decision", "2026-11-24T09:00", {"risk": "medium"}, "2026-11-24T21:00"),
    ("MON-03", "trigger-action", "2026-11-24T09:00", {"event": "tag_or_device_alert"}, "2026-11-24T13:00"),
    ("MON-03", "trigger-action", "2026-11-24T09:00", {"event": "possible_breach_raised"}, "2026-11-24T13:00"),
    ("MON-03", "trigger-action", "2026-11-24T09:00", {"event": "order_served"}, "2026-11-27T09:00"),
    ("VIC-05", "safety-event", "2026-11-24T09:00", {}, "2026-11-24T10:00"),
]


@pytest.mark.parametrize(
    ("name", "start", "told", "expected"),
    [pytest.param(*case, marks=pytest.mark.rule(rule)) for rule, *case in CALENDAR + OF_HOURS],
)
def test_every_clock_is_worked_out(name: str, start: str, told: dict[str, str], expected: str) -> None:
    assert ends(ask(name, start, told)) == expected


@pytest.mark.rule("CLK-14")
def test_no_clock_of_the_table_is_left_without_an_answer() -> None:
    asked = {name for _, name, *_ in CALENDAR + OF_HOURS}
    apart = {"expiry-watch", "date-trigger", "check-escalation", "shpo-initial-notification"}
    assert asked | apart == {name for name in catalogue().names() if not name.startswith("code-")} | {"code-arrested"}
    for name in catalogue().names():
        clock = catalogue().clock(name)
        told = {"event": clock.choices("event")[0]} if clock.needs else {}
        answer = ask(name, "2026-11-24T09:00", told)
        assert answer.steps
        assert (answer.mark == "not confirmed") is not clock.is_confirmed, name


@pytest.mark.rule("CLK-12")
@pytest.mark.parametrize(
    ("start", "facts", "expected"),
    [
        ("2028-11-09", {}, "2028-08-11 90 days, 2028-09-10 60 days, 2028-10-10 30 days"),
        ("2026-12-13", {"made_on": date(2026, 11, 16)}, "2026-11-30 half term"),
        ("2027-01-09", {"known": "2026-11-24"}, "2026-11-24 60 days already past, 2026-12-10 30 days"),
        ("2024-02-29", {"endless": True}, "2025-02-28 review of an order without end"),
    ],
)
def test_watches_begin_with_their_day(start: str, facts: dict[str, Any], expected: str) -> None:
    answer = ask("expiry-watch", start, **facts)
    assert ", ".join(f"{step.last_day} {step.label}" for step in answer.steps) == expected
    assert all(step.due == start_of(step.last_day) for step in answer.steps)
    assert {step.bound for step in answer.steps} == {"watch"}


@pytest.mark.rule("MON-03")
@pytest.mark.parametrize(
    ("known", "on"), [("2026-11-01", "2026-11-24"), ("2026-11-28", "2026-11-28"), (None, "2026-11-24")]
)
def test_a_date_is_seen_coming_seven_days_before(known: str | None, on: str) -> None:
    answer = ask("date-trigger", "2026-12-01", **({"known": known} if known else {}))
    assert [(str(step.last_day), step.due == start_of(step.last_day)) for step in answer.steps] == [(on, True)]
    assert ends(ask("date-trigger", "2026-12-01", known="2026-12-01")) == "2026-12-01T00:00"


@pytest.mark.rule("MON-04")
def test_a_missed_check_goes_to_the_supervisor_at_once_and_to_the_inspector_after_72_hours() -> None:
    answer = ask("check-escalation", "2026-11-03")
    assert [(step.label, local_text(step.due)) for step in answer.steps] == [
        ("supervisor", "2026-11-04T00:00:00+00:00"),
        ("inspector", "2026-11-07T00:00:00+00:00"),
    ]
    assert ends(answer) == "2026-11-03, 2026-11-06"


@pytest.mark.rule("VIC-05")
@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ("2026-11-24T08:59", "2026-11-24T09:00 before it happens, 2026-11-24T10:00 at the latest"),
        ("2026-11-24T09:00", "2026-11-24T10:00 "),
        ("2026-11-24T11:30", "2026-11-24T12:30 "),
    ],
)
def test_news_of_safety_comes_before_it_or_within_the_hour(known: str, expected: str) -> None:
    answer = ask("safety-event", "2026-11-24T09:00", known=known)
    assert ", ".join(f"{local_text(step.due)[:16]} {step.label}" for step in answer.steps) == expected


@pytest.mark.rule("CLK-03")
def test_what_was_counted_and_left_out_is_shown() -> None:
    away = [Away(date(2026, 11, 4), date(2026, 11, 10))]
    (step,) = ask("shpo-initial-notification", "2026-11-03", away=away).steps
    assert step.counted == tuple(Numbered(date(2026, 11, day), number) for number, day in ((1, 3), (2, 11), (3, 12)))
    assert [out.day.day for out in step.excluded] == [4, 5, 6, 7, 8, 9, 10]
    assert {out.why for out in step.excluded} == {"time in custody, in hospital or abroad"}
    assert ends(ask("spo-initial-notification", "2026-11-03", away=away)) == "2026-11-05"
    (days,) = ask("transfer-chase", "2026-11-24").steps
    assert (days.counted[0], len(days.counted)) == (Numbered(date(2026, 11, 25), 1), 7)
    (months,) = ask("spo-minimum-term", "2026-11-24").steps
    assert months.counted == (Span(date(2026, 11, 24), date(2028, 11, 23)),)
    (working,) = ask("order-inbox", "2026-12-24").steps
    assert working.counted == (Numbered(date(2026, 12, 29), 1),)
    assert [out.why for out in working.excluded] == ["Christmas Day", "Saturday", "Sunday", "bank holiday"]
    (hour,) = ask("dapn-hearing", "2026-12-24T16:00").steps
    assert [type(one) for one in hour.counted] == [Stretch] * 3
    assert [(out.day.day, out.in_doubt) for out in hour.excluded] == [(25, False), (26, True), (27, False), (28, False)]


@pytest.mark.rule("CLK-10")
def test_both_readings_are_shown_and_what_is_not_known_is_said() -> None:
    (step,) = ask("dapn-hearing", "2026-12-24T16:00").steps
    assert step.act_by is not None
    assert (local_text(step.act_by), step.mark) == ("2026-12-29T16:00:00+00:00", "not confirmed")
    (term,) = ask("spo-minimum-term", "2024-02-29").steps
    assert (term.last_day, term.act_by, term.mark) == (date(2026, 2, 28), end_of(date(2026, 2, 27)), "not confirmed")
    (sure,) = ask("spo-minimum-term", "2024-03-01").steps
    assert (sure.act_by, sure.mark, sure.provisional) == (None, None, False)
    late = {
        name: ask(name, "2028-12-29T10:00").steps[0].provisional
        for name in ("dapn-hearing", "asbi-arrest", "order-inbox")
    }
    assert late == {"dapn-hearing": True, "asbi-arrest": False, "order-inbox": True}
    assert ask("order-inbox", "2011-12-31").steps[0].provisional
    assert not ask("order-inbox", "2026-11-24").steps[0].provisional


@pytest.mark.rule("CLK-13")
def test_bail_starts_the_day_after_arrest_and_stands_still() -> None:
    answer = ask("bail-first-period", "2026-11-23T22:00", from_arrest=True)
    assert (answer.start.day, ends(answer)) == (date(2026, 11, 24), "2027-02-23")
    assert ends(ask("bail-first-period", "2026-11-24", stood_still_days=10)) == "2027-03-05"
    (step,) = ask("bail-first-period", "2026-11-30", stood_still_days=1).steps
    assert (step.last_day, step.act_by) == (date(2027, 3, 1), end_of(date(2027, 2, 28)))
    assert ends(ask("spo-minimum-term", "2026-11-24", stood_still_days=10)) == "2028-11-23"
    assert ends(ask("dapn-arrest", "2027-05-29T15:00", from_arrest=True)) == "2027-06-01T15:00"


@pytest.mark.parametrize(
    ("name", "told", "facts", "notes"),
    [
        ("first-safeguarding-contact", {}, {}, ["Not assessed, so it runs as at high risk (RSK-02)."]),
        ("first-safeguarding-contact", {"risk": "high"}, {}, []),
        ("order-review", {}, {}, []),
        ("order-review", {"risk": "unassessed"}, {}, ["Not assessed, so it runs as at high risk (RSK-02)."]),
        ("order-review", {"step": "later"}, {}, ["Not assessed, so it runs as at high risk (RSK-02)."]),
        ("trigger-action", {"event": "order_served"}, {}, ["hearing_near"]),
        ("trigger-action", {"event": "possible_breach_raised"}, {}, ["hearing_near", "Not assessed"]),
        ("code-arrested", {}, {}, ["Victims' Code 2021; told by police.", "What the Code", "Enhanced"]),
        ("code-arrested", {"entitlement": "enhanced"}, {}, ["Victims' Code 2021; told by police.", "What the Code"]),
        ("bail-first-period", {}, {"stood_still_days": 2}, ["2 days that do not count have moved the end."]),
        ("cpn-appeal", {}, {"stood_still_days": 2}, []),
        *(
            ("bail-arrest", {}, {"surrenders_at": datetime(2026, 11, day, 9, tzinfo=UTC)}, ["Arrested within", note])
            for day, note in ((25, "Before the court of surrender."), (26, "Not within 24 hours"))
        ),
        ("asbi-arrest", {}, {"surrenders_at": datetime(2026, 11, 25, 9, tzinfo=UTC)}, []),
        (
            "dapo-initial-notification",
            {},
            {"served_at": datetime(2026, 11, 27, tzinfo=UTC)},
            ["Not served until 2026-11-27: both dates are shown and no breach is presumed."],
        ),
        ("dapo-initial-notification", {}, {"served_at": datetime(2026, 11, 26, 23, 59, tzinfo=UTC)}, []),
        ("spo-deferred-notification", {}, {"served_at": datetime(2026, 11, 27, tzinfo=UTC)}, []),
    ],
)
@pytest.mark.rule("RSK-02")
@pytest.mark.rule("CLK-06")
def test_what_is_supposed_is_said(name: str, told: dict[str, str], facts: dict[str, Any], notes: list[str]) -> None:
    said = ask(name, "2026-11-24T09:00", told, **facts).notes
    assert len(said) == len(notes)
    assert all(one.startswith(note) for one, note in zip(said, notes, strict=True))


@pytest.mark.rule("CLK-09")
@pytest.mark.parametrize(
    ("name", "start", "facts", "says"),
    [
        ("dapn-hearing", "2026-11-24", {}, "say the time too, like 2026-11-24T15:00"),
        ("safety-event", "2026-11-24T09:00", {"known": "2026-11-24"}, "say the time too"),
        ("trigger-action", "2026-11-24T09:00", {}, "needs --event: one of notification_missed"),
        ("contact-agreement-revisit", "2026-11-24", {"told": {"event": "rain"}}, "rain is not known"),
        ("asbi-under-18-term", "2026-11-24", {"told": {"age": "adult"}}, "no limit for adult"),
        ("occupation-extension", "2026-11-24", {"section": "34"}, "one of 33, 35, 36, 37, 38"),
        ("occupation-extension", "2026-11-24", {"section": "33"}, "by variation"),
        ("occupation-extension", "2026-11-24", {"section": "36", "extensions": 1}, "once only"),
        ("expiry-watch", "2026-11-24", {"made_on": date(2026, 11, 25)}, "cannot end on 2026-11-24"),
        ("expiry-watch", "2026-11-24", {"known": "2026-11-25"}, "nothing is left to watch"),
        ("date-trigger", "2026-11-24", {"known": "2026-11-25"}, "was past"),
    ],
)
def test_what_cannot_be_worked_out_says_what_to_say(name: str, start: str, facts: dict[str, Any], says: str) -> None:
    with pytest.raises(CannotAnswer, match=says):
        ask(name, start, **facts)


@pytest.mark.rule("CLK-09")
@pytest.mark.parametrize(("section", "extensions"), [("35", 4), ("36", 0), ("37", 1), ("38", 0)])
def test_an_extension_that_is_allowed_is_worked_out(section: str, extensions: int) -> None:
    assert ends(ask("occupation-extension", "2026-11-16", section=section, extensions=extensions)) == "2027-05-15"
    assert ends(ask("cpn-appeal", "2026-12-07", section="34")) == "2026-12-27"


STARTS = st.datetimes(datetime(2012, 1, 2), datetime(2035, 12, 20), timezones=st.just(UTC))  # noqa: DTZ001
NAMES = st.sampled_from(catalogue().names())


@pytest.mark.rule("CLK-02")
@pytest.mark.rule("CLK-07")
@pytest.mark.rule("CLK-08")
@given(NAMES, STARTS)
def test_no_clock_ends_before_it_starts_or_silently_on_a_day_it_leaves_out(name: str, start: datetime) -> None:
    """Over 2012-2035; watches and dates seen coming lie before what they are watched for."""
    clock = catalogue().clock(name)
    told = {"event": clock.choices("event")[-1]} if clock.needs else {}
    answer = work_out(clock, Start(day_of(start), start), Facts(told=told))
    for step in answer.steps:
        ahead = clock.counts in {Counts.WATCHES, Counts.DAYS_BEFORE}
        assert step.due < start if ahead else step.due >= start
        assert step.act_by is None or step.act_by >= start
        counted = [one.day for one in step.counted if not isinstance(one, Span)]
        assert counted == sorted(set(counted))
        assert not set(counted) & {out.day for out in step.excluded}
        leaves_out = {kind.value for kind in clock.out}
        if clock.counts is Counts.WORKING_DAYS:
            leaves_out = {"Saturday", "Sunday", "bank holiday"}
        assert step.provisional or not any(hours.is_out(day, frozenset(leaves_out)) for day in counted)


def test_a_limit_holds_while_nothing_speaks_against_it() -> None:
    limit = Limit(length="P1D", when={"risk": "high"})
    assert [limit.holds(facts) for facts in ({}, {"risk": "high"}, {"risk": "low"}, {"age": "adult"})] == [
        True,
        True,
        False,
        True,
    ]


def test_a_clock_of_another_day_counts_as_its_row_says() -> None:
    clock: Clock = catalogue().clock("cpn-appeal")
    after = replace(clock, first_day=0)
    assert work_out(after, Start(date(2026, 12, 7))).steps[0].last_day - timedelta(days=1) == date(2026, 12, 27)
