"""That the pack which goes to a respondent was searched for what must not reach them, and what was found (VIC-09, ORD-11)."""

from typing import ClassVar

from django.db import models

from craffu.access.scoping import ScopedHistory
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.orders.models.lives import CASE, OF_AN_ORDER, Order


class PackScanned(ScopedHistory):
    """One search of a service pack, or that it may go all the same.

    `covers` says of what: the version of the terms, the parts of the pack and its papers, as they were then. `found` is where
    something protected stands and of which kind, never the value. `words` are why it may go all the same, by somebody else.
    """

    restricted_with = OF_AN_ORDER

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="scans")
    covers = models.CharField(max_length=64)
    found = models.JSONField(default=list)
    is_release = models.BooleanField(default=False)
    words = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["order", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "order": plain(CASE),
            "covers": internal(CASE),
            "found": plain(CASE),
            "is_release": plain(CASE),
            "words": personal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"scan of {self.order_id}"
