"""The pages of the catalogue: each kind with its rules and sources, and what an administrator enters (P42; ORD-04)."""

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.orders.catalogue.reading import kinds
from craffu.orders.models import KindVersion
from tests.web.conftest import text_of

pytestmark = pytest.mark.rule("ORD-04")

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
BEGUN = {
    "effective_from_day": "1", "effective_from_month": "11", "effective_from_year": "2026", "reason": "It has begun",
    "source": "S.I. 2026/900", "verified_on_day": "20", "verified_on_month": "11", "verified_on_year": "2026",
}  # fmt: skip


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def administrator(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("administrator")


def form_of(client: Client, kind: str) -> dict[str, str]:
    """What the page itself would send."""
    page = client.get(f"/settings/orders/{kind}/edit").content.decode()
    inputs = dict(named(tag) for tag in re.findall(r"<input[^>]*>", page))
    areas = dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL))
    return {name: html.unescape(value) for name, value in (inputs | areas).items() if name}


def named(tag: str) -> tuple[str, str]:
    name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
    return (name[1] if name else "", value[1] if value else "")


def test_every_kind_is_listed_with_how_it_stands_here(signed_in_client: Callable[..., Client]) -> None:
    page = text_of(signed_in_client("orders_team").get("/settings/orders"))
    assert all(f"({code})" in page for code in kinds())
    assert page.count("Off: commencement not confirmed") == 2
    assert page.count("Off: pilot areas only") == 2


@pytest.mark.parametrize("code", sorted(kinds()))
def test_a_kind_shows_its_rules_whence_they_come_and_what_nobody_confirmed(
    code: str, signed_in_client: Callable[..., Client]
) -> None:
    kind = kinds()[code]
    client = signed_in_client("supervisor")
    page = text_of(client.get(f"/settings/orders/{code}"))
    for words in (kind.name.en, kind.statute, *kind.unverified, *kind.sources):
        assert " ".join(words.split()) in page
    assert client.get(f"/settings/orders/{code}/edit").status_code == 403
    assert kind.name.cy is None or kind.name.cy in text_of(client.get(f"/cy/settings/orders/{code}"))


def test_an_administrator_enters_a_commencement_and_the_earlier_version_stays_readable(
    administrator: Client, system: Acting
) -> None:
    page = administrator.post("/settings/orders/SPO_CONV/edit", form_of(administrator, "SPO_CONV") | BEGUN)
    assert page.status_code == 302
    shown = text_of(administrator.get("/settings/orders/SPO_CONV"))
    assert "In force from 1 November 2026" in shown
    assert "S.I. 2026/900" in shown
    assert KindVersion.objects.for_user(system).get().row == {
        "commenced": {"effective_from": "2026-11-01", "effective_to": None, "area": ""}
    }


def test_what_is_missing_is_asked_for_and_nothing_is_lost(administrator: Client, system: Acting) -> None:
    sent = form_of(administrator, "SPO") | BEGUN | {"source": "", "arrest": "As our lawyers put it"}
    page = administrator.post("/settings/orders/SPO/edit", sent)
    assert "Enter the source" in text_of(page)
    assert "As our lawyers put it" in page.content.decode()
    assert KindVersion.objects.for_user(system).count() == 0


def test_T30_the_second_of_two_administrators_sees_that_the_first_was_there(administrator: Client) -> None:
    sent = form_of(administrator, "SPO_CONV") | BEGUN
    assert administrator.post("/settings/orders/SPO_CONV/edit", sent).status_code == 302
    again = administrator.post("/settings/orders/SPO_CONV/edit", sent)
    assert again.status_code == 409
    assert "Somebody else changed this" in text_of(again)


def test_nothing_is_changed_by_a_form_that_says_nothing_new(administrator: Client, system: Acting) -> None:
    sent = form_of(administrator, "SPO") | {name: value for name, value in BEGUN.items() if "effective" not in name}
    assert "Nothing is changed." in text_of(administrator.post("/settings/orders/SPO/edit", sent))
    assert KindVersion.objects.for_user(system).count() == 0


def test_an_unknown_kind_is_not_there_and_the_list_asks_the_database_once(
    signed_in_client: Callable[..., Client], administrator: Client
) -> None:
    assert administrator.get("/settings/orders/SPOX").status_code == 404
    client = signed_in_client("orders_team")
    client.get("/settings/orders")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/settings/orders")
    assert sum("orders_kindversion" in one["sql"] for one in asked) == 1
