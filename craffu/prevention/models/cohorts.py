"""Who is in the cohort: entry, reviews and exit, each a person's decision with a reason (PRI-10). Exit leaves no list behind."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from craffu.access.scoping import ScopedHistory
from craffu.common.fates import Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.people.models import Person
from craffu.prevention.models.scores import ScoreKept

PERSON = Kept.WITH_PERSON
OF_THE_COHORT: Final = "Decided of a member: whoever may read the order of review reads it, and nobody else."


class CohortEntered(ScopedHistory):
    """Somebody was brought into the cohort: by whom, why, and the score that they had then, None where they had none."""

    restricted_with = OF_THE_COHORT

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    score = models.FloatField(null=True)
    kept = models.ForeignKey(ScoreKept, on_delete=models.PROTECT, null=True, related_name="+")
    reason = EncryptedTextField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["person", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "person", "number"], name="prevention_cohort_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="prevention_cohort_numbered"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(PERSON),
            "force": plain(PERSON),
            "person": plain(PERSON),
            "number": plain(PERSON),
            "score": personal(PERSON),
            "kept": plain(PERSON),
            "reason": personal(PERSON),
            "by": plain(PERSON),
            "known_from": clock(PERSON),
        }

    def __str__(self) -> str:
        return f"entry {self.number} of person {self.person_id} into the cohort"


class CohortReviewed(ScopedHistory):
    """A member was looked at again: what was found, and that they stay."""

    restricted_with = OF_THE_COHORT

    entered = models.ForeignKey(CohortEntered, on_delete=models.PROTECT, related_name="reviews")
    words = EncryptedTextField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["entered", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(PERSON),
            "force": plain(PERSON),
            "entered": plain(PERSON),
            "words": personal(PERSON),
            "by": plain(PERSON),
            "known_from": clock(PERSON),
        }

    def __str__(self) -> str:
        return f"a review of {self.entered_id}"


class CohortLeft(ScopedHistory):
    """A member left: by whom, why, and their score then. They stand in no list of members from then on."""

    restricted_with = OF_THE_COHORT

    entered = models.OneToOneField(CohortEntered, on_delete=models.PROTECT, related_name="left")
    score = models.FloatField(null=True)
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
            "entered": plain(PERSON),
            "score": personal(PERSON),
            "reason": personal(PERSON),
            "by": plain(PERSON),
            "known_from": clock(PERSON),
        }

    def __str__(self) -> str:
        return f"end of {self.entered_id}"
