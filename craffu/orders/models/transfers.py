"""An order whose respondent moves between forces: sent, and acknowledged by name, day and reference (ORD-22)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import RestrictedWith, ScopedHistory
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.orders.models.lives import CASE, OF_AN_ORDER, Order


class OrderTransferred(ScopedHistory):
    """An order sent to another force (`direction` out), or one that another force sent to us (in), with their reference or ours.

    It moves nothing by itself: whose the respondent is follows from the receipt. `sent_on` None says that they moved and that
    nobody has written yet.
    """

    restricted_with = OF_AN_ORDER

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="transfers")
    direction = models.CharField(max_length=3)
    other_force = models.CharField(max_length=10)
    sent_on = models.DateField(null=True)
    reference = models.CharField(max_length=40, blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(direction__in=["out", "in"]), name="orders_transfer_goes_one_way"),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True) | ~Q(reference=""), name="orders_transfer_sent_has_its_reference"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "order": plain(CASE),
            "direction": plain(CASE),
            "other_force": plain(CASE),
            "sent_on": plain(CASE),
            "reference": plain(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.order_id} {self.direction} {self.other_force}"


class TransferAcknowledged(ScopedHistory):
    """The receipt: on which day, by whom and under which reference. Without all three there is none."""

    restricted_with = RestrictedWith("case", "transfer__order__case__reference", none_is_open=True)

    transfer = models.OneToOneField(OrderTransferred, on_delete=models.PROTECT, related_name="receipt")
    on = models.DateField()
    name = EncryptedTextField()
    reference = models.CharField(max_length=40)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reference=""), name="orders_receipt_has_its_reference")
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "transfer": plain(CASE),
            "on": plain(CASE),
            "name": personal(CASE),
            "reference": plain(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"receipt of {self.transfer_id}"
