"""What people decided of priorities: that one stands, another for a while, a challenge and its answer (PRI-06, PRI-07)."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from craffu.access.scoping import ScopedHistory
from craffu.common.fates import Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.people.models import Person, SourceRecord
from craffu.prevention.deciding.rules import Said, Whose
from craffu.prevention.models.scores import ScoreKept
from craffu.prevention.scoring.rules import CHOSEN

PERSON = Kept.WITH_PERSON
OF_A_SCORE: Final = "Decided of a score: whoever may read the order of review reads it, and nobody else."


class PriorityDecided(ScopedHistory):
    """What a named officer said of somebody's priority by the score that they saw: it stands, or another does until a day.

    The score is not changed by it. Another priority counts once a second person has agreed.
    """

    restricted_with = OF_A_SCORE

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kept = models.ForeignKey(ScoreKept, on_delete=models.PROTECT, related_name="decided")
    said = models.CharField(max_length=12)
    tier = models.CharField(max_length=24, blank=True, default="")
    reason = EncryptedTextField(blank=True, default="")
    until = models.DateField(null=True)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["person", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "person", "number"], name="prevention_decided_once"),
            models.CheckConstraint(condition=Q(said__in=[one.value for one in Said]), name="prevention_decided_said"),
            models.CheckConstraint(
                condition=Q(said=Said.STANDS.value, tier="", until=None)
                | Q(said=Said.OTHER.value, tier__in=[one.value for one in CHOSEN], until__isnull=False),
                name="prevention_decided_whole",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(PERSON),
            "force": plain(PERSON),
            "person": plain(PERSON),
            "number": plain(PERSON),
            "kept": plain(PERSON),
            "said": plain(PERSON),
            "tier": personal(PERSON),
            "reason": personal(PERSON),
            "until": plain(PERSON),
            "by": plain(PERSON),
            "known_from": clock(PERSON),
        }

    def __str__(self) -> str:
        return f"decision {self.number} on the priority of person {self.person_id}"


class PriorityAgreed(ScopedHistory):
    """A second person's word on another priority: it counts from then on, or never."""

    restricted_with = OF_A_SCORE

    decided = models.OneToOneField(PriorityDecided, on_delete=models.PROTECT, related_name="agreed")
    agrees = models.BooleanField()
    reason = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(PERSON),
            "force": plain(PERSON),
            "decided": plain(PERSON),
            "agrees": plain(PERSON),
            "reason": personal(PERSON),
            "by": plain(PERSON),
            "known_from": clock(PERSON),
        }

    def __str__(self) -> str:
        return f"a second word on {self.decided_id}"


class ScoreChallenged(ScopedHistory):
    """Somebody says that a score counts what it should not: which acts, whose challenge it is, and why (PRI-07)."""

    restricted_with = OF_A_SCORE

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kept = models.ForeignKey(ScoreKept, on_delete=models.PROTECT, related_name="challenged")
    whose = models.CharField(max_length=12)
    # Pairs of a record's row number and the act that it is accused of.
    acts = models.JSONField(default=list)
    reason = EncryptedTextField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["person", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "person", "number"], name="prevention_challenged_once"),
            models.CheckConstraint(
                condition=Q(whose__in=[one.value for one in Whose]), name="prevention_challenged_whose"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(PERSON),
            "force": plain(PERSON),
            "person": plain(PERSON),
            "number": plain(PERSON),
            "kept": plain(PERSON),
            "whose": plain(PERSON),
            "acts": personal(PERSON),
            "reason": personal(PERSON),
            "by": plain(PERSON),
            "known_from": clock(PERSON),
        }

    def __str__(self) -> str:
        return f"challenge {self.number} of the score of person {self.person_id}"


class ChallengeAnswered(ScopedHistory):
    """What a second person found of a challenge. Acts that do not count any more are `ActSetAside`; the old score is kept."""

    restricted_with = OF_A_SCORE

    challenged = models.OneToOneField(ScoreChallenged, on_delete=models.PROTECT, related_name="answered")
    reason = EncryptedTextField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(PERSON),
            "force": plain(PERSON),
            "challenged": plain(PERSON),
            "reason": personal(PERSON),
            "by": plain(PERSON),
            "known_from": clock(PERSON),
        }

    def __str__(self) -> str:
        return f"answer to {self.challenged_id}"


class ActSetAside(ScopedHistory):
    """An act that enters no score of whoever this record is, from an instant on: the answer to a challenge."""

    restricted_with = OF_A_SCORE

    answered = models.ForeignKey(ChallengeAnswered, on_delete=models.PROTECT, related_name="aside")
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=120)
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "record", "act"], name="prevention_set_aside_once")
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(PERSON),
            "force": plain(PERSON),
            "answered": plain(PERSON),
            "record": plain(PERSON),
            "act": plain(PERSON),
            "known_from": clock(PERSON),
        }

    def __str__(self) -> str:
        return f"an act set aside of record {self.record_id}"
