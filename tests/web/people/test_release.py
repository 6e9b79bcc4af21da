"""That prison is to let somebody out stands at the top of their page before its day, and no longer once it is over (P05)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.people.models import SourceRecord
from craffu.people.queries import people_of_records
from tests.factories.detentions import send_release
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("BRC-08"), pytest.mark.rule("VIC-05")]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PLANNED = "Release from prison planned: 25 November 2026"


def page_of(client: Client, system: Acting) -> str:
    record = SourceRecord.objects.for_system("a test").get(source_key__startswith="releases/").pk
    return text_of(client.get(f"/people/{people_of_records(system, [record])[record].reference}"))


def test_P05_a_release_stands_among_what_needs_attention_until_its_day_is_over(
    system: Acting, signed_in_client: Callable[..., Client], tmp_path: Path
) -> None:
    with time_machine.travel(NOW, tick=False):
        send_release(system, tmp_path)
        page = page_of(signed_in_client("investigator"), system)
        assert "Needs attention" in page
        assert f"{PLANNED} As the prison said on 24 November 2026" in page
        assert PLANNED in page_of(signed_in_client("response_officer"), system)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert f"{PLANNED} Due today" in page_of(signed_in_client("supervisor"), system)
        made = {"released_on": "2026-11-25", "updated_at": "2026-11-25 09:00:00"}
        send_release(system, tmp_path, **made)
        assert "Released from prison today" in page_of(signed_in_client("coordinator"), system)
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        page = page_of(signed_in_client("offender_manager"), system)
        assert PLANNED not in page
        assert "Released from prison" not in page
