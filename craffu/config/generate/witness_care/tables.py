"""The rows of witness care as its system sends them, with what goes wrong in that: broken, wrong at first, or twice.

In Windows-1252, as probation's. A row that breaks the layout and one that was wrong are sent again later under the same key.
"""

from dataclasses import dataclass, field

from craffu.config.generate.chance import Lots
from craffu.config.generate.tables import layout, rate, words
from craffu.config.generate.witness_care.hours import moved
from craffu.config.generate.writing import ROWS_AT_ONCE, WINDOWS, Block, Extracts, Part

SYSTEM = "witness-care"
# What breaks a row of each table, in a column that intake reads strictly.
BROKEN = {
    "agreements": ("every_days", "fortnightly"),
    "entitlements": ("entitlement", "medium"),
    "promises": ("channels", "pigeon"),
    "victim_contacts": ("channel", "in the street"),
    "excuses": ("reason", "holiday"),
    "happenings": ("happened_at", "2026-02-30T10:00:00"),
    "tellings": ("told_at", "2026-02-30T10:00:00"),
    "safety_measures": ("kind", "?"),
    "measure_tellings": ("channel", "in the street"),
    "withdrawals": ("why", "?"),
}

type Row = dict[str, str]


@dataclass
class _Table:
    part: Part
    key: str
    rows: list[Row] = field(default_factory=list)
    again: list[Row] = field(default_factory=list)
    broken: int = 0
    repeated: int = 0
    count: int = 0
    refs: int = 0


class Tables:
    """All tables while they are written. `broken` are the keys of rows that break the layout at first."""

    def __init__(self, into: Extracts, lots: Lots) -> None:
        self._lots = lots
        self._tables = {
            name: _Table(into.open(SYSTEM, name, encoding=WINDOWS), next(iter(columns)))
            for name, columns in layout(SYSTEM).items()
        }
        self.broken: list[tuple[str, str]] = []

    def next_ref(self, name: str) -> str:
        """The next reference of a table, in the order in which things are made."""
        table = self._tables[name]
        table.refs += 1
        return f"W{''.join(part[0] for part in name.split('_')).upper()}{table.refs:08}"

    def add(self, name: str, row: Row, wrong: Row) -> None:
        """A row; `wrong` are the columns that are wrong at first where it is one that is put right later."""
        table, at = self._tables[name], self._tables[name].count
        table.count += 1
        first = row
        if self._lots.hit(f"broken {name}", at, rate("witness_care.row_broken")):
            column, value = BROKEN[name]
            first = {**row, column: value}
            table.broken += 1
            self.broken.append((name, row[table.key]))
        elif self._lots.hit(f"corrected {name}", at, rate("witness_care.row_corrected")):
            first = {**row, **wrong}
        table.rows.append(first)
        if first is not row:
            table.again.append({**row, "updated_at": _later(row["updated_at"])})
        elif self._lots.hit(f"repeated {name}", at, rate("witness_care.row_repeated")):
            table.rows.append(first)
            table.repeated += 1
        if len(table.rows) >= ROWS_AT_ONCE:
            self._flush(table)

    def close(self) -> None:
        for table in self._tables.values():
            self._flush(table)
            broken = {key for name, key in self.broken if self._tables[name] is table}
            corrects = sum(row[table.key] not in broken for row in table.again)
            table.rows, table.again = table.again, []
            self._flush(table, corrects)
            table.part.close()

    def _flush(self, table: _Table, corrects: int = 0) -> None:
        if table.rows:
            names = list(table.rows[0])
            columns = {name: words([row[name] for row in table.rows]) for name in names}
            table.part.add(Block(columns, table.broken, table.repeated, corrects))
        table.rows, table.broken, table.repeated = [], 0, 0


def _later(stamp: str) -> str:
    """Half an hour later on the same day: whoever saw the mistake put it right."""
    day, clock = stamp.split("T")
    minute = min(moved(int(clock[:2]) * 60 + int(clock[3:5]) + 30), 23 * 60 + 59)
    return f"{day}T{minute // 60:02}:{minute % 60:02}:30"
