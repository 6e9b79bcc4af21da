"""What was done under an order beside its moves: the respondent notified the police, a protected person has its terms."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import ScopedHistory
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.orders.models.lives import CASE, OF_AN_ORDER, Order
from craffu.orders.noting.facts import FOR_SOMEBODY, Change, Noted
from craffu.people.models import SourceRecord

_FOR_SOMEBODY = sorted(one.value for one in FOR_SOMEBODY)


class OrderNoted(ScopedHistory):
    """One thing done at an instant, kept for good. `record` is whom it was done for: who was given the terms, or told.

    `words` say why somebody is not told; `change` and `applicant` what a court refused, and to whom.
    """

    restricted_with = OF_AN_ORDER

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="noted")
    what = models.CharField(max_length=20)
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    words = EncryptedTextField(blank=True, default="")
    change = models.CharField(max_length=12, blank=True, default="")
    applicant = models.CharField(max_length=30, blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(what__in=[one.value for one in Noted]), name="orders_noted_what"),
            models.CheckConstraint(
                condition=Q(what__in=_FOR_SOMEBODY, record__isnull=False)
                | (~Q(what__in=_FOR_SOMEBODY) & Q(record__isnull=True)),
                name="orders_noted_for_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(what=Noted.CHANGE_REFUSED, change__in=[one.value for one in Change]) & ~Q(applicant=""))
                | (~Q(what=Noted.CHANGE_REFUSED) & Q(change="", applicant="")),
                name="orders_noted_change_refused",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "order": plain(CASE),
            "what": plain(CASE),
            "record": plain(CASE),
            "at": plain(CASE),
            "words": personal(CASE),
            "change": plain(CASE),
            "applicant": plain(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.what} of {self.order_id}"
