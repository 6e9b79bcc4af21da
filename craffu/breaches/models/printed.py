"""A breach history as it left on paper: for a court, or in answer to another force, and the file itself (page map, section 6)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import ScopedHistory
from craffu.breaches.history.printing import Basis, For
from craffu.common.fates import Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.people.models import Person

PERSON = Kept.WITH_PERSON


class HistoryPrinted(ScopedHistory):
    """One paper as it left. `facts` is the digest of what it tells, printed on it; `known_at` None is as known when it left.

    `incidents` are those in it and `left_out` those that are not. `force_asking`, `officer_asking` and `basis` are of an
    answer to another force alone; what it was for stands in `reason`.
    """

    restricted_with = (
        "It opens to whoever discloses histories and sees all that it tells: history/actions.send_history_again."
    )

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    printed_for = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    known_at = models.DateTimeField(null=True)
    incidents = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()
    facts = models.CharField(max_length=64)
    reason = EncryptedTextField()
    force_asking = models.CharField(max_length=80, blank=True, default="")
    officer_asking = EncryptedTextField(blank=True, default="")
    basis = models.CharField(max_length=20, blank=True, default="")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = EncryptedTextField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "breaches"
        ordering: ClassVar = ["person", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(size__gt=0), name="breaches_printed_is_not_empty"),
            models.CheckConstraint(
                condition=Q(printed_for=For.COURT.value, basis="")
                | Q(printed_for=For.FORCE.value, basis__in=[one.value for one in Basis]) & ~Q(force_asking=""),
                name="breaches_printed_for_a_force_on_a_basis",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(PERSON),
            "force": plain(PERSON),
            "person": plain(PERSON),
            "printed_for": plain(PERSON),
            "language": plain(PERSON),
            "known_at": plain(PERSON),
            "incidents": plain(PERSON),
            "left_out": plain(PERSON),
            "facts": internal(PERSON),
            "reason": personal(PERSON),
            "force_asking": plain(PERSON),
            "officer_asking": personal(PERSON),
            "basis": plain(PERSON),
            "size": plain(PERSON),
            "sha256": internal(PERSON),
            "content": personal(PERSON),
            "by": plain(PERSON),
            "known_from": clock(PERSON),
        }

    def __str__(self) -> str:
        return f"history {self.pk}"
