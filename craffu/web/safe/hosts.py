"""One host name for staff and one for the safe page: neither serves what is the other's (CRAFFU_SAFE_HOST)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

SAFE_URLS = "craffu.config.safe_urls"


class SafeHostMiddleware:
    """A request to the safe page's host finds that page alone. Without such a host nothing is changed."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.CRAFFU_SAFE_HOST and request.get_host().partition(":")[0] == settings.CRAFFU_SAFE_HOST:
            request.urlconf = SAFE_URLS
        return self.respond(request)
