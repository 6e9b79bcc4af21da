"""An auditor who has said what the log is needed for, and a way to ask it something."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from craffu.audit.actions import record
from craffu.audit.actors import Actor
from craffu.audit.models import Event
from craffu.cases.events import CASE_VIEWED
from craffu.people.events import PERSON_VIEWED
from tests.roles import as_owner

type Ask = Callable[..., Any]


@pytest.fixture
def auditor(signed_in_client: Callable[..., Client]) -> Client:
    client = signed_in_client("auditor", username="auditor.one")
    assert client.post("/audit", {"purpose": "lawfulness"}).status_code == 302
    return client


@pytest.fixture
def ask(auditor: Client) -> Ask:
    """`ask("who", record="P-10001")` puts a question and opens the answer."""

    def asked(form: str, *, client: Client = auditor, cy: str = "", **given: str) -> Any:
        posted = {"ask": form, **{f"{form}-{name}": value for name, value in given.items()}}
        return client.post(f"{cy}/audit/questions", posted, follow=True)

    return asked


def saw(actor: str, *refs: str, at: datetime | None = None, role: str = "investigator", **details: Any) -> Event:
    """Somebody looked at records."""
    kind = details.pop("kind", CASE_VIEWED if refs and refs[0].startswith("case/") else PERSON_VIEWED)
    force = details.pop("force", "demo")
    # What another force's people did is in its own log.
    with nullcontext() if force == "demo" else as_owner(), transaction.atomic():
        return record(kind=kind, actor=Actor(actor, role, force), refs=refs, now=at, **details)
