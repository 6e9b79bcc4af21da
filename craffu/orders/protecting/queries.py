"""Whom an order protects now, as people (ORD-06: the protected person need not be the person stalked)."""

from collections.abc import Collection, Iterable, Mapping

from craffu.access.acting import Acting, acting_system
from craffu.orders.models import Order, OrderProtects
from craffu.people.models import Person
from craffu.people.queries import Identity, identities, people_of_records, whole_people


def records_protected(said: Iterable[OrderProtects]) -> list[int]:
    """Of several words about one record the last counts; in the order first named."""
    last = {one.record_id: one.protects for one in said}
    return [record for record, protects in last.items() if protects]


def protect_anybody(by: Acting, orders: Collection[Order]) -> bool:
    """Whether one of these orders names somebody whom it protects. One query; none without an order."""
    said: dict[int, list[OrderProtects]] = {}
    if orders:
        rows = OrderProtects.objects.for_user(by).filter(order__in=[one.pk for one in orders]).order_by("id")
        for one in rows:
            said.setdefault(one.order_id, []).append(one)
    return any(records_protected(several) for several in said.values())


def orders_protecting(by: Acting, records: Collection[int]) -> list[str]:
    """The references of the orders that protect whoever these records are, the first made first. Two queries."""
    named = OrderProtects.objects.for_user(by).filter(record__in=list(records)).order_by()
    orders = set(named.values_list("order_id", flat=True))
    said: dict[str, list[OrderProtects]] = {}
    rows = OrderProtects.objects.for_user(by).filter(order__in=orders).select_related("order")
    for one in rows.order_by("order_id", "id"):
        said.setdefault(one.order.reference, []).append(one)
    return [order for order, words in said.items() if not set(records).isdisjoint(records_protected(words))]


def bound_against(by: Acting, records: Collection[int]) -> set[int]:
    """The records of whom the orders that protect whoever these are bind, or would. Three queries.

    Read as the system reads, to compare with and never to show.
    """
    system = acting_system(by.force, by.actor.name)
    named = Order.objects.for_user(system).filter(reference__in=orders_protecting(system, records)).order_by()
    return set(named.values_list("respondent_id", flat=True))


def people_protected_by(
    by: Acting, said: Mapping[int, Iterable[OrderProtects]]
) -> dict[int, list[tuple[int, Identity]]]:
    """Whom each of several orders protects, each person once with the record that names them. Two queries, however many."""
    records = {order: records_protected(rows) for order, rows in said.items()}
    everybody = {one for several in records.values() for one in several}
    belonging = whole_people(by, everybody) if everybody else {}
    people = {record: person for record, person in belonging.items() if record in everybody}
    whose = {record: person.pk for record, person in belonging.items()}
    known = identities(by, set(people.values()), whose=whose) if people else {}
    found: dict[int, list[tuple[int, Identity]]] = {}
    for order, several in records.items():
        first: dict[int, int] = {}
        for record in several:
            if record in people:
                first.setdefault(people[record].pk, record)
        found[order] = [(record, known[person]) for person, record in first.items()]
    return found


def people_protected(by: Acting, said: Iterable[OrderProtects]) -> list[Identity]:
    """Who they are, each once. Three queries; none where the order protects nobody who is named."""
    records = records_protected(said)
    people: dict[int, Person] = people_of_records(by, records) if records else {}
    known = identities(by, dict.fromkeys(people.values())) if people else {}
    return [known[person.pk] for person in dict.fromkeys(people[one] for one in records if one in people)]
