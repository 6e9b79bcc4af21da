"""How this force has edited the catalogue of kinds: each edit is a version more and changes no order of the past (ORD-04)."""

from typing import ClassVar

from django.db import models

from craffu.access.scoping import ScopedHistory
from craffu.common.fates import Kept, clock, internal, plain


class KindVersion(ScopedHistory):
    """One edit of a kind: what of its row is otherwise from then on (a commencement, or words), with why and whence.

    Number 1 is what ships with the product and has no row. A commencement that was unknown is entered so, by a named
    administrator.
    """

    restricted_with = "What the law says of a kind of order: about nobody."

    kind = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    row = models.JSONField()
    reason = models.CharField(max_length=300)
    source = models.CharField(max_length=300)
    verified_on = models.DateField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["kind", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "kind", "number"], name="orders_kind_version_once")
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.REFERENCE),
            "force": plain(Kept.REFERENCE),
            "kind": plain(Kept.REFERENCE),
            "number": plain(Kept.REFERENCE),
            "row": plain(Kept.REFERENCE),
            "reason": plain(Kept.REFERENCE),
            "source": plain(Kept.REFERENCE),
            "verified_on": plain(Kept.REFERENCE),
            "by": plain(Kept.REFERENCE),
            "known_from": clock(Kept.REFERENCE),
        }

    def __str__(self) -> str:
        return f"version {self.number} of {self.kind}"
