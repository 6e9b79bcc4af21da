"""Who is signed in, since when, and which terms they accepted (T16). A session's key is kept as a token: nobody can use it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.factors.rules import Proof
from craffu.access.rules import Over
from craffu.common.door import AppendOnly, Guarded
from craffu.common.fates import Kept, clock, internal, plain


class SignInSession(Guarded):
    """One sign-in, from its beginning to its end. A request whose session has no open row is not signed in.

    `factor_at` is when its user last proved who they are, and `factor` how; both are empty until they do.
    """

    user = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="sign_in_sessions")
    key = models.CharField(max_length=32, unique=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=12, blank=True, default="")
    factor_at = models.DateTimeField(null=True)
    factor = models.CharField(max_length=10, blank=True, default="", db_default="")

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["-began_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_why="")
                | Q(ended_at__isnull=False, ended_why__in=[str(why) for why in Over]),
                name="access_session_ended_says_why",
            ),
            models.CheckConstraint(
                condition=Q(factor_at=None, factor="")
                | Q(factor_at__isnull=False, factor__in=[str(proof) for proof in Proof]),
                name="access_session_factor_says_when",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "user": plain(Kept.WITH_ACCOUNT),
            "key": internal(Kept.WITH_ACCOUNT),
            "began_at": clock(Kept.WITH_ACCOUNT),
            "seen_at": clock(Kept.WITH_ACCOUNT),
            "ended_at": clock(Kept.WITH_ACCOUNT),
            "ended_why": plain(Kept.WITH_ACCOUNT),
            "factor_at": clock(Kept.WITH_ACCOUNT),
            "factor": plain(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"since {self.began_at:%Y-%m-%d %H:%M}"


class TermsAcceptance(AppendOnly):
    """That somebody said they had read the terms of use, which ones, and when."""

    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="terms_accepted")
    version = models.CharField(max_length=10)
    accepted_at = models.DateTimeField()

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "version"], name="access_terms_accepted_once"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "user": plain(Kept.WITH_ACCOUNT),
            "version": plain(Kept.WITH_ACCOUNT),
            "accepted_at": clock(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"terms {self.version}"
