"""Entries made where there is no signal: kept on the device under keys that only the server holds, and sent later (ADR 47)."""

import base64
import hashlib
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from craffu.access.models import User
from craffu.common.keyring import ring
from craffu.web.access.proving import reader
from craffu.web.programs import sends_held

_HELD_FOR: Final = "X-Craffu-Held-For"
# A year has eight digits of seconds: more is no device's count.
_DIGITS: Final = 8


def keys_of(user: User) -> list[str]:
    """The keys of what somebody's devices hold, in base64: the first writes, the others open what was kept before it.

    They are worked out from the key ring and stored nowhere. Another account's keys open nothing.
    """
    tokens = ring().tokens_of_all_keys("entries held on a device", f"{user.force_id} {user.username}")
    return [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in tokens]


@require_safe
def held_keys(request: HttpRequest) -> HttpResponse:
    """For the script that sends what is held, once somebody is signed in where there is signal."""
    return JsonResponse({"keys": keys_of(reader(request))})


def held_for(request: HttpRequest) -> str:
    """The reader's keys, for the form whose entries are held."""
    return " ".join(keys_of(reader(request)))


def said_to_script(request: HttpRequest, to: str) -> HttpResponse | None:
    """What the script is told of an entry that is recorded; None where a browser sent it, which is led on to a page."""
    return JsonResponse({"to": to}, status=HTTPStatus.CREATED) if sends_held(request) else None


def said_at(request: HttpRequest, now: datetime) -> datetime:
    """When what is sent was said: now, less the seconds for which it lay on a device, as that counted them."""
    seconds = request.headers.get(_HELD_FOR, "")
    is_counted = sends_held(request) and seconds.isascii() and seconds.isdigit() and len(seconds) <= _DIGITS
    return now - timedelta(seconds=int(seconds)) if is_counted else now


def refused_to_script(request: HttpRequest) -> HttpResponse | None:
    """What the script is told of an entry that cannot be recorded as it is; None where a browser sent it."""
    return JsonResponse({}, status=HTTPStatus.UNPROCESSABLE_ENTITY) if sends_held(request) else None
