"""Papers of an order as they came: the sealed order above all, whose words prevail over any that were typed (ORD-20)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import ScopedHistory
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.orders.models.lives import CASE, OF_AN_ORDER, Order


class OrderPaper(ScopedHistory):
    """One paper, whole, as it came. Its content lies encrypted with the register, so that neither is kept without the other.

    `kind`: sealed_order, application, statement_of_service, evidence, advice or other. Advice is privileged and never leaves.
    """

    restricted_with = OF_AN_ORDER

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=24)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = EncryptedTextField()
    title = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "kind", "sha256"], name="orders_paper_once"),
            models.CheckConstraint(condition=Q(size__gt=0), name="orders_paper_is_not_empty"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "order": plain(CASE),
            "kind": plain(CASE),
            "media_type": plain(CASE),
            "size": plain(CASE),
            "sha256": internal(CASE),
            "content": personal(CASE),
            "title": personal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.kind} of {self.order_id}"
