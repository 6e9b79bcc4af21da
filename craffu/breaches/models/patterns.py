"""What the coordinator said of crimes that together may be stalking (BRC-09)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import ScopedHistory
from craffu.breaches.models.ledger import CASE
from craffu.breaches.patterns.rules import Decision
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.people.models import SourceRecord


class PatternDecided(ScopedHistory):
    """One decision about what one person suffered: of which crimes, by the sender's names for them. A new crime asks again."""

    restricted_with = "Read with the person it is about; each crime is shown only where its case is open to the reader."

    victim = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    crimes = models.JSONField()
    decision = models.CharField(max_length=20)
    reason = EncryptedTextField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "breaches"
        ordering: ClassVar = ["victim", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decision__in=[one.value for one in Decision]), name="breaches_pattern_decision_is_one"
            )
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "victim": plain(CASE),
            "crimes": plain(CASE),
            "decision": plain(CASE),
            "reason": personal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"pattern of {self.victim_id}"
