"""Signing in at the provider of a test, as a browser does, and what came of it."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client

from craffu.audit.models import Event
from tests.provider.process import Provider

BACK = "http://testserver/sign-in/provider/back"


def set_out(client: Client, page: str = "/sign-in/provider") -> str:
    """Where the provider is: the address that Craffu sends people to."""
    answer = client.get(page)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def come_back(client: Client, address: str) -> Any:
    return client.get(address.removeprefix("http://testserver"))


def sign_in(client: Client, provider: Provider, login: str = "sam", page: str = "/sign-in/provider", **how: str) -> Any:
    return come_back(client, provider.sign_in(set_out(client, page), login, **how))


def refused(answer: Any) -> str:
    """Why, by the address that leads to the page."""
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer.headers["Location"]).query).get("why", [""])[0]


def rows(*kinds: str) -> list[tuple[str, str, str]]:
    return [
        (row.kind, row.actor, re.findall(r'"reason":"([^"]*)"', row.payload)[0] if '"reason"' in row.payload else "")
        for row in Event.objects.order_by("id")
        if row.kind in kinds
    ]
