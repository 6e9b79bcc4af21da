"""The court's own list of orders as it came, each comparison with the register, and each difference (ORD-19)."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from craffu.access.scoping import RestrictedWith, ScopedHistory
from craffu.common.fates import Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.orders.models.lives import CASE, OF_AN_ORDER, Order
from craffu.people.models import SourceRecord

OF_A_DIFFERENCE: Final = RestrictedWith("case", "difference__order__case__reference", none_is_open=True)


class CourtListed(ScopedHistory):
    """An order as the court's list had it: one row for each word of the court on it, the last of which stands.

    `kind` is ours for the court's `order_kind`, empty where it is none of ours. `record` is what the list says of the respondent.
    """

    restricted_with = (
        "A court's list: it names no case of ours, and only those see it who hold it against the register."
    )

    order_ref = models.CharField(max_length=120)
    order_kind = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, blank=True, default="")
    is_interim = models.BooleanField(default=False)
    court = models.CharField(max_length=120, blank=True, default="")
    court_case_no = models.CharField(max_length=120)
    made_on = models.DateField()
    last_day = models.DateField(null=True)
    is_indefinite = models.BooleanField(default=False)
    status = models.CharField(max_length=16)
    varied_on = models.DateField(null=True)
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+", null=True)
    run = models.CharField(max_length=20)
    said_at = models.DateTimeField()
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["force", "order_ref"], name="orders_court_listed")]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "order_ref": plain(CASE),
            "order_kind": plain(CASE),
            "kind": plain(CASE),
            "is_interim": plain(CASE),
            "court": plain(CASE),
            "court_case_no": plain(CASE),
            "made_on": plain(CASE),
            "last_day": plain(CASE),
            "is_indefinite": plain(CASE),
            "status": plain(CASE),
            "varied_on": plain(CASE),
            "record": plain(CASE),
            "run": clock(CASE),
            "said_at": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return self.order_ref


class ListsCompared(ScopedHistory):
    """One comparison of the register with the court's list in full: how much was compared, agreed and differed then."""

    restricted_with = "Numbers alone: about nobody."

    reference = models.CharField(max_length=20)
    compared = models.PositiveIntegerField()
    agreed = models.PositiveIntegerField()
    differences = models.PositiveIntegerField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="orders_comparison_reference_once")
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.REFERENCE),
            "force": plain(Kept.REFERENCE),
            "reference": plain(Kept.REFERENCE),
            "compared": plain(Kept.REFERENCE),
            "agreed": plain(Kept.REFERENCE),
            "differences": plain(Kept.REFERENCE),
            "by": plain(Kept.REFERENCE),
            "at": clock(Kept.REFERENCE),
        }

    def __str__(self) -> str:
        return self.reference


class ListDifference(ScopedHistory):
    """One way in which the two sides differ, from the comparison that first showed it. Neither side is changed by it.

    `key` is what both sides said of it, so that a later comparison knows it again and something else is something new.
    """

    restricted_with = OF_AN_ORDER

    reference = models.CharField(max_length=20)
    first = models.ForeignKey(ListsCompared, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=40)
    court_case_no = models.CharField(max_length=120, blank=True, default="")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+", null=True)
    listed = models.ForeignKey(CourtListed, on_delete=models.PROTECT, related_name="+", null=True)
    key = models.CharField(max_length=400)
    at = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="orders_difference_reference_once"),
            models.CheckConstraint(
                condition=Q(order__isnull=False) | Q(listed__isnull=False), name="orders_difference_has_a_side"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "reference": internal(CASE),
            "first": plain(CASE),
            "finding": plain(CASE),
            "court_case_no": plain(CASE),
            "order": plain(CASE),
            "listed": plain(CASE),
            "key": plain(CASE),
            "at": clock(CASE),
        }

    def __str__(self) -> str:
        return self.reference


class DifferenceOwned(ScopedHistory):
    """Whose a difference is from an instant on; the last row says whose it is now."""

    restricted_with = OF_A_DIFFERENCE

    difference = models.ForeignKey(ListDifference, on_delete=models.PROTECT, related_name="owned")
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["difference", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "difference": plain(CASE),
            "owner": plain(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"owner of {self.difference_id}"


class DifferenceClosed(ScopedHistory):
    """Why a difference is over: a comparison no longer showed it, somebody said why it may stand, or the order was entered."""

    restricted_with = OF_A_DIFFERENCE

    difference = models.OneToOneField(ListDifference, on_delete=models.PROTECT, related_name="closed")
    how = models.CharField(max_length=10)
    comparison = models.ForeignKey(ListsCompared, on_delete=models.PROTECT, related_name="+", null=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+", null=True)
    words = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(how="agrees", comparison__isnull=False)
                | Q(how="decided", by__isnull=False)
                | Q(how="entered", by__isnull=False, order__isnull=False),
                name="orders_difference_closed_one_way",
            )
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "difference": plain(CASE),
            "how": plain(CASE),
            "comparison": plain(CASE),
            "order": plain(CASE),
            "words": personal(CASE),
            "by": plain(CASE),
            "at": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.difference_id} {self.how}"
