"""An initiative's periods, what changed, how it stands and how much of all is evidence (C4; SCR-09)."""

from datetime import date, timedelta
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.actors import Actor
from craffu.common.refusals import Conflict, NotNow, NotPermitted, Refusal
from craffu.measures.definitions import Statistic
from craffu.published.intervals import newcombe, ratio_change
from craffu.scrutiny.initiatives import permissions, policies
from craffu.scrutiny.initiatives.facts import NewCourse, NewInitiative
from craffu.scrutiny.initiatives.kinds import Course
from craffu.scrutiny.initiatives.rules import (
    Changed,
    Evidence,
    Figure,
    Period,
    Standing,
    Wrong,
    baseline_lacks,
    changed,
    effect_lacks,
    evidence,
    fixed_before,
    next_effect,
    standing,
)
from craffu.scrutiny.recommending.kinds import Matter
from tests.factories.rights import who_may

pytestmark = pytest.mark.rule("SCR-09")

BEGINS = date(2026, 4, 1)
DAY = timedelta(days=1)
SHARE, RATE, COUNT = Statistic.PROPORTION, Statistic.RATE, Statistic.COUNT
QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))


def of_days(first: date, days: int) -> Period:
    return Period(first, first + timedelta(days=days - 1))


@pytest.mark.parametrize(
    ("period", "wrong"),
    [
        (QUARTER, None),
        (Period(QUARTER.first, BEGINS), Wrong.BASELINE_NOT_BEFORE),
        (Period(QUARTER.last, QUARTER.first), Wrong.BACKWARDS),
        (of_days(date(2026, 1, 1), 27), Wrong.LENGTH),
        (of_days(date(2026, 1, 1), 28), None),
        (of_days(date(2024, 1, 1), 731), None),
        (of_days(date(2024, 1, 1), 732), Wrong.LENGTH),
    ],
)
def test_a_baseline_lies_before_the_beginning(period: Period, wrong: Wrong | None) -> None:
    assert baseline_lacks(period, BEGINS) is wrong


@pytest.mark.parametrize(
    ("period", "today", "wrong"),
    [
        (of_days(BEGINS, 90), date(2026, 6, 30), None),
        (of_days(BEGINS, 90), date(2026, 6, 29), Wrong.AHEAD),
        (of_days(BEGINS - DAY, 90), date(2026, 12, 31), Wrong.EFFECT_BEFORE),
        (Period(BEGINS + DAY, BEGINS), date(2026, 12, 31), Wrong.BACKWARDS),
        (of_days(BEGINS, 27), date(2026, 12, 31), Wrong.LENGTH),
    ],
)
def test_an_effect_comes_after_its_cause(period: Period, today: date, wrong: Wrong | None) -> None:
    assert effect_lacks(period, BEGINS, today) is wrong


def test_keys_that_stay() -> None:
    assert [one.value for one in Wrong] == [
        "period_backwards", "period_length", "baseline_not_before", "effect_before_start", "period_ahead",
    ]  # fmt: skip
    assert [one.value for one in Course] == ["word", "ended", "not_begun"]
    assert baseline_lacks(Period(BEGINS - DAY, BEGINS - DAY), BEGINS) is Wrong.LENGTH, "one day is not backwards"
    assert effect_lacks(Period(BEGINS, BEGINS), BEGINS, BEGINS + DAY) is Wrong.LENGTH


def test_periods_follow_one_another_until_the_end() -> None:
    first = next_effect(BEGINS, None, [], 90, date(2026, 6, 30))
    assert first == of_days(BEGINS, 90)
    assert next_effect(BEGINS, None, [], 90, date(2026, 6, 29)) is None, "it is not over"
    assert next_effect(BEGINS, None, [first], 90, date(2026, 12, 31)) == of_days(first.last + DAY, 90)
    assert next_effect(BEGINS, first.last, [], 90, date(2026, 12, 31)) == first
    assert next_effect(BEGINS, first.last - DAY, [], 90, date(2026, 12, 31)) is None, "it reaches beyond the end"


def test_a_share_changes_by_a_difference_and_a_count_by_a_ratio() -> None:
    after = of_days(BEGINS, 90)
    before = of_days(date(2026, 1, 1), 90)
    found = changed(Figure(before, 12, 40), Figure(after, 24, 48), SHARE)
    assert found == Changed(0.5 - 0.3, newcombe(24, 48, 12, 40), SHARE)
    found = changed(Figure(before, 20, None), Figure(after, 25, None), COUNT)
    assert found == Changed(0.25, ratio_change(20, 25), COUNT)
    assert changed(Figure(before, 20, None), Figure(of_days(BEGINS, 91), 25, None), COUNT) is None, "of another length"


@pytest.mark.rule("MSR-04")
def test_a_rate_changes_by_a_ratio_over_what_it_is_beside() -> None:
    """Six orders beside five crimes are no share; and as many in half as many days are twice as often."""
    after, before = of_days(BEGINS, 28), of_days(date(2026, 1, 1), 56)
    found = changed(Figure(before, 6, 5), Figure(after, 7, 9), RATE)
    assert found is not None
    assert (found.of, found.value) == (RATE, pytest.approx(7 / 9 / (6 / 5) - 1))
    found = changed(Figure(before, 20, 2800), Figure(after, 20, 1400), RATE)
    assert found is not None
    low, high = ratio_change(20, 20)
    assert (found.value, *found.interval) == pytest.approx((1, 2 * (1 + low) - 1, 2 * (1 + high) - 1))
    assert changed(Figure(before, 12, 40), Figure(after, 24, 48), Statistic.DURATION) is None


@pytest.mark.parametrize(
    ("before", "after", "of"),
    [
        ((None, 40), (24, 48), SHARE), ((12, 40), (None, 48), SHARE), ((12, 40), (24, None), SHARE),
        ((12, None), (24, 48), SHARE), ((0, 0), (24, 48), SHARE), ((12, 40), (0, 0), SHARE), ((0, None), (5, None), COUNT),
        ((5, None), (0, None), COUNT), ((None, None), (5, None), COUNT), ((5, 0), (5, 40), RATE), ((5, 40), (5, 0), RATE),
        ((0, 40), (5, 40), RATE), ((None, None), (5, 40), RATE),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_not(before: tuple[Any, Any], after: tuple[Any, Any], of: Statistic) -> None:
    period = of_days(BEGINS, 90)
    assert changed(Figure(period, *before), Figure(period, *after), of) is None


def test_a_share_of_any_length_is_compared() -> None:
    assert changed(Figure(QUARTER, 12, 40), Figure(of_days(BEGINS, 200), 0, 48), SHARE) is not None


def test_how_it_stands() -> None:
    ended = (Course.ENDED, BEGINS + 9 * DAY)
    assert standing(BEGINS, [], BEGINS - DAY) is Standing.AHEAD
    assert standing(BEGINS, [], BEGINS) is Standing.UNDER_WAY
    assert standing(BEGINS, [(Course.WORD, BEGINS)], BEGINS + 9 * DAY) is Standing.UNDER_WAY
    assert standing(BEGINS, [ended], BEGINS + 9 * DAY) is Standing.UNDER_WAY, "its last day"
    assert standing(BEGINS, [ended], BEGINS + 10 * DAY) is Standing.ENDED
    assert standing(BEGINS, [(Course.NOT_BEGUN, BEGINS)], BEGINS) is Standing.NOT_BEGUN
    assert fixed_before(BEGINS - DAY, BEGINS)
    assert not fixed_before(BEGINS, BEGINS)


def test_how_much_is_evidence() -> None:
    every = [
        (Standing.UNDER_WAY, True, True), (Standing.ENDED, True, False), (Standing.UNDER_WAY, False, True),
        (Standing.AHEAD, True, True), (Standing.NOT_BEGUN, True, True),
    ]  # fmt: skip
    assert evidence(every) == Evidence(begun=3, measured=2, fixed_before=1)
    assert evidence([]) == Evidence(0, 0, 0)


@pytest.mark.rule("SEC-01")
def test_who_may() -> None:
    assert who_may(permissions) == {
        "scrutiny.initiatives: check_can_keep_initiatives": "coordinator workforce_lead",
        "scrutiny.initiatives: check_can_read_initiatives": (
            "commissioner_view coordinator scrutiny_officer supervisor workforce_lead"
        ),
    }


GIVEN = NewInitiative(
    "Body-worn video", "Fideo", "More orders with evidence", Matter.TRAINING, "Head of Crime", BEGINS, "MET11", "orders",
    QUARTER,
)  # fmt: skip
SAID = NewCourse(Course.WORD, BEGINS, "Training has begun", 0)


def with_(given: Any, **said: Any) -> Any:
    return type(given)(**{name: said.get(name, getattr(given, name)) for name in given.__dataclass_fields__})


@pytest.mark.parametrize(
    ("said", "code"),
    [({"title_cy": " "}, "one_language"), ({"aim": "short"}, "aim_too_short"), ({"owner": ""}, "owner_missing")],
)
def test_an_initiative_is_whole(said: dict[str, Any], code: str) -> None:
    policies.check_initiative_is_whole(GIVEN)
    policies.check_baseline(GIVEN)
    with pytest.raises(NotNow) as refused:
        policies.check_initiative_is_whole(with_(GIVEN, **said))
    assert refused.value.code == code


@pytest.mark.parametrize("wrong", list(Wrong))
def test_each_wrong_period_says_what_to_do(wrong: Wrong) -> None:
    policies.check_period(None)
    with pytest.raises(NotNow) as refused:
        policies.check_period(wrong)
    assert refused.value.code == wrong.value


@pytest.mark.parametrize(
    ("said", "stands", "before", "refusal", "code"),
    [
        ({"version": 1}, Standing.UNDER_WAY, 0, Conflict, "initiative_changed"),
        ({"words": "short"}, Standing.UNDER_WAY, 0, NotNow, "words_too_short"),
        ({}, Standing.NOT_BEGUN, 0, NotNow, "never_began"),
        ({"on": BEGINS + 10 * DAY}, Standing.UNDER_WAY, 0, NotNow, "said_to_come"),
        ({"course": Course.ENDED, "on": BEGINS - DAY}, Standing.UNDER_WAY, 0, NotNow, "ends_before"),
        ({"course": Course.NOT_BEGUN, "version": 1}, Standing.UNDER_WAY, 1, NotNow, "begun_already"),
    ],
)
def test_a_word_on_it(said: dict[str, Any], stands: Standing, before: int, refusal: type[Refusal], code: str) -> None:
    today = BEGINS + 9 * DAY
    policies.check_course(SAID, Standing.UNDER_WAY, BEGINS, 0, today)
    policies.check_course(with_(SAID, course=Course.NOT_BEGUN), Standing.UNDER_WAY, BEGINS, 0, today)
    policies.check_course(with_(SAID, course=Course.ENDED), Standing.UNDER_WAY, BEGINS, 0, today)
    with pytest.raises(refusal) as refused:
        policies.check_course(with_(SAID, **said), stands, BEGINS, before, today)
    assert refused.value.code == code


@pytest.mark.rule("SEC-01")
def test_a_program_keeps_none() -> None:
    actor = Actor(name="service", role="coordinator", force="demo", kind="service")
    with pytest.raises(NotPermitted, match="Only a named person"):
        permissions.check_can_keep_initiatives(
            Acting(actor, Force(pk=1, code="demo"), frozenset({"coordinator"}), user=None)
        )
