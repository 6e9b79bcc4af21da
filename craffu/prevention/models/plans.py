"""Plans: each version as it was put forward, who approved it, what is to be done by when, reviews, the end (PLN-01, PLN-02)."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from craffu.access.scoping import RestrictedWith, Scoped, ScopedHistory
from craffu.cases.models import Case
from craffu.common.fates import Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.people.models import SourceRecord
from craffu.prevention.planning.kinds import Consulted, Outcome, Tied
from craffu.prevention.planning.rules import Choice, Option

PERSON: Final = Kept.WITH_PERSON
OF_A_PLAN: Final = RestrictedWith("case", "plan__case__reference", none_is_open=True)
OF_A_VERSION: Final = RestrictedWith("case", "version__plan__case__reference", none_is_open=True)


class Plan(ScopedHistory):
    """That somebody began to manage a person by a plan, and that it is theirs: by which record of theirs, and with which case.

    Of the case it is only said who may open it. A person who is scored and one who is not have plans alike (PRI-06).
    """

    restricted_with = RestrictedWith("case", "case__reference", none_is_open=True)

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", null=True)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(PERSON),
            "force": plain(PERSON),
            "record": plain(PERSON),
            "case": plain(PERSON),
            "by": plain(PERSON),
            "known_from": clock(PERSON),
        }

    def __str__(self) -> str:
        return f"plan {self.pk}"


class PlanVersion(ScopedHistory):
    """A plan as it was put forward: what it is to reach, whose it is, and by when it is reviewed. Nothing overwrites it.

    `safety` is what is done for whoever is to be protected; `none_reason` says why no option is used, where none is.
    """

    restricted_with = OF_A_PLAN

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    objectives = EncryptedTextField()
    safety = EncryptedTextField()
    none_reason = EncryptedTextField(blank=True, default="")
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["plan", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="prevention_plan_version_once")
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(PERSON),
            "force": plain(PERSON),
            "plan": plain(PERSON),
            "number": plain(PERSON),
            "objectives": personal(PERSON),
            "safety": personal(PERSON),
            "none_reason": personal(PERSON),
            "owner": plain(PERSON),
            "review_on": plain(PERSON),
            "by": plain(PERSON),
            "known_from": clock(PERSON),
        }

    def __str__(self) -> str:
        return f"version {self.number} of plan {self.plan_id}"


class PlanOption(ScopedHistory):
    """What one version decides of one option of the menu: used, and how, or not used, and why not (PLN-01)."""

    restricted_with = OF_A_VERSION

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="options")
    option = models.CharField(max_length=24)
    choice = models.CharField(max_length=10)
    words = EncryptedTextField()
    forums = models.JSONField(default=list)

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["version", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "option"], name="prevention_plan_option_once"),
            models.CheckConstraint(
                condition=Q(option__in=[one.value for one in Option]), name="prevention_plan_option_is_one"
            ),
            models.CheckConstraint(
                condition=Q(choice__in=[one.value for one in Choice]), name="prevention_plan_choice_is_one"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(PERSON),
            "force": plain(PERSON),
            "version": plain(PERSON),
            "option": personal(PERSON),
            "choice": personal(PERSON),
            "words": personal(PERSON),
            "forums": personal(PERSON),
        }

    def __str__(self) -> str:
        return f"{self.option} in version {self.version_id}"


class PlanConsulted(ScopedHistory):
    """How and when somebody whom an order protects was asked about one version of a plan, or why they were not."""

    restricted_with = OF_A_VERSION

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="consulted")
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=12)
    on = models.DateField(null=True)
    words = EncryptedTextField(blank=True, default="")

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["version", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "record"], name="prevention_plan_consulted_once"),
            models.CheckConstraint(
                condition=Q(how=Consulted.NOT_ASKED.value, on__isnull=True)
                | Q(how__in=[one.value for one in Consulted if one is not Consulted.NOT_ASKED], on__isnull=False),
                name="prevention_plan_consulted_or_not",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(PERSON),
            "force": plain(PERSON),
            "version": plain(PERSON),
            "record": plain(PERSON),
            "how": plain(PERSON),
            "on": plain(PERSON),
            "words": personal(PERSON),
        }

    def __str__(self) -> str:
        return f"{self.how} for version {self.version_id}"


class PlanApproved(ScopedHistory):
    """Another person, a supervisor, approved a version, or sent it back with a word why."""

    restricted_with = OF_A_VERSION

    version = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="approved")
    agrees = models.BooleanField()
    words = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(PERSON),
            "force": plain(PERSON),
            "version": plain(PERSON),
            "agrees": plain(PERSON),
            "words": personal(PERSON),
            "by": plain(PERSON),
            "known_from": clock(PERSON),
        }

    def __str__(self) -> str:
        return f"version {self.version_id} looked at by another"


class PlanAction(ScopedHistory):
    """Something that is to be done by a day, by one user, tied to a condition of an order or to a behaviour (PLN-02)."""

    restricted_with = OF_A_PLAN

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveIntegerField()
    words = EncryptedTextField()
    tied_to = models.CharField(max_length=10)
    condition = models.ForeignKey("orders.Condition", on_delete=models.PROTECT, related_name="+", null=True)
    behaviour = EncryptedTextField(blank=True, default="")
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["plan", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="prevention_plan_action_once"),
            models.CheckConstraint(
                condition=Q(tied_to=Tied.CONDITION.value, condition__isnull=False)
                | Q(tied_to=Tied.BEHAVIOUR.value, condition__isnull=True),
                name="prevention_plan_action_is_tied",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(PERSON),
            "force": plain(PERSON),
            "plan": plain(PERSON),
            "number": plain(PERSON),
            "words": personal(PERSON),
            "tied_to": plain(PERSON),
            "condition": plain(PERSON),
            "behaviour": personal(PERSON),
            "owner": plain(PERSON),
            "due_on": plain(PERSON),
            "by": plain(PERSON),
            "known_from": clock(PERSON),
        }

    def __str__(self) -> str:
        return f"action {self.number} of plan {self.plan_id}"


class PlanActionClosed(ScopedHistory):
    """What became of an action: done, or not to be done any more, and what is said of it."""

    restricted_with = RestrictedWith("case", "action__plan__case__reference", none_is_open=True)

    action = models.OneToOneField(PlanAction, on_delete=models.PROTECT, related_name="closed")
    is_done = models.BooleanField()
    words = EncryptedTextField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(PERSON),
            "force": plain(PERSON),
            "action": plain(PERSON),
            "is_done": plain(PERSON),
            "words": personal(PERSON),
            "by": plain(PERSON),
            "known_from": clock(PERSON),
        }

    def __str__(self) -> str:
        return f"what became of action {self.action_id}"


class PlanReviewed(ScopedHistory):
    """Somebody looked at a plan again: it stands, or it is to change. `due_on` is by when the rule asked for it (PLN-02)."""

    restricted_with = OF_A_PLAN

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10)
    words = EncryptedTextField()
    due_on = models.DateField()
    because = models.CharField(max_length=14)
    raised_at = models.DateTimeField(null=True)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["plan", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="prevention_plan_review_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=[one.value for one in Outcome]), name="prevention_plan_outcome_is_one"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(PERSON),
            "force": plain(PERSON),
            "plan": plain(PERSON),
            "number": plain(PERSON),
            "outcome": plain(PERSON),
            "words": personal(PERSON),
            "due_on": plain(PERSON),
            "because": plain(PERSON),
            "raised_at": plain(PERSON),
            "by": plain(PERSON),
            "known_from": clock(PERSON),
        }

    def __str__(self) -> str:
        return f"review {self.number} of plan {self.plan_id}"


class PlanEnded(ScopedHistory):
    """A plan was ended by somebody, who says why. Another may be begun."""

    restricted_with = OF_A_PLAN

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="ended")
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
            "plan": plain(PERSON),
            "reason": personal(PERSON),
            "by": plain(PERSON),
            "known_from": clock(PERSON),
        }

    def __str__(self) -> str:
        return f"end of plan {self.plan_id}"


class PlanDraft(Scoped):
    """What somebody has answered of a version so far: one for each who writes at a plan, gone once it is put forward."""

    restricted_with = OF_A_PLAN

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    answers = EncryptedTextField()
    # The versions that were there when it was begun.
    seen = models.CharField(max_length=16)
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "prevention"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "by"], name="prevention_plan_draft_one_each")]

    class Handling:
        fields: ClassVar = {
            "id": internal(PERSON),
            "force": plain(PERSON),
            "plan": plain(PERSON),
            "by": plain(PERSON),
            "answers": personal(PERSON),
            "seen": internal(PERSON),
            "changed_at": clock(PERSON),
        }

    def __str__(self) -> str:
        return f"draft of plan {self.plan_id}"
