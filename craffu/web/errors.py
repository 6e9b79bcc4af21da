"""The pages for what went wrong. They say what happened, that nothing was lost, and what to do; never why inside.

The 400, 500, busy, full and CSRF pages ask nothing of the database or the session, because those may be what failed.
"""

import sys
from http import HTTPStatus

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import get_nonce
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, override

from craffu.common.problems import told
from craffu.common.refusals import Refusal
from craffu.common.storing import cannot_store
from craffu.web.context import bare_frame
from craffu.web.programs import asks_as_program
from craffu.web.restricted.stubs import NotOpen

# PostgreSQL: serialisation failure, deadlock, lock not available.
_BUSY_STATES = frozenset({"40001", "40P01", "55P03"})
_TRY_AGAIN_SECONDS = "5"


def _page(
    request: HttpRequest,
    template: str,
    status: HTTPStatus,
    *,
    reason: str = "",
    knows_reader: bool = False,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """An error page in the language of the address that was asked for, whatever the thread's language is by now."""
    if asks_as_program(request):
        return told(refusal.code if refusal else status.name.lower(), reason or status.description, status)
    with override(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
        if knows_reader:
            said = {"reason": reason, "refusal": refusal}
            return HttpResponse(render_to_string(template, said, request), status=status)
        context = {"frame": bare_frame(request), "csp_nonce": get_nonce(request)}
        return HttpResponse(render_to_string(template, context), status=status)


def is_database_busy(fault: BaseException | None) -> bool:
    """Whether a fault only means that somebody else was writing at that moment."""
    if not isinstance(fault, OperationalError):
        return False
    return "database is locked" in str(fault) or getattr(fault.__cause__, "sqlstate", None) in _BUSY_STATES


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 (Django)
    """400: what was sent makes no sense to us."""
    return _page(request, "errors/400.html", HTTPStatus.BAD_REQUEST)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, or 409 for what the record does not allow in its present state. A refusal's words are for the reader."""
    if not isinstance(exception, Refusal):
        return _page(request, "errors/403.html", HTTPStatus.FORBIDDEN, knows_reader=True)
    status = HTTPStatus(exception.status)
    template = "errors/403.html" if status == HTTPStatus.FORBIDDEN else "errors/409.html"
    if isinstance(exception, NotOpen):
        template = "errors/not_open.html"
    return _page(request, template, status, reason=str(exception.message), knows_reader=True, refusal=exception)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 (Django)
    """404: the same page for what does not exist and for what another force holds."""
    return _page(request, "errors/404.html", HTTPStatus.NOT_FOUND, knows_reader=True)


def busy(request: HttpRequest) -> HttpResponse:
    """503: the database was locked; nothing was written and nothing was lost."""
    response = _page(request, "errors/busy.html", HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = _TRY_AGAIN_SECONDS
    return response


def full(request: HttpRequest) -> HttpResponse:
    """507: the disk takes nothing any more; nothing of what was sent was written, and nothing that was there was lost (T36)."""
    reason = "The disk is full, or fails: nothing was saved. Tell whoever looks after Craffu."
    return _page(request, "errors/full.html", HTTPStatus.INSUFFICIENT_STORAGE, reason=reason)


def of_the_database(request: HttpRequest, fault: BaseException | None) -> HttpResponse | None:
    """What a database that is busy or has no room left is answered with; None of any other fault."""
    if is_database_busy(fault):
        return busy(request)
    return full(request) if cannot_store(fault) else None


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 or 507 when the fault being handled is a busy database or a full disk."""
    if answer := of_the_database(request, sys.exception()):
        return answer
    return _page(request, "errors/500.html", HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django)
    """403: the form was too old, or came from elsewhere. `reason` is Django's own and is not for the reader."""
    return _page(request, "errors/csrf.html", HTTPStatus.FORBIDDEN)
