"""What a court said that looks like an order, until a person has confirmed or refused it (ORD-09, ORD-17)."""

from typing import ClassVar

from django.db import models

from craffu.access.scoping import RestrictedWith, ScopedHistory
from craffu.cases.models import Case, CaseRole
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.orders.models.lives import CASE, Order


class OrderProposal(ScopedHistory):
    """One result of a court that makes, varies or ends an order, or sets bail conditions, for one defendant on one day.

    `because` says by what it was known: a result code, a bail status or the result's words. `source_key` is the result's own
    place, so that the same message, sent again, proposes nothing twice.
    """

    restricted_with = RestrictedWith("case", "case__reference")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    role = models.ForeignKey(CaseRole, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    is_interim = models.BooleanField(default=False)
    does = models.CharField(max_length=12)
    because = models.CharField(max_length=12)
    code = models.CharField(max_length=10, blank=True, default="")
    made_on = models.DateField()
    court = models.CharField(max_length=10, blank=True, default="")
    words = EncryptedTextField(blank=True, default="")
    source_key = models.CharField(max_length=120)
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["force", "source_key"], name="orders_proposed_once")]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "case": plain(CASE),
            "role": plain(CASE),
            "kind": plain(CASE),
            "is_interim": plain(CASE),
            "does": plain(CASE),
            "because": plain(CASE),
            "code": plain(CASE),
            "made_on": plain(CASE),
            "court": plain(CASE),
            "words": personal(CASE),
            "source_key": internal(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.kind} proposed in {self.case_id}"


class ProposalDecided(ScopedHistory):
    """A person said what a proposal is: this order, or none, and why."""

    restricted_with = RestrictedWith("case", "proposal__case__reference")

    proposal = models.OneToOneField(OrderProposal, on_delete=models.PROTECT, related_name="decided")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+", null=True)
    words = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "proposal": plain(CASE),
            "order": plain(CASE),
            "words": personal(CASE),
            "by": plain(CASE),
            "at": clock(CASE),
        }

    def __str__(self) -> str:
        return f"proposal {self.proposal_id} decided"
