"""Each attempt to serve an order, and the service itself (ORD-11)."""

from typing import ClassVar

from django.db import models

from craffu.access.scoping import ScopedHistory
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.orders.models.lives import CASE, OF_AN_ORDER, Order


class ServiceAttempt(ScopedHistory):
    """When, at what kind of place, how, by whom, with what result; never where: an address betrays whoever lives there."""

    restricted_with = OF_AN_ORDER

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="attempts")
    attempted_at = models.DateTimeField()
    result = models.CharField(max_length=20)
    place = models.CharField(max_length=20, blank=True, default="")
    method = models.CharField(max_length=20, blank=True, default="")
    server = EncryptedTextField(blank=True, default="")
    proof = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["order", "attempted_at", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "order": plain(CASE),
            "attempted_at": plain(CASE),
            "result": plain(CASE),
            "place": plain(CASE),
            "method": plain(CASE),
            "server": personal(CASE),
            "proof": personal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.result} of {self.order_id}"
