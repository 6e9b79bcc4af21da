"""A message on its way out. Its words and where it goes are encrypted, and gone once nothing more is done with them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from craffu.common.door import Guarded
from craffu.common.fates import Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.messages.kinds import Status

OPEN = Q(status__in=[Status.WAITING.value, Status.SENDING.value, Status.SENT.value])


class Message(Guarded):
    """`key` is what it is of, once for ever: the same key is never sent twice. `not_after` is when it would come too late."""

    force = models.CharField(max_length=10)
    key = models.CharField(max_length=80)
    channel = models.CharField(max_length=20)
    to = EncryptedTextField(blank=True, default="")
    subject = EncryptedTextField(blank=True, default="")
    body = EncryptedTextField(blank=True, default="")
    language = models.CharField(max_length=10)
    not_before = models.DateTimeField()
    not_after = models.DateTimeField()
    status = models.CharField(max_length=12, default=Status.WAITING.value)
    tries = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=40, blank=True, default="")
    # By what whoever carries it knows it.
    carrier_ref = models.CharField(max_length=80, blank=True, default="")
    asked_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "outgoing"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "key"], name="outgoing_message_once"),
            models.CheckConstraint(
                condition=Q(status__in=[one.value for one in Status]), name="outgoing_message_status"
            ),
            models.CheckConstraint(condition=Q(not_after__gt=F("not_before")), name="outgoing_message_in_time"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["force", "not_before"], condition=OPEN, name="outgoing_message_open"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_RUN),
            "force": plain(Kept.WITH_RUN),
            "key": internal(Kept.WITH_RUN),
            "channel": plain(Kept.WITH_RUN),
            "to": personal(Kept.WITH_RUN),
            "subject": personal(Kept.WITH_RUN),
            "body": personal(Kept.WITH_RUN),
            "language": plain(Kept.WITH_RUN),
            "not_before": plain(Kept.WITH_RUN),
            "not_after": plain(Kept.WITH_RUN),
            "status": plain(Kept.WITH_RUN),
            "tries": plain(Kept.WITH_RUN),
            "reason": plain(Kept.WITH_RUN),
            "carrier_ref": internal(Kept.WITH_RUN),
            "asked_at": clock(Kept.WITH_RUN),
            "taken_at": clock(Kept.WITH_RUN),
            "changed_at": clock(Kept.WITH_RUN),
        }

    def __str__(self) -> str:
        return f"message {self.pk}"
