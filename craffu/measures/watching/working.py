"""The measures that are watched month by month over a snapshot, and which orders a signal is about (MSR-08; ADR 89)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from craffu.engines.choice import Engine
from craffu.engines.expressions import answered
from craffu.engines.snapshots import Snapshot
from craffu.measures.definitions import definition
from craffu.measures.engine.asking import Asked
from craffu.measures.engine.catalogue import WORKED
from craffu.measures.engine.running import Wanted, asked_of
from craffu.measures.watching.rules import Alert, Month, alert

# By the day on which each of their rows is counted.
WATCHED: Final[Mapping[str, str]] = {"MET09": "made_on", "MET13": "last_day", "MET16": "closed_on", "MET25": "last_day"}
MONTHS: Final = 24
_FIRST_DAY: Final = date(1970, 1, 1)


def whole_months(last: date) -> list[date]:
    """The first days of the calendar months that were over by a day, the newest last."""
    first = (last + timedelta(days=1)).replace(day=1)
    found = []
    for _ in range(MONTHS):
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(first)
    return found[::-1]


def alerts_of(snapshot: Snapshot, engine: Engine) -> Iterator[tuple[str, str, Alert, list[str]]]:
    """Each measure and part with a signal, and the orders that its month counted. Raises as `figures_of`."""
    now = asked_of(Wanted(), snapshot)
    months = whole_months(now.last)
    ends = (months[-1] + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    for code, day in WATCHED.items():
        worked, tables = WORKED[code], snapshot.tables(WORKED[code].tables)
        rows = answered(worked.asks(Asked(months[0], ends, now.at), day), tables, engine).to_pylist()
        for part in worked.parts:
            found = alert(_by_month(rows, part, worked.of, months), definition(code).better)
            if found is not None:
                of_month = answered(worked.asks(Asked(months[-1], ends, now.at), "order"), tables, engine).to_pylist()
                yield code, part, found, sorted(row["by"] for row in of_month if row[worked.of])


def _by_month(rows: list[dict[str, Any]], part: str, of: str, months: list[date]) -> list[Month]:
    counts: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        month = counts[(_FIRST_DAY + timedelta(days=row["by"])).replace(day=1)]
        month[0] += row[part]
        month[1] += row[of]
    return [Month(first, *counts[first]) for first in months]
