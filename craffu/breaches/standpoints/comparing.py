"""The only write of what does not agree between standpoints: each mismatch from when until when (BRC-03)."""

from collections.abc import Collection
from datetime import datetime

from craffu.access.acting import Acting
from craffu.breaches.ledger.queries import BreachStory, breaches_by_number, stories_of_breaches
from craffu.breaches.ledger.states import Status
from craffu.breaches.models import BreachMismatch
from craffu.breaches.standpoints.reading import as_standpoints, do_not_agree, orders_reviewed, risk_of
from craffu.breaches.standpoints.rules import arises
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.door import bookkeeping


def mismatches_of(by: Acting, breaches: Collection[int]) -> dict[int, list[BreachMismatch]]:
    """Every mismatch kept of these breaches, those that agree again too. One query."""
    found: dict[int, list[BreachMismatch]] = {}
    for row in BreachMismatch.objects.for_user(by).filter(breach__one_of=frozenset(breaches)).order_by("id"):
        found.setdefault(row.breach_id, []).append(row)
    return found


@bookkeeping
def compare_standpoints(*, by: Acting, breaches: Collection[int], now: datetime) -> None:
    """Keep what does not agree of these breaches as things stand. Worked out from what was logged as it was recorded."""
    rows = [one for one in breaches_by_number(by, breaches) if one.raised_at <= now]
    stories = stories_of_breaches(by, rows, now)
    reviewed = orders_reviewed(by, {one.order_id for story in stories.values() for one in story.holding}, now)
    open_ = {
        (one.breach_id, one.code): one
        for several in mismatches_of(by, stories).values()
        for one in several
        if one.until is None
    }
    new: list[BreachMismatch] = []
    for number, story in stories.items():
        codes = do_not_agree(story, reviewed, now) if story.breach.status != Status.JOINED else []
        limits = arises(as_standpoints(story, reviewed), risk_of(story))
        for code in codes:
            if open_.pop((number, code.value), None) is None:
                since = max(limits.get(code, _known(story)), story.breach.raised_at)
                new.append(BreachMismatch(force=by.force, breach_id=number, code=code.value, since=since))
    for one in open_.values():
        one.until = now
        one.save()
    BreachMismatch.objects.bulk_create(new)


def _known(story: BreachStory) -> datetime:
    """Since when the last word of any standpoint is known: what contradicts itself does so since then."""
    return max((one.known_from for one in story.words), default=story.breach.raised_at)
