"""What an arrest, a release or bail that custody or a court tells of is for the victim, and by what it is known.

VIC-05, BRC-08.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from craffu.cases.risk.rules import Asks
from craffu.cases.risk.told.queries import Charged, Heard, at_court, in_custody
from craffu.cases.risk.told.rules import (
    DetentionWord,
    Source,
    Told,
    Word,
    arrest_told,
    told_by_court,
    told_by_custody,
)
from craffu.cases.rules import HearingWord, OffenceLeft
from craffu.victims.custody.rules import STILL_NEWS, to_tell
from craffu.victims.happenings.kinds import Happening
from craffu.victims.happenings.rules import RAISES, says_the_same

pytestmark = [pytest.mark.rule("VIC-05"), pytest.mark.rule("BRC-08")]

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BAIL = Asks.BAIL_CONDITIONS_CHANGED_OR_ENDED


def told(kind: Asks, source: Source = Source.CUSTODY, day: date | None = None, **word: object) -> Told:
    facts = {"version": 1, "said_at": AT + 5 * MINUTE, "of": "custody/1"} | word
    return Told(kind, AT, source, day, Word(**facts))  # type: ignore[arg-type]


def kind_of(one: Told) -> Happening | None:
    found = to_tell(one)
    return found.kind if found else None


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (told(Asks.ARRESTED), Happening.ARREST),
        (told(Asks.ARRESTED, for_breach=True), Happening.ARREST_FOR_BREACH),
        (told(Asks.RELEASED), Happening.RELEASE_FROM_CUSTODY),
        (told(Asks.RELEASED, Source.COURT), Happening.RELEASE_FROM_PRISON),
        (told(BAIL), Happening.BAIL_CONDITIONS_CHANGED),
        (told(BAIL, ends=True), Happening.BAIL_ENDED),
        (told(BAIL, Source.COURT), Happening.BAIL_CONDITIONS_CHANGED),
        (told(BAIL, Source.COURT, ends=True), Happening.BAIL_ENDED),
        (told(Asks.ARRESTED, Source.COURT), None),
        (arrest_told(AT.date(), AT), None),
        (replace(told(Asks.RELEASED), word=None), None),
    ],
)
def test_each_event_is_news_of_its_own_kind(one: Told, kind: Happening | None) -> None:
    assert kind_of(one) is kind


def test_the_hour_runs_from_the_event_or_from_when_it_was_said() -> None:
    found = to_tell(told(Asks.RELEASED))
    assert found is not None
    assert (found.at, found.learnt_at, found.time_known_at, found.source) == (AT, AT + 5 * MINUTE, None, "custody")
    ahead = to_tell(told(Asks.RELEASED, said_at=AT - HOUR))
    assert ahead is not None
    assert ahead.time_known_at == AT - HOUR, "it was known before: she is warned"
    at_once = to_tell(told(Asks.RELEASED, said_at=AT))
    assert at_once is not None
    assert at_once.time_known_at is None


def test_bail_that_ends_with_a_day_ends_within_it_and_a_hearing_where_it_was() -> None:
    ends = to_tell(replace(told(BAIL, day=date(2026, 11, 23), ends=True), at=datetime(2026, 11, 24, tzinfo=UTC)))
    assert ends is not None
    assert ends.at == datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
    heard = to_tell(told(BAIL, Source.COURT, AT.date()))
    assert heard is not None
    assert heard.at == AT


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (told(Asks.RELEASED), told(Asks.RELEASED, version=2, said_at=AT + DAY), True),
        (told(Asks.RELEASED), replace(told(Asks.RELEASED), at=AT - HOUR), True),
        (told(Asks.RELEASED), told(Asks.RELEASED, of="custody/2"), False),
        (told(Asks.RELEASED), told(Asks.ARRESTED), False),
        (told(Asks.RELEASED), told(Asks.RELEASED, Source.COURT), False),
        (told(BAIL), told(BAIL, version=2), False),
        (told(BAIL, day=AT.date()), told(BAIL, day=AT.date(), version=2), True),
        (told(BAIL, day=AT.date()), told(BAIL, day=AT.date() + DAY), False),
        (told(BAIL, Source.COURT), told(BAIL, Source.COURT, version=2), True),
        (told(BAIL, Source.COURT), told(BAIL, Source.COURT, of="hearing 2"), False),
    ],
)
def test_an_event_is_known_by_the_same_key_however_its_record_is_corrected(
    one: Told, other: Told, *, is_same: bool
) -> None:
    first, second = to_tell(one), to_tell(other)
    assert first is not None
    assert second is not None
    assert (first.key == second.key) is is_same
    assert len(first.key) == 40


def detained(version: int, disposal: str, **said: object) -> DetentionWord:
    facts = {"said_at": AT + version * HOUR, "arrested_at": AT, "released_at": AT + HOUR, "bail_ends_on": None} | said
    return DetentionWord(version, disposal=disposal, has_conditions=True, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("disposals", "kinds"),
    [
        (["police_bail"], [Happening.ARREST, Happening.RELEASE_FROM_CUSTODY]),
        (["charged_remanded"], [Happening.ARREST]),
        (
            ["police_bail", "no_further_action"],
            [Happening.ARREST, Happening.RELEASE_FROM_CUSTODY, Happening.BAIL_ENDED],
        ),
        (
            ["police_bail", "charged_bail"],
            [Happening.ARREST, Happening.RELEASE_FROM_CUSTODY, Happening.BAIL_CONDITIONS_CHANGED],
        ),
    ],
)
def test_what_the_words_of_custody_are_for_her(disposals: list[str], kinds: list[Happening]) -> None:
    words = [detained(number, disposal) for number, disposal in enumerate(disposals, 1)]
    found = [one.told for one in told_by_custody(words)]
    assert [kind_of(one) for one in found] == kinds
    assert all(one.word is not None and one.word.said_at == AT + len(words) * HOUR for one in found)


def test_bail_that_is_still_to_end_ends() -> None:
    *_, ends = told_by_custody([detained(1, "police_bail", bail_ends_on=date(2026, 12, 1))])
    assert kind_of(ends.told) is Happening.BAIL_ENDED
    arrest, *_ = told_by_custody([detained(1, "police_bail", is_for_breach=True)])
    assert kind_of(arrest.told) is Happening.ARREST_FOR_BREACH


@pytest.mark.parametrize(
    ("statuses", "kind"),
    [
        ("CB", Happening.RELEASE_FROM_PRISON),
        ("PU", Happening.RELEASE_FROM_PRISON),
        ("UB", Happening.BAIL_CONDITIONS_CHANGED),
        ("BU", Happening.BAIL_CONDITIONS_CHANGED),
        ("BC", Happening.BAIL_ENDED),
    ],
)
def test_what_the_words_of_a_court_are_for_her(statuses: str, kind: Happening) -> None:
    words = [
        HearingWord(number, AT.date() + number * DAY, AT + number * DAY, 1, status, (OffenceLeft(1, final=False),))
        for number, status in enumerate(statuses, 1)
    ]
    (found,) = told_by_court(words, frozenset())
    assert kind_of(found.told) is kind
    assert found.told.word is not None
    assert (found.told.word.version, found.told.word.said_at) == (2, AT + 2 * DAY)


def test_each_event_bears_the_detention_or_the_hearing_that_it_is_told_of() -> None:
    """Two people in one case, each bailed on one day and sent to custody on another."""
    rows = [
        Heard(hearing, hearing, 1, role, AT.date() + day * DAY, AT + day * DAY, 1, status, 0)
        for hearing, role, day, status in ((11, 1, 1, "B"), (12, 2, 1, "B"), (13, 1, 2, "C"), (14, 2, 2, "C"))
    ]
    charges = [Charged(row.version, row.role, False, None) for row in rows]
    found = [one.told for _, one in at_court(rows, charges)]
    assert [one.word.of for one in found if one.word] == ["hearing 13", "hearing 14"]
    assert len({one.key for told_one in found if (one := to_tell(told_one))}) == 2
    held = [(1, f"custody/{number}", detained(number, "police_bail")) for number in (1, 2)]
    assert {one.told.word.of for _, one in in_custody(held) if one.told.word} == {"custody/1", "custody/2"}


@pytest.mark.parametrize(
    ("person", "record", "is_same"),
    [
        (Happening.RELEASE_FROM_CUSTODY, Happening.RELEASE_FROM_CUSTODY, True),
        (Happening.RELEASE_FROM_CUSTODY, Happening.RELEASE_FROM_PRISON, True),
        (Happening.ARREST_FOR_BREACH, Happening.ARREST, True),
        (Happening.ARREST, Happening.ARREST, True),
        (Happening.ARREST, Happening.ARREST_FOR_BREACH, False),
        (Happening.BAIL_ENDED, Happening.BAIL_CONDITIONS_CHANGED, False),
        (Happening.CHARGE, Happening.RELEASE_FROM_CUSTODY, False),
        (Happening.ORDER_SERVED, Happening.RELEASE_FROM_CUSTODY, False),
    ],
)
def test_what_somebody_recorded_says_the_same_only_where_it_warns_her_as_well(
    person: Happening, record: Happening, *, is_same: bool
) -> None:
    assert says_the_same(person, record) is is_same


def test_nothing_that_is_said_the_same_ever_warns_of_less() -> None:
    for person in Happening:
        for record in Happening:
            if says_the_same(person, record) and RAISES[record].safety is not None:
                assert RAISES[person].safety is not None
    assert timedelta(days=7) == STILL_NEWS
