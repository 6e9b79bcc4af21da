"""Who an order is against: as they are shown elsewhere, and as the order itself names them."""

from collections.abc import Collection
from dataclasses import dataclass

from craffu.access.acting import Acting
from craffu.orders.models import Order
from craffu.orders.papers.card import Respondent
from craffu.people.queries import (
    Identity,
    identities,
    identity_of,
    people_of_records,
    pnc_id,
    provenance_of,
    records_of,
)
from craffu.web.people.presenters import born_words


@dataclass(frozen=True, slots=True)
class Whose:
    """The respondent as they are shown elsewhere, and what papers say of them: the name that is the order's."""

    identity: Identity | None
    respondent: Respondent


def whose_of(by: Acting, order: Order) -> Whose:
    person = people_of_records(by, [order.respondent_id]).get(order.respondent_id)
    if person is None:
        return Whose(None, Respondent())
    said = provenance_of(by, records_of(by, person))
    identity = identity_of(person, said)
    # A paper names whom the order names. A later name, or one that somebody gave once in custody, was never before the court.
    of_order = identity_of(person, [one for one in said if one.record_id == order.respondent_id])
    name = (of_order if of_order.given_names and of_order.family_name else identity).name
    others = tuple(one for one in (identity.name, *identity.other_names) if one and one != name)
    return Whose(identity, Respondent(name, born_words(identity) if identity.born_on else "", pnc_id(said), others))


def respondents(by: Acting, orders: Collection[Order]) -> dict[int, Identity]:
    """Whoever each of these orders is against, by the order's row number. Two questions more than of whom the records are."""
    people = people_of_records(by, [order.respondent_id for order in orders])
    known = identities(by, set(people.values()))
    return {order.pk: known[people[order.respondent_id].pk] for order in orders if order.respondent_id in people}
