"""Whom the force scores, each run that put them in order, where everybody stands, and every change of a priority."""

from datetime import datetime
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from craffu.access.scoping import Scoped, ScopedHistory
from craffu.common.fates import Fate, Kept, clock, internal, personal, plain
from craffu.people.models import Person
from craffu.prevention.scoring.rules import Tier

REFERENCE, PERSON = Kept.REFERENCE, Kept.WITH_PERSON
OF_NOBODY: Final = "It is about nobody: what holds for everybody whom the force scores."
BY_ITS_PERSON: Final = (
    "Worked out from every record of somebody; of the events behind it a page shows those that are open to its reader."
)


class PopulationDefined(ScopedHistory):
    """PRI-01, PRI-10: whom the force scores, as a named person stated it, with the assessment that this is necessary."""

    restricted_with = OF_NOBODY

    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    begins = models.DateField()
    necessity_ref = models.CharField(max_length=80)
    necessity_on = models.DateField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "version"], name="prevention_population_once"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(necessity_ref="") & Q(version__gt=0), name="prevention_population_whole"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(REFERENCE),
            "force": plain(REFERENCE),
            "name": plain(REFERENCE),
            "version": plain(REFERENCE),
            "begins": plain(REFERENCE),
            "necessity_ref": plain(REFERENCE),
            "necessity_on": plain(REFERENCE),
            "by": plain(REFERENCE),
            "known_from": clock(REFERENCE),
        }

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class SchemeAdopted(ScopedHistory):
    """PRI-09: by which scheme and weights the force puts people in order from then on, word for word, who chose them and why."""

    restricted_with = OF_NOBODY

    number = models.PositiveIntegerField()
    scheme = models.CharField(max_length=40)
    scheme_version = models.PositiveIntegerField()
    scheme_sha256 = models.CharField(max_length=64)
    scheme_text = models.TextField()
    weights = models.CharField(max_length=40)
    weights_version = models.PositiveIntegerField()
    weights_sha256 = models.CharField(max_length=64)
    weights_text = models.TextField()
    reason = models.TextField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["force", "number"], name="prevention_scheme_once")]

    class Handling:
        fields: ClassVar = {
            "id": internal(REFERENCE),
            "force": plain(REFERENCE),
            "number": plain(REFERENCE),
            "scheme": plain(REFERENCE),
            "scheme_version": plain(REFERENCE),
            "scheme_sha256": plain(REFERENCE),
            "scheme_text": plain(REFERENCE),
            "weights": plain(REFERENCE),
            "weights_version": plain(REFERENCE),
            "weights_sha256": plain(REFERENCE),
            "weights_text": plain(REFERENCE),
            "reason": plain(REFERENCE),
            "by": plain(REFERENCE),
            "known_from": clock(REFERENCE),
        }

    def __str__(self) -> str:
        return f"{self.scheme} {self.scheme_version}, weights {self.weights}"


class ScoreRun(ScopedHistory):
    """Everybody of the population scored as of one instant: by which scheme and weights, word for word, and how many there were.

    Any score of it can be made again from what was known then (PRI-09).
    """

    restricted_with = OF_NOBODY

    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    population = models.ForeignKey(PopulationDefined, on_delete=models.PROTECT, related_name="runs")
    scheme = models.CharField(max_length=40)
    scheme_version = models.PositiveIntegerField()
    scheme_sha256 = models.CharField(max_length=64)
    scheme_text = models.TextField()
    weights = models.CharField(max_length=40)
    weights_version = models.PositiveIntegerField()
    weights_sha256 = models.CharField(max_length=64)
    weights_text = models.TextField()
    scored = models.PositiveIntegerField()
    without_score = models.PositiveIntegerField()
    outside = models.PositiveIntegerField()
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["force", "number"], name="prevention_run_once")]

    class Handling:
        fields: ClassVar = {
            "id": internal(REFERENCE),
            "force": plain(REFERENCE),
            "number": plain(REFERENCE),
            "at": plain(REFERENCE),
            "population": plain(REFERENCE),
            "scheme": plain(REFERENCE),
            "scheme_version": plain(REFERENCE),
            "scheme_sha256": plain(REFERENCE),
            "scheme_text": plain(REFERENCE),
            "weights": plain(REFERENCE),
            "weights_version": plain(REFERENCE),
            "weights_sha256": plain(REFERENCE),
            "weights_text": plain(REFERENCE),
            "scored": plain(REFERENCE),
            "without_score": plain(REFERENCE),
            "outside": plain(REFERENCE),
            "known_from": clock(REFERENCE),
        }

    def __str__(self) -> str:
        return f"run {self.number} of scores"


_SCORE: Final[dict[str, Fate]] = {
    "id": internal(PERSON),
    "force": plain(PERSON),
    "run": plain(PERSON),
    "person": plain(PERSON),
    "value": personal(PERSON),
    "low": personal(PERSON),
    "high": personal(PERSON),
    "proved": personal(PERSON),
    "tier": personal(PERSON),
    "floors": personal(PERSON),
    "flags": personal(PERSON),
    "parts": personal(PERSON),
    "harm": personal(PERSON),
    "newest_age": personal(PERSON),
}


class _Score(models.Model):
    """A score as it is kept: None where there is nothing to score. `parts` are the five, and what each counts for."""

    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    proved = models.FloatField(null=True)
    tier = models.CharField(max_length=24)
    floors = models.JSONField(default=list)
    flags = models.JSONField(default=list)
    parts = models.JSONField(default=dict)
    harm = models.FloatField(default=0)
    newest_age = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True


class ScoreStands(_Score, Scoped):
    """Where somebody of the population stands since the last run: worked out, and no history."""

    restricted_with = BY_ITS_PERSON

    run = models.ForeignKey(ScoreRun, on_delete=models.PROTECT, related_name="standing")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # None where it is as of the run: later than it only where something was recorded since, and this one was scored anew.
    scored_at = models.DateTimeField(null=True)
    # Drawn by lot for each run: in which order those are shown who are alike in all else (PRI-05).
    lot = models.CharField(max_length=16, blank=True, default="", db_default="")

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "person"], name="prevention_score_stands_once"),
            models.CheckConstraint(
                condition=Q(tier__in=[one.value for one in Tier]), name="prevention_score_stands_tier"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "-value", "-harm"], name="prevention_scores_in_order")]

    class Handling:
        fields: ClassVar = {**_SCORE, "scored_at": plain(PERSON), "lot": plain(PERSON)}

    @property
    def at(self) -> datetime:
        """As of when it is."""
        return self.run.at if self.scored_at is None else self.scored_at

    def __str__(self) -> str:
        return f"where person {self.person_id} stands"


class ScoreKept(_Score, ScopedHistory):
    """A score that gave somebody another priority than before, or other floors, or the first, or that another incident puts on a
    floor; and what gave it (PRI-07).

    A score is never edited: what is found wrong makes another.
    """

    restricted_with = BY_ITS_PERSON

    run = models.ForeignKey(ScoreRun, on_delete=models.PROTECT, related_name="kept")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    known_from = models.DateTimeField()
    # The incidents that put them on a floor then, by case and day; None where nobody kept it.
    floored = models.JSONField(null=True)

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["person", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(tier__in=[one.value for one in Tier]), name="prevention_score_kept_tier")
        ]

    class Handling:
        fields: ClassVar = {**_SCORE, "at": plain(PERSON), "known_from": clock(PERSON), "floored": personal(PERSON)}

    def __str__(self) -> str:
        return f"a score of person {self.person_id}"
