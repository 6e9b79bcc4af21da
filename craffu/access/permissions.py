"""Who may: the one check that a right is held, with a reason a person can act on."""

from django.utils.translation import gettext as _

from craffu.access.acting import OPERATOR, SYSTEM, Acting
from craffu.access.roles import BY_KEY
from craffu.common.refusals import NotPermitted


def check_holds(by: Acting, *rights: str) -> None:
    """Refuses unless the person holds one of these roles or capabilities."""
    if not by.holds_any(*rights):
        names = ", ".join(str(BY_KEY[right].title) for right in rights if right in BY_KEY)
        raise NotPermitted("right_not_held", _("This is open to: %(roles)s. Ask your supervisor.") % {"roles": names})


def check_can_manage_accounts(by: Acting) -> None:
    check_holds(by, "administrator", OPERATOR, SYSTEM)
