"""Whether consent to an interview counts, what it covers, which words may be read and quoted (VIC-08, VIC-11, M3, M5)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest

from craffu.scrutiny.interviewing import kinds
from craffu.scrutiny.interviewing.kinds import ReviewQuestion, Use, Whom
from craffu.scrutiny.interviewing.questions import CURRENT, SCHEDULES, asked_in
from craffu.scrutiny.interviewing.rules import (
    ACT_WITHIN,
    CONSENT_VERSION,
    CONSENTS,
    Point,
    Said,
    WordsRead,
    is_passage_of,
    may,
    stands,
    takes_back,
    why_consent_is_not_taken,
)
from craffu.victims.voice.rules import NOTICES, ReadersNotice
from craffu.web.scrutiny import words

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
KEEP, QUOTE = Use.KEEP, Use.QUOTE
READ = WordsRead(CONSENT_VERSION, "cy", NOW - MINUTE)
NOTICE = ReadersNotice(1, "cy", NOW - MINUTE, NOTICES[1])


def why(
    whom: str = Whom.VICTIM,
    read: WordsRead | None = READ,
    notice: ReadersNotice | None = NOTICE,
    uses: frozenset[str] = frozenset({KEEP}),
) -> list[str]:
    return why_consent_is_not_taken(whom, "cy", NOW, read, notice, uses)


@pytest.mark.rule("VIC-11")
def test_of_a_victim_consent_is_asked_after_the_notice_and_of_staff_without_one() -> None:
    assert why() == []
    assert why(notice=None) == ["readers_not_told"]
    assert why(notice=ReadersNotice(1, "cy", NOW, NOTICES[1])) == ["readers_not_told"], (
        "not before, but as they consent"
    )
    assert why(notice=ReadersNotice(1, "en", NOW - MINUTE, NOTICES[1])) == ["readers_not_told"]
    assert why(Whom.STAFF, notice=None) == []


@pytest.mark.rule("VIC-08")
def test_consent_counts_only_after_every_word_was_read_in_the_language_of_the_interview() -> None:
    none_read = [f"not_read:{one}" for one in Point]
    assert why(read=None) == [*none_read, "not_read_before"]
    assert why(read=WordsRead(99, "cy", NOW - MINUTE)) == none_read
    assert why(read=WordsRead(CONSENT_VERSION, "cy", NOW)) == ["not_read_before"]
    assert why(read=WordsRead(CONSENT_VERSION, "en", NOW - MINUTE)) == ["other_language"]
    assert why(uses=frozenset({QUOTE})) == ["not_consented"], "whoever may be quoted is kept"
    assert why(uses=frozenset()) == ["not_consented"]
    assert CONSENTS[1] == frozenset(Point)


def given(minute: int, *uses: str) -> Said:
    return Said(NOW + minute * MINUTE, frozenset(uses), is_given=True)


def back(minute: int, *uses: str) -> Said:
    return Said(NOW + minute * MINUTE, frozenset(uses), is_given=False)


@pytest.mark.rule("VIC-08")
@pytest.mark.parametrize(
    ("said", "minute", "uses"),
    [
        ([], 9, []),
        ([given(1, KEEP, QUOTE)], 0, []),
        ([given(1, KEEP, QUOTE)], 1, [KEEP, QUOTE]),
        ([given(1, KEEP, QUOTE), back(2, QUOTE)], 2, [KEEP]),
        ([given(1, KEEP, QUOTE), back(2, QUOTE)], 1, [KEEP, QUOTE]),
        ([given(1, KEEP, QUOTE), back(2, KEEP)], 2, []),
        ([back(2, KEEP), given(1, KEEP)], 2, []),
        ([back(2, KEEP), given(2, KEEP)], 2, []),
        ([given(1, KEEP), back(2, KEEP), given(3, KEEP)], 3, [KEEP]),
        ([given(1, KEEP), given(2, KEEP, QUOTE)], 2, [KEEP, QUOTE]),
        ([given(1, KEEP, QUOTE), given(2, KEEP)], 2, [KEEP]),
    ],
)
def test_what_is_consented_to_at_an_instant(said: list[Said], minute: int, uses: list[str]) -> None:
    assert stands(said, NOW + minute * MINUTE) == frozenset(uses)


@pytest.mark.rule("VIC-08")
@pytest.mark.parametrize(
    ("said", "kept", "quoted"),
    [
        ([given(0, KEEP, QUOTE)], True, True),
        ([given(0, KEEP)], True, False),
        ([given(0, KEEP), given(7, KEEP, QUOTE)], True, True),
        ([given(0, KEEP, QUOTE), back(7, QUOTE)], True, False),
        ([given(0, KEEP, QUOTE), back(7, KEEP)], False, False),
        ([given(0, KEEP, QUOTE), back(7, KEEP), given(8, KEEP, QUOTE)], False, False),
        ([given(0, KEEP, QUOTE), back(7, QUOTE), given(8, KEEP, QUOTE)], True, False),
        ([given(0, KEEP, QUOTE), back(5, KEEP), given(6, KEEP, QUOTE)], False, False),
        ([given(0, KEEP, QUOTE), back(4, KEEP), given(4.5, KEEP, QUOTE)], True, True),
        ([given(0, KEEP, QUOTE), back(11, KEEP)], True, True),
        ([], False, False),
    ],
)
def test_words_spoken_before_consent_was_taken_back_never_come_back(said: list[Said], kept: bool, quoted: bool) -> None:
    """Spoken at five, asked at ten."""
    spoken, now = NOW + 5 * MINUTE, NOW + 10 * MINUTE
    assert (may(KEEP, spoken, said, now), may(QUOTE, spoken, said, now)) == (kept, quoted)


@pytest.mark.rule("VIC-08")
def test_whoever_takes_back_that_words_are_kept_takes_back_quotes_too() -> None:
    assert takes_back({QUOTE}) == {QUOTE}
    assert takes_back({KEEP}) == {KEEP, QUOTE}
    assert takes_back(()) == frozenset()


@pytest.mark.rule("VIC-08")
@pytest.mark.parametrize(
    ("passage", "is_one"),
    [
        ("Nobody rings", True),
        (" court  did.\nNobody ", True),
        ("nobody rings", False),
        ("the court … Nobody rings", False),
        ("", False),
        (" \n", False),
    ],
)
def test_a_quote_is_word_for_word(passage: str, is_one: bool) -> None:
    assert is_passage_of(passage, "We never hear what the court did.\n Nobody rings.") is is_one


def test_an_interview_asks_what_serves_its_question_of_the_review_and_its_version() -> None:
    assert CURRENT == 1
    every = [one.key for one in asked_in(1, Whom.STAFF, ReviewQuestion.ALL)]
    assert every == ["work", "told", "contact", "orders", "managing", "breaches", "training", "change"]
    assert [one.key for one in asked_in(1, Whom.VICTIM, ReviewQuestion.JUSTICE)] == ["broken", "court", "better"]
    assert [one.key for one in asked_in(1, Whom.STAFF, ReviewQuestion.PREVENTED)] == [
        "work", "orders", "managing", "training", "change",
    ]  # fmt: skip
    assert asked_in(2, Whom.STAFF, ReviewQuestion.ALL) == ()
    for questions in SCHEDULES.values():
        assert len({one.key for one in questions}) == len(questions)
        assert all(one.serves for one in questions)


@pytest.mark.rule("VIC-11")
def test_the_notice_and_the_points_each_have_words() -> None:
    assert set(words.CONSENT) == set(Point)
    assert {one.key for questions in SCHEDULES.values() for one in questions} == set(words.QUESTIONS)
    tables: Mapping[type[StrEnum], Mapping[str, object]] = {
        kinds.Whom: words.WHOM, kinds.Post: words.POSTS, kinds.Band: words.BANDS, kinds.Danger: words.DANGERS,
        kinds.ReviewQuestion: words.REVIEW_QUESTIONS, kinds.Use: words.USES, kinds.ByWhom: words.BY_WHOM,
        kinds.Done: words.DONE,
    }  # fmt: skip
    for kind, table in tables.items():
        assert set(table) == set(kind)


def test_the_words_that_are_stored_stay() -> None:
    """None is renamed, and the force has an hour."""
    stored = {
        kinds.Whom: "staff victim",
        kinds.Post: (
            "call_taker response investigator supervisor coordinator offender_manager orders_team victim_care senior other"
        ),
        kinds.Band: "small middle large whole_force",
        kinds.ReviewQuestion: "q1 q2 q3 all",
        kinds.Use: "keep quote",
        kinds.ByWhom: "self interpreter advocate",
        kinds.Danger: "life harm child self_harm officer",
        kinds.Done: "made_safe known not_found no_danger",
        Point: "choice purpose apart no_name quotes stop danger",
    }
    for kind, said in stored.items():
        assert " ".join(kind) == said
    assert kinds.LANGUAGES == ("en", "cy")
    assert timedelta(hours=1) == ACT_WITHIN
