"""The library as a force has it: what ships, and the force's own later words (ORD-14)."""

from craffu.access.acting import Acting
from craffu.orders.library.rules import Worded, reworded, shipped
from craffu.orders.models import LibraryVersion


def versions_of(by: Acting, key: str) -> list[LibraryVersion]:
    """The force's own versions of one condition, the first first. One query."""
    return list(LibraryVersion.objects.for_user(by).filter(key=key).select_related("by").order_by("number"))


def library(by: Acting) -> dict[str, Worded]:
    """Every condition as it stands. One query."""
    found = dict(shipped())
    for row in LibraryVersion.objects.for_user(by).order_by("key", "number"):
        found[row.key] = reworded(found[row.key], row.number, {"en": row.en, "cy": row.cy})
    return found
