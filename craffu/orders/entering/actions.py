"""The only write of entries in other systems: that somebody made one, when, and under which reference (ORD-18)."""

from datetime import date, datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.orders import events
from craffu.orders.entering.policies import check_can_be_entered, check_entry, check_system
from craffu.orders.life.policies import check_is_as_seen
from craffu.orders.life.states import LIVE
from craffu.orders.models import NationalEntry
from craffu.orders.permissions import check_can_enter, check_is_somebody
from craffu.orders.queries import find_order, story_of_order
from craffu.orders.topics import ORDERS
from craffu.outbox.actions import tell


@action
def record_entry(
    *,
    by: Acting,
    order: str,
    system: str,
    entered_on: date,
    reference: str,
    seen: int | None = None,
    now: datetime | None = None,
) -> NationalEntry:
    """An order was entered as its words stand now. `seen` is the number of the version that was copied.

    Raises NotPermitted, Conflict where another version stands by now (T30), and NotNow for an order that is not live or an entry
    that was made before these words applied.
    """
    at = now or clock.now()
    check_can_enter(by)
    user = check_is_somebody(by)
    check_system(system)
    lock_until_commit("order", by.force.code, order)
    found = check_is_there(find_order(by, order))
    story = story_of_order(by, found)
    words = story.made[-1] if story.made else None
    check_can_be_entered(is_live=found.status in LIVE, terms_number=words.number if words else None)
    assert found.made_at is not None  # noqa: S101 - a live order was made
    assert words is not None  # noqa: S101 - just checked
    check_is_as_seen(seen, words.number)
    assert words.applies_from is not None  # noqa: S101 - those that a court made apply from an instant
    check_entry(reference, entered_on, day_of(found.made_at), day_of(words.applies_from), day_of(at))
    row: NationalEntry = NationalEntry.objects.create(
        force=by.force, order=found, system=system, entered_on=entered_on, entry_reference=reference.strip(),
        terms_number=words.number, by=user, known_from=at,
    )  # fmt: skip
    tell(force=by.force.code, topic=ORDERS, subjects=[found.pk], at=at)
    audit.record(kind=events.ORDER_ENTERED, actor=by.actor, refs=[f"order/{order}"], request=by.request, now=at)
    return row
