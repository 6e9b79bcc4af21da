"""Who may see and work with victims (page map, P17 to P19; VIC-10). A response officer never; analysts never.

Investigators and supervisors come to her through a case of hers that is open to them, as everybody does: `queries.find_victim`.
"""

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.common.refusals import NotPermitted

# Who looks after her, and who sees only how she is safely reached, what was done for her safety and what she says.
LOOK_AFTER = ("victim_officer", "investigator", "supervisor")
SEE_A_PART = ("offender_manager", "orders_team")


def check_can_view_part(by: Acting) -> None:
    check_holds(by, *LOOK_AFTER, *SEE_A_PART)


def check_can_view_all(by: Acting) -> None:
    check_holds(by, *LOOK_AFTER)


def check_can_look_after(by: Acting) -> User:
    """Who may agree with her, contact her and record what she says: by name, because she is told who it is."""
    check_holds(by, *LOOK_AFTER)
    if by.user is None:
        raise NotPermitted("nobody", _("Only a person speaks with a victim."))
    return by.user


def check_can_see_protected(by: Acting) -> None:
    """The named right to protected fields (rules.md, Annex F): her safe word, and where she is reached."""
    check_holds(by, "victim_officer")
