"""When something may be noted under an order: what has happened, of an order that was made (CLK-03, VIC-06)."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow
from craffu.orders.noting.facts import Change


def check_is_made(made_at: datetime | None, at: datetime) -> None:
    if made_at is None:
        raise NotNow("not_made", _("This order has not been made."))
    if at < made_at:
        raise NotNow("before_made", _("That was before the order was made. Check the time."))


def check_asks_for_it(*, is_asked: bool) -> None:
    if not is_asked:
        raise NotNow("no_duty", _("Under this kind of order the respondent has nothing to notify."))


def check_is_protected(*, is_protected: bool) -> None:
    if not is_protected:
        raise NotNow("not_protected", _("Choose somebody whom the order protects."))


def check_names_the_change(change: str, applicant: str, applicants: Collection[str]) -> None:
    """`applicants` are those whom the statute lets ask; where it names nobody, anybody."""
    if change not in set(Change):
        raise NotNow("no_change", _("Choose what the court was asked to do."))
    if not applicant or (applicants and applicant not in applicants):
        raise NotNow("no_applicant", _("Choose who asked the court for it."))


def check_says_why(words: str) -> None:
    if not words.strip():
        raise NotNow("no_reason", _("Say why they are not told."))
