"""Where a request comes from, for the lock-out alone: its address, and the random mark of a device that signed in before.

The mark is signed, names nobody and opens nothing: it only keeps its owner from waiting for somebody else's failures.
"""

import secrets
from dataclasses import replace

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

from craffu.access.signing_in.places import CameFrom

COOKIE = f"{settings.CRAFFU_COOKIE_PREFIX}craffu_device"
_SALT = "craffu.device"


def came_from(request: HttpRequest) -> CameFrom:
    try:
        device = request.get_signed_cookie(COOKIE, salt=_SALT, max_age=settings.CRAFFU_DEVICE_KNOWN_FOR)
    except (KeyError, BadSignature):
        device = ""
    return CameFrom(_address(request), device or "")


def _address(request: HttpRequest) -> str:
    """Whatever stands before the last address of the proxy's header was sent by the caller and is not believed."""
    if settings.CRAFFU_BEHIND_PROXY:
        return str(request.headers.get("X-Forwarded-For", "")).rpartition(",")[2]
    return str(request.META.get("REMOTE_ADDR", ""))


def with_device(place: CameFrom) -> CameFrom:
    """The same, with a mark of its own if the device had none."""
    return place if place.device else replace(place, device=secrets.token_hex(16))


def mark_device(response: HttpResponse, place: CameFrom) -> None:
    response.set_signed_cookie(
        COOKIE,
        place.device,
        salt=_SALT,
        max_age=settings.CRAFFU_DEVICE_KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
