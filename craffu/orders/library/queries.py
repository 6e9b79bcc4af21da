"""The library as a force has it: what ships, and the force's own later words (ORD-14)."""

from collections.abc import Iterable

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


def newer_wordings(by: Acting, taken: Iterable[str]) -> dict[str, tuple[Worded, Worded]]:
    """Of these wordings, each a key and a version, those that were worded anew since: as it was taken and as it is now.

    One query; none where nothing was taken.
    """
    wanted = {name: name.partition(":")[0] for name in taken if name}
    if not wanted:
        return {}
    versions = {one.named: one for one in shipped().values() if one.key in wanted.values()}
    last = {one.key: one for one in versions.values()}
    rows = LibraryVersion.objects.for_user(by).filter(key__in=sorted(last)).order_by("key", "number")
    for row in rows:
        last[row.key] = reworded(last[row.key], row.number, {"en": row.en, "cy": row.cy})
        versions[last[row.key].named] = last[row.key]
    return {
        name: (versions[name], last[key])
        for name, key in wanted.items()
        if name in versions and last[key].named != name
    }
