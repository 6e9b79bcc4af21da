"""Forms of licensed risk tools, version by version, and the answers given with an assessment. All of it is only ever added to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import RestrictedWith, ScopedHistory
from craffu.cases.case_models import CASE
from craffu.cases.risk.models import RiskAssessment
from craffu.common.fates import Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField

FORM = Kept.REFERENCE


class RiskForm(ScopedHistory):
    """One version of a tool's questions, as a licensed force loaded it under its own licence."""

    restricted_with = "Questions without answers: they tell of nobody."

    reference = models.CharField(max_length=20)
    tool = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    licence_ref = models.CharField(max_length=80)
    content_sha256 = models.CharField(max_length=64)
    # As it stood in the file: the order of its questions is the order in which they are asked.
    schema = models.TextField()
    known_from = models.DateTimeField()

    class Meta:
        app_label = "cases"
        ordering: ClassVar = ["tool", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="cases_risk_form_reference_once"),
            models.UniqueConstraint(fields=["force", "tool", "version"], name="cases_risk_form_version_once"),
            models.CheckConstraint(
                condition=~(Q(tool="") | Q(version="") | Q(licence_ref="")), name="cases_risk_form_is_licensed"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(FORM),
            "force": plain(FORM),
            "reference": internal(FORM),
            "tool": plain(FORM),
            "version": plain(FORM),
            "licence_ref": plain(FORM),
            "content_sha256": plain(FORM),
            "schema": plain(FORM),
            "known_from": clock(FORM),
        }

    def __str__(self) -> str:
        return f"{self.tool} {self.version}"


class RiskAnswers(ScopedHistory):
    """What was answered with one assessment, by the names of the form's questions. Nobody adds it up."""

    restricted_with = RestrictedWith("case", "assessment__case__reference")

    assessment = models.OneToOneField(RiskAssessment, on_delete=models.PROTECT, related_name="answers")
    form = models.ForeignKey(RiskForm, on_delete=models.PROTECT, related_name="+")
    answers = EncryptedTextField()

    class Meta:
        app_label = "cases"
        ordering: ClassVar = ["assessment"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "assessment": plain(CASE),
            "form": plain(CASE),
            "answers": personal(CASE),
        }

    def __str__(self) -> str:
        return f"answers with {self.assessment_id}"
