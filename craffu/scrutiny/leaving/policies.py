"""When words of scrutiny may leave to be read by anybody (VIC-09)."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow
from craffu.people.contacts import CONTACTS
from craffu.scrutiny.leaving.rules import Found


def check_tells_no_contact(kinds: Collection[str], where: Sequence[str] = ()) -> None:
    """Neither a contact of somebody in a case that it rests on, nor any victim's. Raises NotNow, and repeats no value."""
    if kinds:
        named = ", ".join(str(CONTACTS.get(kind, kind)) for kind in kinds)
        raise NotNow(
            "words_hold_contact",
            _(
                "It holds somebody’s contact: %(found)s. Nothing was done. Take it out; where somebody else wrote it, write"
                " [left out] in its place."
            )
            % {"found": named}
            + _under(where),
        )


def check_tells_of_nobody(found: Found) -> None:
    """The same, and no name of somebody in a case that it rests on."""
    check_tells_no_contact(found.kinds, found.where)
    if found.names:
        raise NotNow(
            "words_name_somebody",
            _("It names somebody in a case that it rests on. Nothing was done. Write it without the name.")
            + _under(found.where),
        )


def _under(where: Sequence[str]) -> str:
    return " " + _("It stands under: %(headings)s.") % {"headings": "; ".join(where)} if where else ""
