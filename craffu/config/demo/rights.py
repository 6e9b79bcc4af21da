"""One request about somebody's own data in the demo, due within the week, so that the auditor's page has one to answer."""

from datetime import timedelta

from craffu.access.acting import Acting
from craffu.access.queries import acting_user, find_user
from craffu.access.rights_requests.actions import NewRequest, Step, record_request, take_step
from craffu.access.rights_requests.kinds import Kind, Whose
from craffu.access.rights_requests.queries import find_request
from craffu.access.rights_requests.states import RightsStatus
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.people.queries import is_called, people_page

_AUDITOR = "auditor"
_FIRST = "RR-10001"
WORDS = "By letter: everything that is held about them. Answer by letter to the address given."
AGO = timedelta(days=26)


def set_up_rights_request(by: Acting) -> None:
    """Record it and that the identity was proved, once."""
    auditor, person = find_user(_AUDITOR), people_page(by).order_by("id").first()
    if auditor is None or person is None or find_request(by, _FIRST) is not None:
        return
    then = clock.now() - AGO
    asked = NewRequest(Kind.ACCESS, Whose.SUSPECT, person.reference, WORDS, day_of(then), f"{0:032x}")
    request = record_request(by=acting_user(auditor), asked=asked, now=then)
    proved = Step(RightsStatus.IDENTIFIED, "Passport seen", day_of(then))
    take_step(by=acting_user(auditor), number=request.number, step=proved, knows=is_called, now=then)
