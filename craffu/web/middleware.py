"""Around every request: an id that ties its log rows together, no caching of signed-in pages, refusals as pages.

What a page was sent and changed is followed up before it answers, so that the next page shows what it caused.
"""

import logging
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from craffu.access.acting import Acting
from craffu.access.actions import record_refusal
from craffu.access.queries import acting_user
from craffu.access.sessions.queries import factor_at
from craffu.common.refusals import NotPermitted, Refusal
from craffu.daily.ticking import follow
from craffu.outbox.listening import listening
from craffu.web import errors
from craffu.web.led import LedOn
from craffu.web.references import refs_asked_for

type Respond = Callable[[HttpRequest], HttpResponse]

log = logging.getLogger(__name__)


class RequestIdMiddleware:
    """Give the request an id of its own. One sent by a caller is never believed."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = secrets.token_hex(8)  # type: ignore[attr-defined]
        response = self.respond(request)
        response["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        return response


class ActingMiddleware:
    """Who is acting, with their rights as they stand at this request (SEC-01)."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acting = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            # Who asks by a token has no session, and proves no factor.
            proved_at = factor_at(request.sign_in) if request.sign_in else None  # type: ignore[attr-defined]
            request.acting = acting_user(request.user, request.request_id, proved_at, request.said)  # type: ignore[attr-defined]
        return self.respond(request)


class FollowMiddleware:
    """What was sent and told news of is settled at once: the next page shows the work it caused or ended (MON-04).

    A page that was only read asks nothing. Where the database is busy, or a source is at fault, the next tick does it, and says
    so: what was recorded is recorded, and whoever recorded it is not told otherwise.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        by: Acting | None = request.acting  # type: ignore[attr-defined]
        if request.method != "POST" or by is None:
            return self.respond(request)
        with listening() as heard:
            response = self.respond(request)
        if heard.anything:
            try:
                follow(force=by.force)
            except Exception as fault:
                log.warning("what was told is left to the next tick (%s)", type(fault).__name__)
        return response


class NoStoreMiddleware:
    """No browser or proxy keeps a page that somebody had to sign in for."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class RefusalMiddleware:
    """A refusal becomes a page that says why; a database that is busy or has no room becomes one that says what to do; and who
    is led on is given that answer.

    What somebody has no right to is logged once, with what they asked for (SEC-04).
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, LedOn):
            return exception.answer
        if isinstance(exception, NotPermitted):
            record_refusal(by=acting(request), refs=refs_asked_for(request), reason=exception.code)
        if isinstance(exception, Refusal):
            return errors.refused(request, exception)
        return errors.of_the_database(request, exception)


def acting(request: HttpRequest) -> Acting:
    """The person acting. Only for views that need a sign-in."""
    by: Acting = request.acting  # type: ignore[attr-defined]
    return by
