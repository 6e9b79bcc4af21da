"""The only write of how recruitment to a post stands: a step and its day (R1a)."""

from dataclasses import dataclass
from datetime import date, datetime

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.resourcing import events
from craffu.resourcing.models import RecruitmentStep
from craffu.resourcing.permissions import check_can_state
from craffu.resourcing.policies import (
    check_is_post,
    check_says_why,
    check_start_belongs,
    check_step_day,
    check_step_follows,
)
from craffu.resourcing.posts.queries import posts_of
from craffu.resourcing.recruiting.kinds import RecruitingStep
from craffu.resourcing.recruiting.queries import recruitment_to, steps_said
from craffu.resourcing.recruiting.rules import may_follow


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step of recruitment to a post; `starts_on` is the day of coming into post, and belongs to an agreed start alone."""

    post_ref: str
    step: RecruitingStep
    taken_on: date
    reason: str
    starts_on: date | None = None


@action
def say_recruiting_step(*, by: Acting, given: NewStep, now: datetime | None = None) -> RecruitmentStep:
    """It is added to what was said before. Raises NotNow, Conflict where the step cannot follow."""
    user, at = check_can_state(by), now or clock.now()
    lock_until_commit("recruiting", by.force.code)
    posts = {one.post.post_ref: one for one in posts_of(by)}
    check_is_post(is_known=given.post_ref in posts)
    last = recruitment_to(posts[given.post_ref], steps_said(by, post_ref=given.post_ref), day_of(at)).last
    check_step_follows(is_next=may_follow(last.step if last else None, given.step))
    check_step_day(given.taken_on, last.on if last else None, day_of(at))
    check_start_belongs(given.starts_on, given.taken_on, is_agreed=given.step is RecruitingStep.START_AGREED)
    check_says_why(given.reason)
    row: RecruitmentStep = RecruitmentStep.objects.create(
        force=by.force, post_ref=given.post_ref, step=given.step.value, taken_on=given.taken_on, starts_on=given.starts_on,
        reason=given.reason.strip(), by=user, known_from=at,
    )  # fmt: skip
    audit.record(
        kind=events.RECRUITING_STEP_SAID, actor=by.actor, refs=[f"recruiting/{row.pk}"], request=by.request, now=at
    )
    return row
