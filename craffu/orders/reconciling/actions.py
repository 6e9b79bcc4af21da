"""The only writes of reconciliation: the court's list kept and compared in full, each difference owned and closed (ORD-19).

Neither side is overwritten: an order changes by its own moves alone.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from craffu.access.acting import SYSTEM, Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds, check_same_force
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.common import clock
from craffu.common.actions import next_reference, next_references
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.orders import events
from craffu.orders.facts import Given
from craffu.orders.inbox.policies import check_number_is_free, check_works_on_it
from craffu.orders.inbox.queries import made_under
from craffu.orders.life.actions import Beginning, begin_order, lock_court_number
from craffu.orders.life.rules import court_number
from craffu.orders.models import (
    CourtListed,
    DifferenceClosed,
    DifferenceOwned,
    ListDifference,
    ListsCompared,
    Order,
)
from craffu.orders.permissions import WORK_INBOX, check_can_assign_inbox, check_can_work_inbox, check_is_somebody
from craffu.orders.reconciling.listing import ListedRow, key_of, kind_meant
from craffu.orders.reconciling.policies import check_can_enter, check_is_open, check_list_has_come, check_says_why
from craffu.orders.reconciling.queries import (
    closed_of,
    comparisons,
    court_side,
    differences_known,
    find_difference,
    last_listed_at,
    register_side,
)
from craffu.orders.reconciling.rules import Listed, compared
from craffu.orders.topics import DIFFERENCES
from craffu.outbox.actions import tell
from craffu.people.models import SourceRecord
from craffu.work.queries import workers_of

SOURCE: Final = "court-orders"
QUEUE: Final = "court-orders"
AGREES, DECIDED, ENTERED = "agrees", "decided", "entered"
_COLUMNS: Final = (
    "order_ref", "order_kind", "kind", "is_interim", "court", "court_case_no", "made_on", "last_day", "is_indefinite",
    "status", "varied_on", "record", "said_at",
)  # fmt: skip


@action
def record_listed(*, by: Acting, rows: Sequence[ListedRow], run: str, now: datetime) -> None:
    """What a court's list says anew, line by line. Whoever calls this logs the batch by which they came."""
    if not rows:
        return
    same = {"force": by.force.pk, "run": run, "known_from": now}
    CourtListed.objects.append_rows(_COLUMNS, [_as_kept(row) for row in rows], same)


def _as_kept(row: ListedRow) -> tuple[object, ...]:
    kind, is_interim = kind_meant(row.order_kind, row.result_code)
    return (
        row.order_ref, row.order_kind, kind, is_interim, row.court, court_number(row.ptiurn, row.order_ref), row.made_on,
        row.ends_on or None, row.until_further_order == "yes", row.status, row.varied_on or None, row.record, row.said_at,
    )  # fmt: skip


@action
def compare_lists(*, by: Acting, now: datetime | None = None) -> ListsCompared:
    """Hold the register against the court's list, both in full. What differs newly is shown; what no longer differs is closed.

    A difference that somebody decided may stand stays closed as long as both sides say what they said then. Raises NotNow
    before a list has come.
    """
    check_holds(by, *WORK_INBOX, SYSTEM)
    return _compare(by, now or clock.now())


@action
def compare_what_came(*, by: Acting, now: datetime) -> ListsCompared | None:
    """The same once a list has been taken in, by whoever may take it in; where it said nothing new, nothing is compared."""
    came, last = last_listed_at(by, now), comparisons(by).first()
    return None if came is None or (last is not None and last.at >= came) else _compare(by, now)


def _compare(by: Acting, at: datetime) -> ListsCompared:
    # In full, whoever asks: what is shut to them is compared, and none of it is shown.
    whole = by.joining()
    lock_until_commit("court list", by.force.code)
    check_list_has_come(has_come=last_listed_at(whole, at) is not None)
    ours, theirs = register_side(whole, at), court_side(whole, at)
    pairs = compared([one for _, one in ours.values()], [one for _, one in theirs.values()])
    shown = {
        key_of(finding.value, _number(pair.ours, pair.theirs), pair.ours, pair.theirs): (finding.value, pair)
        for pair in pairs
        for finding in pair.findings
    }
    comparison: ListsCompared = ListsCompared.objects.create(
        force=by.force, reference=next_reference(kind="comparison", prefix="LC"), compared=len(pairs),
        agreed=sum(not pair.findings for pair in pairs), differences=len(shown), by=by.user, at=at,
    )  # fmt: skip
    known = differences_known(whole)
    new = [key for key in shown if key not in known or known[key].how in {AGREES, ENTERED}]
    over = [one.pk for key, one in known.items() if key not in shown and not one.how]
    references = next_references(kind="difference", prefix="LD", count=len(new))
    made = ListDifference.objects.bulk_create(
        ListDifference(
            force=by.force, reference=reference, first=comparison, finding=shown[key][0],
            court_case_no=_number(shown[key][1].ours, shown[key][1].theirs), key=key, at=at,
            order_id=_row(ours, shown[key][1].ours), listed_id=_row(theirs, shown[key][1].theirs),
        )
        for key, reference in zip(new, references, strict=True)
    )  # fmt: skip
    DifferenceClosed.objects.bulk_create(
        DifferenceClosed(force=by.force, difference_id=pk, how=AGREES, comparison=comparison, at=at) for pk in over
    )
    tell(force=by.force.code, topic=DIFFERENCES, subjects=["lists", *(one.pk for one in made), *over], at=at)
    audit.record(
        kind=events.ORDER_LISTS_COMPARED, actor=by.actor, refs=[f"comparison/{comparison.reference}"],
        counts={"compared": len(pairs), "new": len(made), "over": len(over)}, request=by.request, now=at,
    )  # fmt: skip
    return comparison


def _number(ours: Listed | None, theirs: Listed | None) -> str:
    return next((one.court_case_no for one in (ours, theirs) if one and one.court_case_no), "")


def _row(side: dict[str, tuple[int, Listed]], listed: Listed | None) -> int | None:
    return side[listed.ref][0] if listed else None


@action
def own_difference(*, by: Acting, difference: str, owner: User, now: datetime | None = None) -> DifferenceOwned:
    """Somebody takes a difference on, or is given it. Raises Conflict once it is closed."""
    at = now or clock.now()
    check_can_assign_inbox(by, owner)
    check_same_force(by, owner)
    user = check_is_somebody(by)
    found = _open(by, difference)
    check_works_on_it(is_active=owner.is_active, works_on_it=owner in workers_of(by, QUEUE))
    row: DifferenceOwned = DifferenceOwned.objects.create(
        force=by.force, difference=found, owner=owner, by=user, known_from=at
    )
    _log(by, events.ORDER_DIFFERENCE_OWNED, found, at)
    return row


@action
def close_difference(*, by: Acting, difference: str, words: str, now: datetime | None = None) -> DifferenceClosed:
    """Somebody says why a difference may stand. Raises NotNow without a reason, Conflict once it is closed."""
    at = now or clock.now()
    check_can_work_inbox(by)
    user = check_is_somebody(by)
    found = _open(by, difference)
    check_says_why(words)
    row: DifferenceClosed = DifferenceClosed.objects.create(
        force=by.force, difference=found, how=DECIDED, words=words.strip(), by=user, at=at
    )
    _log(by, events.ORDER_DIFFERENCE_CLOSED, found, at)
    return row


@action
def enter_listed(
    *,
    by: Acting,
    difference: str,
    kind: str,
    respondent: SourceRecord,
    given: Given,
    is_interim: bool = False,
    is_another: bool = False,
    now: datetime | None = None,
) -> Order:
    """An order of the court's list that the register lacks is received as whoever enters it has read it.

    Somebody may have entered it since the lists were compared: one of its kind that stands under its number is not entered again,
    unless it `is_another`. Raises NotNow where it is on the register or something is missing, NotPermitted where the move is
    somebody else's.
    """
    at = now or clock.now()
    check_can_work_inbox(by)
    user = check_is_somebody(by)
    found = _open(by, difference)
    check_can_enter(found.finding)
    lock_court_number(by, given.court_case_no)
    if not is_another:
        made = made_under(by, given.court_case_no, kind, is_interim=is_interim)
        check_number_is_free([one.reference for one in made if one.is_live])
    beginning = Beginning(kind=kind, respondent=respondent, is_interim=is_interim)
    # The difference itself: an order that came off the register is entered anew from the next.
    source_key = f"differences/{found.reference}"
    order = begin_order(
        by=by, beginning=beginning, move="receive", given=given, source=SOURCE, source_key=source_key, now=at
    )
    DifferenceClosed.objects.create(force=by.force, difference=found, how=ENTERED, order=order, by=user, at=at)
    _log(by, events.ORDER_DIFFERENCE_CLOSED, found, at, [f"order/{order.reference}"])
    return order


def _open(by: Acting, reference: str) -> ListDifference:
    """The difference, locked, if it is open still."""
    lock_until_commit("court list", by.force.code)
    found = check_is_there(find_difference(by, reference))
    check_is_open(is_closed=closed_of(found) is not None)
    return found


def _log(by: Acting, kind: EventKind, difference: ListDifference, at: datetime, also: Sequence[str] = ()) -> None:
    tell(force=by.force.code, topic=DIFFERENCES, subjects=[difference.pk], at=at)
    refs = [f"difference/{difference.reference}", *also]
    refs += [f"order/{difference.order.reference}"] if difference.order else []
    audit.record(kind=kind, actor=by.actor, refs=refs, request=by.request, now=at)
