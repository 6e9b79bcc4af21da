"""What professionals judged, observed and heard of risk in a case. All of it is only ever added to (RSK-01 to RSK-04).

The tool is the force's own licensed one: its result and its document's reference are kept, never its questions.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from craffu.access.scoping import RestrictedWith, ScopedHistory
from craffu.cases.case_models import CASE, Case
from craffu.cases.risk.rules import Asks, Grade, Observed, Reply, SecondLook
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField

OF_A_CASE = RestrictedWith("case", "case__reference")


class RiskAssessment(ScopedHistory):
    """One assessment by a person: with what, when, and the grade they gave.

    `facts` are those of RSK-04 that the assessor knew of; `words` why, where the grade is not the one the tool suggests.
    """

    restricted_with = OF_A_CASE

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    number = models.PositiveIntegerField()
    tool = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    licence_ref = models.CharField(max_length=80)
    document_ref = models.CharField(max_length=80)
    assessed_at = models.DateTimeField()
    grade = models.CharField(max_length=10)
    facts = models.JSONField(default=list)
    next_due = models.DateField(null=True)
    words = EncryptedTextField(blank=True, default="")
    assessor = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "cases"
        ordering: ClassVar = ["case", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="cases_assessment_once"),
            models.CheckConstraint(condition=Q(grade__in=[one.value for one in Grade]), name="cases_assessment_grade"),
            models.CheckConstraint(
                condition=~(Q(tool="") | Q(version="") | Q(licence_ref="") | Q(document_ref="")),
                name="cases_assessment_says_with_what",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "case": plain(CASE),
            "number": plain(CASE),
            "tool": plain(CASE),
            "version": plain(CASE),
            "licence_ref": plain(CASE),
            "document_ref": plain(CASE),
            "assessed_at": plain(CASE),
            "grade": plain(CASE),
            "facts": plain(CASE),
            "next_due": plain(CASE),
            "words": personal(CASE),
            "assessor": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.grade} in {self.case_id}"


class RiskSecondLook(ScopedHistory):
    """A second person's look at a 'standard' grade: they agree, or ask for a new assessment. It changes no grade itself.

    `facts` are those of RSK-04 beside which they looked, so that one that comes later asks for a further look. None for looks
    that were kept before they said so: they saw what was known by then.
    """

    restricted_with = RestrictedWith("case", "assessment__case__reference")

    assessment = models.ForeignKey(RiskAssessment, on_delete=models.PROTECT, related_name="second_looks")
    assessor = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    facts = models.JSONField(null=True)
    words = EncryptedTextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        app_label = "cases"
        ordering: ClassVar = ["assessment", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(assessor=F("by")), name="cases_second_look_by_another"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "assessment": plain(CASE),
            "assessor": plain(CASE),
            "by": plain(CASE),
            "agrees": plain(CASE),
            "facts": plain(CASE),
            "words": personal(CASE),
            "at": clock(CASE),
        }

    def __str__(self) -> str:
        return f"second look at {self.assessment_id}"


class RiskEvent(ScopedHistory):
    """Something that happened after which the last grade may no longer hold; the opening of the case is not one of them.

    `recorded_by` is nobody where a record above tells of it, such as the ledger of breaches.
    """

    restricted_with = OF_A_CASE

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="risk_events")
    kind = models.CharField(max_length=40)
    happened_at = models.DateTimeField()
    words = EncryptedTextField(blank=True, default="")
    recorded_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    known_from = models.DateTimeField()

    class Meta:
        app_label = "cases"
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in Asks if one is not Asks.CASE_OPENED]),
                name="cases_risk_event_kind",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "case": plain(CASE),
            "kind": plain(CASE),
            "happened_at": plain(CASE),
            "words": personal(CASE),
            "recorded_by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.kind} in {self.case_id}"


class RiskObservation(ScopedHistory):
    """One answer about one fact, by whom it was said and of which day. The last on a fact stands; nothing is added up."""

    restricted_with = OF_A_CASE

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="observations")
    fact = models.CharField(max_length=40)
    answer = models.CharField(max_length=10)
    value = EncryptedTextField(blank=True, default="")
    source = EncryptedTextField()
    on = models.DateField()
    recorded_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "cases"
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(fact__in=[one.value for one in Observed]), name="cases_observed_fact"),
            models.CheckConstraint(condition=Q(answer__in=[one.value for one in Reply]), name="cases_observed_answer"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "case": plain(CASE),
            "fact": plain(CASE),
            "answer": plain(CASE),
            "value": personal(CASE),
            "source": personal(CASE),
            "on": plain(CASE),
            "recorded_by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.fact} in {self.case_id}"


class RiskFact(ScopedHistory):
    """That something beside which a 'standard' grade is looked at again (RSK-04) stands recorded above, such as a breach that the
    police hold for one: whoever assesses need not name it.

    `key` is what says it, such as `breach/B-10001`. Of several rows about one fact and key the last says whether it holds.
    """

    restricted_with = OF_A_CASE

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="risk_facts")
    fact = models.CharField(max_length=24)
    key = models.CharField(max_length=60, db_index=True)
    holds = models.BooleanField(default=True)
    known_from = models.DateTimeField()

    class Meta:
        app_label = "cases"
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(fact__in=[one.value for one in SecondLook]), name="cases_risk_fact"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "case": plain(CASE),
            "fact": plain(CASE),
            "key": plain(CASE),
            "holds": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.fact}: {self.key}"
