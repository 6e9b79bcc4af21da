"""The extract of whoever watches orders, played through the register's own actions as of the instants at which it was written.

A person enters an order and types its words (IDN-02, ORD-20); a check, a notification and a review are the word of somebody who
answers for it: no feed writes them. So the rows are played as if those who wrote them worked here.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from craffu.access.acting import Acting
from craffu.config.demo.playing.life import Life
from craffu.config.demo.playing.reviews import Reviews
from craffu.config.demo.playing.stage import People, Row, Stage, Step, at, key_of, rows_of
from craffu.config.demo.playing.watch import Watch
from craffu.people.queries import record_numbers

_TABLES: Final = (
    "orders", "conditions", "national_entries", "changes", "notifications", "absences", "checks", "reviews",
)  # fmt: skip


class Player:
    """Everything of one folder in its order."""

    def __init__(self, folder: Path, system: Acting, people: People, *, ticks: bool = True) -> None:
        rows = {name: rows_of(folder, name) for name in _TABLES}
        named = {key_of(row[name]) for row in rows["orders"] for name in ("respondent_ref", "protected_ref")}
        self.stage = Stage(system, people, record_numbers(system, "rms", named), ticks)
        self._put_down(rows)

    def steps(self) -> list[tuple[datetime, Step]]:
        """Every step with the moment at which it was taken, in order."""
        return [(moment, step) for moment, _place, step in sorted(self.stage.steps, key=lambda one: one[:2])]

    def take(self, moment: datetime, step: Step) -> None:
        self.stage.now = moment
        step()

    def play(self, until: datetime, said: Callable[[], object] = lambda: None) -> None:
        """Every step up to an instant, and the clock of reviews at it. `said` is called after each."""
        for moment, step in self.steps():
            if moment <= until:
                self.take(moment, step)
                said()
        self.take(until, self.stage.tick)

    def _put_down(self, rows: dict[str, list[Row]]) -> None:
        stage = self.stage
        life, watch, reviews = Life(stage), Watch(stage), Reviews(stage)
        words: dict[str, list[Row]] = {}
        for row in rows["conditions"]:
            words.setdefault(row["order_ref"], []).append(row)
        by_ref = {row["order_ref"]: row for row in rows["orders"]}
        for row in rows["orders"]:
            life.put_down(row, words[row["order_ref"]])
        for row in rows["conditions"]:
            if row["planned_at"]:
                stage.step(at(row["planned_at"]), partial(watch.plan, row))
        for row in rows["national_entries"]:
            stage.step(at(row["updated_at"]), partial(life.enter_nationally, row))
        for row in rows["changes"]:
            life.put_down_change(row, words[row["order_ref"]])
        for row in rows["notifications"]:
            watch.put_down_notification(row)
        for row in rows["absences"]:
            stage.step(at(row["updated_at"]), partial(watch.away, row))
        for row in rows["checks"]:
            stage.step(at(row["updated_at"]), partial(watch.check, row))
        for row in rows["reviews"]:
            reviews.put_down(row, by_ref[row["order_ref"]])
