"""Letters about an order: of each printed paper that is one, for whom it was written and what it tells (VIC-06, REV-04)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import RestrictedWith, ScopedHistory
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.orders.letters.kinds import About
from craffu.orders.models.lives import CASE
from craffu.orders.models.printed import PaperPrinted
from craffu.orders.models.reviews import OrderReview
from craffu.people.models import SourceRecord


class LetterWritten(ScopedHistory):
    """A letter that left: to somebody whom the order protects, by their record, or without one to the respondent.

    `review` is the review that it tells of. `translator` approved its Welsh, where that was a draft (BIL-03).
    """

    restricted_with = RestrictedWith("case", "printed__order__case__reference", none_is_open=True)

    printed = models.OneToOneField(PaperPrinted, on_delete=models.PROTECT, related_name="letter")
    about = models.CharField(max_length=12)
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+", null=True)
    review = models.ForeignKey(OrderReview, on_delete=models.PROTECT, related_name="+", null=True)
    translator = EncryptedTextField(blank=True, default="")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["printed"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(about__in=[one.value for one in About]), name="orders_letter_about"),
            models.CheckConstraint(
                condition=Q(about=About.REVIEW.value, review__isnull=False, record__isnull=False)
                | (~Q(about=About.REVIEW.value) & Q(review__isnull=True)),
                name="orders_letter_of_a_review",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "printed": plain(CASE),
            "about": plain(CASE),
            "record": plain(CASE),
            "review": plain(CASE),
            "translator": personal(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"letter {self.printed_id}"
