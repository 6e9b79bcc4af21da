"""Ten worked stories of sources that contradict each other: exactly the codes expected, wherever they are listed (BRC-03)."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.breaches.ledger.queries import story_of_breach
from craffu.breaches.models import BreachMismatch
from craffu.breaches.standpoints.reading import do_not_agree, orders_reviewed
from craffu.orders.models import Order
from craffu.work.models import WorkItem
from tests.factories.breach_stories import STORIES, BreachStory, Cast
from tests.integration.breaches.conftest import NOW

pytestmark = pytest.mark.rule("BRC-03")
EVERY_CODE = [f"M{number}" for number in range(1, 15)]


@pytest.fixture
def cast(
    system: Acting, investigator: Acting, supervisor: Acting, officer: Acting, served: Order, tmp_path: Path,
    clock: Any,
) -> Cast:  # fmt: skip
    return Cast(system, investigator, supervisor, officer, served, tmp_path, NOW, clock.move_to)


def test_between_them_the_ten_stories_show_every_code() -> None:
    assert len(STORIES) == 10
    assert sorted({code for one in STORIES for code in one.codes}, key=EVERY_CODE.index) == EVERY_CODE


@pytest.mark.postgres_in_deep
@pytest.mark.parametrize("story", STORIES, ids=str)
def test_exactly_the_expected_codes_are_listed_everywhere(
    story: BreachStory, cast: Cast, signed_in_client: Callable[..., Client]
) -> None:
    story.tells(cast)

    expected, breach = list(story.codes), cast.found()
    told = story_of_breach(cast.system, breach)
    assert len({one.standpoint for one in told.words}) >= 3 or len(told.sources) >= 3
    reviewed = orders_reviewed(cast.system, {one.order_id for one in told.holding})
    assert [code.value for code in do_not_agree(told, reviewed, cast.now)] == expected
    kept = BreachMismatch.objects.for_system("a test").filter(breach=breach, until=None)
    assert sorted((one.code for one in kept), key=EVERY_CODE.index) == expected
    assert sorted(in_work(breach.pk), key=EVERY_CODE.index) == expected
    for path in (f"/breaches/{breach.reference}/triage", f"/breaches/{breach.reference}/mismatches"):
        assert codes_on(signed_in_client("investigator").get(path)) == expected, path


def in_work(breach: int) -> list[str]:
    """The codes in somebody's work now: that nobody has decided is due as the decision, past its limit with the inspector."""
    rows = WorkItem.objects.for_system("a test").filter(
        watch__source="breaches", watch__subject=str(breach), over_at=None
    )
    late = ["M1"] if rows.filter(kind="breach_inspector").exists() else []
    return [*late, *(one.facts["code"] for one in rows.filter(kind="breach_mismatch"))]


def codes_on(response: Any) -> list[str]:
    """The codes that begin a row of the list."""
    html = response.content.decode()
    assert response.status_code == 200
    return re.findall(r">\s*(M\d{1,2})\s*<", html)
