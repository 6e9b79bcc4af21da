"""The agreement: what it names, when it is revisited, when it is offered again, and one contact for one day's events."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from craffu.victims.agreements.kinds import Asking
from craffu.victims.agreements.rules import (
    OFFERED_AGAIN_AT,
    REVISIT_WITHIN,
    Agreement,
    Asked,
    Occasion,
    OffersAgain,
    OneContact,
    lacks,
    offer_again,
    one_contact_a_day,
    revisit_due,
    revisits,
)
from craffu.victims.notices.rules import Told

WHOLE = Agreement("u6", "P14D", ("phone",), "18:00-20:00", "text to sister's phone", "cy", "2026-11-20", "2026-11-25")
FRIDAY = datetime(2026, 11, 13, 10, tzinfo=UTC)


@pytest.mark.rule("VIC-01")
@pytest.mark.parametrize(
    ("name", "nothing"),
    [
        ("named_officer", ""),
        ("frequency", ""),
        ("channels", ()),
        ("safe_times", ""),
        ("urgent_reach", ""),
        ("language", ""),
        ("agreed_on", ""),
        ("next_revisit_on", ""),
    ],
)
def test_an_agreement_names_all_of_it(name: str, nothing: Any) -> None:
    assert lacks(WHOLE) == []
    assert lacks(replace(WHOLE, **{name: nothing})) == [name]


@pytest.mark.rule("VIC-01")
def test_all_that_is_missing_is_named_in_the_order_of_the_form() -> None:
    assert lacks(Agreement(asking="sometimes")) == [
        "named_officer",
        "frequency",
        "channels",
        "safe_times",
        "urgent_reach",
        "language",
        "agreed_on",
        "next_revisit_on",
        "asking",
    ]


@pytest.mark.rule("VIC-01")
def test_declining_is_an_answer() -> None:
    assert lacks(Agreement(declined_on="2026-11-20")) == []


@pytest.mark.rule("VIC-01")
def test_she_is_asked_each_time_unless_she_says_so() -> None:
    assert WHOLE.asking == Asking.EACH_TIME == "each_time"
    assert all(lacks(replace(WHOLE, asking=one.value)) == [] for one in Asking)
    assert lacks(replace(WHOLE, asking="never_again")) == ["asking"]


@pytest.mark.rule("VIC-01")
@pytest.mark.parametrize(
    ("choice", "by", "at"),
    [
        (
            None,
            "default",
            {
                Occasion.CHARGE_OR_NO_FURTHER_ACTION,
                Occasion.ORDER_GRANTED,
                Occasion.BREACH_REPORTED,
                Occasion.RELEASE,
            },
        ),
        (OffersAgain.EACH_STAGE, "her_choice", set(Occasion)),
        (OffersAgain.ONLY_IF_I_ASK, "her_choice", set()),
        ([Occasion.INTERVIEW, Occasion.RELEASE], "her_choice", {Occasion.INTERVIEW, Occasion.RELEASE}),
        ([], "her_choice", set()),
    ],
)
def test_who_declined_is_offered_it_again_as_she_chose(
    choice: OffersAgain | Collection[Occasion] | None, by: str, at: set[Occasion]
) -> None:
    assert {occasion for occasion in Occasion if offer_again(occasion, choice).offer_again} == at
    assert {offer_again(occasion, choice).by for occasion in Occasion} == {by}
    assert set(Occasion) >= OFFERED_AGAIN_AT


@pytest.mark.rule("VIC-03")
def test_every_occasion_has_its_time() -> None:
    assert set(REVISIT_WITHIN) == set(Occasion)
    assert len(Occasion) == 17
    assert {occasion for occasion, days in REVISIT_WITHIN.items() if days != 1} == {Occasion.ORDER_EXPIRY_WATCH}
    assert REVISIT_WITHIN[Occasion.ORDER_EXPIRY_WATCH] == 5


@pytest.mark.rule("VIC-03")
@pytest.mark.parametrize(
    ("occasion", "at", "due_day"),
    [
        (Occasion.ARREST, datetime(2026, 11, 13, 22, tzinfo=UTC), date(2026, 11, 16)),
        (Occasion.REPORT, datetime(2026, 12, 24, 9, tzinfo=UTC), date(2026, 12, 29)),
        (Occasion.ORDER_EXPIRY_WATCH, datetime(2027, 3, 22, tzinfo=UTC), date(2027, 3, 31)),
        # the London day is the next
        (Occasion.RELEASE, datetime(2026, 7, 2, 23, 30, tzinfo=UTC), date(2026, 7, 6)),
    ],
)
def test_it_is_revisited_so_many_working_days_later(occasion: Occasion, at: datetime, due_day: date) -> None:
    assert revisit_due(occasion, at) == due_day


@pytest.mark.rule("VIC-01")
def test_the_events_of_one_london_day_make_one_contact_by_the_earliest_of_them() -> None:
    happened = [
        (Occasion.ORDER_EXPIRY_WATCH, FRIDAY),
        (Occasion.INTERVIEW, FRIDAY + timedelta(hours=1)),
        (Occasion.ARREST, FRIDAY - timedelta(hours=8)),
        (Occasion.ARREST, FRIDAY),
        (Occasion.RELEASE, FRIDAY + timedelta(days=1)),
        (Occasion.ORDER_EXPIRY_WATCH, FRIDAY - timedelta(days=1)),
    ]
    assert one_contact_a_day(happened) == [
        OneContact(date(2026, 11, 12), (Occasion.ORDER_EXPIRY_WATCH,), date(2026, 11, 19)),
        OneContact(
            date(2026, 11, 13), (Occasion.ARREST, Occasion.INTERVIEW, Occasion.ORDER_EXPIRY_WATCH), date(2026, 11, 16)
        ),
        OneContact(date(2026, 11, 14), (Occasion.RELEASE,), date(2026, 11, 16)),
    ]
    assert one_contact_a_day([]) == []


@pytest.mark.rule("VIC-01")
def test_london_midnight_parts_the_days() -> None:
    before, after = datetime(2026, 7, 2, 22, 59, tzinfo=UTC), datetime(2026, 7, 2, 23, 1, tzinfo=UTC)
    contacts = one_contact_a_day([(Occasion.ARREST, before), (Occasion.INTERVIEW, after)])
    assert [one.day for one in contacts] == [date(2026, 7, 2), date(2026, 7, 3)]


MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)


@pytest.mark.rule("VIC-03")
@pytest.mark.parametrize(
    ("asked", "today", "done_on", "status"),
    [
        ((), MONDAY, None, Told.RUNNING),
        ((), TUESDAY, None, Told.MISSED),
        ((Asked(MONDAY, for_occasion=False),), MONDAY, MONDAY, Told.ON_TIME),
        ((Asked(TUESDAY, for_occasion=False),), TUESDAY, TUESDAY, Told.LATE),
        # What is still to come has not been asked.
        ((Asked(TUESDAY, for_occasion=True),), MONDAY, None, Told.RUNNING),
        # On the very day only what was asked because of it counts; before it nothing does.
        ((Asked(date(2026, 11, 13), for_occasion=False),), MONDAY, None, Told.RUNNING),
        ((Asked(date(2026, 11, 13), for_occasion=True),), MONDAY, date(2026, 11, 13), Told.ON_TIME),
        ((Asked(date(2026, 11, 12), for_occasion=True),), MONDAY, None, Told.RUNNING),
        # Asked at nine it answers nothing of ten o'clock, asked at ten it does.
        ((Asked(date(2026, 11, 13), for_occasion=True, at=FRIDAY - timedelta(hours=1)),), MONDAY, None, Told.RUNNING),
        ((Asked(date(2026, 11, 13), for_occasion=True, at=FRIDAY),), MONDAY, date(2026, 11, 13), Told.ON_TIME),
        # The first time counts, in whatever order they are given.
        (
            (Asked(MONDAY, for_occasion=True), Asked(date(2026, 11, 14), for_occasion=False)),
            MONDAY, date(2026, 11, 14), Told.ON_TIME,
        ),
    ],
)  # fmt: skip
def test_a_revisit_is_done_by_the_first_time_she_is_asked_after_it(
    asked: tuple[Asked, ...], today: date, done_on: date | None, status: Told
) -> None:
    (found,) = revisits(
        [(Occasion.ARREST, FRIDAY)], asked, datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    )
    assert (found.contact, found.done_on, found.status) == (
        OneContact(date(2026, 11, 13), (Occasion.ARREST,), MONDAY), done_on, status,
    )  # fmt: skip


@pytest.mark.rule("VIC-03")
def test_each_day_on_which_something_happened_is_one_revisit() -> None:
    happened = [(Occasion.ARREST, FRIDAY), (Occasion.INTERVIEW, FRIDAY), (Occasion.RELEASE, FRIDAY + timedelta(days=3))]
    found = revisits(happened, [Asked(date(2026, 11, 14), for_occasion=False)], FRIDAY + timedelta(days=3))
    assert [(one.contact.day, one.status) for one in found] == [
        (date(2026, 11, 13), Told.ON_TIME), (MONDAY, Told.RUNNING),
    ]  # fmt: skip
