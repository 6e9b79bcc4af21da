"""One case of the demo that is restricted, and an emergency access to it that waits for its review.

It was opened three hours before the demo was set up, so that the hour is over and the review is not yet overdue.
"""

from datetime import timedelta

from craffu.access.acting import Acting
from craffu.access.emergency.actions import Asked, open_in_emergency
from craffu.access.emergency.rules import Reason
from craffu.access.queries import acting_user, find_user
from craffu.access.restricted.actions import restrict
from craffu.access.restricted.models import Restriction
from craffu.audit.actions import record_consultation
from craffu.cases.events import CASE_VIEWED
from craffu.cases.models import Case
from craffu.cases.queries import cases_page, roles_in
from craffu.common import clock
from craffu.common.door import action
from craffu.intake.evidence import cases_of_parked
from craffu.people.queries import people_of_records

# The first cases are the ones that a newcomer opens: the third is shut, or the last where there are fewer.
WHICH, MOST = 2, 20
WORDS = "Control sent us to her door: he is said to be outside again"
_KEEPER, _OFFICER = "supervisor", "response-officer"


def case_to_shut(by: Acting) -> Case | None:
    """None of which somebody has a parked row to decide: to everybody who decides rows it would then be shut."""
    cases, parked = list(cases_page(by).order_by("id")[:MOST]), cases_of_parked(by)
    return next((case for case in cases[WHICH:] if case.pk not in parked), cases[-1] if cases else None)


@action
def set_up_restricted(by: Acting) -> None:
    """Shut a case, open it in an emergency and look at it, once: whatever somebody did since stays as it is."""
    keeper, officer = find_user(_KEEPER), find_user(_OFFICER)
    case = case_to_shut(by)
    if case is None or keeper is None or officer is None or Restriction.objects.filter(force=by.force).exists():
        return
    then = clock.now() - timedelta(hours=3)
    kind, reference, before = "case", case.reference, then - timedelta(days=2)
    why = "Demo: the suspect has a friend in the force"
    restrict(by=acting_user(keeper), kind=kind, reference=reference, reason=why, now=before)
    opened_by = acting_user(officer, factor_at=then)
    asked = Asked(Reason.AT_RISK_NOW, WORDS, f"{0:032x}")
    open_in_emergency(by=opened_by, kind=kind, reference=reference, asked=asked, now=then)
    people = people_of_records(by, [role.record_id for role in roles_in(by, case.pk)])
    seen = [f"case/{case.reference}", *(f"person/{one.reference}" for one in people.values())]
    record_consultation(kind=CASE_VIEWED, actor=opened_by.actor, refs=seen, now=then + timedelta(minutes=2))
