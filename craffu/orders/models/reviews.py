"""Reviews of an order: each as it was put forward, who spoke in it, who agreed to it, what was done on it (REV-01 to REV-06)."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from craffu.access.scoping import RestrictedWith, Scoped, ScopedHistory
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.orders.models.lives import CASE, OF_AN_ORDER, Order
from craffu.orders.reviewing.rules import Decision, Voice
from craffu.orders.reviewing.timing import Because
from craffu.people.models import SourceRecord

OF_A_REVIEW: Final = RestrictedWith("case", "review__order__case__reference", none_is_open=True)


class OrderReview(ScopedHistory):
    """What somebody decided of an order after they looked at it: at once, or once another person has agreed (`needs_another`).

    `last_day` is the end that the order had then, of which it may decide. `due_on` and `because` are by when the rule asked for
    it, None where it did not. `effect` is how what was heard changed the decision, `why_differs` why it is not what they asked.
    """

    restricted_with = OF_AN_ORDER

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="reviews")
    number = models.PositiveIntegerField()
    due_on = models.DateField(null=True)
    because = models.CharField(max_length=12, blank=True, default="")
    last_day = models.DateField(null=True)
    decision = models.CharField(max_length=12)
    reason = EncryptedTextField()
    effect = EncryptedTextField()
    why_differs = EncryptedTextField(blank=True, default="")
    needs_another = models.BooleanField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["order", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "number"], name="orders_review_once"),
            models.CheckConstraint(
                condition=Q(decision__in=[one.value for one in Decision]), name="orders_review_decision"
            ),
            models.CheckConstraint(
                condition=Q(because__in=["", *(one.value for one in Because)]), name="orders_review_because"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "order": plain(CASE),
            "number": plain(CASE),
            "due_on": plain(CASE),
            "because": plain(CASE),
            "last_day": plain(CASE),
            "decision": plain(CASE),
            "reason": personal(CASE),
            "effect": personal(CASE),
            "why_differs": personal(CASE),
            "needs_another": plain(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"review {self.number} of {self.order_id}"


class ReviewVoice(ScopedHistory):
    """What answered for one protected person in one review: a view of theirs, or the reason why there is none (REV-02).

    `said_on` is the day of the view, of the refusal, or of the wish; `attempts` how many were counted. `wants` is which decision
    they asked for, empty where they asked for none.
    """

    restricted_with = OF_A_REVIEW

    review = models.ForeignKey(OrderReview, on_delete=models.PROTECT, related_name="voices")
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14)
    view = models.ForeignKey("victims.View", on_delete=models.PROTECT, related_name="+", null=True)
    said_on = models.DateField(null=True)
    wish = models.CharField(max_length=20, blank=True, default="")
    wants = models.CharField(max_length=12, blank=True, default="")
    attempts = models.PositiveIntegerField(default=0)
    reason = EncryptedTextField(blank=True, default="")

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["review", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "record"], name="orders_review_voice_once"),
            models.CheckConstraint(
                condition=Q(kind=Voice.GIVEN.value, view__isnull=False, said_on__isnull=False)
                | Q(kind=Voice.DECLINED.value, view__isnull=True, said_on__isnull=False)
                | Q(kind=Voice.STANDING_WISH.value, view__isnull=True, said_on__isnull=False) & ~Q(wish="")
                | Q(kind=Voice.UNSAFE_TO_ASK.value, view__isnull=True)
                | Q(kind=Voice.NOT_REACHABLE.value, view__isnull=True, attempts__gt=0),
                name="orders_review_view_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(wants__in=["", *(one.value for one in Decision)]), name="orders_review_wants"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "review": plain(CASE),
            "record": plain(CASE),
            "kind": plain(CASE),
            "view": plain(CASE),
            "said_on": plain(CASE),
            "wish": plain(CASE),
            "wants": plain(CASE),
            "attempts": plain(CASE),
            "reason": personal(CASE),
        }

    def __str__(self) -> str:
        return f"{self.kind} in review {self.review_id}"


class ReviewSigned(ScopedHistory):
    """Another person agreed to a review, or sent it back with a word why (REV-02, REV-03)."""

    restricted_with = OF_A_REVIEW

    review = models.OneToOneField(OrderReview, on_delete=models.PROTECT, related_name="signed")
    agrees = models.BooleanField()
    words = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "review": plain(CASE),
            "agrees": plain(CASE),
            "words": personal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"review {self.review_id} looked at by another"


class ReviewApplied(ScopedHistory):
    """The application that a review decided on went to the court on a day."""

    restricted_with = OF_A_REVIEW

    review = models.OneToOneField(OrderReview, on_delete=models.PROTECT, related_name="applied")
    on = models.DateField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "review": plain(CASE),
            "on": plain(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"application after review {self.review_id}"


class ReasonTranslated(ScopedHistory):
    """The reason of a review in Welsh, as a qualified translator worded it (BIL-03); of several the last counts."""

    restricted_with = OF_A_REVIEW

    review = models.ForeignKey(OrderReview, on_delete=models.PROTECT, related_name="translations")
    words = EncryptedTextField()
    translator = EncryptedTextField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["review", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "review": plain(CASE),
            "words": personal(CASE),
            "translator": personal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"Welsh of the reason of review {self.review_id}"


class ViewWanted(ScopedHistory):
    """A reviewer needs to hear somebody whom an order protects: those who look after them ask (REV-02)."""

    restricted_with = OF_AN_ORDER

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="views_wanted")
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
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
            "record": plain(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"view of record {self.record_id} wanted for {self.order_id}"


class ReviewDraft(Scoped):
    """What somebody has answered of a review so far: one for each reviewer of an order, gone once the review is complete."""

    restricted_with = OF_AN_ORDER

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    answers = EncryptedTextField()
    # The reviews that were there when it was begun.
    seen = models.CharField(max_length=16)
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["order", "by"], name="orders_review_draft_one_each")]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "order": plain(CASE),
            "by": plain(CASE),
            "answers": personal(CASE),
            "seen": internal(CASE),
            "changed_at": clock(CASE),
        }

    def __str__(self) -> str:
        return f"draft of a review of {self.order_id}"
