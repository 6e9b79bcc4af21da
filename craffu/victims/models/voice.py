"""What she says, in her own words, and what became of it; her withdrawal, as it was explored; the advocate she named.

VIC-07, VIC-08, VIC-10, VIC-11.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.common.fates import personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.victims.models.recorded import CASE, RECORDED, OfVictim
from craffu.victims.voice.subjects import Route, Subject, WhyWithdrawn


class Advocate(OfVictim):
    """Somebody independent whom she named, with her consent from a day on. `user` is their account here, where they have one."""

    name = EncryptedTextField()
    organisation = models.CharField(max_length=120, blank=True, default="")
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    named_on = models.DateField()
    consent_on = models.DateField()

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["record", "id"]
        constraints: ClassVar = [
            OfVictim.said_once("victims_advocate_said_once"),
            OfVictim.has_its_author("victims_advocate_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "name": personal(CASE),
            "organisation": plain(CASE),
            "user": plain(CASE),
            "named_on": plain(CASE),
            "consent_on": plain(CASE),
        }

    def __str__(self) -> str:
        return f"advocate of record {self.record_id}"


class AdvocateEnded(OfVictim):
    """She ended her consent: from that day on the advocate may nothing."""

    advocate = models.OneToOneField(Advocate, on_delete=models.PROTECT, related_name="ended")
    on = models.DateField()

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["advocate"]
        constraints: ClassVar = [
            OfVictim.said_once("victims_advocate_ended_said_once"),
            OfVictim.has_its_author("victims_advocate_ended_author"),
        ]

    class Handling:
        fields: ClassVar = {**RECORDED, "advocate": plain(CASE), "on": plain(CASE)}

    def __str__(self) -> str:
        return f"end of advocate {self.advocate_id}"


class View(OfVictim):
    """What she thinks of something, in her own words, with who may see it and the notice she was shown before (VIC-11)."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", null=True)
    subject = models.CharField(max_length=20)
    words = EncryptedTextField()
    language = models.CharField(max_length=10)
    given_at = models.DateTimeField()
    route = models.CharField(max_length=20)
    advocate = models.ForeignKey(Advocate, on_delete=models.PROTECT, related_name="+", null=True)
    may_see = models.JSONField(default=list)
    notice_version = models.PositiveIntegerField()
    notice_shown_at = models.DateTimeField()

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["record", "given_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(subject__in=[one.value for one in Subject]), name="victims_view_subject"
            ),
            models.CheckConstraint(condition=Q(route__in=[one.value for one in Route]), name="victims_view_route"),
            models.CheckConstraint(
                condition=Q(route=Route.ADVOCATE.value, advocate__isnull=False)
                | (~Q(route=Route.ADVOCATE.value) & Q(advocate__isnull=True)),
                name="victims_view_through_whom",
            ),
            OfVictim.said_once("victims_view_said_once"),
            OfVictim.has_its_author("victims_view_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "case": plain(CASE),
            "subject": plain(CASE),
            "words": personal(CASE),
            "language": plain(CASE),
            "given_at": plain(CASE),
            "route": plain(CASE),
            "advocate": plain(CASE),
            "may_see": plain(CASE),
            "notice_version": plain(CASE),
            "notice_shown_at": plain(CASE),
        }

    def __str__(self) -> str:
        return f"view of record {self.record_id}"


class ViewAnswered(OfVictim):
    """What was decided, why, and when she was told; `told_at` is None while she was not."""

    view = models.ForeignKey(View, on_delete=models.PROTECT, related_name="answers")
    decided = EncryptedTextField()
    why = EncryptedTextField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["view", "id"]
        constraints: ClassVar = [
            OfVictim.said_once("victims_view_answered_said_once"),
            OfVictim.has_its_author("victims_view_answered_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "view": plain(CASE),
            "decided": personal(CASE),
            "why": personal(CASE),
            "told_at": plain(CASE),
        }

    def __str__(self) -> str:
        return f"answer to view {self.view_id}"


class Withdrawn(OfVictim):
    """She no longer supports the investigation: why, whether there was pressure, whether she is safe, as far as it was asked."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    why = models.CharField(max_length=20, blank=True, default="")
    reason = EncryptedTextField(blank=True, default="")
    pressure_asked = models.BooleanField(default=False)
    pressure = EncryptedTextField(blank=True, default="")
    safety_reviewed = models.BooleanField(default=False)
    not_explored_reason = EncryptedTextField(blank=True, default="")

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["record", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(why__in=["", *(one.value for one in WhyWithdrawn)]), name="victims_withdrawn_why"
            ),
            OfVictim.said_once("victims_withdrawn_said_once"),
            OfVictim.has_its_author("victims_withdrawn_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "case": plain(CASE),
            "on": plain(CASE),
            "why": plain(CASE),
            "reason": personal(CASE),
            "pressure_asked": plain(CASE),
            "pressure": personal(CASE),
            "safety_reviewed": plain(CASE),
            "not_explored_reason": personal(CASE),
        }

    def __str__(self) -> str:
        return f"withdrawal in {self.case_id}"
