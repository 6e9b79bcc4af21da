"""How each condition is monitored, what came of each check, and when a respondent was not there to be checked.

MON-01, MON-02, MON-04, MON-06. Which check was due when is worked out from these and kept nowhere (ADR 43).
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from craffu.access.scoping import RestrictedWith, ScopedHistory
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.orders.models.lives import CASE, OF_AN_ORDER, Order
from craffu.orders.models.papers import OrderPaper
from craffu.orders.models.terms import Condition
from craffu.orders.monitoring.kinds import Absent, Outcome


class CheckPlanned(ScopedHistory):
    """How a condition is monitored, as somebody confirmed it, or why it cannot be. The last row about a condition says.

    `every_days` is an interval of its own; None leaves it to the grade. `cannot` is why it is not `is_checkable`.
    """

    restricted_with = RestrictedWith("case", "condition__terms__order__case__reference", none_is_open=True)

    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="planned")
    methods = models.JSONField(default=list)
    evidence = models.CharField(max_length=30, blank=True, default="")
    tolerance = EncryptedTextField(blank=True, default="")
    every_days = models.PositiveSmallIntegerField(null=True)
    is_checkable = models.BooleanField(default=True)
    cannot = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["condition", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(every_days__isnull=True) | Q(every_days__gte=1), name="orders_check_every_day_at_most"
            ),
            models.CheckConstraint(
                condition=Q(is_checkable=False, evidence="", every_days__isnull=True)
                | (Q(is_checkable=True) & ~Q(evidence="")),
                name="orders_check_plan_says_how",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "condition": plain(CASE),
            "methods": plain(CASE),
            "evidence": plain(CASE),
            "tolerance": personal(CASE),
            "every_days": plain(CASE),
            "is_checkable": plain(CASE),
            "cannot": personal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"plan of {self.condition_id}"


class CheckMade(ScopedHistory):
    """What came of one check, or of an attempt at one: how and when it was made, and what was found, in the officer's words.

    `paper` is a photograph or document that was kept with it.
    """

    restricted_with = OF_AN_ORDER

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="checks")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12)
    method = models.CharField(max_length=20)
    words = EncryptedTextField(blank=True, default="")
    paper = models.ForeignKey(OrderPaper, on_delete=models.PROTECT, related_name="+", null=True)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome__in=[one.value for one in Outcome]), name="orders_check_has_an_outcome"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["order", "at"], name="orders_check_at")]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "order": plain(CASE),
            "at": plain(CASE),
            "outcome": plain(CASE),
            "method": plain(CASE),
            "words": personal(CASE),
            "paper": internal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"check of {self.order_id}"


class CheckCovers(ScopedHistory):
    """That a check was of a condition: one visit can be of several."""

    restricted_with = RestrictedWith("case", "check_made__order__case__reference", none_is_open=True)

    check_made = models.ForeignKey(CheckMade, on_delete=models.PROTECT, related_name="covers")
    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["check_made", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["check_made", "condition"], name="orders_check_covers_once")
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "check_made": plain(CASE),
            "condition": plain(CASE),
        }

    def __str__(self) -> str:
        return f"{self.check_made_id} covers {self.condition_id}"


class ChecksSuspended(ScopedHistory):
    """That a respondent is in custody, in hospital or abroad from one day to another, both included.

    Of several rows with one first day the last says why and until when.
    """

    restricted_with = OF_AN_ORDER

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="suspensions")
    why = models.CharField(max_length=10)
    first_day = models.DateField()
    last_day = models.DateField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(why__in=[one.value for one in Absent]), name="orders_absent_why"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="orders_absent_ends_after"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "order": plain(CASE),
            "why": plain(CASE),
            "first_day": plain(CASE),
            "last_day": plain(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"checks of {self.order_id} suspended"
