"""Forces, their areas and teams, the people who sign in, and what each may do (SEC-01; rules.md, Annex F)."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import Q

from craffu.access.emergency import models as emergency_models  # noqa: F401  # Django finds an app's models here
from craffu.access.factors import models as factors_models  # noqa: F401  # and these
from craffu.access.notices import models as notices_models  # noqa: F401  # and these
from craffu.access.provider import models as provider_models  # noqa: F401  # and these
from craffu.access.reach import models as reach_models  # noqa: F401  # and these
from craffu.access.restricted import models as restricted_models  # noqa: F401  # and these
from craffu.access.retention import models as retention_models  # noqa: F401  # and these
from craffu.access.rights_requests import models as rights_models  # noqa: F401  # and these
from craffu.access.roles import BY_KEY
from craffu.access.sessions import models as sessions_models  # noqa: F401  # and these
from craffu.access.signing_in import models as signing_in_models  # noqa: F401  # and these
from craffu.access.tokens import models as tokens_models  # noqa: F401  # and these
from craffu.access.unattended import models as unattended_models  # noqa: F401  # and these
from craffu.access.wall.reach import account_named
from craffu.access.webhooks import models as webhooks_models  # noqa: F401  # and these
from craffu.common.door import AppendOnly, Guarded, GuardedQuerySet
from craffu.common.fates import Kept, clock, internal, personal, plain


class Force(Guarded):
    """A police force: the controller of its records, and the wall between them and everybody else's."""

    code = models.CharField(max_length=10, unique=True)
    name_en = models.CharField(max_length=80)
    name_cy = models.CharField(max_length=80)
    controller = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["code"]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.REFERENCE),
            "code": plain(Kept.REFERENCE),
            "name_en": plain(Kept.REFERENCE),
            "name_cy": plain(Kept.REFERENCE),
            "controller": plain(Kept.REFERENCE),
        }

    def __str__(self) -> str:
        return self.name_en


class Area(Guarded):
    """A part of a force, by which work is divided and, where the force says so, what somebody reaches (access/reach)."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="areas")
    code = models.CharField(max_length=20)
    name_en = models.CharField(max_length=80)
    name_cy = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["force", "code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["force", "code"], name="access_area_once_in_force")]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.REFERENCE),
            "force": plain(Kept.REFERENCE),
            "code": plain(Kept.REFERENCE),
            "name_en": plain(Kept.REFERENCE),
            "name_cy": plain(Kept.REFERENCE),
        }

    def __str__(self) -> str:
        return self.name_en


class Team(Guarded):
    """The people who share a queue in an area."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="teams")
    code = models.CharField(max_length=20)
    name_en = models.CharField(max_length=80)
    name_cy = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["area", "code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["area", "code"], name="access_team_once_in_area")]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.REFERENCE),
            "area": plain(Kept.REFERENCE),
            "code": plain(Kept.REFERENCE),
            "name_en": plain(Kept.REFERENCE),
            "name_cy": plain(Kept.REFERENCE),
        }

    def __str__(self) -> str:
        return self.name_en


class UserManager(models.Manager.from_queryset(GuardedQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str) -> "User":
        with account_named(username):
            user: User = self.get(username=username)
        return user


class User(AbstractBaseUser, Guarded):
    """Somebody who signs in, in one force."""

    class Language(models.TextChoices):
        EN = "en", "English"
        CY = "cy", "Cymraeg"

    # Signing in is an audit row, not a column that is overwritten.
    last_login = None

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.EN)
    is_active = models.BooleanField(default=True)
    # When every way in that stood was ended last: sessions, tokens, and whatever address opens something without signing in.
    ways_in_ended_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["name"]

    objects = UserManager()  # type: ignore[misc]

    class Meta:
        ordering: ClassVar = ["username"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(language__in=["en", "cy"]), name="access_user_language")
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "force": plain(Kept.WITH_ACCOUNT),
            "username": plain(Kept.WITH_ACCOUNT),
            "name": personal(Kept.WITH_ACCOUNT),
            "password": internal(Kept.WITH_ACCOUNT),
            "language": plain(Kept.WITH_ACCOUNT),
            "is_active": plain(Kept.WITH_ACCOUNT),
            "ways_in_ended_at": plain(Kept.WITH_ACCOUNT),
        }

    def check_password(self, raw_password: str | None) -> bool:
        """Whether the password is right. Never rewrites the stored hash: that is an action's work."""
        return check_password(raw_password or "", self.password)

    async def acheck_password(self, raw_password: str | None) -> bool:
        return self.check_password(raw_password)

    def get_full_name(self) -> str:
        return self.name


class RankChange(AppendOnly):
    """The police rank somebody holds, as their force says: the last row stands, an empty one is no rank (ORD-03)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="rank_changes")
    rank = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["user", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "user": plain(Kept.WITH_ACCOUNT),
            "rank": plain(Kept.WITH_ACCOUNT),
            "changed_at": clock(Kept.WITH_ACCOUNT),
            "changed_by": plain(Kept.WITH_ACCOUNT),
            "reason": plain(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"rank of {self.user_id}"


class RightChange(AppendOnly):
    """A role or capability given to a person, or taken away. The last row for a right says whether they hold it.

    `area` is empty: how far a right reaches is said by its role (access/reach), and a row with an area gives nothing.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="right_changes")
    right = models.CharField(max_length=30)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    held = models.BooleanField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["user", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(right__in=list(BY_KEY)), name="access_right_is_known"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "user": plain(Kept.WITH_ACCOUNT),
            "right": plain(Kept.WITH_ACCOUNT),
            "area": plain(Kept.WITH_ACCOUNT),
            "held": plain(Kept.WITH_ACCOUNT),
            "changed_at": clock(Kept.WITH_ACCOUNT),
            "changed_by": plain(Kept.WITH_ACCOUNT),
            "reason": plain(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"{self.right} {'given' if self.held else 'taken'}"
