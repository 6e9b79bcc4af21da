"""The exact words of an order, version by version, and whether somebody else compared them with the sealed order.

ORD-14, ORD-15, ORD-20.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from craffu.access.scoping import RestrictedWith, ScopedHistory
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.orders.models.lives import CASE, OF_AN_ORDER, Order
from craffu.orders.models.papers import OrderPaper

# A version that nobody has made yet.
DRAFTED = "drafted"


class OrderTerms(ScopedHistory):
    """One version of an order's terms, in force from an instant: as drafted, as made, as varied or as put right.

    `locality` is any limit of place; empty with `has_no_locality` says that the order has none.
    """

    restricted_with = OF_AN_ORDER

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveIntegerField()
    # drafted, made, varied, renewed or corrected.
    why = models.CharField(max_length=12)
    applies_from = models.DateTimeField(null=True)
    language = models.CharField(max_length=10, default="en")
    locality = EncryptedTextField(blank=True, default="")
    has_no_locality = models.BooleanField(default=False)
    words = EncryptedTextField(blank=True, default="")
    entered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["order", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "number"], name="orders_terms_once"),
            models.CheckConstraint(
                condition=Q(why="drafted", applies_from__isnull=True)
                | (~Q(why="drafted") & Q(applies_from__isnull=False)),
                name="orders_terms_apply_once_made",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "order": plain(CASE),
            "number": plain(CASE),
            "why": plain(CASE),
            "applies_from": plain(CASE),
            "language": plain(CASE),
            "locality": personal(CASE),
            "has_no_locality": plain(CASE),
            "words": personal(CASE),
            "entered_by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"terms {self.number} of {self.order_id}"


class Condition(ScopedHistory):
    """One condition word for word, of a type, with what it needs to be checked.

    `inputs` is what its type asks for (places, persons, times), as JSON text and encrypted: a zone can tell where somebody lives.
    `library` is the key and version of the wording it began from, empty where it is nobody's but this order's.
    """

    restricted_with = RestrictedWith("case", "terms__order__case__reference", none_is_open=True)

    terms = models.ForeignKey(OrderTerms, on_delete=models.PROTECT, related_name="conditions")
    number = models.PositiveIntegerField()
    type = models.CharField(max_length=30)
    is_requirement = models.BooleanField(default=False)
    words = EncryptedTextField()
    words_cy = EncryptedTextField(blank=True, default="")
    inputs = EncryptedTextField(blank=True, default="")
    behaviour = EncryptedTextField(blank=True, default="")
    necessity = EncryptedTextField(blank=True, default="")
    supervisor = EncryptedTextField(blank=True, default="")
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    library = models.CharField(max_length=60, blank=True, default="")
    approved_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["terms", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["terms", "number"], name="orders_condition_once"),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True) | Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="orders_condition_ends_after",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "terms": plain(CASE),
            "number": plain(CASE),
            "type": plain(CASE),
            "is_requirement": plain(CASE),
            "words": personal(CASE),
            "words_cy": personal(CASE),
            "inputs": personal(CASE),
            "behaviour": personal(CASE),
            "necessity": personal(CASE),
            "supervisor": personal(CASE),
            "first_day": plain(CASE),
            "last_day": plain(CASE),
            "library": plain(CASE),
            "approved_by": plain(CASE),
        }

    def __str__(self) -> str:
        return f"condition {self.number} of {self.terms_id}"


class TermsCompared(ScopedHistory):
    """Somebody else held the terms against the image of the sealed order: the same, or where they differ."""

    restricted_with = RestrictedWith("case", "terms__order__case__reference", none_is_open=True)

    terms = models.ForeignKey(OrderTerms, on_delete=models.PROTECT, related_name="compared")
    paper = models.ForeignKey(OrderPaper, on_delete=models.PROTECT, related_name="+")
    is_same = models.BooleanField()
    differs = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["terms", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "terms": plain(CASE),
            "paper": plain(CASE),
            "is_same": plain(CASE),
            "differs": personal(CASE),
            "by": plain(CASE),
            "at": clock(CASE),
        }

    def __str__(self) -> str:
        return f"terms {self.terms_id} compared"
