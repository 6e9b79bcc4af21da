"""Each incident that was or may have been a breach, once: what it broke, and every source that tells of it (BRC-01, BRC-07).

Respondent and victim are source records, never persons: a link undone takes a breach out of a history without rewriting it.
"""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q

from craffu.access.scoping import RestrictedWith, Scoped, ScopedHistory
from craffu.breaches.ledger.kinds import FoundBy, KnownHow
from craffu.breaches.ledger.states import Status
from craffu.cases.models import Case
from craffu.cases.risk.rules import Grade
from craffu.common.fates import Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.orders.models import Condition, Order
from craffu.people.models import SourceRecord

CASE = Kept.WITH_CASE
OF_A_BREACH: Final = RestrictedWith("case", "breach__case__reference", none_is_open=True)


class Breach(Scoped):
    """One incident that is or may be a breach. Its row holds how it stands, so that lists and clocks find it.

    `found_by` and `key` are what first told of it, for ever. `happened_to` is the end of the time in which it happened;
    `is_day_only` says that its sources give days alone. `channel` is by what somebody was reached, empty where nobody said.
    `in_zone` None is not said. `risk` is the grade as it stood when it was raised, empty while nobody had assessed: by it the
    hours run, and a grade that changes later moves no limit. `is_said` is that a source says that an order was broken, so that it
    stands in the history whether or not we find the order. `is_past` says that when we learnt of it, it lay so far back that
    nothing is urgent: nobody's hours run. `moves_made` is its version (T30).

    For lists and counts it repeats what is kept elsewhere, so that thousands are counted without reading that (B6): `police`,
    `prosecution`, `court`, `probation` and `told` the last word of each standpoint; `of_order` the only order that it is held to
    have broken, `of_several` that these are several; `disagreeing` how much does not agree of it, and `disagrees_since` since
    when the first of that has not.
    """

    restricted_with = RestrictedWith("case", "case__reference", none_is_open=True)

    reference = models.CharField(max_length=20)
    found_by = models.CharField(max_length=12)
    key = models.CharField(max_length=150)
    respondent = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+", db_index=False)
    victim = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+", null=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", null=True)
    happened_from = models.DateTimeField()
    happened_to = models.DateTimeField()
    is_day_only = models.BooleanField(default=False)
    channel = models.CharField(max_length=12, blank=True, default="")
    in_zone = models.BooleanField(null=True)
    through_others = models.BooleanField(null=True)
    # Whether somebody is at risk now, who, and how it is known, as whoever reported it says; None and empty are not said.
    at_risk_now = models.BooleanField(null=True)
    at_risk = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+", null=True)
    known_how = models.CharField(max_length=20, blank=True, default="")
    risk = models.CharField(max_length=10, blank=True, default="")
    is_said = models.BooleanField(default=False)
    is_past = models.BooleanField(default=False)
    police = models.CharField(max_length=20, blank=True, default="")
    prosecution = models.CharField(max_length=20, blank=True, default="")
    court = models.CharField(max_length=20, blank=True, default="")
    probation = models.CharField(max_length=20, blank=True, default="")
    told = models.CharField(max_length=20, blank=True, default="")
    of_order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    of_several = models.BooleanField(default=False)
    disagreeing = models.PositiveSmallIntegerField(default=0)
    disagrees_since = models.DateTimeField(null=True)
    status = models.CharField(max_length=10)
    moves_made = models.PositiveIntegerField(default=0)
    joined_to = models.ForeignKey("self", on_delete=models.PROTECT, related_name="joined", null=True)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        app_label = "breaches"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="breaches_reference_once"),
            models.UniqueConstraint(fields=["force", "found_by", "key"], name="breaches_found_once"),
            models.CheckConstraint(
                condition=Q(found_by__in=[one.value for one in FoundBy]), name="breaches_found_by_is_one"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[one.value for one in Status]), name="breaches_status_is_one"
            ),
            models.CheckConstraint(
                condition=Q(risk__in=["", *(one.value for one in Grade)]), name="breaches_risk_is_a_grade"
            ),
            models.CheckConstraint(
                condition=Q(known_how__in=["", *(one.value for one in KnownHow)]), name="breaches_known_how_is_one"
            ),
            models.CheckConstraint(condition=Q(happened_to__gte=F("happened_from")), name="breaches_ends_after"),
            models.CheckConstraint(
                condition=Q(of_several=False) | Q(of_order__isnull=True), name="breaches_only_order_or_several"
            ),
            models.CheckConstraint(
                condition=Q(disagreeing=0, disagrees_since__isnull=True)
                | Q(disagreeing__gt=0, disagrees_since__isnull=False),
                name="breaches_disagrees_since_when",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.JOINED.value, joined_to__isnull=False)
                | ~Q(status=Status.JOINED.value) & Q(joined_to__isnull=True),
                name="breaches_joined_to_another",
            ),
        ]
        indexes: ClassVar = [
            # All that a history counts, as it is grouped, and by when each had happened: of thousands only those shown are read
            # whole.
            models.Index(
                fields=[
                    "respondent",
                    "status",
                    "is_said",
                    "police",
                    "prosecution",
                    "court",
                    "of_order",
                    "of_several",
                    "force",
                    "joined_to",
                    "disagreeing",
                    "happened_to",
                    "id",
                ],
                name="breaches_counted_alike",
            ),
            models.Index(
                fields=["respondent", "disagrees_since", "id", "force", "joined_to", "is_said"],
                condition=Q(disagreeing__gt=0),
                name="breaches_disagreeing",
            ),
            models.Index(fields=["force", "status", "raised_at"], name="breaches_by_status"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "reference": internal(CASE),
            "found_by": plain(CASE),
            "key": internal(CASE),
            "respondent": plain(CASE),
            "victim": plain(CASE),
            "case": plain(CASE),
            "happened_from": plain(CASE),
            "happened_to": plain(CASE),
            "is_day_only": plain(CASE),
            "channel": plain(CASE),
            "in_zone": plain(CASE),
            "through_others": plain(CASE),
            "at_risk_now": plain(CASE),
            "at_risk": plain(CASE),
            "known_how": plain(CASE),
            "risk": plain(CASE),
            "is_said": plain(CASE),
            "is_past": plain(CASE),
            "police": plain(CASE),
            "prosecution": plain(CASE),
            "court": plain(CASE),
            "probation": plain(CASE),
            "told": plain(CASE),
            "of_order": plain(CASE),
            "of_several": plain(CASE),
            "disagreeing": plain(CASE),
            "disagrees_since": clock(CASE),
            "status": plain(CASE),
            "moves_made": internal(CASE),
            "joined_to": internal(CASE),
            "raised_at": clock(CASE),
            "raised_by": plain(CASE),
        }

    def __str__(self) -> str:
        return self.reference


class BreachOfOrder(ScopedHistory):
    """That an incident broke or may have broken an order: which condition, where that is known, and why it is thought so.

    Of several rows about one order and condition the last says whether it holds. `reasons` and `flags` are those of BRC-06;
    `link` how sure it was that respondent and incident are of one person, None where nobody had to compare them.
    """

    restricted_with = OF_A_BREACH

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="orders")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="+", null=True)
    holds = models.BooleanField(default=True)
    reasons = models.JSONField(default=list)
    flags = models.JSONField(default=list)
    link = models.FloatField(null=True)
    # The breach that was joined to this one and told it; what it told leaves with it, should they be parted again.
    taken_from = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="+", null=True)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    known_from = models.DateTimeField()

    class Meta:
        app_label = "breaches"
        ordering: ClassVar = ["breach", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "breach": plain(CASE),
            "order": plain(CASE),
            "condition": plain(CASE),
            "holds": plain(CASE),
            "reasons": plain(CASE),
            "flags": plain(CASE),
            "link": plain(CASE),
            "taken_from": internal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.breach_id} against {self.order_id}"


class BreachSource(ScopedHistory):
    """One source that tells of an incident: what it is there, whom it is about, and what it says in words."""

    restricted_with = OF_A_BREACH

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="sources")
    kind = models.CharField(max_length=12)
    source = models.CharField(max_length=40)
    key = models.CharField(max_length=150)
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+", null=True)
    said_at = models.DateTimeField()
    words = EncryptedTextField(blank=True, default="")
    taken_from = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="+", null=True)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    known_from = models.DateTimeField()

    class Meta:
        app_label = "breaches"
        ordering: ClassVar = ["breach", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["breach", "kind", "source", "key"], name="breaches_source_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in FoundBy]), name="breaches_source_kind_is_one"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "kind", "source", "key"], name="breaches_told_by")]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "breach": plain(CASE),
            "kind": plain(CASE),
            "source": plain(CASE),
            "key": plain(CASE),
            "record": plain(CASE),
            "said_at": plain(CASE),
            "words": personal(CASE),
            "taken_from": internal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.kind} of {self.breach_id}"
