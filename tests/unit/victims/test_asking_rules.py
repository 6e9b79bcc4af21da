"""How she is asked by the safe page: codes, how long they open anything, safe times, and what follows of her answers."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.victims.agreements.rules import Occasion
from craffu.victims.answering.kinds import ASKED, CHOICES, READ, Question
from craffu.victims.answering.rules import (
    LONGEST_WORDS,
    OPEN_AGAIN,
    Follows,
    asked,
    contact_by,
    follows,
    is_answer,
    kept,
    next_question,
    place_of,
    span_of,
    tells_of_contact,
    was_told,
    when_said,
    with_answer,
)
from craffu.victims.contacts.rules import Channel, SafeTimes, Safety
from craffu.victims.inviting.kinds import Purpose, Route, Step
from craffu.victims.inviting.rules import (
    ALPHABET,
    CODE_LENGTH,
    IDLE,
    LASTS,
    LONGEST,
    WRITING,
    closes_at,
    code_meant,
    in_groups,
    is_address,
    is_closed,
    link_channels,
    may_go_at,
    new_code,
    new_link,
    opens_until,
    still_opens,
)
from craffu.victims.inviting.stages import survey_stages
from craffu.victims.voice.rules import NOTICES, Reader, ReadersNotice

pytestmark = [pytest.mark.rule("VIC-01"), pytest.mark.rule("VIC-02")]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def test_a_code_has_no_letter_that_is_taken_for_another_and_cannot_be_guessed() -> None:
    assert not set(ALPHABET) & set("B8G6I1LO0QS5UVZ2")
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(one) == CODE_LENGTH and set(one) <= set(ALPHABET) for one in codes)
    # One try in ten thousand millions of millions finds one of a thousand codes that are open.
    assert len(ALPHABET) ** CODE_LENGTH > 10**15


def test_a_link_holds_256_bits() -> None:
    links = {new_link() for _ in range(50)}
    assert len(links) == 50
    assert all(re.fullmatch("[A-Za-z0-9_-]{43}", one) for one in links)


@given(st.text(alphabet=ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH))
def test_a_code_is_read_as_it_is_written_whatever_its_spaces_and_capitals(code: str) -> None:
    assert in_groups(code) == f"{code[:4]} {code[4:8]} {code[8:]}"
    for typed in (code, in_groups(code), code.lower(), f" {code[:4]}-{code[4:8]}.{code[8:]} "):
        assert code_meant(typed) == code


@pytest.mark.parametrize("typed", ["", "ACDE", "ACDEFHJKMNPRT", "ACDEFHJKMNP0", "ACDE FHJK MNP!", "ÂCDEFHJKMNPR"])
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert code_meant(typed) == ""


def test_a_code_lasts_an_hour_and_a_link_three_days() -> None:
    assert opens_until(Route.CODE, NOW) == NOW + HOUR
    assert opens_until(Route.LINK, NOW) == NOW + 72 * HOUR
    assert opens_until(Route.LETTER, NOW) == NOW + timedelta(days=28), "what a letter asks is asked for four weeks"
    assert set(LASTS) == set(Route)


@pytest.mark.parametrize("step", list(Step))
def test_it_opens_once_in_its_time(step: Step) -> None:
    until = NOW + HOUR
    assert still_opens(until, [], NOW)
    assert still_opens(until, [], until - timedelta.resolution)
    assert not still_opens(until, [], until)
    closing = {Step.OPENED, Step.ENDED, Step.NOT_HERS, Step.NOT_SENT}
    assert still_opens(until, [step], NOW) is (step not in closing)


def test_a_page_closes_after_twenty_quiet_minutes_and_after_two_hours_in_any_case() -> None:
    assert (timedelta(minutes=20), timedelta(hours=2)) == (IDLE, LONGEST)
    assert closes_at(NOW, NOW + HOUR) == NOW + HOUR + IDLE
    assert closes_at(NOW, NOW + LONGEST - MINUTE) == NOW + LONGEST
    assert not is_closed(NOW, NOW, NOW + IDLE - timedelta.resolution)
    assert WRITING == HOUR
    assert not is_closed(NOW, NOW, NOW + WRITING - timedelta.resolution, writes=True)
    assert is_closed(NOW, NOW, NOW + WRITING, writes=True)
    assert closes_at(NOW, NOW + LONGEST - MINUTE, writes=True) == NOW + LONGEST
    assert is_closed(NOW, NOW, NOW + IDLE)


def test_a_link_comes_by_messages_alone_that_are_safe_and_marked_for_links() -> None:
    every = [one.value for one in Channel]
    assert link_channels(every, every) == ["email", "text_message"]
    assert link_channels(["email", "telephone"], ["email", "telephone", "text_message"]) == ["email"]
    assert link_channels(["email"], []) == []


@pytest.mark.parametrize(
    ("channel", "to", "holds"),
    [
        ("text_message", "07700 900123", True), ("text_message", "+44 (0)7700-900123", True), ("text_message", "12", False),
        ("text_message", "0770090012a", False), ("text_message", "0" * 16, False), ("text_message", "a@example.org", False),
        ("email", "a@example.org", True), ("email", " a.b@mail.example.org ", True), ("email", "a@b", False),
        ("email", "a b@example.org", False), ("email", "@example.org", False), ("email", f"{'a' * 250}@b.org", False),
        ("letter", "a@example.org", False), ("telephone", "07700900123", False),
    ],
)  # fmt: skip
def test_where_a_message_can_go(channel: str, to: str, holds: bool) -> None:
    assert is_address(channel, to) is holds


DAY = Safety(["text_message"], [SafeTimes(time(9), time(17, 30))])


@pytest.mark.parametrize(
    ("at", "goes"),
    [
        (NOW, NOW),
        (datetime(2026, 11, 24, 9, tzinfo=UTC), datetime(2026, 11, 24, 9, tzinfo=UTC)),
        (datetime(2026, 11, 24, 8, 59, tzinfo=UTC), datetime(2026, 11, 24, 9, tzinfo=UTC)),
        (datetime(2026, 11, 24, 17, 30, tzinfo=UTC), datetime(2026, 11, 25, 9, tzinfo=UTC)),
        # The clocks go forward on this night: nine o'clock is eight by UTC.
        (datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 3, 29, 8, tzinfo=UTC)),
    ],
)
def test_a_message_waits_for_the_beginning_of_a_safe_time(at: datetime, goes: datetime) -> None:
    assert may_go_at(DAY, "text_message", at) == goes


def test_a_message_goes_by_no_way_and_at_no_time_that_is_not_safe() -> None:
    assert may_go_at(DAY, "email", NOW) is None
    assert may_go_at(Safety(["email"], []), "email", NOW) is None
    night = Safety(["email"], [SafeTimes(time(22), time(2))])
    assert may_go_at(night, "email", NOW) == datetime(2026, 11, 24, 22, tzinfo=UTC)
    assert may_go_at(night, "email", datetime(2026, 11, 25, 1, tzinfo=UTC)) == datetime(2026, 11, 25, 1, tzinfo=UTC)
    two = Safety(["email"], [SafeTimes(time(18), time(19)), SafeTimes(time(13), time(14))])
    assert may_go_at(two, "email", NOW) == datetime(2026, 11, 24, 13, tzinfo=UTC)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_question_is_asked_once_in_order_and_each_has_its_answers(purpose: Purpose) -> None:
    several = ASKED[purpose]
    assert several[:2] == (Question.BEFORE, Question.SAFE_NOW)
    assert len(set(several)) == len(several)
    assert several.index(Question.READERS) + 1 == several.index(Question.WORDS)
    answers: dict[str, str] = {}
    seen = []
    while (question := next_question(purpose, answers)) is not None:
        seen.append(question)
        answers[question] = CHOICES[question][0] if question in CHOICES else "kanari"
    assert tuple(seen) == several
    assert [place_of(one, purpose, answers)[0] for one in several] == [1, *range(1, len(several))]
    assert place_of(several[-1], purpose, answers)[1] == len(several) - 1


def test_who_does_not_want_to_write_is_not_asked_for_words() -> None:
    answers = {"readers": "leave_out"}
    assert Question.WORDS not in asked(Purpose.VIEW, answers)
    assert Question.WORDS in asked(Purpose.VIEW, {"readers": "go_on"})
    for nothing in ({"readers": "leave_out"}, {"readers": "go_on", "words": " "}):
        assert Question.QUOTED not in asked(Purpose.SURVEY, nothing), "there is nothing to quote"
    assert place_of(Question.TELL, Purpose.VIEW, answers) == (7, 7)


@pytest.mark.parametrize("question", list(Question))
def test_what_can_be_an_answer(question: Question) -> None:
    assert not is_answer(question, "sideways" if question is not Question.WORDS else "k" * (LONGEST_WORDS + 1))
    for said in CHOICES.get(question, ()):
        assert is_answer(question, said)
    if question is Question.WORDS:
        assert is_answer(question, "")
        assert is_answer(question, "k" * LONGEST_WORDS)
    if question is Question.WHEN:
        assert is_answer(question, "not_sure")
        assert is_answer(question, "2026-11-24T14:30")
        assert not is_answer(question, "2026-02-30")


@pytest.mark.rule("VIC-08")
def test_of_who_leaves_her_choices_are_kept_and_not_what_she_wrote() -> None:
    answers = {
        "before": "go_on",
        "safe_now": "yes",
        "contact": "yes",
        "readers": "go_on",
        "words": "kanari",
        "linked": "yes",
    }
    assert kept(Purpose.SURVEY, answers, is_whole=True) == {
        "safe_now": "yes", "contact": "yes", "words": "kanari", "linked": "yes",
    }  # fmt: skip
    assert kept(Purpose.SURVEY, answers, is_whole=False) == {"safe_now": "yes", "contact": "yes", "linked": "yes"}
    assert kept(Purpose.LOG, {"when": "2026-11-24"}, is_whole=False) == {}
    assert not {one.value for one in READ} & set(kept(Purpose.SURVEY, answers, is_whole=True))


@pytest.mark.rule("VIC-08")
@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        ({"feel": "less_safe"}, (Follows.LESS_SAFE,)),
        ({"contact": "yes"}, (Follows.CONTACT,)),
        ({"safe_now": "call_me", "tell": "ring_first"}, (Follows.CALL,)),
        ({"tell": "ring_first"}, (Follows.CALL,)),
        ({"reach": "changed"}, (Follows.REACH,)),
        (
            {"feel": "less_safe", "contact": "yes", "reach": "changed"},
            (Follows.LESS_SAFE, Follows.CONTACT, Follows.REACH),
        ),
        ({"feel": "safer", "contact": "not_sure", "reach": "still_safe", "safe_now": "yes", "tell": "as_agreed"}, ()),
        ({}, ()),
    ],
)
def test_what_follows_of_her_answers(answers: dict[str, str], wanted: tuple[Follows, ...]) -> None:
    assert follows(answers) == wanted


def test_somebody_speaks_with_her_on_the_very_day_by_london() -> None:
    assert contact_by(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == datetime(2026, 7, 2, 23, tzinfo=UTC)
    assert contact_by(NOW) == datetime(2026, 11, 25, tzinfo=UTC)


@pytest.mark.rule("BRC-01")
def test_when_something_was_that_she_tells_of() -> None:
    day = span_of("2026-11-20", None, NOW)
    assert (day.first_at, day.last_at, day.is_day_only) == (
        datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 20, 23, 59, 59, 999999, tzinfo=UTC), True,
    )  # fmt: skip
    today = span_of("2026-11-24", None, NOW)
    assert (today.first_at, today.last_at) == (datetime(2026, 11, 24, tzinfo=UTC), NOW)
    at = span_of("2026-07-01T18:30", None, NOW)
    assert (at.first_at, at.last_at, at.is_day_only) == (datetime(2026, 7, 1, 17, 30, tzinfo=UTC),) * 2 + (False,)
    for said in ("not_sure", ""):
        unsure = span_of(said, None, NOW)
        assert (unsure.first_at, unsure.last_at, unsure.is_day_only) == (NOW - timedelta(days=28), NOW, True)
    assert span_of("", NOW - timedelta(days=3), NOW).first_at == NOW - timedelta(days=3)
    assert span_of("", NOW - timedelta(days=900), NOW).first_at == NOW - timedelta(days=366)
    future = span_of("2026-11-26", None, NOW)
    assert future.first_at == future.last_at == datetime(2026, 11, 26, tzinfo=UTC)
    assert when_said("2026-11-24") == date(2026, 11, 24)
    assert when_said("2026-11-24T14:30") == datetime.fromisoformat("2026-11-24T14:30")
    with pytest.raises(ValueError, match="isoformat"):
        when_said("Friday")


def test_a_log_counts_once_it_is_sent_and_contact_told_in_passing_at_once() -> None:
    assert tells_of_contact(Purpose.LOG, {}, is_whole=True)
    assert not tells_of_contact(Purpose.LOG, {"contact": "yes"}, is_whole=False)
    for whole in (True, False):
        assert tells_of_contact(Purpose.VIEW, {"contact": "yes"}, is_whole=whole)
        assert not tells_of_contact(Purpose.SURVEY, {"contact": "not_sure"}, is_whole=whole)


@pytest.mark.rule("VIC-11")
def test_she_was_told_of_every_reader_in_the_language_she_writes_in() -> None:
    notice = ReadersNotice(1, "cy", NOW, NOTICES[1])
    assert was_told("cy", notice)
    assert not was_told("en", notice)
    assert not was_told("cy", None)
    assert not was_told("cy", ReadersNotice(1, "cy", NOW, [Reader.COURT]))


def test_a_survey_follows_some_stages_once_a_day_within_ten_working_days() -> None:
    happened = [
        (Occasion.REPORT, NOW), (Occasion.ARREST, NOW + HOUR), (None, NOW + HOUR),
        (Occasion.ORDER_SERVED, NOW + timedelta(days=1)),
        (Occasion.CHARGE_OR_NO_FURTHER_ACTION, NOW + timedelta(days=1) + HOUR),
    ]  # fmt: skip
    first, second = survey_stages(happened)
    assert (first.occasion, first.at, first.due_day) == (Occasion.REPORT, NOW, date(2026, 12, 8))
    assert (second.occasion, second.at) == (Occasion.CHARGE_OR_NO_FURTHER_ACTION, NOW + timedelta(days=1) + HOUR)
    assert survey_stages([(Occasion.INTERVIEW, NOW)]) == []


@pytest.mark.rule("VIC-08")
def test_an_answer_takes_the_place_of_another_and_what_was_grave_is_not_forgotten() -> None:
    first = with_answer({}, Question.FEEL, "less_safe")
    assert first == {"feel": "less_safe"}
    again = {**first, OPEN_AGAIN: "feel"}
    assert next_question(Purpose.VIEW, {**dict.fromkeys(asked(Purpose.VIEW, {}), "x"), **again}) is Question.FEEL
    second = with_answer(again, Question.FEEL, "safer")
    assert second == {"feel": "safer", "before:feel": "less_safe"}
    assert follows(second) == (Follows.LESS_SAFE,)
    assert kept(Purpose.VIEW, second, is_whole=False) == second
    assert with_answer({"feel": "same"}, Question.FEEL, "safer") == {"feel": "safer"}
    assert with_answer({"feel": "less_safe"}, Question.FEEL, "less_safe") == {"feel": "less_safe"}
    assert with_answer({"words": "kanari"}, Question.READERS, "leave_out") == {"readers": "leave_out"}
    assert with_answer({"words": "kanari"}, Question.READERS, "go_on") == {"words": "kanari", "readers": "go_on"}
    assert next_question(Purpose.VIEW, {OPEN_AGAIN: "informed"}) is Question.BEFORE


@pytest.mark.rule("VIC-11")
def test_who_answers_anew_is_told_of_readers_on_the_way_and_still_asked() -> None:
    answers = {**dict.fromkeys(asked(Purpose.VIEW, {}), "x"), OPEN_AGAIN: "words"}
    told = with_answer(answers, Question.READERS, "go_on")
    assert next_question(Purpose.VIEW, told) is Question.WORDS
    assert next_question(Purpose.VIEW, with_answer(told, Question.WORDS, "kanari")) is None
    left_out = with_answer(answers, Question.READERS, "leave_out")
    assert next_question(Purpose.VIEW, left_out) is None
    assert OPEN_AGAIN not in kept(Purpose.VIEW, told, is_whole=True)
