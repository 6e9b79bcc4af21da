"""What is due of an order as it stood from day to day, by when, and until when (ORD-03 to ORD-20, CLK-03 to CLK-12)."""

# ruff: noqa: S311  # chance that need not be secure
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from craffu.clocks.london import day_of, end_of, start_of
from craffu.orders.catalogue.reading import kind_of, kinds
from craffu.orders.clocks.notifications import Interim
from craffu.orders.life.states import OrderStatus
from craffu.orders.watching.ending import changes_at, warns_from
from craffu.orders.watching.kinds import LIMITS, RULES, Limit, What
from craffu.orders.watching.rules import asked
from craffu.orders.watching.stood import Asked, Stood, spells

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# A Tuesday in winter.
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LATER = NOON + 400 * DAY
LIVE: dict[str, Any] = {"made": 5, "made_at": NOON - HOUR, "owner": 7, "terms": 1, "is_compared": True}


def stood(status: str, at: datetime = NOON, **said: Any) -> Stood:
    return Stood(since=at, status=status, **said)


def of(what: What, *history: Stood, kind: str = "SPO", now: datetime = LATER) -> list[Asked]:
    return [one for one in asked(kind_of(kind), history, now) if one.what is what]


def only(what: What, *history: Stood, kind: str = "SPO", now: datetime = LATER) -> Asked:
    (one,) = of(what, *history, kind=kind, now=now)
    return one


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_every_thing_to_do_has_its_rule_and_says_whose_limit_it_is() -> None:
    assert set(RULES) == set(LIMITS) == set(What)
    assert {what for what in What if LIMITS[what] is Limit.LAW} == {What.NOTICE_HEARING, What.NOTIFICATION}


@pytest.mark.rule("ORD-03")
def test_an_application_waits_a_working_day_for_its_authoriser() -> None:
    friday = NOON + 3 * DAY
    waits = stood("authorising", friday, asked=3)
    one = only(What.AUTHORISE, waits)
    assert (one.key, one.raised_at, one.due_at, one.done_at) == ("asked-3", friday, utc("2026-12-01"), None)
    assert only(What.AUTHORISE, waits, stood("authorised", friday + HOUR)).done_at == friday + HOUR


@pytest.mark.rule("ORD-10")
@pytest.mark.parametrize(
    ("after", "is_done"), [("applied", True), ("granted", True), ("withdrawn", False), ("declined", False)]
)
def test_an_application_is_lodged_within_28_days_of_the_decision(after: str, *, is_done: bool) -> None:
    decided = stood("decided", decided=2, decided_on=date(2026, 11, 24))
    waiting = stood("authorising", NOON + HOUR, decided=2, decided_on=date(2026, 11, 24))
    one = only(What.LODGE, decided, waiting, stood(after, NOON + DAY))
    assert (one.due_at, one.done_at, one.is_done) == (end_of(date(2026, 12, 22)), NOON + DAY, is_done)
    assert of(What.LODGE, decided, kind="NMO") == [], "the victim's own"


@pytest.mark.rule("ORD-10")
def test_a_hearing_is_asked_for_a_week_before_it_and_each_adjournment_anew() -> None:
    first, second = date(2026, 12, 10), date(2027, 1, 14)
    listed = stood("applied", next_hearing_on=first)
    again = stood("adjourned", NOON + 17 * DAY, next_hearing_on=second, adjourned_on=first)
    one, two = of(What.HEARING, listed, again)
    assert (one.raised_at, one.due_at, one.done_at) == (start_of(date(2026, 12, 3)), end_of(first), again.since)
    assert (two.key, two.raised_at, two.done_at) == (f"hearing-{second}", start_of(date(2027, 1, 7)), None)
    known_late = only(What.HEARING, stood("applied", next_hearing_on=date(2026, 11, 26)))
    assert known_late.raised_at == NOON
    assert of(What.HEARING, listed, stood("withdrawn", NOON + DAY)) == [], "over before it was near"


@pytest.mark.rule("ORD-10")
def test_no_next_date_is_late_from_the_fourteenth_day_and_a_date_ends_it() -> None:
    open_still = stood("adjourned", adjourned_on=date(2026, 11, 24))
    one = only(What.NO_DATE, open_still)
    assert (one.raised_at, one.due_at) == (NOON, start_of(date(2026, 12, 8)))
    fixed = stood("adjourned", NOON + DAY, adjourned_on=date(2026, 11, 24), next_hearing_on=date(2027, 1, 5))
    assert only(What.NO_DATE, open_still, fixed).done_at == NOON + DAY
    lodged = stood("applied", applied_on=date(2026, 11, 23))
    one = only(What.NO_DATE, lodged)
    assert (one.key, one.raised_at, one.due_at) == ("applied-2026-11-23", NOON, start_of(date(2026, 12, 7)))
    listed = replace(lodged, since=NOON + DAY, next_hearing_on=date(2027, 1, 5))
    assert (only(What.NO_DATE, lodged, listed).done_at, of(What.NO_DATE, listed)) == (NOON + DAY, [])


@pytest.mark.rule("ORD-07")
@pytest.mark.parametrize(
    ("last_day", "hearing", "days"),
    [
        (date(2026, 12, 1), date(2026, 12, 8), "6"),
        (date(2026, 12, 7), date(2026, 12, 8), "0"),
        (date(2026, 12, 8), date(2026, 12, 8), None),
        (None, date(2026, 12, 8), None),
        (date(2026, 12, 1), None, None),
    ],
)
def test_an_interim_order_that_ends_before_the_hearing_says_how_many_days_nobody_is_protected(
    last_day: date | None, hearing: date | None, days: str | None
) -> None:
    live = stood("in_force", is_interim=True, last_day=last_day, main_hearing_on=hearing, **LIVE)
    found = of(What.GAP, live, kind="ISPO")
    if days is None:
        assert found == []
        return
    assert (found[0].facts["days"], found[0].due_at) == (days, end_of(last_day or date.min))
    longer = replace(live, since=NOON + DAY, last_day=hearing)
    assert only(What.GAP, live, longer, kind="ISPO").done_at == NOON + DAY
    assert of(What.GAP, replace(live, is_interim=False), kind="SPO") == []


@pytest.mark.rule("ORD-07")
def test_the_gap_stays_open_once_the_interim_order_has_run_out_until_the_application_is_heard() -> None:
    hearing = date(2026, 12, 8)
    live = stood("in_force", is_interim=True, last_day=date(2026, 12, 1), main_hearing_on=hearing, **LIVE)
    run_out = replace(live, since=utc("2026-12-02"), status="expired")
    assert only(What.GAP, live, run_out, kind="ISPO").done_at is None, "the gap has just begun"
    for heard in ({"main_hearing_on": None}, {"is_followed": True}):
        over = replace(run_out, since=utc("2026-12-08T11:00"), **heard)
        one = only(What.GAP, live, run_out, over, kind="ISPO")
        assert (one.done_at, one.is_done) == (over.since, True)


@pytest.mark.rule("ORD-07")
def test_a_live_interim_order_whose_application_is_decided_is_asked_about_at_once_until_its_end_is_recorded() -> None:
    waits = stood("in_force", is_interim=True, **LIVE)
    decided = replace(waits, since=NOON + DAY, is_main_decided=True)
    one = only(What.DETERMINED, waits, decided, kind="ISPO")
    assert (one.raised_at, one.due_at, one.done_at) == (NOON + DAY, NOON + DAY, None)
    for status, is_done in (("superseded", True), ("expired", False)):
        ended = only(
            What.DETERMINED, waits, decided, replace(decided, since=NOON + 2 * DAY, status=status), kind="ISPO"
        )
        assert (ended.done_at, ended.is_done) == (NOON + 2 * DAY, is_done)
    assert of(What.DETERMINED, replace(decided, is_interim=False)) == []


@pytest.mark.rule("CLK-07")
def test_the_hearing_after_a_notice_is_within_48_counted_hours_and_a_limit_of_law() -> None:
    # Served on a Saturday at noon: Sunday is left out whole.
    saturday = utc("2026-11-28T12:00")
    served = stood("in_force", saturday, **LIVE | {"made_at": saturday - HOUR}, served_at=saturday)
    one = only(What.NOTICE_HEARING, served, kind="DVPN")
    assert (one.due_at, one.mark) == (utc("2026-12-01T12:00"), None)
    ended = stood("superseded", saturday + DAY)
    assert only(What.NOTICE_HEARING, served, ended, kind="DVPN").done_at == saturday + DAY
    given = stood("granted", saturday, **LIVE | {"made_at": saturday})
    assert only(What.NOTICE_HEARING, given, kind="DAPN").due_at == utc("2026-12-01T12:00")
    assert of(What.NOTICE_HEARING, given, kind="DVPN") == [], "its clock starts with service"
    # In doubt whether 26 December 2026 counts: police work to the earlier reading, and it is marked.
    doubt = utc("2026-12-24T12:00")
    marked = only(What.NOTICE_HEARING, stood("granted", doubt, **LIVE | {"made_at": doubt}), kind="DAPN")
    assert marked.mark is not None


@pytest.mark.rule("CLK-07")
@pytest.mark.rule("ORD-10")
def test_an_adjournment_settles_the_hearing_after_a_notice_and_only_the_decision_ends_the_notice() -> None:
    served = stood("in_force", served_at=NOON, **LIVE)
    heard = replace(served, since=NOON + DAY, is_heard=True)
    one = only(What.NOTICE_HEARING, served, heard, kind="DVPN")
    assert (one.done_at, one.is_done) == (NOON + DAY, True)
    assert of(What.NOTICE_DETERMINED, served, heard, kind="DVPN") == [], "the notice runs on through an adjournment"
    decided = replace(heard, since=NOON + 8 * DAY, is_main_decided=True)
    for kind in ("DVPN", "DAPN"):
        asked_at = only(What.NOTICE_DETERMINED, served, heard, decided, kind=kind)
        assert (asked_at.raised_at, asked_at.due_at, asked_at.done_at) == (decided.since, decided.since, None)
    ended = replace(decided, since=NOON + 9 * DAY, status="superseded")
    one = only(What.NOTICE_DETERMINED, served, heard, decided, ended, kind="DVPN")
    assert (one.done_at, one.is_done) == (ended.since, True)
    assert of(What.DETERMINED, served, heard, decided, kind="DVPN") == []
    assert of(What.NOTICE_DETERMINED, decided, kind="SPO") == []


@pytest.mark.rule("ORD-11")
def test_an_order_is_served_by_the_end_of_the_next_day_and_unserved_for_more_than_three_is_an_alert() -> None:
    made = stood("granted", **LIVE)
    serve, alert = only(What.SERVE, made), only(What.UNSERVED, made)
    assert (serve.raised_at, serve.due_at) == (NOON, end_of(date(2026, 11, 25)))
    assert (alert.raised_at, alert.due_at) == (end_of(date(2026, 11, 27)), end_of(date(2026, 11, 28)))
    served = stood("in_force", NOON + DAY, served_at=NOON + DAY, **LIVE)
    assert (only(What.SERVE, made, served).done_at, of(What.UNSERVED, made, served)) == (NOON + DAY, [])
    ended = only(What.SERVE, made, stood("discharged", NOON + DAY))
    assert (ended.done_at, ended.is_done) == (NOON + DAY, False)
    assert of(What.SERVE, replace(made, status="in_force"), kind="BAIL") == []
    known_late = stood("granted", NOON, **LIVE | {"made_at": NOON - 10 * DAY})
    assert only(What.SERVE, known_late).raised_at == only(What.SERVE, known_late).due_at


@pytest.mark.rule("ORD-11")
@pytest.mark.rule("CLK-03")
@pytest.mark.parametrize(("kind", "is_chased"), [("SPO", True), ("ISPO", True), ("RO_CONV", False), ("DAPO", False)])
def test_where_the_duty_begins_with_service_what_the_respondent_knows_ends_no_chase(
    kind: str, *, is_chased: bool
) -> None:
    made = stood("granted", **LIVE)
    known = stood("in_force", NOON + HOUR, aware_at=NOON, **LIVE)
    served = replace(known, since=NOON + 5 * DAY, served_at=NOON + 5 * DAY)
    serve = only(What.SERVE, made, known, kind=kind)
    assert (serve.key, serve.done_at) == ("made-5", None if is_chased else NOON + HOUR)
    alert = of(What.UNSERVED, made, known, kind=kind)
    assert bool(alert) is is_chased
    for end, is_done in ((served, True), (replace(served, status="discharged"), False)):
        for what in (What.SERVE, What.UNSERVED) if is_chased else ():
            one = only(what, made, known, end, kind=kind)
            assert (one.done_at, one.is_done) == (NOON + 5 * DAY, is_done)
    heard = only(What.SERVE, known, kind=kind) if is_chased else None
    assert heard is None or heard.raised_at == NOON + HOUR, "known by awareness as soon as we knew of it"


@pytest.mark.rule("ORD-20")
def test_each_version_of_the_terms_is_compared() -> None:
    typed = stood("granted", **LIVE | {"is_compared": False})
    same = stood("granted", NOON + HOUR, **LIVE)
    varied = stood("granted", NOON + DAY, **LIVE | {"terms": 2, "is_compared": False})
    one, two = of(What.TERMS, typed, same, varied)
    assert (one.key, one.due_at, one.done_at, one.is_done) == ("terms-1", end_of(date(2026, 11, 25)), NOON + HOUR, True)
    assert (two.key, two.done_at) == ("terms-2", None)
    dropped = only(What.TERMS, typed, stood("discharged", NOON + HOUR))
    assert (dropped.done_at, dropped.is_done) == (NOON + HOUR, False)
    assert of(What.TERMS, replace(typed, terms=0)) == []


@pytest.mark.rule("ORD-20")
@pytest.mark.parametrize(
    ("after", "is_done"),
    [
        ({"terms": 2, "is_compared": False}, True),
        ({}, True),
        ({"status": "discharged"}, False),
    ],
)
def test_terms_found_to_differ_are_put_right_or_found_the_same_after_all(
    after: dict[str, Any], *, is_done: bool
) -> None:
    typed = stood("granted", **LIVE | {"is_compared": False})
    differs = stood("granted", NOON + HOUR, **LIVE | {"is_compared": False, "differs": True})
    after_it = stood(**{"status": "granted", "at": NOON + DAY} | LIVE | after)
    compared = only(What.TERMS, typed, differs)
    assert (compared.done_at, compared.is_done) == (NOON + HOUR, True), "whoever found it has compared them"
    one = only(What.TERMS_DIFFER, typed, differs, after_it)
    assert (one.raised_at, one.due_at, one.done_at, one.is_done) == (
        NOON + HOUR, end_of(date(2026, 11, 25)), NOON + DAY, is_done
    )  # fmt: skip
    again = of(What.TERMS, typed, differs, after_it)
    assert [each.key for each in again if each.done_at is None] == (["terms-2"] if "terms" in after else [])


@pytest.mark.rule("CLK-12")
def test_an_order_is_watched_90_60_and_30_days_before_its_last_day_each_watch_in_place_of_the_last() -> None:
    last_day = date(2027, 11, 24)
    live = stood("in_force", last_day=last_day, **LIVE)
    found = of(What.WATCH, live, now=start_of(last_day))
    days = [last_day - timedelta(days=number) for number in (90, 60, 30)]
    assert [(one.why, day_of(one.raised_at)) for one in found] == [
        ("90_days", days[0]), ("60_days", days[1]), ("30_days", days[2])
    ]  # fmt: skip
    assert [one.done_at for one in found] == [start_of(days[1]), start_of(days[2]), None]
    assert [one.is_done for one in found[:2]] == [False, False], "the next watch stands in its place"
    renewed = stood("in_force", NOON + 300 * DAY, last_day=date(2029, 11, 24), **LIVE)
    first = of(What.WATCH, live, renewed)[0]
    assert (first.done_at, first.is_done) == (NOON + 300 * DAY, True)
    late = stood("in_force", start_of(last_day - 45 * DAY), last_day=last_day, **LIVE)
    assert [(one.why, one.raised_at) for one in of(What.WATCH, late)] == [
        ("60_days", late.since), ("30_days", start_of(days[2]))
    ]  # fmt: skip


@pytest.mark.rule("CLK-12")
def test_a_short_order_is_watched_at_half_term_and_one_without_end_every_twelve_months() -> None:
    short = stood("in_force", last_day=date(2026, 12, 21), **LIVE)
    assert [(one.why, day_of(one.raised_at)) for one in of(What.WATCH, short)] == [("half_term", date(2026, 12, 8))]
    endless = stood("in_force", is_indefinite=True, **LIVE)
    found = of(What.WATCH, endless, now=NOON + 800 * DAY)
    assert [day_of(one.raised_at) for one in found] == [
        date(2027, 11, 24), date(2028, 11, 24), date(2029, 11, 24)
    ]  # fmt: skip
    assert len({one.key for one in found}) == 3
    assert {one.why for one in found} == {"indefinite"}
    old = stood("in_force", is_indefinite=True, **LIVE | {"made_at": NOON - 500 * DAY})
    assert day_of(of(What.WATCH, old, now=NOON)[0].raised_at) == date(2027, 7, 12)
    for kind, status in (("BAIL", "in_force"), ("DVPN", "in_force")):
        assert of(What.WATCH, replace(short, status=status), kind=kind) == []
    assert of(What.WATCH, stood("in_force", **LIVE)) == [], "nobody has said whether it ends"


@pytest.mark.rule("VIC-05")
@pytest.mark.parametrize(
    ("kind", "last_day", "since"),
    [
        ("BAIL", date(2026, 12, 21), start_of(date(2026, 12, 8))),
        ("LICENCE", date(2027, 11, 24), start_of(date(2027, 10, 25))),
        ("BAIL", None, None),
        ("SPO", date(2026, 12, 21), None),
    ],
)
def test_the_end_of_conditions_is_warned_of_from_thirty_days_before_or_half_of_their_time(
    kind: str, last_day: date | None, since: datetime | None
) -> None:
    live = stood("in_force", last_day=last_day, **LIVE)
    assert warns_from(kind_of(kind), [live], LATER) == since
    assert warns_from(kind_of(kind), [live], NOON) is None, "not yet"
    assert warns_from(kind_of(kind), [live, replace(live, since=NOON + DAY, status="revoked")], LATER) is None
    assert warns_from(kind_of(kind), [replace(live, made_at=None)], LATER) is None
    assert warns_from(kind_of(kind), [], LATER) is None


@pytest.mark.rule("VIC-05")
@pytest.mark.rule("ORD-17")
def test_what_time_alone_brings_comes_whether_or_not_somebody_has_decided() -> None:
    last_day = date(2027, 6, 30)
    watches = [start_of(last_day - timedelta(days=days)) for days in (90, 60, 30)]
    for is_decided in (False, True):
        live = [stood("in_force", last_day=last_day, is_end_decided=is_decided, **LIVE)]
        come, now = [], NOON
        while (at := changes_at(kind_of("SPO"), live, now)) is not None:
            come.append(at)
            now = at
        assert come == [*watches, end_of(last_day)]
    over = [*live, replace(live[0], since=watches[0] + DAY, status="discharged")]
    assert changes_at(kind_of("SPO"), over, watches[0] + DAY) is None
    bail = [stood("in_force", last_day=date(2026, 12, 21), **LIVE)]
    assert changes_at(kind_of("BAIL"), bail, NOON) == start_of(date(2026, 12, 8))
    assert changes_at(kind_of("BAIL"), bail, start_of(date(2026, 12, 8))) == end_of(date(2026, 12, 21))
    assert changes_at(kind_of("BAIL"), [stood("in_force", **LIVE)], NOON) is None
    assert changes_at(kind_of("BAIL"), [], NOON) is None


@pytest.mark.rule("VIC-05")
def test_conditions_known_late_are_warned_of_since_they_are_known() -> None:
    late = stood("in_force", start_of(date(2026, 12, 20)), last_day=date(2026, 12, 21), **LIVE)
    assert warns_from(kind_of("BAIL"), [late], LATER) == late.since
    over = stood("in_force", start_of(date(2026, 12, 23)), last_day=date(2026, 12, 21), **LIVE)
    assert warns_from(kind_of("BAIL"), [over], LATER) is None, "its end is told as such"


@pytest.mark.rule("CLK-03")
@pytest.mark.parametrize(
    ("kind", "served", "runs"),
    [("SPO", True, True), ("SPO", False, False), ("RO_CONV", True, False), ("DAPO", False, True), ("ISPO", True, True)],
)
def test_the_first_notification_is_due_for_the_kinds_that_have_it(kind: str, *, served: bool, runs: bool) -> None:
    live = stood("in_force", served_at=NOON if served else None, **LIVE)
    found = of(What.NOTIFICATION, live, kind=kind)
    assert bool(found) is runs
    if runs:
        assert found[0].due_at == end_of(date(2026, 11, 26)), "three days, the first of which is day 1"
        notified = replace(live, since=NOON + DAY, notified_at=NOON + DAY)
        done = only(What.NOTIFICATION, live, notified, kind=kind)
        assert (done.done_at, done.is_done) == (NOON + DAY, True)
        dropped = only(What.NOTIFICATION, live, stood("quashed", NOON + DAY), kind=kind)
        assert (dropped.done_at, dropped.is_done) == (NOON + DAY, False)


@pytest.mark.rule("CLK-05")
def test_a_full_order_starts_no_second_clock_and_a_failure_under_the_interim_stays_open() -> None:
    full = stood("in_force", served_at=NOON, replaced=Interim(served=True), **LIVE)
    assert of(What.NOTIFICATION, full) == []
    interim = stood("in_force", served_at=NOON, **LIVE)
    over = replace(interim, since=NOON + DAY, status="superseded")
    assert only(What.NOTIFICATION, interim, over, kind="ISPO").done_at is None
    ran_out = replace(over, status="expired")
    assert only(What.NOTIFICATION, interim, ran_out, kind="ISPO").done_at == NOON + DAY
    assert only(What.NOTIFICATION, interim, replace(ran_out, made_way=True), kind="ISPO").done_at is None


@pytest.mark.rule("VIC-06")
def test_whoever_it_protects_has_the_terms_in_writing_a_working_day_after_service() -> None:
    served = stood("in_force", served_at=NOON, protects=2, **LIVE)
    one = only(What.TERMS_TO_VICTIM, served)
    assert (one.raised_at, one.due_at, one.done_at) == (NOON, end_of(date(2026, 11, 25)), None)
    assert only(What.TERMS_TO_VICTIM, served, replace(served, since=NOON + HOUR, has_terms=1)).done_at is None
    both = only(What.TERMS_TO_VICTIM, served, replace(served, since=NOON + HOUR, has_terms=2))
    assert (both.done_at, both.is_done) == (NOON + HOUR, True)
    assert of(What.TERMS_TO_VICTIM, replace(served, served_at=None)) == []
    assert of(What.TERMS_TO_VICTIM, replace(served, protects=0)) == []
    known = only(What.TERMS_TO_VICTIM, replace(served, served_at=None, aware_at=NOON - DAY))
    assert known.due_at == end_of(date(2026, 11, 24)), "a respondent who knows of it counts as served"
    both = stood("in_force", protects=1, served_at=NOON, aware_at=NOON - DAY, **LIVE)
    assert both.bound_at == NOON - DAY, "by whichever was first"


@pytest.mark.rule("ORD-18")
def test_a_live_order_has_an_owner_and_a_whole_card_and_what_comes_again_has_a_key_of_its_own() -> None:
    nobody = stood("granted", **LIVE | {"owner": None})
    taken = stood("granted", NOON + HOUR, **LIVE)
    given_back = replace(nobody, since=NOON + DAY)
    one, two = of(What.UNOWNED, nobody, taken, given_back)
    assert (one.key, one.due_at, one.done_at) == ("unowned", end_of(date(2026, 11, 25)), NOON + HOUR)
    assert (two.key, two.done_at) == ("unowned:2", None)
    lacking = stood("granted", card_lacks=2, **LIVE)
    whole = stood("granted", NOON + HOUR, **LIVE)
    assert only(What.CARD, lacking, whole).done_at == NOON + HOUR
    ended = only(What.CARD, lacking, stood("discharged", NOON + HOUR, card_lacks=2))
    assert (ended.done_at, ended.is_done) == (NOON + HOUR, False)
    assert of(What.CARD, stood("decided", card_lacks=2)) == []


@pytest.mark.rule("ORD-06")
@pytest.mark.rule("VIC-05")
def test_a_live_order_protects_somebody_who_is_named_by_the_end_of_the_next_working_day() -> None:
    nobody = stood("granted", **LIVE)
    named = replace(nobody, since=NOON + HOUR, protects=1)
    one = only(What.PROTECTS_NOBODY, nobody, named)
    assert (one.raised_at, one.due_at) == (NOON, end_of(date(2026, 11, 25)))
    assert (one.done_at, one.is_done) == (NOON + HOUR, True)
    ended = only(What.PROTECTS_NOBODY, nobody, stood("discharged", NOON + HOUR))
    assert (ended.done_at, ended.is_done) == (NOON + HOUR, False)
    assert of(What.PROTECTS_NOBODY, stood("applied")) == []


@pytest.mark.rule("ORD-18")
def test_a_live_order_stands_in_the_national_system_with_the_words_that_hold() -> None:
    made = stood("granted", **LIVE)
    entered = replace(made, since=NOON + HOUR, is_entered=True)
    varied = replace(made, since=NOON + DAY, terms=2)
    one, two = of(What.NATIONAL_ENTRY, made, entered, varied)
    assert (one.key, one.due_at, one.done_at, one.is_done) == ("terms-1", end_of(date(2026, 11, 25)), NOON + HOUR, True)
    assert (two.key, two.done_at) == ("terms-2", None)
    ended = only(What.NATIONAL_ENTRY, made, stood("discharged", NOON + HOUR))
    assert (ended.done_at, ended.is_done) == (NOON + HOUR, False)


@pytest.mark.rule("MON-04")
@pytest.mark.parametrize("seed", range(40))
def test_over_any_history_nothing_is_due_after_it_is_done_and_every_key_is_one_thing(seed: int) -> None:
    dice = random.Random(seed)
    kind = dice.choice(list(kinds().values()))
    at, history = NOON, []
    for number in range(1, dice.randrange(2, 14)):
        at += dice.randrange(1, 60 * 24) * HOUR
        day = day_of(at)
        history.append(
            stood(
                dice.choice(list(OrderStatus)), at, moves=number, decided=number, decided_on=day, asked=number, made=1,
                made_at=NOON, served_at=dice.choice([None, at]), last_day=dice.choice([None, day + 100 * DAY]),
                is_indefinite=dice.choice([True, False]), is_interim=dice.choice([True, False]), adjourned_on=day,
                next_hearing_on=dice.choice([None, day + 20 * DAY]), main_hearing_on=dice.choice([None, day + 120 * DAY]),
                owner=dice.choice([None, 7]), terms=dice.choice([0, 1]), is_compared=dice.choice([True, False]),
                differs=dice.choice([True, False]),
                card_lacks=dice.choice([0, 2]), protects=1, has_terms=dice.choice([0, 1]),
            )
        )  # fmt: skip
    found = asked(kind, history, at + 30 * DAY)
    keys = [(one.what, one.key) for one in found]
    assert len(keys) == len(set(keys))
    for one in found:
        assert one.raised_at <= one.due_at
        assert one.done_at is None or one.raised_at < one.done_at <= at + 30 * DAY
    over = [*history, stood("quashed", at + 30 * DAY, moves=99)]
    assert [one for one in asked(kind, over, at + 31 * DAY) if one.done_at is None] == []


def test_a_spell_ends_when_its_word_changes_and_begins_anew() -> None:
    history = [stood("granted", NOON + number * HOUR, owner=owner) for number, owner in enumerate((1, 1, 2, None, 1))]
    found = spells(history, lambda one: str(one.owner) if one.owner else None)
    assert [(one.key, one.began.since, one.ended and one.ended.since) for one in found] == [
        ("1", NOON, NOON + 2 * HOUR), ("2", NOON + 2 * HOUR, NOON + 3 * HOUR), ("1:2", NOON + 4 * HOUR, None),
    ]  # fmt: skip
    assert spells([], lambda _: "x") == []
