"""What is asked by a program and not by a browser: whatever went wrong, the answer is JSON and never a page or a way to one."""

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, JsonResponse

from craffu.common.refusals import problem

PREFIX: Final = "/api/"


def asks_as_program(request: HttpRequest) -> bool:
    return request.path_info.startswith(PREFIX)


def told(code: str, detail: str, status: HTTPStatus) -> JsonResponse:
    return JsonResponse(problem(code, detail), status=status)
