"""What is due, for whoever asks: a queue, their own day, what a supervisor sees coming, and who is away (page map, P01, P03)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, Exists, Min, OuterRef, Q, QuerySet, When

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.access.models import User
from craffu.access.queries import closed_accounts, holders_of
from craffu.clocks.london import day_of, end_of, start_of
from craffu.work.models import Absence, Watch, WorkItem, WorkStep
from craffu.work.queues import QUEUES, SUPERVISOR, roles_of
from craffu.work.rules import SOON, Away, Band, Taken, away_on, covers, days_of
from craffu.work.states import ItemState

# No source has such a subject: its watch says that the source was asked about every one of its own.
ALL_ASKED = "*"


def asleep(by: Acting, source: str) -> bool:
    """Whether this source was never yet asked about everything for this force. One query."""
    return not Watch.objects.for_user(by).filter(source=source, subject=ALL_ASKED).exists()


def asked_about(by: Acting, sources: Collection[str]) -> frozenset[str]:
    """Those of these sources that were asked about everything for this force. One query."""
    return frozenset(_asked_about(by, tuple(sources)))


@prepared
def _asked_about(by: Acting, sources: tuple[str, ...]) -> QuerySet[Watch, str]:
    rows = Watch.objects.for_user(by).filter(source__in=sources, subject=ALL_ASKED)
    said: QuerySet[Watch, str] = rows.order_by().values_list("source", flat=True)
    return said


def awake_among(by: Acting, sources: Collection[str], at: datetime) -> frozenset[str]:
    """Those of these sources of which `awake` names somebody. One query."""
    return frozenset(_awake_among(by, at, tuple(sources)))


@prepared
def _awake_among(by: Acting, at: datetime, sources: tuple[str, ...]) -> QuerySet[Watch, str]:
    waiting = _awake(by, at).filter(source__in=sources).order_by()
    said: QuerySet[Watch, str] = waiting.values_list("source", flat=True)
    return said.distinct()


def _awake(by: Acting, at: datetime) -> QuerySet[Watch]:
    """To be asked as of an instant, the longest waiting first; none that was settled as of a later one."""
    waiting: QuerySet[Watch] = Watch.objects.for_user(by).filter(Q(settled_at=None) | Q(settled_at__lte=at))
    return waiting.filter(wakes_at__lte=at).order_by("wakes_at", "id")


def awake(
    by: Acting,
    source: str,
    at: datetime,
    most: int,
    *,
    among: Collection[int] | None = None,
    apart_from: Collection[int] = (),
) -> list[Watch]:
    """So many of one source's subjects that are to be asked, the longest waiting first. One query.

    `among` and `apart_from` are row numbers of watches: those alone, and none of these.
    """
    waiting = _awake(by, at).filter(source=source)
    if among is not None:
        waiting = waiting.filter(pk__in=sorted(among))
    if apart_from:
        waiting = waiting.exclude(pk__in=sorted(apart_from))
    return list(waiting[:most])


def awake_if_few(by: Acting, sources: Collection[str], at: datetime, most: int) -> dict[str, list[Watch]] | None:
    """All subjects of these sources that are to be asked, by source; None where they are more than so many. One query."""
    several = _first_awake(by, at, tuple(sources), most=most + 1)
    if len(several) > most:
        return None
    found: dict[str, list[Watch]] = {}
    for one in several:
        found.setdefault(one.source, []).append(one)
    return found


@prepared
def _first_awake(by: Acting, at: datetime, sources: tuple[str, ...], *, most: int) -> QuerySet[Watch]:
    return _awake(by, at).filter(source__in=sources)[:most]


def awake_of(by: Acting, named: Mapping[str, Collection[str]], at: datetime, most: int) -> dict[str, list[Watch]]:
    """Those of these subjects that are to be asked, by source, and so many of each at most. One query."""
    subjects = frozenset(one for several in named.values() for one in several)
    found: dict[str, list[Watch]] = {}
    for one in _awake(by, at).filter(source__in=sorted(named), subject__one_of=subjects):
        if one.subject in named[one.source] and len(so_far := found.setdefault(one.source, [])) < most:
            so_far.append(one)
    return found


def next_wake(by: Acting) -> datetime | None:
    """The next instant at which something is to be asked again. One query."""
    found: datetime | None = Watch.objects.for_user(by).aggregate(first=Min("wakes_at"))["first"]
    return found


def away_now(by: Acting, now: datetime) -> dict[int, int | None]:
    """Who is away today, each with who was named to cover: nobody, where that account was closed since. One query."""
    today = day_of(now)
    rows = Absence.objects.for_user(by).filter(first__lte=today, last__gte=today).order_by("id")
    covers_still = Case(When(cover__is_active=True, then="cover_id"))
    return away_on((Away(*one) for one in rows.values_list("who_id", "first", "last", covers_still, "why")), today)


def is_free(left: Collection[int]) -> Q:
    """That work is nobody's, or of somebody whose account is closed, as `closed_accounts` names them."""
    return Q(owner=None) | Q(owner__in=sorted(left)) if left else Q(owner=None)


def covered_by(user: int | None, away: Mapping[int, int | None]) -> list[int]:
    """Those whose work somebody does today beside their own."""
    return sorted(who for who in away if who != user and covers(away, who) == user)


def absences_listed(by: Acting, now: datetime) -> list[Absence]:
    """The absences that are not over, in the order of their first day. One query."""
    rows = Absence.objects.for_user(by).filter(last__gte=day_of(now)).select_related("who", "cover")
    return list(rows.order_by("first", "last", "id"))


class Tab(StrEnum):
    """Whose work a queue shows; the value is part of an address."""

    MINE = "mine"
    TEAM = "team"
    COVER = "cover"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of a queue is asked for."""

    band: Band | None = None
    kind: str = ""
    owner: int | None = None


@dataclass(frozen=True, slots=True)
class QueueSeen:
    """A queue for its reader: its rows, how many each tab has, and how it fares."""

    rows: Any
    counts: Mapping[Tab, int]
    away: Mapping[int, int | None] = field(default_factory=dict)
    waiting_since: datetime | None = None
    received: int = 0
    closed: int = 0


def _open(by: Acting) -> QuerySet[WorkItem]:
    """Open items of the reader's force that are about no record that is shut to them or beyond their reach."""
    return _without_shut(by, WorkItem.objects.for_user(by).filter(state=ItemState.OPEN))


def _without_shut(by: Acting, rows: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    for kind, references in by.closed.items():
        rows = rows.exclude(about_kind=kind, about__in=references)
    for case in by.closed.get("case", ()):
        rows = rows.exclude(cases__contains=f" {case} ")
    return rows


def _tab(tab: Tab, by: Acting, away: Mapping[int, int | None], left: Collection[int]) -> Q:
    me = by.user.pk if by.user else None
    uncovered = [who for who in away if covers(away, who) is None] if by.holds_any(SUPERVISOR) else []
    conditions = {
        Tab.MINE: Q(owner=me),
        Tab.TEAM: ~is_free(left),
        Tab.COVER: Q(owner__in=[*covered_by(me, away), *uncovered]),
        Tab.UNASSIGNED: is_free(left),
    }
    return conditions[tab]


def queue(by: Acting, key: str, tab: Tab, now: datetime, narrowed: Narrowed | None = None) -> QueueSeen:
    """One queue, the worst consequence first, then the longest overdue, then the soonest due. Eight queries and its page's."""
    away, left, asked = _covered_in(by, key, away_now(by, now)), closed_accounts(by), narrowed or Narrowed()
    of_queue = _open(by).filter(_within(asked, now), queue=key)
    counts = of_queue.aggregate(**{one.value: Count("pk", filter=_tab(one, by, away, left)) for one in Tab})
    rows = (
        of_queue.filter(_tab(tab, by, away, left))
        .select_related("owner")
        .order_by("rank", "overdue_from", "due_at", "id")
    )
    week = start_of(day_of(now) - timedelta(days=day_of(now).weekday()))
    lately = Q(state=ItemState.OPEN) | Q(raised_at__gte=week) | Q(over_at__gte=week)
    fares = _without_shut(by, WorkItem.objects.for_user(by).filter(lately, queue=key)).aggregate(
        longest=Min("raised_at", filter=Q(state=ItemState.OPEN)),
        received=Count("pk", filter=Q(raised_at__gte=week)),
        closed=Count("pk", filter=Q(over_at__gte=week)),
    )
    return QueueSeen(
        rows, {one: counts[one.value] for one in Tab}, away, fares["longest"], fares["received"], fares["closed"]
    )


def _covered_in(by: Acting, key: str, away: Mapping[int, int | None]) -> Mapping[int, int | None]:
    """Who is away, with who covers in one queue: nobody, where whoever was named does not work on it. Two queries at most."""
    if not any(away.values()):
        return away
    able = {one.pk for one in workers_of(by, key)}
    return {who: cover if cover in able else None for who, cover in away.items()}


def _within(asked: Narrowed, now: datetime) -> Q:
    condition = Q()
    if asked.band:
        first, last = days_of(asked.band, day_of(now))
        condition &= Q(raised_at__lt=end_of(last))
        condition &= Q(raised_at__gte=start_of(first)) if first else Q()
    if asked.kind:
        condition &= Q(kind=asked.kind)
    return condition & Q(owner=asked.owner) if asked.owner else condition


def kinds_in(by: Acting, key: str) -> list[str]:
    """The kinds of work that stand in a queue. One query."""
    return sorted(_open(by).filter(queue=key).order_by().values_list("kind", flat=True).distinct())


def workers_of(by: Acting, key: str) -> list[User]:
    """Who may be given work of a queue, by name. Two queries."""
    return holders_of(by, roles_of(key))


def _held(by: Acting, away: Mapping[int, int | None]) -> QuerySet[WorkItem]:
    me = by.user.pk if by.user else None
    return _open(by).filter(owner__in=[me, *covered_by(me, away)] if me else [])


def held_by(by: Acting, now: datetime) -> QuerySet[WorkItem]:
    """The open work that the reader has, or covers for today. One query, and one when it is read."""
    return _held(by, away_now(by, now))


def todays(by: Acting, now: datetime, away: Mapping[int, int | None], most: int) -> list[WorkItem]:
    """What the reader has, or covers, and is due within the week or late: the worst consequence first. One query."""
    rows = _held(by, away).filter(due_at__lt=end_of(day_of(now) + SOON)).select_related("owner")
    return list(rows.order_by("rank", "overdue_from", "due_at", "id")[:most])


@dataclass(frozen=True, slots=True)
class Others:
    """What a queue holds that is not the reader's: of nobody, how much of that late; of others, late or soon to be."""

    queue: str
    free: int
    free_late: int
    late: int
    soon: int


def others_work(by: Acting, now: datetime, away: Mapping[int, int | None]) -> list[Others]:
    """Work that nobody has in the queues of the reader's roles, and for supervisors what others miss or soon will.

    A supervisor is told of what is foreseen or missed in every queue that is supervised (MON-04). Four queries at most, three
    each of a part of the index: one of all would read it whole, and hold a hundred thousand rows against each count.
    """
    me = by.user.pk if by.user else None
    is_supervisor = by.holds_any(SUPERVISOR)
    theirs = {key for key, roles in QUEUES.items() if by.holds_any(*roles)}
    supervises = {key for key in QUEUES if is_supervisor and SUPERVISOR in roles_of(key)}
    queues, left = tuple(sorted(theirs | supervises)), tuple(sorted(closed_accounts(by)))
    free, free_late = dict(_free_in(by, queues, left)), dict(_free_and_late_in(by, queues, left, now))
    missed: dict[str, tuple[int, int]] = {}
    if is_supervisor and me:
        mine = (me, *covered_by(me, away), *left)
        missed = {queue: (late, soon) for queue, late, soon in _missed_in(by, queues, mine, now) if late or soon}
    return [
        Others(queue, free.get(queue, 0), free_late.get(queue, 0), *missed.get(queue, (0, 0)))
        for queue in sorted(free.keys() | missed.keys())
    ]


def _in_queues(by: Acting, queues: tuple[str, ...]) -> QuerySet[WorkItem]:
    return _open(by).filter(queue__in=queues).order_by()


def _free_in(by: Acting, queues: tuple[str, ...], left: tuple[int, ...]) -> QuerySet[WorkItem, tuple[str, int]]:
    """Each of these queues in which there is work that nobody has, with how much."""
    return _in_queues(by, queues).filter(is_free(left)).values_list("queue").annotate(number=Count("*"))


def _free_and_late_in(
    by: Acting, queues: tuple[str, ...], left: tuple[int, ...], now: datetime
) -> QuerySet[WorkItem, tuple[str, int]]:
    late = _in_queues(by, queues).filter(is_free(left), overdue_from__lte=now)
    return late.values_list("queue").annotate(number=Count("*"))


def _missed_in(
    by: Acting, queues: tuple[str, ...], mine: tuple[int, ...], now: datetime
) -> QuerySet[WorkItem, tuple[str, int, int]]:
    """Each of these queues in which others have work, with how much of it is late and how much soon will be."""
    anothers = _in_queues(by, queues).filter(owner__isnull=False).exclude(owner__in=mine)
    return anothers.values_list("queue").annotate(
        late=Count("queue", filter=Q(overdue_from__lte=now)),
        soon=Count("queue", filter=Q(overdue_from__gt=now, foreseen_at__lte=now)),
    )


def taken_to_inspector(by: Acting, most: int) -> list[WorkItem]:
    """Open work that was missed and taken to the inspector, the worst consequence first, of like ones what was missed last.

    Whom to warn since yesterday stands above what years of a first delivery left behind. One query (MON-04).
    """
    told = WorkStep.objects.for_user(by).filter(item=OuterRef("pk"), step=Taken.INSPECTOR)
    rows = _open(by).filter(Exists(told)).select_related("owner")
    return list(rows.order_by("rank", "-overdue_from", "id")[:most])


def supervised(by: Acting, now: datetime) -> QuerySet[WorkItem]:
    """Open work in a supervisor's reach that is missed, or will be before long if nobody does it (MON-04)."""
    queues = [key for key in QUEUES if by.holds_any(SUPERVISOR) and SUPERVISOR in roles_of(key)]
    return _open(by).filter(foreseen_at__lte=now, queue__in=queues).order_by("rank", "overdue_from", "id")


def owner_of(by: Acting, kind: str, about: tuple[str, str]) -> User | None:
    """Whose open work of a kind about a record is; None while it is nobody's, or has not been raised yet. One query."""
    rows = _open(by).filter(kind=kind, about_kind=about[0], about=about[1], owner__isnull=False)
    item = rows.select_related("owner").order_by("id").last()
    return item.owner if item is not None else None


def steps_of(by: Acting, items: Collection[int]) -> list[WorkStep]:
    """Every step of some items, in the order they were taken. One query."""
    return list(
        WorkStep.objects.for_user(by).filter(item__in=sorted(items)).select_related("to").order_by("item", "id")
    )


def items_of(by: Acting, source: str, subject: str) -> list[WorkItem]:
    """All that is or was due of one subject of a source, open to the reader, the first raised first. One query."""
    rows = WorkItem.objects.for_user(by).filter(watch__source=source, watch__subject=subject).select_related("owner")
    return list(rows.order_by("raised_at", "id"))
