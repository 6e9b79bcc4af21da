"""Whether something is as it was read: ETag and If-None-Match of each answer, If-Match of each change (T30; RFC 9110)."""

import hashlib
import json
from collections.abc import Callable, Sequence
from http import HTTPMethod, HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from ninja import Schema
from ninja.responses import NinjaJSONEncoder

from craffu.common.edits import change_unchanged
from craffu.common.refusals import Refusal


class NotSaid(Refusal):
    """A change that does not say what it was decided upon."""

    status = HTTPStatus.PRECONDITION_REQUIRED


class Stale(Refusal):
    """The record is not as it was read; nothing was changed."""

    status = HTTPStatus.PRECONDITION_FAILED


def decided_on(what: str, *, is_asked_for: bool = True) -> dict[str, Any]:
    """How the description says that a write names what it was decided upon. Only what makes something new asks for nothing."""
    header = {
        "in": "header",
        "name": "If-Match",
        "required": is_asked_for,
        "schema": {"type": "string"},
        "description": what,
    }
    return {"parameters": [header]}


def is_decided_on_something(request: HttpRequest) -> bool:
    """Whether a write that need not say it says all the same what it was decided upon, and is held to it (RFC 9110, 13.1.1)."""
    return bool(request.headers.get("If-Match"))


def tag_of(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def stamped(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """A reading with its tag, or only that nothing changed since one that the program has: it is logged as read all the same."""
    if request.method != HTTPMethod.GET or answer.status_code != HTTPStatus.OK:
        return answer
    tag = tag_of(answer.content)
    if tag in _tags(request.headers.get("If-None-Match", "")):
        answer = HttpResponseNotModified()
    answer.headers["ETag"] = tag
    return answer


def check_is_as_read(request: HttpRequest, now: Schema) -> None:
    """Raises NotSaid without If-Match, and Stale where the record, as it would be read now, has another tag."""
    if tag_of(written(now)) not in _tags(_said(request)):
        raise Stale(
            "changed_meanwhile", "The record has changed since you read it. Read it again: nothing was changed."
        )


def change_as_read[R](
    request: HttpRequest, *, lock: Sequence[str], now: Callable[[], Schema], change: Callable[[], R]
) -> R:
    """Carry out an action that is told no version of its own: the record is read under its lock, and must be as it was read.

    Raises as `check_is_as_read` does; Conflict in place of Stale.
    """
    said = _said(request)

    def standing() -> str:
        tag = tag_of(written(now()))
        return said if tag in _tags(said) else tag

    return change_unchanged(lock=lock, seen=said, standing=standing, change=change)


def _said(request: HttpRequest) -> str:
    said = request.headers.get("If-Match", "")
    if not said:
        raise NotSaid("if_match_missing", "Send If-Match with the ETag of the record as you read it.")
    return said


def written(answer: Schema) -> bytes:
    """An answer as it leaves here."""
    return json.dumps(answer.model_dump(), cls=NinjaJSONEncoder).encode()


def _tags(header: str) -> set[str]:
    """Of a weak one it is not said that the answer is the same to the letter; `*` names no reading at all."""
    return {one.strip() for one in header.split(",") if one.strip()}
