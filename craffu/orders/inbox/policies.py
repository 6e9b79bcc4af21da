"""When a document may be typed from, matched or returned: while it waits, as it was seen, and once it says what the register
needs (ORD-21)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from craffu.common.moments import check_has_come
from craffu.common.refusals import Conflict, NotNow
from craffu.orders.inbox.facts import CAME_FROM, RETURNED_BECAUSE


def check_waits(*, has_left: bool) -> None:
    """Of two who match or return one document the second sees what the first did."""
    if has_left:
        raise Conflict("left_already", _("This document has left the inbox already. Look at what became of it."))


def check_is_as_read(seen: int, readings: int) -> None:
    """What is matched is what whoever matches it has seen (T30)."""
    if seen != readings:
        raise Conflict(
            "changed_meanwhile",
            _("Somebody else changed this while you had it open. What they did stands, and yours was not saved."),
        )


def check_came(received_at: datetime, now: datetime, came_from: str) -> None:
    check_has_come(received_at, now, code="ahead")
    if came_from not in CAME_FROM:
        raise NotNow("no_such_sender", _("Choose from whom it came."))


def check_made_by(made_on: date | None, today: date) -> None:
    if made_on is not None and made_on > today:
        raise NotNow("made_ahead", _("An order is not made in the future. Check the day."))


def check_can_be_matched(*, kind: str, family_name: str) -> None:
    """A document is matched by what somebody has typed from it."""
    if not kind:
        raise NotNow("kind_not_typed", _("Type which kind of order it is first."))
    if not family_name.strip():
        raise NotNow("name_not_typed", _("Type the respondent’s name first."))


def check_is_of_kind(typed: str, held: str) -> None:
    """An application becomes the order that it asked for, of one kind."""
    if typed != held:
        raise NotNow("kind_differs", _("The order on the register is of another kind. Check which it is."))


def check_is_not_there_yet(same: Collection[str]) -> None:
    """One order has one record."""
    if same:
        raise NotNow(
            "on_register",
            _("This order is on the register already: %(orders)s. Match the document to it.")
            % {"orders": _called(same)},
        )


def check_number_is_free(others: Collection[str]) -> None:
    """One order has one record; a court's number may cover several, of which whoever enters another says so."""
    if others:
        words = _(
            "The register has an order of this kind under this number: %(orders)s. If it is this one, do not enter it again. If"
            " this is another one, say so below and go on."
        )
        raise NotNow("on_register", words % {"orders": _called(others)})


def _called(orders: Collection[str]) -> str:
    """Their references; what is shut to whoever asks has none."""
    return ", ".join(one or _("one that is not open to you") for one in orders)


def check_is_against(*, is_so: bool) -> None:
    if not is_so:
        raise NotNow("other_respondent", _("That order is against somebody else. Choose one of this person’s."))


def check_is_still_somebody(person: str, now: Sequence[str]) -> None:
    """Whom a document is about is whoever was looked at: of a person whose records are another's since, somebody looks again.

    `now` is who they are now. Against one without records nothing would stand that anybody finds (IDN-03).
    """
    if list(now) != [person]:
        words = _(
            "What was recorded of %(person)s is held to be of %(now)s now. Look at that person and match it to them. Nothing was "
            "changed."
        )
        raise Conflict("somebody_else_now", words % {"person": person, "now": ", ".join(now) or "–"})


def check_returned_because(reason: str, words: str) -> None:
    """ORD-21: nothing is returned without a reason."""
    if reason not in RETURNED_BECAUSE:
        raise NotNow("missing:reason_code", _("Choose the reason."))
    if not words.strip():
        raise NotNow("missing:reason_text", _("Say why in your own words."))


def check_works_on_it(*, is_active: bool, works_on_it: bool) -> None:
    if not is_active:
        raise NotNow("account_closed", _("This account is closed. Choose somebody else."))
    if not works_on_it:
        raise NotNow("not_their_queue", _("They do not work on this queue. Choose somebody else."))
