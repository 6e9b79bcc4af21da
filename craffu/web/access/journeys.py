"""Ways to the identity provider that a browser is on: kept in its session under the state that must come back, each once.

They are short: whoever takes longer begins again. A session holds the newest few, for somebody with several tabs.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override

from craffu.access.provider.protocol import Journey
from craffu.access.provider.rules import Asked
from craffu.common import clock

_KEPT, _MOST = "provider", 5
SIGN_IN, CONFIRM = "sign_in", "confirm"


@dataclass(frozen=True, slots=True)
class Under:
    """A journey under way: what for, where the person wants to go afterwards, and in which language."""

    journey: Journey
    purpose: str
    wanted: str
    language: str
    asked: Asked


def _within() -> timedelta:
    return timedelta(seconds=settings.CRAFFU_SECOND_STEP_WITHIN)


def oldest(purpose: str) -> timedelta:
    """How long ago somebody may have signed in there: to confirm, not at all; else as long as a session of ours lasts."""
    return timedelta(0) if purpose == CONFIRM else timedelta(seconds=settings.CRAFFU_SESSION_LONGEST)


def back_here(request: HttpRequest) -> str:
    """The address where the provider sends people back, the same in every language: it knows just this one."""
    with override(settings.LANGUAGE_CODE):
        return request.build_absolute_uri(reverse("provider_back"))


def set_out(request: HttpRequest, purpose: str, wanted: str) -> Journey:
    journey = Journey(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        back=back_here(request),
    )
    kept = request.session.get(_KEPT, {})
    kept[journey.state] = {
        "nonce": journey.nonce,
        "verifier": journey.verifier,
        "back": journey.back,
        "purpose": purpose,
        "next": wanted,
        "language": get_language() or settings.LANGUAGE_CODE,
        "at": clock.now().timestamp(),
    }
    newest = sorted(kept, key=lambda state: kept[state]["at"])[-_MOST:]
    request.session[_KEPT] = {state: kept[state] for state in newest}
    if not request.user.is_authenticated:
        # Anybody may set out: what is kept of a visitor is soon forgotten (config/sealing.py).
        request.session.set_expiry(int(_within().total_seconds()))
    return journey


def come_back(request: HttpRequest, state: str) -> Under | None:
    """The journey that this state belongs to, which is over with this; none that nobody began, or that took too long."""
    under_way = dict(request.session.get(_KEPT, {}))
    kept = under_way.pop(state, None)
    if kept is None:
        return None
    request.session[_KEPT] = under_way
    at = datetime.fromtimestamp(kept["at"], UTC)
    if clock.now() >= at + _within():
        return None
    journey = Journey(state, kept["nonce"], kept["verifier"], kept["back"])
    asked = Asked(at, oldest(kept["purpose"]))
    return Under(journey, kept["purpose"], kept["next"], kept["language"], asked)
