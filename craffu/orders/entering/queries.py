"""Which live orders do not stand in the national system with the words that hold now (ORD-18)."""

from django.db.models import F, OuterRef, Q, Subquery

from craffu.access.acting import Acting
from craffu.orders.entering.rules import NATIONAL
from craffu.orders.life.states import LIVE
from craffu.orders.models import NationalEntry, Order, OrderTerms
from craffu.orders.models.terms import DRAFTED


def national_entry_missing(by: Acting) -> list[Order]:
    """Every live order without an entry made from its standing version, the oldest first. One query."""
    made = OrderTerms.objects.for_user(by).filter(order=OuterRef("pk")).exclude(why=DRAFTED).order_by("-number")
    entered = NationalEntry.objects.for_user(by).filter(order=OuterRef("pk"), system=NATIONAL).order_by("-id")
    rows = Order.objects.for_user(by).filter(status__in=LIVE)
    rows = rows.annotate(
        words_now=Subquery(made.values("number")[:1]), words_entered=Subquery(entered.values("terms_number")[:1])
    )
    rows = rows.filter(Q(words_entered=None) | Q(words_now=None) | ~Q(words_entered=F("words_now")))
    return list(rows.select_related("case").order_by("made_at", "id"))
