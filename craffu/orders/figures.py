"""The figures about orders and how they are watched, each as so many of so many: MET09 to MET16, MET25 and MET26.

Plain questions to the register, as it was known at an instant; nothing is added up that the measures show apart. A period is of
London days, both included. Of a period only what had run its time by then counts. Each takes as many queries for many orders as
for few; checks are read some hundred orders at a time.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import day_of, end_of
from craffu.orders.catalogue.kinds import Change
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.life.states import LIVE
from craffu.orders.models import Order, OrderMove
from craffu.orders.monitoring.queries import checks_on_time
from craffu.orders.notifying.queries import first_notifications_on_time
from craffu.orders.noting.facts import Noted
from craffu.orders.papers.card import Respondent, lacks_of_card
from craffu.orders.papers.rules import CARD_WAITS_FOR
from craffu.orders.queries import OrderStory, stories_of_orders
from craffu.orders.reviewing.figures import ended_unreviewed, reviews_on_time, voices_heard
from craffu.orders.reviewing.policies import REVIEWED
from craffu.orders.serving.rules import ALERT_AFTER_DAYS, SERVE_WITHIN_DAYS, Method, PlaceType
from craffu.orders.watching.reading import as_known, row_before
from craffu.people.queries import identities, members, people_of_records, pnc_id, provenance_of

NO_CASES: Final = "no cases"


@dataclass(frozen=True, slots=True)
class Figure:
    """So many of so many, with what is counted beside them and belongs to neither."""

    numerator: int
    denominator: int
    beside: Mapping[str, int] = field(default_factory=dict)

    @property
    def share(self) -> Fraction | str:
        """The share, or that there is nothing to divide."""
        return Fraction(self.numerator, self.denominator) if self.denominator else NO_CASES


@dataclass(frozen=True, slots=True)
class Voices:
    """What answered in the reviews that were closed: a view, a reason alone, or a standing wish. Never one figure."""

    by_view: Figure
    by_reason: Figure
    by_wish: Figure


@dataclass(frozen=True, slots=True)
class Active:
    """The orders that stand: by episode and by person, and of all of them the interim and those that nobody was served with."""

    episodes: int
    persons: int
    orders: int
    interim: int
    unserved: int


def served_in_time(by: Acting, first: date, last: date, at: datetime) -> Figure:
    """MET09: of the orders made in a period those served in person, with proof, on the day made or the next.

    Every order of a court counts, each interim and each full one; the requirement does not say which kinds require service, and
    the register asks it of all of them. Notices and conditions are no orders. Served in court is counted beside, and so is what
    was made too lately to say.
    """
    made = [one for one in known_orders(by, at) if one.order.made_at and first <= day_of(one.order.made_at) <= last]
    ripe = [one for one in made if serve_by(one) <= at]
    in_person = [one for one in ripe if _served_in_person(one, serve_by(one))]
    in_court = sum(_served_in_person(one, serve_by(one), PlaceType.COURT) for one in in_person)
    return Figure(len(in_person), len(ripe), {"in_court": in_court, "not_yet_due": len(made) - len(ripe)})


def unserved(by: Acting, at: datetime) -> Figure:
    """MET10: of the orders that stand and that nobody was served with, those made more than three days before.

    The number itself is the figure's numerator: one of one is everything. An order whose respondent is proven to know of it
    stands unserved all the same.
    """
    waiting = [one for one in _standing(by, at) if one.order.served_at is None]
    return Figure(sum((day_of(at) - _made_on(one)).days > ALERT_AFTER_DAYS for one in waiting), len(waiting))


def active(by: Acting, at: datetime) -> Active:
    """MET11: the orders that stand at an instant. An interim order and the full one that followed it are one episode.

    How many come to each 100,000 residents is worked out where the residents are known.
    """
    found = _standing(by, at)
    people = people_of_records(by, {one.order.respondent_id for one in found}, at)
    return Active(
        len({one.order.main_id or one.order.pk for one in found}),
        len({people[one.order.respondent_id].pk for one in found if one.order.respondent_id in people}),
        len(found),
        sum(one.order.is_interim for one in found),
        sum(one.order.served_at is None for one in found),
    )


def managed(by: Acting, at: datetime) -> Counter[int | None]:
    """How many of the orders that stand each user manages, by row number; None are those that nobody does (R1a)."""
    return Counter(one.owner.owner_id if one.owner else None for one in _standing(by, at))


def complete(by: Acting, at: datetime) -> Figure:
    """MET12: of the orders that stand those of which everything is said that must be, with what each lacks counted beside.

    What must be said is what the card of a live order says (ORD-18), the entry in the national system with it; when it is next
    reviewed follows from its service and is left out. An identifier is a valid PNC ID, as on the card.
    """
    lacks = [names for _, names in lacks_of_standing(by, at)]
    return Figure(sum(not one for one in lacks), len(lacks), Counter(name for one in lacks for name in one))


def lacks_of_standing(by: Acting, at: datetime) -> list[tuple[OrderStory, list[str]]]:
    """The orders that stand at an instant, each with what its card lacks."""
    found = _standing(by, at)
    who = _respondents(by, found, at)
    return [
        (one, [name for name in lacks_of_card(one, who[one.order.respondent_id]) if name not in CARD_WAITS_FOR])
        for one in found
    ]


def notified_in_time(by: Acting, first: date, last: date, at: datetime) -> Figure:
    """MET13: of the orders whose last day for the first notification fell in a period those notified by then.

    Late and never are counted apart. Changes of name or address are another figure.
    """
    found = first_notifications_on_time(by, first, last, at)
    return Figure(found.on_time, found.orders, {"late": found.late, "never": found.never})


def checked_in_time(by: Acting, first: date, last: date, at: datetime) -> Figure:
    """MET14: of the checks due in a period those made by their day. Cancelled before they were due, they are counted beside."""
    found = checks_on_time(by, first, last + timedelta(days=1), at)
    return Figure(found.in_time, found.due, {"cancelled": found.cancelled, "not_yet_due": found.not_yet_due})


def reviewed_in_time(by: Acting, first: date, last: date) -> Figure:
    """MET15: of the reviews due in a period those complete by their day, as the clock last left them."""
    found = reviews_on_time(by, first, last)
    return Figure(found.counted, found.of)


def heard(by: Acting, first: date, last: date) -> Voices:
    """MET16: of the reviews closed in a period (a) those that hold a view, (b) a valid reason alone, (c) a standing wish."""
    found = voices_heard(by, first, last)
    beside = {"neither": found.neither}
    return Voices(*(Figure(number, found.of, beside) for number in (found.by_view, found.by_reason, found.by_wish)))


def lapsed_unreviewed(by: Acting, first: date, last: date) -> Figure:
    """MET25: of the orders that ran out in a period those whose end nobody had decided fourteen days before. The aim is none."""
    found = ended_unreviewed(by, first, last)
    return Figure(found.counted, found.of)


class Applicant:
    """Who asked a court for a change, as the measure groups them."""

    POLICE, RESPONDENT, VICTIM, PROSECUTION, COURT, NOT_SAID = (
        "police", "respondent", "victim", "prosecution", "court", "not_said",
    )  # fmt: skip


_APPLICANTS: Final = {
    "respondent": Applicant.RESPONDENT, "prosecution": Applicant.PROSECUTION, "court": Applicant.COURT,
    "victim": Applicant.VICTIM, "applicant": Applicant.VICTIM, "person_mentioned": Applicant.VICTIM,
    "police": Applicant.POLICE, "constable": Applicant.POLICE,
}  # fmt: skip
_CHANGES: Final = frozenset({"vary", "renew", "discharge"})
RENEWED_BY_VARIATION: Final = "renewed_by_variation"


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes that courts decided, by what was to be changed and who asked."""

    granted: Mapping[tuple[str, str], int]
    refused: Mapping[tuple[str, str], int]
    renewed_by_variation: int

    @property
    def all(self) -> Figure:
        """Those granted of all that were decided."""
        granted = sum(self.granted.values())
        return Figure(granted, granted + sum(self.refused.values()))


def changed(by: Acting, first: date, last: date, at: datetime) -> Changes:
    """MET26: changes granted and refused in a period, by kind and by applicant. A variation that gives a later end to a kind
    which is renewed so is counted as a renewal, and beside.

    A renewal says when it was lodged and not when it was granted, nor who asked for it: it counts on the day on which it was
    recorded, of an applicant not said.
    """
    granted: Counter[tuple[str, str]] = Counter()
    refused: Counter[tuple[str, str]] = Counter()
    by_variation = 0
    for one in (each for story in known_orders(by, at) for each in changes_of(story)):
        if first <= one.on <= last:
            (granted if one.is_granted else refused)[one.what, one.applicant] += 1
            by_variation += one.is_by_variation
    return Changes(granted, refused, by_variation)


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of an order that a court decided: which, for whom, on which day, and since when we know."""

    what: str
    applicant: str
    on: date
    is_granted: bool
    is_by_variation: bool
    known_from: datetime


def changes_of(story: OrderStory) -> Iterator[Changed]:
    """Every change of an order that was granted or refused, a variation to a later end being a renewal."""
    for move in story.moves:
        if move.move in _CHANGES:
            is_renewed = move.move == "vary" and _renews(story, move)
            what = "renew" if is_renewed else move.move
            yield Changed(
                what, _applicant(move.said.get("applicant", "")), _granted_on(move), True, is_renewed, move.known_from
            )
    for one in story.noted:
        if one.what == Noted.CHANGE_REFUSED:
            yield Changed(one.change, _applicant(one.applicant), day_of(one.at), False, False, one.known_from)


def _granted_on(move: OrderMove) -> date:
    return day_of(move.known_from if move.move == "renew" else move.happened_at)


def _applicant(said: str) -> str:
    if said.startswith("chief_officer"):
        return Applicant.POLICE
    return _APPLICANTS.get(said, Applicant.NOT_SAID)


def _renews(story: OrderStory, move: OrderMove) -> bool:
    """Whether a variation gave an order of a kind that is renewed by variation a later end."""
    until, before = move.said.get("last_day"), row_before(story, move.number).last_day
    is_renewed_so = story.kind.changing.renew == Change.BY_VARIATION
    return is_renewed_so and before is not None and until is not None and date.fromisoformat(until) > before


def known_orders(by: Acting, at: datetime) -> list[OrderStory]:
    """Every order of a court as it was known at an instant."""
    rows = Order.objects.for_user(by).filter(known_from__lte=at).select_related("case").order_by("id")
    mine = [one for one in rows if kind_of(one.kind).family in REVIEWED]
    return [as_known(one, at) for one in stories_of_orders(by, mine, at).values()]


def _standing(by: Acting, at: datetime) -> list[OrderStory]:
    """Those that stand at an instant: made, and neither ended nor past their last day."""
    return [one for one in known_orders(by, at) if one.order.status in LIVE and _is_before_end(one.order, at)]


def _is_before_end(order: Order, at: datetime) -> bool:
    return order.last_day is None or at < end_of(order.last_day)


def _made_on(story: OrderStory) -> date:
    return day_of(story.order.made_at) if story.order.made_at else date.max


def serve_by(story: OrderStory) -> datetime:
    return end_of(_made_on(story) + timedelta(days=SERVE_WITHIN_DAYS))


def _served_in_person(story: OrderStory, before: datetime, place: str = "") -> bool:
    at = in_person_at(story, place)
    return at is not None and at < before


def in_person_at(story: OrderStory, place: str = "") -> datetime | None:
    """When an order was first served in person, there where a place is named; None where it was not.

    An attempt is no service, and without proof nobody can say that there was one.
    """
    served = (
        one.attempted_at
        for one in story.attempts
        if one.result == "served" and one.method == Method.PERSONAL and one.proof.strip() and place in ("", one.place)
    )
    return min(served, default=None)


def _respondents(by: Acting, stories: Iterable[OrderStory], at: datetime) -> dict[int, Respondent]:
    """What the sources say of each respondent, by the record under which an order names them. Five queries."""
    records = {one.order.respondent_id for one in stories}
    people = people_of_records(by, records, at)
    whose = dict(_memberships(by, {one.pk for one in people.values()}, at))
    known = identities(by, dict.fromkeys(people.values()), at, whose)
    said: dict[int, list[object]] = {}
    for version in provenance_of(by, whose, at):
        said.setdefault(whose[version.record_id], []).append(version)
    found = dict.fromkeys(records, Respondent())
    for record, person in people.items():
        one = known[person.pk]
        found[record] = Respondent(one.name, one.born_on, pnc_id(said.get(person.pk, ())))  # type: ignore[arg-type]
    return found


def _memberships(by: Acting, people: Iterable[int], at: datetime) -> Iterator[tuple[int, int]]:
    rows = members(by, at).filter(person__one_of=frozenset(people)).order_by()
    yield from rows.values_list("record_id", "person_id")
