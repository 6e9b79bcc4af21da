"""Cohort meetings: called, attended, who was discussed, what was decided, to be done, approved and corrected (P23; PRI-10).

Nothing overwrites a row: minutes are what was said last before they were approved, and what was added since stands beside them.
"""

from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q

from craffu.access.scoping import ScopedHistory
from craffu.common.fates import Fate, Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.people.models import Person
from craffu.prevention.meetings.kinds import Decision, Effect, OnAgenda
from craffu.prevention.models.scores import PopulationDefined

PERSON: Final = Kept.WITH_PERSON
REVIEW: Final = Kept.WITH_REVIEW
OF_A_MEETING: Final = (
    "Said of members and those proposed: whoever may read the order of review reads it, and no partner does."
)


def _by() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")


def _common(kept: Kept) -> dict[str, Fate]:
    return {"id": internal(kept), "force": plain(kept), "by": plain(kept), "known_from": clock(kept)}


class Meeting(ScopedHistory):
    """A cohort meeting on a day, called by somebody. Who has the chair is said apart, since that may change."""

    restricted_with = OF_A_MEETING

    reference = models.CharField(max_length=20)
    day = models.DateField()
    by = _by()
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["day", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="prevention_meeting_reference")
        ]

    class Handling:
        fields: ClassVar = {**_common(REVIEW), "reference": plain(REVIEW), "day": plain(REVIEW)}

    def __str__(self) -> str:
        return self.reference


class MeetingChaired(ScopedHistory):
    """Who takes the chair of a meeting; the last said stands. They answer for its minutes."""

    restricted_with = OF_A_MEETING

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="chairs")
    chair = _by()
    by = _by()
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["meeting", "id"]

    class Handling:
        fields: ClassVar = {**_common(REVIEW), "meeting": plain(REVIEW), "chair": plain(REVIEW)}

    def __str__(self) -> str:
        return f"chair of {self.meeting_id}"


class MeetingCalledOff(ScopedHistory):
    """A meeting that is not held, and why."""

    restricted_with = OF_A_MEETING

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="called_off")
    reason = EncryptedTextField()
    by = _by()
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {**_common(REVIEW), "meeting": plain(REVIEW), "reason": personal(REVIEW)}

    def __str__(self) -> str:
        return f"{self.meeting_id} called off"


class MeetingAgency(ScopedHistory):
    """An agency that is invited, under its number in the meeting. It has no account: what it is given leaves on paper."""

    restricted_with = OF_A_MEETING

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agencies")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    by = _by()
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["meeting", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="prevention_meeting_agency_once")
        ]

    class Handling:
        fields: ClassVar = {**_common(REVIEW), "meeting": plain(REVIEW), "number": plain(REVIEW), "name": plain(REVIEW)}

    def __str__(self) -> str:
        return f"agency {self.number} of {self.meeting_id}"


class MeetingAttended(ScopedHistory):
    """Somebody who came or sent apologies: for an agency, or for the force where there is none."""

    restricted_with = OF_A_MEETING

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attended")
    number = models.PositiveIntegerField()
    agency = models.ForeignKey(MeetingAgency, on_delete=models.PROTECT, related_name="+", null=True)
    name = EncryptedTextField()
    came = models.BooleanField()
    by = _by()
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["meeting", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="prevention_meeting_attended_once")
        ]

    class Handling:
        fields: ClassVar = {
            **_common(REVIEW), "meeting": plain(REVIEW), "number": plain(REVIEW), "agency": plain(REVIEW),
            "name": personal(REVIEW), "came": plain(REVIEW),
        }  # fmt: skip

    def __str__(self) -> str:
        return f"attendance {self.number} at {self.meeting_id}"


class MeetingUndertaken(ScopedHistory):
    """Somebody who came undertook to keep in confidence what they hear."""

    restricted_with = OF_A_MEETING

    attended = models.OneToOneField(MeetingAttended, on_delete=models.PROTECT, related_name="undertaken")
    by = _by()
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {**_common(REVIEW), "attended": plain(REVIEW)}

    def __str__(self) -> str:
        return f"undertaking of {self.attended_id}"


class MeetingItem(ScopedHistory):
    """Somebody of the stated population who is on the agenda: put there by whom, why, and by which statement (PRI-01).

    `reason` is empty of a member whose look falls due.
    """

    restricted_with = OF_A_MEETING

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10)
    reason = EncryptedTextField(blank=True, default="")
    population = models.ForeignKey(PopulationDefined, on_delete=models.PROTECT, related_name="+")
    by = _by()
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["meeting", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="prevention_meeting_item_once"),
            models.UniqueConstraint(fields=["meeting", "person"], name="prevention_meeting_person_once"),
            models.CheckConstraint(
                condition=Q(why__in=[one.value for one in OnAgenda]), name="prevention_meeting_why_is_one"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **_common(PERSON), "meeting": plain(PERSON), "number": plain(PERSON), "person": plain(PERSON),
            "why": plain(PERSON), "reason": personal(PERSON), "population": plain(PERSON),
        }  # fmt: skip

    def __str__(self) -> str:
        return f"item {self.number} of {self.meeting_id}"


class MeetingDecided(ScopedHistory):
    """What the meeting decided about somebody, why, and what followed at once; the last stands (PRI-06, PRI-10).

    `was_member` is whether they were in the cohort before it decided anything; `agencies` the numbers of those that are to have
    it; `score` and `tier` as they stood, None and empty where they had none.
    """

    restricted_with = OF_A_MEETING

    item = models.ForeignKey(MeetingItem, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()
    decision = models.CharField(max_length=10)
    effect = models.CharField(max_length=10)
    was_member = models.BooleanField()
    reason = EncryptedTextField()
    agencies = models.JSONField(default=list)
    score = models.FloatField(null=True)
    tier = models.CharField(max_length=24, blank=True, default="")
    by = _by()
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["item", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "number"], name="prevention_meeting_decided_once"),
            models.CheckConstraint(
                condition=Q(decision__in=[one.value for one in Decision]), name="prevention_meeting_decision_is_one"
            ),
            models.CheckConstraint(
                condition=Q(effect__in=[one.value for one in Effect]), name="prevention_meeting_effect_is_one"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **_common(PERSON), "item": plain(PERSON), "number": plain(PERSON), "decision": personal(PERSON),
            "effect": personal(PERSON), "was_member": personal(PERSON), "reason": personal(PERSON),
            "agencies": plain(PERSON), "score": personal(PERSON), "tier": personal(PERSON),
        }  # fmt: skip

    def __str__(self) -> str:
        return f"decision {self.number} of item {self.item_id}"


class MeetingAction(ScopedHistory):
    """Something that is to be done about somebody by a day: by a user of the force, or by an agency that came."""

    restricted_with = OF_A_MEETING

    item = models.ForeignKey(MeetingItem, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveIntegerField()
    words = EncryptedTextField()
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    agency = models.ForeignKey(MeetingAgency, on_delete=models.PROTECT, related_name="+", null=True)
    due_on = models.DateField()
    by = _by()
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["item", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "number"], name="prevention_meeting_action_once"),
            models.CheckConstraint(
                condition=Q(owner__isnull=False, agency__isnull=True) | Q(owner__isnull=True, agency__isnull=False),
                name="prevention_meeting_action_is_ones",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **_common(PERSON), "item": plain(PERSON), "number": plain(PERSON), "words": personal(PERSON),
            "owner": plain(PERSON), "agency": plain(PERSON), "due_on": plain(PERSON),
        }  # fmt: skip

    def __str__(self) -> str:
        return f"action {self.number} of item {self.item_id}"


class MeetingActionClosed(ScopedHistory):
    """What became of an action: done, or not to be done any more, and what is said of it."""

    restricted_with = OF_A_MEETING

    action = models.OneToOneField(MeetingAction, on_delete=models.PROTECT, related_name="closed")
    is_done = models.BooleanField()
    words = EncryptedTextField()
    by = _by()
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            **_common(PERSON), "action": plain(PERSON), "is_done": plain(PERSON), "words": personal(PERSON),
        }  # fmt: skip

    def __str__(self) -> str:
        return f"what became of action {self.action_id}"


class MeetingApproved(ScopedHistory):
    """The chair approved the minutes: from then on they are fixed."""

    restricted_with = OF_A_MEETING

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="approved")
    by = _by()
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {**_common(REVIEW), "meeting": plain(REVIEW)}

    def __str__(self) -> str:
        return f"minutes of {self.meeting_id} approved"


class MeetingCorrected(ScopedHistory):
    """A correction of approved minutes: of one item, or of all of them where there is none. What it corrects stays."""

    restricted_with = OF_A_MEETING

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveIntegerField()
    item = models.ForeignKey(MeetingItem, on_delete=models.PROTECT, related_name="+", null=True)
    words = EncryptedTextField()
    by = _by()
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["meeting", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="prevention_meeting_corrected_once")
        ]

    class Handling:
        fields: ClassVar = {
            **_common(PERSON), "meeting": plain(PERSON), "number": plain(PERSON), "item": plain(PERSON),
            "words": personal(PERSON),
        }  # fmt: skip

    def __str__(self) -> str:
        return f"correction {self.number} of {self.meeting_id}"


class MinutesPrinted(ScopedHistory):
    """Minutes as they left: whole for the force, or what one agency is given.

    `words` is all that they say and `free` what somebody wrote in their own words: both are searched if they leave again.
    """

    restricted_with = OF_A_MEETING

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="printed")
    agency = models.ForeignKey(MeetingAgency, on_delete=models.PROTECT, related_name="+", null=True)
    language = models.CharField(max_length=2)
    items = models.JSONField(default=list)
    words = EncryptedTextField()
    free = EncryptedTextField(blank=True, default="")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = EncryptedTextField()
    by = _by()
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["meeting", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(size__gt=0), name="prevention_minutes_printed_is_not_empty")
        ]

    class Handling:
        fields: ClassVar = {
            **_common(PERSON), "meeting": plain(PERSON), "agency": plain(PERSON), "language": plain(PERSON),
            "items": plain(PERSON), "words": personal(PERSON), "free": personal(PERSON), "size": plain(PERSON),
            "sha256": internal(PERSON), "content": personal(PERSON),
        }  # fmt: skip

    def __str__(self) -> str:
        return f"minutes {self.pk}"
