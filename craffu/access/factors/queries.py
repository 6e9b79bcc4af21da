"""Which second factors somebody has."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from craffu.access.factors.models import AuthenticatorApp, FactorChange, Passkey, RecoveryCode
from craffu.access.models import User

# How long what happened to somebody's factors stands on their account page.
SHOWN_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Factors:
    """What somebody can sign in with beside the password. Recovery codes are a way back in and no factor."""

    app: AuthenticatorApp | None
    passkeys: tuple[Passkey, ...]

    def __len__(self) -> int:
        return len(self.passkeys) + (self.app is not None)


def factors_of(user: User) -> Factors:
    return Factors(app_of(user), tuple(Passkey.objects.filter(user=user)))


def app_of(user: User) -> AuthenticatorApp | None:
    app: AuthenticatorApp | None = AuthenticatorApp.objects.filter(user=user).first()
    return app


def unused_codes(user: User) -> int:
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def recent_changes(user: User, now: datetime) -> list[FactorChange]:
    """What happened to somebody's factors lately, the newest first."""
    return list(FactorChange.objects.filter(user=user, at__gt=now - SHOWN_FOR)[:10])
