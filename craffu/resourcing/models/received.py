"""What the force's own system of staff says, row by row as it was sent, each under its sender's key (INT-01).

A row said anew is added: of several under one key the last counts (`resourcing.staff.queries.last_said`). Days on which something
ends are its last days.
"""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from craffu.access.scoping import ScopedHistory
from craffu.common.fates import Fate, Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.resourcing.staff.kinds import Duty, Lesson, Shift

STAFF: Final = Kept.WITH_ACCOUNT
OF_STAFF: Final = (
    "It is of the force's own staff and stands in no case: who may read it is asked by permissions of its own."
)
RECEIVED: Final[dict[str, Fate]] = {
    "id": internal(STAFF),
    "force": plain(STAFF),
    "source_key": internal(STAFF),
    "content_sha256": internal(STAFF),
    "known_from": clock(STAFF),
}


class OfStaff(ScopedHistory):
    """A row of the extract of staff."""

    restricted_with = OF_STAFF

    source_key = models.CharField(max_length=160)
    content_sha256 = models.CharField(max_length=64)
    known_from = models.DateTimeField()

    class Meta:
        abstract = True

    @staticmethod
    def said_once(name: str) -> models.UniqueConstraint:
        """The same words are kept once, however often their file comes."""
        return models.UniqueConstraint(fields=["force", "source_key", "content_sha256"], name=name)


class Station(OfStaff):
    """A police station, and where it lies on the national grid, in metres."""

    station = models.CharField(max_length=80)
    station_cy = models.CharField(max_length=80, blank=True, default="")
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)

    class Meta:
        app_label = "resourcing"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [OfStaff.said_once("resourcing_station_once")]

    class Handling:
        fields: ClassVar = {
            **RECEIVED,
            "station": plain(STAFF),
            "station_cy": plain(STAFF),
            "easting": plain(STAFF),
            "northing": plain(STAFF),
        }

    def __str__(self) -> str:
        return self.station


class StationShift(OfStaff):
    """A shift that a station is to have: what coverage is measured against."""

    station = models.CharField(max_length=80)
    shift = models.CharField(max_length=10)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    called_off = models.BooleanField(default=False)

    class Meta:
        app_label = "resourcing"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            OfStaff.said_once("resourcing_shift_once"),
            models.CheckConstraint(condition=Q(shift__in=[one.value for one in Shift]), name="resourcing_shift_kind"),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "starts_at"], name="resourcing_shift_starts")]

    class Handling:
        fields: ClassVar = {
            **RECEIVED,
            "station": plain(STAFF),
            "shift": plain(STAFF),
            "starts_at": plain(STAFF),
            "ends_at": plain(STAFF),
            "called_off": plain(STAFF),
        }

    def __str__(self) -> str:
        return f"{self.shift} shift at {self.station}"


class Post(OfStaff):
    """A post of the establishment, whoever holds it."""

    post_ref = models.CharField(max_length=80)
    role = models.CharField(max_length=80)
    team = models.CharField(max_length=80)
    station = models.CharField(max_length=80, blank=True, default="")
    full_time_equivalent = models.DecimalField(max_digits=5, decimal_places=3)
    funded_by = models.CharField(max_length=80, blank=True, default="")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        app_label = "resourcing"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [OfStaff.said_once("resourcing_post_once")]

    class Handling:
        fields: ClassVar = {
            **RECEIVED,
            "post_ref": plain(STAFF),
            "role": plain(STAFF),
            "team": plain(STAFF),
            "station": plain(STAFF),
            "full_time_equivalent": plain(STAFF),
            "funded_by": plain(STAFF),
            "opened_on": plain(STAFF),
            "closed_on": plain(STAFF),
        }

    def __str__(self) -> str:
        return self.post_ref


class PostHeld(OfStaff):
    """Who held a post from when to when."""

    post_ref = models.CharField(max_length=80)
    staff_ref = models.CharField(max_length=80)
    name = EncryptedTextField()
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        app_label = "resourcing"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [OfStaff.said_once("resourcing_held_once")]
        indexes: ClassVar = [models.Index(fields=["force", "staff_ref"], name="resourcing_held_by")]

    class Handling:
        fields: ClassVar = {
            **RECEIVED,
            "post_ref": plain(STAFF),
            "staff_ref": personal(STAFF),
            "name": personal(STAFF),
            "from_on": plain(STAFF),
            "to_on": plain(STAFF),
        }

    def __str__(self) -> str:
        return f"holder of {self.post_ref}"


class Away(OfStaff):
    """A long absence, and who was named to cover it."""

    staff_ref = models.CharField(max_length=80)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    kind = EncryptedTextField(blank=True, default="")
    covered_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        app_label = "resourcing"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [OfStaff.said_once("resourcing_away_once")]

    class Handling:
        fields: ClassVar = {
            **RECEIVED,
            "staff_ref": personal(STAFF),
            "from_on": personal(STAFF),
            "to_on": personal(STAFF),
            "kind": personal(STAFF),
            "covered_by": personal(STAFF),
        }

    def __str__(self) -> str:
        return f"absence {self.pk}"


class ChampionNamed(OfStaff):
    """Who was named a Stalking Champion, and how to reach them on duty. Named alone is not a champion in any count (RES-01)."""

    staff_ref = models.CharField(max_length=80)
    named_on = models.DateField()
    ended_on = models.DateField(null=True)
    duty_telephone = EncryptedTextField(blank=True, default="")

    class Meta:
        app_label = "resourcing"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [OfStaff.said_once("resourcing_champion_once")]

    class Handling:
        fields: ClassVar = {
            **RECEIVED,
            "staff_ref": personal(STAFF),
            "named_on": plain(STAFF),
            "ended_on": plain(STAFF),
            "duty_telephone": personal(STAFF),
        }

    def __str__(self) -> str:
        return f"champion {self.pk}"


class Trained(OfStaff):
    """Training that somebody did. `renew_by` is the sender's own day; RES-01 counts twelve months from `trained_on`."""

    staff_ref = models.CharField(max_length=80)
    programme = models.CharField(max_length=120)
    version = models.CharField(max_length=40)
    lesson = models.CharField(max_length=10)
    trained_on = models.DateField()
    renew_by = models.DateField(null=True)

    class Meta:
        app_label = "resourcing"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            OfStaff.said_once("resourcing_trained_once"),
            models.CheckConstraint(
                condition=Q(lesson__in=[one.value for one in Lesson]), name="resourcing_trained_lesson"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "staff_ref"], name="resourcing_trained_who")]

    class Handling:
        fields: ClassVar = {
            **RECEIVED,
            "staff_ref": personal(STAFF),
            "programme": plain(STAFF),
            "version": plain(STAFF),
            "lesson": plain(STAFF),
            "trained_on": plain(STAFF),
            "renew_by": plain(STAFF),
        }

    def __str__(self) -> str:
        return f"training {self.pk}"


class TurnOfDuty(OfStaff):
    """A turn on the roster, and whether whoever had it was on duty."""

    staff_ref = models.CharField(max_length=80)
    station = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    duty = models.CharField(max_length=10)

    class Meta:
        app_label = "resourcing"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            OfStaff.said_once("resourcing_turn_once"),
            models.CheckConstraint(condition=Q(duty__in=[one.value for one in Duty]), name="resourcing_turn_duty"),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "staff_ref", "starts_at"], name="resourcing_turn_whose")]

    class Handling:
        fields: ClassVar = {
            **RECEIVED,
            "staff_ref": personal(STAFF),
            "station": plain(STAFF),
            "starts_at": personal(STAFF),
            "ends_at": personal(STAFF),
            "duty": personal(STAFF),
        }

    def __str__(self) -> str:
        return f"turn of duty {self.pk}"
