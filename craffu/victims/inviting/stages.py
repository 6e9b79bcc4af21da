"""At which stages somebody is asked how they were treated, and by which day (requirements, M5, Q1; the stages are ADR 58's)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from craffu.clocks.london import day_of
from craffu.clocks.working_days import working_days_after
from craffu.victims.agreements.rules import Occasion

SURVEY_WITHIN: Final = 10
SURVEYED_AT: Final = (
    Occasion.REPORT, Occasion.CHARGE_OR_NO_FURTHER_ACTION, Occasion.ORDER_SERVED, Occasion.ORDER_VARIED_OR_ENDED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SurveyStage:
    """A stage after which she is asked, when it was, and the last day for asking."""

    occasion: Occasion
    at: datetime
    due_day: date


def survey_stages(happened: Iterable[tuple[Occasion | None, datetime]]) -> list[SurveyStage]:
    """Each stage once a day, in order: two that happened on one day are one survey, of the later one."""
    of_day: dict[date, tuple[datetime, Occasion]] = {}
    for occasion, at in happened:
        if occasion in SURVEYED_AT:
            day = day_of(at)
            of_day[day] = max(of_day.get(day, (at, occasion)), (at, occasion))
    return [
        SurveyStage(occasion, at, working_days_after(day, SURVEY_WITHIN).due_day)
        for day, (at, occasion) in sorted(of_day.items())
    ]
