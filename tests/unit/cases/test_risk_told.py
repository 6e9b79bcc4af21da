"""Which events the records of custody suites and courts tell of themselves, and which they only seem to (RSK-01)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from craffu.cases.risk.rules import Asks
from craffu.cases.risk.told.rules import (
    DetentionWord,
    Possible,
    Source,
    Told,
    arrest_told,
    confirmed,
    once,
    told_by_court,
    told_by_custody,
)
from craffu.cases.rules import HearingWord, OffenceLeft, what_binds

pytestmark = pytest.mark.rule("RSK-01")

ARRESTED, RELEASED, BAIL = Asks.ARRESTED, Asks.RELEASED, Asks.BAIL_CONDITIONS_CHANGED_OR_ENDED
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def detained(
    version: int = 1, disposal: str = "police_bail", *, with_conditions: bool = True, **said: object
) -> DetentionWord:
    facts = {"said_at": AT + version * DAY, "arrested_at": AT, "released_at": AT + HOUR, "bail_ends_on": None} | said
    return DetentionWord(version, disposal=disposal, has_conditions=with_conditions, **facts)  # type: ignore[arg-type]


def kinds(possible: list[Possible]) -> list[Asks]:
    return [one.told.kind for one in possible]


@pytest.mark.parametrize(
    ("word", "told"),
    [
        (detained(released_at=None, disposal="", with_conditions=False), [ARRESTED]),
        (detained(), [ARRESTED, RELEASED]),
        (detained(disposal="released_under_investigation"), [ARRESTED, RELEASED]),
        (detained(disposal="no_further_action"), [ARRESTED, RELEASED]),
        (detained(disposal="charged_bail"), [ARRESTED, RELEASED]),
        (detained(disposal=""), [ARRESTED, RELEASED]),
        (detained(disposal="charged_remanded"), [ARRESTED]),
        (detained(bail_ends_on=date(2026, 12, 1)), [ARRESTED, RELEASED, BAIL]),
        (detained(bail_ends_on=date(2026, 12, 1), with_conditions=False), [ARRESTED, RELEASED]),
        (detained(disposal="charged_bail", bail_ends_on=date(2026, 12, 1)), [ARRESTED, RELEASED]),
    ],
)
def test_what_one_word_of_custody_tells_of(word: DetentionWord, told: list[Asks]) -> None:
    assert kinds(list(told_by_custody([word]))) == told


def test_bail_ends_when_its_last_day_does_in_london() -> None:
    *_, ended = told_by_custody([detained(bail_ends_on=date(2026, 6, 1))])
    assert ended.told == Told(BAIL, datetime(2026, 6, 1, 23, tzinfo=UTC), Source.CUSTODY, date(2026, 6, 1))


@pytest.mark.parametrize(
    ("later", "asked", "compared"),
    [
        (detained(2), 1, (1, 2)),
        (detained(2, disposal="charged_bail"), 1, (1, 2)),
        (detained(2, with_conditions=False), 1, (0, 0)),
        (detained(2, disposal="charged_remanded"), 1, (0, 0)),
        (detained(2, disposal="no_further_action", with_conditions=False), 1, (0, 0)),
        (detained(2, disposal="", with_conditions=False), 0, None),
    ],
)
def test_bail_that_custody_changed_or_ended(later: DetentionWord, asked: int, compared: tuple[int, int] | None) -> None:
    changed = [one for one in told_by_custody([detained(), later]) if one.told.kind is BAIL]
    assert len(changed) == asked
    for one in changed:
        assert (one.before, one.after) == compared
        assert one.told.at == later.said_at


def test_bail_without_conditions_that_ended_is_no_change_of_conditions() -> None:
    words = [detained(with_conditions=False), detained(2, disposal="no_further_action", with_conditions=False)]
    assert kinds(list(told_by_custody(words))) == [ARRESTED, RELEASED]
    words = [detained(with_conditions=False), detained(2)]
    assert kinds(list(told_by_custody(words))) == [ARRESTED, RELEASED, BAIL]


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    words = [detained(), detained(2, arrested_at=AT - HOUR)]
    assert [one.told.at for one in told_by_custody(words) if one.told.kind is ARRESTED] == [AT - HOUR]


def heard(version: int, status: str, *finals: bool | None, offences: tuple[int, ...] = ()) -> HearingWord:
    """The hearing of the day of its number; of offence 1, still open, unless something else is said."""
    left = tuple(
        OffenceLeft(offence, final) for offence, final in zip(offences or (1,), finals or (None,), strict=True)
    )
    day = date(2026, 11, version)
    return HearingWord(version, day, datetime(2026, 11, version, 15, tzinfo=UTC), 1, status, left)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([heard(1, "B")], []),
        ([heard(1, "C")], []),
        ([heard(1, "B"), heard(2, "C")], [BAIL]),
        ([heard(1, "B"), heard(2, "U")], [BAIL]),
        ([heard(1, "B"), heard(2, "A")], [BAIL]),
        ([heard(1, "U"), heard(2, "B")], [BAIL]),
        ([heard(1, "U"), heard(2, "U")], []),
        ([heard(1, "C"), heard(2, "C")], []),
        ([heard(1, "C"), heard(2, "B")], [RELEASED]),
        ([heard(1, "P"), heard(2, "U")], [RELEASED]),
        ([heard(1, "S"), heard(2, "U")], [RELEASED]),
        ([heard(1, "C"), heard(2, "A")], []),
        ([heard(1, "C"), heard(2, "C", True)], []),
        ([heard(1, "B"), heard(2, "B", True)], [BAIL]),
        ([heard(1, "B"), heard(2, "")], []),
        ([heard(1, "B"), heard(2, ""), heard(3, "C")], [BAIL]),
        ([heard(1, "B"), heard(2, "U", True, offences=(2,))], []),
        ([heard(1, "B", True), heard(2, "C", offences=(2,))], []),
    ],
)
def test_what_the_courts_words_tell_of(words: list[HearingWord], told: list[Asks]) -> None:
    found = list(told_by_court(words, frozenset()))
    assert kinds(found) == told
    for one in found:
        assert one.told.at == datetime.combine(one.told.day or date.min, datetime.min.time(), UTC) + 15 * HOUR


def test_a_remand_that_goes_on_is_compared_by_the_rows_that_said_its_conditions() -> None:
    words = [heard(1, "B"), heard(2, "B"), heard(3, "B")]
    (one,) = told_by_court(words, frozenset({1, 3}))
    assert (one.before, one.after, one.told.day) == (1, 3, date(2026, 11, 3))
    assert list(told_by_court(words, frozenset({3}))) == []


@pytest.mark.parametrize(
    ("before", "after", "is_one"),
    [
        ("Not to contact Sian", "Not to contact Sian", False),
        ("Not to contact Sian", " not to  contact Sian\n", False),
        ("Not to contact Sian", "Not to contact Mair", True),
    ],
)
def test_the_same_conditions_in_another_hand_are_no_change(before: str, after: str, *, is_one: bool) -> None:
    possible = Possible(Told(BAIL, AT, Source.COURT, AT.date()), 1, 2)
    assert len(list(confirmed([possible], {1: before, 2: after}))) == is_one


@pytest.mark.parametrize("statuses", ["BC", "BU", "CB", "BBC", "B", "UCB", "AB", "BA"])
def test_word_by_word_binds_what_binds_in_the_end(statuses: str) -> None:
    """As the rule of what binds decides it: nothing is told of a hearing after which the same binds."""
    words = [heard(place, status) for place, status in enumerate(statuses, 1)]
    for number in range(2, len(words) + 1):
        same = what_binds(words[: number - 1]).status == what_binds(words[:number]).status
        day = words[number - 1].held_on
        told = [one for one in told_by_court(words, frozenset()) if one.told.day == day]
        assert not (same and told)


def test_each_event_is_told_once() -> None:
    custody = Told(ARRESTED, AT, Source.CUSTODY)
    court = arrest_told(AT.date(), AT + 3 * DAY)
    assert court.at == datetime(2026, 11, 21, tzinfo=UTC)
    assert once([court, court, custody, custody]) == [custody]
    assert once([court, arrest_told(AT.date(), AT + 5 * HOUR)]) == [arrest_told(AT.date(), AT + 5 * HOUR)]
    next_day = arrest_told(date(2026, 11, 21), AT + 3 * DAY)
    assert once([next_day, custody]) == [custody, next_day]
