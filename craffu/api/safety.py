"""A victim's safety for programs: what was done and whether she knows, and what help she has (P17; VIC-05, VIC-08)."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest
from ninja import Router

from craffu.access.acting import Acting
from craffu.access.tokens.rules import Scope
from craffu.api.matching import decided_on
from craffu.api.opening import acting, changed_as_read, told_of
from craffu.api.safety_answers import (
    HelpAnswer,
    HelpStep,
    MeasureDone,
    NewHelpStep,
    NewMeasureSaid,
    NewTellingSaid,
    SafetyAnswer,
    TellingAnswer,
)
from craffu.api.schemas import Problem
from craffu.common.refusals import NotNow
from craffu.victims import events
from craffu.victims.contacts.actions import refuse_contact
from craffu.victims.notices.code import Entitlement
from craffu.victims.permissions import check_can_look_after
from craffu.victims.queries import Victim
from craffu.victims.safeguarding.actions import record_help, record_measure, record_measure_told
from craffu.victims.safeguarding.facts import NewMeasure, NewStep, NewTelling
from craffu.victims.safeguarding.queries import MeasureStands, counted, entitlement_of, help_of, measures_of

REFUSED: Final = {401: Problem, 403: Problem, 404: Problem}
CHANGES: Final = {409: Problem, 412: Problem, 422: Problem, 428: Problem}
_TAG = decided_on("The ETag of her safety as it was read.")

router = Router(tags=["safety"])


@router.get(
    "/victims/{victim}/safety",
    response={200: SafetyAnswer, **REFUSED},
    url_name="victim_safety",
    operation_id="victim_safety",
)
def victim_safety(request: HttpRequest, victim: str) -> Any:
    """What was done for her safety, of what she was told, and each step of help, for whoever looks after her."""
    by = acting(request, Scope.READ_SAFETY)
    return told_of(by, victim, events.SAFETY_VIEWED, _told)


@router.post(
    "/victims/{victim}/safety/measures",
    response={200: SafetyAnswer, **REFUSED, **CHANGES},
    url_name="victim_measure",
    operation_id="victim_measure",
    openapi_extra=_TAG,
)
def victim_measure(request: HttpRequest, victim: str, given: NewMeasureSaid) -> Any:
    """Record what was done for her safety."""
    said = NewMeasure(given.kind, given.done_on, given.words)
    return _recorded(request, victim, lambda by: record_measure(by=by, victim=victim, given=said))


@router.post(
    "/victims/{victim}/safety/measures/{number}/tellings",
    response={200: SafetyAnswer, **REFUSED, **CHANGES},
    url_name="victim_measure_told",
    operation_id="victim_measure_told",
    openapi_extra=_TAG,
)
def victim_measure_told(request: HttpRequest, victim: str, number: int, given: NewTellingSaid) -> Any:
    """Record that she was told of it: a way that she does not call safe is refused, and that it was is logged (VIC-02)."""
    said = NewTelling(given.told_on, given.channel.value, given.felt)
    return _recorded(request, victim, lambda by: record_measure_told(by=by, victim=victim, measure=number, given=said))


@router.post(
    "/victims/{victim}/safety/help",
    response={200: SafetyAnswer, **REFUSED, **CHANGES},
    url_name="victim_help",
    operation_id="victim_help",
    openapi_extra=_TAG,
)
def victim_help(request: HttpRequest, victim: str, given: NewHelpStep) -> Any:
    """Record a step of help: whoever gives it says that it was taken up, or declined."""
    said = NewStep(given.help, given.step, given.on, given.words)
    return _recorded(request, victim, lambda by: record_help(by=by, victim=victim, given=said))


def _recorded(request: HttpRequest, victim: str, change: Callable[[Acting], object]) -> SafetyAnswer:
    by = acting(request, Scope.KEEP_SAFE)
    try:
        return changed_as_read(request, by, victim, _told, lambda: change(by))
    except NotNow as refusal:
        if refusal.code == "way_not_safe":
            refuse_contact(by=by, victim=victim)
        raise


def _told(by: Acting, victim: Victim) -> SafetyAnswer:
    check_can_look_after(by)
    measures, said = measures_of(by, victim.records), entitlement_of(by, victim.records)
    done = counted(measures)
    return SafetyAnswer(
        victim=victim.reference, entitlement=said.entitlement if said else Entitlement.ENHANCED.value,
        entitlement_since=said.on if said else None, completed=done.completed, told=done.told,
        measures=[_measure(one) for one in measures],
        help=[
            HelpAnswer(help=help.value, steps=[HelpStep(step=one.step, on=one.on) for one in steps])
            for help, steps in help_of(by, victim.records).items()
        ],
    )  # fmt: skip


def _measure(one: MeasureStands) -> MeasureDone:
    return MeasureDone(
        number=one.measure.pk, kind=one.measure.kind, done_on=one.measure.done_on,
        told=[TellingAnswer(on=each.told_on, channel=each.channel, felt=each.felt) for each in one.tellings],
    )  # fmt: skip
