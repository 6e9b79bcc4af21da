"""The standpoints on a breach as the rules ask for them, from everything recorded of it (BRC-03)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime

from craffu.access.acting import Acting
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.ledger.queries import BreachStory
from craffu.breaches.models import BreachAnswer, StandpointTaken
from craffu.breaches.standpoints.questions import Question
from craffu.breaches.standpoints.rules import (
    CourseOfConduct,
    Court,
    CourtResult,
    Mismatch,
    NotFinal,
    Police,
    PoliceDecision,
    Probation,
    ProbationDecision,
    Prosecution,
    ProsecutionDecision,
    Recording,
    Report,
    Standpoints,
    VictimTold,
    arises,
    mismatches,
    why_not_final,
)
from craffu.cases.risk.rules import Grade
from craffu.clocks.london import day_of
from craffu.orders.reviewing.queries import reviews_completed


def orders_reviewed(by: Acting, orders: Collection[int], known_at: datetime | None = None) -> dict[int, list[date]]:
    """The days on which reviews of these orders were complete. One query."""
    found = reviews_completed(by, orders, known_at) if orders else {}
    return {order: [day_of(one) for one in several] for order, several in found.items()}


def as_standpoints(story: BreachStory, reviewed: Mapping[int, Sequence[date]]) -> Standpoints:
    """What everybody last said of a breach. The report's clock runs from when the possible breach was raised (BRC-06)."""
    reported = story.standing(Standpoint.REPORTED)
    return Standpoints(
        report=None
        if reported is None
        else Report(story.breach.raised_at, reported.incident_on, _conditions(reported)),
        police=_police(story),
        prosecution=_prosecution(story.standing(Standpoint.PROSECUTION)),
        court=_court(story.standing(Standpoint.COURT)),
        probation=_probation(story.standing(Standpoint.PROBATION)),
        told=_told(story.standing(Standpoint.VICTIM_TOLD)),
        order_reviewed_on=tuple(sorted(day for one in story.holding for day in reviewed.get(one.order_id, ()))),
    )


def risk_of(story: BreachStory) -> Grade | None:
    """The grade by which its hours run; None runs as high (RSK-02)."""
    return Grade(story.breach.risk) if story.breach.risk else None


def do_not_agree(story: BreachStory, reviewed: Mapping[int, Sequence[date]], now: datetime) -> list[Mismatch]:
    """What does not agree of a breach and nobody has explained since the last word of any standpoint."""
    explained = {one.code for one in story.explained if one.standing >= story.last_word}
    found = mismatches(as_standpoints(story, reviewed), risk_of(story), now)
    return [one for one in found if one.value not in explained]


def since_when(story: BreachStory, reviewed: Mapping[int, Sequence[date]]) -> Callable[[Mismatch], datetime]:
    """Since when each thing that does not agree does so: from its limit on, else since the last word of any standpoint is known.

    Never before the breach was raised.
    """
    limits, raised = arises(as_standpoints(story, reviewed), risk_of(story)), story.breach.raised_at
    known = max((one.known_from for one in story.words), default=raised)
    return lambda code: max(limits.get(code, known), raised)


def last_answers(story: BreachStory) -> dict[Question, BreachAnswer]:
    """The last answer to each question that was answered."""
    return {Question(one.question): one for one in story.answers}


def lacks_of(story: BreachStory) -> tuple[list[NotFinal], list[Question]]:
    """What stands in the way of finalising a breach, and which questions nobody has answered (BRC-04)."""
    last = last_answers(story)
    course, recording = last.get(Question.COURSE_OF_CONDUCT), last.get(Question.RECORDING)
    why = why_not_final(
        CourseOfConduct(course.answer) if course else None,
        course.by_right if course else None,
        Recording(recording.answer) if recording else None,
        recording.words if recording else "",
    )
    return why, [one for one in Question if one not in last]


def _conditions(word: StandpointTaken) -> tuple[str, ...]:
    return tuple(word.conditions)


def _police(story: BreachStory) -> Police | None:
    word = story.standing(Standpoint.POLICE)
    if word is None:
        return None
    answers = [one.answer for one in story.answers if one.question == Question.COURSE_OF_CONDUCT]
    course = CourseOfConduct(answers[-1]) if answers else None
    return Police(PoliceDecision(word.decision), word.at, course, word.incident_on, _conditions(word))


def _prosecution(word: StandpointTaken | None) -> Prosecution | None:
    if word is None:
        return None
    return Prosecution(ProsecutionDecision(word.decision), day_of(word.at), word.incident_on, _conditions(word))


def _court(word: StandpointTaken | None) -> Court | None:
    if word is None:
        return None
    return Court(CourtResult(word.decision), day_of(word.at), word.incident_on, _conditions(word))


def _probation(word: StandpointTaken | None) -> Probation | None:
    if word is None:
        return None
    return Probation(ProbationDecision(word.decision), day_of(word.at), word.incident_on, _conditions(word))


def _told(word: StandpointTaken | None) -> VictimTold | None:
    return None if word is None else VictimTold(CourtResult(word.decision), day_of(word.at))
