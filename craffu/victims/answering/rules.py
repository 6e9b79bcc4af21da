"""Which question comes next, which answers count, and what follows from them (VIC-08, VIC-11; page map, P20).

What she says about her safety is acted on whether or not she came to the end. Her words are taken only once she was told who may
read them, and only when she sends them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from craffu.clocks.london import LONDON, day_of, end_of, start_of
from craffu.victims.answering.kinds import (
    ASKED,
    CALL_ME,
    CHANGED,
    CHOICES,
    LEAVE_OUT,
    LESS_SAFE,
    READ,
    RING_FIRST,
    YES,
    Question,
)
from craffu.victims.inviting.kinds import Purpose
from craffu.victims.voice.rules import Reader, ReadersNotice

LONGEST_WORDS: Final = 4000
# What she writes herself, and what says when something was.
WRITTEN: Final = frozenset({Question.WORDS, Question.WHEN})


def asked(purpose: Purpose, answers: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions that there are for her, as she has answered: who wants to leave out her words is not asked for them.

    Whether they may be quoted is asked of whoever wrote something.
    """
    left_out: set[Question] = set()
    if answers.get(Question.READERS) == LEAVE_OUT:
        left_out = {Question.WORDS, Question.QUOTED}
    elif not answers.get(Question.WORDS, "unwritten").strip():
        left_out = {Question.QUOTED}
    return tuple(one for one in ASKED[purpose] if one not in left_out)


# Which question she answers anew; what she said before stands until she has.
OPEN_AGAIN: Final = "again"
# Kept beside an answer that took the place of one on which her safety may hang: whoever takes the telephone over cannot unsay it.
_SAID_BEFORE: Final = "before:"


def next_question(purpose: Purpose, answers: Mapping[str, str]) -> Question | None:
    """The one that is answered anew, else the first that is not answered; None once all are. Words may be left empty."""
    several = asked(purpose, answers)
    again = next((one for one in several if one == answers.get(OPEN_AGAIN)), None)
    return again or next((one for one in several if one not in answers), None)


def with_answer(answers: Mapping[str, str], question: Question, said: str) -> dict[str, str]:
    """Her answers with this one in place of any before. Who wants to write nothing takes back what she wrote.

    What she answers anew is asked until she has: on the way she may be told again who may read it.
    """
    stands = {one: each for one, each in answers.items() if (one, each) != (OPEN_AGAIN, question.value)}
    found = stands | {question.value: said}
    if question is Question.READERS and said == LEAVE_OUT:
        found.pop(Question.WORDS.value, None)
    before = answers.get(question, "")
    if before != said and any((question, before) == (asks, grave) for _follows, asks, grave in _SAID):
        found[f"{_SAID_BEFORE}{question.value}"] = before
    return found


def place_of(question: Question, purpose: Purpose, answers: Mapping[str, str]) -> tuple[int, int]:
    """Which of how many it is; what comes before them is the first's place."""
    several = [one for one in asked(purpose, answers) if one is not Question.BEFORE]
    if question is Question.BEFORE:
        return 1, len(several)
    return several.index(question) + 1, len(several)


def was_told(language: str, notice: ReadersNotice | None) -> bool:
    """VIC-11: whether she was told who may come to read her words, in the language in which she is about to write."""
    return notice is not None and notice.language == language and frozenset(notice.readers) >= set(Reader)


def is_answer(question: Question, said: str) -> bool:
    """Whether this can be an answer to the question."""
    if question in CHOICES:
        return said in CHOICES[question]
    if question is Question.WHEN:
        try:
            when_said(said)
        except ValueError:
            return False
        return True
    return len(said) <= LONGEST_WORDS


def kept(purpose: Purpose, answers: Mapping[str, str], *, is_whole: bool) -> dict[str, str]:
    """What is kept of her answers: of somebody who left, her choices and not her words, which she did not send."""
    several = asked(purpose, answers)
    wanted = several if is_whole else tuple(one for one in several if one not in WRITTEN)
    found = {one.value: answers[one] for one in wanted if one in answers and one not in READ}
    return found | {one: said for one, said in answers.items() if one.startswith(_SAID_BEFORE)}


class Follows(StrEnum):
    """What an officer has to do because of what she answered. Keys are stored."""

    LESS_SAFE = "said_less_safe"
    CONTACT = "said_contact"
    CALL = "asked_to_be_called"
    REACH = "reach_has_changed"


_SAID: Final = (
    (Follows.LESS_SAFE, Question.FEEL, LESS_SAFE),
    (Follows.CONTACT, Question.CONTACT, YES),
    (Follows.CALL, Question.SAFE_NOW, CALL_ME),
    (Follows.CALL, Question.TELL, RING_FIRST),
    (Follows.REACH, Question.REACH, CHANGED),
)  # fmt: skip


def follows(answers: Mapping[str, str]) -> tuple[Follows, ...]:
    """What is due because of these answers, the gravest first, also of one that she took back. None asks for nothing."""
    found = (
        one
        for one, question, said in _SAID
        if said in (answers.get(question), answers.get(f"{_SAID_BEFORE}{question.value}"))
    )
    return tuple(dict.fromkeys(found))


def contact_by(answered_at: datetime) -> datetime:
    """By when somebody speaks with her: on the day on which she answered, in London (issue I: *less safe* is due work today)."""
    return end_of(day_of(answered_at))


def tells_of_contact(purpose: Purpose, answers: Mapping[str, str], *, is_whole: bool) -> bool:
    """Whether an entry in her log comes of it: a log she sent, or contact that she told of in passing, sent or not."""
    return is_whole if purpose is Purpose.LOG else answers.get(Question.CONTACT) == YES


NOT_SURE: Final = "not_sure"
_BEFORE: Final = timedelta(days=28)
_LONGEST: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Span:
    """When something was that she tells of; a whole day, or days, where she knows no more."""

    first_at: datetime
    last_at: datetime
    is_day_only: bool


def when_said(said: str) -> datetime | date | None:
    """The day, or day and time by London's clock, that she wrote as ISO 8601; None where she is not sure.

    Raises ValueError for anything else.
    """
    if said == NOT_SURE:
        return None
    return date.fromisoformat(said) if len(said) == len("2026-11-24") else datetime.fromisoformat(said)


def span_of(said: str, asked_before: datetime | None, now: datetime) -> Span:
    """When it was. Where she does not say: since we last asked her, or the last four weeks where nobody asked before."""
    found = when_said(said) if said else None
    if isinstance(found, datetime):
        # A time that a clock showed twice is the first of the two, one that it skipped the hour after.
        at = found.replace(tzinfo=LONDON).astimezone(UTC)
        return Span(at, at, is_day_only=False)
    if found is not None:
        first = start_of(found)
        return Span(first, max(first, min(end_of(found) - datetime.resolution, now)), is_day_only=True)
    return Span(max(asked_before or now - _BEFORE, now - _LONGEST), now, is_day_only=True)
