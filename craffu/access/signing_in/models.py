"""What the lock-out remembers, in the database so that every web process knows it. Nothing here names a place or a device."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.rules import Scope
from craffu.common.door import Guarded
from craffu.common.fates import Kept, clock, internal, plain

_TOKEN = 32


class SignInTry(Guarded):
    """One try that reached the password and has not succeeded. Removed when no count can need it any more."""

    at = models.DateTimeField(db_index=True)
    account = models.CharField(max_length=_TOKEN, db_index=True)
    client = models.CharField(max_length=_TOKEN)
    # Empty for a known device: it is counted by itself, and not with its neighbours.
    address = models.CharField(max_length=_TOKEN, db_index=True)

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "at": clock(Kept.WITH_ACCOUNT),
            "account": internal(Kept.WITH_ACCOUNT),
            "client": internal(Kept.WITH_ACCOUNT),
            "address": internal(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"try at {self.at:%Y-%m-%d %H:%M:%S}"


class SignInHold(Guarded):
    """A wait for one account from one place, for an account, or for an address; `step` says how many came before."""

    scope = models.CharField(max_length=10)
    key = models.CharField(max_length=2 * _TOKEN)
    step = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scope", "key"], name="access_one_hold_for_each"),
            models.CheckConstraint(condition=Q(scope__in=[str(scope) for scope in Scope]), name="access_hold_scope"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "scope": plain(Kept.WITH_ACCOUNT),
            "key": internal(Kept.WITH_ACCOUNT),
            "step": plain(Kept.WITH_ACCOUNT),
            "until": clock(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"{self.scope} held back until {self.until:%Y-%m-%d %H:%M:%S}"


class KnownPlace(Guarded):
    """A device or a network from which an account was signed in to, by its token. Neither is a way in."""

    user = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="known_places")
    token = models.CharField(max_length=_TOKEN)
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "token"], name="access_place_known_once")]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "user": plain(Kept.WITH_ACCOUNT),
            "token": internal(Kept.WITH_ACCOUNT),
            "last_at": clock(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"known since {self.last_at:%Y-%m-%d}"
