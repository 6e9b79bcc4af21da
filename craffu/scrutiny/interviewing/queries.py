"""Interviews as their reader may see them: words only where consent to them stands, and what became of dangers (VIC-08)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from craffu.access.acting import Acting
from craffu.scrutiny.interviewing.kinds import Use
from craffu.scrutiny.interviewing.permissions import READ_ALL, check_can_interview
from craffu.scrutiny.interviewing.questions import Question, asked_in
from craffu.scrutiny.interviewing.rules import Said, may, stands
from craffu.scrutiny.models import Answer, Consent, ConsentWithdrawn, Interview, LiveRisk, Quote


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote; its words are empty once consent to them was taken back."""

    number: int
    words: str = field(repr=False)

    @property
    def is_withheld(self) -> bool:
        return not self.words


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with the last answer to it. Of an answer whose consent was taken back every word is left out."""

    question: Question
    answer: int | None
    said_at: datetime | None
    is_withheld: bool
    is_destroyed: bool
    may_be_quoted: bool
    quotes: tuple[Quoted, ...]
    words: str = field(repr=False)
    note: str = field(repr=False)

    @property
    def key(self) -> str:
        return self.question.key


@dataclass(frozen=True, slots=True)
class InterviewStands:
    """An interview whole, as of an instant."""

    interview: Interview
    uses: frozenset[str]
    consents: tuple[Consent, ...]
    withdrawals: tuple[ConsentWithdrawn, ...]
    answers: tuple[Answered, ...]
    risks: tuple[LiveRisk, ...]

    @property
    def is_kept(self) -> bool:
        return Use.KEEP in self.uses

    @property
    def was_withdrawn(self) -> bool:
        return bool(self.withdrawals) and not self.is_kept

    def answer_to(self, key: str) -> Answered | None:
        return next((one for one in self.answers if one.key == key), None)


def interviews(by: Acting) -> Any:
    """Every interview that the reader may open, the last first; nobody's for whoever may hold none."""
    user = check_can_interview(by)
    rows = Interview.objects.for_user(by).select_related("by").order_by("-id")
    return rows if by.holds_any(READ_ALL) else rows.filter(by=user)


def find_interview(by: Acting, reference: str) -> Interview | None:
    """An interview of the reader's force. Whether it is for them, `permissions.check_can_open` says."""
    found: Interview | None = Interview.objects.for_user(by).filter(reference=reference).select_related("by").first()
    return found


def uses_of(by: Acting, listed: Iterable[Interview], now: datetime) -> dict[int, frozenset[str]]:
    """What is consented to in each of these now. Two queries."""
    said = said_in(by, [one.pk for one in listed])
    return {key: stands(several, now) for key, several in said.items()}


def asked_for_consent(by: Acting, listed: Iterable[Interview]) -> set[int]:
    """Those of these in which consent was ever given. One query."""
    rows = Consent.objects.for_user(by).filter(interview__in=[one.pk for one in listed])
    return set(rows.values_list("interview_id", flat=True))


def stands_now(by: Acting, interview: Interview, now: datetime) -> InterviewStands:
    """One interview whole. Five queries."""
    given = list(Consent.objects.for_user(by).filter(interview=interview).select_related("by").order_by("id"))
    back = list(ConsentWithdrawn.objects.for_user(by).filter(interview=interview).select_related("by").order_by("id"))
    said = _of(given, back)
    last = {one.question: one for one in Answer.objects.for_user(by).filter(interview=interview).order_by("id")}
    quotes: dict[int, list[Quote]] = {}
    for one in Quote.objects.for_user(by).filter(answer__interview=interview).order_by("id"):
        quotes.setdefault(one.answer_id, []).append(one)
    asked = asked_in(interview.schedule, interview.whom, interview.question)
    risks = LiveRisk.objects.for_user(by).filter(interview=interview).select_related("acted").order_by("id")
    return InterviewStands(
        interview,
        stands(said, now),
        tuple(given),
        tuple(back),
        tuple(_answered(one, last.get(one.key), quotes, said, now) for one in asked),
        tuple(risks.defer("told", "reach", "acted__words")),
    )


def _answered(
    question: Question, answer: Answer | None, quotes: dict[int, list[Quote]], said: list[Said], now: datetime
) -> Answered:
    if answer is None:
        return Answered(
            question,
            None,
            None,
            is_withheld=False,
            is_destroyed=False,
            may_be_quoted=False,
            quotes=(),
            words="",
            note="",
        )
    at = answer.known_from
    is_kept, is_quotable = may(Use.KEEP, at, said, now), may(Use.QUOTE, at, said, now)
    of_it = tuple(Quoted(one.pk, one.words if is_quotable else "") for one in quotes.get(answer.pk, ()))
    return Answered(
        question,
        answer.pk,
        at,
        is_withheld=not is_kept,
        is_destroyed=not answer.words,
        may_be_quoted=is_quotable,
        quotes=of_it,
        words=answer.words if is_kept else "",
        note=answer.note if is_kept else "",
    )


def said_in(by: Acting, listed: list[int]) -> dict[int, list[Said]]:
    """Everything that was said about consent in each of these. Two queries."""
    found: dict[int, list[Said]] = {one: [] for one in listed}
    for given in Consent.objects.for_user(by).filter(interview__in=listed):
        found[given.interview_id] += _of([given], [])
    for back in ConsentWithdrawn.objects.for_user(by).filter(interview__in=listed):
        found[back.interview_id] += _of([], [back])
    return found


def _of(given: Iterable[Consent], back: Iterable[ConsentWithdrawn]) -> list[Said]:
    said = [Said(one.given_at, frozenset(one.uses), is_given=True) for one in given]
    return said + [Said(one.at, frozenset(one.uses), is_given=False) for one in back]


def find_live_risk(by: Acting, reference: str) -> LiveRisk | None:
    """A danger that the force was told of, with the case where it was seen in one, and what was done of it. One query."""
    rows = LiveRisk.objects.for_user(by).filter(reference=reference)
    rows = rows.select_related("by", "acted", "acted__by", "review__case__sample")
    found: LiveRisk | None = rows.first()
    return found
