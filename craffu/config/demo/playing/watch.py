"""How an order is watched: what is planned, checks, days on which there are none, and notifications."""

from dataclasses import dataclass

from craffu.clocks.london import day_of
from craffu.config.demo.playing.stage import Row, Stage, at, day
from craffu.orders.monitoring.actions import plan_check, record_check, suspend_checks
from craffu.orders.monitoring.facts import NewCheck, NewPlan
from craffu.orders.monitoring.kinds import Absent, Outcome
from craffu.orders.notifying.actions import acknowledge_notification, record_notification, verify_notification
from craffu.orders.notifying.facts import NewNotification
from craffu.orders.notifying.rules import About, Found


@dataclass(frozen=True, slots=True)
class Watch:
    stage: Stage

    def plan(self, row: Row) -> None:
        order = self.stage.orders[row["order_ref"]]
        if row["cannot_because"]:
            given = NewPlan(cannot=row["cannot_because"])
        else:
            every = int(row["every_days"]) if row["every_days"] else None
            given = NewPlan(
                methods=tuple(row["methods"].split(";")), evidence=row["evidence"], tolerance="None",
                by_grade=every is None, every_days=every,
            )  # fmt: skip
        number = self.stage.condition(order, row["condition_number"])
        plan_check(by=self.stage.people.manager, order=order, condition=number, given=given, now=self.stage.now)

    def away(self, row: Row) -> None:
        first, last = day(row["first_on"]), day(row["last_on"])
        suspend_checks(
            by=self.stage.people.manager,
            order=self.stage.orders[row["order_ref"]],
            why=Absent(row["reason"]),
            first=first,
            last=last,
            now=self.stage.now,
        )

    def check(self, row: Row) -> None:
        order, manager = self.stage.orders[row["order_ref"]], self.stage.people.manager
        conditions = [self.stage.condition(order, one) for one in row["conditions"].split(";")]
        given = NewCheck(
            conditions=conditions, at=at(row["checked_at"]), outcome=Outcome(row["outcome"]), method=row["method"],
            words=row["words"],
        )  # fmt: skip
        record_check(by=manager, order=order, given=given, now=self.stage.now)

    def put_down_notification(self, row: Row) -> None:
        self.stage.step(at(row["updated_at"]), lambda: self._notify(row))
        if row["verified_at"]:
            self.stage.step(at(row["verified_at"]), lambda: self._verify(row))

    def _notify(self, row: Row) -> None:
        given = NewNotification(
            about=About.INITIAL, given_at=at(row["given_at"]), in_person=row["in_person"] == "yes", station="Llanelli",
            station_area="demo", area="demo", names="Ann Other", addresses="7 Heol Newydd",
        )  # fmt: skip
        manager, order = self.stage.people.manager, self.stage.orders[row["order_ref"]]
        kept = record_notification(by=manager, order=order, given=given, now=self.stage.now)
        row["number"] = str(kept.pk)
        # What was not given in person may have been acknowledged all the same: it does not count, and nobody says that it does.
        if row["acknowledged_at"] and given.in_person:
            acknowledge_notification(
                by=manager, order=order, number=kept.pk, at=at(row["acknowledged_at"]), now=self.stage.now
            )

    def _verify(self, row: Row) -> None:
        verify_notification(
            by=self.stage.people.manager, order=self.stage.orders[row["order_ref"]], number=int(row["number"]),
            found=Found(row["found"]), on=day_of(at(row["verified_at"])), words="Gwelwyd y cyfeiriad", now=self.stage.now,
        )  # fmt: skip
