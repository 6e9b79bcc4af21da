"""When a pack may go to a respondent, be searched, or be released all the same (VIC-09, ORD-11)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow, NotPermitted
from craffu.orders.considering.rules import REASON_MIN_CHARS
from craffu.orders.scanning.rules import Found, Stands


def check_pack_may_go(standing: Stands) -> None:
    if standing is Stands.NOT_SCANNED:
        raise NotNow(
            "pack_not_scanned",
            _("The service pack has not been searched for what must not reach the respondent. Check it first."),
        )
    if standing is Stands.HOLDS:
        raise NotNow(
            "pack_holds_protected",
            _("The service pack holds what is protected about somebody. Take it out, or have a supervisor release it."),
        )


def check_protects_by_now(*, protects_somebody: bool) -> None:
    """VIC-09: where nobody is protected there is nothing to compare a pack with, and clean says nothing."""
    if not protects_somebody:
        raise NotNow(
            "protects_nobody_yet", _("Say first whom the order protects: the pack is searched for what is theirs.")
        )


def check_papers_were_looked_at(*, has_papers: bool, were_looked_at: bool) -> None:
    if has_papers and not were_looked_at:
        raise NotNow("papers_not_looked_at", _("Craffu cannot read images. Look at each paper, and say that you have."))


def check_waits_for_release(standing: Stands) -> None:
    if standing is not Stands.HOLDS:
        raise NotNow("nothing_to_release", _("Nothing was found in this pack that would have to be released."))


def check_is_not_own_search(searched_by: str, releasing: str) -> None:
    if searched_by == releasing:
        raise NotPermitted("own_search", _("You searched this pack. Another supervisor releases it."))


def check_release_says_why(words: str) -> None:
    if len(words.strip()) < REASON_MIN_CHARS:
        raise NotNow(
            "release_words",
            _("Say why it may go all the same, in at least %(least)s characters.") % {"least": REASON_MIN_CHARS},
        )


def check_zone_gives_nothing_away(found: Sequence[Found]) -> None:
    """A zone that names a protected home is stopped while it is drafted, for a person to draw anew."""
    if found:
        raise NotNow(
            "zone_on_protected_address",
            _("A zone in these words gives away where somebody lives. Draw it by streets that do not centre on them."),
        )
