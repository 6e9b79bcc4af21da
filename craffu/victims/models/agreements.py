"""The Victim Contact Agreement, version by version, and the dates she fears (VIC-01, VIC-03)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import Scoped
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.people.models import SourceRecord
from craffu.victims.agreements.kinds import Asking
from craffu.victims.models.recorded import CASE, RECORDED, THROUGH_HER_CASES, OfVictim


class AgreementVersion(OfVictim):
    """What was agreed with her on a day, or that she declined; the last stands and the earlier ones stay readable.

    `occasion` is what it was revisited for, empty where she changed her mind by herself. `times` are windows of London's clock
    as [start, end]. `every_days` is how often she is contacted in any case, None where only news is told. Who declined chose
    when the agreement is offered again: `each_stage`, `only_if_i_ask`, a list of occasions, or nothing (the default).
    """

    number = models.PositiveIntegerField()
    occasion = models.CharField(max_length=40, blank=True, default="")
    # It is still right: agreed again as it stood, on this day.
    is_unchanged = models.BooleanField(default=False)
    agreed_on = models.DateField(null=True)
    declined_on = models.DateField(null=True)
    offer_again = models.JSONField(null=True)
    officer_name = EncryptedTextField(blank=True, default="")
    officer = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    every_days = models.PositiveIntegerField(null=True)
    channels = models.JSONField(default=list)
    # Of these, the ways by which a link to the safe page may come: somebody else may see a message before she does.
    link_channels = models.JSONField(default=list)
    times = models.JSONField(default=list)
    may_leave_message = models.BooleanField(default=False)
    safe_word = EncryptedTextField(blank=True, default="")
    never_say = EncryptedTextField(blank=True, default="")
    # A channel that is safe at any hour, or `nowhere`.
    urgent_reach = models.CharField(max_length=20, blank=True, default="")
    urgent_words = EncryptedTextField(blank=True, default="")
    language = models.CharField(max_length=10, blank=True, default="")
    asking = models.CharField(max_length=20, default=Asking.EACH_TIME.value)
    asking_said_on = models.DateField(null=True)
    not_wanted = models.JSONField(default=list)
    others_told = EncryptedTextField(blank=True, default="")
    survey_consent = models.BooleanField(null=True)
    next_revisit_on = models.DateField(null=True)

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["record", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=False, declined_on__isnull=True)
                | Q(agreed_on__isnull=True, declined_on__isnull=False),
                name="victims_agreed_or_declined",
            ),
            models.CheckConstraint(
                condition=Q(asking__in=[one.value for one in Asking]), name="victims_agreement_asking"
            ),
            OfVictim.said_once("victims_agreement_said_once"),
            OfVictim.has_its_author("victims_agreement_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "number": plain(CASE),
            "occasion": plain(CASE),
            "is_unchanged": plain(CASE),
            "agreed_on": plain(CASE),
            "declined_on": plain(CASE),
            "offer_again": plain(CASE),
            "officer_name": personal(CASE),
            "officer": plain(CASE),
            "every_days": plain(CASE),
            "channels": personal(CASE),
            "link_channels": personal(CASE),
            "times": personal(CASE),
            "may_leave_message": personal(CASE),
            "safe_word": personal(CASE),
            "never_say": personal(CASE),
            "urgent_reach": personal(CASE),
            "urgent_words": personal(CASE),
            "language": personal(CASE),
            "asking": plain(CASE),
            "asking_said_on": plain(CASE),
            "not_wanted": personal(CASE),
            "others_told": personal(CASE),
            "survey_consent": plain(CASE),
            "next_revisit_on": plain(CASE),
        }

    def __str__(self) -> str:
        return f"agreement {self.number} with record {self.record_id}"


class FearedDate(OfVictim):
    """A day that she fears: an anniversary, a hearing, a release; `is_struck` takes back one said before on the same day."""

    on = models.DateField()
    words = EncryptedTextField(blank=True, default="")
    is_struck = models.BooleanField(default=False)

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["record", "on", "id"]
        constraints: ClassVar = [
            OfVictim.said_once("victims_feared_date_said_once"),
            OfVictim.has_its_author("victims_feared_date_author"),
        ]

    class Handling:
        fields: ClassVar = {**RECORDED, "on": personal(CASE), "words": personal(CASE), "is_struck": plain(CASE)}

    def __str__(self) -> str:
        return f"feared date of record {self.record_id}"


class AgreementDraft(Scoped):
    """What somebody has asked her so far, while they are still asking: one for each officer, gone once it is an agreement."""

    restricted_with = THROUGH_HER_CASES

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    terms = EncryptedTextField()
    occasion = models.CharField(max_length=40, blank=True, default="")
    # The version that was there when it was begun.
    seen = models.CharField(max_length=16)
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "by"], name="victims_draft_one_each"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "record": plain(CASE),
            "by": plain(CASE),
            "terms": personal(CASE),
            "occasion": plain(CASE),
            "seen": internal(CASE),
            "changed_at": clock(CASE),
        }

    def __str__(self) -> str:
        return f"draft for record {self.record_id}"
