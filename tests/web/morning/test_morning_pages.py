"""A morning list in its page: who is known and who is not, and nothing said of a list that never came (BRC-08, INT-06)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order
from craffu.people.models import SourceRecord
from tests.factories.detentions import send_detention
from tests.factories.orders import TERMS
from tests.logged import refs_said_by
from tests.web.conftest import Visit, text_of

EARLY = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_half_past_six() -> Any:
    with time_machine.travel(EARLY, tick=False) as traveller:
        yield traveller


@pytest.mark.rule("INT-06")
@pytest.mark.rule("BRC-08")
def test_of_a_list_that_never_came_nobody_is_said_to_be_known_or_not(
    system: Acting, tmp_path: Path, signed_in_client: Callable[..., Client]
) -> None:
    send_detention(system, tmp_path, arrested_at="2026-11-25 02:00:00", updated_at="2026-11-25 02:30:00")
    client = signed_in_client("supervisor")
    never = text_of(client.get("/morning-lists/court"))
    assert "Not available: this list has never come." in never
    for words in ("Nobody on this list", "Everybody on this list", "Not known"):
        assert words not in never
    came = text_of(client.get("/morning-lists/custody"))
    assert "Nobody on this list is known." in came
    assert "Everybody on this list is known" not in came


@pytest.mark.rule("INT-06")
@pytest.mark.rule("BRC-08")
def test_a_list_that_came_with_nobody_on_it_says_so_and_nothing_of_whom_it_would_hold(
    system: Acting, tmp_path: Path, signed_in_client: Callable[..., Client]
) -> None:
    send_detention(
        system, tmp_path, arrested_at="2026-11-20 02:00:00", released_at="2026-11-20 20:00:00", disposal="no_further_action",
        updated_at="2026-11-25 02:30:00",
    )  # fmt: skip
    page = text_of(signed_in_client("supervisor").get("/morning-lists/custody"))
    assert "Nobody is on this list." in page
    for words in ("Nobody on this list", "Everybody on this list", "Not known"):
        assert words not in page


@pytest.mark.rule("BRC-08")
def test_each_entry_says_which_orders_stand_against_whom_it_is_of(
    system: Acting,
    tmp_path: Path,
    signed_in_client: Callable[..., Client],
    acting_as: Callable[..., Acting],
    visit: Visit,
) -> None:
    send_detention(system, tmp_path, arrested_at="2026-11-25 02:00:00", updated_at="2026-11-25 02:30:00")
    client, at = signed_in_client("supervisor"), "/morning-lists/custody"
    assert "None that you can see 25 November 2026, 02:00" in text_of(client.get(at))
    held = SourceRecord.objects.for_system("a test").get(source="custody")
    made = Given(
        made_at=EARLY - timedelta(days=1), court="Llanelli", court_case_no="63AA1", source_record="sealed order",
        is_indefinite=True, terms=TERMS,
    )  # fmt: skip
    team = acting_as("orders_team", username="team")
    order = begin_order(by=team, beginning=Beginning(kind="NMO", respondent=held), move="receive", given=made)

    answer, [row] = visit(client, at)

    page = text_of(answer)
    assert f"{order.reference} Non-molestation order" in page
    assert "Orders that stand Arrested" in page
    assert f"order/{order.reference}" in set(refs_said_by(row))
