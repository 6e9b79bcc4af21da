"""The only write of what custody suites and courts tell a victim's officer by themselves: each event once (VIC-05, BRC-08).

Whoever works out what is due asks for it first, so that a release is owed to her without anybody typing it. What its record takes
back is struck, and what it says anew takes the place of what it said.
"""

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.victims import events
from craffu.victims.custody.queries import Kept, events_told, kept_of_records, looked_at_since
from craffu.victims.custody.rules import ToTell
from craffu.victims.models import CaseHappening
from craffu.victims.queries import Victim
from craffu.victims.stories import victims_of_people


@action
def keep_told(*, by: Acting, people: Collection[str], now: datetime) -> int:
    """Keep for these victims, by the person's row number, what custody suites and courts have told as known at an instant.

    Asked again it keeps nothing more. Returns how many events were kept or struck.
    """
    lock_until_commit("told", by.force.code)
    victims = victims_of_people(by, frozenset(map(int, people)))
    since = looked_at_since(by, victims, now)
    victims = [one for one in victims if one.person.pk in since]
    if not victims:
        return 0
    cases: dict[int, datetime] = {}
    for one in victims:
        for case in one.cases:
            cases[case] = min(since[one.person.pk], cases.get(case, since[one.person.pk]))
    told, kept = events_told(by, cases, now), kept_of_records(by, victims)
    new: list[tuple[Victim, CaseHappening]] = []
    for victim in victims:
        for case in victim.cases:
            hers = {key: each for key, each in told[case].items() if each.at > since[victim.person.pk]}
            of_case = {
                key: each for (whose, where, key), each in kept.items() if (whose, where) == (victim.person.pk, case)
            }
            new += [(victim, row) for row in _changes(by, victim, case, hers, of_case, since[victim.person.pk], now)]
    CaseHappening.objects.bulk_create(row for _, row in new)
    _log(by, events.HAPPENING_RECORDED, (victim for victim, row in new if row.strikes_id is None), now)
    _log(by, events.HAPPENING_STRUCK, (victim for victim, row in new if row.strikes_id is not None), now)
    return len(new)


def _changes(
    by: Acting,
    victim: Victim,
    case: int,
    told: dict[str, ToTell],
    kept: dict[str, Kept],
    since: datetime,
    now: datetime,
) -> Iterable[CaseHappening]:
    """The rows by which what is kept becomes what is told. What was kept as of a later instant is left as it is."""
    known = {key: one for key, one in kept.items() if one.last.known_from <= now}
    for key, one in told.items():
        before = known.get(key)
        if before is None and key in kept:
            continue
        if before is None or not before.standing or (before.last.kind, before.last.at) != (one.kind.value, one.at):
            said = {
                "kind": one.kind.value,
                "at": one.at,
                "learnt_at": one.learnt_at,
                "time_known_at": one.time_known_at,
            }
            yield _row(by, victim, case, one.source, key, before, now, said)
    for key, before in known.items():
        for last in before.standing if key not in told and before.last.at > since else ():
            gone = {"kind": last.kind, "at": last.at, "learnt_at": last.learnt_at, "strikes": last}
            yield _row(by, victim, case, last.source, key, before, now, gone, last.record_id)


def _row(
    by: Acting,
    victim: Victim,
    case: int,
    source: str,
    key: str,
    before: Kept | None,
    now: datetime,
    said: dict[str, Any],
    of: int = 0,
) -> CaseHappening:
    """A row under the event's key and her record, numbered so that what was taken back can be said again."""
    record = of or (before.last.record_id if before else victim.record)
    number = len(before.rows) if before else 0
    content = "\n".join(map(str, (number, case, said["kind"], said["at"].isoformat(), "strikes" in said)))
    return CaseHappening(
        force=by.force, record_id=record, case_id=case, source=source, source_key=f"{key}/{record}",
        content_sha256=hashlib.sha256(content.encode()).hexdigest(), known_from=now, **said,
    )  # fmt: skip


def _log(by: Acting, kind: EventKind, victims: Iterable[Victim], at: datetime) -> None:
    refs = {f"{what}/{one.reference}" for one in victims for what in ("victim", "person")}
    if refs:
        audit.record(kind=kind, actor=by.actor, refs=sorted(refs), request=by.request, now=at)
