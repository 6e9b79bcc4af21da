"""What a person asks about their own data, every step until it is answered, and how what was decided ended (SEC-11).

All of it is only ever added to.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from craffu.access.rights_requests.kinds import Decided, Ending, Kind, Whose
from craffu.access.rights_requests.states import RightsStatus
from craffu.common.door import AppendOnly
from craffu.common.fates import Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField


class RightsRequest(AppendOnly):
    """One request, known by `number`, as RR-10001. Who asks, how they are reached and what for is encrypted, and in no log.

    `person` is the reference of whom it is about, where the register knows them; `whose` the part they play, because a victim's
    request never discloses the suspect's record, nor his hers.
    """

    force = models.ForeignKey("access.Force", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=15)
    whose = models.CharField(max_length=15)
    person = models.CharField(max_length=20, blank=True)
    words = EncryptedTextField()
    received_on = models.DateField()
    # The form it was recorded with: it works once.
    form = models.CharField(max_length=32, unique=True)

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "number"], name="access_rights_number_once"),
            models.CheckConstraint(condition=Q(kind__in=[str(one) for one in Kind]), name="access_rights_kind"),
            models.CheckConstraint(condition=Q(whose__in=[str(one) for one in Whose]), name="access_rights_whose"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": plain(Kept.WITH_PERSON),
            "number": plain(Kept.WITH_PERSON),
            "kind": plain(Kept.WITH_PERSON),
            "whose": plain(Kept.WITH_PERSON),
            "person": plain(Kept.WITH_PERSON),
            "words": personal(),
            "received_on": plain(Kept.WITH_PERSON),
            "form": internal(Kept.WITH_PERSON),
        }

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class RightsStep(AppendOnly):
    """One step of a request: what was done, on which day, by whom. The last says where it stands.

    The four checks are the preparer's word, and stand on the step that prepared the answer alone; `prepared_by` stands on the
    approval, so that the database itself refuses the preparer's own. The answer's text is not kept: `text_digest` is, of the
    steps that prepare, approve and send it, so that they are of one text. It is in no log, and goes when the person is erased.
    `decided` stands on the same three, of a request for rectification or restriction: the preparer says it, and what is approved
    and sent is that.
    """

    force = models.ForeignKey("access.Force", on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=12)
    on = models.DateField()
    words = EncryptedTextField(blank=True, default="")
    third_parties_redacted = models.BooleanField(null=True)
    victim_scan_clean = models.BooleanField(null=True)
    neither_confirm_nor_deny_asked = models.BooleanField(null=True)
    privileged_included = models.BooleanField(null=True)
    text_digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    decided = models.CharField(max_length=10, blank=True, default="", db_default="")
    prepared_by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["request", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "number"], name="access_rights_step_once"),
            models.CheckConstraint(
                condition=Q(status__in=[str(one) for one in RightsStatus]), name="access_rights_step_status"
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | (Q(prepared_by__isnull=False) & ~Q(prepared_by=F("by"))),
                name="access_rights_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status="prepared")
                | Q(
                    third_parties_redacted__isnull=False,
                    victim_scan_clean__isnull=False,
                    neither_confirm_nor_deny_asked__isnull=False,
                    privileged_included__isnull=False,
                ),
                name="access_rights_prepared_says_what_was_checked",
            ),
            models.CheckConstraint(
                condition=Q(decided__in=["", *(str(one) for one in Decided)]), name="access_rights_step_decided"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": plain(Kept.WITH_PERSON),
            "request": plain(Kept.WITH_PERSON),
            "number": plain(Kept.WITH_PERSON),
            "status": plain(Kept.WITH_PERSON),
            "on": plain(Kept.WITH_PERSON),
            "words": personal(),
            "third_parties_redacted": plain(Kept.WITH_PERSON),
            "victim_scan_clean": plain(Kept.WITH_PERSON),
            "neither_confirm_nor_deny_asked": plain(Kept.WITH_PERSON),
            "privileged_included": plain(Kept.WITH_PERSON),
            "text_digest": personal(),
            "decided": plain(Kept.WITH_PERSON),
            "prepared_by": plain(Kept.WITH_PERSON),
            "by": plain(Kept.WITH_PERSON),
            "at": clock(Kept.WITH_PERSON),
        }

    def __str__(self) -> str:
        return f"{self.status} on {self.on}"


class RightsEnding(AppendOnly):
    """How that which an answer decided is over, once and by whom: the restriction lifted, the error put right, or why not."""

    force = models.ForeignKey("access.Force", on_delete=models.PROTECT, related_name="+")
    request = models.OneToOneField(RightsRequest, on_delete=models.PROTECT, related_name="ending")
    how = models.CharField(max_length=15)
    words = EncryptedTextField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(how__in=[str(one) for one in Ending]), name="access_rights_ending_how"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": plain(Kept.WITH_PERSON),
            "request": plain(Kept.WITH_PERSON),
            "how": plain(Kept.WITH_PERSON),
            "words": personal(),
            "by": plain(Kept.WITH_PERSON),
            "at": clock(Kept.WITH_PERSON),
        }

    def __str__(self) -> str:
        return f"{self.how} at {self.at}"
