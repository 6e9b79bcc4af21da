"""What everything recorded of a victim has in common: of which source record of hers, by whom, and since when we know it.

Who a record belongs to can change without rewriting what was agreed with her (house rule on identity). Whoever may read it is
asked before: her cases decide that, not the row (`victims.queries.find_victim`).
"""

from typing import Final

from django.db import models
from django.db.models import Q

from craffu.access.scoping import ScopedHistory
from craffu.common.fates import Kept, clock, internal, plain
from craffu.people.models import SourceRecord

CASE = Kept.WITH_CASE
THROUGH_HER_CASES = "Read only of a victim whose cases are open to the reader: queries.find_victim."
# Recorded here; anything else is the system whose word it was.
HERE = "craffu"
# What custody suites and courts sent of a case, read there and kept as news for her.
OF_RECORDS: Final = frozenset({"custody", "court", "prison"})
# What an order told of by itself when it was moved, or by the clock.
OF_AN_ORDER: Final = "orders"


class OfVictim(ScopedHistory):
    """A row about one victim. `source_key` is the sender's own key where another system said it, empty where it was said here.

    Of several rows under one key the last counts: what a system says anew is added and takes the place of what it said.
    """

    restricted_with = THROUGH_HER_CASES

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=40, default=HERE)
    source_key = models.CharField(max_length=80, blank=True, default="")
    content_sha256 = models.CharField(max_length=64, blank=True, default="")
    recorded_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    known_from = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def known_as(self) -> str:
        """What it is known by for ever, said anew or not: its sender's own key, or its number here."""
        return f"{self.source}:{self.source_key}" if self.source_key else str(self.pk)

    @staticmethod
    def said_once(name: str) -> models.UniqueConstraint:
        """The same words of a system are kept once, however often its file comes (INT-01)."""
        return models.UniqueConstraint(
            fields=["force", "source", "source_key", "content_sha256"], condition=~Q(source_key=""), name=name
        )

    @staticmethod
    def has_its_author(name: str) -> models.CheckConstraint:
        """Said here by a person, or by another system under its key."""
        here = Q(source=HERE, source_key="", recorded_by__isnull=False)
        return models.CheckConstraint(condition=here | (~Q(source=HERE) & ~Q(source_key="")), name=name)


RECORDED: Final = {
    "id": internal(CASE),
    "force": plain(CASE),
    "record": plain(CASE),
    "source": plain(CASE),
    "source_key": internal(CASE),
    "content_sha256": internal(CASE),
    "recorded_by": plain(CASE),
    "known_from": clock(CASE),
}
