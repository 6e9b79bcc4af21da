"""What a digest says of the force at an instant: work ahead, figures that were worked out already, and what moved (X13).

Each number is asked where the pages ask it. What is small is hidden as it is shown, by whoever reads.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Q

from craffu.access.acting import Acting
from craffu.breaches.models import BreachMismatch
from craffu.measures.ahead.queries import ahead
from craffu.measures.digests.rules import CODES
from craffu.measures.kept.counted import kept_counted
from craffu.measures.kept.reading import Kept, kept_figures
from craffu.measures.places import folder_of
from craffu.work.models import WorkItem
from craffu.work.states import ItemState

_WEEK: Final = timedelta(days=7)


def gathered(by: Acting, week: date, now: datetime) -> dict[str, Any]:
    """Five queries and two files. Of the whole force, restricted records too: a count without some is of something else."""
    kept, counted, coming = kept_figures(folder_of(by)), kept_counted(folder_of(by)), ahead(by, now)
    is_of_it = kept is not None and counted is not None and counted.snapshot == kept.snapshot
    return {
        "week": week.isoformat(), "at": now.isoformat(), "figures": _whole(kept) if kept else None,
        "signals": [_said(one) for one in counted.signals] if counted is not None and is_of_it else [],
        "queues": _queues(by, now), "orders": {one.value: list(counts) for one, counts in coming.work.items()},
        "ending": coming.ending, "mismatches": _mismatches(by, now),
    }  # fmt: skip


def _said(signal: Any) -> dict[str, Any]:
    return {**asdict(signal), "month": signal.month.isoformat()}


def _whole(kept: Kept) -> dict[str, Any]:
    """The figures of the whole force of the measures that any digest tells of, as they were told to each kind of reader."""
    return {
        "snapshot": kept.snapshot, "digest": kept.digest, "at": kept.at.isoformat(), "first": kept.first.isoformat(),
        "last": kept.last.isoformat(), "first_before": kept.first_before.isoformat(),
        "last_before": kept.last_before.isoformat(),
        "measures": {code: _without_splits(kept.measures[code]) for code in CODES if code in kept.measures},
    }  # fmt: skip


def _without_splits(held: Mapping[str, Any]) -> dict[str, Any]:
    told = {
        to: {name: [one for one in several if not one["split"]] for name, several in both.items()}
        for to, both in held["told"].items()
    }
    return {**held, "told": told}


def _queues(by: Acting, now: datetime) -> dict[str, list[int]]:
    rows = WorkItem.objects.for_user(by.joining()).filter(state=ItemState.OPEN).order_by()
    counted = rows.values("queue").annotate(
        overdue=Count("pk", filter=Q(overdue_from__lte=now)),
        week=Count("pk", filter=Q(overdue_from__gt=now, due_at__lte=now + _WEEK)),
    )
    return {row["queue"]: [row["overdue"], row["week"]] for row in counted if row["overdue"] or row["week"]}


def _mismatches(by: Acting, now: datetime) -> int:
    """Those that arose within the week and still stand (BRC-03)."""
    rows = BreachMismatch.objects.for_user(by.joining())
    return int(rows.filter(since__gt=now - _WEEK, since__lte=now, until=None).count())
