"""The API's first version: its routers, and how a question comes to the operation that answers it.

A question comes by somebody's session or token and is judged, narrowed and logged as the page about the same is. Refusals leave
here as they are: what stands around every request logs them and writes them down.
"""

import json
from collections.abc import Collection
from functools import cache
from http import HTTPMethod, HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer, django_auth

from craffu.access.acting import Acting
from craffu.api import (
    advocates,
    breaches,
    cases,
    champions,
    due,
    initiatives,
    letters,
    measures,
    meetings,
    orders,
    people,
    prevention,
    safety,
    scrutiny,
    series,
    victims,
)
from craffu.api.describing import ABOUT, described_whole
from craffu.api.matching import stamped
from craffu.common.problems import PROBLEM, told
from craffu.common.refusals import Conflict

PREFIX = "/api/v1/"
# What operations call the body that is sent.
_BODY = "given"
_READING = {HTTPMethod.GET, HTTPMethod.HEAD}


class ByToken(HttpBearer):
    """An API token. What stands around every request has opened it already (ADR 91)."""

    def authenticate(self, request: HttpRequest, _token: str) -> Acting | None:
        return request.acting if request.opened else None  # type: ignore[attr-defined]


api = NinjaAPI(
    title="Craffu",
    version="1",
    description=ABOUT,
    docs_url=None,
    openapi_url=None,
    auth=[ByToken(), django_auth],
)
for _area in (
    people, cases, orders, breaches, victims, safety, advocates, letters, prevention, meetings, scrutiny, initiatives,
    champions, due, measures, series,
):  # fmt: skip
    api.add_router("", _area.router)


@api.exception_handler(Http404)
def not_found(_request: HttpRequest, _fault: Exception) -> HttpResponse:
    """The same for what does not exist, what another force holds and what is covert."""
    return told("not_found", "There is no such record for you.", HTTPStatus.NOT_FOUND)


@api.exception_handler(ValidationError)
def not_understood(_request: HttpRequest, fault: Exception) -> HttpResponse:
    """What was asked makes no sense to us. What was sent is not said back."""
    assert isinstance(fault, ValidationError)  # noqa: S101 - that is what it is registered for
    found = sorted({(str(one["loc"][-1]), _why(one)) for one in fault.errors})
    if any(name == _BODY for name, _what in found):
        return told("not_understood", "Send a JSON object.", HTTPStatus.UNPROCESSABLE_ENTITY)
    wrong = "; ".join(f"{name} ({what})" if what else name for name, what in found)
    return told("not_understood", f"Put right: {wrong}.", HTTPStatus.UNPROCESSABLE_ENTITY)


def _why(fault: dict[str, Any]) -> str:
    """What a value has to be. The words of a check of our own might hold what was sent, and are left out."""
    words = str(fault["msg"])
    return "" if fault["type"] in {"value_error", "assertion_error"} else words[:1].lower() + words[1:]


@api.exception_handler(HttpError)
def not_read(_request: HttpRequest, fault: Exception) -> HttpResponse:
    """A body that is no JSON."""
    assert isinstance(fault, HttpError)  # noqa: S101 - that is what it is registered for
    status = HTTPStatus(fault.status_code)
    return told("not_understood", "Send a JSON object.", status)


@api.exception_handler(AuthenticationError)
def not_known(_request: HttpRequest, _fault: Exception) -> HttpResponse:
    return told("sign_in", "Send a token (Authorization: Bearer craffu_...), or sign in.", HTTPStatus.UNAUTHORIZED)


@api.exception_handler(Conflict)
def changed_meanwhile(_request: HttpRequest, fault: Exception) -> HttpResponse:
    """Somebody was faster between the question whether it is as it was read and the change itself."""
    assert isinstance(fault, Conflict)  # noqa: S101 - that is what it is registered for
    return told(fault.code, fault.message, HTTPStatus.PRECONDITION_FAILED)


def answer(name: str, request: HttpRequest, **parts: Any) -> HttpResponse:
    """One address. Whoever asks for the head of a reading has read it: it is answered and logged as one (RFC 9110, 9.3.2)."""
    if name == "openapi":
        return JsonResponse(description()) if request.method in _READING else _not_so(["GET"])
    asked = request.method
    request.method = HTTPMethod.GET.value if asked == HTTPMethod.HEAD else asked
    found: HttpResponse = stamped(request, _operations()[name](request, **parts))
    request.method = asked
    if found.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return _not_so(found.headers["Allow"].split(", "))
    return found


def _not_so(ways: Collection[str]) -> HttpResponse:
    answer = told("method_not_allowed", f"Ask by {' or '.join(sorted(ways))}.", HTTPStatus.METHOD_NOT_ALLOWED)
    answer.headers["Allow"] = ", ".join(sorted(ways))
    return answer


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
    return described_whole(described)
