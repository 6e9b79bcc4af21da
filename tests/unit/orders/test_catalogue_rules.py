"""Which kinds are offered where and when, who may apply and who may ask for a change (ORD-04, ORD-05, ORD-15)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.orders.catalogue.kinds import First
from craffu.orders.catalogue.reading import kind_of, kinds
from craffu.orders.catalogue.rules import (
    Applicant,
    ChangeOf,
    Entered,
    WhyNotApply,
    WhyOffered,
    age_on,
    availability,
    court_for,
    may_apply,
    may_ask_for_change,
    too_young,
)

TODAY = date(2026, 11, 24)
HERE = "Dyfed-Powys"


@pytest.mark.rule("ORD-04")
@pytest.mark.parametrize(
    ("kind", "area", "on", "why"),
    [
        ("SPO", HERE, date(2020, 1, 20), WhyOffered.IN_FORCE),
        ("SPO", HERE, date(2020, 1, 19), WhyOffered.NOT_YET),
        ("SPO", "North Wales", TODAY, WhyOffered.IN_FORCE),
        ("PHA_INJ", HERE, date(1997, 1, 1), WhyOffered.IN_FORCE),
        ("BAIL", HERE, TODAY, WhyOffered.IN_FORCE),
        ("SPO_ACQ", HERE, TODAY, WhyOffered.NOT_VERIFIED),
        ("SPO_CONV", "Greater Manchester", date(2099, 1, 1), WhyOffered.NOT_VERIFIED),
        ("DAPO", HERE, TODAY, WhyOffered.NOT_A_PILOT_AREA),
        ("DAPO", "London", date(2025, 1, 1), WhyOffered.NOT_A_PILOT_AREA),
        ("DAPO", "greater  manchester", date(2024, 11, 26), WhyOffered.NOT_YET),
        ("DAPO", " Greater Manchester", date(2024, 11, 27), WhyOffered.PILOT_AREA),
        ("DAPO", "Croydon", date(2026, 3, 31), WhyOffered.PILOT_AREA),
        ("DAPO", "Bromley", date(2026, 4, 1), WhyOffered.AFTER_PILOT),
        ("DAPN", "British Transport Police", date(2024, 11, 27), WhyOffered.PILOT_AREA),
        ("DAPN", "Cleveland", date(2025, 3, 4), WhyOffered.NOT_YET),
        ("DAPN", "Cleveland", date(2025, 3, 5), WhyOffered.PILOT_AREA),
        ("DAPN", "Cleveland boroughs", date(2025, 3, 5), WhyOffered.PILOT_AREA),
        ("DAPN", "Gwynedd", date(2025, 4, 28), WhyOffered.PILOT_AREA),
    ],
)
def test_a_kind_is_offered_only_where_and_when_a_dated_row_says_so(
    kind: str, area: str, on: date, why: WhyOffered
) -> None:
    found = availability(kind_of(kind), area, on)
    assert found.why == why
    assert found.offered is (why in {WhyOffered.IN_FORCE, WhyOffered.PILOT_AREA})
    assert not found.recorded


@pytest.mark.rule("ORD-04")
@pytest.mark.parametrize(
    ("row", "area", "on", "why"),
    [
        (Entered(date(2027, 4, 1)), HERE, date(2027, 4, 1), WhyOffered.IN_FORCE),
        (Entered(date(2027, 4, 1)), HERE, date(2027, 3, 31), WhyOffered.NOT_YET),
        (Entered(None), HERE, TODAY, WhyOffered.NOT_VERIFIED),
        (Entered(date(2027, 4, 1), date(2028, 3, 31)), HERE, date(2028, 3, 31), WhyOffered.IN_FORCE),
        (Entered(date(2027, 4, 1), date(2028, 3, 31)), HERE, date(2028, 4, 1), WhyOffered.NO_LONGER),
        (Entered(date(2027, 4, 1), None, "Gwent"), HERE, date(2027, 4, 1), WhyOffered.OTHER_AREA),
        (Entered(date(2027, 4, 1), None, "dyfed-powys"), HERE, date(2027, 4, 1), WhyOffered.IN_FORCE),
    ],
)
def test_a_commencement_that_was_entered_is_what_counts(row: Entered, area: str, on: date, why: WhyOffered) -> None:
    for kind in ("SPO_CONV", "DAPO", "SPO"):
        assert availability(kind_of(kind), area, on, entered=row).why == why


@pytest.mark.rule("ORD-04")
@pytest.mark.parametrize("kind", list(kinds()))
@pytest.mark.parametrize("area", [HERE, "North Wales"])
def test_what_a_court_has_made_is_always_recorded(kind: str, area: str) -> None:
    on = date(2025, 6, 1)
    offered = availability(kind_of(kind), area, on).offered
    found = availability(kind_of(kind), area, on, received_from_court=True)
    assert (found.recorded, found.why, found.offered) == (True, WhyOffered.COURT_FACT, offered)


@pytest.mark.rule("ORD-05")
@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2008, 11, 25), date(2026, 11, 24), 17),
        (date(2008, 11, 24), date(2026, 11, 24), 18),
        (date(2008, 10, 25), date(2026, 11, 24), 18),
        (date(2008, 12, 1), date(2026, 11, 24), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 28), 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
    ],
)
def test_age_is_counted_in_whole_years_on_the_day(born: date, on: date, age: int) -> None:
    assert age_on(born, on) == age


@pytest.mark.rule("ORD-05")
@given(st.dates(date(1930, 1, 1), date(2012, 12, 31)), st.dates(date(2013, 1, 1), date(2035, 12, 31)))
def test_nobody_grows_younger_and_nobody_more_than_a_year_older_in_one_day(born: date, on: date) -> None:
    step = age_on(born, on + timedelta(days=1)) - age_on(born, on)
    assert step in {0, 1}


GROWN, YOUNG = date(1990, 1, 1), date(2009, 6, 1)
BOTH = frozenset(First)


@pytest.mark.rule("ORD-05")
@pytest.mark.parametrize(
    ("kind", "applicant", "born", "court"),
    [
        ("SPO", "chief_officer", GROWN, "magistrates"),
        ("SPO", "chief_officer", YOUNG, "youth"),
        ("ISPO", "chief_officer", YOUNG, "youth"),
        ("NMO", "victim", YOUNG, "family"),
        ("OCC", "victim", GROWN, "family"),
        ("PHA_INJ", "victim", GROWN, "county"),
        ("DVPN", "police", GROWN, None),
        ("DVPO", "constable", GROWN, "magistrates"),
        ("DAPN", "police", GROWN, None),
        ("DAPO", "chief_officer", GROWN, "magistrates"),
        ("DAPO", "victim", GROWN, "family"),
        ("CBO", "prosecution", GROWN, "criminal"),
        ("ASBI", "council", GROWN, "county"),
        ("ASBI", "council", YOUNG, "youth"),
        ("CPN", "council", YOUNG, None),
        ("SHPO", "chief_officer", GROWN, "magistrates"),
        ("SHPO", "court", GROWN, "criminal"),
        ("SRO", "national_crime_agency", YOUNG, "youth"),
        ("RO_CONV", "prosecution", GROWN, "criminal"),
    ],
)
def test_whom_the_statute_names_applies_to_the_court_it_names(
    kind: str, applicant: str, born: date, court: str | None
) -> None:
    found = may_apply(kind_of(kind), applicant, born, TODAY, done_first=BOTH)
    assert (found.allowed, found.court, found.why) == (True, court, None)


@pytest.mark.rule("ORD-05")
@pytest.mark.parametrize(
    ("kind", "applicant"),
    [
        *((kind, who) for kind in ("SPO", "ISPO") for who in ("victim", "prosecution", "court", "council", "")),
        *((kind, "chief_officer") for kind in ("NMO", "OCC", "PHA_INJ", "CBO", "DVPN", "RO_CONV", "SPO_CONV")),
        ("CBO", "victim"),
        ("DVPO", "victim"),
        ("NMO", "prosecution"),
        ("SRO", "victim"),
    ],
)
def test_nobody_else_applies(kind: str, applicant: str) -> None:
    found = may_apply(kind_of(kind), applicant, GROWN, TODAY, done_first=BOTH)
    assert (found.allowed, found.court, found.why) == (False, None, WhyNotApply.APPLICANT)


LEAST = {
    "SPO": 10,
    "ISPO": 10,
    "CBO": 10,
    "ASBI": 10,
    "CPW": 16,
    "CPN": 16,
    "DVPN": 18,
    "DVPO": 18,
    "DAPN": 18,
    "DAPO": 18,
}


@pytest.mark.rule("ORD-05")
@pytest.mark.parametrize("kind", list(kinds()))
def test_the_age_the_law_allows_is_reached_on_the_birthday(kind: str) -> None:
    least = LEAST.get(kind)
    if least is None:
        assert too_young(kind_of(kind), 0) is too_young(kind_of(kind), None) is None
        return
    assert too_young(kind_of(kind), least) is None
    assert too_young(kind_of(kind), least - 1) == WhyNotApply.TOO_YOUNG
    assert too_young(kind_of(kind), None) == WhyNotApply.AGE_UNKNOWN


@pytest.mark.rule("ORD-05")
def test_what_comes_first_is_asked_for_last() -> None:
    cpn, dvpo = kind_of("CPN"), kind_of("DVPO")
    assert may_apply(cpn, "police", GROWN, TODAY).why == WhyNotApply.NO_WARNING
    assert may_apply(cpn, "police", GROWN, TODAY, done_first={First.SERVED_NOTICE}).why == WhyNotApply.NO_WARNING
    assert may_apply(cpn, "police", GROWN, TODAY, done_first={First.WRITTEN_WARNING}).allowed
    assert may_apply(dvpo, "constable", GROWN, TODAY).why == WhyNotApply.NO_NOTICE
    assert may_apply(dvpo, "constable", GROWN, TODAY, done_first={First.SERVED_NOTICE}).allowed
    assert may_apply(dvpo, "constable", YOUNG, TODAY).why == WhyNotApply.TOO_YOUNG
    assert may_apply(dvpo, "victim", YOUNG, TODAY).why == WhyNotApply.APPLICANT


@pytest.mark.rule("ORD-05")
def test_an_unknown_birthday_is_said_and_stands_in_the_way_only_where_age_does() -> None:
    unknown = may_apply(kind_of("DAPO"), "victim", None, TODAY)
    assert (unknown.age, unknown.allowed, unknown.why) == (None, False, WhyNotApply.AGE_UNKNOWN)
    assert may_apply(kind_of("NMO"), "victim", None, TODAY).allowed
    assert court_for(kind_of("SRO"), "chief_officer", None) == "magistrates"


VARY, RENEW, DISCHARGE, RELAX = ChangeOf.VARY, ChangeOf.RENEW, ChangeOf.DISCHARGE, ChangeOf.RELAX


@pytest.mark.rule("ORD-15")
@pytest.mark.parametrize(
    ("kind", "applicant", "changes"),
    [
        ("SPO", "respondent", {VARY, RENEW, DISCHARGE}),
        ("SPO", "chief_officer_residence", {VARY, RENEW, DISCHARGE}),
        ("SPO", "chief_officer", {VARY, RENEW, DISCHARGE}),
        ("SPO", "victim", set()),
        ("SPO", "prosecution", set()),
        ("ISPO", "chief_officer_applied", {VARY, RENEW, DISCHARGE}),
        ("ISPO", "chief_officer_expected", set()),
        ("SPO_CONV", "respondent", set()),
        ("RO_CONV", "offender", {VARY, DISCHARGE}),
        ("RO_ACQ", "prosecutor", {VARY, DISCHARGE}),
        ("RO_CONV", "police", set()),
        ("NMO", "victim", {VARY, DISCHARGE}),
        ("NMO", "claimant", {VARY, DISCHARGE}),
        ("NMO", "police", set()),
        ("OCC", "applicant", {VARY, RENEW, DISCHARGE}),
        ("PHA_INJ", "defendant", {VARY, RENEW, DISCHARGE}),
        ("DVPO", "respondent", set()),
        ("DVPN", "respondent", set()),
        ("DAPO", "chief_officer_expected", {VARY, DISCHARGE}),
        ("DAPO", "protected_person", {VARY, DISCHARGE}),
        ("CBO", "prosecution", {VARY, DISCHARGE}),
        ("CBO", "victim", set()),
        ("ASBI", "applicant", {VARY, DISCHARGE}),
        ("SHPO", "chief_officer_applied", set()),
        ("SHPO", "chief_officer_believed", {VARY, RENEW, DISCHARGE}),
        ("SRO", "chief_officer_applied", {VARY, RENEW, DISCHARGE}),
        ("PCB", "suspect", {VARY}),
        ("BAIL", "court", {VARY}),
        ("CPN", "respondent", set()),
    ],
)
def test_only_the_persons_in_the_statute_ask_for_a_change(kind: str, applicant: str, changes: set[ChangeOf]) -> None:
    asked = {change: may_ask_for_change(kind_of(kind), applicant, change) for change in (VARY, RENEW, DISCHARGE)}
    assert {change for change, answer in asked.items() if answer.allowed} == changes
    assert {may_ask_for_change(kind_of(kind), applicant, one).allowed for one in (RELAX, ChangeOf.TIGHTEN)} == {
        VARY in changes
    }


@pytest.mark.rule("ORD-15")
def test_whoever_must_be_heard_is_said() -> None:
    heard = Applicant(allowed=True, must_be_heard=True)
    for kind in ("RO_CONV", "RO_ACQ"):
        for change in (VARY, RELAX, DISCHARGE, ChangeOf.EXTEND):
            assert may_ask_for_change(kind_of(kind), "person_mentioned", change) == heard
            assert may_ask_for_change(kind_of(kind), "victim", change) == heard
            assert may_ask_for_change(kind_of(kind), "respondent", change) == Applicant(True, False)
        assert may_ask_for_change(kind_of(kind), "person_mentioned", RENEW) == Applicant(False, False)
    dapo = kind_of("DAPO")
    assert {change for change in ChangeOf if may_ask_for_change(dapo, "victim", change).must_be_heard} == {
        RELAX,
        DISCHARGE,
    }


@pytest.mark.rule("ORD-15")
@pytest.mark.parametrize(
    ("kind", "applicant", "may"),
    [("DAPO", "victim", True), ("CBO", "prosecution", True), ("OCC", "applicant", True), ("SPO", "respondent", True),
     ("ASBI", "applicant", False), ("DVPO", "police", False)],
)  # fmt: skip
def test_an_order_is_extended_by_what_its_kind_has_for_that(kind: str, applicant: str, may: bool) -> None:
    assert may_ask_for_change(kind_of(kind), applicant, ChangeOf.EXTEND).allowed is may


@pytest.mark.rule("ORD-15")
@pytest.mark.rule("ORD-17")
def test_a_change_the_law_does_not_know_is_nobodys_and_no_order_of_a_court_is_revoked() -> None:
    for kind in kinds().values():
        assert not may_ask_for_change(kind, "respondent", "suspend").allowed
        revocable = {who for who in kind.changing.applicants if may_ask_for_change(kind, who, ChangeOf.REVOKE).allowed}
        assert revocable == (set(kind.changing.applicants) if kind.family == "E" else set())


def test_the_words_of_the_answers_stay() -> None:
    assert " ".join(WhyOffered) == (
        "in_force pilot_area not_yet_in_force no_longer_in_force commencement_not_verified not_a_pilot_area"
        " position_after_pilot_not_verified not_in_this_area court_fact_is_always_recorded"
    )
    assert " ".join(WhyNotApply) == (
        "applicant_not_permitted respondent_too_young respondent_age_not_known no_notice_served no_earlier_warning"
    )
    assert " ".join(ChangeOf) == "vary relax tighten extend renew discharge revoke"
