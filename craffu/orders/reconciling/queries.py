"""Both sides of a comparison, the differences it showed, and how each stands (ORD-19)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Prefetch, QuerySet

from craffu.access.acting import Acting
from craffu.clocks.london import day_of, end_of, start_of
from craffu.orders.catalogue.reading import kinds
from craffu.orders.life.rules import court_number
from craffu.orders.life.states import LIVE, TABLE
from craffu.orders.models import CourtListed, DifferenceClosed, DifferenceOwned, ListDifference, ListsCompared, Order
from craffu.orders.models.lives import COURT_NUMBER
from craffu.orders.reconciling.listing import STANDS, type_of
from craffu.orders.reconciling.rules import Listed
from craffu.work.rules import Band, days_of

_OURS: Final = (
    "pk", "reference", "kind", "is_interim", "court_case_no", "made_at", "last_day"
)  # fmt: skip
_THEIRS: Final = (
    "order_ref",
    "pk",
    "kind",
    "order_kind",
    "is_interim",
    "court_case_no",
    "made_on",
    "last_day",
    "status",
)


def listed_kinds() -> list[str]:
    """The kinds that stand on courts' lists: what a court makes and tells of."""
    row = TABLE["receive"].kinds
    return [code for code, kind in kinds().items() if row.hold(code, kind.family)]


def register_side(by: Acting, known_at: datetime) -> dict[str, tuple[int, Listed]]:
    """What the register holds as standing, by reference, each with its row number. One query."""
    rows = Order.objects.for_user(by).filter(status__in=LIVE, kind__in=listed_kinds(), known_from__lte=known_at)
    found = {}
    for pk, reference, kind, is_interim, number, made_at, last_day in rows.order_by("id").values_list(*_OURS):
        listed = Listed(
            court_number(number), type_of(kind, is_interim=is_interim), day_of(made_at), last_day, reference
        )
        found[reference] = (pk, listed)
    return found


def court_side(by: Acting, known_at: datetime) -> dict[str, tuple[int, Listed]]:
    """What the court's last word on each order has as standing, by the court's reference. One query."""
    last = {}
    rows = CourtListed.objects.for_user(by).filter(known_from__lte=known_at).order_by("id")
    for row in rows.values_list(*_THEIRS).iterator():
        last[row[0]] = row
    return {
        ref: (pk, Listed(number, type_of(kind or said, is_interim=is_interim), made_on, last_day, ref))
        for ref, pk, kind, said, is_interim, number, made_on, last_day, status in last.values()
        if status == STANDS
    }


def last_listed_at(by: Acting, known_at: datetime | None = None) -> datetime | None:
    """When a court's list last said something new. One query."""
    rows = CourtListed.objects.for_user(by)
    rows = rows.filter(known_from__lte=known_at) if known_at else rows
    found: datetime | None = rows.order_by("-known_from").values_list("known_from", flat=True).first()
    return found


def comparisons(by: Acting, known_at: datetime | None = None) -> QuerySet[ListsCompared]:
    """Every comparison, the newest first."""
    rows: QuerySet[ListsCompared] = ListsCompared.objects.for_user(by).select_related("by")
    return (rows.filter(at__lte=known_at) if known_at else rows).order_by("-id")


def find_comparison(by: Acting, reference: str) -> ListsCompared | None:
    return comparisons(by).filter(reference=reference).first()


def _whole(by: Acting, rows: QuerySet[ListDifference]) -> QuerySet[ListDifference]:
    return rows.select_related("order", "order__case", "listed").prefetch_related(
        Prefetch("owned", DifferenceOwned.objects.for_user(by).select_related("owner").order_by("id")),
        Prefetch("closed", DifferenceClosed.objects.for_user(by).select_related("by", "order", "comparison")),
    )


def differences_page(
    by: Acting, now: datetime, *, is_closed: bool, band: Band | None = None
) -> QuerySet[ListDifference]:
    """What is open, the oldest first, or what is closed, the newest first; of those first seen so many days ago."""
    rows: QuerySet[ListDifference] = _whole(by, ListDifference.objects.for_user(by))
    rows = rows.filter(closed__isnull=not is_closed)
    if band is not None:
        first, last = days_of(band, day_of(now))
        rows = rows.filter(at__lt=end_of(last))
        rows = rows.filter(at__gte=start_of(first)) if first else rows
    return rows.order_by("-id") if is_closed else rows.order_by("at", "id")


def find_difference(by: Acting, reference: str) -> ListDifference | None:
    """The difference with this reference; None where there is none for this reader. Three queries."""
    return _whole(by, ListDifference.objects.for_user(by).filter(reference=reference)).first()


def differences_numbered(by: Acting, numbers: Collection[int], known_at: datetime) -> list[ListDifference]:
    """These differences, by row number, with everything. Three queries."""
    rows = ListDifference.objects.for_user(by).filter(pk__in=sorted(numbers), at__lte=known_at)
    return list(_whole(by, rows).order_by("id"))


@dataclass(frozen=True, slots=True)
class Known:
    """A difference that was shown before: the last under its key, and how it was closed, empty while it is open."""

    pk: int
    key: str
    how: str


def differences_known(by: Acting) -> dict[str, Known]:
    """The last difference under each key. One query."""
    rows = ListDifference.objects.for_user(by).order_by("id").values_list("pk", "key", "closed__how")
    return {key: Known(pk, key, how or "") for pk, key, how in rows.iterator()}


def owner_of(difference: ListDifference) -> DifferenceOwned | None:
    owners = list(difference.owned.all())
    return owners[-1] if owners else None


def closed_of(difference: ListDifference) -> DifferenceClosed | None:
    found: DifferenceClosed | None = getattr(difference, "closed", None)
    return found


def last_word(by: Acting, order_ref: str) -> CourtListed | None:
    """What the court's list says of an order now."""
    rows = CourtListed.objects.for_user(by).filter(order_ref=order_ref)
    found: CourtListed | None = rows.select_related("record").order_by("-id").first()
    return found


def other_side(by: Acting, difference: ListDifference) -> tuple[Order | None, CourtListed | None]:
    """Both sides as they are now: what stands beside a difference, and what the lacking side has under that number, over or
    not. Two queries at most."""
    order, listed = difference.order, difference.listed
    if listed is not None:
        listed = last_word(by, listed.order_ref)
    elif difference.court_case_no:
        rows = CourtListed.objects.for_user(by).filter(court_case_no=difference.court_case_no)
        listed = rows.order_by("-id").first()
    if order is None and difference.court_case_no:
        under_it = Order.objects.for_user(by).annotate(number=COURT_NUMBER).filter(number=difference.court_case_no)
        order = under_it.order_by("-id").first()
    return order, listed
