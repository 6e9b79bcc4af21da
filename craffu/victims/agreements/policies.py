"""When an agreement may be recorded: once everything was asked that she is promised by it (VIC-01)."""

from collections.abc import Collection, Sequence
from datetime import date, time

from django.utils.translation import gettext as _

from craffu.common.moments import check_can_be_meant
from craffu.common.refusals import NotNow
from craffu.victims.contacts.rules import NOWHERE, TAKES_LINKS


def check_is_complete(lacking: Collection[str]) -> None:
    if lacking:
        raise NotNow(
            "agreement_incomplete", _("Something has not been asked yet. Each question has an answer, even ‘no’.")
        )


def check_there_is_one(is_there: object) -> None:
    """Only what was agreed can still be right."""
    if not is_there:
        raise NotNow("no_agreement", _("There is no agreement yet. Make one, or record that it was declined."))


def check_revisit_lies_ahead(day: date, today: date) -> None:
    if day <= today:
        raise NotNow("revisit_past", _("The day on which you ask again must be after today."))
    check_can_be_meant(day)


def check_windows(times: Sequence[tuple[str, str]]) -> None:
    """A window that ends as it begins would never be open."""
    if any(time.fromisoformat(start) == time.fromisoformat(end) for start, end in times):
        raise NotNow("window_empty", _("A time that ends when it begins is never safe. Enter when it ends."))


def check_links(links: Collection[str], channels: Collection[str]) -> None:
    """A link comes only in a message, by a way that is safe at all."""
    if not set(links) <= set(channels) & TAKES_LINKS:
        raise NotNow("links_not_safe", _("A link can only come by a text message or e-mail that they call safe."))


def check_urgent_reach(urgent: str, channels: Collection[str]) -> None:
    """She can only be reached at any hour by a way that she calls safe at all."""
    if urgent and urgent != NOWHERE and urgent not in channels:
        raise NotNow(
            "urgent_not_safe", _("That way is not among those that are safe. Choose one that is, or ‘nowhere’.")
        )
