"""When a new wording may be kept: it is said why, it says something else, and every name in braces is one it knows."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow
from craffu.orders.wording.rules import WhyNotWorded, check_words


def check_wording(words: str, names: Collection[str], standing: str) -> None:
    try:
        check_words(words, names)
    except WhyNotWorded as fault:
        raise NotNow(fault.code, _said(fault, names)) from fault
    if words.strip() == standing.strip():
        raise NotNow("nothing_changed", _("Nothing is changed."))


def _said(fault: WhyNotWorded, names: Collection[str]) -> str:
    if fault.code == "no_words":
        return _("Enter the words.")
    if fault.code == "unknown_name":
        said = {"name": fault.name, "names": ", ".join(f"{{{one}}}" for one in names)}
        return _("{%(name)s} is not known here. These may stand in it: %(names)s") % said
    return _("A brace begins or ends nothing. Braces hold only the names listed.")


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise NotNow("no_reason", _("Say why it is changed"))
