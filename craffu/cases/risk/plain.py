"""Questions about risk as a rule case file asks them: plain values in, plain values out. It decides nothing of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from craffu.cases.risk.rules import (
    Assessment,
    Event,
    Grade,
    Graded,
    Observation,
    assessment_due,
    check_observations,
    lacks,
    second_look,
    standing,
)
from craffu.clocks.london import instant_of, instant_or_none


def assessment(given: Mapping[str, str]) -> dict[str, Any]:
    why = lacks(Assessment(**given))
    return {"complete": not why, "why": why}


def due(event: str, at: str, now: str, assessed_at: str | None) -> dict[str, Any]:
    return asdict(
        assessment_due(event, _instant(at), _instant(now), instant_or_none(assessed_at)),
    )


def current(
    opened_at: str,
    now: str,
    assessments: Iterable[Mapping[str, str]] | None,
    events: Iterable[Mapping[str, str]] | None,
) -> dict[str, Any]:
    stands = standing(
        _instant(opened_at),
        _instant(now),
        [Graded(_instant(one["at"]), Grade(one["grade"])) for one in assessments or ()],
        [Event(one["kind"], _instant(one["at"])) for one in events or ()],
    )
    return {
        "grade": stands.grade,
        "last_grade": stands.last_grade,
        "clock_grade": stands.clock_grade,
        "in_unassessed_queue": stands.in_unassessed_queue,
        "waiting_since": stands.waiting_since,
        "due": stands.due,
        "age_hours": stands.age_hours,
    }


def observations(given: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    checked = check_observations({name: Observation(**one) for name, one in given.items()})
    return {"accepted": checked.accepted, "why": checked.why, "unanswered": checked.unanswered}


def look(grade: str, assessor: str, graded_at: str, facts: Iterable[str], second: str | None) -> dict[str, Any]:
    return asdict(second_look(grade, _instant(graded_at), facts, assessor=assessor, second=second))


def _instant(text: str) -> datetime:
    return instant_of(datetime.fromisoformat(text))
