"""Invitations to the safe page, the page while she is on it, what she answered, and what she noted herself.

VIC-01, VIC-02, VIC-08, VIC-10, VIC-11. Secrets are kept as keyed tokens alone: whoever reads the register can open nothing.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from craffu.access.scoping import Scoped
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.people.models import SourceRecord
from craffu.victims.inviting.kinds import Purpose, Route, Step
from craffu.victims.models.recorded import CASE, RECORDED, THROUGH_HER_CASES, OfVictim
from craffu.victims.models.voice import Advocate
from craffu.victims.noting.kinds import Way
from craffu.victims.surveys.kinds import NotAsked

# The notice of who may read her words: its version and when she was shown it, or neither (VIC-11).
_NOTICE_WHOLE = Q(notice_version__isnull=True, notice_shown_at__isnull=True) | Q(
    notice_version__isnull=False, notice_shown_at__isnull=False
)


class Invitation(OfVictim):
    """She is asked to answer: for what, by which way she comes in, and until when. `token` is of its secret, empty where another
    system asked her. `occasion` is the stage of her case; `order` the reference of the order that is reviewed.
    """

    purpose = models.CharField(max_length=20)
    route = models.CharField(max_length=10)
    channel = models.CharField(max_length=20, blank=True, default="")
    occasion = models.CharField(max_length=40, blank=True, default="")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", null=True)
    order = models.CharField(max_length=20, blank=True, default="")
    language = models.CharField(max_length=10)
    token = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(purpose__in=[one.value for one in Purpose]), name="victims_invitation_purpose"
            ),
            models.CheckConstraint(
                condition=Q(route__in=[one.value for one in Route]), name="victims_invitation_route"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("at")), name="victims_invitation_ends"),
            models.UniqueConstraint(fields=["token"], condition=~Q(token=""), name="victims_invitation_token"),
            OfVictim.said_once("victims_invitation_said_once"),
            OfVictim.has_its_author("victims_invitation_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "purpose": plain(CASE),
            "route": plain(CASE),
            "channel": personal(CASE),
            "occasion": plain(CASE),
            "case": plain(CASE),
            "order": plain(CASE),
            "language": personal(CASE),
            "token": internal(CASE),
            "at": plain(CASE),
            "expires_at": plain(CASE),
        }

    def __str__(self) -> str:
        return f"invitation of record {self.record_id}"


class InvitationStep(OfVictim):
    """What became of an invitation, each once: that two open it at the same instant, the database does not allow."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20)
    at = models.DateTimeField()
    reason = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["invitation", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(step__in=[one.value for one in Step]), name="victims_invitation_step_known"
            ),
            models.UniqueConstraint(fields=["invitation", "step"], name="victims_invitation_step_once"),
            OfVictim.said_once("victims_invitation_step_said_once"),
            OfVictim.has_its_author("victims_invitation_step_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "invitation": plain(CASE),
            "step": plain(CASE),
            "at": plain(CASE),
            "reason": plain(CASE),
        }

    def __str__(self) -> str:
        return f"{self.step} of invitation {self.invitation_id}"


class NotInvited(OfVictim):
    """She was not asked how she was treated after a stage, and why: whom it was not safe to ask is counted (MET30)."""

    occasion = models.CharField(max_length=40)
    on = models.DateField()
    reason = models.CharField(max_length=20)

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["record", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reason__in=[one.value for one in NotAsked]), name="victims_not_invited_reason"
            ),
            OfVictim.said_once("victims_not_invited_said_once"),
            OfVictim.has_its_author("victims_not_invited_author"),
        ]

    class Handling:
        fields: ClassVar = {**RECORDED, "occasion": plain(CASE), "on": plain(CASE), "reason": plain(CASE)}

    def __str__(self) -> str:
        return f"record {self.record_id} was not invited"


class Sitting(Scoped):
    """The page while she is on it: gone when she has sent her answers, has left, or was silent too long."""

    restricted_with = THROUGH_HER_CASES

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="sitting")
    token = models.CharField(max_length=64, unique=True)
    answers = EncryptedTextField(blank=True, default="")
    # Which version of the notice she was shown, in which language and when (VIC-11).
    notice_version = models.PositiveIntegerField(null=True)
    notice_language = models.CharField(max_length=10, blank=True, default="")
    notice_shown_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "record": plain(CASE),
            "invitation": plain(CASE),
            "token": internal(CASE),
            "answers": personal(CASE),
            "notice_version": plain(CASE),
            "notice_language": plain(CASE),
            "notice_shown_at": plain(CASE),
            "begun_at": clock(CASE),
            "last_at": clock(CASE),
        }

    def __str__(self) -> str:
        return f"sitting of invitation {self.invitation_id}"


class Answers(OfVictim):
    """What she answered, once she sent it or left: question and choice as JSON, her words apart. Both are encrypted.

    `may_be_linked` is whether her survey may be read beside her case; None where that was not asked.
    """

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="answers")
    given_at = models.DateTimeField()
    language = models.CharField(max_length=10)
    is_whole = models.BooleanField()
    may_be_linked = models.BooleanField(null=True)
    answers = EncryptedTextField(blank=True, default="")
    words = EncryptedTextField(blank=True, default="")
    notice_version = models.PositiveIntegerField(null=True)
    notice_shown_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["record", "given_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=_NOTICE_WHOLE, name="victims_answers_notice"),
            OfVictim.said_once("victims_answers_said_once"),
            OfVictim.has_its_author("victims_answers_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "invitation": plain(CASE),
            "given_at": plain(CASE),
            "language": plain(CASE),
            "is_whole": plain(CASE),
            "may_be_linked": plain(CASE),
            "answers": personal(CASE),
            "words": personal(CASE),
            "notice_version": plain(CASE),
            "notice_shown_at": plain(CASE),
        }

    def __str__(self) -> str:
        return f"answers to invitation {self.invitation_id}"


class LogEntry(OfVictim):
    """Something that she noted: when, how, what, and where what proves it is kept. With her consent it is held against the orders
    that protect her (`for_ledger`).
    """

    happened_from = models.DateTimeField()
    happened_to = models.DateTimeField()
    is_day_only = models.BooleanField(default=False)
    way = models.CharField(max_length=20, blank=True, default="")
    through_others = models.BooleanField(null=True)
    words = EncryptedTextField(blank=True, default="")
    language = models.CharField(max_length=10)
    proof = models.CharField(max_length=20, blank=True, default="")
    proof_words = EncryptedTextField(blank=True, default="")
    for_ledger = models.BooleanField()
    given_at = models.DateTimeField()
    route = models.CharField(max_length=20)
    advocate = models.ForeignKey(Advocate, on_delete=models.PROTECT, related_name="+", null=True)
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="+", null=True)
    notice_version = models.PositiveIntegerField(null=True)
    notice_shown_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["record", "happened_from", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(happened_to__gte=F("happened_from")), name="victims_log_entry_ends_after"
            ),
            models.CheckConstraint(
                condition=Q(way__in=["", *(one.value for one in Way)]), name="victims_log_entry_way"
            ),
            models.CheckConstraint(condition=_NOTICE_WHOLE, name="victims_log_entry_notice"),
            OfVictim.said_once("victims_log_entry_said_once"),
            OfVictim.has_its_author("victims_log_entry_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "happened_from": plain(CASE),
            "happened_to": plain(CASE),
            "is_day_only": plain(CASE),
            "way": plain(CASE),
            "through_others": plain(CASE),
            "words": personal(CASE),
            "language": plain(CASE),
            "proof": plain(CASE),
            "proof_words": personal(CASE),
            "for_ledger": plain(CASE),
            "given_at": plain(CASE),
            "route": plain(CASE),
            "advocate": plain(CASE),
            "invitation": plain(CASE),
            "notice_version": plain(CASE),
            "notice_shown_at": plain(CASE),
        }

    def __str__(self) -> str:
        return f"log entry of record {self.record_id}"
