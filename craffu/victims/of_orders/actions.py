"""The only writes of what orders tell those whom they protect: each event once, and taken back where it was not so.

VIC-05, VIC-06. Called within the move of an order, so that both are kept or neither; by the clock for what time alone brings.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from craffu.access.acting import Acting, acting_system
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.common.door import action
from craffu.outbox.actions import tell
from craffu.victims import events
from craffu.victims.happenings.kinds import Happening
from craffu.victims.models import CaseHappening
from craffu.victims.models.recorded import OF_AN_ORDER
from craffu.victims.of_orders.facts import OrderTells, OrderTold
from craffu.victims.of_orders.queries import Kept, by_victim, kept_of_orders, key_of
from craffu.victims.queries import Victim
from craffu.victims.stories import victims_of_records
from craffu.victims.topics import VICTIMS


@action
def keep_of_orders(*, by: Acting, told: Sequence[OrderTold], now: datetime) -> int:
    """Make what is kept of these orders equal to what they tell. Asked again it keeps nothing more. Returns how much was kept.

    Whoever moves an order need not know whom it protects: it is read as the system reads, and shown to nobody here. Somebody
    who is the victim in no case has nobody to look after them, and nothing is kept for them.
    """
    new = _to_keep(by, told, now)
    CaseHappening.objects.bulk_create(row for _, row in new)
    _log(by, events.HAPPENING_RECORDED, (victim for victim, row in new if row.strikes_id is None), now)
    _log(by, events.HAPPENING_STRUCK, (victim for victim, row in new if row.strikes_id is not None), now)
    return len(new)


def orders_untold(by: Acting, told: Sequence[OrderTold], now: datetime) -> list[int]:
    """Which of these orders tell something that is not kept as they tell it, by row number. Nothing is written."""
    return sorted({int(row.source_key.partition("-")[0].removeprefix("o")) for _, row in _to_keep(by, told, now)})


def _to_keep(by: Acting, told: Sequence[OrderTold], now: datetime) -> list[tuple[Victim, CaseHappening]]:
    system = acting_system(by.force, by.actor.name)
    records = {record for one in told for record in one.since}
    if not records:
        return []
    kept = kept_of_orders(system, [one.order for one in told], records)
    victims = victims_of_records(system, records)
    rows = by_victim(victims, kept)
    return [(victim, row) for victim in victims for row in _changes(by, victim, told, rows, now)]


@action
def keep_considered(*, by: Acting, case: int, records: Sequence[int], key: str, at: datetime) -> int:
    """Orders were considered in a case of theirs: told to each of these once, after which their agreement is asked again."""
    system = acting_system(by.force, by.actor.name)
    one = OrderTells(f"c{case}-{key}", Happening.ORDER_CONSIDERED, at, at)
    new = [(victim, _row(by, case, one.key, None, _record(victim, records), at, _said(one)))
           for victim in victims_of_records(system, records) if case in victim.cases]  # fmt: skip
    CaseHappening.objects.bulk_create(row for _, row in new)
    _log(by, events.HAPPENING_RECORDED, (victim for victim, _ in new), at)
    return len(new)


def _changes(
    by: Acting, victim: Victim, told: Sequence[OrderTold], kept: dict[tuple[int, str], Kept], now: datetime
) -> Iterator[CaseHappening]:
    """The rows by which what is kept for somebody becomes what the orders that protect them tell.

    The orders are read as known at an instant: an event of which more was said since is left as it is.
    """
    wanted: set[str] = set()
    for order in told:
        if not set(order.records) & set(victim.records):
            continue
        case = order.case if order.case in victim.cases else max(victim.cases)
        record = _record(victim, order.records)
        for one in order.to(record):
            key = key_of(order.order, one.key)
            wanted.add(key)
            before = kept.get((victim.person.pk, key))
            if before is not None and before.is_said_after(now):
                continue
            is_same = before is not None and before.standing and _stands(before.last) == (one.kind.value, one.at)
            if not is_same:
                yield _row(by, case, key, before, record, now, _said(one))
    for (person, key), before in kept.items():
        if person == victim.person.pk and key not in wanted and not before.is_said_after(now):
            for last in before.standing:
                gone = {"kind": last.kind, "at": last.at, "learnt_at": last.learnt_at, "strikes": last}
                yield _row(by, last.case_id, key, before, last.record_id, now, gone)


def _stands(row: CaseHappening) -> tuple[str, datetime]:
    return (row.kind, row.at)


def _said(one: OrderTells) -> dict[str, Any]:
    return {"kind": one.kind.value, "at": one.at, "learnt_at": one.learnt_at, "time_known_at": one.time_known_at}


def _record(victim: Victim, records: Iterable[int]) -> int:
    """The record of theirs under which it is kept: the first that the order names."""
    return min(set(records) & set(victim.records))


def _row(
    by: Acting,
    case: int,
    key: str,
    before: Kept | None,
    record: int,
    now: datetime,
    said: dict[str, Any],
) -> CaseHappening:
    """A row under the event's key and the record, numbered so that what was taken back can be said again."""
    kept_under = before.last.record_id if before else record
    number = len(before.rows) if before else 0
    content = "\n".join(map(str, (number, case, said["kind"], said["at"].isoformat(), "strikes" in said)))
    return CaseHappening(
        force=by.force, record_id=kept_under, case_id=case, source=OF_AN_ORDER, source_key=f"{key}/{kept_under}",
        content_sha256=hashlib.sha256(content.encode()).hexdigest(), recorded_by=by.user, known_from=now, **said,
    )  # fmt: skip


def _log(by: Acting, kind: EventKind, victims: Iterable[Victim], at: datetime) -> None:
    """Log what was just kept, and tell whoever works out what is due to these victims."""
    found = list({one.person.pk: one for one in victims}.values())
    if found:
        refs = {f"{what}/{one.reference}" for one in found for what in ("victim", "person")}
        audit.record(kind=kind, actor=by.actor, refs=sorted(refs), request=by.request, now=at)
        tell(force=by.force.code, topic=VICTIMS, subjects=[one.person.pk for one in found], at=at)
