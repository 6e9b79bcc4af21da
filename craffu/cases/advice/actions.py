"""The only writes of specialist advice: a question, its one answer, and whether it was followed (RES-04)."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.cases.advice import events
from craffu.cases.advice.due import subject_of
from craffu.cases.advice.models import AdviceAnswered, AdviceAsked, AdviceFollowed
from craffu.cases.advice.permissions import check_can_answer, check_can_ask
from craffu.cases.advice.policies import check_can_be_judged, check_is_said, check_is_unanswered, check_moment
from craffu.cases.advice.queries import AdviceStands, find_advice
from craffu.cases.advice.rules import Adviser, Followed, advice
from craffu.cases.models import Case
from craffu.cases.queries import find_case
from craffu.cases.topics import ADVICE, CASES
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.outbox.actions import tell


def _locked(by: Acting, case: str | None, order: str) -> Case | None:
    """The case; None for an order of no case, which whoever calls has found open to the reader."""
    lock_until_commit("advice", by.force.code, case or order)
    return check_is_there(find_case(by, case)) if case is not None else None


def _found(by: Acting, case: str | None, number: int, order: str) -> AdviceStands:
    return check_is_there(find_advice(by, _locked(by, case, order), number, "" if case else order))


def _log(by: Acting, kind: EventKind, asked: AdviceAsked, at: datetime) -> None:
    if asked.case is not None:
        tell(force=by.force.code, topic=CASES, subjects=[asked.case.pk], at=at)
    else:
        tell(force=by.force.code, topic=ADVICE, subjects=[subject_of(asked)], at=at)
    refs = [f"case/{asked.case.reference}"] if asked.case is not None else []
    refs += [f"order/{asked.about_order}"] if asked.about_order else []
    audit.record(kind=kind, actor=by.actor, refs=refs, request=by.request, now=at)


@action
def ask_advice(
    *, by: Acting, case: str | None, adviser: Adviser, question: str, order: str = "", now: datetime | None = None
) -> AdviceAsked:
    """Put a question to a specialist. The same question of the same person, still open, is asked once.

    About an order it is asked by `craffu.orders.advising.actions`, which knows whether there is one.
    """
    user, at = check_can_ask(by), now or clock.now()
    check_is_said(question)
    found = _locked(by, case, order)
    held = AdviceAsked.objects.for_user(by).filter(case=found, **({} if found else {"about_order": order}))
    open_ones = held.filter(by=user, adviser=adviser, about_order=order, answer__isnull=True)
    waiting: list[AdviceAsked] = list(open_ones.order_by("number"))
    same = next((one for one in waiting if one.question == question.strip()), None)
    if same is not None:
        return same
    row: AdviceAsked = AdviceAsked.objects.create(
        force=by.force,
        case=found,
        about_order=order,
        number=held.count() + 1,
        adviser=adviser,
        question=question.strip(),
        by=user,
        known_from=at,
    )
    _log(by, events.ADVICE_ASKED, row, at)
    return row


@action
def answer_advice(
    *, by: Acting, case: str | None, number: int, words: str, adviser: str = "", answered_at: datetime | None = None,
    order: str = "", now: datetime | None = None,
) -> AdviceAnswered:  # fmt: skip
    """Record the answer, once. Raises Conflict where somebody else was first, NotNow for an instant that cannot be."""
    at = now or clock.now()
    said_at = answered_at or at
    found = _found(by, case, number, order)
    user = check_can_answer(by, found.asked.by, is_inside=found.asked.adviser == Adviser.CHAMPION)
    check_is_unanswered(is_answered=found.answer is not None)
    check_is_said(words)
    check_moment(said_at, found.asked.known_from, at)
    row: AdviceAnswered = AdviceAnswered.objects.create(
        force=by.force,
        asked=found.asked,
        at=said_at,
        words=words.strip(),
        adviser=adviser.strip(),
        by=user,
        known_from=at,
    )
    _log(by, events.ADVICE_ANSWERED, found.asked, at)
    return row


@action
def say_followed(
    *, by: Acting, case: str | None, number: int, followed: Followed, reason: str = "", order: str = "",
    now: datetime | None = None,
) -> AdviceFollowed:  # fmt: skip
    """Whether advice was followed. Raises NotNow where nobody has answered, or where no reason is given for setting it aside."""
    user, at = check_can_ask(by), now or clock.now()
    found = _found(by, case, number, order)
    answered = found.answer.at if found.answer else None
    check_can_be_judged(advice(found.asked.known_from, answered, followed, reason).why)
    row: AdviceFollowed = AdviceFollowed.objects.create(
        force=by.force, asked=found.asked, followed=followed, reason=reason.strip(), by=user, known_from=at
    )
    _log(by, events.ADVICE_FOLLOWED, found.asked, at)
    return row
