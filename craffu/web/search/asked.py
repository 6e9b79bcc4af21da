"""What somebody typed to search, kept encrypted in their session for a quarter of an hour under an address that says nothing.

What is typed never stands in an address: it is posted, and the answer lies at a random one that only the same person can open
while signed in (page map, URLs).
"""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest

from craffu.common import clock, keyring

KEY: Final = "search"
MOST_KEPT: Final = 10
KEPT_FOR: Final = timedelta(minutes=15)
_CONTEXT: Final = "web.search"


def keep_words(request: HttpRequest, words: str) -> str:
    """Keep what was typed, and return the last part of its address."""
    token = secrets.token_hex(16)
    sealed = keyring.ring().encrypt(words, _CONTEXT)
    kept = {**_kept(request), token: [clock.now().isoformat(), sealed]}
    request.session[KEY] = dict(list(kept.items())[-MOST_KEPT:])
    return token


def kept_words(request: HttpRequest, token: str) -> str | None:
    """What was typed, by its address; None once it is forgotten."""
    said = _kept(request).get(token)
    return None if said is None else keyring.ring().decrypt(said[1], _CONTEXT)


def _kept(request: HttpRequest) -> dict[str, list[str]]:
    since = clock.now() - KEPT_FOR
    kept: dict[str, list[str]] = request.session.get(KEY) or {}
    return {token: said for token, said in kept.items() if datetime.fromisoformat(said[0]) > since}
