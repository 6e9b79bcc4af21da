"""Whether what a review rests on still counts, and whether it is open to the reader (REV-02, VIC-01, SEC-02).

A review waits for days, and is read for years: meanwhile words can turn out not to be hers, and a case of hers can be shut.
"""

from collections.abc import Iterable
from enum import Enum

from craffu.access.acting import Acting
from craffu.victims.inviting.trust import said_by_her
from craffu.victims.models import View
from craffu.victims.queries import standing


class Fallen(Enum):
    """Why words count no more: somebody else had said them, or their sender said others in their place."""

    NOT_HERS = "not_hers"
    REPLACED = "replaced"


def fallen(by: Acting, views: Iterable[View]) -> dict[int, Fallen]:
    """Of these views those that count no more, by number. One query; none where somebody took down each of them here."""
    sent = {one.pk: one.source_key for one in views if one.source_key}
    if not sent:
        return {}
    rows = View.objects.for_user(by).filter(source_key__in=sorted(set(sent.values())))
    hers = list(said_by_her(by, rows).only("source", "source_key").order_by("id"))
    said, stand = {one.pk for one in hers}, {one.pk for one in standing(hers)}
    return {one: Fallen.REPLACED if one in said else Fallen.NOT_HERS for one in sent if one not in stand}
