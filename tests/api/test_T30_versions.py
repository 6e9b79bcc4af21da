"""T30: every write of the API that changes or gives out what is there is refused without the version that was read, and with one
that is no more; nothing is changed then.

The writes are those of the description itself: one that comes later has no line here, and fails.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.tokens.actions import approve_token, ask_for_token
from craffu.access.tokens.rules import Scope
from craffu.api.v1 import description
from craffu.common import clock
from craffu.orders.models import LetterWritten, Order
from craffu.victims.models import SafetyMeasure, VictimLetter
from craffu.victims.voice.noticing import carry
from tests.api.there import further
from tests.factories.orders import scanned
from tests.factories.plans import acted, begun
from tests.factories.recommended import recommended
from tests.web.orders.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("ORD-07"), pytest.mark.postgres_in_deep]


@dataclass(frozen=True)
class Write:
    """What is sent, where the version of it is read, and why it asks for none where it does not."""

    body: dict[str, Any] | Callable[[], dict[str, Any]]
    read_at: str
    makes_new: str = ""
    # Of what is numbered, which.
    number: Callable[[], int] = lambda: 1


SERVED = {
    "served_at": (NOW - timedelta(hours=1)).isoformat(),
    "place": "home",
    "method": "personal",
    "server": "PC 44 Rees",
}


def shown_before() -> str:
    """What came with the notice that she was shown a minute ago."""
    with time_machine.travel(NOW - timedelta(minutes=1), tick=False):
        return carry(acting_user(User.objects.get(username="owner")), "P-10002", "en")


WRITES = {
    "order_move": Write({"move": "serve", "proof": "Statement of service", **SERVED}, "/api/v1/orders/O-10001"),
    "order_profile": Write(
        {
            "profile": "niem", "purpose": "safeguarding", "words": "Asked for by their room", "recipient": "Duty inspector",
            "organisation": "Gwent Police",
        },
        "/api/v1/orders/O-10001",
    ),
    "breach_report": Write(
        {"key": "cad-2026-11-24-0042", "order": "O-10001", "first_at": NOW.isoformat(), "channel": "call"},
        "/api/v1/people/P-10001/breaches",
        makes_new="a report is added, whatever else was reported, and the same one is kept once",
    ),
    "plan_action_add": Write(
        {"words": "Visit him at home", "owner": "owner", "due_on": "2026-12-01", "behaviour": "Drives past her home"},
        "/api/v1/people/P-10001/plan",
    ),
    "plan_action_close": Write({"is_done": True, "words": "He was seen"}, "/api/v1/people/P-10001/plan"),
    "recommendation_entry": Write(
        {
            "status": "accepted", "said_on": "2026-11-24", "owner": "Head of Crime", "due_on": "2027-03-31",
            "public_en": "Accepted.", "public_cy": "Derbyniwyd.",
        },
        "/api/v1/recommendations/RC-10001",
    ),
    "meeting_action_close": Write({"is_done": True, "words": "He was seen"}, "/api/v1/meetings/MT-10001"),
    "order_letter_step": Write(
        {"became": "posted"}, "/api/v1/orders/O-10001/letters",
        number=lambda: LetterWritten.objects.for_system("a test").get().printed_id,
    ),
    "victim_letter_step": Write(
        {"became": "posted"}, "/api/v1/victims/P-10002/letters",
        number=lambda: VictimLetter.objects.for_system("a test").get().pk,
    ),
    "victim_measure": Write(
        {"kind": "patrols", "done_on": "2026-11-23", "words": "Each evening"}, "/api/v1/victims/P-10002/safety"
    ),
    "victim_measure_told": Write(
        {"told_on": "2026-11-24", "channel": "telephone", "felt": "safer"}, "/api/v1/victims/P-10002/safety",
        number=lambda: SafetyMeasure.objects.for_system("a test").get().pk,
    ),
    "victim_help": Write(
        {"help": "housing", "step": "offered", "on": "2026-11-24"}, "/api/v1/victims/P-10002/safety"
    ),
    "victim_contact": Write(
        {"channel": "telephone", "at": (NOW - timedelta(minutes=5)).isoformat(), "how": "tried"},
        "/api/v1/victims/P-10002",
    ),
    "victim_view": Write(
        lambda: {
            "subject": "review", "words": "I am afraid", "route": "telephone",
            "shown": shown_before(),
        },
        "/api/v1/victims/P-10002/views",
        makes_new="what she says is added to what she said before",
    ),
}  # fmt: skip
OPERATIONS = {
    one["operationId"]: (path, one)
    for path, ways in description()["paths"].items()
    for way, one in ways.items()
    if way not in {"get", "head"}
}


@pytest.fixture
def program(made: Order, make_user: Callable[..., User], system: Acting, tmp_path: Path) -> Client:
    """Somebody's token that may do all that the API offers."""
    user = make_user(
        "orders_team", "supervisor", "coordinator", "response_officer", "scrutiny_officer", username="owner"
    )
    owner = acting_user(user, factor_at=clock.now())
    recommended(owner)
    further(made, system, make_user, tmp_path)
    # More is known of where she is since its pack was searched.
    scanned(owner, made)
    begun(owner, "P-10001")
    acted(owner, "P-10001", user, NOW.date())
    row, secret = ask_for_token(by=owner, purpose="Asks all it may", scopes=list(Scope), days=1)
    by = acting_user(make_user("administrator", username="admin"), factor_at=clock.now())
    approve_token(by=by, reference=row.reference, reason="To try everything")
    return Client(headers={"Authorization": f"Bearer {secret}"})


def everything() -> dict[str, str]:
    """A sum over the rows of each table, the log among them."""
    quote, sums = connection.ops.quote_name, {}
    with connection.cursor() as cursor:
        for table in sorted({one._meta.db_table for one in apps.get_models()}):
            cursor.execute(f"SELECT * FROM {quote(table)}")  # noqa: S608
            sums[table] = hashlib.sha256(repr(sorted(map(repr, cursor.fetchall()))).encode()).hexdigest()
    return sums


def send(program: Client, name: str, **headers: str) -> Any:
    write = WRITES[name]
    path = OPERATIONS[name][0].format(
        order="O-10001", person="P-10001", victim="P-10002", recommendation="RC-10001", meeting="MT-10001", item=1,
        number=write.number(),
    )  # fmt: skip
    body = write.body
    said = json.dumps(body() if callable(body) else body)
    return program.post(path, said, content_type="application/json", headers=headers)


def test_every_write_of_the_description_is_among_these_and_asks_unless_it_makes_something_new() -> None:
    assert set(OPERATIONS) == set(WRITES), "say here what a write is sent, and where its version is read"
    for name, (_path, one) in OPERATIONS.items():
        asked = [each["required"] for each in one.get("parameters", []) if each["name"] == "If-Match"]
        assert asked == [not WRITES[name].makes_new], name
        assert ("428" in one["responses"], "412" in one["responses"]) == (not WRITES[name].makes_new, True), name


@pytest.mark.parametrize("name", sorted(WRITES))
def test_T30_it_is_refused_on_a_stale_version_and_nothing_is_changed(made: Order, program: Client, name: str) -> None:
    def refused(before: dict[str, str], status: int, **headers: str) -> dict[str, str]:
        told = send(program, name, **headers)
        assert told.status_code == status, (headers, told.content)
        after = everything()
        assert after == before, headers
        return after

    tag = program.get(WRITES[name].read_at).headers["ETag"]
    stands = everything()
    if not WRITES[name].makes_new:
        stands = refused(stands, 428)
    for version in ('"another"', "*", f"W/{tag}"):
        stands = refused(stands, 412, **{"If-Match": version})
    assert send(program, name, **{"If-Match": tag}).status_code == 200
    if name == "order_profile":
        assert send(program, "order_move", **{"If-Match": tag}).status_code == 200, (
            "another write, after which it is no more"
        )
    refused(everything(), 412, **{"If-Match": tag})
