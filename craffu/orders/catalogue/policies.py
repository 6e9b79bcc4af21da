"""When a kind may be opened here, and when an edit of the catalogue is whole (ORD-04)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow
from craffu.orders.catalogue.facts import WORDS, Edited
from craffu.orders.catalogue.rules import Availability, WhyOffered

_WHY: Final[Mapping[str, Callable[[], str]]] = {
    WhyOffered.NOT_VERIFIED: lambda: _(
        "Nobody has confirmed that the law of this kind has begun. An administrator enters its commencement, with the source."
    ),
    WhyOffered.NOT_YET: lambda: _("The law of this kind has not begun."),
    WhyOffered.NO_LONGER: lambda: _("The law of this kind has ended."),
    WhyOffered.NOT_A_PILOT_AREA: lambda: _("This kind is for pilot areas only, and this force is none."),
    WhyOffered.AFTER_PILOT: lambda: _("The pilot is over, and nobody has confirmed what holds since."),
    WhyOffered.OTHER_AREA: lambda: _("This kind has begun in another area only."),
}


def words_of_why(why: WhyOffered) -> str:
    """Why a kind is not offered, in words; empty where it is."""
    say = _WHY.get(why)
    return say() if say else ""


def check_is_offered(found: Availability) -> None:
    """What a court has made is recorded all the same: this is asked only where somebody here opens or applies for it."""
    if not found.offered:
        raise NotNow(found.why.value, words_of_why(found.why))


def check_edit(edited: Edited, today: date) -> None:
    if not (edited.reason.strip() and edited.source.strip()):
        raise NotNow("no_source", _("Say why, and where it says so: an Act, a regulation, a judgment."))
    if edited.verified_on > today:
        raise NotNow("verified_ahead", _("The day on which somebody looked there is not after today."))
    ends = edited.commenced.effective_to if edited.commenced else None
    if edited.commenced and ends is not None and ends < edited.commenced.effective_from:
        raise NotNow("ends_before", _("It cannot end before it begins."))
    if edited.commenced is None and not edited.words:
        raise NotNow("nothing_changed", _("Nothing is changed."))
    if any(name not in WORDS for name, _words in edited.words):
        raise NotNow("no_such_words", _("These words are the law’s: they are not edited here."))
