"""Which words of other systems the ledger has already (INT-01)."""

from collections.abc import Collection

from craffu.access.acting import Acting
from craffu.breaches.models import BreachTelling
from craffu.breaches.telling.facts import Tells
from craffu.common import lookups  # noqa: F401 (registers `one_of`)


def tellings_known(by: Acting, source: str, tells: Tells, keys: Collection[str]) -> set[tuple[str, int]]:
    """The key and number of each version of these that is kept. One query."""
    rows = BreachTelling.objects.for_user(by).filter(source=source, tells=tells.value, key__one_of=frozenset(keys))
    return set(rows.order_by().values_list("key", "number"))
