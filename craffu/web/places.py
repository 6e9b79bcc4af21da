"""Where a record or a person belongs, in the words of the page's language."""

from django.utils.translation import get_language

from craffu.access.models import Area, Team
from craffu.access.reach.models import Placement


def name_of(one: Area | Team) -> str:
    return one.name_cy if (get_language() or "").startswith("cy") else one.name_en


def place_words(placement: Placement | None) -> str:
    """The area, and the team of it; nothing where the record belongs to none."""
    if placement is None:
        return ""
    return ", ".join(name_of(one) for one in (placement.area, placement.team) if one is not None)
