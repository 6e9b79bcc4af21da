"""The truth about witness care by worked examples, each reckoned by hand, and its tables against those of the product."""

from datetime import date

import pytest

from craffu.clocks.working_days import working_days_after
from craffu.config.generate.days import A_DAY, number
from craffu.config.generate.witness_care import standing
from craffu.config.generate.witness_care.agreeing import asked_for, asks, revisit_due
from craffu.config.generate.witness_care.happened import Event
from craffu.config.generate.witness_care.held import Contacted, Entitled, Excused, Held, Promised, Telling, Version
from craffu.config.generate.witness_care.hours import (
    clock_changes,
    eve_of_holiday,
    moved,
    passed,
    working_day_after,
    written_minute,
)
from craffu.config.generate.witness_care.kinds import CHANNELS, MEASURES, OF_STAGE, TOPICS, kinds
from craffu.config.generate.witness_care.tables import BROKEN
from craffu.intake.records.layout import layout_of
from craffu.victims.contacts.rules import Channel
from craffu.victims.happenings.kinds import Happening
from craffu.victims.happenings.rules import RAISES, TOPIC_OF, Topic
from craffu.victims.notices.code import CODE_2021, From
from craffu.victims.safeguarding.kinds import Measure

DAY = number(date(2026, 6, 1))  # a Monday
LAST = (DAY + 60) * A_DAY - 1
TEN = DAY * A_DAY + 600


def minute(year: int, month: int, day: int, hour: int, minute: int = 0) -> int:
    return number(date(year, month, day)) * A_DAY + hour * 60 + minute


def test_clocks_change_on_the_last_sundays_of_march_and_october() -> None:
    assert clock_changes(2026) == (number(date(2026, 3, 29)), number(date(2026, 10, 25)))
    assert clock_changes(2021) == (number(date(2021, 3, 28)), number(date(2021, 10, 31)))


@pytest.mark.parametrize(
    ("first", "then", "between"),
    [
        (minute(2026, 3, 29, 0, 50), minute(2026, 3, 29, 2, 10), 20),
        (minute(2026, 10, 25, 0, 50), minute(2026, 10, 25, 2, 10), 140),
        (minute(2026, 6, 1, 0, 50), minute(2026, 6, 1, 2, 10), 80),
    ],
)
def test_time_that_passed_is_not_what_the_clock_shows_where_it_changes(first: int, then: int, between: int) -> None:
    assert passed(then) - passed(first) == between


def test_no_minute_lies_between_one_and_two() -> None:
    assert written_minute(moved(minute(2026, 6, 1, 1, 20))) == "2026-06-01T02:20:00"
    assert moved(minute(2026, 6, 1, 2, 20)) == minute(2026, 6, 1, 2, 20)


def test_working_days_are_those_of_the_product() -> None:
    for day in range(number(date(2024, 12, 1)), number(date(2026, 1, 31))):
        for count in (1, 2, 5, 10):
            asked = date(1970, 1, 1).toordinal() + day
            assert working_day_after(day, count) == number(working_days_after(date.fromordinal(asked), count).due_day)
    assert eve_of_holiday(number(date(2026, 12, 1))) == number(date(2026, 12, 24))


def test_the_tables_are_those_of_the_product() -> None:
    assert set(kinds()) == {one.value for one in Happening}
    for happening, raised in RAISES.items():
        kind, limit = kinds()[happening.value], raised.code and CODE_2021.limits[raised.code]
        assert (kind.occasion, kind.code_event, kind.safety_event) == (
            raised.occasion or "", raised.code or "", raised.safety or "",
        )  # fmt: skip
        assert kind.topic == TOPIC_OF[happening]
        days = (limit.standard, limit.enhanced, limit.runs_from is From.RECEIPT) if limit else (0, 0, False)
        assert (kind.standard, kind.enhanced, kind.from_receipt) == days
    assert (set(CHANNELS), set(TOPICS), set(MEASURES)) == (set(Channel), set(Topic), set(Measure))
    assert set(OF_STAGE.values()) <= set(kinds())
    assert set(BROKEN) == set(layout_of("witness-care").tables)


def held(*events: Event, agreed_on: int = DAY, **more: object) -> Held:
    version = Version(agreed_on, True, "report", False, ("telephone", "email"))
    return Held(1, list(events), **{"versions": [version], **more})  # type: ignore[arg-type]


def event(kind: str, at: int = TEN, **said: object) -> Event:
    told = {"number": 1, "crime": 0, "kind": kind, "at": at, "known": None, "learnt": at, "received": None, **said}
    return Event(**told)  # type: ignore[arg-type]


PROMISE = Promised(1, "P", TEN, TEN + 3 * A_DAY, ("telephone", "email"))
DUE = PROMISE.due


def tried(at: int, channel: str = "telephone") -> Contacted:
    return Contacted("T", at, channel, False)


def made(at: int, channel: str = "telephone", *, hers: bool = False) -> Contacted:
    return Contacted("M", at, channel, True, hers, "P")


ENOUGH = [tried(TEN), tried(TEN + A_DAY, "email"), tried(TEN + 2 * A_DAY)]


@pytest.mark.rule("VIC-04")
@pytest.mark.parametrize(
    ("contacts", "reason", "last", "status"),
    [
        ([], "", DUE, "running"),
        ([], "", DUE + 1, "missed"),
        ([made(DUE)], "", LAST, "kept"),
        ([made(DUE + 1)], "", LAST, "late"),
        ([made(DUE - 5, "visit")], "", LAST, "wrong_channel"),
        ([made(DUE - 5, "telephone", hers=True)], "", LAST, "missed"),
        ([], "contact_unsafe", LAST, "excused"),
        ([made(DUE + 1)], "victim_asked_to_wait", LAST, "excused"),
        ([made(DUE + 1, "visit")], "victim_asked_to_wait", LAST, "wrong_channel"),
        (ENOUGH, "not_reachable_with_attempts", LAST, "excused"),
        (ENOUGH[:2], "not_reachable_with_attempts", LAST, "missed"),
        ([tried(TEN + at) for at in range(3)], "not_reachable_with_attempts", LAST, "missed"),
        ([tried(TEN + at * A_DAY) for at in range(3)], "not_reachable_with_attempts", LAST, "missed"),
        ([tried(one.at, "visit") for one in ENOUGH], "not_reachable_with_attempts", LAST, "missed"),
        ([*ENOUGH[:2], tried(DUE + A_DAY)], "not_reachable_with_attempts", LAST, "missed"),
        ([*ENOUGH[:2], tried(TEN - 1)], "not_reachable_with_attempts", LAST, "missed"),
    ],
)
def test_how_a_promise_stands(contacts: list[Contacted], reason: str, last: int, status: str) -> None:
    excuses = [Excused("P", reason, DUE)] if reason else []
    assert standing.promise(held(promises=[PROMISE], contacts=contacts, excuses=excuses), PROMISE, last) == status


FRIDAY = DAY + 4


@pytest.mark.rule("VIC-05")
@pytest.mark.parametrize(
    ("kind", "said", "entitled", "told", "last", "code", "safety"),
    [
        ("arrest", {}, "enhanced", TEN + A_DAY, LAST, "on_time", ""),
        ("arrest", {}, "enhanced", (DAY + 2) * A_DAY - 1, LAST, "on_time", ""),
        ("arrest", {}, "enhanced", (DAY + 2) * A_DAY, LAST, "late", ""),
        ("arrest", {}, "standard", (DAY + 8) * A_DAY - 1, LAST, "on_time", ""),
        ("arrest", {}, "enhanced", None, (DAY + 2) * A_DAY - 1, "running", ""),
        ("arrest", {}, "enhanced", None, (DAY + 2) * A_DAY, "missed", ""),
        (
            "arrest",
            {"at": FRIDAY * A_DAY, "learnt": FRIDAY * A_DAY},
            "enhanced",
            (FRIDAY + 3) * A_DAY,
            LAST,
            "on_time",
            "",
        ),
        ("verdict_or_sentence", {"received": DAY + 1}, "standard", (DAY + 2) * A_DAY, LAST, "on_time", ""),
        ("verdict_or_sentence", {}, "standard", (DAY + 2) * A_DAY, LAST, "late", ""),
        ("order_served", {}, "enhanced", TEN + 60, LAST, "", "in_time"),
        ("order_served", {}, "enhanced", TEN + 61, LAST, "", "late"),
        ("order_served", {"learnt": TEN + 90}, "enhanced", TEN + 150, LAST, "", "in_time"),
        ("order_served", {}, "enhanced", None, TEN + 60, "", "running"),
        ("order_served", {}, "enhanced", None, TEN + 61, "", "missed"),
        ("order_served", {"known": TEN - 60}, "enhanced", TEN - 1, LAST, "", "warned"),
        ("order_served", {"known": TEN - 60}, "enhanced", TEN, LAST, "", "told_not_warned"),
        ("order_served", {"known": TEN - 60}, "enhanced", None, TEN - 1, "", "warning_due"),
        ("order_served", {"known": TEN}, "enhanced", TEN, LAST, "", "in_time"),
        ("bail_ended", {}, "enhanced", TEN + 61, LAST, "on_time", "late"),
    ],
)
def test_how_news_stands(
    kind: str, said: dict[str, int], entitled: str, told: int | None, last: int, code: str, safety: str
) -> None:
    tellings = [] if told is None else [Telling(1, told + A_DAY, ""), Telling(1, told, "")]
    of = held(event(kind, **said), tellings=tellings, entitled=[Entitled(DAY, entitled, "")])
    (found,) = standing.news(of, last)
    assert (found.code, found.safety) == (code, safety)


@pytest.mark.rule("VIC-05")
def test_an_hour_in_the_night_in_which_clocks_change_is_an_hour() -> None:
    spring, autumn = minute(2026, 3, 29, 0, 50), minute(2026, 10, 25, 0, 50)
    for at, told, status in (
        (spring, spring + 80, "in_time"),
        (spring, spring + 121, "late"),
        (autumn, autumn + 80, "late"),
    ):
        of = held(event("order_served", at), tellings=[Telling(1, told, "")], agreed_on=at // A_DAY)
        (found,) = standing.news(of, at + 9 * A_DAY)
        assert found.safety == status
    # The hour from ten to one ends at ten to three by the clock.
    (found,) = standing.news(held(event("order_served", spring), agreed_on=spring // A_DAY), spring)
    assert found.safety_due == minute(2026, 3, 29, 2, 50)


@pytest.mark.rule("VIC-01", "VIC-05")
def test_what_lies_before_the_first_agreement_is_not_owed_and_what_is_not_wanted_is_told_apart() -> None:
    assert not list(standing.news(held(event("arrest"), agreed_on=DAY + 1), LAST))
    assert not list(standing.news(held(event("arrest"), versions=[]), LAST))
    quiet = [Version(DAY, True, "", False, ("email",), ("arrest_and_bail",))]
    assert [one.code for one in standing.news(held(event("arrest"), versions=quiet), LAST)] == ["not_wanted"]
    (critical,) = standing.news(held(event("bail_ended"), versions=quiet), LAST)
    assert (critical.code, critical.safety) == ("missed", "missed")


@pytest.mark.rule("VIC-03")
def test_a_revisit_is_one_for_a_day_and_done_by_the_next_time_they_were_asked() -> None:
    events = [
        event("interview"),
        event("arrest", TEN + 5, number=2),
        event("order_expiry_watch", TEN + A_DAY, number=3),
    ]
    first = Version(DAY - 9, True, "", False, ("email",))
    again = Version(DAY + 2, True, "arrest", False, ("email",))
    by_themselves = Version(DAY + 1, True, "", False, ("email",))
    found = list(standing.revisits(held(*events, versions=[first, again]), LAST))
    assert [(one.day, one.occasions, one.due, one.status) for one in found] == [
        (DAY, ("arrest", "interview"), DAY + 1, "late"),
        (DAY + 1, ("order_expiry_watch",), DAY + 8, "on_time"),
    ]
    changed = list(standing.revisits(held(*events, versions=[first, by_themselves]), LAST))
    assert [one.status for one in changed] == ["on_time", "missed"]


@pytest.mark.rule("VIC-01")
@pytest.mark.parametrize(
    ("offer", "occasion", "asked"),
    [
        ("", "arrest", False),
        ("", "release", True),
        ("each_stage", "arrest", True),
        ("only_if_i_ask", "release", False),
        ("arrest;appeal", "arrest", True),
        ("arrest;appeal", "release", False),
    ],
)
def test_a_declined_agreement_is_offered_again_as_was_chosen(offer: str, occasion: str, asked: bool) -> None:
    declined = Version(DAY, False, "", False, offer_again=offer)
    assert asks(occasion, declined) == asked
    of = held(event("arrest"), versions=[Version(DAY - 1, False, "", False, offer_again="only_if_i_ask")])
    assert asked_for(of, LAST) == []
    assert revisit_due(DAY, [event("order_expiry_watch"), event("arrest")]) == DAY + 1
