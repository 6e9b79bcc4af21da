"""When an advocate may be named and may speak: once she named them and agreed, until she ends it (VIC-10)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from craffu.access.models import User
from craffu.common.refusals import NotNow
from craffu.victims.advocates.rules import NotAllowed

_WHY: Final[Mapping[NotAllowed, Callable[[], str]]] = {
    NotAllowed.ANOTHER_VICTIM: lambda: _("This advocate speaks for somebody else."),
    NotAllowed.NOT_FOR_AN_ADVOCATE: lambda: _("An advocate gives views, sees promises and what the victim was told."),
    NotAllowed.NOT_NAMED: lambda: _("The victim has not named this advocate yet."),
    NotAllowed.NO_CONSENT: lambda: _("The victim has not agreed to this advocate yet."),
    NotAllowed.CONSENT_ENDED: lambda: _("The victim has ended their consent to this advocate."),
}


def check_may_speak(why: NotAllowed | None) -> None:
    """Refuses with the words of the rule; None is allowed."""
    if why is not None:
        raise NotNow(why.value, _WHY[why]())


def check_name_is_there(name: str) -> None:
    if not name.strip():
        raise NotNow("name_missing", _("Enter the advocate’s name."))


def check_consent_follows(named_on: date, consent_on: date) -> None:
    """She cannot have agreed to somebody whom she had not named."""
    if consent_on < named_on:
        raise NotNow("consent_before_named", _("They agreed to it on the day they named the advocate, or later."))


def check_has_account(username: str, user: User | None) -> None:
    """An account that is given is one of this force that holds the advocate’s capability."""
    if username and user is None:
        raise NotNow(
            "no_such_advocate",
            _("No advocate has an account with that sign-in name. Ask whoever looks after accounts, or leave it out."),
        )
