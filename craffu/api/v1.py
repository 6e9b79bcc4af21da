"""The API's first version: its routers, and how a question comes to the operation that answers it.

A question comes by somebody's session and is judged, narrowed and logged as the page about the same is. Refusals leave here as
they are: what stands around every request logs them and writes them down.
"""

import json
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.security import django_auth

from craffu.api import breaches, orders
from craffu.common.refusals import problem

PREFIX = "/api/v1/"

api = NinjaAPI(
    title="Craffu",
    version="1",
    description=(
        "Orders and their conditions, word for word; breach histories. Who may read what is as on the pages, and"
        " each answer is logged."
    ),
    docs_url=None,
    openapi_url=None,
    auth=django_auth,
)
api.add_router("", orders.router)
api.add_router("", breaches.router)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, _fault: Exception) -> HttpResponse:
    """The same for what does not exist, what another force holds and what is covert."""
    return api.create_response(request, problem("not_found", "There is no such record for you."), status=404)


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, fault: Exception) -> HttpResponse:
    """What was asked makes no sense to us. What was sent is not said back."""
    assert isinstance(fault, ValidationError)  # noqa: S101 - that is what it is registered for
    names = sorted({str(one["loc"][-1]) for one in fault.errors})
    return api.create_response(request, problem("not_understood", f"Put right: {', '.join(names)}."), status=422)


def answer(name: str, request: HttpRequest, **parts: Any) -> HttpResponse:
    if name == "openapi":
        return JsonResponse(description()) if request.method == "GET" else HttpResponse(status=405)
    found: HttpResponse = _operations()[name](request, **parts)
    return found


@cache
def _operations() -> dict[str, Any]:
    return {str(one.name): one.callback for one in api.urls[0] if isinstance(one, URLPattern)}


@cache
def description() -> dict[str, Any]:
    """The API as OpenAPI describes it."""
    described: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX)))
    return described
