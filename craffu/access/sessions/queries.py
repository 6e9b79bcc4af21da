"""Which sessions are open, and whether the terms in force were accepted."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from craffu.access.asking import prepared
from craffu.access.factors.rules import Proof, counts_as_factor
from craffu.access.later import Later
from craffu.access.models import User
from craffu.access.rules import Lifetime, Over
from craffu.access.sessions.models import SignInSession, TermsAcceptance
from craffu.common import keyring

# The words of the terms page, by the month they were written in. New words have a new one, and everybody is asked again.
TERMS = "2026-11"


def lifetime() -> Lifetime:
    return Lifetime(timedelta(seconds=settings.CRAFFU_SESSION_IDLE), timedelta(seconds=settings.CRAFFU_SESSION_LONGEST))


def session_token(key: str) -> str:
    return keyring.ring().token("session", key)


def session_tokens_to_look_for(key: str) -> list[str]:
    """The tokens a session may be kept under while keys change."""
    return keyring.ring().tokens_of_all_keys("session", key)


def find_session(user: User, key: str) -> Later[SignInSession | None]:
    """Found by the token of the key that writes, and while keys change by the older ones too. One query for each.

    The older first: another request may write the token anew meanwhile, and never the other way.
    """
    tokens = reversed(session_tokens_to_look_for(key))
    return Later(_first, *(_session.later(user.pk, token) for token in tokens))


def _first(*found: list[SignInSession]) -> SignInSession | None:
    return next((session for sessions in found for session in sessions), None)


@prepared
def _session(user: int, token: str) -> QuerySet[SignInSession]:
    return SignInSession.objects.filter(user=user, key=token).order_by()


def why_ended(account: int, key: str) -> Over | None:
    """Why the session of an account's number ended, where it has."""
    rows = SignInSession.objects.filter(user=account, key__in=session_tokens_to_look_for(key), ended_at__isnull=False)
    why = rows.values_list("ended_why", flat=True).first()
    return Over(why) if why else None


def factor_at(session: SignInSession) -> datetime | None:
    """When a factor was last proved in this session, if how it was proved opens what asks for one (T17)."""
    if not session.factor or not counts_as_factor(Proof(session.factor), is_required=settings.CRAFFU_FACTOR_REQUIRED):
        return None
    return session.factor_at


def open_sessions(user: User, now: datetime) -> list[SignInSession]:
    """The newest first."""
    lasts = lifetime()
    return list(
        SignInSession.objects.filter(
            user=user, ended_at=None, began_at__gt=now - lasts.longest, seen_at__gt=now - lasts.idle
        )
    )


def terms_accepted_at(user: User) -> datetime | None:
    """When the person accepted the terms in force."""
    accepted: datetime | None = (
        TermsAcceptance.objects.filter(user=user, version=TERMS).values_list("accepted_at", flat=True).first()
    )
    return accepted
