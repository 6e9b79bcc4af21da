"""Which cases and orders stand in no frame, because the use of somebody's data in them is restricted (SEC-11; ADR 134).

Scrutiny looks back at what was done: nobody is less safe for a case that it does not read.
"""

from craffu.access.acting import Acting
from craffu.cases.models import CaseRole
from craffu.orders.models import Order, OrderProtects
from craffu.people.use_restricted import records_restricted
from craffu.scrutiny.sampling.kinds import Unit


def left_out(by: Acting, unit: Unit) -> frozenset[str]:
    """The references of those that leave. Four queries or five; one where nothing is restricted."""
    records = sorted(records_restricted(by))
    if not records:
        return frozenset()
    if unit is Unit.CASE:
        parts = CaseRole.objects.for_user(by.joining()).filter(record__in=records).order_by()
        return frozenset(parts.values_list("case__reference", flat=True))
    against = Order.objects.for_user(by.joining()).filter(respondent__in=records).order_by()
    protecting = OrderProtects.objects.for_user(by.joining()).filter(record__in=records).order_by()
    return frozenset(
        {*against.values_list("reference", flat=True), *protecting.values_list("order__reference", flat=True)}
    )
