"""Who belongs to which area and team, where records belong, how far each role reaches. History is only appended (SEC-01)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.reach.rules import REACHES, Reach
from craffu.common.door import AppendOnly
from craffu.common.fates import Kept, clock, internal, plain


class Posting(AppendOnly):
    """Somebody put into an area, or a team of it, or taken out. The last row for a person and a place says which."""

    force = models.ForeignKey("access.Force", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="postings")
    area = models.ForeignKey("access.Area", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("access.Team", on_delete=models.PROTECT, null=True, related_name="+")
    held = models.BooleanField()
    reason = models.CharField(max_length=200)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["user", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "force": plain(Kept.WITH_ACCOUNT),
            "user": plain(Kept.WITH_ACCOUNT),
            "area": plain(Kept.WITH_ACCOUNT),
            "team": plain(Kept.WITH_ACCOUNT),
            "held": plain(Kept.WITH_ACCOUNT),
            "reason": plain(Kept.WITH_ACCOUNT),
            "changed_at": clock(Kept.WITH_ACCOUNT),
            "changed_by": plain(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"{self.user_id} {'in' if self.held else 'out of'} {self.area_id}/{self.team_id or '-'}"


class RoleReachChange(AppendOnly):
    """How far a role reaches in a force. The last row for a role says; a role of which nothing was said reaches the force."""

    force = models.ForeignKey("access.Force", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    reach = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Reach])
    reason = models.CharField(max_length=200)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role__in=list(REACHES)) & Q(reach__in=[one.value for one in Reach]),
                name="access_reach_is_known",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.REFERENCE),
            "force": plain(Kept.REFERENCE),
            "role": plain(Kept.REFERENCE),
            "reach": plain(Kept.REFERENCE),
            "reason": plain(Kept.REFERENCE),
            "changed_at": clock(Kept.REFERENCE),
            "changed_by": plain(Kept.REFERENCE),
        }

    def __str__(self) -> str:
        return f"{self.role} reaches {self.reach}"


class Station(AppendOnly):
    """Where a station lies that a source names: in an area, or in a team of it. The last row for a name says where.

    `name` is folded, so that a source may write it in capitals.
    """

    force = models.ForeignKey("access.Force", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    area = models.ForeignKey("access.Area", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("access.Team", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.REFERENCE),
            "force": plain(Kept.REFERENCE),
            "name": plain(Kept.REFERENCE),
            "area": plain(Kept.REFERENCE),
            "team": plain(Kept.REFERENCE),
            "reason": plain(Kept.REFERENCE),
            "changed_at": clock(Kept.REFERENCE),
            "changed_by": plain(Kept.REFERENCE),
        }

    def __str__(self) -> str:
        return f"{self.name} in {self.area_id}"


class Placement(AppendOnly):
    """Where a record belongs: an area, a team of it, and who owns it. The last row for a record says; each may be empty.

    `kind` and `reference` name the record as the log does: case and C-10001. `source` is the system that said so, empty
    where a person did, who then gave a reason.
    """

    force = models.ForeignKey("access.Force", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=20)
    area = models.ForeignKey("access.Area", on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("access.Team", on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["force", "kind", "reference", "id"], name="access_placement_of_record")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(team=None) | Q(area__isnull=False), name="access_placement_team_in_area"
            ),
            models.CheckConstraint(condition=~Q(source="") | ~Q(reason=""), name="access_placement_says_why"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_CASE),
            "force": plain(Kept.WITH_CASE),
            "kind": plain(Kept.WITH_CASE),
            "reference": internal(Kept.WITH_CASE),
            "area": plain(Kept.WITH_CASE),
            "team": plain(Kept.WITH_CASE),
            "owner": plain(Kept.WITH_CASE),
            "source": plain(Kept.WITH_CASE),
            "reason": plain(Kept.WITH_CASE),
            "changed_at": clock(Kept.WITH_CASE),
            "changed_by": plain(Kept.WITH_CASE),
        }

    def __str__(self) -> str:
        return f"{self.kind}/{self.reference} in {self.area_id or 'no area'}"
