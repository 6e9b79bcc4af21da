"""Second factors: an authenticator app, passkeys, recovery codes, the challenges that passkeys answer, and what was changed."""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.common.door import AppendOnly, Guarded
from craffu.common.fates import Kept, clock, internal, plain
from craffu.common.fields import EncryptedTextField


class AuthenticatorApp(Guarded):
    """The app that shows somebody's codes: one for each person. `last_step` is the last half minute whose code was used."""

    user = models.OneToOneField("access.User", on_delete=models.CASCADE, related_name="+")
    secret = EncryptedTextField()
    last_step = models.BigIntegerField()
    added_at = models.DateTimeField()
    used_at = models.DateTimeField()

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "user": plain(Kept.WITH_ACCOUNT),
            "secret": internal(Kept.WITH_ACCOUNT),
            "last_step": clock(Kept.WITH_ACCOUNT),
            "added_at": clock(Kept.WITH_ACCOUNT),
            "used_at": clock(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"app since {self.added_at:%Y-%m-%d}"


class Passkey(Guarded):
    """A key in somebody's device (WebAuthn). Only its public half is here; `counter` is the last that it showed.

    `credential` is what the device gave: its identifier and public key, as base64.
    """

    user = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="+")
    identifier = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=40)
    credential = models.TextField()
    counter = models.BigIntegerField()
    added_at = models.DateTimeField()
    used_at = models.DateTimeField()

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "user": plain(Kept.WITH_ACCOUNT),
            "identifier": internal(Kept.WITH_ACCOUNT),
            "name": plain(Kept.WITH_ACCOUNT),
            "credential": internal(Kept.WITH_ACCOUNT),
            "counter": internal(Kept.WITH_ACCOUNT),
            "added_at": clock(Kept.WITH_ACCOUNT),
            "used_at": clock(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return self.name


class RecoveryCode(Guarded):
    """A code on paper that signs in once, as a slow hash. Its first character is its `place`, so that one hash is enough."""

    user = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=1)
    hash = models.CharField(max_length=128)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "place"], name="access_recovery_code_has_its_place")
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "user": plain(Kept.WITH_ACCOUNT),
            "place": internal(Kept.WITH_ACCOUNT),
            "hash": internal(Kept.WITH_ACCOUNT),
            "made_at": clock(Kept.WITH_ACCOUNT),
            "used_at": clock(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return "used" if self.used_at else "not used"


class Purpose(StrEnum):
    """What a passkey is asked for. An answer given for one is good for no other."""

    REGISTER = "register"
    SIGN_IN = "sign_in"
    CONFIRM = "confirm"


class PasskeyChallenge(Guarded):
    """What a passkey is asked to sign: for one person, one session and one purpose, once, until it expires."""

    user = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="+")
    session = models.CharField(max_length=32)
    purpose = models.CharField(max_length=10)
    challenge = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(purpose__in=[str(purpose) for purpose in Purpose]), name="access_challenge_purpose"
            )
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "user": plain(Kept.WITH_ACCOUNT),
            "session": internal(Kept.WITH_ACCOUNT),
            "purpose": plain(Kept.WITH_ACCOUNT),
            "challenge": internal(Kept.WITH_ACCOUNT),
            "until": clock(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"{self.purpose} until {self.until:%H:%M:%S}"


class Change(StrEnum):
    """What happened to somebody's second factors."""

    APP_ADDED = "app_added"
    APP_REMOVED = "app_removed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    CODES_MADE = "codes_made"
    CODE_USED = "code_used"
    RESET = "reset"


class FactorChange(AppendOnly):
    """What happened to somebody's second factors, when and by whom, for them to see on their account page."""

    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    change = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(change__in=[str(change) for change in Change]), name="access_factor_change_known"
            ),
            models.CheckConstraint(
                condition=~Q(change=str(Change.RESET), reason=""), name="access_factor_reset_says_why"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "user": plain(Kept.WITH_ACCOUNT),
            "change": plain(Kept.WITH_ACCOUNT),
            "at": clock(Kept.WITH_ACCOUNT),
            "by": plain(Kept.WITH_ACCOUNT),
            "reason": plain(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"{self.change} at {self.at:%Y-%m-%d %H:%M}"
