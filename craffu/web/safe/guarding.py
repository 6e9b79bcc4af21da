"""What every answer of the safe page carries, its one cookie, and how a form of ours is told from another's.

Nothing of it is kept by a browser, no other site is told whence somebody came, and nothing is loaded from anywhere.
"""

import hmac
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import get_nonce
from django.template import loader
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.csp import CSP
from django.utils.translation import get_language
from django.views.decorators.csp import csp_override

from craffu.web.safe.errors import went_wrong

log = logging.getLogger(__name__)
COOKIE: Final = f"{settings.CRAFFU_COOKIE_PREFIX}t"
# A link was opened and not used yet.
PENDING: Final = "."
# It is over: sent, or left to be called. Said once, and then there is no cookie.
SENT: Final = "-1"
TO_BE_CALLED: Final = "-2"
_LEADS_TO = urlsplit(settings.CRAFFU_SAFE_PAGE["exit"])
_EXIT: Final = f"{_LEADS_TO.scheme}://{_LEADS_TO.netloc}"
POLICY: Final[Mapping[str, list[str]]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.NONCE],
    "style-src": [CSP.NONCE],
    # An empty icon of its own, so that no browser asks for one.
    "img-src": ["data:"],
    # Whoever says that it is not safe is led away by the form itself.
    "form-action": [CSP.SELF, _EXIT],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
_SALT: Final = "craffu.safe.form"
_TURN: Final = "craffu.safe.turn"

type View = Callable[..., HttpResponse]


def guarded(view: View) -> View:
    """A page of the safe page's own: no-store, no referrer, its own content policy."""

    @csp_override(POLICY)
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Exception as fault:  # whatever it is, the page that says so is nobody's
            log.error("the safe page could not answer (%s)", type(fault).__name__)
            response = went_wrong(request)
        return kept_nowhere(response)

    return wrapped


def kept_nowhere(response: HttpResponse) -> HttpResponse:
    """No browser keeps it, and no other site is told whence somebody came."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def cookie_of(request: HttpRequest) -> str:
    return request.COOKIES.get(COOKIE, "")


def keep_cookie(response: HttpResponse, value: str) -> None:
    """The one cookie: until the browser closes, for this page alone, out of reach of scripts and other sites."""
    response.set_cookie(
        COOKIE, value, path="/", httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )  # fmt: skip


def drop_cookie(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path="/", samesite="Lax")


def form_key(request: HttpRequest) -> str:
    """What a form of this page carries: nobody without its cookie can make one."""
    return salted_hmac(_SALT, cookie_of(request), algorithm="sha256").hexdigest()


def is_ours(request: HttpRequest) -> bool:
    """Whether a form was sent from this page, in this browser."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    return hmac.compare_digest(request.POST.get("key", ""), form_key(request))


def turn_of(request: HttpRequest, last_at: datetime) -> str:
    """Of the page as it stands since the last answer: what was typed is shown back to whoever sends this, and to nobody later."""
    return salted_hmac(_TURN, f"{cookie_of(request)} {last_at.isoformat()}", algorithm="sha256").hexdigest()


def drawn(request: HttpRequest, template: str, said: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A page, made of nothing but what it is given: no frame, no name, no account."""
    language = get_language() or settings.LANGUAGE_CODE
    other = "cy" if language == "en" else "en"
    page = {
        "language": language,
        "other": other,
        "here": reverse("safe_page"),
        "there": _in(other, "safe_page"),
        "exit": reverse("safe_exit"),
        "key": form_key(request),
        "nonce": str(get_nonce(request)),
        **said,
    }
    return HttpResponse(loader.render_to_string(f"safe/{template}", page), status=status)


def _in(language: str, name: str) -> str:
    path = reverse(name).removeprefix("/cy")
    return f"/cy{path}" if language == "cy" else path
