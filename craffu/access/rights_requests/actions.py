"""The writes of rights requests: one is recorded, then step after step until it is answered or withdrawn (SEC-11).

What an answer decided, and that it is over, is told to whoever stands above: it changes no record that anybody works with.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_can_handle_rights, check_prepared_by_another
from craffu.access.policies import (
    check_answer_may_leave,
    check_day_is_past,
    check_form_is_unused,
    check_fresh_factor,
    check_is_sent_once_approved,
    check_is_the_prepared_text,
    check_is_there,
    check_may_end,
    check_may_take_step,
    check_says_what_is_decided,
)
from craffu.access.restricted.actions import said
from craffu.access.rights_requests.events import ENDING_EVENTS, RIGHTS_EVENTS
from craffu.access.rights_requests.kinds import Decided, Ending, Kind, Whose
from craffu.access.rights_requests.models import RightsEnding, RightsRequest, RightsStep
from craffu.access.rights_requests.queries import Standing, find_request
from craffu.access.rights_requests.rules import Checked, digest_of
from craffu.access.rights_requests.states import OF_A_TEXT, RightsStatus
from craffu.audit import actions as audit
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.actions import next_reference
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.outbox.actions import tell

# A request by its number: what was decided of it took effect, or is over.
RIGHTS: Final = "rights_request"

# Whether anybody in the register, which stands above, has a reference.
type Knows = Callable[[Acting, str], bool]


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What somebody asks: `person` is a reference of the register, or empty; `words` say who asks and what; `form` works once."""

    kind: Kind
    whose: Whose
    person: str
    words: str
    received_on: date
    form: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step to take. `on` is the London day on which it happened, today where none is given; `checked` the preparer's word.

    `text` is the whole answer, of which a digest is kept: of one that is prepared, approved or sent. `decided` is what whoever
    prepares an answer about rectification or restriction decides.
    """

    status: RightsStatus
    words: str = ""
    on: date | None = None
    checked: Checked | None = None
    text: str = ""
    decided: Decided | None = None


@action
def record_request(*, by: Acting, asked: NewRequest, now: datetime | None = None) -> RightsRequest:
    """Record a request. Its clock has run since it was received. Raises NotNow for a day to come and for a form sent twice."""
    user = check_can_handle_rights(by)
    at = now or clock.now()
    check_day_is_past(asked.received_on, day_of(at))
    lock_until_commit("rights request", by.force.code, asked.form)
    check_form_is_unused(RightsRequest.objects.filter(form=asked.form).exists())
    request: RightsRequest = RightsRequest.objects.create(
        force=by.force, number=next_reference(kind=f"rights/{by.force.code}", prefix="RR"), kind=asked.kind, whose=asked.whose,
        person=asked.person, words=said(asked.words), received_on=asked.received_on, form=asked.form,
    )  # fmt: skip
    _add(by, user, Standing(request, ()), Step(RightsStatus.RECEIVED, on=asked.received_on), at)
    return request


@action
def take_step(*, by: Acting, number: str, step: Step, knows: Knows, now: datetime | None = None) -> RightsStep:
    """Take the next step of a request, alone until it is committed. `knows` says whether anybody has a reference.

    Raises NotPermitted, NotNow where the request does not stand so that this step may follow, its answer may not leave, or its
    text is missing or another than was prepared, and FactorNotFresh before an answer leaves.
    """
    user = check_can_handle_rights(by)
    at = now or clock.now()
    lock_until_commit("rights request", by.force.code, number)
    standing = check_is_there(find_request(by, number))
    check_may_take_step(standing.status, step.status)
    if step.status is RightsStatus.APPROVED:
        check_prepared_by_another(by, standing.preparer)
    if step.status in OF_A_TEXT:
        check_is_the_prepared_text(
            step.text, standing.text_digest if step.status is not RightsStatus.PREPARED else None
        )
        request = standing.request
        is_known = bool(request.person) and knows(by, request.person)
        check_says_what_is_decided(request.kind, _decided(standing, step), is_known=is_known)
    if step.status is RightsStatus.ANSWERED:
        check_fresh_factor(by, at)
        check_answer_may_leave(standing.release().why)
        check_is_sent_once_approved(step.on or day_of(at), standing.steps[-1].on)
    return _add(by, user, standing, step, at)


@action
def end_effect(*, by: Acting, number: str, how: Ending, words: str, now: datetime | None = None) -> RightsEnding:
    """Lift a restriction, or say that what was wrong is put right or why not, once. Raises NotPermitted, Refusal and Conflict."""
    user = check_can_handle_rights(by)
    at = now or clock.now()
    lock_until_commit("rights request", by.force.code, number)
    standing = check_is_there(find_request(by, number))
    check_may_end(how, standing.may_end)
    row: RightsEnding = RightsEnding.objects.create(
        force=by.force, request=standing.request, how=how, words=said(words), by=user, at=at
    )
    audit.record(kind=ENDING_EVENTS[how], actor=by.actor, refs=_refs(standing.request), request=by.request, now=at)
    tell(force=by.force.code, topic=RIGHTS, subjects=[number], at=at)
    return row


def _decided(standing: Standing, step: Step) -> Decided | None:
    """What a step of a text decides: what its preparer says, and after that what was prepared last."""
    return step.decided if step.status is RightsStatus.PREPARED else standing.prepared_decision


def _refs(request: RightsRequest) -> list[str]:
    return [f"rights_request/{request.number}", *([f"person/{request.person}"] if request.person else [])]


def _add(by: Acting, user: User, standing: Standing, step: Step, at: datetime) -> RightsStep:
    request, on = standing.request, step.on or day_of(at)
    check_day_is_past(on, day_of(at), request.received_on)
    checked = asdict(step.checked) if step.checked else {}
    row: RightsStep = RightsStep.objects.create(
        force=by.force, request=request, number=len(standing.steps) + 1, status=step.status, on=on,
        words=" ".join(step.words.split()), **checked, by=user, at=at,
        text_digest=digest_of(step.text) if step.status in OF_A_TEXT else "",
        decided=(_decided(standing, step) or "") if step.status in OF_A_TEXT else "",
        prepared_by=standing.preparer if step.status is RightsStatus.APPROVED else None,
    )  # fmt: skip
    answered = step.status is RightsStatus.ANSWERED
    audit.record(
        kind=RIGHTS_EVENTS[step.status],
        actor=by.actor,
        refs=_refs(request),
        purpose=f"rights_{request.kind}",
        recipient=f"whoever asked in {request.number}" if answered else "",
        request=by.request,
        now=at,
    )
    if answered:
        tell(force=by.force.code, topic=RIGHTS, subjects=[request.number], at=at)
    return row
