"""Who may open a queue, take work from it, give work to others, and say who is away (page map, P03)."""

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.common.refusals import NotPermitted
from craffu.work.queues import QUEUES, SUPERVISOR, roles_of


def check_can_open(by: Acting, queue: str) -> User:
    """Whoever works on the queue, and the supervisor. Returns who it is."""
    check_holds(by, *sorted(roles_of(queue)))
    return _person(by)


def check_can_supervise(by: Acting) -> User:
    """Who gives work to others and says who covers: supervisors. Returns who it is."""
    check_holds(by, SUPERVISOR)
    return _person(by)


def check_can_have_calendar(by: Acting) -> User:
    """Whoever works on any queue. Returns who it is."""
    check_holds(by, *sorted(frozenset().union(*map(roles_of, QUEUES))))
    return _person(by)


def _person(by: Acting) -> User:
    if by.user is None:
        raise NotPermitted("nobody", _("Only a person takes or gives work."))
    return by.user
