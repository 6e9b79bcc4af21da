"""The state of the log on its page: sealed, signed, copied, checked, and what to do when something is wrong (SEC-05)."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from craffu.audit import chain, triggers
from craffu.audit.actors import Actor
from craffu.audit.chain import Trouble, chain_status
from craffu.audit.models import Event
from craffu.audit.sealing.actions import check_chain, seal, sign_heads
from tests.conftest import A_MOMENT
from tests.integration.audit.conftest import unguarded
from tests.web.audit.conftest import saw
from tests.web.conftest import text_of

# Sealing commits, so these tests have a database of their own to empty; and they tamper as its owner could.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("owner_of_the_tables", "force", "frozen_clock"),
]
HOUR = timedelta(hours=1)
ACTOR = Actor("auditor.one", "auditor", "demo")


def sealed(now: Any = A_MOMENT) -> None:
    saw("dc.evans", "person/P-1", at=now)
    seal()
    sign_heads(now=now)


@pytest.fixture
def auditor(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("auditor", username="auditor.one")


@pytest.mark.rule("SEC-05")
def test_a_log_never_sealed_nor_checked_says_so(auditor: Client) -> None:
    text = text_of(auditor.get("/audit/chain"))
    assert "Rows sealed 0 Sealed up to Nothing is sealed yet" in text
    assert "Last signed head None yet" in text
    assert "Copied at Never" in text
    assert "Last checked Never" in text
    assert "The log was not checked in the last 24 hours" in text
    assert "Nothing is known to be wrong." not in text


@pytest.mark.rule("SEC-05")
def test_a_log_in_order_is_told_with_where_its_heads_are(auditor: Client, settings: Any) -> None:
    sealed()
    position = chain_status("demo", now=A_MOMENT).sealed
    answer = auditor.post("/audit/chain", follow=True)
    text = text_of(answer)
    assert "Checked: the log is whole." in text
    assert "Nothing is known to be wrong." in text
    assert f"Last signed head row {position}, 14 January 2026, 10:30" in text
    assert f"Last head copied outside the database row {position}" in text
    assert str(Path(settings.CRAFFU_AUDIT_HEADS) / "demo.heads") in text
    assert "What the check found The log was whole" in text
    row = json.loads(Event.objects.filter(kind="audit_chain_checked").get().payload)
    assert (row["refs"], row["counts"], row["actor"]) == (
        ["chain/demo"],
        {"faults": 0, "rows": position},
        "auditor.one",
    )


@pytest.mark.rule("SEC-05")
def test_a_changed_row_is_told_after_the_check_with_what_to_do(auditor: Client) -> None:
    sealed()
    with unguarded() as cursor:
        cursor.execute("UPDATE audit_event SET payload = replace(payload, 'P-1', 'P-2') WHERE payload LIKE '%P-1\"%'")
    text = text_of(auditor.post("/audit/chain", follow=True))
    assert "Checked: the log is NOT whole." in text
    assert "The last check found that the log is not whole" in text
    assert "Do not repair anything." in text
    assert "What the check found Faults: 1" in text


@pytest.mark.rule("SEC-05")
def test_a_missing_guard_and_a_forged_head_are_told_without_a_check(auditor: Client, settings: Any) -> None:
    sealed()
    heads = Path(settings.CRAFFU_AUDIT_HEADS) / "demo.heads"
    heads.write_text(heads.read_text().replace('"position":', '"position":1') + "nonsense\n")
    triggers.remove(connection)
    try:
        text = text_of(auditor.get("/audit/chain"))
    finally:
        triggers.install(connection)
    assert "A guard of the database against changes no longer stands" in text
    assert "Signed heads do not agree" in text
    assert "As the command says it, in English:" in text
    assert "line 2 of the heads of demo kept outside cannot be read" in text


def troubles(later: timedelta = timedelta()) -> tuple[Trouble, ...]:
    return chain_status("demo", now=A_MOMENT + later).troubles


@pytest.mark.rule("SEC-05")
def test_what_is_late_is_told_when_it_is_late() -> None:
    seal()
    sealed()
    check_chain(actor=ACTOR, now=A_MOMENT)
    assert troubles() == ()
    assert troubles(2 * HOUR) == ()
    assert troubles(2 * HOUR + timedelta(seconds=1)) == (Trouble.NOT_SEALED,)
    seal()
    assert troubles(2 * HOUR) == ()
    assert troubles(2 * HOUR + timedelta(seconds=1)) == (Trouble.NOT_COPIED,)
    sign_heads(now=A_MOMENT + 2 * HOUR)
    assert troubles(24 * HOUR) == ()
    assert troubles(24 * HOUR + timedelta(seconds=1)) == (Trouble.NOT_CHECKED,)


@pytest.mark.rule("SEC-05")
def test_rows_sealed_and_never_signed_are_late_from_the_first() -> None:
    saw("dc.evans", "person/P-1", at=A_MOMENT)
    seal()
    assert Trouble.NOT_COPIED not in troubles(2 * HOUR)
    assert Trouble.NOT_COPIED in troubles(2 * HOUR + timedelta(seconds=1))


def test_a_long_log_is_not_checked_from_a_page(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed()
    monkeypatch.setattr(chain, "MOST_CHECKED_ON_A_PAGE", 0)
    text = text_of(auditor.post("/audit/chain"))
    assert "The log is too long to be checked from a page." in text
    assert "Check the log now" not in text
    assert not Event.objects.filter(kind="audit_chain_checked").exists()


def test_in_welsh(auditor: Client) -> None:
    sealed()
    text = text_of(auditor.get("/cy/audit/chain"))
    assert "Rhesi wedi’u selio" in text
    assert "Ni wiriwyd y cofnod yn y 24 awr ddiwethaf" in text
