"""What everybody decided of a breach, each standpoint apart and every word kept; and what else is answered (BRC-03, BRC-04)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import Scoped, ScopedHistory
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.ledger.moves import Move
from craffu.breaches.models.ledger import CASE, OF_A_BREACH, Breach
from craffu.breaches.standpoints.questions import Question
from craffu.breaches.standpoints.rules import Mismatch
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField


class StandpointTaken(ScopedHistory):
    """One word from one standpoint. The last of a standpoint counts, and the earlier ones stay readable.

    `decision` is what was decided, empty for a report. `at` is when, as an instant or the start of the day; `incident_on` and
    `conditions` (each `order/condition`) are what the word itself says of the incident, nothing where it does not.
    `source_key` is the sender's own name for the word: it is kept once. Somebody who recorded it by hand stands in `by`.
    """

    restricted_with = OF_A_BREACH

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="standpoints")
    standpoint = models.CharField(max_length=12)
    decision = models.CharField(max_length=20, blank=True, default="")
    at = models.DateTimeField()
    incident_on = models.DateField(null=True)
    conditions = models.JSONField(default=list)
    reason = EncryptedTextField(blank=True, default="")
    source = models.CharField(max_length=40, blank=True, default="")
    source_key = models.CharField(max_length=150, blank=True, default="")
    taken_from = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="+", null=True)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    known_from = models.DateTimeField()

    class Meta:
        app_label = "breaches"
        ordering: ClassVar = ["breach", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(standpoint__in=[one.value for one in Standpoint]), name="breaches_standpoint_is_one"
            ),
            models.UniqueConstraint(
                fields=["breach", "standpoint", "source", "source_key"], condition=~Q(source_key=""),
                name="breaches_word_of_a_source_once",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | ~Q(source_key=""), name="breaches_word_is_somebodys"
            ),
        ]  # fmt: skip

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "breach": plain(CASE),
            "standpoint": plain(CASE),
            "decision": plain(CASE),
            "at": plain(CASE),
            "incident_on": plain(CASE),
            "conditions": plain(CASE),
            "reason": personal(CASE),
            "source": plain(CASE),
            "source_key": internal(CASE),
            "taken_from": internal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.standpoint} of {self.breach_id}"


class BreachMove(ScopedHistory):
    """One decision of the police on a breach, by whom and why; `move` empty is a note while the clock runs on (BRC-06)."""

    restricted_with = OF_A_BREACH

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveIntegerField()
    move = models.CharField(max_length=10, blank=True, default="")
    to_status = models.CharField(max_length=10)
    words = EncryptedTextField(blank=True, default="")
    other = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="+", null=True)
    by_right = models.CharField(max_length=30, blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    known_from = models.DateTimeField()

    class Meta:
        app_label = "breaches"
        ordering: ClassVar = ["breach", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["breach", "number"], name="breaches_move_once"),
            models.CheckConstraint(
                condition=Q(move__in=["", *(one.value for one in Move)]), name="breaches_move_is_one"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "breach": plain(CASE),
            "number": internal(CASE),
            "move": plain(CASE),
            "to_status": plain(CASE),
            "words": personal(CASE),
            "other": plain(CASE),
            "by_right": plain(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"move {self.number} of {self.breach_id}"


class BreachAnswer(ScopedHistory):
    """What somebody answered to a question that every breach raises; the last answer to each counts (BRC-04; page map, P09)."""

    restricted_with = OF_A_BREACH

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=30)
    answer = models.CharField(max_length=30)
    words = EncryptedTextField(blank=True, default="")
    by_right = models.CharField(max_length=30)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "breaches"
        ordering: ClassVar = ["breach", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(question__in=[one.value for one in Question]), name="breaches_question_is_one"
            )
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "breach": plain(CASE),
            "question": plain(CASE),
            "answer": plain(CASE),
            "words": personal(CASE),
            "by_right": plain(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.question} of {self.breach_id}"


class BreachMismatch(Scoped):
    """Something that does not agree of a breach, from when until when; None while it does not. Kept by the clock (BRC-03)."""

    restricted_with = OF_A_BREACH

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="mismatches")
    code = models.CharField(max_length=4)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        app_label = "breaches"
        ordering: ClassVar = ["breach", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(code__in=[one.value for one in Mismatch]), name="breaches_open_mismatch_is_one"
            ),
            models.UniqueConstraint(
                fields=["breach", "code"], condition=Q(until__isnull=True), name="breaches_mismatch_open_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["breach", "since", "force"], condition=Q(until__isnull=True), name="breaches_mismatch_open"
            )
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "breach": plain(CASE),
            "code": plain(CASE),
            "since": plain(CASE),
            "until": plain(CASE),
        }

    def __str__(self) -> str:
        return f"{self.code} of {self.breach_id}"


class MismatchExplained(ScopedHistory):
    """Why something that does not agree needs no more to be done, in somebody's words: as the standpoints stood then.

    `standing` is the row number of the last word of any standpoint: a later word asks again.
    """

    restricted_with = OF_A_BREACH

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="explained")
    code = models.CharField(max_length=4)
    words = EncryptedTextField()
    standing = models.PositiveBigIntegerField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "breaches"
        ordering: ClassVar = ["breach", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(code__in=[one.value for one in Mismatch]), name="breaches_mismatch_is_one"
            )
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "breach": plain(CASE),
            "code": plain(CASE),
            "words": personal(CASE),
            "standing": internal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.code} of {self.breach_id}"
