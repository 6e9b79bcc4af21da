"""When somebody may look at a restricted record, and when who may be changed (SEC-02)."""

from datetime import datetime

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow


def is_let_in(admitted: bool, until: datetime | None, now: datetime) -> bool:
    """Whether an admission holds at an instant: it ends with its last moment, not after it."""
    return admitted and (until is None or now < until)


def check_may_restrict(is_restricted: bool) -> None:
    if is_restricted:
        raise NotNow("restricted_already", _("This record is restricted already. Change who may see it instead."))


def check_is_restricted(is_restricted: bool) -> None:
    if not is_restricted:
        raise NotNow("not_restricted", _("This record is not restricted: everybody whose role allows it may see it."))


def check_somebody_stays(readers: int) -> None:
    """Refuses to shut out the last reader: nobody could open the record again."""
    if readers <= 1:
        raise NotNow(
            "last_reader", _("Nobody else may see this record. Let somebody else in first, or open it to all.")
        )
