"""Letters to a victim that hang on no order: of what happened in her case, or asking her how she was treated (VIC-05, M5)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.common.fates import personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.victims.letters.kinds import About
from craffu.victims.models.agreements import AgreementVersion
from craffu.victims.models.asking import Invitation
from craffu.victims.models.contacts import CaseHappening
from craffu.victims.models.recorded import CASE, RECORDED, OfVictim


class VictimLetter(OfVictim):
    """One letter as it left, its file encrypted: by which agreement it was written, who approved its Welsh if that was a draft.

    What it tells is `happening` or `stage`; `invitation` where it asks her. Where it is, its message says.
    """

    about = models.CharField(max_length=10)
    happening = models.ForeignKey(CaseHappening, on_delete=models.PROTECT, related_name="+", null=True)
    stage = models.ForeignKey("cases.CaseStage", on_delete=models.PROTECT, related_name="+", null=True)
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="letter", null=True)
    agreement = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=10)
    translator = EncryptedTextField(blank=True, default="")
    content = EncryptedTextField()

    class Meta:
        app_label = "victims"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    about=About.NEWS.value, happening__isnull=False, stage__isnull=True, invitation__isnull=True
                )
                | Q(about=About.NEWS.value, happening__isnull=True, stage__isnull=False, invitation__isnull=True)
                | Q(about=About.SURVEY.value, happening__isnull=True, stage__isnull=True, invitation__isnull=False),
                name="victims_letter_of_one_thing",
            ),
            OfVictim.said_once("victims_letter_said_once"),
            OfVictim.has_its_author("victims_letter_author"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "about": plain(CASE),
            "happening": plain(CASE),
            "stage": plain(CASE),
            "invitation": plain(CASE),
            "agreement": plain(CASE),
            "language": personal(CASE),
            "translator": personal(CASE),
            "content": personal(CASE),
        }

    def __str__(self) -> str:
        return f"letter {self.pk} to record {self.record_id}"

    @property
    def of(self) -> str:
        """The key of what it tells, or the stage after which it asks."""
        if self.invitation is not None:
            return self.invitation.occasion
        return f"happening-{self.happening_id}" if self.happening_id else f"stage-{self.stage_id}"
