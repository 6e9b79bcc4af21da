"""Each list is due by eight: it came and was matched, or somebody asks where it is (BRC-08, INT-06). A subject is a list's name.

A list that never came is awaited by nobody: the page says that it is not available.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.breaches.lists.rules import MorningList
from craffu.clocks.london import day_of, start_of
from craffu.intake.models import Run
from craffu.intake.morning.actions import keep_releases
from craffu.intake.morning.reading import COMES_IN, due_at, last_came, morning
from craffu.intake.states import RunState
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How

LIST: Final = "morning_list"
QUEUE: Final = "morning-lists"
WHYS: Final[Mapping[MorningList, str]] = {one: f"morning_list_{one.value}" for one in MorningList}
_EVER: Final = datetime(1, 1, 1, tzinfo=UTC)
_DAY: Final = timedelta(days=1)
# How often it is asked whether an awaited list has come.
_LOOKS_EVERY: Final = timedelta(minutes=15)


def every_list(_by: Acting) -> Iterable[str]:
    return [one.value for one in MorningList]


def lists_named(_by: Acting, _topic: str, _subjects: Collection[str]) -> Iterable[str]:
    return ()


def keep_what_is_matched(by: Acting, subjects: Collection[str], now: datetime) -> None:
    """The lists of today are matched again whenever they are asked for: what is known has grown."""
    if MorningList.RELEASE.value in subjects:
        keep_releases(by=by, morning=morning(by, day_of(now), now), now=now)


def lists_due(by: Acting, subjects: Collection[str], now: datetime) -> Mapping[str, Answer]:
    """Whether each list of today and of the day before came. Ten queries at most."""
    ever = last_came(by, now)
    today = day_of(now)
    found: dict[str, Answer] = {}
    for name in MorningList:
        if name.value not in subjects:
            continue
        if name not in ever:
            found[name.value] = Answer((), start_of(today + _DAY))
            continue
        # Nobody awaited it before it came for the first time.
        first = day_of(_first_since(by, name, _EVER, now) or now)
        days = [day for day in (today - _DAY, today) if day >= first]
        dues = tuple(_due(by, name, day, now, ever[name]) for day in days)
        is_awaited = any(one.done_at is None for one in dues)
        wakes = min(start_of(today + _DAY), now + _LOOKS_EVERY) if is_awaited else start_of(today + _DAY)
        found[name.value] = Answer(dues, wakes)
    return found


def _due(by: Acting, name: MorningList, day: date, now: datetime, last: datetime) -> Due:
    raised, limit = start_of(day), due_at(day)
    came = last if due_at(day - _DAY) <= last else None
    if came is not None and came > due_at(day):
        # It came since, or a later one did: what counts is the first that came for this day.
        came = _first_since(by, name, due_at(day - _DAY), now) or came
    done = max(came, raised) if came is not None else None
    return Due(
        kind=LIST, key=f"{day.isoformat()}/{name.value}", about=("list", name.value), queue=QUEUE, why=WHYS[name],
        what_if_not=Consequence.HARM_UNWARNED, raised_at=raised, due_at=limit, overdue_from=limit,
        facts={"limit": "policy"}, done_at=done, how=None if done is None else How.DONE,
    )  # fmt: skip


def _first_since(by: Acting, name: MorningList, since: datetime, now: datetime) -> datetime | None:
    """When this list first came since then: a file of the same kind without its table is another list."""
    kind, table = COMES_IN[name]
    runs = Run.objects.for_user(by).filter(kind=kind, state=RunState.FINISHED.value, finished_at__range=(since, now))
    came = (runs.filter(totals__has_key=table) if table else runs).order_by("finished_at")
    first: datetime | None = came.values_list("finished_at", flat=True).first()
    return first


SOURCE: Final = Source(
    key="morning_lists",
    topics=frozenset(),
    rules={LIST: "BRC-08"},
    whys=frozenset(WHYS.values()),
    queues=frozenset({QUEUE}),
    every=every_list,
    named=lists_named,
    due=lists_due,
    keep=keep_what_is_matched,
)
