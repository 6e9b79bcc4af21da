"""The only writes of due work: make what is kept equal to what packages answer, take and give work, say who is away (MON-04).

Everything but a person's own acts is done by the clock, for one force at a time, so that nobody is told of anything twice.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_same_force
from craffu.access.queries import acting_user, closed_accounts
from craffu.access.reach.queries import shut_to
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action, bookkeeping
from craffu.common.locks import lock_until_commit
from craffu.work import events
from craffu.work.ahead import written
from craffu.work.facts import Answer, Due
from craffu.work.models import Absence, Watch, WorkItem, WorkStep
from craffu.work.permissions import check_can_open, check_can_supervise
from craffu.work.policies import check_absence, check_can_have, check_is_something, check_still_there
from craffu.work.queries import ALL_ASKED, is_free
from craffu.work.queues import roles_of
from craffu.work.rules import ONCE, RANK, TOLD_AFTER, How, Reassign, Step, Taken, Why, foreseen_at, missed
from craffu.work.states import ItemState

TOLD_AS: Final = {Step.SUPERVISOR: Taken.SUPERVISOR, Step.INSPECTOR: Taken.INSPECTOR}
ENDED_AS: Final = {How.DONE: Taken.DONE, How.EXCUSED: Taken.EXCUSED, How.WITHDRAWN: Taken.WITHDRAWN}
_LOGGED_AS: Final[Mapping[Taken, EventKind]] = {
    Taken.RAISED: events.WORK_RAISED,
    Taken.RETURNED: events.WORK_RAISED,
    Taken.SUPERVISOR: events.WORK_MISSED,
    Taken.INSPECTOR: events.WORK_ESCALATED,
    Taken.DONE: events.WORK_DONE,
    Taken.EXCUSED: events.WORK_EXCUSED,
    Taken.WITHDRAWN: events.WORK_WITHDRAWN,
}
# So many subjects of a batch are written together.
_ALIKE: Final = 20
_KEPT: Final = (
    "watch", "about_kind", "about", "of_case", "cases", "queue", "why", "facts", "rule", "what_if_not", "rank", "due_at",
    "overdue_from", "foreseen_at", "said_owner", "owner", "state", "over_at", "missed_from",
)  # fmt: skip

_AS_KEPT: Final = tuple(f"{name}_id" if name in {"watch", "said_owner", "owner"} else name for name in _KEPT)


def lock_work(by: Acting) -> None:
    """One at a time for a force, from the question on: what is asked before it could be old when it is stored."""
    lock_until_commit("work", by.force.code)


@bookkeeping
def wake(*, by: Acting, subjects: Mapping[str, Collection[str]], at: datetime) -> None:
    """These subjects of each source are asked at the next tick from `at` on, those unheard of too. Three queries."""
    wanted = {(source, subject) for source, several in subjects.items() for subject in several}
    if not wanted:
        return
    lock_work(by)
    watches = Watch.objects.for_user(by).filter(
        source__in=sorted({source for source, _ in wanted}), subject__one_of=frozenset(subject for _, subject in wanted)
    )
    later: set[int] = set()
    for row, wakes_at, *known in watches.order_by().values_list("pk", "wakes_at", "source", "subject"):
        if tuple(known) in wanted:
            wanted.remove(tuple(known))
            if wakes_at is None or wakes_at > at:
                later.add(row)
    if later:
        Watch.objects.for_user(by).filter(pk__one_of=frozenset(later)).update(wakes_at=at)
    if wanted:
        Watch.objects.append_rows(
            ("source", "subject"), sorted(wanted), {"force": by.force.pk, "wakes_at": at, "ahead": []}
        )


@bookkeeping
def note_all_asked(*, by: Acting, source: str, at: datetime) -> None:
    """Every subject of a source was waked once: from now on only what changes is asked about."""
    lock_work(by)
    if not Watch.objects.for_user(by).filter(source=source, subject=ALL_ASKED).exists():
        Watch.objects.create(force=by.force, source=source, subject=ALL_ASKED, settled_at=at)


@dataclass(slots=True)
class Settled:
    """What came of settling: how many steps of each kind items took, and for how many subjects nothing changed."""

    steps: Counter[Taken] = field(default_factory=Counter)
    unchanged: int = 0


@bookkeeping
def wake_subjects(*, by: Acting, subjects: Collection[str], at: datetime) -> int:
    """Whatever is known by any of these names is asked of anew, whichever source it is of. Returns how many that are."""
    lock_work(by)
    watches = Watch.objects.for_user(by.joining()).filter(subject__one_of=frozenset(subjects))
    return int(watches.update(wakes_at=at))


@bookkeeping
def settle(*, by: Acting, rules: Mapping[str, str], answers: Mapping[Watch, Answer], now: datetime) -> Settled:
    """Make what is kept of these subjects equal to what their sources answer as of `now`, and tell whoever is to be told.

    An item is raised once and keeps its key. Its due may be brought forward and is never put back, and what was missed stays
    missed, whatever comes later (MON-04). What is answered no more and was open is withdrawn. Twice is the same as once; a
    subject that was settled as of a later instant is left as it is. Whatever changes is logged; that nothing did, is not.

    What another subject answered before moves to the one that answers it now, with every step it took: where records are
    linked or parted, nobody is told of it anew.
    """
    lock_work(by)
    fresh = {one: answer for one, answer in answers.items() if one.settled_at is None or one.settled_at <= now}
    answered = {(due.kind, due.key) for answer in fresh.values() for due in answer.dues if due.raised_at <= now}
    held = _held(by, fresh)
    items = {(item.kind, item.key): item for item in held}
    items |= _held_elsewhere(by, answered - items.keys())
    told = _told(by, items.values()) if items else {}
    unanswered: dict[int, list[WorkItem]] = {}
    for item in held:
        if (item.kind, item.key) not in answered:
            unanswered.setdefault(item.watch_id, []).append(item)
    done, changes = Settled(), _Changes(by, rules, now)
    for watch, answer in fresh.items():
        before = len(changes.steps) + len(changes.changed)
        later: list[datetime] = []
        for due in answer.dues:
            if due.raised_at > now:
                continue
            found = items.get((due.kind, due.key))
            if found is not None and found.watch.settled_at is not None and found.watch.settled_at > now:
                # Another subject answered it as of a later instant: it is asked again then, and not undone now.
                later.append(found.watch.settled_at)
                continue
            known = told.get(found.pk, set()) if found else None
            changes.follow(found or _new(by, watch, due, now), due, known, watch)
        for item in unanswered.get(watch.pk, ()):
            changes.end_unanswered(item)
        watch.wakes_at = min([*changes.wakes_of(watch, answer), *later], default=None)
        watch.settled_at = now
        watch.ahead = written(answer.dues, rules, now)
        done.unchanged += before == len(changes.steps) + len(changes.changed)
    done.steps = changes.store()
    _keep_watches(by, fresh, now)
    return done


def _keep_watches(by: Acting, settled: Iterable[Watch], now: datetime) -> None:
    """Write when each of these is asked again. Of most nothing comes: those that wake alike are written by one statement,
    since one that names a value for each row takes with the square of their number.
    """
    alike: dict[tuple[datetime | None, str], list[Watch]] = {}
    for one in settled:
        alike.setdefault((one.wakes_at, str(one.ahead)), []).append(one)
    for (wakes_at, _), several in alike.items():
        if len(several) >= _ALIKE:
            rows = Watch.objects.for_user(by).filter(pk__one_of=frozenset(one.pk for one in several))
            rows.update(wakes_at=wakes_at, settled_at=now, ahead=several[0].ahead)
    others = [one for several in alike.values() if len(several) < _ALIKE for one in several]
    if others:
        Watch.objects.bulk_update(others, ["wakes_at", "settled_at", "ahead"])


def _held(by: Acting, watches: Collection[Watch]) -> list[WorkItem]:
    of = {one.pk: one for one in watches}
    items = list(WorkItem.objects.for_user(by).filter(watch__one_of=frozenset(of)))
    for item in items:
        item.watch = of[item.watch_id]
    return items


def _held_elsewhere(by: Acting, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], WorkItem]:
    """Those of these items that other subjects answered before, by kind and key. No query where there is nothing new."""
    if not wanted:
        return {}
    rows = WorkItem.objects.for_user(by).filter(
        kind__in=sorted({kind for kind, _ in wanted}), key__one_of=frozenset(key for _, key in wanted)
    )
    return {(one.kind, one.key): one for one in rows.select_related("watch") if (one.kind, one.key) in wanted}


def _told(by: Acting, items: Iterable[WorkItem]) -> dict[int, set[str]]:
    """What was raised or told of these items already, by item."""
    found: dict[int, set[str]] = {}
    rows = WorkStep.objects.for_user(by).filter(item__one_of=frozenset(one.pk for one in items), step__in=ONCE)
    for item, step in rows.order_by().values_list("item_id", "step"):
        found.setdefault(item, set()).add(step)
    return found


def _new(by: Acting, watch: Watch, due: Due, now: datetime) -> WorkItem:
    return WorkItem(
        force=by.force, watch=watch, kind=due.kind, key=due.key, raised_at=due.raised_at, due_at=due.due_at,
        overdue_from=due.overdue_from, said_owner_id=due.owner, owner_id=due.owner, known_from=now,
    )  # fmt: skip


class _Changes:
    """What settling changes, gathered for many subjects and stored in a few statements."""

    def __init__(self, by: Acting, rules: Mapping[str, str], now: datetime) -> None:
        self.by = by
        self.rules = rules
        self.now = now
        self.new: list[WorkItem] = []
        self.changed: list[WorkItem] = []
        self.steps: list[tuple[WorkItem, Taken, datetime, int | None]] = []
        self._wakes: dict[int, list[datetime]] = {}

    def follow(self, item: WorkItem, due: Due, told: set[str] | None, watch: Watch) -> None:
        """Bring one item to where its source says it is, among what this watch answers; `told` is None for a new one."""
        kept = None if told is None else _said(item)
        item.watch = watch
        is_over = due.done_at is not None and due.done_at <= self.now
        over_at = due.done_at if is_over else None
        state = ItemState(due.how.value) if is_over and due.how else ItemState.OPEN
        if told is None:
            self.new.append(item)
            self._step(item, Taken.RAISED, due.raised_at, due.owner)
        elif state is ItemState.OPEN and item.state != state:
            self._step(item, Taken.RETURNED, self.now)
        self._copy(item, due)
        self._tell(item, due.done_at, told or set())
        if item.state != state and state is not ItemState.OPEN and over_at is not None:
            self._step(item, ENDED_AS[How(state.value)], over_at)
        item.state, item.over_at = state, over_at
        if kept is not None and kept != _said(item):
            self.changed.append(item)
        self._wake(item, [due.done_at] if due.done_at else [])

    def _copy(self, item: WorkItem, due: Due) -> None:
        """What its source says of it now. The due is brought forward where that is earlier, and never put back."""
        if due.overdue_from < item.overdue_from:
            item.due_at, item.overdue_from = due.due_at, due.overdue_from
            self._step(item, Taken.FORWARD, self.now)
        item.foreseen_at = foreseen_at(item.raised_at, item.overdue_from)
        item.about_kind, item.about = due.about
        item.of_case, item.queue, item.why, item.facts = due.of_case, due.queue, due.why, dict(due.facts)
        item.rule = self.rules[due.kind]
        item.cases = f" {' '.join(sorted(due.cases))} " if due.cases else ""
        item.what_if_not, item.rank = due.what_if_not.value, RANK[due.what_if_not]
        if due.owner != item.said_owner_id:
            item.said_owner_id = item.owner_id = due.owner
            self._step(item, Taken.GIVEN, self.now, due.owner)

    def _tell(self, item: WorkItem, done_at: datetime | None, told: set[str]) -> None:
        """Each step of MON-04 once, and before them, that the supervisor sees it coming."""
        until = self.now if done_at is None else min(done_at, self.now)
        if Taken.FORESEEN not in told and item.foreseen_at <= until:
            self._step(item, Taken.FORESEEN, item.foreseen_at)
        stands = missed(item.overdue_from, self.now, done_at=done_at, already_raised=told)
        for one in stands.new_escalations:
            self._step(item, TOLD_AS[one], item.overdue_from + TOLD_AFTER[one])
        if stands.missed and item.missed_from is None:
            item.missed_from = item.overdue_from

    def end_unanswered(self, item: WorkItem) -> None:
        """Its source answers it no more: what was open counts as withdrawn, what was over stays as it was."""
        if item.state == ItemState.OPEN:
            item.state, item.over_at = ItemState.WITHDRAWN, self.now
            self._step(item, Taken.WITHDRAWN, self.now)
            self.changed.append(item)

    def _step(self, item: WorkItem, step: Taken, true_from: datetime, to: int | None = None) -> None:
        self.steps.append((item, step, true_from, to))

    def _wake(self, item: WorkItem, also: Iterable[datetime]) -> None:
        """When an item takes its next step by itself: those instants that lie ahead."""
        ahead = [*also]
        if item.state == ItemState.OPEN:
            ahead += [item.foreseen_at, *(item.overdue_from + wait for wait in TOLD_AFTER.values())]
        self._wakes.setdefault(item.watch_id, []).extend(at for at in ahead if at > self.now)

    def wakes_of(self, watch: Watch, answer: Answer) -> list[datetime]:
        """Every instant ahead at which a subject is to be asked again."""
        said = [answer.wakes_at, *(due.raised_at for due in answer.dues)]
        return [*self._wakes.get(watch.pk, []), *(at for at in said if at is not None and at > self.now)]

    def store(self) -> Counter[Taken]:
        """Write it all, with one row in the log for each kind of event. Returns how many steps of each kind were taken."""
        WorkItem.objects.bulk_create(self.new)
        WorkItem.objects.bulk_update(self.changed, _KEPT)
        WorkStep.objects.bulk_create(
            WorkStep(
                force=self.by.force, item=item, step=step, true_from=true_from, known_from=self.now,
                by=self.by.actor.name, to_id=to,
            )
            for item, step, true_from, to in self.steps
        )  # fmt: skip
        logged: dict[str, list[WorkItem]] = {}
        for item, step, _at, _to in self.steps:
            if step in _LOGGED_AS:
                logged.setdefault(_LOGGED_AS[step].key, []).append(item)
        for kind in dict.fromkeys(_LOGGED_AS.values()):
            if items := logged.get(kind.key):
                _log(self.by, kind, items, self.now)
        if not logged and (self.steps or self.changed):
            _log(self.by, events.WORK_CHANGED, [*self.changed, *(one[0] for one in self.steps)], self.now)
        return Counter(step for _item, step, _at, _to in self.steps)


def _said(item: WorkItem) -> tuple[object, ...]:
    return tuple(getattr(item, name) for name in _AS_KEPT)


def _log(by: Acting, kind: EventKind, items: Collection[WorkItem], at: datetime, reason: str = "") -> None:
    audit.record(
        kind=kind,
        actor=by.actor,
        refs={ref for item in items for ref in item.refs},
        counts={"items": len(items)},
        reason=reason,
        request=by.request,
        now=at,
    )


@action
def take_on(*, by: Acting, item: int, now: datetime | None = None) -> None:
    """Take work from a queue that is nobody's, or of somebody whose account is closed.

    Raises Conflict where somebody was first, NotPermitted for another's queue.
    """
    lock_work(by)
    at = now or clock.now()
    found = WorkItem.objects.for_user(by).select_for_update(of=("self",)).filter(pk=item).first()
    check_still_there(wanted=1, found=int(found is not None))
    user = check_can_open(by, found.queue)
    unassigned = WorkItem.objects.for_user(by).filter(is_free(closed_accounts(by)), pk=item, state=ItemState.OPEN)
    check_still_there(wanted=1, found=unassigned.update(owner=user))
    _hand_over(by, [found], Taken.TOOK, user, "", at)
    _log(by, events.WORK_TAKEN, [found], at)


@action
def reassign(
    *, by: Acting, items: Collection[int], to: User | None, reason: Reassign, now: datetime | None = None
) -> int:
    """Give work to somebody else, or to nobody yet: all that was chosen or none of it. Returns how many changed hands."""
    check_can_supervise(by)
    lock_work(by)
    at, chosen = now or clock.now(), frozenset(items)
    check_is_something(chosen)
    rows = WorkItem.objects.for_user(by).filter(pk__in=sorted(chosen), state=ItemState.OPEN)
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    check_still_there(wanted=len(chosen), found=len(found))
    for queue in {item.queue for item in found}:
        check_can_open(by, queue)
    if to is not None:
        check_same_force(by, to)
        theirs = acting_user(to)
        check_can_have(
            to,
            shut_to(theirs, "case", {item.of_case for item in found if item.of_case}),
            works_on_it=all(theirs.holds_any(*roles_of(item.queue)) for item in found),
        )
    moved = [item for item in found if item.owner_id != (to.pk if to else None)]
    if moved:
        rows.filter(pk__in=[item.pk for item in moved]).update(owner=to)
        _hand_over(by, moved, Taken.REASSIGNED, to, reason.value, at)
        _log(by, events.WORK_REASSIGNED, moved, at, reason.value)
    return len(moved)


def _hand_over(by: Acting, items: Iterable[WorkItem], step: Taken, to: User | None, reason: str, at: datetime) -> None:
    WorkStep.objects.bulk_create(
        WorkStep(
            force=by.force, item=item, step=step, true_from=at, known_from=at, by=by.actor.name, to=to, reason=reason
        )
        for item in items
    )


@action
def record_absence(
    *, by: Acting, who: User, first: date, last: date, cover: User | None, why: Why, now: datetime | None = None
) -> Absence:
    """Somebody is away, and who covers; or, as `Why.BACK`, is there after all. The last word on a day counts."""
    check_can_supervise(by)
    at = now or clock.now()
    for user in (who, *([cover] if cover else [])):
        check_same_force(by, user)
    check_absence(first, last, day_of(at), who, cover)
    row: Absence = Absence.objects.create(
        force=by.force, who=who, first=first, last=last, cover=None if why is Why.BACK else cover, why=why.value,
        recorded_by=by.actor.name, known_from=at,
    )  # fmt: skip
    refs = [f"user/{user.username}" for user in (who, *([cover] if cover else []))]
    audit.record(kind=events.ABSENCE_RECORDED, actor=by.actor, refs=refs, reason=why.value, request=by.request, now=at)
    return row
