"""When minutes may leave: approved, for whoever gave the undertaking, with nothing in them of a victim (VIC-09)."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow
from craffu.people.contacts import CONTACTS
from craffu.prevention.meetings.queries import MeetingStory


def check_agency_may_have(story: MeetingStory, agency: int, *, has_items: bool) -> None:
    """Nothing for an agency that gave no undertaking, or that is to have no item."""
    if agency not in story.bound:
        raise NotNow(
            "agency_not_bound",
            _("An agency is given something once it came and everybody who came for it gave the undertaking."),
        )
    if not has_items:
        raise NotNow("agency_has_nothing", _("It was decided that this agency is to have no item of this meeting."))


def check_nothing_protected(found: Mapping[str, int]) -> None:
    if found:
        named = ", ".join(f"{CONTACTS.get(kind, kind)} ({number})" for kind, number in found.items())
        raise NotNow(
            "minutes_hold_victim",
            _("It holds what is protected about a victim: %(found)s. Nothing has left.") % {"found": named},
        )


def check_names_nobody_else(*, names: bool) -> None:
    if names:
        raise NotNow(
            "minutes_name_others",
            _(
                "It names a victim, or somebody else who was discussed. Nothing has left. What an agency is given names neither."
            ),
        )


def check_same_items(put: Collection[int], given: Collection[int]) -> None:
    if set(put) != set(given):
        raise NotNow("minutes_other_items", _("What this agency is to have has changed. Take it out anew."))
