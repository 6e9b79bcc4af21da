"""Plays the extract of whoever watches orders through the register's own actions, at the instants at which it was written.

A person enters an order and types its words (IDN-02, ORD-20); a check, a notification and a review are the word of somebody who
answers for it: no feed writes them. So the rows are played as if those who wrote them worked here.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import time_machine as time_travel

from craffu.access.acting import Acting
from craffu.clocks.london import day_of, end_of, instant_of
from craffu.common import clock
from craffu.common.door import bookkeeping
from craffu.daily.ticking import tick
from craffu.orders.entering.actions import record_entry
from craffu.orders.entering.rules import NATIONAL
from craffu.orders.facts import Given, NewCondition, NewTerms
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.models import CheckCovers, CheckMade, Condition, Order
from craffu.orders.monitoring.actions import plan_check, record_check, suspend_checks
from craffu.orders.monitoring.facts import NewCheck, NewPlan
from craffu.orders.monitoring.kinds import Absent, Outcome
from craffu.orders.notifying.actions import acknowledge_notification, record_notification, verify_notification
from craffu.orders.notifying.facts import NewNotification
from craffu.orders.notifying.rules import About, Found
from craffu.orders.noting.actions import note_change_refused, note_relaxation_sought
from craffu.orders.owning.actions import own_order
from craffu.orders.queries import find_order, protected_by
from craffu.orders.reviewing.actions import complete_review, sign_review
from craffu.orders.reviewing.due import SOURCE as REVIEWS
from craffu.orders.reviewing.facts import Answers, Heard
from craffu.orders.reviewing.queries import reviews_of, reviews_version
from craffu.orders.reviewing.rules import Voice
from craffu.orders.scanning.actions import scan_pack
from craffu.people.models import SourceRecord
from craffu.people.queries import people_of_records, record_numbers
from craffu.victims.contacts.actions import record_contact
from craffu.victims.contacts.facts import NewContact
from tests.factories.reviews import view_of
from tests.factories.victims import QUIET, agreed

type Row = dict[str, str]
A_DAY: Final = timedelta(days=1)
_FOLDER: Final = "order-watch"
_SAFE: Final = ("telephone", "text_message")


@dataclass
class People:
    """Those who watch orders: who manages them, the orders team, a supervisor, and who looks after victims."""

    manager: Acting
    team: Acting
    supervisor: Acting
    officer: Acting


def rows_of(folder: Path, table: str) -> list[Row]:
    rows: list[Row] = []
    for path in sorted((folder / _FOLDER).glob(f"{table}-[0-9]*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows += csv.DictReader(stream)
    return rows


def at(text: str) -> datetime:
    return instant_of(datetime.fromisoformat(text))


@dataclass
class Player:
    """Everything of one folder in its order. `whole` sends each check through its action; else rows are written as it would."""

    folder: Path
    system: Acting
    people: People
    clock: time_travel.Traveller
    whole: bool = False
    orders: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    mains: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    conditions: dict[str, dict[int, int]] = field(default_factory=dict)
    checks: list[tuple[int, NewCheck, datetime]] = field(default_factory=list)
    steps: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)

    def play(self, until: datetime) -> None:
        """All steps up to an instant, and the clock of reviews where an order is about to end, and at the end."""
        self._collect()
        for moment, _place, step in sorted(self.steps, key=lambda one: one[:2]):
            if moment <= until:
                self.clock.move_to(moment)
                step()
        self.clock.move_to(until)
        _keep(self.people.manager, self.checks)
        self._tick()

    def _step(self, moment: datetime, step: Callable[[], object]) -> None:
        self.steps.append((moment, len(self.steps), step))

    def _collect(self) -> None:
        rows = {
            name: rows_of(self.folder, name)
            for name in (
                "orders", "conditions", "national_entries", "changes", "notifications", "absences", "checks", "reviews"
            )
        }  # fmt: skip
        words: dict[str, list[Row]] = {}
        for row in rows["conditions"]:
            words.setdefault(row["order_ref"], []).append(row)
        self._keys = record_numbers(
            self.system,
            "rms",
            {f"persons/{row[name]}" for row in rows["orders"] for name in ("respondent_ref", "protected_ref")},
        )
        by_ref = {row["order_ref"]: row for row in rows["orders"]}
        for row in rows["orders"]:
            self._of_order(row, words[row["order_ref"]])
        for row in rows["conditions"]:
            if row["planned_at"]:
                self._step(at(row["planned_at"]), lambda row=row: self._plan(row))
        for row in rows["national_entries"]:
            self._step(at(row["updated_at"]), lambda row=row: self._entry(row))
        for row in rows["changes"]:
            self._of_change(row, words[row["order_ref"]])
        for row in rows["notifications"]:
            self._of_notification(row)
        for row in rows["absences"]:
            self._step(at(row["updated_at"]), lambda row=row: self._absence(row))
        for row in rows["checks"]:
            self._step(at(row["updated_at"]), lambda row=row: self._check(row))
        for row in rows["reviews"]:
            self._of_review(row, by_ref[row["order_ref"]])

    def _record(self, reference: str) -> SourceRecord:
        found: SourceRecord = SourceRecord.objects.for_user(self.system).get(id=self._keys[f"persons/{reference}"])
        return found

    def _tick(self) -> None:
        tick(force=self.system.force, at=clock.now(), sources=(REVIEWS,))

    # What becomes of an order

    def _of_order(self, row: Row, words: list[Row]) -> None:
        self._step(at(row["updated_at"]), lambda: self._enter(row, words))
        if row["managed_from"]:
            self._step(at(row["managed_from"]), lambda: self._own(row))
        if row["service_written_at"]:
            self._step(at(row["service_written_at"]), lambda: self._serve(row))
        if row["last_day"]:
            ends = end_of(date.fromisoformat(row["last_day"]))
            self._step(ends - timedelta(hours=1), self._tick)
            self._step(ends + timedelta(minutes=1), self._tick)

    def _enter(self, row: Row, words: list[Row]) -> None:
        self._ask(row)
        given = Given(
            made_at=at(row["made_at"]), court=row["court"], court_case_no=row["case_number"], source_record="sealed order",
            last_day=date.fromisoformat(row["last_day"]) if row["last_day"] else None,
            is_indefinite=row["until_further_order"] == "yes", terms=_terms(row, words, is_varied=False),
        )  # fmt: skip
        application, parties = row["application_ref"], self._parties(row)
        team, main = self.people.team, None
        if row["kind"] == "ISPO" and application not in self.mains:
            begun = begin_order(
                by=team, beginning=Beginning(kind="SPO", **parties), move="open_consideration", given=Given()
            )
            self.mains[application] = begun.reference
        if row["kind"] == "ISPO":
            main = find_order(team, self.mains[application])
        if row["kind"] == "SPO" and application in self.mains:
            order = move_order(by=team, order=self.mains[application], move="receive", given=given)
        else:
            beginning = Beginning(kind=row["kind"], main=main, is_interim=row["kind"] == "ISPO", **parties)
            order = begin_order(by=team, beginning=beginning, move="receive", given=given)
        self.orders[row["order_ref"]], self.numbers[row["order_ref"]] = order.reference, order.pk

    def _parties(self, row: Row) -> dict[str, object]:
        return {"respondent": self._record(row["respondent_ref"]), "protects": [self._record(row["protected_ref"])]}

    def _ask(self, row: Row) -> None:
        """What is agreed with whoever the order protects, once: how they are reached, and how often they want to be asked."""
        if row["protected_ref"] in self.asked:
            return
        self.asked.add(row["protected_ref"])
        revisit = day_of(clock.now()) + 28 * A_DAY
        terms = replace(QUIET, asking=row["protected_asks"], next_revisit_on=revisit.isoformat())
        agreed(self.people.officer, self._victim(self._record(row["protected_ref"]).pk), terms)

    def _victim(self, record: int) -> str:
        return people_of_records(self.system, [record])[record].reference

    def _own(self, row: Row) -> None:
        own_order(by=self.people.team, order=self.orders[row["order_ref"]], to=self.people.manager.user)

    def _serve(self, row: Row) -> None:
        reference = self.orders[row["order_ref"]]
        search = scan_pack(by=self.people.team, order=reference, papers_looked_at=True)
        assert not search.found
        given = Given(
            served_at=at(row["served_at"]), place=row["service_place"], method="personal", server="PC 44 Rees",
            proof="Statement",
        )  # fmt: skip
        move_order(by=self.people.team, order=reference, move="serve", given=given)

    def _entry(self, row: Row) -> None:
        record_entry(
            by=self.people.team, order=self.orders[row["order_ref"]], system=NATIONAL, entered_on=_day(row["entered_on"]),
            reference=row["entry_ref"],
        )  # fmt: skip

    def _of_change(self, row: Row, words: list[Row]) -> None:
        if row["change"] == "discharge":
            asked = at(f"{row['lodged_on']}T10:00:00")
            self._step(asked, lambda: note_relaxation_sought(by=self.people.team, order=self._ref(row), at=asked))
        if row["result"] == "refused":
            self._step(at(row["updated_at"]), lambda: self._refused(row))
            return
        if row["change"] != "vary":
            self._step(at(f"{row['determined_on']}T00:05:00"), self._tick)
        self._step(at(row["updated_at"]), lambda: self._change(row, words))

    def _refused(self, row: Row) -> None:
        note_change_refused(
            by=self.people.team,
            order=self._ref(row),
            change=row["change"],
            applicant=row["applicant"],
            at=at(row["updated_at"]),
        )

    def _ref(self, row: Row) -> str:
        return self.orders[row["order_ref"]]

    def _change(self, row: Row, words: list[Row]) -> None:
        day, why = _day(row["determined_on"]), "The court said so in its order"
        if row["change"] == "vary":
            given = Given(
                varied_on=day, applicant=row["applicant"], reason_text=why, terms=_terms({}, words, is_varied=True)
            )
        elif row["change"] == "discharge":
            given = Given(
                discharged_on=day, applicant=row["applicant"], reason_text=why, consents=("respondent", "chief_officer")
            )
        else:
            given = Given(main_determined_on=day, main_outcome="granted")
        self.conditions.pop(self._ref(row), None)
        move = "end_on_determination" if row["change"] == "determined" else row["change"]
        move_order(by=self.people.team, order=self._ref(row), move=move, given=given)

    # How it is watched

    def _condition(self, order: str, number: str) -> int:
        """The row number of a condition of the words that stand."""
        if order not in self.conditions:
            rows = (
                Condition.objects.for_user(self.system).filter(terms__order__reference=order).order_by("terms__number")
            )
            self.conditions[order] = {one.number: one.pk for one in rows}
        return self.conditions[order][int(number)]

    def _plan(self, row: Row) -> None:
        order = self._ref(row)
        if row["cannot_because"]:
            given = NewPlan(cannot=row["cannot_because"])
        else:
            every = int(row["every_days"]) if row["every_days"] else None
            given = NewPlan(
                methods=tuple(row["methods"].split(";")), evidence=row["evidence"], tolerance="None",
                by_grade=every is None, every_days=every,
            )  # fmt: skip
        number = self._condition(order, row["condition_number"])
        plan_check(by=self.people.manager, order=order, condition=number, given=given)

    def _absence(self, row: Row) -> None:
        first, last = _day(row["first_on"]), _day(row["last_on"])
        suspend_checks(by=self.people.manager, order=self._ref(row), why=Absent(row["reason"]), first=first, last=last)

    def _check(self, row: Row) -> None:
        order, manager = self._ref(row), self.people.manager
        conditions = [self._condition(order, one) for one in row["conditions"].split(";")]
        given = NewCheck(
            conditions=conditions, at=at(row["checked_at"]), outcome=Outcome(row["outcome"]), method=row["method"],
            words=row["words"],
        )  # fmt: skip
        if self.whole or given.outcome is Outcome.CONCERN:
            record_check(by=manager, order=order, given=given)
        else:
            self.checks.append((self.numbers[row["order_ref"]], given, clock.now()))

    def _of_notification(self, row: Row) -> None:
        self._step(at(row["updated_at"]), lambda: self._notify(row))
        if row["verified_at"]:
            self._step(at(row["verified_at"]), lambda: self._verify(row))

    def _notify(self, row: Row) -> None:
        given = NewNotification(
            about=About.INITIAL, given_at=at(row["given_at"]), in_person=row["in_person"] == "yes", station="Llanelli",
            station_area="demo", area="demo", names="Ann Other", addresses="7 Heol Newydd",
        )  # fmt: skip
        manager, order = self.people.manager, self._ref(row)
        kept = record_notification(by=manager, order=order, given=given)
        row["number"] = str(kept.pk)
        # What was not given in person may have been acknowledged all the same: it does not count, and nobody says that it does.
        if row["acknowledged_at"] and given.in_person:
            acknowledge_notification(by=manager, order=order, number=kept.pk, at=at(row["acknowledged_at"]))

    def _verify(self, row: Row) -> None:
        verify_notification(
            by=self.people.manager, order=self._ref(row), number=int(row["number"]), found=Found(row["found"]),
            on=day_of(at(row["verified_at"])), words="Gwelwyd y cyfeiriad",
        )  # fmt: skip

    # How it is reviewed

    def _of_review(self, row: Row, order: Row) -> None:
        put = at(row["reviewed_at"])
        if row["voice"] == Voice.NOT_REACHABLE:
            for moment, channel in _attempts(put):
                self._step(moment, lambda channel=channel: self._try(order, channel))
        self._step(put, lambda: self._review(row))
        if row["agreed_at"]:
            self._step(at(row["agreed_at"]), lambda: self._sign(row))

    def _try(self, order: Row, channel: str) -> None:
        given = NewContact(channel=channel, at=clock.now(), was_reached=False)
        record_contact(
            by=self.people.officer, victim=self._victim(self._record(order["protected_ref"]).pk), given=given
        )

    def _review(self, row: Row) -> None:
        order = self._order(row)
        [record] = protected_by(self.system, order)
        answers = Answers(
            is_read=True, heard=(self._heard(row, order, record),), effect="It is why the order stays", decision=row["decision"],
            reason="As was seen and heard since the last review", why_differs="The risk has not changed" if row["wants"] else "",
        )  # fmt: skip
        seen = reviews_version(reviews_of(self.system, order))
        complete_review(by=self.people.team, order=order.reference, answers=answers, seen=seen)

    def _heard(self, row: Row, order: Order, record: int) -> Heard:
        match row["voice"]:
            case Voice.GIVEN:
                view = view_of(self.people.officer, order, words=f"Rwy’n ofni o hyd, {row['review_ref']}")
                return Heard(record, Voice.GIVEN, view=view.pk, wants=row["wants"])
            case Voice.DECLINED:
                day = day_of(at(row["reviewed_at"]))
                return Heard(record, Voice.DECLINED, declined_on=day.isoformat())
            case Voice.UNSAFE_TO_ASK:
                return Heard(record, Voice.UNSAFE_TO_ASK, reason="They live with the respondent again")
            case _:
                return Heard(record, row["voice"])

    def _order(self, row: Row) -> Order:
        found = find_order(self.people.team, self._ref(row))
        assert found is not None
        return found

    def _sign(self, row: Row) -> None:
        order = self._order(row)
        reviews = reviews_of(self.system, order)
        sign_review(
            by=self.people.supervisor, order=order.reference, number=reviews[-1].row.number, agrees=True, words="",
            seen=reviews_version(reviews),
        )  # fmt: skip


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _terms(row: Row, words: list[Row], *, is_varied: bool) -> NewTerms:
    conditions = tuple(
        NewCondition(
            one["condition_type"], (is_varied and one["words_varied"]) or one["words"],
            is_requirement=one["condition_type"] == "extra_notification",
        )
        for one in words
    )  # fmt: skip
    return NewTerms(conditions, has_no_locality=is_varied or row["locality"] == "none")


def _attempts(put: datetime) -> Iterator[tuple[datetime, str]]:
    """Three, on two days, by two ways that are safe."""
    for days, hour, channel in ((2, 10, _SAFE[0]), (1, 10, _SAFE[1]), (1, 11, _SAFE[0])):
        yield instant_of(datetime.combine(day_of(put) - days * A_DAY, time(hour))), channel


@bookkeeping
def _keep(manager: Acting, checks: Sequence[tuple[int, NewCheck, datetime]]) -> None:
    """Checks as their action keeps them, without what it asks first: of which order, what, and when they were written down."""
    made = CheckMade.objects.bulk_create(
        CheckMade(
            force=manager.force, order_id=order, at=given.at, outcome=given.outcome.value, method=given.method,
            words=given.words, by=manager.user, known_from=known,
        )
        for order, given, known in checks
    )  # fmt: skip
    CheckCovers.objects.bulk_create(
        CheckCovers(force=manager.force, check_made=row, condition_id=condition)
        for row, (_order, given, _known) in zip(made, checks, strict=True)
        for condition in given.conditions
    )
