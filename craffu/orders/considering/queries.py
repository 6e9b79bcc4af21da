"""The consideration of a case as it stands, for each who is suspected in it: what is offered, what is decided, what is open.

ORD-01 and ORD-02. Which questions are open is worked out from what was recorded, and kept nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.models import Case
from craffu.cases.risk.queries import case_risk
from craffu.common.edits import version_of
from craffu.orders.catalogue.queries import kinds_now
from craffu.orders.considering.course import Course, EnteredHere
from craffu.orders.considering.openings import Asked, Question, Stands, Wait, until, walk
from craffu.orders.considering.reading import CaseRead, CaseTold, Respondent, cases_told
from craffu.orders.considering.rules import Checklist, Outcome, Situation
from craffu.orders.life.states import OrderStatus
from craffu.orders.models import NotPursuedChallenged, OptionDecided, Order

# From these an order's life is taken up again (Annex B, reopen).
TAKEN_UP: Final = frozenset({OrderStatus.NOT_PURSUED, OrderStatus.DECLINED, OrderStatus.REFUSED, OrderStatus.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Considered:
    """The consideration of one case against one respondent.

    `questions` are of the kinds offered now; `lives` the order of each kind that has not ended, `statuses` how each order stands
    by what is known of it; `asked` and `waits` what was ever asked and waited for a supervisor, for due work. `version` is what a
    change is made from (T30).
    """

    told: CaseTold
    respondent: Respondent
    situation: Situation
    checklist: Checklist
    questions: Mapping[str, Question]
    lives: Mapping[str, Order]
    statuses: Mapping[str, str]
    decisions: Mapping[int, OptionDecided]
    challenges: Mapping[int, NotPursuedChallenged]
    asked: tuple[Asked, ...]
    waits: tuple[Wait, ...]
    version: str

    @property
    def open(self) -> list[str]:
        """The kinds that are to be decided, in the order of the table."""
        return [kind for kind, one in self.questions.items() if one.stands is Stands.OPEN]

    @property
    def undecided(self) -> list[str]:
        """The kinds that can be decided now: the open ones, and those put off to a day that has not come."""
        return [kind for kind, one in self.questions.items() if one.stands is Stands.OPEN or self._is_put_off(one)]

    @staticmethod
    def _is_put_off(one: Question) -> bool:
        return one.stands is Stands.DECIDED and one.decided is not None and one.decided.outcome == Outcome.DEFER

    def decision_of(self, kind: str) -> OptionDecided | None:
        """The last decision about a kind offered, standing or not."""
        question = self.questions.get(kind)
        return self.decisions.get(question.decided.number) if question and question.decided else None

    @property
    def not_pursued(self) -> list[OptionDecided]:
        """What is not pursued, standing or waiting for a supervisor, in the order of the table."""
        return [one for one in self.came_to_nothing if one.outcome == Outcome.NOT_PURSUED]

    @property
    def came_to_nothing(self) -> list[OptionDecided]:
        """What can be taken up again: not pursued, another measure in its place, declined or withdrawn."""
        settled = [kind for kind, one in self.questions.items() if one.stands in {Stands.WAITS, Stands.DECIDED}]
        found = [one for kind in settled if (one := self.decision_of(kind)) is not None]
        return [one for one in found if one.outcome == Outcome.NOT_PURSUED or self.statuses.get(one.kind) in TAKEN_UP]


def considered_in(
    by: Acting,
    case: int,
    now: datetime,
    known_at: datetime | None = None,
    read: CaseRead | None = None,
) -> list[Considered]:
    """The considerations of a case, one for each who is suspected in it; none where it is no stalking or harassment.

    `read` is what was read of the case already.
    """
    told = cases_told(by, [case], known_at, read).get(case)
    if told is None or not told.respondents:
        return []
    commenced = commencements(by)
    return [considered(by, told, one, now, commenced) for one in told.respondents]


def commencements(by: Acting) -> dict[str, EnteredHere]:
    """What administrators entered of when kinds came into force, each the last word. One query."""
    found = {}
    for code, one in kinds_now(by).items():
        edits = [edit for edit in one.versions if "commenced" in edit.row]
        if one.entered is not None and edits:
            found[code] = EnteredHere(one.entered, edits[-1].known_from)
    return found


def risk_in(by: Acting, case: Case, now: datetime) -> str:
    """The grade that stands in a case, empty where it is unassessed, which runs as high (RSK-02). Twelve queries at most."""
    grade = case_risk(by, case).standing(now).grade
    return grade.value if grade else ""


def considered(
    by: Acting,
    told: CaseTold,
    respondent: Respondent,
    now: datetime,
    commenced: Mapping[str, EnteredHere],
    *,
    is_ahead: bool = False,
) -> Considered:
    """One case against one respondent at an instant. `is_ahead` walks on to what was put off to a later day."""
    course = Course(told, respondent, by.force.name_en, now, commenced)
    events = list(course.events())
    walked = walk(events if is_ahead else until(events, now), course.now.offered)
    return Considered(
        told,
        respondent,
        course.situation,
        course.now,
        walked.questions,
        course.lives,
        {kind: course.stands_of(order) for kind, order in course.lives.items()},
        {one.pk: one for one in course.decisions},
        {one.decision_id: one for one in told.challenges},
        walked.asked,
        walked.waits,
        _version(told),
    )


def _version(told: CaseTold) -> str:
    """Every change of a consideration adds a row to one of these."""
    last = (
        max((one.pk for one in rows), default=0) for rows in (told.facts, told.opened, told.decisions, told.challenges)
    )
    return version_of(*last, len(told.moves))
