"""What was considered in a case, type by type, by whom and why (ORD-01, ORD-02)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import RestrictedWith, ScopedHistory
from craffu.cases.models import Case
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.orders.models.lives import CASE, Order

OF_A_CASE = RestrictedWith("case", "case__reference")


class ConsiderationOpened(ScopedHistory):
    """Orders are to be considered again: after a report, a breach, a refusal or the end of an order for every kind (ORD-01).

    That a case was opened, or came to a new stage or fact, is read from the case itself and has no row. `kinds` None is all.
    """

    restricted_with = OF_A_CASE

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=20)
    kinds = models.JSONField(null=True)
    opened_at = models.DateTimeField()
    source_key = models.CharField(max_length=80, blank=True, default="")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "why", "source_key"], condition=~Q(source_key=""), name="orders_reopened_once"
            )
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "case": plain(CASE),
            "why": plain(CASE),
            "kinds": plain(CASE),
            "opened_at": plain(CASE),
            "source_key": internal(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.why} in {self.case_id}"


class FactAsked(ScopedHistory):
    """An answer to one of the facts on which kinds hang: yes or no. The last stands; a fact without a row is not asked yet."""

    restricted_with = OF_A_CASE

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    fact = models.CharField(max_length=30)
    holds = models.BooleanField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["case", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "case": plain(CASE),
            "fact": plain(CASE),
            "holds": plain(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.fact} in {self.case_id}"


class OptionDecided(ScopedHistory):
    """What was decided about one kind in a case; the last stands until the question is opened again.

    `risk` is the professional's grade as it stood, empty where unassessed. `agreed_by` is the supervisor where ORD-02 asks for
    one.
    """

    restricted_with = OF_A_CASE

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=16)
    outcome = models.CharField(max_length=30)
    reason_code = models.CharField(max_length=40, blank=True, default="")
    words = EncryptedTextField(blank=True, default="")
    review_on = models.DateField(null=True)
    risk = models.CharField(max_length=10, blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["case", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "case": plain(CASE),
            "order": plain(CASE),
            "kind": plain(CASE),
            "outcome": plain(CASE),
            "reason_code": plain(CASE),
            "words": personal(CASE),
            "review_on": plain(CASE),
            "risk": plain(CASE),
            "by": plain(CASE),
            "agreed_by": plain(CASE),
            "at": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.kind}: {self.outcome} in {self.case_id}"


class NotPursuedChallenged(ScopedHistory):
    """A supervisor asks again about what was not pursued; the next decision of the kind answers it."""

    restricted_with = RestrictedWith("case", "decision__case__reference")

    decision = models.ForeignKey(OptionDecided, on_delete=models.PROTECT, related_name="challenges")
    words = EncryptedTextField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["decision", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "decision": plain(CASE),
            "words": personal(CASE),
            "by": plain(CASE),
            "at": clock(CASE),
        }

    def __str__(self) -> str:
        return f"challenge of {self.decision_id}"
