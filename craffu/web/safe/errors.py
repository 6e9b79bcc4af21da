"""What the safe page's host says of any other address, and when something went wrong: nothing that tells whose it is."""

from django.http import HttpRequest, HttpResponse

_PLAIN = "text/plain; charset=utf-8"


def nothing_here(_request: HttpRequest, status: int = 404, **_why: object) -> HttpResponse:
    """As any server answers for an address that never was."""
    answer = HttpResponse("Not found / Heb ei ganfod\n", status=status, content_type=_PLAIN)
    answer["Cache-Control"] = "no-store"
    # A link stands in the address: the server's own log does not have it.
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer


def went_wrong(_request: HttpRequest) -> HttpResponse:
    answer = HttpResponse("Try again later / Rhowch gynnig arall arni\n", status=500, content_type=_PLAIN)
    answer["Cache-Control"] = "no-store"
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer
