"""The standpoints on a breach as the rules ask for them, from everything recorded of it (BRC-03)."""

from collections.abc import Callable, Iterable, Mapping
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
    Reviewed,
    Standpoints,
    VictimTold,
    arises,
    mismatches,
    why_not_final,
)
from craffu.cases.risk.rules import Grade
from craffu.clocks.london import day_of
from craffu.orders.life.then import orders_as_known
from craffu.orders.models import Order
from craffu.orders.reviewing.queries import reviews_completed


def orders_reviewed(by: Acting, orders: Iterable[Order], known_at: datetime | None = None) -> dict[int, Reviewed]:
    """When each of these orders was reviewed, of an interim order also what took its place, by row number. One query; one more as
    known earlier.
    """
    instead = {one.pk: [one, *([one.main] if one.main is not None and one.main.made_at else [])] for one in orders}
    several = {each.pk: each for them in instead.values() for each in them}
    if not several:
        return {}
    stood = several if known_at is None else {one.pk: one for one in orders_as_known(by, several.values(), known_at)}
    made = reviews_completed(by, several, known_at)
    return {
        number: Reviewed(
            tuple(sorted(day_of(at) for each in them for at in made.get(each.pk, ()))),
            _over([stood[each.pk] for each in them if each.pk in stood]),
        )
        for number, them in instead.items()
    }


def _over(orders: Iterable[Order]) -> date | None:
    """On which day the last of these ended; None while one of them stands."""
    ends = [one.ended_at for one in orders]
    return None if None in ends else max((day_of(one) for one in ends if one is not None), default=None)


def as_standpoints(story: BreachStory, reviewed: Mapping[int, Reviewed]) -> Standpoints:
    """What everybody last said of a breach; of all who reported it, what each of them did.

    The report's clock runs from when the possible breach was raised, or its decision was asked for again: that it is none stands
    no longer then (BRC-06).
    """
    police, asked_again = _police(story), story.asked_again
    if asked_again is not None and police is not None and police.decision is PoliceDecision.NO_BREACH:
        police = None
    else:
        asked_again = None
    return Standpoints(
        report=_report(story, asked_again),
        police=police,
        prosecution=_prosecution(story, story.standing(Standpoint.PROSECUTION)),
        court=_court(story, story.standing(Standpoint.COURT)),
        probation=_probation(story, story.standing(Standpoint.PROBATION)),
        told=_told(story.standing(Standpoint.VICTIM_TOLD)),
        orders=tuple(reviewed[one] for one in dict.fromkeys(tie.order_id for tie in story.holding) if one in reviewed),
    )


def risk_of(story: BreachStory) -> Grade | None:
    """The grade by which its hours run; None runs as high (RSK-02)."""
    return Grade(story.breach.risk) if story.breach.risk else None


def do_not_agree(story: BreachStory, reviewed: Mapping[int, Reviewed], now: datetime) -> list[Mismatch]:
    """What does not agree of a breach and nobody has explained since the last word of any standpoint."""
    explained = {one.code for one in story.explained if one.standing >= story.last_word}
    found = mismatches(as_standpoints(story, reviewed), risk_of(story), now)
    return [one for one in found if one.value not in explained]


def since_when(story: BreachStory, reviewed: Mapping[int, Reviewed]) -> Callable[[Mismatch], datetime]:
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


def _until(story: BreachStory, word: StandpointTaken) -> date | None:
    """The last day on which it may have been, where a word gives the first of several: a word keeps that one alone."""
    breach = story.breach
    return day_of(breach.happened_to) if word.incident_on == day_of(breach.happened_from) else word.incident_on


def _report(story: BreachStory, asked_again: datetime | None) -> Report | None:
    last = story.standing(Standpoint.REPORTED)
    if last is None:
        return None if asked_again is None else Report(asked_again)
    every = [one for one in story.words if one.standpoint == Standpoint.REPORTED]
    times = {(one.incident_on, _until(story, one) or one.incident_on) for one in every if one.incident_on is not None}
    conditions = {each for one in every for each in one.conditions}
    since = asked_again or story.breach.raised_at
    return Report(since, last.incident_on, tuple(sorted(conditions)), _until(story, last), tuple(sorted(times)))


def _police(story: BreachStory) -> Police | None:
    word = story.standing(Standpoint.POLICE)
    if word is None:
        return None
    answers = [one.answer for one in story.answers if one.question == Question.COURSE_OF_CONDUCT]
    course = CourseOfConduct(answers[-1]) if answers else None
    decision = PoliceDecision(word.decision)
    return Police(decision, word.at, course, word.incident_on, _conditions(word), _until(story, word))


def _prosecution(story: BreachStory, word: StandpointTaken | None) -> Prosecution | None:
    if word is None:
        return None
    decision = ProsecutionDecision(word.decision)
    return Prosecution(decision, day_of(word.at), word.incident_on, _conditions(word), _until(story, word))


def _court(story: BreachStory, word: StandpointTaken | None) -> Court | None:
    if word is None:
        return None
    result = CourtResult(word.decision)
    return Court(result, day_of(word.at), word.incident_on, _conditions(word), _until(story, word))


def _probation(story: BreachStory, word: StandpointTaken | None) -> Probation | None:
    if word is None:
        return None
    decision = ProbationDecision(word.decision)
    return Probation(decision, day_of(word.at), word.incident_on, _conditions(word), _until(story, word))


def _told(word: StandpointTaken | None) -> VictimTold | None:
    return None if word is None else VictimTold(CourtResult(word.decision), day_of(word.at))
