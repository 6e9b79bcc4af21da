"""What she was promised, every contact and attempt, of what she was told, and why a promise was rightly not kept.

VIC-02, VIC-04, VIC-05.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from craffu.common.fates import internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.victims.contacts.rules import Excuse
from craffu.victims.happenings.kinds import Happening
from craffu.victims.models.recorded import CASE, OF_AN_ORDER, OF_RECORDS, RECORDED, OfVictim


class CaseHappening(OfVictim):
    """Something that happened in a case of hers of which she is told, or after which her agreement is asked again.

    Three instants are kept apart: when it happens, when its time was known before it (None where it was not), and when the force
    learnt of it. `received_on` is the day on which witness care received the news, where the Code's limit runs from that.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    time_known_at = models.DateTimeField(null=True)
    learnt_at = models.DateTimeField()
    received_on = models.DateField(null=True)
    words = EncryptedTextField(blank=True, default="")
    # It takes back another: that did not happen, or not so.
    strikes = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["record", "at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in Happening]), name="victims_happening_kind"
            ),
            models.CheckConstraint(
                condition=Q(time_known_at__isnull=True) | Q(time_known_at__lte=F("at")),
                name="victims_time_known_before",
            ),
            OfVictim.said_once("victims_happening_said_once"),
            OfVictim.has_its_author("victims_happening_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "case": plain(CASE),
            "kind": plain(CASE),
            "at": plain(CASE),
            "time_known_at": plain(CASE),
            "learnt_at": plain(CASE),
            "received_on": plain(CASE),
            "words": personal(CASE),
            "strikes": plain(CASE),
        }

    def __str__(self) -> str:
        return f"{self.kind} in {self.case_id}"

    @property
    def is_of_records(self) -> bool:
        """Whether custody, a court or an order told of it, and nobody recorded it."""
        return self.source in OF_RECORDS or self.source == OF_AN_ORDER

    @property
    def event(self) -> str:
        """Of what custody, courts and orders told: the event's own key, the same on every record of hers."""
        return self.source_key.partition("/")[0]


class Promise(OfVictim):
    """A contact that she was promised: by when, and by which channels as the agreement stood when it was promised."""

    due_at = models.DateTimeField()
    channels = models.JSONField(default=list)
    promised_at = models.DateTimeField()

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["record", "due_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(due_at__gte=F("promised_at")), name="victims_promise_lies_ahead"),
            OfVictim.said_once("victims_promise_said_once"),
            OfVictim.has_its_author("victims_promise_author"),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "due_at"], name="victims_promise_due")]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "due_at": plain(CASE),
            "channels": personal(CASE),
            "promised_at": plain(CASE),
        }

    def __str__(self) -> str:
        return f"promise to record {self.record_id}"


class Contact(OfVictim):
    """One contact with her, or one attempt: by which channel, and whether she was reached or called herself.

    `why_unsafe` is what spoke against it by her agreement (VIC-02). It was made all the same only where life was in danger at
    once (`is_danger`), or wrongly: then it is kept as what it was.
    """

    at = models.DateTimeField()
    channel = models.CharField(max_length=20)
    is_hers = models.BooleanField(default=False)
    was_reached = models.BooleanField()
    left_message = models.BooleanField(default=False)
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="contacts", null=True)
    why_unsafe = models.JSONField(default=list)
    is_danger = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True, default="")
    told = EncryptedTextField(blank=True, default="")
    response = EncryptedTextField(blank=True, default="")
    officer_name = EncryptedTextField(blank=True, default="")

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["record", "at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_hers=False) | Q(was_reached=True), name="victims_her_call_reached_us"
            ),
            OfVictim.said_once("victims_contact_said_once"),
            OfVictim.has_its_author("victims_contact_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "at": plain(CASE),
            "channel": plain(CASE),
            "is_hers": plain(CASE),
            "was_reached": plain(CASE),
            "left_message": plain(CASE),
            "promise": plain(CASE),
            "why_unsafe": plain(CASE),
            "is_danger": plain(CASE),
            "language": personal(CASE),
            "told": personal(CASE),
            "response": personal(CASE),
            "officer_name": personal(CASE),
        }

    def __str__(self) -> str:
        return f"contact with record {self.record_id}"


class ToldOfHappening(OfVictim):
    """She was told of something that happened, at an instant, in a contact where it was one.

    A stage of the case is named by `stage`, what was recorded of her by `happening`.
    """

    happening = models.ForeignKey(CaseHappening, on_delete=models.PROTECT, related_name="tellings", null=True)
    stage = models.ForeignKey("cases.CaseStage", on_delete=models.PROTECT, related_name="+", null=True)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="tells", null=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["record", "at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(happening__isnull=False, stage__isnull=True)
                | Q(happening__isnull=True, stage__isnull=False),
                name="victims_told_of_one_thing",
            ),
            OfVictim.said_once("victims_telling_said_once"),
            OfVictim.has_its_author("victims_telling_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "happening": plain(CASE),
            "stage": plain(CASE),
            "contact": plain(CASE),
            "at": plain(CASE),
        }

    def __str__(self) -> str:
        return f"telling of record {self.record_id}"


class PromiseExcuse(OfVictim):
    """Why a promised contact was rightly not made (VIC-04). It stays in what was promised and is counted apart."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="excuses")
    reason = models.CharField(max_length=40)
    words = EncryptedTextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["promise", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(reason__in=[one.value for one in Excuse]), name="victims_excuse_reason"),
            OfVictim.said_once("victims_excuse_said_once"),
            OfVictim.has_its_author("victims_excuse_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "promise": plain(CASE),
            "reason": plain(CASE),
            "words": personal(CASE),
            "at": plain(CASE),
        }

    def __str__(self) -> str:
        return f"excuse of promise {self.promise_id}"


class NotArrived(OfVictim):
    """Something written to her did not reach her: held back, returned, refused. `message` is its key, said of once for ever."""

    message = models.CharField(max_length=80)
    channel = models.CharField(max_length=20)
    reason = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["record", "at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "message"], name="victims_not_arrived_once"),
            OfVictim.said_once("victims_not_arrived_said_once"),
            OfVictim.has_its_author("victims_not_arrived_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "message": internal(CASE),
            "channel": plain(CASE),
            "reason": plain(CASE),
            "at": plain(CASE),
        }

    def __str__(self) -> str:
        return f"{self.message} of record {self.record_id}"
