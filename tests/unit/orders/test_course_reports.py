"""Of many reports of one case those alone are walked through that may open anything: what comes of it is the same (ORD-01)."""

# ruff: noqa: S311  # chance that need not be secure
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from craffu.cases.states import Stage
from craffu.orders.considering.course import Course
from craffu.orders.considering.openings import Opening, Walked, Why, until, walk
from craffu.orders.considering.reading import CaseRead, CaseTold, Respondent
from craffu.orders.considering.rules import Outcome

pytestmark = pytest.mark.rule("ORD-01")
BEGAN = datetime(2026, 1, 5, 9, tzinfo=UTC)
NOW = BEGAN + timedelta(days=60)
HIM = Respondent("P-10001", (7,), BEGAN, date(1984, 3, 2))


class EveryReport(Course):
    """Walks through each."""

    def _reported_again(self, instants: object) -> Iterator[Opening]:
        for known, made in self.told.further:
            yield Opening(f"report:{made.isoformat()}", Why.NEW_REPORT, known, frozenset(), happened_at=made)


def told(dice: random.Random) -> CaseTold:
    """A case with many reports, some at the very instant of something else."""

    def instant() -> datetime:
        return BEGAN + timedelta(hours=dice.randrange(0, 24 * 50, 6))

    case = CaseTold(1, "C-10001", BEGAN, is_of_the_kind=True, stalking_since=dice.choice((None, BEGAN, instant())))
    reports = dict.fromkeys((BEGAN, *(instant() for _ in range(dice.randrange(0, 40)))), BEGAN)
    for made in reports:
        reports[made] = dice.choice((BEGAN, made, instant()))
    written = [(made.isoformat(), known.isoformat()) for made, known in reports.items()]
    case.add(min(reports), True, False, written)
    assert list(case.further) == sorted((max(made, reports[made]), made) for made in sorted(reports)[1:])
    first = dice.choice((Stage.INVESTIGATED, Stage.INVESTIGATED, Stage.CLOSED))
    stages = [first, *dice.choices((Stage.CHARGED, Stage.CLOSED, Stage.INVESTIGATED), k=dice.randrange(3))]
    case.stages = [
        row(pk=at, stage=one.value, known_from=BEGAN if not at else instant()) for at, one in enumerate(stages)
    ]
    case.stages.sort(key=lambda one: one.known_from)
    kinds = ("SPO", "NMO", "RO_CONV")
    case.orders = [
        row(pk=at, respondent_id=7, kind=kind, is_interim=False, status="considered") for at, kind in enumerate(kinds)
    ]
    for number in range(dice.randrange(6)):
        at, order = instant(), dice.randrange(len(kinds))
        if dice.random() < 0.5:
            outcome = dice.choice((Outcome.NOT_PURSUED, Outcome.DEFER, Outcome.APPLY)).value
            later = (at + timedelta(days=3)).date()
            case.decisions.append(row(
                pk=number, order_id=order, kind=kinds[order], outcome=outcome, at=at, review_on=later, risk="",
                agreed_by_id=dice.choice((None, 4)),
            ))  # fmt: skip
        else:
            move = dice.choice((("authorise", "considered", "decided"), ("refuse", "applied", "refused"), ("expire", "in_force",
                "expired")))  # fmt: skip
            case.moves.append(row(
                pk=number, order_id=order, move=move[0], from_status=move[1], to_status=move[2], known_from=at, happened_at=at,
            ))  # fmt: skip
    return case


def row(**said: Any) -> Any:
    return SimpleNamespace(**said)


def walked(course: Course) -> Walked:
    return walk(until(list(course.events()), NOW), course.now.offered)


def plain(found: Walked) -> Any:
    questions = {kind: (one.stands, one.opening, one.decided) for kind, one in found.questions.items()}
    return questions, [(one.opening, one.kinds) for one in found.asked], [replace(one) for one in found.waits]


def test_the_reports_left_out_change_nothing() -> None:
    fewer, by_a_report = 0, 0
    for seed in range(600):
        case = told(random.Random(seed))
        some, every = (kind(case, HIM, "Glan Afon Police", NOW, {}) for kind in (Course, EveryReport))
        assert plain(walked(some)) == plain(walked(every)), seed
        by_a_report += sum(one.opening.why is Why.NEW_REPORT for one in walked(some).asked)
        fewer += len(list(every.events())) - len(list(some.events()))
    assert fewer > 600
    assert by_a_report > 100, "reports that open something are among them"


def test_where_nothing_is_answered_no_report_need_be_read() -> None:
    without = 0
    for seed in range(300):
        case, unread = told(random.Random(seed)), told(random.Random(seed))
        for one in (case, unread):
            one.orders, one.decisions, one.moves = [], [], []
        unread.written = []
        if CaseRead(row(), case.stages, [HIM], []).is_answered:
            assert case.stages[0].stage == Stage.CLOSED
            continue
        without += bool(case.further)
        some, every = (
            kind(told_of, HIM, "Glan Afon Police", NOW, {}) for kind, told_of in ((Course, unread), (EveryReport, case))
        )
        assert plain(walked(some)) == plain(walked(every)), seed
    assert without > 100
    assert CaseRead(row(), [], [HIM]).is_answered, "orders that were not read may answer anything"
    assert CaseRead(row(), [], [HIM], [row()]).is_answered
