"""The measures that are watched month by month over a snapshot, and which records a signal is about (MSR-08; ADR 89 and 92).

Every measure of a period whose rows each have a day. What stands at an instant is not: one month holds the orders of the month
before, and a chart takes its points to be independent of each other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from craffu.engines.choice import Engine
from craffu.engines.expressions import answered
from craffu.engines.snapshots import Snapshot
from craffu.measures.definitions import Statistic, definition
from craffu.measures.engine import expressions as over
from craffu.measures.engine.asking import Asked
from craffu.measures.engine.catalogue import WORKED, Asks
from craffu.measures.engine.running import Wanted, asked_of
from craffu.measures.watching.rules import Alert, Month, alert, alert_of_counts


@dataclass(frozen=True, slots=True)
class Watched:
    """By which day the rows of a measure are counted, and which column names the order or breach that each is of, if one does.

    `waits` is for how many days after its month nothing can be said of a row: the month is judged once they are over.
    """

    day: str
    names: str = ""
    waits: int = 0
    asks: Asks | None = None


_ORDER, _BREACH = "order", "breach"
WATCHED: Final[Mapping[str, Watched]] = {
    "MET01": Watched("made_on", _ORDER),
    "MET01i": Watched("made_on", _ORDER),
    "MET02": Watched("opened_on", waits=2),
    "MET03": Watched("began_on", waits=28),
    "MET04": Watched("decided_on", _ORDER),
    "MET05": Watched("ended_on", _ORDER),
    "MET06": Watched("ended_on", _ORDER),
    "MET07": Watched("lodged_on", _ORDER),
    "MET09": Watched("made_on", _ORDER, waits=1),
    "MET13": Watched("last_day", _ORDER),
    "MET14": Watched("due_on", _ORDER),
    "MET15": Watched("due_on", _ORDER),
    "MET16": Watched("closed_on", _ORDER),
    "MET17": Watched("happened_on", _BREACH, asks=over.happened),
    "MET20": Watched("reported_on", _BREACH, waits=1),
    "MET21": Watched("reported_on", _BREACH, waits=2),
    "MET22": Watched("finalised_on"),
    "MET23": Watched("completed_on"),
    "MET24": Watched("reported_on", _BREACH),
    "MET25": Watched("last_day", _ORDER),
    "MET26": Watched("determined_on", _ORDER),
    "MET27": Watched("due_on"),
    "MET28": Watched("due_on"),
    "MET29": Watched("finalised_on"),
    "MET32": Watched("began_on"),
}
MONTHS: Final = 24
_FIRST_DAY: Final = date(1970, 1, 1)

type Rows = list[dict[str, Any]]
type Ask = Callable[[Asked, str], Rows]


def whole_months(last: date) -> list[date]:
    """The first days of the calendar months that were over by a day, the newest last."""
    first = (last + timedelta(days=1)).replace(day=1)
    found = []
    for _ in range(MONTHS):
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(first)
    return found[::-1]


def alerts_of(snapshot: Snapshot, engine: Engine) -> Iterator[tuple[str, str, Alert, list[str]]]:
    """Each measure and part with a signal, and the records that its month counted. Raises as `figures_of`."""
    tables = snapshot.tables(sorted({name for code in WATCHED for name in WORKED[code].tables}))
    now = asked_of(Wanted(), snapshot)
    for code in WATCHED:
        is_share = WORKED[code].statistic is Statistic.PROPORTION
        ask, better = asking(code, tables, engine), definition(code).better
        for part, months in monthly(code, now, ask).items():
            found = alert(months, better) if is_share else alert_of_counts(months, better)
            if found is not None:
                # Of a share all that it is of, of a count those that are counted.
                yield (
                    code,
                    part,
                    found,
                    _named(code, WORKED[code].of if is_share else part, found.month.first, now, ask),
                )


def asking(code: str, tables: Mapping[str, Any], engine: Engine) -> Ask:
    """How a measure is asked over these tables, by a column of its rows."""
    worked = WORKED[code]
    asks, ours = WATCHED[code].asks or worked.asks, {name: tables[name] for name in worked.tables}

    def ask(asked: Asked, by: str) -> Rows:
        found: Rows = answered(asks(asked, by), ours, engine).to_pylist()
        return found

    return ask


def monthly(code: str, now: Asked, ask: Ask) -> dict[str, list[Month]]:
    """Each part of a measure month by month, the newest last: each was over, and is waited for, at the instant."""
    worked, watched = WORKED[code], WATCHED[code]
    months = whole_months(now.now - timedelta(days=1 + watched.waits))
    rows = ask(Asked(months[0], _last_of(months[-1]), now.at), watched.day)
    of = worked.of if worked.statistic is Statistic.PROPORTION else ""
    return {part: _by_month(rows, part, of, months) for part in worked.parts}


def _named(code: str, counts: str, month: date, now: Asked, ask: Ask) -> list[str]:
    names = WATCHED[code].names
    rows = ask(Asked(month, _last_of(month), now.at), names) if names else []
    return sorted(row["by"] for row in rows if row[counts])


def _last_of(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _by_month(rows: Rows, part: str, of: str, months: list[date]) -> list[Month]:
    """`of` is empty of a count."""
    counts: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        month = counts[(_FIRST_DAY + timedelta(days=row["by"])).replace(day=1)]
        month[0] += row[part]
        month[1] += row[of] if of else 0
    return [Month(first, *counts[first]) for first in months]
