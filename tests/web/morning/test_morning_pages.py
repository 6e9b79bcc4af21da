"""A morning list in its page: who is known and who is not, and nothing said of a list that never came (BRC-08, INT-06)."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from tests.factories.detentions import send_detention
from tests.web.conftest import text_of

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
