"""The only write of the morning lists: a release of somebody known asks for an assessment in their cases (BRC-08, RSK-01).

What a release raises for orders and victims is read by those who look after them.
"""

from collections.abc import Collection
from datetime import datetime

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.breaches.lists.rules import MorningList
from craffu.cases.models import Case, CaseRole
from craffu.cases.risk import events
from craffu.cases.risk.actions import keep_events
from craffu.cases.risk.rules import Asks
from craffu.clocks.london import start_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.door import action
from craffu.intake.morning.reading import Morning
from craffu.orders.considering.reading import SUSPECTED
from craffu.people.queries import members


@action
def keep_releases(*, by: Acting, morning: Morning, now: datetime) -> int:
    """Each release of somebody known, once its day has come, in every case in which they are accused; how many are new."""
    released: dict[int, datetime] = {}
    for entry in morning.matched.known:
        line = morning.lines[entry.entry]
        if entry.list is MorningList.RELEASE and entry.person is not None and not isinstance(line.at, datetime):
            at = start_of(line.at)
            if at <= now:
                released[int(entry.person)] = at
    asked = _cases_of(by, released)
    new = keep_events(by=by, events=asked, kind=Asks.RELEASED, now=now)
    if new:
        cases = Case.objects.for_user(by).filter(pk__in=sorted({one.case_id for one in new}))
        refs = sorted(f"case/{one.reference}" for one in cases)
        audit.record(kind=events.RISK_EVENT_RECORDED, actor=by.actor, refs=refs, request=by.request, now=now)
    return len(new)


def _cases_of(by: Acting, released: dict[int, datetime]) -> dict[int, Collection[datetime]]:
    theirs = dict(
        members(by).filter(person__one_of=frozenset(released)).order_by().values_list("record_id", "person_id")
    )
    roles = CaseRole.objects.for_user(by).filter(record__one_of=frozenset(theirs), role__in=SUSPECTED).order_by()
    found: dict[int, set[datetime]] = {}
    for case, record in roles.values_list("case_id", "record_id"):
        found.setdefault(case, set()).add(released[theirs[record]])
    return {case: sorted(at) for case, at in found.items()}
