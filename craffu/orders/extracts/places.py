"""What the snapshot holds of where cases belong, and their orders with them: which area and team, from when until when (X10).

An order belongs where its case does. What nobody placed has no row.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.access.reach.models import Placement
from craffu.common.extracted import KNOWN_FROM, KNOWN_UNTIL, Extract, Holds, Row, keyed, spans
from craffu.orders.models import Order

_CASE: Final = "case"


def _places(by: Acting, at: datetime) -> Iterator[Row]:
    placed: dict[str, list[Placement]] = defaultdict(list)
    rows = Placement.objects.filter(force=by.force, kind=_CASE, changed_at__lte=at).select_related("area", "team")
    for one in rows.order_by("id"):
        placed[one.reference].append(one)
    told = Order.objects.for_user(by).filter(known_from__lte=at, case__isnull=False).order_by("id")
    orders: dict[str, list[str]] = defaultdict(list)
    for reference, case in told.values_list("reference", "case__reference"):
        orders[case].append(reference)
    for case, several in placed.items():
        keys = [keyed(_CASE, case), *(keyed("order", one) for one in orders[case])]
        for key in keys:
            yield from spans((one.changed_at for one in several), _stood(key, several))


def _stood(key: str, several: Sequence[Placement]) -> Callable[[datetime], Row | None]:
    def stood(at: datetime) -> Row | None:
        """The last word that was known, as each of them was said in their order."""
        last = [one for one in several if one.changed_at <= at][-1]
        if last.area is None:
            return None
        return {"of": key, "area": last.area.code, "team": last.team.code if last.team is not None else ""}

    return stood


PLACES: Final = Extract(
    "places",
    {
        "of": Holds.REFERENCE, "area": Holds.CODE, "team": Holds.CODE, KNOWN_FROM: Holds.INSTANT, KNOWN_UNTIL: Holds.INSTANT,
    },
    _places,
)  # fmt: skip

TABLES: Final = (PLACES,)
