"""Papers that we print of an order: each kept as it left, and to whom it was given; what of the papers kept may go into one.

ORD-06, ORD-11, ORD-18; SEC-07, SEC-12. A printed paper is kept whole and not made again: a court holds the very same one.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import RestrictedWith, ScopedHistory
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.orders.models.lives import CASE, OF_AN_ORDER, Order
from craffu.orders.models.papers import OrderPaper


class PaperMarked(ScopedHistory):
    """What may become of a paper that is kept: privileged, for the court alone, or looked at and open to the respondent.

    Of several rows about one paper the last says it, and privileged is never lifted.
    """

    restricted_with = RestrictedWith("case", "paper__order__case__reference", none_is_open=True)

    paper = models.ForeignKey(OrderPaper, on_delete=models.PROTECT, related_name="marks")
    mark = models.CharField(max_length=12)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["paper", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "paper": plain(CASE),
            "mark": plain(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.mark} on {self.paper_id}"


class PaperPrinted(ScopedHistory):
    """One paper as it left: which, for whom, from which words of the order and of ours, and the file itself.

    `wording` is the version of each piece of our wording in it, `enclosed` the papers put in by their row and digest.
    """

    restricted_with = OF_AN_ORDER

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="printed")
    kind = models.CharField(max_length=24)
    audience = models.CharField(max_length=12)
    language = models.CharField(max_length=2)
    terms_number = models.PositiveIntegerField(null=True)
    wording = models.JSONField(default=dict)
    enclosed = models.JSONField(default=list)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = EncryptedTextField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(size__gt=0), name="orders_printed_is_not_empty"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "order": plain(CASE),
            "kind": plain(CASE),
            "audience": plain(CASE),
            "language": plain(CASE),
            "terms_number": plain(CASE),
            "wording": internal(CASE),
            "enclosed": internal(CASE),
            "size": plain(CASE),
            "sha256": internal(CASE),
            "content": personal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.kind} of {self.order_id}"


class PaperGiven(ScopedHistory):
    """Whoever a printed paper was given to, when and how: what the respondent has received is read here."""

    restricted_with = RestrictedWith("case", "printed__order__case__reference", none_is_open=True)

    printed = models.ForeignKey(PaperPrinted, on_delete=models.PROTECT, related_name="given")
    given_to = models.CharField(max_length=12)
    method = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    words = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["printed", "given_at", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "printed": plain(CASE),
            "given_to": plain(CASE),
            "method": plain(CASE),
            "given_at": plain(CASE),
            "words": personal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.printed_id} given to the {self.given_to}"


class NationalEntry(ScopedHistory):
    """Somebody entered an order in another police system: when, under which reference, from which version of the words."""

    restricted_with = OF_AN_ORDER

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="entries")
    system = models.CharField(max_length=12)
    entered_on = models.DateField()
    entry_reference = EncryptedTextField()
    terms_number = models.PositiveIntegerField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["order", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "order": plain(CASE),
            "system": plain(CASE),
            "entered_on": plain(CASE),
            "entry_reference": personal(CASE),
            "terms_number": plain(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.order_id} in {self.system}"
