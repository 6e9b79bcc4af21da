"""What each order that an incident may have broken said at that time, and how it bound whoever it is against then (BRC-02, P09).

Never what it says now: words that a court changed later were broken by nobody before.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from craffu.access.acting import Acting
from craffu.breaches.ledger.queries import BreachStory
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.orders.catalogue.kinds import Kind
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.effect.rules import Enforceable, Version, enforceable, version_at
from craffu.orders.models import Condition, Order, OrderProtects, OrderTerms, TermsCompared
from craffu.orders.models.terms import DRAFTED
from craffu.orders.protecting.queries import records_protected
from craffu.orders.queries import as_happened, checked_terms
from craffu.orders.terms.rules import Checked


@dataclass(frozen=True, slots=True)
class Then:
    """One order as it stood at an instant: its words then, whether it bound them, and whom it protects, by source record.

    `terms` is None where nobody has typed any. Where it had not begun yet, they are those of its first version.
    """

    order: Order
    terms: OrderTerms | None
    stood: Enforceable
    protects: Sequence[int]

    @property
    def kind(self) -> Kind:
        return kind_of(self.order.kind)

    @property
    def conditions(self) -> list[Condition]:
        return list(self.terms.conditions.all()) if self.terms is not None else []

    @property
    def checked(self) -> Checked | None:
        """Whether somebody else held these words against the sealed order (ORD-20)."""
        return checked_terms(self.terms)


def orders_then(by: Acting, story: BreachStory) -> list[Then]:
    """Every order that a breach is tied to and that is open to the reader, as it stood when the incident ended.

    Five queries at most, however many they are.
    """
    at, among = story.breach.happened_to, frozenset(one.order_id for one in story.holding)
    if not among:
        return []
    conditions = Condition.objects.for_user(by).order_by("number")
    compared = TermsCompared.objects.for_user(by).select_related("by").order_by("id")
    rows = OrderTerms.objects.for_user(by).filter(order__one_of=among).exclude(why=DRAFTED).order_by("number")
    rows = rows.select_related("entered_by", "order")
    versions: dict[int, list[OrderTerms]] = defaultdict(list)
    for row in rows.prefetch_related(Prefetch("conditions", conditions), Prefetch("compared", compared)):
        versions[row.order_id].append(row)
    said: dict[int, list[OrderProtects]] = defaultdict(list)
    for named in OrderProtects.objects.for_user(by).filter(order__one_of=among).select_related("order").order_by("id"):
        said[named.order_id].append(named)
    # What is open to the reader is what their rows show; only of an order without words and without anybody named is it asked.
    orders = {number: several[0].order for each in (versions, said) for number, several in each.items()}
    if others := among - orders.keys():
        orders |= {one.pk: one for one in Order.objects.for_user(by).filter(pk__one_of=others)}
    return [
        Then(
            order, _in_force(versions[pk], at), enforceable(kind_of(order.kind), as_happened(order), at),
            records_protected(said[pk]),
        )
        for pk, order in sorted(orders.items())
    ]  # fmt: skip


def _in_force(versions: Sequence[OrderTerms], at: datetime) -> OrderTerms | None:
    number = version_at([Version(one.number, one.applies_from) for one in versions if one.applies_from], at)
    return next((one for one in versions if one.number == number), versions[0] if versions else None)
