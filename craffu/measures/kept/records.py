"""The orders or breaches that a figure counted, as far as they are open to the reader now: rights are checked anew (P25)."""

from collections.abc import Collection

from django.db.models import QuerySet

from craffu.access.acting import Acting
from craffu.breaches.models import Breach
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


def breaches_counted(by: Acting, tokens: Collection[str]) -> QuerySet[Breach]:
    """The same of breaches, the newest first. One query that finds which they are; the rows are another."""
    every = Breach.objects.for_user(by).order_by().values_list("pk", "reference")
    found = frozenset(pk for pk, reference in every if keyed("breach", reference) in tokens)
    rows: QuerySet[Breach] = Breach.objects.for_user(by).filter(pk__one_of=found).order_by("-id")
    return rows
