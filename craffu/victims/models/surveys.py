"""What other systems asked of victims, whom they did not ask and why, and what was answered; never among what was asked here.

M5, VIC-08, MET30. Answers are encrypted one by one, as the words are.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.common.fates import personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.victims.models.recorded import CASE, RECORDED, OfVictim
from craffu.victims.surveys.kinds import Mode, NotAsked


class SurveyInvited(OfVictim):
    """Another system asked her, at a stage of a case: by which version of its survey and in which mode, where it says so."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=200)
    survey_version = models.CharField(max_length=200, blank=True, default="")
    mode = models.CharField(max_length=20, blank=True, default="")
    channel = models.CharField(max_length=200)
    sent_on = models.DateField()
    was_delivered = models.BooleanField(null=True)

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(mode__in=["", *(one.value for one in Mode)]), name="victims_survey_invited_mode"
            ),
            OfVictim.said_once("victims_survey_invited_said_once"),
            OfVictim.has_its_author("victims_survey_invited_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "case": plain(CASE),
            "stage": plain(CASE),
            "survey_version": plain(CASE),
            "mode": plain(CASE),
            "channel": personal(CASE),
            "sent_on": plain(CASE),
            "was_delivered": plain(CASE),
        }

    def __str__(self) -> str:
        return f"survey of record {self.record_id}"


class SurveyAnswered(OfVictim):
    """What she answered to one of them. `may_be_linked` is whether that may be read beside her case."""

    invited = models.ForeignKey(SurveyInvited, on_delete=models.PROTECT, related_name="answers")
    answered_on = models.DateField()
    language = models.CharField(max_length=10, blank=True, default="")
    felt_safe = EncryptedTextField(blank=True, default="")
    kept_informed = EncryptedTextField(blank=True, default="")
    taken_seriously = EncryptedTextField(blank=True, default="")
    felt_supported = EncryptedTextField(blank=True, default="")
    words = EncryptedTextField(blank=True, default="")
    may_be_linked = models.BooleanField()

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            OfVictim.said_once("victims_survey_answered_said_once"),
            OfVictim.has_its_author("victims_survey_answered_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "invited": plain(CASE),
            "answered_on": plain(CASE),
            "language": plain(CASE),
            "felt_safe": personal(CASE),
            "kept_informed": personal(CASE),
            "taken_seriously": personal(CASE),
            "felt_supported": personal(CASE),
            "words": personal(CASE),
            "may_be_linked": plain(CASE),
        }

    def __str__(self) -> str:
        return f"answers to survey {self.invited_id}"


class SurveyNotAsked(OfVictim):
    """Another system did not ask her at a stage, and why: whoever it was not safe to ask is counted (MET30)."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=200)
    decided_on = models.DateField()
    reason = models.CharField(max_length=20)

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reason__in=[one.value for one in NotAsked]), name="victims_survey_not_asked_reason"
            ),
            OfVictim.said_once("victims_survey_not_asked_said_once"),
            OfVictim.has_its_author("victims_survey_not_asked_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "case": plain(CASE),
            "stage": plain(CASE),
            "decided_on": plain(CASE),
            "reason": plain(CASE),
        }

    def __str__(self) -> str:
        return f"record {self.record_id} was not asked"
