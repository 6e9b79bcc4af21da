"""Which parts a pack has: the limbs of the kind's test, what is asked of the whole, her view or why there is none (ORD-06)."""

from typing import Final

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow
from craffu.orders.catalogue.kinds import Kind
from craffu.orders.drafting.checking import questions_of
from craffu.orders.drafting.policies import check_is_not_put_forward
from craffu.orders.life.policies import check_is_as_seen

VICTIM_VIEW: Final = "victim_view"
VICTIM_VIEW_ABSENT: Final = "victim_view_absent"
# What is asked for whoever gives evidence: no pack needs it, the court alone reads it.
SPECIAL_MEASURES: Final = "special_measures"


def parts_of(kind: Kind) -> tuple[str, ...]:
    return (*kind.applying.limbs, *questions_of(kind), VICTIM_VIEW, VICTIM_VIEW_ABSENT, SPECIAL_MEASURES)


def check_is_part_of_pack(about: str, kind: Kind) -> None:
    if about not in parts_of(kind):
        raise NotNow("no_such_part", _("This is no part of an application for this kind of order."))


def check_part_may_change(about: str, status: str) -> None:
    """What is authorised rests on every part but what is asked for whoever gives evidence: they may ask for that at any time."""
    if about != SPECIAL_MEASURES:
        check_is_not_put_forward(status)


def check_says_something(words: str) -> None:
    if not words.strip():
        raise NotNow("no_words", _("Say in a few words what the evidence is."))


def check_part_is_as_seen(seen: int | None, last: int) -> None:
    """Two say something of one part: the second sees what the first said before doing it. Other parts are no matter (T30)."""
    if seen is not None and last > seen:
        check_is_as_seen(seen, last)
