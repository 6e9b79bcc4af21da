"""News that an act left for whoever stands above it, until it is handled.

What was handled is kept for a while, so that it can be seen what a tick was told, and then deleted.

A flag and no cursor: on PostgreSQL a row of a lower number can become visible after one of a higher number was read.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.common.door import Guarded
from craffu.common.fates import Kept, clock, internal, plain

WAITING = Q(handled_at=None)
HANDLED = Q(handled_at__isnull=False)


class News(Guarded):
    """That something of a topic changed for some subjects, row numbers or references set apart by spaces."""

    force = models.CharField(max_length=10)
    topic = models.CharField(max_length=40)
    subjects = models.TextField()
    at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["force", "id"], condition=WAITING, name="outbox_news_waiting"),
            models.Index(fields=["force", "handled_at"], condition=HANDLED, name="outbox_news_handled"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_RUN),
            "force": plain(Kept.WITH_RUN),
            "topic": plain(Kept.WITH_RUN),
            "subjects": internal(Kept.WITH_RUN),
            "at": clock(Kept.WITH_RUN),
            "handled_at": clock(Kept.WITH_RUN),
        }

    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"
