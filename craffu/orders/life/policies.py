"""When a move is made: the reasons of Annex B in words, each with what to do about it (ORD-09)."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from craffu.common.moments import check_has_come
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.orders.life import rules
from craffu.orders.life.rules import Moved

_WORDS: Final[Mapping[str, Callable[[], str]]] = {
    rules.UNKNOWN_MOVE: lambda: _("There is no such step in the life of an order."),
    rules.EXTEND_BY_VARIATION: lambda: _("This kind is not renewed. It is extended by a variation: record that."),
    rules.NOT_FOR_THIS_TYPE: lambda: _("This step is not for this kind of order."),
    rules.NOT_FROM_THIS_STATE: lambda: _(
        "The order is not at a point from which this step leads on. Look at how it stands."
    ),
    rules.MAIN_NOT_LIVE: lambda: _(
        "An interim order follows a main application that is before the court. Lodge that first."
    ),
    rules.SERVED_BEFORE_MADE: lambda: _("It cannot have been served before it was made. Check both times."),
    rules.LODGED_AFTER_END: lambda: _(
        "A renewal is lodged on or before the last day of the order. After it a new application is needed."
    ),
    rules.DISCHARGE_LOCKED: lambda: _(
        "Until the lock ends the order is discharged only with the consent of everybody concerned. Record who consents."
    ),
    rules.NOT_YET_ENDED: lambda: _("The last day of the order is not over."),
    rules.ENDS_BEFORE_IT_BEGINS: lambda: _(
        "The last day lies before the order begins to hold. Look at both days, and the year."
    ),
    rules.RENEWAL_SHORTENS: lambda: _(
        "A renewed order lasts longer than it did. Where the court ends it sooner, record a variation."
    ),
    rules.SAME_END: lambda: _("This is the end as it stands. Give the end that the order itself has."),
    rules.BEFORE_IT_WAS_MADE: lambda: _("This lies before the order was made. Look at both days, and the year."),
    rules.LATER_WORDS_STAND: lambda: _(
        "Words that apply from a later day are recorded already, and they stand. Look at the day. If it is right, keep the paper "
        "of this variation with the order as another paper."
    ),
    rules.TWO_ENDS: lambda: _("It ends on a day or it has no end: say one of them."),
}
_WHO: Final[Mapping[str, Callable[[], str]]] = {
    rules.WRONG_ROLE: lambda: _("Somebody with another role makes this step."),
    rules.SELF_AUTHORISATION: lambda: _(
        "You asked for this or decided on it. Somebody else authorises or declines it."
    ),
    rules.RANK_TOO_LOW: lambda: _("Your rank does not authorise this kind of order. Ask somebody of a higher rank."),
}


# What is missing is said by its name where the page that asks is another than the step's own.
_MISSING: Final[Mapping[str, Callable[[], str]]] = {
    f"{rules.MISSING}terms": lambda: _("Its conditions are missing: nothing was recorded. Give them word for word."),
    f"{rules.MISSING}period": lambda: _(
        "Its end is missing: nothing was recorded. Say until which day it lasts, or that it has no end."
    ),
}


def why_words(why: str) -> str:
    """A reason of Annex B in words."""
    return (_WORDS.get(why) or _WHO[why])()


def check_moved(moved: Moved) -> None:
    """Raises NotPermitted where somebody else may, NotNow where nobody may as things stand; the code is that of Annex B."""
    if moved.why is None:
        return
    if moved.why in _WHO:
        raise NotPermitted(moved.why, _WHO[moved.why]())
    if moved.why in _MISSING:
        raise NotNow(moved.why, _MISSING[moved.why]())
    if moved.why.startswith(rules.MISSING):
        raise NotNow(moved.why, _("Something is missing: nothing was recorded. Give what the page asks for."))
    raise NotNow(moved.why, _WORDS[moved.why]())


def check_is_before_court(others: Collection[str]) -> None:
    """A court's word makes an order that was asked for; `others` are those that it cannot be about as they stand here."""
    if others:
        raise NotNow(
            "not_before_court",
            _(
                "By the register %(orders)s is not before a court. Record on its own page first how it came there, or record"
                " this as an order of its own."
            )
            % {"orders": ", ".join(others)},
        )


def check_days(why: str | None) -> None:
    """Raises NotNow where an order would end before it begins or change before it was made, or as nobody can have meant it."""
    check_moved(Moved(allowed=why is None, to="", why=why))


def check_is_as_seen(seen: int | None, moves_made: int) -> None:
    """Two move one order: the second sees what the first did before doing anything (T30)."""
    if seen is not None and seen != moves_made:
        raise Conflict(
            "changed_meanwhile",
            _("Somebody else changed this while you had it open. What they did stands, and yours was not saved."),
        )


def check_happened_by_now(moment: datetime, now: datetime) -> None:
    check_has_come(moment, now, code="ahead")
