"""Her needs; what was done for her safety, beside whether she knows of it; what help there was; to which limits she has a right.

VIC-05, VIC-08.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan

from craffu.common.fates import personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.victims.models.contacts import Contact
from craffu.victims.models.recorded import CASE, RECORDED, OfVictim
from craffu.victims.notices.code import Entitlement
from craffu.victims.safeguarding.kinds import Answer, Felt, Help, Measure, Need, Step


class NeedAnswer(OfVictim):
    """One answer about one thing that bears on her life and safety; the last on each stands."""

    need = models.CharField(max_length=40)
    answer = models.CharField(max_length=10)
    words = EncryptedTextField(blank=True, default="")
    on = models.DateField()

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["record", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(need__in=[one.value for one in Need]), name="victims_need_known"),
            models.CheckConstraint(condition=Q(answer__in=[one.value for one in Answer]), name="victims_need_answer"),
            OfVictim.said_once("victims_need_said_once"),
            OfVictim.has_its_author("victims_need_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "need": plain(CASE),
            "answer": personal(CASE),
            "words": personal(CASE),
            "on": plain(CASE),
        }

    def __str__(self) -> str:
        return f"{self.need} of record {self.record_id}"


class SafetyMeasure(OfVictim):
    """Something done for her safety, on a day. It counts for her only once she was told of it (VIC-08)."""

    kind = models.CharField(max_length=40)
    words = EncryptedTextField(blank=True, default="")
    done_on = models.DateField()

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["record", "done_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in Measure]), name="victims_measure_kind"),
            OfVictim.said_once("victims_measure_said_once"),
            OfVictim.has_its_author("victims_measure_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "kind": plain(CASE),
            "words": personal(CASE),
            "done_on": plain(CASE),
        }

    def __str__(self) -> str:
        return f"{self.kind} for record {self.record_id}"


class MeasureTold(OfVictim):
    """She was told of a measure: when, by which channel, and how safe she felt with it."""

    measure = models.ForeignKey(SafetyMeasure, on_delete=models.PROTECT, related_name="tellings")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+", null=True)
    told_on = models.DateField()
    channel = models.CharField(max_length=20)
    felt = models.CharField(max_length=10, default=Felt.NOT_ASKED.value)

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["measure", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(felt__in=[one.value for one in Felt]), name="victims_felt_known"),
            OfVictim.said_once("victims_measure_told_said_once"),
            OfVictim.has_its_author("victims_measure_told_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "measure": plain(CASE),
            "contact": plain(CASE),
            "told_on": plain(CASE),
            "channel": plain(CASE),
            "felt": personal(CASE),
        }

    def __str__(self) -> str:
        return f"telling of measure {self.measure_id}"


class ReferralStep(OfVictim):
    """Help was offered, she was referred to it, she took it up, or she did not want it: one step on a day."""

    help = models.CharField(max_length=40)
    step = models.CharField(max_length=20)
    words = EncryptedTextField(blank=True, default="")
    on = models.DateField()

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["record", "help", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(help__in=[one.value for one in Help]), name="victims_help_known"),
            models.CheckConstraint(condition=Q(step__in=[one.value for one in Step]), name="victims_referral_step"),
            OfVictim.said_once("victims_referral_said_once"),
            OfVictim.has_its_author("victims_referral_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "help": plain(CASE),
            "step": plain(CASE),
            "words": personal(CASE),
            "on": plain(CASE),
        }

    def __str__(self) -> str:
        return f"{self.step} of {self.help} for record {self.record_id}"


class EntitlementSaid(OfVictim):
    """To which limits of the Code she is entitled, by somebody's decision; standard only with a reason (VIC-05)."""

    entitlement = models.CharField(max_length=10)
    reason = EncryptedTextField(blank=True, default="")
    on = models.DateField()

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["record", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(entitlement=Entitlement.ENHANCED.value)
                # Encrypted, so its length is asked and not its words.
                | (Q(entitlement=Entitlement.STANDARD.value) & Q(GreaterThan(Length("reason"), 0))),
                name="victims_standard_with_reason",
            ),
            OfVictim.said_once("victims_entitlement_said_once"),
            OfVictim.has_its_author("victims_entitlement_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "entitlement": plain(CASE),
            "reason": personal(CASE),
            "on": plain(CASE),
        }

    def __str__(self) -> str:
        return f"{self.entitlement} for record {self.record_id}"
