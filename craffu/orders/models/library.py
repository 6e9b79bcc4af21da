"""How this force has worded a condition of the library: each edit is a version more and changes no order (ORD-14)."""

from typing import ClassVar

from django.db import models

from craffu.access.scoping import ScopedHistory
from craffu.common.fates import Kept, clock, internal, plain


class LibraryVersion(ScopedHistory):
    """One edit of a condition's words in both languages, with why. Number 1 is what ships with the product and has no row."""

    restricted_with = "Words that any order may have: about nobody."

    key = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    en = models.CharField(max_length=1000)
    cy = models.CharField(max_length=1000)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["key", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "key", "number"], name="orders_library_version_once")
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.REFERENCE),
            "force": plain(Kept.REFERENCE),
            "key": plain(Kept.REFERENCE),
            "number": plain(Kept.REFERENCE),
            "en": plain(Kept.REFERENCE),
            "cy": plain(Kept.REFERENCE),
            "reason": plain(Kept.REFERENCE),
            "by": plain(Kept.REFERENCE),
            "known_from": clock(Kept.REFERENCE),
        }

    def __str__(self) -> str:
        return f"version {self.number} of {self.key}"
