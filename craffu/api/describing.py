"""What the description says beside what the operations say of themselves: what is answered everywhere, the steps of an order and
what each asks for, and what a receiver of webhooks is sent (ADR 91, 94).

All of it is made from what decides, so that a step, an event or a wait that changes is told otherwise here.
"""

from collections.abc import Mapping
from typing import Any, Final

from craffu.access.webhooks.rules import MOST_TRIES, READ_BY, Event
from craffu.api.scopes import NEEDS
from craffu.common.problems import PROBLEM
from craffu.orders.life.states import EVERY_MOVE, REASON_TEXT_IF_NEEDED

ABOUT: Final = (
    "Orders and their conditions word for word, steps of orders, people, cases, breach histories, reports of possible"
    " breaches, victims, their safety, advocates and letters, priorities and plans, cohort meetings, recommendations, published"
    " reviews, initiatives, Stalking Champions, due work, measures and published figures. Who may read or do what is as on the"
    " pages, and each answer is logged. Of a victim it is told how she is safely reached and never where; what was written"
    " freely of anybody stays on the pages, but for her views."
    "\n\nBy a token: whoever has an account asks for one at /account/tokens, with its scopes and days (90 at most), and an"
    " administrator approves it. It is sent as `Authorization: Bearer craffu_...`. One that is wrong, not approved or over is"
    " answered 401; one that lacks the scope, or whose owner lacks the right, 403. The scope that each operation asks for stands"
    " in its `security`, beside `ByToken`."
    "\n\nLists come in pages of fifty: ask for `page` 1 to `pages`. A page beyond the last is empty."
    "\n\nEach reading has an ETag. Sent as If-None-Match, what has not changed is answered 304. What changes or gives out"
    " something that is there asks for If-Match with the ETag that was read: 428 without it, 412 where it is no more, and"
    " nothing is changed then. An order that is given to another system is a disclosure."
    "\n\nWhat goes wrong is application/problem+json (RFC 9457); its `code` stays, its words do not. Whoever asks very often"
    " within a minute is told to wait (429, Retry-After), and whoever asks without TLS is refused."
)
_ALWAYS: Final[Mapping[str, str]] = {
    "429": "Asked too often within a minute: wait as long as Retry-After says",
    "503": "Busy, nothing was changed: ask again after Retry-After",
    "507": "The disk is full, nothing was changed",
}
# What a need is given by, where it is not called so in the request.
_GIVEN_BY: Final[Mapping[str, str]] = {
    "period": "last_day or is_indefinite",
    "new_terms": "terms",
    "proposed_terms": "terms",
    REASON_TEXT_IF_NEEDED: "reason_text where a written reason is asked for",
    "complete_pack": "a complete pack, which is put together on the page",
}
# Steps of an order that is there, by somebody. Whatever begins one is no step of it, and the clock's own is nobody's.
STEPS: Final = {
    name: row for name, row in EVERY_MOVE.items() if any(row.starts) and row.who != {"system"}
}  # fmt: skip


def step_described() -> dict[str, Any]:
    """The schema of `move`: every step that can be taken, and what each asks for."""
    lines = (
        f"{name}: {', '.join(_GIVEN_BY.get(one, one.replace('|', ' or ')) for one in row.needs)}"
        for name, row in sorted(STEPS.items())
    )
    return {"enum": sorted(STEPS), "description": "What each asks for. " + "; ".join(lines) + "."}


def described_whole(made: dict[str, Any]) -> dict[str, Any]:
    """The description that is made of the operations, with the rest of what whoever asks is to know."""
    for ways in made["paths"].values():
        for way, operation in ways.items():
            told = operation["responses"]
            operation["security"] = [
                {name: [NEEDS[operation["operationId"]].value] if name == "ByToken" else [] for name in one}
                for one in operation["security"]
            ]
            told |= {status: _problem(words) for status, words in _ALWAYS.items()}
            if way == "get":
                told["200"]["headers"] = {"ETag": {"schema": {"type": "string"}, "description": "What was read"}}
                told["304"] = {"description": "Not changed since the ETag that If-None-Match names"}
            else:
                told["400"] = _problem("What was sent is no JSON")
    made["components"]["securitySchemes"]["SessionAuth"]["description"] = (
        "For pages in a browser, whose cookie has another prefix in production. Programs ask by a token."
    )
    made["webhooks"] = {event.value: {"post": _told_of(event)} for event in Event}
    return made


def _problem(words: str) -> dict[str, Any]:
    return {"description": words, "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def _told_of(event: Event) -> dict[str, Any]:
    """What a receiver is sent. Two people set it up at /accounts/webhooks, where its secret is shown once."""
    names = {
        "Craffu-Delivery": "The number of this telling. A repeat has the same.",
        "Craffu-Signature": (
            "`t=SECONDS,v1=HEX`: HMAC-SHA-256 of the seconds, a full stop and the body as it came, under the webhook's secret."
            " Compare in constant time, and refuse seconds of long ago."
        ),
    }
    said = {
        "id": "The number of this telling",
        "event": "What happened",
        "reference": f"The record that changed: read it by the token, which needs {READ_BY[event].value}",
        "at": "When it was heard of (UTC)",
    }
    fields: dict[str, Any] = {name: {"type": "string", "description": words} for name, words in said.items()}
    fields["event"]["const"] = event.value
    fields["at"]["format"] = "date-time"
    body = {"type": "object", "properties": fields, "required": [*said], "additionalProperties": False}
    return {
        "summary": f"{event.value}: that a record changed, and nothing of it",
        "description": (
            f"Tried {MOST_TRIES} times in two days until it is answered 2xx within ten seconds. No redirect is followed."
        ),
        "parameters": [
            {"in": "header", "name": name, "required": True, "schema": {"type": "string"}, "description": words}
            for name, words in names.items()
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {"2XX": {"description": "It arrived"}},
        "security": [],
    }
