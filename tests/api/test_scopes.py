"""A token opens what its scopes name and nothing beside, whatever its owner may read (SEC-01; ADR 91, 115)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.tokens.actions import approve_token, ask_for_token
from craffu.access.tokens.rules import Scope
from craffu.api.scopes import NEEDS
from craffu.api.v1 import description
from craffu.common import clock
from craffu.orders.models import Order
from tests.api.addresses import READ
from tests.api.test_T30_versions import WRITES as T30
from tests.api.there import further

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-01")]
HER = "/api/v1/victims/P-10002"
# Every operation by its name: where it lies, and what the description says of it.
EVERYTHING = {
    str(one["operationId"]): (path, one) for path, ways in description()["paths"].items() for one in ways.values()
}
# What addresses are filled in with; a scope is asked for before any of it is looked for.
ABOUT: dict[str, str | int] = {
    "person": "P-10001", "case": "C-10001", "order": "O-10001", "breach": "B-10001", "victim": "P-10002", "number": 1,
    "item": 1, "meeting": "MT-10001", "recommendation": "RC-10001", "report": "DD-10001", "initiative": "IN-10001",
    "code": "MET11", "series": "recorded-crime",
}  # fmt: skip
# What each of these scopes opens, and no other of them does.
OPENS: dict[Scope, set[str]] = {
    Scope.READ_SAFETY: {"api_victim_safety"},
    Scope.READ_ADVOCATES: {"api_victim_advocates"},
    Scope.READ_PROMISES: {"api_promise_list", "api_update_list"},
    Scope.READ_LETTERS: {"api_letter_list", "api_order_letter_list", "api_victim_letter_list"},
    Scope.READ_MEETINGS: {"api_meeting_list", "api_meeting_detail"},
    Scope.READ_INITIATIVES: {"api_initiative_list", "api_initiative_detail"},
    Scope.READ_CHAMPIONS: {"api_champion_list"},
    Scope.READ_PUBLISHED: {"api_series_list", "api_series_detail"},
}
# By which scope each write is allowed, which then asks for what was read.
WRITES: dict[str, tuple[Scope, dict[str, Any]]] = {
    f"{HER}/safety/measures": (Scope.KEEP_SAFE, {"kind": "patrols", "done_on": "2026-11-23"}),
    f"{HER}/safety/measures/1/tellings": (Scope.KEEP_SAFE, {"told_on": "2026-11-24", "channel": "visit"}),
    f"{HER}/safety/help": (Scope.KEEP_SAFE, {"help": "housing", "step": "offered", "on": "2026-11-24"}),
    f"{HER}/letters/1/steps": (Scope.CARRY_LETTERS, {"became": "posted"}),
    "/api/v1/orders/O-10001/letters/1/steps": (Scope.CARRY_LETTERS, {"became": "posted"}),
    "/api/v1/meetings/MT-10001/items/1/actions/1/closings": (
        Scope.ACT_FOR_MEETINGS, {"is_done": True, "words": "He was seen at the office"},
    ),
}  # fmt: skip


def test_the_description_names_a_scope_for_every_operation_and_every_scope_opens_one() -> None:
    told = {
        one["operationId"]: {scope for way in one["security"] for scope in way.get("ByToken", ())}
        for ways in description()["paths"].values()
        for one in ways.values()
    }
    assert told == {name: {scope.value} for name, scope in NEEDS.items()}
    assert set(NEEDS.values()) == set(Scope)


def test_each_operation_asks_for_the_scope_that_the_description_names(
    made: Order, make_user: Callable[..., User]
) -> None:
    """A token with every other scope is told which one it lacks, before anything else of it is looked at."""
    owner = acting_user(make_user("supervisor", username="owner"), factor_at=clock.now())
    admin = acting_user(make_user("administrator", username="admin"), factor_at=clock.now())
    clients: dict[Scope, Client] = {}
    for scope in Scope:
        row, secret = ask_for_token(by=owner, purpose="All but one", scopes=set(Scope) - {scope}, days=1)
        approve_token(by=admin, reference=row.reference, reason="Agreed with them")
        clients[scope] = Client(headers={"Authorization": f"Bearer {secret}", "If-Match": '"x"'})
    for name, (path, one) in EVERYTHING.items():
        client, at = clients[NEEDS[name]], path.format(**ABOUT)
        if name in T30:
            body = T30[name].body
            said = json.dumps(body() if callable(body) else body)
            answer = client.post(at, said, content_type="application/json")
        else:
            answer = client.get(at, {"language": "cy"} if name == "victim_notice" else {})
        told = json.loads(answer.content)
        assert (answer.status_code, told["code"]) == (403, "scope_not_held"), (name, told)
        assert NEEDS[name].value in told["detail"], name
        assert one["operationId"] == name


@pytest.fixture
def token(made: Order, system: Acting, make_user: Callable[..., User], tmp_path: Path) -> Callable[[Scope], Client]:
    further(made, system, make_user, tmp_path)
    owner = acting_user(make_user("supervisor", "advocate", username="owner"), factor_at=clock.now())
    admin = acting_user(make_user("administrator", username="admin"), factor_at=clock.now())

    def of(scope: Scope) -> Client:
        row, secret = ask_for_token(by=owner, purpose="A screen", scopes=[scope], days=1)
        approve_token(by=admin, reference=row.reference, reason="Agreed with them")
        return Client(headers={"Authorization": f"Bearer {secret}"})

    return of


def test_a_token_reads_and_writes_what_its_scope_names_and_no_more(token: Callable[[Scope], Client]) -> None:
    ours = set().union(*OPENS.values())
    for scope in (*OPENS, Scope.KEEP_SAFE, Scope.CARRY_LETTERS, Scope.ACT_FOR_MEETINGS, Scope.READ_VICTIMS):
        client = token(scope)
        for name in ours:
            path = READ[name].path.format(order="O-10001", victim="P-10002")
            assert client.get(path).status_code == (200 if name in OPENS.get(scope, ()) else 403), (scope, name)
        for path, (wanted, said) in WRITES.items():
            answer = client.post(path, json.dumps(said), content_type="application/json", headers={"If-Match": '"x"'})
            assert answer.status_code == (412 if scope is wanted else 403), (scope, path)
            code = "changed_meanwhile" if scope is wanted else "scope_not_held"
            assert json.loads(answer.content)["code"] == code, (scope, path)
