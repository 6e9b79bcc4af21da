"""T29: all that the clock knows of, settled by several at once over a register of everything, is settled once (MON-04)."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from typing import Any

import psycopg
import pytest

from tests.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.deep, pytest.mark.rule("MON-04")]

# Every case, order and contact of the register has something overdue by then, and some are past being kept.
LATE = "2033-02-01T09:00"
# Work is worked out anew from what is recorded, so the register's digest leaves it out.
STEPS = """
SELECT i.kind, i.key, i.about, i.queue, i.state, i.over_at, i.missed_from, i.overdue_from, s.step, s.true_from
FROM work_workitem i LEFT JOIN work_workstep s ON s.item_id = i.id
"""


def settled(here: Installation) -> Counter[Any]:
    """Each step of each item of work, as often as it is there."""
    url = here.database_url
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as there:
            return Counter(there.execute(STEPS))
    with psycopg.connect(url) as there:
        return Counter(there.execute(STEPS))


def test_T29_four_ticks_of_all_that_is_due_leave_what_one_leaves(
    demo_installations: Callable[[], Installation],
) -> None:
    alone, together = demo_installations(), demo_installations()
    assert alone.json("tick", "--at", LATE)["raised"] > 20
    ticks = [together.start("tick", "--at", LATE) for _ in range(4)]
    assert [one.wait(300) for one in ticks] == [0] * 4
    assert settled(together) == settled(alone)
    assert set(settled(alone).values()) == {1}, "nobody is told twice"
    assert together.digest() == alone.digest()
    assert together.json("tick", "--at", LATE)["raised"] == 0
    assert together.json("audit", "verify")["ok"]
