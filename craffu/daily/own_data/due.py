"""What is due of rights requests that were answered: that what was found to be wrong is put right, or said why not (SEC-11)."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.access.rights_requests.actions import RIGHTS
from craffu.access.rights_requests.kinds import Kind
from craffu.access.rights_requests.queries import Standing, requests_called, requests_that_decided
from craffu.access.rights_requests.states import RightsStatus
from craffu.clocks.london import day_of, end_of
from craffu.clocks.working_days import working_days_after
from craffu.people.models import Person
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How

PUT_RIGHT: Final = "put_right"
AGREED: Final = "rectification_was_agreed"
QUEUE: Final = "rights-requests"
# Within so many working days of the answer (project decision, ADR 134; UNVERIFIED: no rule names a time).
WITHIN: Final = 20


def every_request(by: Acting) -> Iterable[str]:
    return requests_that_decided(by)


def requests_named(_by: Acting, _topic: str, subjects: Collection[str]) -> Iterable[str]:
    return subjects


def rights_due(by: Acting, subjects: Collection[str], now: datetime) -> dict[str, Answer]:
    """What is due of each of these; of somebody who was erased, nothing more. Three queries."""
    found = [
        one for one in requests_called(by, subjects) if one.request.kind == Kind.RECTIFICATION and one.takes_effect
    ]
    called = {one.request.person for one in found}
    rows = Person.objects.for_user(by).filter(reference__in=sorted(called)).order_by()
    there = set(rows.values_list("reference", flat=True))
    return {one.request.number: Answer(tuple(_dues(one, now))) for one in found if one.request.person in there}


def _dues(one: Standing, now: datetime) -> Iterable[Due]:
    answered, ending = one.last(RightsStatus.ANSWERED), one.ending
    if answered is None or answered.at > now:
        return
    done_at = ending.at if ending is not None and ending.at <= now else None
    by = end_of(working_days_after(day_of(answered.at), WITHIN).due_day)
    yield Due(
        kind=PUT_RIGHT, key=one.request.number, about=("rights_request", one.request.number), queue=QUEUE, why=AGREED,
        what_if_not=Consequence.PROMISE_BROKEN, raised_at=answered.at, due_at=by, overdue_from=by, done_at=done_at,
        how=How.DONE if done_at else None,
    )  # fmt: skip


SOURCE: Final = Source(
    key="rights_requests",
    topics=frozenset({RIGHTS}),
    rules={PUT_RIGHT: "SEC-11"},
    whys=frozenset({AGREED}),
    queues=frozenset({QUEUE}),
    every=every_request,
    named=requests_named,
    due=rights_due,
)
