"""What does not agree between standpoints, as it is kept: each mismatch from when until when (BRC-03)."""

from collections.abc import Collection

from craffu.access.acting import Acting
from craffu.breaches.models import BreachMismatch
from craffu.common import lookups  # noqa: F401 (registers `one_of`)


def mismatches_of(by: Acting, breaches: Collection[int]) -> dict[int, list[BreachMismatch]]:
    """Every mismatch kept of these breaches, those that agree again too. One query."""
    found: dict[int, list[BreachMismatch]] = {}
    for row in BreachMismatch.objects.for_user(by).filter(breach__one_of=frozenset(breaches)).order_by("id"):
        found.setdefault(row.breach_id, []).append(row)
    return found
