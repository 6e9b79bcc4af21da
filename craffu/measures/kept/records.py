"""The orders that a figure counted, as far as they are open to the reader now (page map, P25: a drill-down re-checks rights)."""

from collections.abc import Collection

from django.db.models import QuerySet

from craffu.access.acting import Acting
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.extracted import keyed
from craffu.orders.models import Order
from craffu.orders.queries import orders_page


def orders_counted(by: Acting, tokens: Collection[str]) -> QuerySet[Order]:
    """One query that finds which they are; the rows are another."""
    every = orders_page(by).order_by().values_list("pk", "reference")
    return orders_page(by).filter(
        pk__one_of=frozenset(pk for pk, reference in every if keyed("order", reference) in tokens)
    )
