"""Who asks for specialist advice, who answers, and who reads what a lawyer advised (RES-04, SEC-12)."""

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.access.roles import OPS
from craffu.common.refusals import NotPermitted


def check_can_read_advice(by: Acting) -> None:
    """Whoever works on cases. Victim contact officers see the case, and no advice about whom it is against."""
    check_holds(by, *OPS)


def check_can_ask(by: Acting) -> User:
    check_holds(by, *OPS)
    return _somebody(by)


def check_can_answer(by: Acting, asker: User, *, is_inside: bool) -> User:
    """A coordinator answers as the force's own specialist, never their own question. Anybody records advice from outside."""
    if not is_inside:
        return check_can_ask(by)
    check_holds(by, "coordinator")
    user = _somebody(by)
    if user == asker:
        raise NotPermitted("own_question", _("You asked this. Another coordinator answers it."))
    return user


def _somebody(by: Acting) -> User:
    if by.user is None:
        raise NotPermitted("nobody", _("Only a named person does this."))
    return by.user
