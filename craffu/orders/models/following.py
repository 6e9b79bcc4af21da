"""Heightened follow-up of an order: what raised it, and what was done about it (MON-03)."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q

from craffu.access.scoping import RestrictedWith, ScopedHistory
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.orders.following.rules import Trigger
from craffu.orders.models.lives import CASE, OF_AN_ORDER, Order

BY_HAND: Final = ""


class OrderTrigger(ScopedHistory):
    """One trigger under an order, raised once for ever.

    `key` is what it is known by within the order: what raised it by itself; empty where a person did, with why in their words.
    `at` is when it happened, or the start of the day that draws near; `raised_at` when we knew of it, from which its hours run.
    `due_at` is fixed when it is raised: a grade that changes later moves no limit.
    """

    restricted_with = OF_AN_ORDER

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="triggers")
    trigger = models.CharField(max_length=40)
    key = models.CharField(max_length=80, blank=True, default=BY_HAND)
    at = models.DateTimeField()
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    words = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(trigger__in=[one.value for one in Trigger]), name="orders_trigger_is_one"
            ),
            models.UniqueConstraint(
                fields=["order", "trigger", "key"], condition=~Q(key=BY_HAND), name="orders_trigger_once"
            ),
            models.CheckConstraint(
                condition=~Q(key=BY_HAND) | Q(by__isnull=False), name="orders_trigger_by_hand_is_somebodys"
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("raised_at")), name="orders_trigger_due_once_raised"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "order": plain(CASE),
            "trigger": plain(CASE),
            "key": internal(CASE),
            "at": plain(CASE),
            "raised_at": plain(CASE),
            "due_at": plain(CASE),
            "words": personal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.trigger} of {self.order_id}"


class TriggerAction(ScopedHistory):
    """Something done about a trigger: when, by whom and what, in their words. The first says when it was acted on."""

    restricted_with = RestrictedWith("case", "trigger__order__case__reference", none_is_open=True)

    trigger = models.ForeignKey(OrderTrigger, on_delete=models.PROTECT, related_name="actions")
    done_at = models.DateTimeField()
    words = EncryptedTextField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["trigger", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "trigger": plain(CASE),
            "done_at": plain(CASE),
            "words": personal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"action on {self.trigger_id}"
