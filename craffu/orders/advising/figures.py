"""How specialist advice goes: asked, answered and how fast, followed or not; and how many high-risk cases have any (RES-04, R1b).

Figures of the whole force, by whose advice it is: never by who asked or answered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from craffu.access.acting import Acting
from craffu.cases.advice.queries import AdviceStands, every_advice
from craffu.cases.advice.rules import Followed
from craffu.cases.models import Case
from craffu.cases.risk.grades import GradeFrom, grades_of_cases
from craffu.cases.risk.rules import Grade
from craffu.clocks.london import day_of

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Waited:
    """One question: the hours until it was answered, or, still pending, the hours so far."""

    adviser: str
    hours: float
    is_answered: bool
    followed: Followed | None


def waited(by: Acting, first: date, last: date, now: datetime) -> list[Waited]:
    """Every question asked between two days, both included, as it stands. Three queries."""
    return [_waited(one, now) for one in every_advice(by) if first <= day_of(one.asked.known_from) <= last]


def _waited(one: AdviceStands, now: datetime) -> Waited:
    ended = one.answer.at if one.answer is not None else now
    followed = Followed(one.followed.followed) if one.followed is not None else None
    return Waited(one.asked.adviser, max(0.0, (ended - one.asked.known_from) / _HOUR), one.answer is not None, followed)


@dataclass(frozen=True, slots=True)
class Became:
    """What became of advice that was answered: followed, in part, not, and of which nobody has said anything yet."""

    answered: int
    yes: int
    partly: int
    no: int

    @property
    def said(self) -> int:
        return self.yes + self.partly + self.no

    @property
    def unsaid(self) -> int:
        return self.answered - self.said


def became(several: Iterable[Waited]) -> Became:
    answered = [one for one in several if one.is_answered]
    numbers = [sum(one.followed is which for one in answered) for which in (Followed.YES, Followed.PARTLY, Followed.NO)]
    return Became(len(answered), *numbers)


def advised_at_high_risk(by: Acting, now: datetime) -> tuple[int, int]:
    """R1b: of the cases that are assessed as at high risk now, those in which advice was ever asked for. Twelve queries."""
    cases = dict(Case.objects.for_user(by).values_list("pk", "reference"))
    grades = grades_of_cases(by, cases, now)
    high = {pk for pk, steps in grades.items() if _grade(steps, now) is Grade.HIGH}
    asked = {one.asked.case_id for one in every_advice(by)}
    return len(high & asked), len(high)


def _grade(steps: Sequence[GradeFrom], now: datetime) -> Grade | None:
    """The grade that stands; a lapse to come is among the steps."""
    return next((one.grade for one in reversed(steps) if one.since <= now), None)
