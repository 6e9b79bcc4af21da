"""Advice asked for in a case, what was answered, and what became of it. All of it is only ever added to (RES-04)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import RestrictedWith, ScopedHistory
from craffu.cases.advice.rules import Adviser, Followed
from craffu.cases.case_models import CASE, Case
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField

OF_ADVICE = RestrictedWith("case", "asked__case__reference", none_is_open=True)


class AdviceAsked(ScopedHistory):
    """A question put to a specialist, known within its case by its number; one about an order of no case, within that order.

    `about_order` is the order's reference, empty where it is about a case as a whole: orders stand above cases.
    """

    restricted_with = RestrictedWith("case", "case__reference", none_is_open=True)

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="advice", null=True)
    about_order = models.CharField(max_length=20, blank=True, default="")
    number = models.PositiveIntegerField()
    adviser = models.CharField(max_length=20)
    question = EncryptedTextField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "cases"
        ordering: ClassVar = ["case", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="cases_advice_once"),
            models.UniqueConstraint(
                fields=["force", "about_order", "number"], condition=Q(case=None), name="cases_advice_of_order_once"
            ),
            models.CheckConstraint(condition=Q(case__isnull=False) | ~Q(about_order=""), name="cases_advice_about"),
            models.CheckConstraint(
                condition=Q(adviser__in=[one.value for one in Adviser]), name="cases_advice_adviser"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "case": plain(CASE),
            "about_order": plain(CASE),
            "number": plain(CASE),
            "adviser": plain(CASE),
            "question": personal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"advice {self.number} in {self.case_id or self.about_order}"


class AdviceAnswered(ScopedHistory):
    """The one answer to a question. `adviser` is who gave it, where that is not `by`, who recorded it."""

    restricted_with = OF_ADVICE

    asked = models.OneToOneField(AdviceAsked, on_delete=models.PROTECT, related_name="answer")
    at = models.DateTimeField()
    words = EncryptedTextField()
    adviser = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "cases"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "asked": plain(CASE),
            "at": plain(CASE),
            "words": personal(CASE),
            "adviser": personal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"answer to {self.asked_id}"


class AdviceFollowed(ScopedHistory):
    """Whether advice was followed, and why where it was not; of several the last counts."""

    restricted_with = OF_ADVICE

    asked = models.ForeignKey(AdviceAsked, on_delete=models.PROTECT, related_name="followed")
    followed = models.CharField(max_length=10)
    reason = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "cases"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(followed__in=[one.value for one in Followed]), name="cases_advice_followed"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "asked": plain(CASE),
            "followed": plain(CASE),
            "reason": personal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.followed} of {self.asked_id}"
