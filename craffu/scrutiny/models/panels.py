"""Panels of volunteers: members, training, cases before them, each member's verdict, the panel's, and dissent; only added to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.common.fates import personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.scrutiny.models.interviewing import RECORDED, REVIEW, Recorded
from craffu.scrutiny.models.sampling import SampleCase
from craffu.scrutiny.panels.kinds import OF_ONE, Training, Verdict


class Panel(Recorded):
    """A panel of volunteers, and what it is for."""

    reference = models.CharField(max_length=20)
    title_en = models.CharField(max_length=200)
    title_cy = models.CharField(max_length=200)
    purpose_en = models.TextField()
    purpose_cy = models.TextField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="scrutiny_panel_reference"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "reference": plain(REVIEW),
            "title_en": plain(REVIEW),
            "title_cy": plain(REVIEW),
            "purpose_en": plain(REVIEW),
            "purpose_cy": plain(REVIEW),
        }

    def __str__(self) -> str:
        return self.reference


class PanelMember(Recorded):
    """That somebody sits on a panel from a day on, or no longer; of several about somebody the last counts."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    sits = models.BooleanField()
    on = models.DateField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["panel", "id"]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "panel": plain(REVIEW),
            "person": plain(REVIEW),
            "sits": plain(REVIEW),
            "on": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"member of {self.panel_id}"


class PanelTrained(Recorded):
    """That a volunteer was trained on a day, for whatever panel they sit on."""

    person = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    training = models.CharField(max_length=20)
    on = models.DateField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["person", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(training__in=[one.value for one in Training]), name="scrutiny_panel_training"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "person": plain(REVIEW),
            "training": plain(REVIEW),
            "on": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"training of {self.person_id}"


class PanelMatter(Recorded):
    """A case of a dip sample before a panel, under a number. The same case is put again where the panel could not agree."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="matters")
    number = models.PositiveIntegerField()
    case = models.ForeignKey(SampleCase, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["panel", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["panel", "number"], name="scrutiny_panel_matter_number"),
        ]

    class Handling:
        fields: ClassVar = {**RECORDED, "panel": plain(REVIEW), "number": plain(REVIEW), "case": plain(REVIEW)}

    def __str__(self) -> str:
        return f"matter {self.number} of {self.panel_id}"


class PanelInterest(Recorded):
    """Whether a member has an interest in a case before their panel, said before it is shown, once. `by` is the member."""

    matter = models.ForeignKey(PanelMatter, on_delete=models.PROTECT, related_name="interests")
    has_interest = models.BooleanField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["matter", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "by"], name="scrutiny_panel_interest_once"),
        ]

    class Handling:
        fields: ClassVar = {**RECORDED, "matter": plain(REVIEW), "has_interest": plain(REVIEW)}

    def __str__(self) -> str:
        return f"interest in {self.matter_id}"


class MemberVerdict(Recorded):
    """What one member made of a case by themselves, once, before the panel said anything. `by` is the member."""

    matter = models.ForeignKey(PanelMatter, on_delete=models.PROTECT, related_name="verdicts")
    verdict = models.CharField(max_length=20)
    words = EncryptedTextField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["matter", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "by"], name="scrutiny_member_verdict_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=sorted(one.value for one in OF_ONE)), name="scrutiny_member_verdict"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "matter": plain(REVIEW),
            "verdict": plain(REVIEW),
            "words": personal(REVIEW),
        }

    def __str__(self) -> str:
        return f"verdict on {self.matter_id}"


class PanelVerdict(Recorded):
    """What the panel made of a case, once, after each of its members. `by` is who recorded it."""

    matter = models.OneToOneField(PanelMatter, on_delete=models.PROTECT, related_name="verdict")
    verdict = models.CharField(max_length=20)
    words = EncryptedTextField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verdict__in=[one.value for one in Verdict]), name="scrutiny_panel_verdict"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "matter": plain(REVIEW),
            "verdict": plain(REVIEW),
            "words": personal(REVIEW),
        }

    def __str__(self) -> str:
        return f"the panel's verdict on {self.matter_id}"


class PanelDissent(Recorded):
    """Why a member does not share the panel's verdict, word for word, once. `by` is the member."""

    verdict = models.ForeignKey(PanelVerdict, on_delete=models.PROTECT, related_name="dissents")
    words = EncryptedTextField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["verdict", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["verdict", "by"], name="scrutiny_panel_dissent_once"),
        ]

    class Handling:
        fields: ClassVar = {**RECORDED, "verdict": plain(REVIEW), "words": personal(REVIEW)}

    def __str__(self) -> str:
        return f"dissent from {self.verdict_id}"
