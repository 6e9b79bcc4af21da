"""The purpose an auditor chose and the questions asked, kept in the session under addresses that say nothing (P40).

What somebody typed to search never stands in an address: it is posted, and the answer lies at a random one that only
the same person can open while signed in.
"""

import secrets
from datetime import date
from typing import Any

from django.http import HttpRequest

from craffu.audit.questions import Question
from craffu.audit.rules import Purpose, Verb

KEY = "audit"
MOST_KEPT = 20
SAW = (Verb.CONSULTATION, Verb.DISCLOSURE)


def _kept(request: HttpRequest) -> dict[str, Any]:
    kept: dict[str, Any] = request.session.get(KEY) or {"purpose": "", "questions": {}}
    return kept


def choose_purpose(request: HttpRequest, purpose: str) -> None:
    request.session[KEY] = {**_kept(request), "purpose": purpose}


def chosen_purpose(request: HttpRequest) -> Purpose | None:
    """What the log is needed for, as chosen since signing in."""
    purpose = _kept(request)["purpose"]
    return Purpose(purpose) if purpose else None


def keep_question(request: HttpRequest, purpose: Purpose, ask: str, given: dict[str, Any]) -> str:
    """Keep a question that was found good, and return the last part of its address."""
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items() if value}
    kept = _kept(request)
    token = secrets.token_hex(16)
    questions = {**kept["questions"], token: {**said, "ask": ask, "purpose": purpose.value}}
    newest = dict(list(questions.items())[-MOST_KEPT:])
    request.session[KEY] = {**kept, "questions": newest}
    return token


def kept_question(request: HttpRequest, token: str) -> tuple[str, Question] | None:
    """Which sort of question lies at an address, and the question; None once it is forgotten."""
    said = _kept(request)["questions"].get(token)
    if said is None:
        return None
    verb = said.get("verb")
    asked = Question(
        purpose=Purpose(said["purpose"]),
        ref=said.get("record", ""),
        actor=said.get("person", ""),
        verbs=(Verb(verb),) if verb else () if said["ask"] == "search" else SAW,
        first=_day(said.get("first")),
        last=_day(said.get("last")),
        recipient=said.get("recipient", ""),
    )
    return said["ask"], asked


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
