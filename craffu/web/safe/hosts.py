"""One host name for staff and one for the safe page: neither serves what is the other's (CRAFFU_SAFE_HOST)."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from craffu.web.safe.errors import nothing_here
from craffu.web.safe.guarding import kept_nowhere

SAFE_URLS = "craffu.config.safe_urls"
_ITS_PATHS = ("/t", "/cy/t")


class SafeHostMiddleware:
    """A request to the safe page's host finds that page alone, and no file of ours. Without such a host nothing is changed.

    Whoever asks by a name that is neither's is told nothing either.
    """

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.CRAFFU_SAFE_HOST:
            return self.respond(request)
        try:
            host = split_domain_port(request.get_host())[0].rstrip(".")
        except DisallowedHost:
            return nothing_here(request, status=400)
        if host != settings.CRAFFU_SAFE_HOST.lower():
            return self.respond(request)
        request.urlconf = SAFE_URLS
        if not any(request.path_info == path or request.path_info.startswith(f"{path}/") for path in _ITS_PATHS):
            return nothing_here(request)
        return kept_nowhere(self.respond(request))
