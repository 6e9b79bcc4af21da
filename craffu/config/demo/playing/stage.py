"""Where the invented force's orders are played: by whom, as of when, and what the register calls what an extract names."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.clocks.london import instant_of
from craffu.daily.ticking import tick
from craffu.orders.models import Condition, Order
from craffu.orders.queries import find_order
from craffu.orders.reviewing.due import SOURCE as REVIEWS
from craffu.people.models import SourceRecord
from craffu.people.queries import find_record, people_of_records

type Row = dict[str, str]
type Step = Callable[[], object]
_FOLDER: Final = "order-watch"


@dataclass(frozen=True, slots=True)
class People:
    """Those who watch orders: who manages them, the orders team, a supervisor, and who looks after victims."""

    manager: Acting
    team: Acting
    supervisor: Acting
    officer: Acting


@dataclass
class Stage:
    """What all steps share. `keys` are the row numbers of the records of persons that the extract names."""

    system: Acting
    people: People
    keys: Mapping[str, int]
    ticks: bool = True
    orders: dict[str, str] = field(default_factory=dict)
    conditions: dict[str, dict[int, int]] = field(default_factory=dict)
    steps: list[tuple[datetime, int, Step]] = field(default_factory=list)
    now: datetime = field(init=False)

    def step(self, moment: datetime, step: Step) -> None:
        """To be taken as of a moment; of one moment in the order in which they were put down."""
        self.steps.append((moment, len(self.steps), step))

    def tick(self) -> None:
        """The clock of reviews, unless the register's own runs meanwhile."""
        if self.ticks:
            tick(force=self.system.force, at=self.now, sources=(REVIEWS,))

    def record(self, reference: str) -> SourceRecord:
        return check_is_there(find_record(self.system, self.keys[key_of(reference)]))

    def victim(self, record: int) -> str:
        return people_of_records(self.system, [record])[record].reference

    def order(self, row: Row) -> Order:
        return check_is_there(find_order(self.people.team, self.orders[row["order_ref"]]))

    def condition(self, order: str, number: str) -> int:
        """The row number of a condition of the words that stand."""
        if order not in self.conditions:
            rows = (
                Condition.objects.for_user(self.system).filter(terms__order__reference=order).order_by("terms__number")
            )
            self.conditions[order] = {one.number: one.pk for one in rows}
        return self.conditions[order][int(number)]


def key_of(reference: str) -> str:
    return f"persons/{reference}"


def rows_of(folder: Path, table: str) -> list[Row]:
    rows: list[Row] = []
    for path in sorted((folder / _FOLDER).glob(f"{table}-[0-9]*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows += csv.DictReader(stream)
    return rows


def at(text: str) -> datetime:
    return instant_of(datetime.fromisoformat(text))


def day(text: str) -> date:
    return date.fromisoformat(text)
