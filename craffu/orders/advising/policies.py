"""What a general note must say, and what it must not (RES-04, R1b)."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.common.refusals import NotNow
from craffu.orders.advising.kinds import Holds

_SAID: Final[Mapping[Holds, object]] = {
    Holds.NAME: gettext_lazy("a name of somebody in the case or under the order"),
    Holds.DATE: gettext_lazy("a day with its year"),
    Holds.CONTACT: gettext_lazy("an address, telephone number or e-mail address"),
    Holds.REFERENCE: gettext_lazy("a reference or number of a record"),
}


def check_note_is_whole(*, has_topic: bool, has_words: bool) -> None:
    if has_topic is not has_words:
        raise NotNow("note_incomplete", _("Choose what the note is about, and write it; or write none."))


def check_holds_nobody(found: Sequence[Holds]) -> None:
    """Names the sort of thing that was found, and never the thing itself."""
    if found:
        sorts = ", ".join(str(_SAID[one]) for one in found)
        raise NotNow(
            "note_holds_somebody",
            _("The general note holds %(sorts)s. Write it so that nobody can be recognised.") % {"sorts": sorts},
        )
