"""Requests for rectification and restriction that were answered, by two auditors."""

import secrets
from dataclasses import replace
from datetime import date

from craffu.access.acting import Acting
from craffu.access.rights_requests.actions import Knows, NewRequest, Step, record_request, take_step
from craffu.access.rights_requests.kinds import Decided, Kind, Whose
from craffu.access.rights_requests.rules import Checked
from craffu.access.rights_requests.states import RightsStatus
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.people.queries import is_called

WHY = "The neighbour says that the report was false"
ANSWER = "Dear Sam, we have looked at it."
DONE = Checked(True, True, True, privileged_included=False)


def anybody(_by: Acting, _reference: str) -> bool:
    """As requests were agreed to before it was looked whether anybody has the reference."""
    return True


def prepared(
    by: Acting,
    kind: Kind,
    person: str,
    decided: Decided | None,
    received: date | None = None,
    knows: Knows = is_called,
) -> str:
    """The number of a request whose answer one auditor prepared now."""
    asked = NewRequest(kind, Whose.SUSPECT, person, WHY, received or day_of(clock.now()), secrets.token_hex(16))
    number = record_request(by=by, asked=asked).number
    take_step(by=by, number=number, step=Step(RightsStatus.IDENTIFIED, "Passport seen"), knows=knows)
    step = Step(RightsStatus.PREPARED, f"Prepared. {WHY}", checked=DONE, text=ANSWER, decided=decided)
    take_step(by=by, number=number, step=step, knows=knows)
    return number


def sent(by: Acting, number: str, knows: Knows = is_called) -> str:
    """The answer of a request approved and sent by another auditor."""
    fresh = replace(by, factor_at=clock.now())
    for status in (RightsStatus.APPROVED, RightsStatus.ANSWERED):
        take_step(by=fresh, number=number, step=Step(status, text=ANSWER), knows=knows)
    return number


def answered(
    first: Acting,
    second: Acting,
    kind: Kind,
    person: str,
    decided: Decided = Decided.AGREED,
    knows: Knows = is_called,
) -> str:
    return sent(second, prepared(first, kind, person, decided, knows=knows), knows)
