"""A generated force whose orders stand in the register: entered by people, as no feed writes an order (IDN-02, ORD-20).

Who entered an order found its respondent and whom it protects among the force's own records, as its truth has them; everything
else comes as other systems send it, and is linked by the model alone.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import time_machine as time_travel

from craffu.access.acting import Acting
from craffu.breaches.ledger.queries import stories_of_breaches
from craffu.breaches.models import Breach
from craffu.clocks.london import end_of, instant_of
from craffu.common import clock
from craffu.daily.ticking import tick
from craffu.engines.choice import Engine, Kind
from craffu.intake.linking.running import link_register
from craffu.intake.running import take_in
from craffu.orders.facts import Given, NewCondition, NewTerms
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.scanning.actions import scan_pack
from craffu.people.models import SourceRecord
from craffu.people.queries import record_numbers
from tests.factories.orders import notified

type Row = dict[str, str]
SYSTEMS: Final = (
    ("rms", "police"), ("court-results", "court-results"), ("custody", "custody"), ("probation", "probation"),
)  # fmt: skip


def rows(folder: Path, system: str, table: str) -> Iterator[Row]:
    for path in sorted((folder / system).glob(f"{table}*.csv")):
        if path.stem == table or path.stem.removeprefix(f"{table}-").isdigit():
            with path.open(encoding="utf-8", newline="") as stream:
                yield from csv.DictReader(stream)


@dataclass
class BreachForce:
    """One folder in the register. `orders` are the row numbers of the orders by the court's name for them."""

    folder: Path
    system: Acting
    team: Acting
    clock: time_travel.Traveller
    orders: dict[str, int] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)

    def take_in(self, until: date) -> None:
        """All systems' extracts, the orders, the links, and the clock."""
        at = end_of(until)
        self.clock.move_to(at - timedelta(minutes=5))
        for kind, system in SYSTEMS:
            assert take_in(by=self.system, kind=kind, paths=[self.folder / system]).reconciled
        known: dict[str, str] = {}
        for row in rows(self.folder, "truth", "records"):
            if row["system"] == "police" and row["table"] == "persons" and row["breaks_layout"] == "no":
                known.setdefault(row["person"], f"persons/{row['key']}")
        self.persons = known
        numbers = record_numbers(self.system, "rms", set(known.values()))
        words: dict[str, list[Row]] = defaultdict(list)
        for row in rows(self.folder, "court-orders", "conditions"):
            words[row["order_ref"]].append(row)
        for row in rows(self.folder, "truth", "orders"):
            respondent, protected = (numbers.get(known.get(row[name], "")) for name in ("respondent", "protected"))
            if respondent is not None:
                self._enter(row, respondent, protected, words[row["order_ref"]])
        link_register(self.system, Engine(Kind.DUCKDB))
        tick(force=self.system.force, at=at)

    def _enter(self, row: Row, respondent: int, protected: int | None, words: list[Row]) -> None:
        records = {
            one.pk: one
            for one in SourceRecord.objects.for_user(self.system).filter(pk__in=[respondent, protected or 0])
        }
        made = _noon(row["made_on"])
        given = Given(
            made_at=made, court="Llanelli", court_case_no=row["order_ref"], source_record="sealed order",
            last_day=date.fromisoformat(row["ends_on"]) if row["ends_on"] else None, is_indefinite=not row["ends_on"],
            terms=NewTerms(tuple(map(_condition, words)), has_no_locality=True),
        )  # fmt: skip
        protects = [records[protected]] if protected is not None else []
        kind = _CALLED.get(row["kind"], row["kind"])
        beginning = Beginning(kind=kind, respondent=records[respondent], protects=protects)
        order = begin_order(by=self.team, beginning=beginning, move="receive", given=given)
        self.orders[row["order_ref"]] = order.pk
        # Where no record of whom it protects can be read, no pack can be searched for what is theirs, and none leaves. An order
        # of the last days is served after them.
        served_at = max(made, _noon(row["served_on"])) if row["served_on"] else None
        if served_at is not None and served_at <= clock.now() and protected is not None:
            scan_pack(by=self.team, order=order.reference, papers_looked_at=True)
            served = Given(
                served_at=served_at, place="court", method="personal", server="PC 44 Rees",
                proof="Statement",
            )  # fmt: skip
            notified(self.team, move_order(by=self.team, order=order.reference, move="serve", given=served))
        if row["discharged_on"]:
            ended = Given(
                discharged_on=date.fromisoformat(row["discharged_on"]), applicant="police", reason_text="The court said so",
                consents=("respondent", "chief_officer"),
            )  # fmt: skip
            move_order(by=self.team, order=order.reference, move="discharge", given=ended)

    def found(self) -> list["Raised"]:
        """Every breach of the ledger with what it says, by the court's names of orders."""
        called = {pk: ref for ref, pk in self.orders.items()}
        kept = list(Breach.objects.for_user(self.system).select_related("respondent", "victim").order_by("id"))
        stories = stories_of_breaches(self.system, kept)
        return [
            Raised(
                one, frozenset(called[tie.order_id] for tie in stories[one.pk].holding if tie.order_id in called),
                {(source.kind, source.key) for source in stories[one.pk].sources},
            )
            for one in kept
        ]  # fmt: skip


@dataclass(frozen=True)
class Raised:
    breach: Breach
    orders: frozenset[str]
    sources: set[tuple[str, str]]

    @property
    def crimes(self) -> set[str]:
        return {key for kind, key in self.sources if kind == "crime"}


@dataclass
class Measured:
    """How what was raised compares with what was so. `missed` are reported breaches that were not found, by why."""

    reported: int = 0
    found: int = 0
    detectable: int = 0
    found_of_detectable: int = 0
    raised: int = 0
    right: int = 0
    everything: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)


def measure(force: BreachForce) -> Measured:
    """A breach is found where one raised tells of its crime or, where none was recorded, of its order and day.

    *Reported* is what any system holds a word of: a crime of any kind, a charge, an arrest that names the order, probation, or
    what she said in a contact. *Detectable* by the stated rule is what was reported and whose order stands in the register.
    """
    raised = force.found()
    by_crime: dict[str, list[Raised]] = defaultdict(list)
    by_order: dict[str, list[Raised]] = defaultdict(list)
    for one in raised:
        for crime in one.crimes:
            by_crime[crime].append(one)
        for order in one.orders:
            by_order[order].append(one)
    told, right = Measured(raised=len(raised)), set()
    for row in rows(force.folder, "truth", "breaches"):
        if row["order_in_force"] != "yes":
            continue
        told.everything += 1
        if not row["crime_ref"] and not any(row[name] == "yes" for name in row if name.startswith("known_to")):
            continue
        told.reported += 1
        is_detectable = row["order_ref"] in force.orders
        told.detectable += is_detectable
        happened = datetime.fromisoformat(row["happened_at"])
        found = [
            one for one in by_crime.get(row["crime_ref"], ()) if row["order_ref"] in one.orders or one.breach.is_said
        ]
        found += [
            one for one in by_order.get(row["order_ref"], ())
            if abs((one.breach.happened_from.replace(tzinfo=None) - happened).days) <= 3
        ]  # fmt: skip
        if found:
            right.update(one.breach.pk for one in found)
            told.found += 1
            told.found_of_detectable += is_detectable
        else:
            told.missed[_why_missed(force, row, is_detectable=is_detectable)] += 1
    told.right = len(right)
    for one in raised:
        if one.breach.pk not in right:
            told.wrong[f"{one.breach.found_by}{'' if one.orders else ', no order'}"] += 1
    return told


def _why_missed(force: BreachForce, row: Row, *, is_detectable: bool) -> str:
    if not is_detectable:
        return "its order could not be entered: no readable record of its respondent"
    if row["crime_ref"]:
        return "a crime was recorded, under another suspect, victim or time"
    told = [name.removeprefix("known_to_") for name in row if name.startswith("known_to") and row[name] == "yes"]
    return f"only {' and '.join(told)} told of it"


def _noon(day: str) -> datetime:
    return instant_of(datetime.combine(date.fromisoformat(day), time(0)))


def _condition(row: Row) -> NewCondition:
    type_ = next((name for start, name in _STARTS if row["words"].startswith(start)), "bespoke")
    # Where it says where she lives, the pack that goes to the respondent could not leave (VIC-09).
    words = "Not to go to the streets on the plan" if type_ == "exclusion_zone" else row["words"]
    return NewCondition(type_, words, is_requirement=row["condition_kind"] == "requirement")


def condition_of(name: str) -> str:
    """The type under which an order's condition was entered, by what the truth calls it."""
    return _TYPES[name]


_TYPES: Final = {
    "contact": "no_contact_direct", "place": "exclusion_zone", "publication": "no_online_reference", "follow": "no_surveillance",
    "notify": "extra_notification",
}  # fmt: skip
_CALLED: Final = {"interim SPO": "ISPO", "RO": "RO_CONV", "RO on acquittal": "RO_ACQ"}
_STARTS: Final = (
    ("Not to contact", "no_contact_direct"), ("Not to go to", "exclusion_zone"), ("Not to publish", "no_online_reference"),
    ("Not to follow", "no_surveillance"), ("To notify", "extra_notification"),
)  # fmt: skip
