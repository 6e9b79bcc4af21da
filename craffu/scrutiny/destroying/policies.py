"""When words may be asked to be destroyed, and when that may be decided (SEC-09)."""

from django.utils.translation import gettext as _

from craffu.common.refusals import Conflict, NotNow


def check_something_is_left(number: int) -> None:
    """Only words that somebody took back are destroyed, and only once."""
    if not number:
        raise NotNow("nothing_to_destroy", _("There are no words here that were taken back and are still kept."))


def check_not_decided(*, is_decided: bool) -> None:
    if is_decided:
        raise Conflict("destruction_decided", _("Somebody else has decided it meanwhile. Nothing was changed."))
