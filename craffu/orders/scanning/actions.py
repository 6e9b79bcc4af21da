"""The only writes of the search of a service pack: what was found, and that it may go all the same (VIC-09, ORD-11)."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.orders import events
from craffu.orders.life.actions import lock_orders, refs_of
from craffu.orders.models import PackScanned
from craffu.orders.permissions import check_can_release_pack, check_can_scan_pack
from craffu.orders.queries import find_order, story_of_order
from craffu.orders.scanning.policies import (
    check_is_not_own_search,
    check_papers_were_looked_at,
    check_protects_by_now,
    check_release_says_why,
    check_waits_for_release,
)
from craffu.orders.scanning.queries import (
    cover_of,
    last_search,
    papers_in,
    parts_of,
    protected_of,
    scans_of,
    standing_of_pack,
)
from craffu.orders.scanning.rules import found_in
from craffu.orders.topics import ORDERS
from craffu.outbox.actions import tell


@action
def scan_pack(*, by: Acting, order: str, papers_looked_at: bool = False, now: datetime | None = None) -> PackScanned:
    """Search the pack as it is now for what is protected about those whom the order protects. What was found is kept by kind.

    Raises NotNow where the order protects nobody yet, or papers go with it and nobody has looked at them.
    """
    at = now or clock.now()
    user = check_can_scan_pack(by)
    lock_orders(by, order)
    found = check_is_there(find_order(by, order))
    story = story_of_order(by, found)
    check_protects_by_now(protects_somebody=bool(story.protected))
    check_papers_were_looked_at(has_papers=bool(papers_in(story)), were_looked_at=papers_looked_at)
    # Before what it is compared with is read: what becomes known in between asks for another search.
    covers = cover_of(by, story)
    holds = found_in(parts_of(story), protected_of(by, found))
    row: PackScanned = PackScanned.objects.create(
        force=by.force, order=found, covers=covers, found=[[one.where, one.kind] for one in holds], by=user,
        known_from=at,
    )  # fmt: skip
    tell(force=by.force.code, topic=ORDERS, subjects=[found.pk], at=at)
    audit.record(
        kind=events.ORDER_PACK_SCANNED, actor=by.actor, refs=refs_of(found), counts={"found": len(holds)},
        request=by.request, now=at,
    )  # fmt: skip
    return row


@action
def release_pack(*, by: Acting, order: str, words: str, now: datetime | None = None) -> PackScanned:
    """A supervisor who did not search it says why a pack may go though something was found: the court's own words, say.

    Raises NotPermitted for whoever searched it, and NotNow where nothing waits or nothing is said.
    """
    at = now or clock.now()
    user = check_can_release_pack(by)
    lock_orders(by, order)
    found = check_is_there(find_order(by, order))
    story, scans = story_of_order(by, found), scans_of(by, found)
    covers = cover_of(by, story)
    check_waits_for_release(standing_of_pack(covers, scans))
    search = check_is_there(last_search(covers, scans))
    check_is_not_own_search(search.by.username, user.username)
    check_release_says_why(words)
    row: PackScanned = PackScanned.objects.create(
        force=by.force, order=found, covers=search.covers, found=search.found, is_release=True, words=words.strip(),
        by=user, known_from=at,
    )  # fmt: skip
    tell(force=by.force.code, topic=ORDERS, subjects=[found.pk], at=at)
    audit.record(kind=events.ORDER_PACK_RELEASED, actor=by.actor, refs=refs_of(found), request=by.request, now=at)
    return row
