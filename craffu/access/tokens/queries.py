"""API tokens as they stand: a person's own, those of a force for whoever approves them, and the one that a secret opens."""

from dataclasses import dataclass
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.tokens.models import ApiToken
from craffu.access.tokens.rules import Facts, Scope, Standing, digest, scopes_in, standing
from craffu.access.wall.reach import account_numbered


def standing_of(token: ApiToken, now: datetime) -> Standing:
    return standing(Facts(token.until, token.ended_at is not None), now)


def own_tokens(user: User) -> list[ApiToken]:
    """The newest first. One query."""
    return list(ApiToken.objects.filter(user=user).select_related("approved_by"))


def tokens_in(by: Acting) -> list[ApiToken]:
    """Those of the reader's force that are not ended, the newest first. One query."""
    rows = ApiToken.objects.filter(user__force=by.force, ended_at=None)
    return list(rows.select_related("user", "approved_by"))


def find_token(by: Acting, reference: str) -> ApiToken | None:
    rows = ApiToken.objects.filter(user__force=by.force, reference=reference)
    found: ApiToken | None = rows.select_related("user", "approved_by").first()
    return found


@dataclass(frozen=True, slots=True)
class Opened:
    """Whoever a program asks as, by which token, and what it may be used for."""

    user: User
    token: ApiToken
    scopes: frozenset[Scope]


def opened_by(secret: str, now: datetime) -> Opened | None:
    """None of a secret that opens nothing: there is none such, it does not work now, or its owner's account is closed."""
    token = ApiToken.objects.filter(digest=digest(secret)).first()
    if token is None or standing_of(token, now) is not Standing.WORKS:
        return None
    with account_numbered(token.user_id):
        user = User.objects.select_related("force").filter(pk=token.user_id, is_active=True).first()
    return Opened(user, token, scopes_in(token.scopes)) if user else None
