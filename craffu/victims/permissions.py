"""Who may see and work with victims (page map, P17 to P19; VIC-10). A response officer never; analysts never.

Investigators and supervisors come to her through a case of hers that is open to them, as everybody does: `queries.find_victim`.
"""

from collections.abc import Collection

from django.utils.translation import gettext as _

from craffu.access.acting import SYSTEM, Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.common.refusals import NotPermitted
from craffu.published.disclosure import To
from craffu.victims.voice.subjects import MaySee

# Who looks after her, and who sees only how she is safely reached, what was done for her safety and what she says.
LOOK_AFTER = ("victim_officer", "investigator", "supervisor")
SEE_A_PART = ("offender_manager", "orders_team")
# Who sees figures of all victims together, which name nobody: whoever looks after them or advises, measures or scrutinises.
SEE_FIGURES = ("victim_officer", "supervisor", "coordinator", "analyst", "scrutiny_officer")


def check_can_view_part(by: Acting) -> None:
    check_holds(by, *LOOK_AFTER, *SEE_A_PART)


def check_can_see_figures(by: Acting) -> None:
    check_holds(by, *SEE_FIGURES)


def check_can_list_behind(by: Acting) -> None:
    """Who may open the victims behind a figure: those who see figures and look after victims, as far as each is open to them."""
    check_can_see_figures(by)
    check_holds(by, *LOOK_AFTER)


def shown_to(by: Acting) -> To:
    """MSR-03: nothing is hidden from whoever may open every row behind a figure; from others of the force small counts are."""
    return To.ROWS if by.holds_any("victim_officer", "supervisor") and by.sees_all else To.INTERNAL


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


def check_can_read_words(by: Acting, may_see: Collection[str]) -> None:
    """Her own words: those who look after her, and those who manage orders where she agreed to it (VIC-08)."""
    check_can_view_part(by)
    if not by.holds_any(*LOOK_AFTER) and MaySee.ORDERS_TEAM not in may_see:
        raise NotPermitted("not_agreed", _("They have not agreed that you read these words."))


def check_is_the_page(by: Acting) -> None:
    """The safe page acts for nobody: whoever uses it is known by a secret alone, which its actions ask for."""
    check_holds(by, SYSTEM)


def check_is_advocate(by: Acting) -> User:
    """Who speaks for victims that named them. For whom, her naming says: `advocates.policies` (VIC-10)."""
    check_holds(by, "advocate")
    if by.user is None:
        raise NotPermitted("nobody", _("Only a person speaks for a victim."))
    return by.user


def speaks_only(by: Acting) -> bool:
    """Somebody who is an advocate and nothing else: promises, updates and giving a view are all there is for them."""
    return by.rights == {"advocate"}
