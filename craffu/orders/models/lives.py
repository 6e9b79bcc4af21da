"""One order from the first thought of it to its end, move by move (ORD-09).

The order's own row holds how it stands, so that lists and clocks find it; every move that brought it there is appended and
never changed. The respondent and whoever is protected are source records, never persons (house rule on identity).
"""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace, Upper

from craffu.access.scoping import RestrictedWith, Scoped, ScopedHistory
from craffu.cases.models import Case
from craffu.common.fates import Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.orders.life.states import OrderStatus
from craffu.people.models import SourceRecord

CASE = Kept.WITH_CASE
# What a court made without a case of ours is open to the whole force: whoever is at the door must know it.
WITH_ITS_CASE: Final = RestrictedWith("case", "case__reference", none_is_open=True)
OF_AN_ORDER: Final = RestrictedWith("case", "order__case__reference", none_is_open=True)

_S = OrderStatus
# An order in one of these was made: it has the instant of its making.
MADE: Final = (_S.GRANTED, _S.IN_FORCE, _S.EXPIRED, _S.DISCHARGED, _S.REVOKED, _S.SUPERSEDED, _S.QUASHED)
ENDED: Final = (_S.EXPIRED, _S.DISCHARGED, _S.REVOKED, _S.SUPERSEDED, _S.QUASHED)
# A court's case number as it is searched: in capitals, without the spaces and strokes that people write in it.
COURT_NUMBER: Final = Replace(Replace(Upper("court_case_no"), Value(" "), Value("")), Value("/"), Value(""))


class Order(Scoped):
    """An order, notice or set of conditions of one kind against one respondent.

    `kind_version` is the catalogue's as it was then. `main` is the application that an interim order follows. `moves_made` is its
    version: a move is made from the one that was seen (T30, T31). `last_day` None with `is_indefinite` is until further order,
    without it nobody has said. Instants are ours where the sealed order gives days alone: a day begins at midnight in London.
    """

    restricted_with = WITH_ITS_CASE

    reference = models.CharField(max_length=20)
    kind = models.CharField(max_length=16)
    kind_version = models.PositiveIntegerField(default=1)
    is_interim = models.BooleanField(default=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", null=True)
    respondent = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    main = models.ForeignKey("self", on_delete=models.PROTECT, related_name="interims", null=True)
    status = models.CharField(max_length=16)
    moves_made = models.PositiveIntegerField()
    court = models.CharField(max_length=120, blank=True, default="")
    court_case_no = models.CharField(max_length=40, blank=True, default="")
    applied_on = models.DateField(null=True)
    next_hearing_on = models.DateField(null=True)
    adjourned_on = models.DateField(null=True)
    made_at = models.DateTimeField(null=True)
    is_without_notice = models.BooleanField(null=True)
    takes_effect_at = models.DateTimeField(null=True)
    last_day = models.DateField(null=True)
    is_indefinite = models.BooleanField(null=True)
    served_at = models.DateTimeField(null=True)
    aware_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="orders_reference_once"),
            models.CheckConstraint(
                condition=Q(status__in=[one.value for one in OrderStatus]), name="orders_status_is_one"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[one.value for one in MADE]) | Q(made_at__isnull=False),
                name="orders_made_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(status__in=[one.value for one in ENDED]),
                name="orders_ended_only_at_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[one.value for one in ENDED]) | Q(ended_at__isnull=False),
                name="orders_end_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(served_at__isnull=True) | Q(served_at__gte=F("made_at")), name="orders_served_once_made"
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(is_indefinite__isnull=True) | Q(is_indefinite=False),
                name="orders_indefinite_has_no_last_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["force", "status", "last_day"], name="orders_by_status"),
            models.Index(fields=["force", "id"], name="orders_newest"),
            models.Index("force", COURT_NUMBER, name="orders_by_court_number"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "reference": internal(CASE),
            "kind": plain(CASE),
            "kind_version": plain(CASE),
            "is_interim": plain(CASE),
            "case": plain(CASE),
            "respondent": plain(CASE),
            "main": internal(CASE),
            "status": plain(CASE),
            "moves_made": internal(CASE),
            "court": plain(CASE),
            "court_case_no": plain(CASE),
            "applied_on": plain(CASE),
            "next_hearing_on": plain(CASE),
            "adjourned_on": plain(CASE),
            "made_at": plain(CASE),
            "is_without_notice": plain(CASE),
            "takes_effect_at": plain(CASE),
            "last_day": plain(CASE),
            "is_indefinite": plain(CASE),
            "served_at": plain(CASE),
            "aware_at": plain(CASE),
            "ended_at": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return self.reference


class OrderMove(ScopedHistory):
    """One move: who made it by which right, when it happened and when we knew, why, and what came with it.

    `said` are the fields of the move that name nobody (days, codes, court); words of people are encrypted. `source` is whence we
    know it where nobody here entered it, and `source_key` that sender's own key: the same word makes a move once.
    """

    restricted_with = OF_AN_ORDER

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveIntegerField()
    move = models.CharField(max_length=24)
    from_status = models.CharField(max_length=16, blank=True, default="")
    to_status = models.CharField(max_length=16)
    happened_at = models.DateTimeField()
    known_from = models.DateTimeField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    by_right = models.CharField(max_length=30)
    reason_code = models.CharField(max_length=40, blank=True, default="")
    words = EncryptedTextField(blank=True, default="")
    said = models.JSONField(default=dict)
    source = models.CharField(max_length=40, blank=True, default="")
    source_key = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["order", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "number"], name="orders_move_once"),
            models.UniqueConstraint(
                fields=["force", "source", "source_key", "move"],
                condition=~Q(source_key=""),
                name="orders_move_of_a_source_once",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "order": plain(CASE),
            "number": plain(CASE),
            "move": plain(CASE),
            "from_status": plain(CASE),
            "to_status": plain(CASE),
            "happened_at": plain(CASE),
            "known_from": clock(CASE),
            "by": plain(CASE),
            "by_right": plain(CASE),
            "reason_code": plain(CASE),
            "words": personal(CASE),
            "said": plain(CASE),
            "source": plain(CASE),
            "source_key": internal(CASE),
        }

    def __str__(self) -> str:
        return f"{self.move} of {self.order_id}"


class OrderProtects(ScopedHistory):
    """Whom an order protects, by their source record. Of several rows about one the last says whether it does."""

    restricted_with = OF_AN_ORDER

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="protects")
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    protects = models.BooleanField(default=True)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["order", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "order": plain(CASE),
            "record": plain(CASE),
            "protects": plain(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.order_id} protects {self.record_id}"


class OrderOwned(ScopedHistory):
    """Who manages an order from an instant on; the last row says who does now, None that nobody does."""

    restricted_with = OF_AN_ORDER

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="owned")
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["order", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "order": plain(CASE),
            "owner": plain(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"owner of {self.order_id}"
