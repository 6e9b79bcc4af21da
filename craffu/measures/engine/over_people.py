"""Measures of justice, victims, priorities and champions, each as one expression (MET21 to MET23, MET28 to MET32; MSR-01)."""

from typing import Final

import ibis.expr.types as ir

from craffu.breaches.extracts.justice import BREACH_CRIMES, DEFENDANTS
from craffu.cases.extract import CRIMES
from craffu.measures.engine.asking import Asked
from craffu.measures.engine.counting import Split, counted, in_period, known, number
from craffu.measures.engine.expressions import incidents
from craffu.prevention.extract import PRIORITY_LIST
from craffu.prevention.scoring.rules import Tier
from craffu.resourcing.extract import SHIFTS
from craffu.victims.everybody import NOT_WANTED
from craffu.victims.extracts.told import CODE, NEWS, SAFETY, SURVEYS
from craffu.victims.gap.kinds import Went
from craffu.victims.notices.rules import Told, Warned

_CHARGED, _CHARGED_OTHERWISE = "1", "1A"
_ARRIVED: Final = (Went.ANSWERED.value, Went.NO_VALID_ANSWER.value, Went.SILENT.value)
_IN_TIME: Final = (Warned.WARNED.value, Warned.IN_TIME.value)
_CRITICAL: Final = (*_IN_TIME, Warned.TOLD_NOT_WARNED.value, Warned.LATE.value, Warned.MISSED.value)


def patterns(asked: Asked, split: Split) -> ir.Table:
    """MET21: of the incidents reported in the period, those of which it was answered whether they are part of a pattern."""
    rows = incidents(asked)
    rows = rows.filter(in_period(rows.reported_on, asked))
    return counted(
        rows, split, answered=number(rows.course_at.notnull()), answered_in_48_hours=number(rows.course_at <= rows.course_by),
        of=rows.count(),
    )  # fmt: skip


def charged(asked: Asked, split: Split) -> ir.Table:
    """MET22: of the crimes of breach finalised in the period, those with outcome 1; another offence charged is beside."""
    crimes = known(BREACH_CRIMES, asked)
    rows = crimes.filter(in_period(crimes.finalised_on, asked))
    return counted(
        rows, split, charged=number(rows.outcome == _CHARGED), of=rows.count(),
        charged_otherwise=number(rows.outcome == _CHARGED_OTHERWISE),
    )  # fmt: skip


def convicted(asked: Asked, split: Split) -> ir.Table:
    """MET23: of the defendants whose prosecution for breach was complete in the period, those convicted of one."""
    defendants = known(DEFENDANTS, asked)
    rows = defendants.filter(in_period(defendants.completed_on, asked))
    return counted(rows, split, convicted=number(rows.is_convicted), of=rows.count())


def notices(asked: Asked, split: Split) -> ir.Table:
    """MET28: of the news that the Code asks for with its limit in the period, that told in time; of safety, beside."""
    news = known(NEWS, asked)
    rows = news.filter(in_period(news.due_on, asked))
    of_code, of_safety = rows.clock == CODE, rows.clock == SAFETY
    in_days = [Told.ON_TIME.value, Told.LATE.value, Told.MISSED.value]
    return counted(
        rows, split, on_time=number(of_code & (rows.status == Told.ON_TIME.value)),
        of=number(of_code & rows.status.isin(in_days)),
        late=number(of_code & (rows.status == Told.LATE.value)), missed=number(of_code & (rows.status == Told.MISSED.value)),
        not_yet_due=number(of_code & (rows.status == Told.RUNNING.value)),
        not_wanted=number(of_code & (rows.status == NOT_WANTED)),
        safety_in_time=number(of_safety & rows.status.isin(_IN_TIME)), safety_of=number(of_safety & rows.status.isin(_CRITICAL)),
    )  # fmt: skip


def withdrew(asked: Asked, split: Split) -> ir.Table:
    """MET29: of the crimes finalised in the period, those with outcome 14 and those with outcome 16."""
    crimes = known(CRIMES, asked)
    rows = crimes.filter(crimes.is_crime, in_period(crimes.finalised_on, asked))
    return counted(
        rows, split, outcome_14=number(rows.outcome == "14"), outcome_16=number(rows.outcome == "16"), of=rows.count()
    )


def satisfied(asked: Asked, split: Split) -> ir.Table:
    """MET30: of the valid answers to a question, by invitations sent in the period, those that count as satisfied."""
    surveys = known(SURVEYS, asked)
    rows = surveys.filter(in_period(surveys.asked_on, asked))
    return counted(
        rows, split, satisfied=number(rows.is_satisfied & rows.is_valid), of=number(rows.is_valid),
        arrived=number(rows.went.isin(_ARRIVED)), unsafe_to_ask=number(rows.is_unsafe),
    )  # fmt: skip


def covered(asked: Asked, split: Split) -> ir.Table:
    """MET31: of the persons on the list, those with a live plan."""
    rows = known(PRIORITY_LIST, asked)
    return counted(
        rows, split, covered=number(rows.is_covered), of=rows.count(), planned=number(rows.is_planned),
        urgent=number(rows.tier == Tier.URGENT.value),
    )  # fmt: skip


def championed(asked: Asked, split: Split) -> ir.Table:
    """MET32: of the shifts that began in the period, those with a current champion on duty."""
    shifts = known(SHIFTS, asked)
    rows = shifts.filter(in_period(shifts.began_on, asked), shifts.began_at <= asked.as_of)
    return counted(
        rows, split, covered=number(rows.is_covered), of=rows.count(), on_call_alone=number(rows.is_on_call_alone)
    )
