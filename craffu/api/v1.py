"""The API's first version: its routers, and how a question comes to the operation that answers it.

A question comes by somebody's session or token and is judged, narrowed and logged as the page about the same is. Refusals leave
here as they are: what stands around every request logs them and writes them down.
"""

import json
from functools import cache
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer, django_auth

from craffu.access.acting import Acting
from craffu.api import breaches, cases, due, measures, orders, people
from craffu.api.matching import stamped
from craffu.common.problems import PROBLEM, told
from craffu.common.refusals import Conflict

PREFIX = "/api/v1/"


class ByToken(HttpBearer):
    """An API token. What stands around every request has opened it already (ADR 91)."""

    def authenticate(self, request: HttpRequest, _token: str) -> Acting | None:
        return request.acting if request.opened else None  # type: ignore[attr-defined]


api = NinjaAPI(
    title="Craffu",
    version="1",
    description=(
        "Orders and their conditions word for word, steps of orders, people, cases, breach histories, reports of possible"
        " breaches, due work and measures. Who may read or do what is as on the pages, and each answer is logged. What"
        " changes or gives out something that is there asks for If-Match with the ETag that was read. An order that is given to"
        " another system is a disclosure."
        " Whoever asks very often within a minute is told to wait (429), and whoever asks without TLS is refused."
    ),
    docs_url=None,
    openapi_url=None,
    auth=[ByToken(), django_auth],
)
for _router in (people.router, cases.router, orders.router, breaches.router, due.router, measures.router):
    api.add_router("", _router)


@api.exception_handler(Http404)
def not_found(_request: HttpRequest, _fault: Exception) -> HttpResponse:
    """The same for what does not exist, what another force holds and what is covert."""
    return told("not_found", "There is no such record for you.", HTTPStatus.NOT_FOUND)


@api.exception_handler(ValidationError)
def not_understood(_request: HttpRequest, fault: Exception) -> HttpResponse:
    """What was asked makes no sense to us. What was sent is not said back."""
    assert isinstance(fault, ValidationError)  # noqa: S101 - that is what it is registered for
    names = sorted({str(one["loc"][-1]) for one in fault.errors})
    return told("not_understood", f"Put right: {', '.join(names)}.", HTTPStatus.UNPROCESSABLE_ENTITY)


@api.exception_handler(HttpError)
def not_read(_request: HttpRequest, fault: Exception) -> HttpResponse:
    """A body that is no JSON."""
    assert isinstance(fault, HttpError)  # noqa: S101 - that is what it is registered for
    status = HTTPStatus(fault.status_code)
    return told("not_understood", "Send a JSON object.", status)


@api.exception_handler(AuthenticationError)
def not_known(_request: HttpRequest, _fault: Exception) -> HttpResponse:
    return told("sign_in", "Sign in first, or send a token.", HTTPStatus.UNAUTHORIZED)


@api.exception_handler(Conflict)
def changed_meanwhile(_request: HttpRequest, fault: Exception) -> HttpResponse:
    """Somebody was faster between the question whether it is as it was read and the change itself."""
    assert isinstance(fault, Conflict)  # noqa: S101 - that is what it is registered for
    return told(fault.code, fault.message, HTTPStatus.PRECONDITION_FAILED)


def answer(name: str, request: HttpRequest, **parts: Any) -> HttpResponse:
    if name == "openapi":
        return JsonResponse(description()) if request.method == "GET" else HttpResponse(status=405)
    found: HttpResponse = _operations()[name](request, **parts)
    return stamped(request, found)


@cache
def _operations() -> dict[str, Any]:
    return {str(one.name): one.callback for one in api.urls[0] if isinstance(one, URLPattern)}


@cache
def description() -> dict[str, Any]:
    """The API as OpenAPI describes it."""
    described: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX)))
    for ways in described["paths"].values():
        for operation in ways.values():
            for status, said in operation["responses"].items():
                if status >= "400":
                    said["content"] = {PROBLEM: said["content"]["application/json"]}
    return described
