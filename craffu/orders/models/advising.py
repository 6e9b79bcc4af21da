"""General notes that specialists write beside their answers: what others can learn, and nobody's details (RES-04, R1b)."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from craffu.access.scoping import ScopedHistory
from craffu.common.fates import Kept, clock, internal, plain
from craffu.orders.advising.kinds import Topic

REFERENCE: Final = Kept.REFERENCE


class AdviceNote(ScopedHistory):
    """Beside one answer: a note with its topic, or that its specialist writes none, which leaves both empty.

    `folded` are its words as they are searched. `asked` is read by nobody who reads notes.
    """

    restricted_with = "It is searched for everything of anybody before it is kept: it is about nobody."

    asked = models.OneToOneField("cases.AdviceAsked", on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True)
    folded = models.TextField(blank=True)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(topic="", words="") | (Q(topic__in=[one.value for one in Topic]) & ~Q(words="")),
                name="orders_advice_note_is_whole",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(REFERENCE),
            "force": plain(REFERENCE),
            "asked": internal(REFERENCE),
            "topic": plain(REFERENCE),
            "words": plain(REFERENCE),
            "folded": internal(REFERENCE),
            "by": plain(REFERENCE),
            "known_from": clock(REFERENCE),
        }

    def __str__(self) -> str:
        return f"note {self.pk}"
