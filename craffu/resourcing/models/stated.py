"""What named people state: which versions of a programme count, what they teach, how much work a post carries (R1a, R2a, R2c)."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from craffu.access.scoping import ScopedHistory
from craffu.common.fates import Fate, Kept, clock, internal, plain
from craffu.resourcing.champions.kinds import Aim, Taught
from craffu.resourcing.posts.kinds import Work
from craffu.resourcing.recruiting.kinds import RecruitingStep
from craffu.resourcing.timing.kinds import Timed

REFERENCE: Final = Kept.REFERENCE
STATED: Final[dict[str, Fate]] = {
    "id": internal(REFERENCE),
    "force": plain(REFERENCE),
    "reason": plain(REFERENCE),
    "by": plain(REFERENCE),
    "known_from": clock(REFERENCE),
}


class Stated(ScopedHistory):
    """A statement by a named person, with a reason."""

    restricted_with = "It is of programmes and posts, and of nobody."

    reason = models.TextField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        abstract = True


class VersionAccepted(Stated):
    """From a day on training in this version makes a Stalking Champion."""

    programme = models.CharField(max_length=120)
    version = models.CharField(max_length=40)
    first_day = models.DateField()

    class Meta:
        app_label = "resourcing"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "programme", "version"], name="resourcing_version_once"),
        ]

    class Handling:
        fields: ClassVar = {
            **STATED,
            "programme": plain(REFERENCE),
            "version": plain(REFERENCE),
            "first_day": plain(REFERENCE),
        }

    def __str__(self) -> str:
        return f"{self.programme}, version {self.version}"


class VersionWithdrawn(Stated):
    """The last day on which training in a version counts. Once, for good."""

    accepted = models.OneToOneField(VersionAccepted, on_delete=models.PROTECT, related_name="withdrawn")
    last_day = models.DateField()

    class Meta:
        app_label = "resourcing"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {**STATED, "accepted": plain(REFERENCE), "last_day": plain(REFERENCE)}

    def __str__(self) -> str:
        return f"end of {self.accepted_id}"


class AimDecided(Stated):
    """Whether a version teaches a learning aim as it is, adapted or not, and why: of several the last counts."""

    accepted = models.ForeignKey(VersionAccepted, on_delete=models.PROTECT, related_name="aims")
    aim = models.CharField(max_length=30)
    taught = models.CharField(max_length=10)
    module = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        app_label = "resourcing"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(aim__in=[one.value for one in Aim]), name="resourcing_aim"),
            models.CheckConstraint(condition=Q(taught__in=[one.value for one in Taught]), name="resourcing_aim_taught"),
        ]

    class Handling:
        fields: ClassVar = {
            **STATED,
            "accepted": plain(REFERENCE),
            "aim": plain(REFERENCE),
            "taught": plain(REFERENCE),
            "module": plain(REFERENCE),
        }

    def __str__(self) -> str:
        return f"{self.aim} in {self.accepted_id}"


class CapacityStated(Stated):
    """What posts of a role do, and the most of it for each person in post: of several for one role the last counts."""

    role = models.CharField(max_length=80)
    work = models.CharField(max_length=20)
    most = models.PositiveIntegerField()

    class Meta:
        app_label = "resourcing"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(work__in=[one.value for one in Work]), name="resourcing_capacity_work"),
            models.CheckConstraint(condition=Q(most__gt=0), name="resourcing_capacity_most"),
        ]

    class Handling:
        fields: ClassVar = {**STATED, "role": plain(REFERENCE), "work": plain(REFERENCE), "most": plain(REFERENCE)}

    def __str__(self) -> str:
        return f"capacity of {self.role}"


class TimeStated(Stated):
    """How many minutes a task takes, or how many hours of a week a full-time post has for such work: the last counts."""

    timed = models.CharField(max_length=20)
    amount = models.PositiveIntegerField()

    class Meta:
        app_label = "resourcing"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(timed__in=[one.value for one in Timed]), name="resourcing_timed"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="resourcing_timed_amount"),
        ]

    class Handling:
        fields: ClassVar = {**STATED, "timed": plain(REFERENCE), "amount": plain(REFERENCE)}

    def __str__(self) -> str:
        return f"time of {self.timed}"


class RecruitmentStep(Stated):
    """A step of recruitment to a post, and with an agreed start the day of it. What was said stays; it names nobody."""

    post_ref = models.CharField(max_length=80)
    step = models.CharField(max_length=20)
    taken_on = models.DateField()
    starts_on = models.DateField(null=True)

    class Meta:
        app_label = "resourcing"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(step__in=[one.value for one in RecruitingStep]), name="resourcing_recruiting_step"
            ),
            models.CheckConstraint(
                condition=Q(step=RecruitingStep.START_AGREED.value, starts_on__isnull=False)
                | (~Q(step=RecruitingStep.START_AGREED.value) & Q(starts_on__isnull=True)),
                name="resourcing_start_agreed",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "post_ref"], name="resourcing_recruiting_to")]

    class Handling:
        fields: ClassVar = {
            **STATED,
            "post_ref": plain(REFERENCE),
            "step": plain(REFERENCE),
            "taken_on": plain(REFERENCE),
            "starts_on": plain(REFERENCE),
        }

    def __str__(self) -> str:
        return f"{self.step} for {self.post_ref}"
