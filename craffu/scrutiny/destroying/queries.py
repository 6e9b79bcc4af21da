"""What waits to be destroyed, how much it is, and what was decided; no word is handed on (SEC-09)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.scrutiny.destroying.permissions import check_can_decide
from craffu.scrutiny.interviewing.kinds import Use
from craffu.scrutiny.interviewing.queries import said_in
from craffu.scrutiny.interviewing.rules import may
from craffu.scrutiny.models import Answer, Destruction, Interview, Quote
from craffu.victims.answering.reading import texts_left


@dataclass(frozen=True, slots=True)
class LeftOf:
    """What is kept of an interview and was taken back: answers and quotes by row number, and how many texts those are."""

    answers: tuple[int, ...]
    quotes: tuple[int, ...]
    texts: int


def left_of(by: Acting, interview: Interview, now: datetime) -> LeftOf:
    """Four queries."""
    said = said_in(by, [interview.pk])[interview.pk]
    answers, quotes, texts = [], [], 0
    for one in Answer.objects.for_user(by).filter(interview=interview):
        if (one.words or one.note) and not may(Use.KEEP, one.known_from, said, now):
            answers.append(one.pk)
            texts += bool(one.words) + bool(one.note)
    for quote in Quote.objects.for_user(by).filter(answer__interview=interview).select_related("answer"):
        if quote.words and not may(Use.QUOTE, quote.answer.known_from, said, now):
            quotes.append(quote.pk)
    return LeftOf(tuple(answers), tuple(quotes), texts + len(quotes))


def texts_of(by: Acting, one: Destruction, now: datetime) -> int:
    """How many texts would be destroyed now."""
    if one.invitation_id is not None:
        return texts_left(by, one.invitation_id)
    return left_of(by, check_is_there(one.interview), now).texts


def destructions(by: Acting) -> Any:
    """Everything that was asked, the last first."""
    check_can_decide(by)
    rows = Destruction.objects.for_user(by).select_related("by", "interview", "decided", "decided__by")
    return rows.order_by("-id")


def find_destruction(by: Acting, reference: str) -> Destruction | None:
    found: Destruction | None = destructions(by).filter(reference=reference).first()
    return found


def open_one(by: Acting, *, interview: Interview | None = None, invitation: int | None = None) -> Destruction | None:
    """What was asked of an interview, or of the answers to an invitation, and nobody has decided yet. One query."""
    rows = Destruction.objects.for_user(by).filter(interview=interview, invitation=invitation, decided__isnull=True)
    found: Destruction | None = rows.order_by("id").first()
    return found
