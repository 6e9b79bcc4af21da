"""The only writes of her safety: needs, measures, that she was told of one, steps of help, and her rights (VIC-05, VIC-08).

What was said twice is kept once. A measure that she was not told of stays one that does not count for her.
"""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_day_is_past, check_is_there
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.victims import events
from craffu.victims.agreements.actions import locked, log
from craffu.victims.agreements.queries import versions_of
from craffu.victims.models import Contact, EntitlementSaid, MeasureTold, NeedAnswer, ReferralStep, SafetyMeasure
from craffu.victims.permissions import check_can_look_after
from craffu.victims.queries import Victim, day_of_agreement, standing
from craffu.victims.safeguarding.facts import NewEntitlement, NewMeasure, NewNeed, NewStep, NewTelling
from craffu.victims.safeguarding.kinds import Step
from craffu.victims.safeguarding.policies import (
    check_has_reason,
    check_is_by_a_safe_way,
    check_step_follows,
    check_was_done,
)
from craffu.victims.safeguarding.queries import entitlement_of, help_of, measures_of, needs_of
from craffu.victims.safeguarding.rules import may_follow


@action
def record_need(*, by: Acting, victim: str, given: NewNeed, now: datetime | None = None) -> NeedAnswer:
    """One answer about her life and safety; the last on each thing stands. Raises NotNow for a day to come."""
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    check_day_is_past(given.on, day_of(at))
    last = needs_of(by, found.records).get(given.need)
    if last is not None and (last.answer, last.words, last.on) == (given.answer, given.words.strip(), given.on):
        return last
    row: NeedAnswer = NeedAnswer.objects.create(
        force=by.force, record_id=found.record, need=given.need.value, answer=given.answer.value,
        words=given.words.strip(), on=given.on, recorded_by=user, known_from=at,
    )  # fmt: skip
    log(by, events.NEED_RECORDED, found, at)
    return row


@action
def record_measure(*, by: Acting, victim: str, given: NewMeasure, now: datetime | None = None) -> SafetyMeasure:
    """Something was done for her safety. Raises NotNow for a day to come: what is only planned does not count."""
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    check_day_is_past(given.done_on, day_of(at))
    said = (given.kind.value, given.done_on, given.words.strip())
    for one in measures_of(by, found.records):
        if (one.measure.kind, one.measure.done_on, one.measure.words) == said:
            return one.measure
    row: SafetyMeasure = SafetyMeasure.objects.create(
        force=by.force, record_id=found.record, kind=said[0], done_on=said[1], words=said[2], recorded_by=user,
        known_from=at,
    )  # fmt: skip
    log(by, events.MEASURE_RECORDED, found, at)
    return row


@action
def record_measure_told(
    *, by: Acting, victim: str, measure: int, given: NewTelling, now: datetime | None = None
) -> MeasureTold:
    """She was told of a measure. Raises NotPermitted where it is none of hers, NotNow for a day on which it was not done.

    And NotNow for a way that was not safe by what stood agreed on that day, unless a contact of that day and way is recorded:
    that one was safe, or is kept as what it was.
    """
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    wanted = check_is_there(next((one for one in measures_of(by, found.records) if one.measure.pk == measure), None))
    check_day_is_past(given.told_on, day_of(at))
    check_was_done(given.told_on, wanted.measure.done_on)
    said = (given.told_on, given.channel, given.felt.value)
    for one in wanted.tellings:
        if (one.told_on, one.channel, one.felt) == said:
            return one
    contact = _contact(by, found, given)
    check_is_by_a_safe_way(is_safe=contact is not None or _was_safe(by, found, given))
    row: MeasureTold = MeasureTold.objects.create(
        force=by.force, record_id=found.record, measure=wanted.measure, contact_id=contact,
        told_on=said[0], channel=said[1], felt=said[2], recorded_by=user, known_from=at,
    )  # fmt: skip
    log(by, events.MEASURE_TOLD, found, at)
    return row


def _contact(by: Acting, victim: Victim, given: NewTelling) -> int | None:
    """The contact in which she was told, where one is recorded of that day and channel: the last of them."""
    tried = Contact.objects.for_user(by).filter(record__in=victim.records, channel=given.channel, was_reached=True)
    made = [one.pk for one in standing(tried.order_by("at", "id")) if day_of(one.at) == given.told_on]
    return made[-1] if made else None


def _was_safe(by: Acting, victim: Victim, given: NewTelling) -> bool:
    """Whether the way was among those she called safe on that day; where she had not said yet, nothing speaks against it."""
    asked = [one for one in versions_of(by, victim.records) if one.channels]
    stood = [one for one in asked if day_of_agreement(one) <= given.told_on]
    return not stood or given.channel in stood[-1].channels


@action
def record_help(*, by: Acting, victim: str, given: NewStep, now: datetime | None = None) -> ReferralStep:
    """One step of help. Raises NotNow for a day to come, and for a step that does not follow the last one."""
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    check_day_is_past(given.on, day_of(at))
    steps = help_of(by, found.records).get(given.help, [])
    said = (given.step.value, given.on, given.words.strip())
    for one in steps:
        if (one.step, one.on, one.words) == said:
            return one
    before = [one for one in steps if one.on <= given.on]
    check_step_follows(follows=may_follow(Step(before[-1].step) if before else None, given.step))
    row: ReferralStep = ReferralStep.objects.create(
        force=by.force, record_id=found.record, help=given.help.value, step=said[0], on=said[1], words=said[2],
        recorded_by=user, known_from=at,
    )  # fmt: skip
    log(by, events.REFERRAL_RECORDED, found, at)
    return row


@action
def record_entitlement(
    *, by: Acting, victim: str, given: NewEntitlement, now: datetime | None = None
) -> EntitlementSaid:
    """To which limits of the Code she is entitled. Raises NotNow where standard ones come without a reason."""
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    check_day_is_past(given.on, day_of(at))
    check_has_reason(given.entitlement, given.reason)
    last = entitlement_of(by, found.records)
    said = (given.entitlement.value, given.on, given.reason.strip())
    if last is not None and (last.entitlement, last.on, last.reason) == said:
        return last
    row: EntitlementSaid = EntitlementSaid.objects.create(
        force=by.force, record_id=found.record, entitlement=said[0], on=said[1], reason=said[2], recorded_by=user,
        known_from=at,
    )  # fmt: skip
    log(by, events.ENTITLEMENT_RECORDED, found, at)
    return row
