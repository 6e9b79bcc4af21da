"""Who keeps the register of recommendations, who reads it, and who says how one goes (page map, P33; SEC-01).

Scrutiny officers of the commissioner's office keep it; the commissioner reads it. Whoever has one to do reads that one and says
how it goes, and decides neither the answer nor that it is done.
"""

from typing import Final

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.common.refusals import NotPermitted

KEEP: Final = "scrutiny_officer"
READ: Final = (KEEP, "commissioner_view")


def check_can_keep(by: Acting) -> User:
    """Returns who it is."""
    check_holds(by, KEEP)
    return _somebody(by)


def keeps(by: Acting) -> bool:
    return by.user is not None and by.holds_any(KEEP)


def reads_all(by: Acting) -> bool:
    return by.user is not None and by.holds_any(*READ)


def check_can_read(by: Acting, owned_by: User | None) -> User:
    """One recommendation: who reads them all, and who has it to do. Returns who it is."""
    user = _somebody(by)
    if owned_by != user:
        check_holds(by, *READ)
    return user


def check_can_say(by: Acting, owned_by: User | None, *, is_how_it_goes: bool) -> User:
    """Whoever keeps the register says anything; whoever has it to do says how it goes. Returns who it is."""
    user = check_can_read(by, owned_by)
    if not keeps(by) and not (owned_by == user and is_how_it_goes):
        raise NotPermitted(
            "not_theirs_to_decide",
            _("You say how it goes. The commissioner’s office answers, closes and opens it again."),
        )
    return user


def _somebody(by: Acting) -> User:
    if by.user is None:
        raise NotPermitted("nobody", _("Only a named person does this."))
    return by.user
