"""What a program is told where a person is shown a page that something went wrong (RFC 9457)."""

from http import HTTPStatus
from typing import Final

from django.http import JsonResponse

PROBLEM: Final = "application/problem+json"


def told(code: str, detail: str, status: HTTPStatus) -> JsonResponse:
    """The code stays, the words are for whoever reads them."""
    said = {
        "type": f"urn:craffu:problem:{code}", "title": status.phrase, "status": status.value, "code": code, "detail": detail,
    }  # fmt: skip
    headers = {"WWW-Authenticate": "Bearer"} if status is HTTPStatus.UNAUTHORIZED else {}
    return JsonResponse(said, status=status, content_type=PROBLEM, headers=headers)
