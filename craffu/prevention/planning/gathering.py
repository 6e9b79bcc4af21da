"""What the register knows beside the menu of a plan: orders, conditions, arrests; and before and after (PLN-01, PLN-03).

Facts in the order in which they happened, and never advice: nothing here is weighed, and no score has a part in it (PRI-06).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from craffu.access.acting import Acting, acting_system
from craffu.cases.custody.queries import releases_of
from craffu.cases.models import CaseRole, CaseVersion, ChargeHeard, DetentionVersion
from craffu.cases.queries import latest_versions
from craffu.clocks.london import day_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.orders.catalogue.kinds import Family
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.considering.queries import commencements, considered
from craffu.orders.considering.reading import cases_told
from craffu.orders.life.states import LIVE
from craffu.orders.models import ChecksSuspended, Condition, Order
from craffu.orders.monitoring.kinds import Absent
from craffu.orders.monitoring.queries import last_said
from craffu.orders.protecting.queries import people_protected_by
from craffu.orders.queries import OrderStory, orders_of_records, stories_of_orders
from craffu.people.models import Person
from craffu.people.queries import Identity, records_of
from craffu.prevention.models import ScoreStands
from craffu.prevention.planning import before_after, custody
from craffu.prevention.planning.before_after import Compared, OnAndOff, Stretch
from craffu.prevention.planning.kinds import Intervention, NotScored
from craffu.prevention.planning.queries import PlanStory
from craffu.prevention.population.rules import is_member
from craffu.prevention.scoring.facts import Standing
from craffu.prevention.scoring.known import Span, as_event, as_known, happened_of
from craffu.prevention.scoring.queries import definition_of, population_on
from craffu.prevention.scoring.reading import spans_of_records
from craffu.prevention.scoring.weights import own

_ACCUSED: Final = (CaseRole.Role.SUSPECT, CaseRole.Role.DEFENDANT)
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Arrest:
    """One arrest by its newest word: when, for the breach of an order or not, and how it ended, empty where nobody says."""

    at: datetime
    released_at: datetime | None
    disposal: str
    is_for_breach: bool
    bail_ends_on: date | None


@dataclass(frozen=True, slots=True)
class ToConsider:
    """The kinds of order that wait for a decision in one case, and those that are there to be considered at all."""

    case: str
    to_decide: tuple[str, ...]
    offered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows beside the menu, as far as it is open to the reader."""

    orders: tuple[Order, ...]
    stories: tuple[OrderStory, ...]
    to_consider: tuple[ToConsider, ...]
    arrests: tuple[Arrest, ...]

    @property
    def standing(self) -> list[Order]:
        return [one for one in self.orders if one.status in LIVE and not is_condition(one)]

    @property
    def conditions(self) -> list[Order]:
        """Bail and licence conditions that stand."""
        return [one for one in self.orders if one.status in LIVE and is_condition(one)]

    @property
    def not_made(self) -> list[Order]:
        """Being considered or asked for, or come to nothing."""
        return [one for one in self.orders if one.status not in LIVE and one.made_at is None]

    @property
    def past(self) -> list[Order]:
        return [one for one in self.orders if one.ended_at is not None]


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done about somebody, for how long, and the rates before, during and after (PLN-03)."""

    what: Intervention
    stretch: Stretch
    compared: Compared
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """What followed on all that was done, and under orders and under none; `unknown` are releases from an unknown beginning."""

    done: tuple[Done, ...]
    on_and_off: OnAndOff
    unknown: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """Where somebody stands in the review order, or why they are in none."""

    stands: ScoreStands | None
    why_not: str


def is_condition(order: Order) -> bool:
    return kind_of(order.kind).family is Family.CONDITIONS


def known_of(by: Acting, records: Sequence[int], now: datetime) -> Known:
    """A number of queries that does not grow with what there is."""
    orders = orders_of_records(by, records)
    stories = tuple(stories_of_orders(by, orders, None).values())
    return Known(tuple(orders), stories, _to_consider(by, records, now), _arrests(by, records, now))


def _protected(by: Acting, stories: Iterable[OrderStory]) -> tuple[tuple[int, Identity], ...]:
    """Whom any order that stands against them protects, each person once, with the record that names them first."""
    standing = {one.order.pk: one.protects for one in stories if one.order.status in LIVE}
    found: dict[str, tuple[int, Identity]] = {}
    for several in people_protected_by(by, standing).values() if standing else ():
        for record, identity in several:
            found.setdefault(identity.reference, (record, identity))
    return tuple(found.values())


def to_be_asked(by: Acting, records: Sequence[int]) -> tuple[tuple[int, Identity], ...]:
    """Those whom orders that stand against somebody protect: each is asked about a plan, or it is said why not."""
    orders = [one for one in orders_of_records(by, records) if one.status in LIVE]
    return _protected(by, stories_of_orders(by, orders, None).values())


def conditions_of(by: Acting, records: Sequence[int]) -> list[Condition]:
    """The conditions of the orders that stand against somebody, the newest order first."""
    orders = [one for one in orders_of_records(by, records) if one.status in LIVE]
    stories = stories_of_orders(by, orders, None)
    terms = [stories[one.pk].made[-1].pk for one in orders if stories[one.pk].made]
    rows = Condition.objects.for_user(by).filter(terms__in=terms).select_related("terms__order")
    return list(rows.order_by("-terms__order", "number"))


def conditions_tied(by: Acting, story: PlanStory) -> dict[int, Condition]:
    """The conditions to which actions of a plan are tied, of orders open to the reader. One query."""
    wanted = sorted({one.row.condition_id for one in story.actions if one.row.condition_id is not None})
    rows = Condition.objects.for_user(by).filter(pk__in=wanted).select_related("terms__order")
    return {one.pk: one for one in rows}


def _to_consider(by: Acting, records: Collection[int], now: datetime) -> tuple[ToConsider, ...]:
    mine = set(records)
    rows = CaseRole.objects.for_user(by).filter(record__in=sorted(mine), role__in=_ACCUSED).order_by()
    told = cases_told(by, set(rows.values_list("case_id", flat=True)))
    commenced = commencements(by) if told else {}
    found = []
    for case in sorted(told.values(), key=lambda one: -one.pk):
        for respondent in case.respondents:
            if mine & set(respondent.records):
                one = considered(by, case, respondent, now, commenced)
                found.append(ToConsider(case.reference, tuple(one.open), tuple(one.checklist.offered)))
    return tuple(found)


def _arrests(by: Acting, records: Collection[int], now: datetime) -> tuple[Arrest, ...]:
    """For crimes of cases that are open to the reader, the newest first. Two queries."""
    mine = sorted(set(records))
    cases = CaseRole.objects.for_user(by).filter(record__in=mine).order_by().values("case_id")
    crimes = CaseVersion.objects.for_user(by).filter(case__in=cases).order_by().values_list("crime", flat=True)
    rows = DetentionVersion.objects.for_user(by).filter(
        record__in=mine, crime__in=sorted(set(crimes)), known_from__lte=now
    )
    newest: dict[tuple[str, str], Arrest] = {}
    said = ("source", "key", "arrested_at", "released_at", "disposal", "for_breach_of", "bail_ends_on")
    for row in rows.order_by("said_at", "received_at", "number").values(*said):
        newest[row["source"], row["key"]] = Arrest(
            row["arrested_at"], row["released_at"], row["disposal"], bool(row["for_breach_of"]), row["bail_ends_on"]
        )
    return tuple(sorted(newest.values(), key=lambda one: one.at, reverse=True))


def followed(by: Acting, records: Sequence[int], known: Known, plans: Iterable[PlanStory], now: datetime) -> Followed:
    """Incidents that others put to somebody, before, during and after each thing that was done; of cases open to the reader."""
    today = day_of(now)
    incidents = incidents_of(as_known(spans_of_records(by, records), now))
    kept = _kept(by, records, known, now)
    stretches = [(one, stretch) for one in known.orders if (stretch := _stood(one, today)) is not None]
    done = [
        Done(Intervention.ORDER, stretch, _compared(stretch, incidents, kept, today), one) for one, stretch in stretches
    ]
    for story in plans:
        if story.approved_at is not None:
            ended = day_of(story.ended.known_from) if story.ended else None
            stretch = Stretch(day_of(story.approved_at), ended)
            done.append(Done(Intervention.PLAN, stretch, _compared(stretch, incidents, kept, today)))
    for stretch in kept.stretches:
        locked = before_after.compared(stretch, incidents, kept.stretches, today, locks_up=True)
        done.append(Done(Intervention.CUSTODY, stretch, locked))
    done.sort(key=lambda one: one.stretch.first, reverse=True)
    under = [stretch for order, stretch in stretches if not is_condition(order)]
    return Followed(tuple(done), before_after.on_and_off(under, incidents, kept.stretches, today), kept.unknown)


def _compared(stretch: Stretch, incidents: list[date], kept: custody.Kept, today: date) -> Compared:
    return before_after.compared(stretch, incidents, kept.stretches, today)


def incidents_of(spans: Iterable[Span]) -> list[date]:
    """The day of each incident once: acts of one case on one day are one. What was cancelled or found to be none is left out."""
    found = {
        one.incident: one.word.occurred_on
        for one in spans
        if one.word.standing is Standing.RECORDED and one.word.occurred_on is not None
    }
    return sorted(found.values())


def _stood(order: Order, today: date) -> Stretch | None:
    """From when the respondent was served with an order, or knew of it; conditions of bail bind them from when they are made."""
    began = order.served_at or order.aware_at or (order.made_at if is_condition(order) else None)
    if began is None:
        return None
    ends = day_of(order.ended_at) if order.ended_at else None
    if ends is None and order.last_day is not None and order.last_day < today:
        ends = order.last_day + _A_DAY
    return Stretch(day_of(began), ends)


def _kept(by: Acting, records: Sequence[int], known: Known, now: datetime) -> custody.Kept:
    released = [one.on for one in releases_of(by, records, now) if one.is_made]
    of_orders: dict[int, list[ChecksSuspended]] = {}
    rows = ChecksSuspended.objects.for_user(by).filter(order__in=[one.pk for one in known.orders], known_from__lte=now)
    for row in rows.order_by("id"):
        of_orders.setdefault(row.order_id, []).append(row)
    said = [
        custody.absent(one.first_day, one.last_day)
        for rows_ in of_orders.values()
        for one in last_said(rows_)
        if one.why == Absent.CUSTODY
    ]
    for arrest in known.arrests:
        ends = day_of(arrest.released_at) if arrest.released_at else None
        stretch = custody.detained(day_of(arrest.at), ends)
        said += [stretch] if stretch else []
    for sittings in _sittings(by, records, now).values():
        said += custody.at_court(sittings, released)
    return custody.kept(list(dict.fromkeys(said)), released)


def _sittings(by: Acting, records: Sequence[int], now: datetime) -> dict[int, list[custody.Sitting]]:
    """What courts said of these defendants, by the part they play in a case. Two queries."""
    rows = latest_versions(by, now).filter(hearing__role__record__in=list(records))
    told = list(rows.order_by("id").values_list("pk", "hearing__role_id", "hearing__held_on", "bail_status"))
    charges = ChargeHeard.objects.for_user(by).filter(version__in=[one[0] for one in told]).order_by()
    final: dict[int, list[bool]] = {}
    for version, is_final in charges.values_list("version_id", "final"):
        final.setdefault(version, []).append(bool(is_final))
    found: dict[int, list[custody.Sitting]] = {}
    for version, role, on, status in told:
        over = all(final.get(version, [False]))
        found.setdefault(role, []).append(custody.Sitting(on, status, over))
    return found


def scored(by: Acting, person: Person, now: datetime) -> Scored:
    """Where somebody stands since the last run, or why nobody scores them. A score is of all that the register holds (PRI-01)."""
    rows = ScoreStands.objects.for_user(by).filter(person=person).select_related("run")
    stands: ScoreStands | None = rows.first()
    if stands is not None:
        return Scored(stands, "")
    population = population_on(by, day_of(now))
    if population is None:
        return Scored(None, NotScored.NOBODY_STATED.value)
    system = acting_system(by.force, "plans")
    spans = as_known(spans_of_records(system, records_of(system, person)), now)
    if not spans:
        return Scored(None, NotScored.NOTHING_KNOWN.value)
    on, table = day_of(now), own()
    happened = [each for one in spans for each in happened_of(one, as_event(one, on, table, {}), on, table)]
    found = is_member(definition_of(population), happened, on)
    return Scored(None, NotScored.NEXT_RUN.value if found.is_in or found.why is None else found.why.value)
