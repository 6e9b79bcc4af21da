"""When a notification may be recorded, acknowledged and verified: whole, where the order asks for it (MON-05)."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from craffu.common.refusals import Conflict, NotNow
from craffu.orders.notifying.facts import NewNotification
from craffu.orders.notifying.rules import CHANGES


def check_is_asked(*, is_asked: bool) -> None:
    if not is_asked:
        raise NotNow("not_asked_for", _("Under this kind of order the respondent does not notify this."))


def check_is_whole(given: NewNotification, areas: Collection[str]) -> None:
    """What is lacking could never be told from what the respondent did not say."""
    if given.about in CHANGES and given.event_on is None:
        raise NotNow("missing:event_on", _("Give the day of the change."))
    if given.in_person and not given.station.strip():
        raise NotNow("missing:station", _("Give the name of the police station."))
    if given.in_person and not {given.station_area, given.area} <= set(areas):
        raise NotNow("missing:area", _("Choose the police area of the station, and the one in which it has to be."))
    if not given.names.strip():
        raise NotNow("missing:names", _("Give the names that were notified."))
    if not given.has_no_home and not given.addresses.strip():
        raise NotNow("missing:addresses", _("Give the address that was notified, or say that there is no home."))


def check_can_acknowledge(*, is_valid: bool, is_acknowledged: bool) -> None:
    """What does not count is not acknowledged as if it did."""
    if not is_valid:
        raise NotNow("does_not_count", _("This notification does not count, and is not acknowledged as one."))
    if is_acknowledged:
        raise Conflict("acknowledged_already", _("This notification was acknowledged already."))


def check_acknowledged_after(*, is_before: bool) -> None:
    if is_before:
        raise NotNow("before_given", _("It cannot be acknowledged before it was given. Check the time."))


def check_can_verify(*, is_valid: bool, is_settled: bool) -> None:
    if not is_valid:
        raise NotNow("does_not_count_here", _("This notification does not count: there is nothing to verify."))
    if is_settled:
        raise Conflict("verified_already", _("Somebody has verified this notification, or found it false."))


def check_verified_on(on: date, given_on: date, today: date) -> None:
    if on > today:
        raise NotNow("ahead", _("This lies in the future. Record it once it has happened."))
    if on < given_on:
        raise NotNow("verified_before", _("It cannot be verified before it was given. Check the day."))
