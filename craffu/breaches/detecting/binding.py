"""Which orders bound whoever some records are: how each was binding at an instant, and how sure it is that they are that person.

IDN-02, IDN-06: over the links as they stand, and over pairs that wait for a person, which make the identity uncertain.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.breaches.detecting.rules import Bound
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.linkage.queries import pairs_by_number, pairs_waiting_of
from craffu.orders.catalogue.kinds import Kind
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.conditions.rules import ConditionType
from craffu.orders.effect.rules import Version, begins_at, enforceable, version_at
from craffu.orders.models import Condition, Order, OrderProtects, OrderTerms
from craffu.orders.models.terms import DRAFTED
from craffu.orders.protecting.queries import records_protected
from craffu.orders.queries import as_happened
from craffu.people.queries import belonging_now, mates

SURE: Final = 1.0


@dataclass(frozen=True, slots=True)
class Worded:
    """One version of an order's words: since when it applies, and its conditions by row number with their types."""

    version: Version
    conditions: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Binding:
    """An order with all that says how it bound its respondent. Persons are row numbers."""

    order: Order
    person: int | None
    protects: frozenset[int]
    worded: Sequence[Worded] = field(default=())

    @property
    def kind(self) -> Kind:
        return kind_of(self.order.kind)

    def conditions_at(self, at: datetime) -> tuple[tuple[int, str], ...]:
        """The conditions of the version in force at an instant; of the first, before it began."""
        number = version_at([one.version for one in self.worded], at)
        wanted = next((one for one in self.worded if one.version.n == number), None)
        return (wanted or self.worded[0]).conditions if self.worded else ()

    def bound_at(self, at: datetime) -> Bound:
        """What the rules of detection ask of it, by the words in force at an instant."""
        happened = as_happened(self.order)
        return Bound(
            effect_from=begins_at(self.kind, happened),
            known_from=enforceable(self.kind, happened, at).liability_from,
            protects=frozenset(map(str, self.protects)),
            conditions=frozenset(ConditionType(type_) for _, type_ in self.conditions_at(at)),
            last_day=self.order.last_day,
            ended_at=self.order.ended_at,
        )


def orders_that_bind(by: Acting, records: Collection[int]) -> dict[int, list[tuple[Binding, float]]]:
    """For each of these records the orders, ever made, against whoever it is, and how sure that is. Twelve queries at most."""
    if not records:
        return {}
    near = nearly(by, records)
    everybody = mates(by, {*records, *(other for one in near.values() for other in one)})
    made = list(
        Order.objects.for_user(by).filter(respondent__one_of=frozenset(everybody), made_at__isnull=False).order_by("id")
    )
    if not made:
        return {}
    found = bindings(by, made)
    whose = belonging_now(by, everybody)
    of_person: dict[int | None, list[Binding]] = defaultdict(list)
    for one in found:
        of_person[one.person].append(one)
    answer: dict[int, list[tuple[Binding, float]]] = {}
    for record in records:
        sure = [(one, SURE) for one in of_person.get(whose.get(record), ())]
        maybe: dict[int, tuple[Binding, float]] = {}
        for other, probability in near.get(record, {}).items():
            for one in of_person.get(whose.get(other), ()):
                if whose.get(other) != whose.get(record) and probability > maybe.get(one.order.pk, (one, 0.0))[1]:
                    maybe[one.order.pk] = (one, probability)
        if sure or maybe:
            answer[record] = [*sure, *maybe.values()]
    return answer


def orders_protecting(by: Acting, records: Collection[int]) -> dict[int, list[Binding]]:
    """For each of these records the orders, ever made, that protect whoever it is. Ten queries at most."""
    if not records:
        return {}
    everybody = mates(by, records)
    named = OrderProtects.objects.for_user(by).filter(record__one_of=frozenset(everybody)).order_by()
    orders = frozenset(named.values_list("order_id", flat=True))
    made = list(Order.objects.for_user(by).filter(pk__one_of=orders, made_at__isnull=False).order_by("id"))
    whose = belonging_now(by, records)
    found = bindings(by, made) if made else []
    answer = {record: [one for one in found if whose.get(record) in one.protects] for record in records}
    return {record: several for record, several in answer.items() if several}


def bindings(by: Acting, orders: Sequence[Order]) -> list[Binding]:
    """These orders with whom they bind and protect, and their words. Five queries, however many they are."""
    numbers = frozenset(one.pk for one in orders)
    rows: dict[int, list[OrderProtects]] = defaultdict(list)
    for row in OrderProtects.objects.for_user(by).filter(order__one_of=numbers).order_by("id"):
        rows[row.order_id].append(row)
    protected = {order: records_protected(several) for order, several in rows.items()}
    named = {one.respondent_id for one in orders} | {each for several in protected.values() for each in several}
    whose = belonging_now(by, named)
    worded = _worded(by, numbers)
    return [
        Binding(
            one,
            whose.get(one.respondent_id),
            frozenset(whose[each] for each in protected.get(one.pk, ()) if each in whose),
            worded.get(one.pk, ()),
        )
        for one in orders
    ]


def _worded(by: Acting, orders: frozenset[int]) -> dict[int, list[Worded]]:
    terms = OrderTerms.objects.for_user(by).filter(order__one_of=orders).exclude(why=DRAFTED).order_by("number")
    versions = list(terms.values_list("pk", "order_id", "number", "applies_from"))
    conditions: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = Condition.objects.for_user(by).filter(terms__one_of=frozenset(pk for pk, *_ in versions)).order_by("number")
    for pk, terms_id, type_ in rows.values_list("pk", "terms_id", "type"):
        conditions[terms_id].append((pk, type_))
    found: dict[int, list[Worded]] = defaultdict(list)
    for pk, order, number, applies_from in versions:
        found[order].append(Worded(Version(number, applies_from), tuple(conditions[pk])))
    return found


def nearly(by: Acting, records: Collection[int]) -> dict[int, dict[int, float]]:
    """For each of these records those of whom somebody has yet to say whether they are the same person, and how likely it is."""
    whole = mates(by, records)
    pairs = pairs_by_number(by, pairs_waiting_of(by, whole))
    of_one: dict[int, dict[int, float]] = defaultdict(dict)
    for pair in pairs:
        if pair.probability is not None:
            of_one[pair.left_id][pair.right_id] = pair.probability
            of_one[pair.right_id][pair.left_id] = pair.probability
    if not of_one:
        return {}
    whose = belonging_now(by, whole)
    together: dict[int, list[int]] = defaultdict(list)
    for record, person in whose.items():
        together[person].append(record)
    return {record: _most(of_one, together.get(whose.get(record, 0), [record])) for record in records}


def _most(of_one: Mapping[int, Mapping[int, float]], records: Iterable[int]) -> dict[int, float]:
    found: dict[int, float] = {}
    for record in records:
        for other, probability in of_one.get(record, {}).items():
            found[other] = max(probability, found.get(other, 0.0))
    return found
