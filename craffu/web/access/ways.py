"""The way back to the page somebody was on, never to another site."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

# Ways of asking that may be repeated by going to the address again.
SEEN = ("GET", "HEAD")

# Where a session keeps the version of the terms that its user accepted, so that not every request asks the database.
ACCEPTED = "terms"


def is_ours(address: str) -> bool:
    """Whether an address is a path of this site."""
    return url_has_allowed_host_and_scheme(address, allowed_hosts=None, require_https=settings.SECURE_SSL_REDIRECT)


def way_back(request: HttpRequest) -> str:
    """The page that was asked for; for a form that was sent, the page it stood on, if that was one of ours."""
    if request.method in SEEN:
        return request.get_full_path()
    came = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came, allowed_hosts={request.get_host()}):
        return ""
    parts = urlsplit(came)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
