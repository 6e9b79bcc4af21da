"""Terms, extensions, locks, interim orders and appeals: how long, and what is said of what lies outside."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.clocks.lengths import calendar_length
from craffu.clocks.london import end_of, instant_of
from craffu.orders.catalogue.reading import kinds
from craffu.orders.clocks.appeals import WATCHED, appeal_watch, notice_appeal
from craffu.orders.clocks.interim import interim_end
from craffu.orders.clocks.locks import discharge_lock
from craffu.orders.clocks.notifications import DAYS, WITH_DUTY
from craffu.orders.clocks.terms import Stage, cbo_review_last_day, check_term, extension, term_of, to_query

MADE = date(2026, 11, 24)
DAY = timedelta(days=1)

TERMS = [
    # kind, age, least, most, may be without end
    ("SPO", 30, "2028-11-23", None, True),  # K4
    ("SPO", 16, "2028-11-23", None, True),
    ("SPO_CONV", 30, "2028-11-23", None, True),
    ("SPO_ACQ", 30, "2028-11-23", None, True),
    ("ISPO", 30, None, None, False),
    ("DVPO", 30, "2026-12-07", "2026-12-21", False),
    ("DVPO", None, "2026-12-07", "2026-12-21", False),
    ("ASBI", 17, None, "2027-11-23", False),
    ("ASBI", 18, None, None, True),
    ("ASBI", None, None, None, True),
    ("SHPO", 30, "2031-11-23", None, True),
    ("SHPO", 15, "2031-11-23", None, True),
    ("SRO", 30, "2028-11-23", None, True),
    ("CBO", 17, "2027-11-23", "2029-11-23", False),  # K17
    ("CBO", 18, "2028-11-23", None, True),
    ("CBO", None, "2028-11-23", None, True),
    ("NMO", 30, None, None, True),
    ("DAPO", 30, None, None, True),
]


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@pytest.mark.rule("CLK-09")
@pytest.mark.parametrize(("kind", "age", "least", "most", "endless"), TERMS)
def test_a_term_is_held_against_the_law(
    *, kind: str, age: int | None, least: str | None, most: str | None, endless: bool
) -> None:
    def found(last: date | None) -> str:
        checked = check_term(kind, MADE, last, Stage.PROPOSAL, age)
        assert (checked.minimum_last_day, checked.maximum_last_day) == (day(least), day(most))
        kept = check_term(kind, MADE, last, Stage.COURT, age)
        outside = checked.finding != "ok"
        assert checked.action == ("refuse" if outside else "accept")
        assert (kept.finding, kept.action) == (
            checked.finding,
            "keep_and_query_sealed_order" if outside else "accept",
        )
        return checked.finding

    first, last = day(least), day(most)
    assert found(None) == ("ok" if endless else "must_be_fixed")
    if first is None:
        assert found(MADE) == "ok"
        assert found(MADE - DAY) == "ends_before_made"
    else:
        assert (found(first), found(first - DAY)) == ("ok", "below_minimum")
    if last is not None:
        assert (found(last), found(last + DAY)) == ("ok", "above_maximum")


@pytest.mark.rule("CLK-09")
@pytest.mark.parametrize(
    ("section", "so_far", "last", "why", "latest"),
    [
        ("35", 0, "2027-05-15", None, True),
        ("35", 9, "2027-05-15", None, True),
        ("37", 3, "2027-05-15", None, True),
        ("37", 0, "2027-05-16", "above_maximum", True),
        ("36", 0, "2027-05-15", None, True),
        ("36", 1, "2027-05-15", "one_extension_only", True),
        ("38", 0, "2026-11-16", None, True),
        ("38", 0, "2026-11-15", "ends_before_start", True),
        ("38", 2, "2027-05-16", "one_extension_only", True),
        ("35", 0, None, "must_be_fixed", True),
        ("33", 0, "2027-05-15", "extend_by_variation", False),
    ],
)
def test_an_occupation_order_is_extended_as_its_section_allows(
    *, section: str, so_far: int, last: str | None, why: str | None, latest: bool
) -> None:
    found = extension(section, date(2026, 11, 16), day(last), so_far)
    assert (found.allowed, found.why) == (why is None, why)
    assert found.latest_last_day == (date(2027, 5, 15) if latest else None)


@pytest.mark.rule("CLK-09")
def test_there_is_no_occupation_order_under_another_section() -> None:
    with pytest.raises(ValueError, match="33, 35, 36, 37, 38"):
        extension("34", MADE, None, 0)


@pytest.mark.rule("CLK-09")
@pytest.mark.parametrize(("start", "last"), [("2027-03-01", "2028-02-29"), ("2026-11-24", "2027-11-23")])
def test_a_young_persons_order_is_reviewed_within_twelve_months(start: str, last: str) -> None:
    assert cbo_review_last_day(date.fromisoformat(start)) == date.fromisoformat(last)


CHIEF, OTHER = "chief_officer_a", "chief_officer_b"


@pytest.mark.rule("ORD-16")
@pytest.mark.parametrize(
    ("kind", "last"),
    [("SPO", "2028-11-23"), ("SHPO", "2031-11-23"), ("SRO", "2028-11-23"), ("ISPO", None), ("NMO", None)],
)
def test_in_the_lock_everybody_must_consent(kind: str, last: str | None) -> None:
    def missing(on: date, *consents: str) -> tuple[bool, tuple[str, ...]]:
        lock = discharge_lock(kind, MADE, on, concerned=[CHIEF, OTHER, CHIEF], consents=consents)
        assert lock.lock_last_day == day(last)
        assert lock.allowed is (not lock.missing)
        return lock.in_lock, lock.missing

    if last is None:
        assert missing(MADE) == (False, ())
        return
    ends = date.fromisoformat(last)
    assert missing(MADE) == missing(ends) == (True, ("respondent", CHIEF, OTHER))
    assert missing(ends + DAY) == (False, ())
    assert missing(ends, "respondent", OTHER) == (True, (CHIEF,))
    assert missing(ends, CHIEF, OTHER) == (True, ("respondent",))
    assert missing(ends, "respondent", CHIEF, OTHER) == (True, ())


@pytest.mark.rule("ORD-16")
@pytest.mark.parametrize(("kind", "locked"), [("SHPO", False), ("SPO", True), ("SRO", True)])
def test_only_a_ban_on_travel_is_not_locked(kind: str, *, locked: bool) -> None:
    lock = discharge_lock(kind, MADE, MADE, concerned=[CHIEF], foreign_travel_ban_only=True)
    assert lock.in_lock is locked
    assert lock.lock_last_day is not None


@pytest.mark.rule("ORD-07")
@pytest.mark.parametrize(
    ("last", "determined", "hearing", "ended", "why", "gap"),
    [
        ("2026-12-15", None, None, "2026-12-16T00:00+00:00", "fixed_period", None),
        ("2026-12-15", None, "2026-12-15", "2026-12-16T00:00+00:00", "fixed_period", None),
        ("2026-12-15", None, "2026-12-16", "2026-12-16T00:00+00:00", "fixed_period", 0),
        ("2026-12-15", None, "2026-12-17", "2026-12-16T00:00+00:00", "fixed_period", 1),
        ("2026-12-15", "2026-12-15T23:59", None, "2026-12-15T23:59+00:00", "main_application_determined", None),
        ("2026-12-15", "2026-12-16T00:00", None, "2026-12-16T00:00+00:00", "fixed_period", None),
        ("2026-12-15", "2026-12-01T11:30", "2027-01-12", "2026-12-01T11:30+00:00", "main_application_determined", None),
        ("2026-12-15", "2026-12-20T11:30", "2026-12-20", "2026-12-16T00:00+00:00", "fixed_period", None),
        (None, "2026-12-01T11:30", None, "2026-12-01T11:30+00:00", "main_application_determined", None),
        (None, None, "2027-01-12", None, None, None),
    ],
)
def test_an_interim_order_ends_at_the_earlier_of_its_ends(
    *,
    last: str | None,
    determined: str | None,
    hearing: str | None,
    ended: str | None,
    why: str | None,
    gap: int | None,
) -> None:
    at = None if determined is None else instant_of(datetime.fromisoformat(determined))
    found = interim_end(day(last), at, day(hearing))
    assert found.ended_at == (None if ended is None else datetime.fromisoformat(ended))
    assert (found.why, found.gap_days) == (why, gap)
    assert found.alert == (None if gap is None else "interim_ends_before_hearing")


@pytest.mark.rule("CLK-09")
@pytest.mark.rule("ORD-17")
def test_a_notice_is_appealed_in_21_days_and_an_order_is_only_watched() -> None:
    notice, order = notice_appeal(date(2026, 12, 7)), appeal_watch(date(2026, 12, 7))
    assert (notice.last_day, notice.bars, notice.mark) == (date(2026, 12, 27), True, None)  # K12
    assert (order.last_day, order.bars, order.mark) == (date(2026, 12, 28), False, "not confirmed")
    assert sorted(WATCHED) == ["ISPO", "SPO"]


@pytest.mark.rule("CLK-09")
@given(st.dates(date(2012, 1, 1), date(2035, 12, 31)), st.sampled_from(TERMS), st.integers(-10, 4000))
def test_no_term_ends_before_it_starts(
    made: date, term: tuple[str, int | None, str | None, str | None, bool], days: int
) -> None:
    kind, age, *_ = term
    found = check_term(kind, made, made + timedelta(days=days), Stage.PROPOSAL, age)
    assert all(end >= made for end in (found.minimum_last_day, found.maximum_last_day) if end is not None)
    if found.finding == "ok":
        assert days >= 0
        assert interim_end(made + timedelta(days=days)).ended_at == end_of(made + timedelta(days=days))


@pytest.mark.rule("CLK-09")
@pytest.mark.parametrize("code", sorted(kinds()))
def test_a_kind_of_order_says_the_same_term_and_the_same_notification(code: str) -> None:
    kind = kinds()[code]
    adult, young = term_of(code, 30), term_of(code, 17)
    assert adult.least == (kind.term.min_period and calendar_length(kind.term.min_period))
    most = re.fullmatch(r"P\d+[DMY]( if under 18)?", kind.term.max_period or "")
    if most:
        assert (young if most[1] else adult).most == calendar_length(most[0].removesuffix(most[1] or ""))
    elif code not in KEPT_ELSEWHERE:
        assert kind.term.max_period is None
        assert adult.most is None
    assert (code in WITH_DUTY) == (kind.notification.days is not None)
    assert kind.notification.days in {None, DAYS}


# Notices run hours, bail and occupation orders as their own clocks say.
KEPT_ELSEWHERE = {"DVPN", "DAPN", "PCB", "OCC"}


def test_instants_are_kept_as_they_came() -> None:
    at = datetime(2026, 12, 1, 11, 30, tzinfo=UTC)
    assert interim_end(None, at).ended_at == at


@pytest.mark.rule("CLK-09")
@pytest.mark.parametrize(
    ("kind", "last_day", "is_interim", "is_indefinite", "age", "finding"),
    [
        ("SPO", date(2027, 1, 1), False, False, 30, "below_minimum"),
        ("SPO", None, False, True, 30, None),
        ("ISPO", None, True, True, 30, "must_be_fixed"),
        ("ISPO", date(2026, 12, 1), True, False, 30, None),
        ("ISPO", None, True, False, 30, None),
        ("SHPO", date(2027, 1, 1), True, False, 30, None),
        ("SHPO", date(2027, 1, 1), False, False, 30, "below_minimum"),
        ("CBO", date(2030, 1, 1), False, False, 16, "above_maximum"),
        ("CBO", date(2030, 1, 1), False, False, None, None),
        ("NMO", date(2026, 11, 1), False, False, None, "ends_before_made"),
    ],
)
def test_what_a_court_is_asked_of_the_term_of_its_order(
    kind: str, last_day: date | None, is_interim: bool, is_indefinite: bool, age: int | None, finding: str | None
) -> None:
    """An end that nobody gave is lacking, and no question to a court; an interim order lasts as long as it is needed."""
    found = to_query(
        kind, date(2026, 11, 24), last_day, is_interim=is_interim, is_indefinite=is_indefinite, age=age
    )  # fmt: skip
    assert (found and found.finding.value) == finding
    assert found is None or found.action == "keep_and_query_sealed_order"
