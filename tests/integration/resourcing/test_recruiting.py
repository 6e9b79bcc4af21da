"""A step of recruitment is kept where it can follow, and a recruitment is over when somebody comes (R1a)."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
import time_machine as time_travel

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.resourcing.models import RecruitmentStep
from craffu.resourcing.posts.queries import posts_of
from craffu.resourcing.recruiting.actions import NewStep, say_recruiting_step
from craffu.resourcing.recruiting.kinds import RecruitingStep as Step
from craffu.resourcing.recruiting.queries import recruitment_to, steps_said
from tests.factories.staff import WHY, holder, post

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_in_deep, pytest.mark.rule("RES-03")]

TODAY = date(2026, 1, 14)
GIVEN = NewStep("P1", Step.ADVERTISED, date(2026, 1, 5), WHY)


@pytest.fixture
def lead(system: Acting, acting_as: Callable[..., Acting], frozen_clock: time_travel.Traveller) -> Acting:
    post(system, "P1")
    return acting_as("workforce_lead")


def last(by: Acting) -> Step | None:
    [one] = posts_of(by)
    found = recruitment_to(one, steps_said(by), TODAY).last
    return found.step if found else None


def test_steps_follow_one_another_and_are_over_when_somebody_comes(system: Acting, lead: Acting) -> None:
    first = say_recruiting_step(by=lead, given=GIVEN)
    agreed = replace(GIVEN, step=Step.START_AGREED, taken_on=TODAY, starts_on=date(2026, 3, 1))
    with pytest.raises(Conflict, match="stands elsewhere"):
        say_recruiting_step(by=lead, given=agreed)
    second = say_recruiting_step(by=lead, given=replace(GIVEN, step=Step.OFFERED, taken_on=TODAY))
    third = say_recruiting_step(by=lead, given=agreed)
    assert last(lead) is Step.START_AGREED
    logged = [
        json.loads(one.payload)["refs"] for one in Event.objects.order_by("id") if one.kind == "recruiting_step_said"
    ]
    assert logged == [[f"recruiting/{row.pk}"] for row in (first, second, third)]
    holder(system, "P1", "7", "Somebody", TODAY)
    assert last(lead) is None
    assert len(steps_said(lead)["P1"]) == 3, "what was said stays"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"post_ref": "P2"}, "post_unknown"),
        ({"taken_on": date(2026, 1, 15)}, "step_ahead"),
        ({"starts_on": date(2026, 2, 1)}, "start_not_agreed"),
        ({"step": Step.START_AGREED}, "start_missing"),
        ({"step": Step.START_AGREED, "starts_on": date(2026, 1, 4)}, "start_before_agreed"),
        ({"reason": " "}, "resourcing_no_reason"),
    ],
)
def test_what_cannot_be_is_refused(lead: Acting, wrong: dict[str, object], code: str) -> None:
    with pytest.raises(NotNow) as refused:
        say_recruiting_step(by=lead, given=replace(GIVEN, **wrong))  # type: ignore[arg-type]
    assert refused.value.code == code
    assert not RecruitmentStep.objects.for_user(lead).exists()


def test_a_step_before_the_last_is_refused_and_so_is_anybody_else(
    lead: Acting, acting_as: Callable[..., Acting]
) -> None:
    say_recruiting_step(by=lead, given=GIVEN)
    with pytest.raises(NotNow, match="before the last step"):
        say_recruiting_step(by=lead, given=replace(GIVEN, step=Step.OFFERED, taken_on=date(2026, 1, 4)))
    with pytest.raises(NotPermitted):
        say_recruiting_step(by=acting_as("supervisor"), given=GIVEN)
