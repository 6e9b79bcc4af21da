"""What another system tells that may be a breach, word after word, before anybody knows of which order (BRC-06, INT-01)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import ScopedHistory
from craffu.breaches.models.ledger import CASE
from craffu.breaches.telling.facts import Tells
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.common.models import Sourced, provenance_handling


class BreachTelling(Sourced, ScopedHistory):
    """One word of one system: of whom, by its own key of the person's record; of which crime or order, by that system's names.

    The newest under a key by `said_at`, then by when it was received, is its present word. `happened_at` is the start of the day
    where only a day is given (`is_day_only`). `is_withdrawn` says that the system's present word tells of nothing any more.
    """

    restricted_with = "Kept by its own reference, and read for orders and cases that are open to the reader."

    tells = models.CharField(max_length=20)
    key = models.CharField(max_length=150)
    number = models.PositiveIntegerField()
    said_at = models.DateTimeField()
    known_from = models.DateTimeField()
    record_key = models.CharField(max_length=120)
    crime = models.CharField(max_length=40, blank=True, default="")
    order_ref = models.CharField(max_length=40, blank=True, default="")
    happened_at = models.DateTimeField()
    is_day_only = models.BooleanField(default=False)
    decision = models.CharField(max_length=30, blank=True, default="")
    in_zone = models.BooleanField(null=True)
    is_withdrawn = models.BooleanField(default=False)
    words = EncryptedTextField(blank=True, default="")

    class Meta:
        app_label = "breaches"
        ordering: ClassVar = ["key", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "source", "tells", "key", "number"], name="breaches_telling_once"),
            models.CheckConstraint(condition=Q(tells__in=[one.value for one in Tells]), name="breaches_tells_is_one"),
            *Sourced.provenance_constraints("breaches_telling"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["force", "source", "record_key"], name="breaches_telling_of"),
            models.Index(fields=["force", "order_ref"], name="breaches_telling_order", condition=~Q(order_ref="")),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "tells": plain(CASE),
            "key": plain(CASE),
            "number": internal(CASE),
            "said_at": plain(CASE),
            "known_from": clock(CASE),
            "record_key": plain(CASE),
            "crime": plain(CASE),
            "order_ref": plain(CASE),
            "happened_at": plain(CASE),
            "is_day_only": plain(CASE),
            "decision": plain(CASE),
            "in_zone": plain(CASE),
            "is_withdrawn": plain(CASE),
            "words": personal(CASE),
            **provenance_handling(CASE),
        }

    def __str__(self) -> str:
        return f"telling {self.pk}"
