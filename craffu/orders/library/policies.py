"""When words of the library may be put in place of others: in both languages, with the same inputs, and with why (ORD-14)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow


def check_wording(faults: Sequence[str], reason: str, *, is_changed: bool) -> None:
    if faults:
        raise NotNow("wording_faulty", _("Both languages need words, with each input in braces exactly as it was."))
    if not reason.strip():
        raise NotNow("no_reason", _("Say why the words are changed."))
    if not is_changed:
        raise NotNow("nothing_changed", _("Nothing is changed."))


def check_inputs(missing: Sequence[str]) -> None:
    if missing:
        raise NotNow("inputs_missing", _("Give everything that the words need."))
