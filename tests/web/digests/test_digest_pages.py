"""The weekly digest says what the pages say of the same snapshot, to each reader as they are told, and stays as it was (X13)."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine as time_travel
from django.test import Client

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.clocks.london import LONDON
from craffu.daily.digesting import digest_force
from craffu.measures.digests.actions import keep_digest
from craffu.measures.digests.reading import digest_of, file_of
from craffu.measures.kept.reading import kept_figures
from craffu.measures.kept.working import write
from craffu.measures.places import digests_of, folder_of
from tests.factories.kept_figures import kept_of
from tests.web.conftest import text_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.postgres_in_deep,
    pytest.mark.rule("MSR-01", "MSR-02", "MSR-03", "MSR-08"),
]
MONDAY = datetime(2026, 11, 30, 7, tzinfo=LONDON)
NOW = {"MET09": (30, 40), "MET10": (3, 7), "MET11": (12, 0), "MET13": (45, 50), "MET17": (6, 1461)}
BEFORE = {"MET09": (10, 40)}
SIGNAL = {
    "code": "MET13", "part": "on_time", "rule": "beyond_limit", "is_up": False, "month": "2026-10-01", "numerator": 2,
    "denominator": 10, "mean": 0.8, "is_trial": True,
}  # fmt: skip


@pytest.fixture(autouse=True)
def as_the_week_begins(frozen_clock: time_travel.Traveller) -> None:
    frozen_clock.move_to(MONDAY)


def tiles(client: Client, path: str) -> dict[str, str]:
    """What each tile of a page says, by its name; not where it leads."""
    page = client.get(path)
    assert page.status_code == 200
    found = re.findall(r'<li class="craffu-tile">\s*<h\d[^>]*>(.*?)</h\d>(.*?)</li>', page.content.decode(), re.DOTALL)
    said = {name: re.sub(r"<a .*?</a>", " ", text, flags=re.DOTALL) for name, text in found}
    return {name: re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", text)).strip() for name, text in said.items()}


def some_figures(by: Acting) -> None:
    kept_of(by, MONDAY - timedelta(days=1), NOW, BEFORE)
    kept = kept_figures(folder_of(by))
    assert kept is not None
    write(folder_of(by), {"snapshot": kept.snapshot, "orders": {}, "signals": [SIGNAL]}, "counted.json")


@pytest.mark.parametrize("role", ["supervisor", "analyst", "commissioner_view"])
def test_each_figure_of_a_digest_is_that_of_the_dashboard_as_it_is_told_to_the_reader(
    role: str, system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    some_figures(system)
    digest_force(system.force, MONDAY)
    client = signed_in_client(role)
    dashboard, digest = tiles(client, "/dashboards/orders"), tiles(client, "/digest")
    both = dashboard.keys() & digest.keys()
    assert len(both) >= (8 if role != "analyst" else 2)
    assert {name: digest[name] for name in both} == {name: dashboard[name] for name in both}
    assert "No cases" in " ".join(digest.values())
    page = text_of(client.get("/digest"))
    assert "Snapshot 20260114T180000Z-0123456789ab" in page
    assert ("October 2026" in page) == (role == "supervisor"), "a month is few"
    due = "To be served Fewer than 10" if role == "commissioner_view" else "To be served 0"
    assert due in page


def test_a_digest_stays_as_it_was_and_today_says_that_there_is_one(
    system: Acting, signed_in_client: Callable[..., Client], frozen_clock: time_travel.Traveller
) -> None:
    client = signed_in_client("supervisor")
    assert "No digest has been made yet" in text_of(client.get("/digest"))
    assert "digest" not in text_of(client.get("/"))
    some_figures(system)
    assert not keep_digest(by=system, now=MONDAY - timedelta(days=1)), "what was due then is not known"
    assert keep_digest(by=system, now=MONDAY)
    as_it_was = tiles(client, "/digest")
    assert "75.0% 30 of 40" in " ".join(as_it_was.values())
    assert "/measures/MET13/records?part=signal-on_time" in client.get("/digest").content.decode()
    assert "Read the digest of the week from 30 November 2026" in text_of(client.get("/"))
    assert not keep_digest(by=system, now=MONDAY + timedelta(hours=2))
    kept_of(system, MONDAY, NOW | {"MET09": (20, 40)})
    digest_force(system.force, MONDAY)
    assert tiles(client, "/digest") == as_it_was
    # The week after.
    frozen_clock.move_to(MONDAY + timedelta(days=7))
    client = signed_in_client("supervisor", username="later")
    assert "Read the digest" not in text_of(client.get("/"))
    digest_force(system.force, MONDAY + timedelta(days=7))
    assert "20 of 40" in " ".join(tiles(client, "/digest").values())
    assert 'href="/digest/2026-11-30"' in client.get("/digest").content.decode()
    assert tiles(client, "/digest/2026-11-30") == as_it_was
    assert [client.get(f"/digest/{week}").status_code for week in ("2026-11-23", "2026-12-01", "now")] == [404] * 3
    kinds = Event.objects.filter(kind="digest_kept").order_by("id")
    assert [json.loads(one.payload)["refs"] for one in kinds] == [["snapshot/20260114T180000Z-0123456789ab"]] * 2


def test_whoever_sees_no_figure_is_told_of_their_queues_and_what_somebody_changed_is_not_read(
    system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    some_figures(system)
    assert keep_digest(by=system, now=MONDAY)
    page = text_of(signed_in_client("offender_manager").get("/cy/digest"))
    assert "75.0%" not in page
    assert "Nid oedd dim i’w wneud yn eich ciwiau" in page
    week = MONDAY.date()
    path = file_of(digests_of(system), week)
    assert digest_of(digests_of(system), week) is not None
    path.chmod(0o600)
    path.write_text(path.read_text(encoding="utf-8").replace('"mismatches": 0', '"mismatches": 9'), encoding="utf-8")
    assert digest_of(digests_of(system), week) is None
    assert "No digest has been made yet" in text_of(signed_in_client("supervisor").get("/digest"))
