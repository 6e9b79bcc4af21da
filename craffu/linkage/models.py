"""Pairs of source records that may be one person: what the model said of each, what people decided, and how it stands (IDN).

What was said and decided is appended; how a pair stands is worked out from it and kept beside it, to be read quickly.
"""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q

from craffu.access.scoping import Scoped, ScopedHistory
from craffu.common.fates import Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.linkage.arrivals import models as arrival_models  # noqa: F401  # Django finds an app's models here
from craffu.linkage.forming import Scope, Word
from craffu.linkage.rules import Decision, Harm, Why
from craffu.people.models import SourceRecord

OF_NO_CASE: Final = "Who somebody is. What they are said to have done stands in cases, which are restricted."
OF_NOBODY: Final = "How records are compared: it names nobody."


class LinkModel(ScopedHistory):
    """A model as it was trained: from what, with which seed, and the thresholds in use since. The last row is the one in use.

    `settings` are the model's own and `drift` the figures by which a later one is compared: shares, never values.
    """

    restricted_with = OF_NOBODY

    number = models.PositiveIntegerField()
    engine = models.CharField(max_length=20)
    seed = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    records = models.PositiveIntegerField()
    settings = models.JSONField()
    drift = models.JSONField()
    auto = models.FloatField()
    clerical = models.FloatField()
    known_from = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "number"], name="linkage_model_once"),
            models.CheckConstraint(condition=Q(clerical__lte=F("auto")), name="linkage_model_thresholds"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.REFERENCE),
            "force": plain(Kept.REFERENCE),
            "number": plain(Kept.REFERENCE),
            "engine": plain(Kept.REFERENCE),
            "seed": plain(Kept.REFERENCE),
            "digest": plain(Kept.REFERENCE),
            "records": plain(Kept.REFERENCE),
            "settings": plain(Kept.REFERENCE),
            "drift": plain(Kept.REFERENCE),
            "auto": plain(Kept.REFERENCE),
            "clerical": plain(Kept.REFERENCE),
            "known_from": clock(Kept.REFERENCE),
        }

    def __str__(self) -> str:
        return f"model {self.number}"


class Pair(Scoped):
    """Two records that somebody or the model compared, and how that stands: linked, for a person, or left apart.

    `left` has the lower row number. `probability` is None where no model compared them. It last waited for a person from
    `waits_from` until `waited_until`, which is None while it does. `harm` is how much a wrong word would do, None until asked.
    """

    restricted_with = OF_NO_CASE

    reference = models.CharField(max_length=20)
    left = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    stands = models.CharField(max_length=10)
    why = models.CharField(max_length=30)
    # Why a link that stands joins nobody: it would join records held apart, and waits for a person.
    held = models.CharField(max_length=30, blank=True, default="")
    probability = models.FloatField(null=True)
    waits_from = models.DateTimeField(null=True)
    waited_until = models.DateTimeField(null=True)
    harm = models.PositiveSmallIntegerField(null=True)
    known_from = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="linkage_pair_reference_once"),
            models.UniqueConstraint(fields=["left", "right"], name="linkage_pair_once"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="linkage_pair_in_order"),
            models.CheckConstraint(condition=Q(stands__in=[one.value for one in Decision]), name="linkage_pair_stands"),
            models.CheckConstraint(condition=Q(why__in=[one.value for one in Why]), name="linkage_pair_why"),
            models.CheckConstraint(condition=Q(held__in=["", *(one.value for one in Why)]), name="linkage_pair_held"),
            models.CheckConstraint(condition=Q(harm=None) | Q(harm__lte=int(max(Harm))), name="linkage_pair_harm"),
            models.CheckConstraint(
                condition=Q(waited_until=None) | Q(waited_until__gte=F("waits_from")), name="linkage_pair_waited"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "stands"], name="linkage_pair_standing")]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": plain(Kept.WITH_PERSON),
            "reference": internal(Kept.WITH_PERSON),
            "left": plain(Kept.WITH_PERSON),
            "right": plain(Kept.WITH_PERSON),
            "stands": plain(Kept.WITH_PERSON),
            "why": plain(Kept.WITH_PERSON),
            "held": plain(Kept.WITH_PERSON),
            "probability": plain(Kept.WITH_PERSON),
            "waits_from": plain(Kept.WITH_PERSON),
            "waited_until": plain(Kept.WITH_PERSON),
            "harm": plain(Kept.WITH_PERSON),
            "known_from": clock(Kept.WITH_PERSON),
        }

    def __str__(self) -> str:
        return self.reference

    @property
    def waits(self) -> bool:
        """Whether it waits for a person's word, as it stands."""
        return bool(self.held) or self.stands == Decision.CLERICAL


class PairWaited(ScopedHistory):
    """From when until when a pair waited for a person, before it did last: it waits again where more came to be known."""

    restricted_with = OF_NO_CASE

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="waited")
    waits_from = models.DateTimeField()
    waited_until = models.DateTimeField()
    known_from = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pair", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(waited_until__gte=F("waits_from")), name="linkage_waited_in_order"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": plain(Kept.WITH_PERSON),
            "pair": plain(Kept.WITH_PERSON),
            "waits_from": plain(Kept.WITH_PERSON),
            "waited_until": plain(Kept.WITH_PERSON),
            "known_from": clock(Kept.WITH_PERSON),
        }

    def __str__(self) -> str:
        return f"{self.pair_id} from {self.waits_from:%Y-%m-%d}"


class PairScored(ScopedHistory):
    """What a model said of a pair, with the thresholds of that day (IDN-02).

    `levels` says for each comparison how far the two agreed and with what weight (log 2 of a ratio of odds), and no value.
    """

    restricted_with = OF_NO_CASE

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="scored")
    model = models.ForeignKey(LinkModel, on_delete=models.PROTECT, related_name="+")
    probability = models.FloatField()
    weight = models.FloatField()
    levels = models.JSONField()
    auto = models.FloatField()
    clerical = models.FloatField()
    known_from = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pair", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(probability__gte=0, probability__lte=1), name="linkage_scored_probability"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": plain(Kept.WITH_PERSON),
            "pair": plain(Kept.WITH_PERSON),
            "model": plain(Kept.WITH_PERSON),
            "probability": plain(Kept.WITH_PERSON),
            "weight": plain(Kept.WITH_PERSON),
            "levels": plain(Kept.WITH_PERSON),
            "auto": plain(Kept.WITH_PERSON),
            "clerical": plain(Kept.WITH_PERSON),
            "known_from": clock(Kept.WITH_PERSON),
        }

    def __str__(self) -> str:
        return f"score of {self.pair_id}"


class PairDecided(ScopedHistory):
    """A person's word about a pair: the same, not the same, cannot tell, or a word before taken back (IDN-03, IDN-04).

    It counts at once, or once another person agrees (`needs_another`). `seen` is the score they looked at, None where there was
    none; `said_with` is the word about another pair with which it was said, of every record of two persons.
    """

    restricted_with = OF_NO_CASE

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="decided")
    number = models.PositiveIntegerField()
    word = models.CharField(max_length=12)
    scope = models.CharField(max_length=10)
    reason = EncryptedTextField()
    needs_another = models.BooleanField()
    seen = models.ForeignKey(PairScored, on_delete=models.PROTECT, related_name="+", null=True)
    said_with = models.ForeignKey("self", on_delete=models.PROTECT, related_name="companions", null=True)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pair", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pair", "number"], name="linkage_decided_once"),
            models.CheckConstraint(condition=Q(word__in=[one.value for one in Word]), name="linkage_decided_word"),
            models.CheckConstraint(condition=Q(scope__in=[one.value for one in Scope]), name="linkage_decided_scope"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": plain(Kept.WITH_PERSON),
            "pair": plain(Kept.WITH_PERSON),
            "number": plain(Kept.WITH_PERSON),
            "word": plain(Kept.WITH_PERSON),
            "scope": plain(Kept.WITH_PERSON),
            "reason": personal(),
            "needs_another": plain(Kept.WITH_PERSON),
            "seen": plain(Kept.WITH_PERSON),
            "said_with": plain(Kept.WITH_PERSON),
            "by": plain(Kept.WITH_PERSON),
            "known_from": clock(Kept.WITH_PERSON),
        }

    def __str__(self) -> str:
        return f"word {self.number} about {self.pair_id}"


class PairAgreed(ScopedHistory):
    """A second opinion: another person agrees with a word about a pair, or does not."""

    restricted_with = OF_NO_CASE

    decided = models.OneToOneField(PairDecided, on_delete=models.PROTECT, related_name="agreed")
    agrees = models.BooleanField()
    words = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": plain(Kept.WITH_PERSON),
            "decided": plain(Kept.WITH_PERSON),
            "agrees": plain(Kept.WITH_PERSON),
            "words": personal(),
            "by": plain(Kept.WITH_PERSON),
            "known_from": clock(Kept.WITH_PERSON),
        }

    def __str__(self) -> str:
        return f"second opinion on {self.decided_id}"
