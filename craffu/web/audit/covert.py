"""What the log does not tell an auditor who may not know of a covert record: whoever audits those is let into them (SEC-02)."""

from collections.abc import Collection

from craffu.access.acting import Acting, acting_system
from craffu.access.events import EMERGENCIES_LISTED, TODAY_VIEWED
from craffu.audit.events import AUDIT_READ, KINDS, LOG_EXPORTED
from craffu.audit.questions import KeptFrom
from craffu.breaches.models import Breach
from craffu.cases.events import CASES_LISTED
from craffu.orders.models import Order
from craffu.people.events import PEOPLE_EXPORTED, PEOPLE_LISTED, PERSON_EXPORTED, PERSON_VIEWED

# Pages of something else, on which the record stood among others: who opened those is told all the same.
BESIDE = (
    PERSON_VIEWED,
    PEOPLE_LISTED,
    CASES_LISTED,
    TODAY_VIEWED,
    EMERGENCIES_LISTED,
    AUDIT_READ,
    PERSON_EXPORTED,
    PEOPLE_EXPORTED,
    LOG_EXPORTED,
)


# Of these a row names whatever was on a list.
_LISTS = ("_listed", "_exported", "_searched")


def kept_from(by: Acting) -> KeptFrom:
    """Two queries where a case is hidden from them, else none."""
    refs = {f"{kind}/{reference}" for kind, references in by.hidden.items() for reference in references}
    if cases := by.hidden.get("case", frozenset()):
        refs |= _of_cases(by, cases)
    lists = {key for key in KINDS if key.endswith(_LISTS)}
    return KeptFrom(frozenset(refs), frozenset(lists | {kind.key for kind in BESIDE}))


def _of_cases(by: Acting, cases: Collection[str]) -> set[str]:
    """What belongs to a case tells of it as much as its own reference."""
    system = acting_system(by.force, "the log")
    orders = Order.objects.for_user(system).filter(case__reference__in=sorted(cases)).order_by()
    breaches = Breach.objects.for_user(system).filter(case__reference__in=sorted(cases)).order_by()
    return {
        *(f"order/{one}" for one in orders.values_list("reference", flat=True)),
        *(f"breach/{one}" for one in breaches.values_list("reference", flat=True)),
    }
